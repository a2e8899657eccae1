"""A license statement found somewhere → a claim about it, understood or not.

An SPDX expression that offers a choice ("CC-BY-4.0 OR CC0-1.0") makes the claims that a page makes which lists the
licenses one by one and says "choose". One with AND, with parts that we do not know, or with a member that permits
nothing makes one claim that was not understood: it never becomes one of its licenses.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from crawler.licenses.license import Recognition
from crawler.licenses.recognise import recognise
from crawler.model import Basis, Claim, Field, Scope

#: Characters of a statement that a claim keeps.
MAX_RAW = 500
#: Longer texts are cut before they are read, and what is cut names no license: its end may take back its beginning.
MAX_READ = 20_000
#: What stands between the ids of ``Field.LICENSE_CHOICE``.
CHOICE = " OR "
_PERMITS_NOTHING = frozenset({"reserved", "statement"})


@lru_cache(maxsize=16_384)
def recognised(text: str) -> Recognition:
    """``recognise``, remembered: one site's pages repeat the same few statements."""
    return recognise(text)


def _read(text: str) -> Recognition:
    """What the whole text says, not only as much of it as a claim keeps ("… CC BY" may go on "-NC")."""
    return recognised(text) if len(text) <= MAX_RAW else recognise(text[:MAX_READ])


def stated(
    raw: str,
    scope: Scope,
    locator: str,
    quote: str = "",
    *,
    pointer: bool = False,
    basis: Basis = Basis.STATED,
) -> Claim | None:
    """The claim this text or address makes about a license.

    ``pointer`` means that the place itself says "this is the license" (``rel=license``, a ``license``
    property): an address we don't know is then a claim not understood. Elsewhere a text that names no license
    makes no claim (``None``).
    """
    whole = raw.strip()
    if not whole:
        return None
    text = whole[:MAX_RAW]
    found = _read(whole)
    if found.state == "known" and found.license is not None:
        if len(whole) > MAX_READ:
            return Claim(Field.LICENSE, None, text, scope, locator, quote, basis)
        return Claim(Field.LICENSE, found.license.id, text, scope, locator, quote, basis)
    if found.state == "not_understood" or pointer:
        return Claim(Field.LICENSE, None, text, scope, locator, quote, basis)
    return None


def statements(
    raw: str,
    scope: Scope,
    locator: str,
    quote: str = "",
    *,
    pointer: bool = False,
    basis: Basis = Basis.STATED,
) -> list[Claim]:
    """All claims of a text or address: that of ``stated``, or where it is an expression that offers a choice, one for
    each license offered and the choice itself, all with the same raw text.
    """
    claim = stated(raw, scope, locator, quote, pointer=pointer, basis=basis)
    if claim is None:
        return []
    ids = _offered(claim.raw) if claim.value is None and len(raw.strip()) <= MAX_RAW else []
    if not ids:
        return [claim]
    choice = replace(claim, field=Field.LICENSE_CHOICE, value=CHOICE.join(ids))
    return [*(replace(claim, value=license_id) for license_id in ids), choice]


def _offered(text: str) -> list[str]:
    """The ids of an expression of which any one may be chosen, sorted; empty where it is not as simple as that."""
    choice = recognised(text).choice
    if any(entry.kind in _PERMITS_NOTHING for entry in choice):
        return []  # a license or none: no choice that anybody offers
    return sorted(entry.id for entry in choice)


def first_known(texts: list[str]) -> tuple[str | None, str]:
    """``(id, text)`` of the first of several statements of one and the same license that is understood.

    Give the most exact first (the address, then the name). When none is understood: ``(None, first non-empty
    text)``.
    """
    given = [text.strip() for text in texts if text and text.strip()]
    for text in given:
        found = _read(text)
        if found.state == "known" and found.license is not None and len(text) <= MAX_READ:
            return found.license.id, text[:MAX_RAW]
    return None, given[0][:MAX_RAW] if given else ""
