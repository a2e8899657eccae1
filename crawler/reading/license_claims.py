"""A license statement found somewhere → a claim about it, understood or not."""

from __future__ import annotations

from functools import lru_cache

from crawler.licenses.license import Recognition
from crawler.licenses.recognise import recognise
from crawler.model import Basis, Claim, Field, Scope

MAX_RAW = 500


@lru_cache(maxsize=16_384)
def recognised(text: str) -> Recognition:
    """``recognise``, remembered: one site's pages repeat the same few statements."""
    return recognise(text)


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
    text = raw.strip()[:MAX_RAW]
    if not text:
        return None
    found = recognised(text)
    if found.state == "known" and found.license is not None:
        return Claim(Field.LICENSE, found.license.id, text, scope, locator, quote, basis)
    if found.state == "not_understood" or pointer:
        return Claim(Field.LICENSE, None, text, scope, locator, quote, basis)
    return None


def first_known(texts: list[str]) -> tuple[str | None, str]:
    """``(id, text)`` of the first of several statements of one and the same license that is understood.

    Give the most exact first (the address, then the name). When none is understood: ``(None, first non-empty
    text)``.
    """
    given = [text.strip() for text in texts if text and text.strip()]
    for text in given:
        found = recognised(text[:MAX_RAW])
        if found.state == "known" and found.license is not None:
            return found.license.id, text[:MAX_RAW]
    return None, given[0][:MAX_RAW] if given else ""
