"""The looks of one photo → one look; one look → what judges may see of it.

**Which license counts** (``Findings.license``), in this order:

1. Only what the source *states* counts. Keywords never do; the source's own license history counts when
nothing else is stated, and what a site's terms say of all photos of that upload day when there is no history
either, and last of all what a third party declares about the photo (Openverse), which judges take no further
than ``review``.
2. Scope ``image`` beats ``page``. Scope ``site`` alone never is the image's license: the state is then
``not_stated``.
3. Where the page describes several pictures and ours is not known to have a license of its own
(``Field.MEDIA`` says ``several images``), nothing stated counts, in neither of the two scopes: ``conflict`` if a
picture's license is stated, else ``not_stated``. A page of many images is not one image.
4. In the winning scope, the id whose version is named stands for one that is the same license without a
version.
5. One id: ``known``. Several ids that the source offers as a choice (``Field.LICENSE_CHOICE``) in the winning
scope: the least demanding one, because the user may choose it. Several ids otherwise, or one understood beside
one that is not: ``conflict``, and no license. Among licenses listed one by one, one that is not understood is
another offer and takes nothing from the choice; beside an expression ("A OR B"), which is whole in itself, it
is a second statement, and so a ``conflict``.
6. Only statements that were not understood: ``not_understood``. None at all: ``not_stated`` when the photo
was seen, else ``not_observed``.

The result doesn't depend on the order of claims, nor on locators, quotes, raw spellings or times, so that a
page that only re-orders its tags or changes its nonces gives equal findings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crawler.licenses import registry
from crawler.licenses.license import License
from crawler.model import (
    Basis,
    Claim,
    Field,
    Findings,
    LicenseFinding,
    Look,
    Reason,
    Scope,
    Status,
)
from crawler.reading.license_claims import CHOICE

_SEEN = frozenset({Status.AVAILABLE, Status.MOVED, Status.REPLACED})

#: Value of ``Field.MEDIA``: the page describes several pictures; see rule 3.
SEVERAL_IMAGES = "several images"


def merge(looks: Sequence[Look]) -> Look:
    """One photo's chain of answers, in the order they came, as one look.

    A later status overrides an earlier one when it says anything; claims are kept in order, exact duplicates
    dropped, conflicts kept.

    Raises:
        ValueError: no looks, or looks of different photos.
    """
    if not looks:
        raise ValueError("There is nothing to merge.")
    if len({look.native_id for look in looks}) > 1:
        raise ValueError(f"Looks of different photos: {sorted({look.native_id for look in looks})}.")
    if len(looks) == 1:
        return looks[0]
    status, reason = None, None
    for look in looks:
        if look.status is not None:
            status, reason = look.status, look.reason
    claims = tuple(dict.fromkeys(claim for look in looks for claim in look.claims))
    unread = tuple(dict.fromkeys(name for look in looks for name in look.unread))
    return Look(looks[0].native_id, status, reason, claims, unread)


def findings_of(look: Look) -> Findings:
    """The judgeable part of a look. A look without a status is ``unreadable``: something came and no reader
    understood it.
    """
    by_field: dict[Field, list[Claim]] = {}
    for claim in look.claims:
        by_field.setdefault(claim.field, []).append(claim)

    def values(field: Field) -> tuple[str, ...]:
        return tuple(sorted({c.value for c in by_field.get(field, ()) if c.value is not None}))

    def based(field: Field) -> tuple[str, ...]:
        return tuple(sorted({f"{c.value}:{c.basis}" for c in by_field.get(field, ()) if c.value is not None}))

    status = look.status if look.status is not None else Status.UNREADABLE
    stated = by_field.get(Field.LICENSE, ())
    licenses = _counting(stated)
    several = SEVERAL_IMAGES in values(Field.MEDIA)
    choices = _choices(by_field.get(Field.LICENSE_CHOICE, ()), stated)
    license_id, state = _license(licenses, choices, seen=status in _SEEN, several=several)
    before = _before(by_field.get(Field.LICENSE_HISTORY, ())) - {license_id}
    return Findings(
        status=status,
        reason=look.reason if look.reason is not None else Reason.NOT_UNDERSTOOD,
        license=license_id,
        license_state=state,
        licenses=tuple(sorted(licenses, key=lambda f: (f.scope, f.id or "", f.basis))),
        licenses_before=tuple(sorted(x for x in before if x is not None)),
        opt_outs=tuple(sorted({f"{c.scope}:{c.value}" for c in by_field.get(Field.OPT_OUT, ()) if c.value})),
        opt_out_carriers=tuple(sorted({w for v in values(Field.OPT_OUT_CARRIERS) for w in v.split()})),
        people=based(Field.PEOPLE),
        minors=based(Field.MINORS),
        model_release=based(Field.MODEL_RELEASE),
        property_release=based(Field.PROPERTY_RELEASE),
        restrictions=values(Field.RESTRICTION),
        ai_generated=based(Field.AI_GENERATED),
        withdrawal=values(Field.WITHDRAWAL),
        deletion_request=bool(by_field.get(Field.DELETION_REQUEST)),
    )


def author_of(look: Look) -> str | None:
    """Who the source says made the photo, as stable as it says it: the platform's own id, else the name.

    An id is prefixed ``id:``, a name ``name:`` and folded (white space, case), so that the two never compare
    as equal.
    """
    for field, prefix in ((Field.AUTHOR_ID, "id:"), (Field.AUTHOR, "name:")):
        stated = [c for c in look.claims if c.field is field and (c.value or c.raw).strip()]
        if stated:
            nearest = min(stated, key=lambda c: (_NEARNESS[c.scope], c.value or c.raw))
            text = (nearest.value or nearest.raw).strip()
            return prefix + (text if field is Field.AUTHOR_ID else " ".join(text.split()).casefold())
    return None


_NEARNESS = {Scope.IMAGE: 0, Scope.PAGE: 1, Scope.SITE: 2}


def _counting(claims: Iterable[Claim]) -> set[LicenseFinding]:
    """All license statements; those of history and terms only where the source states nothing for the image
    now.
    """
    found = {LicenseFinding(c.value, c.scope, c.basis) for c in claims}
    if any(f.basis is Basis.STATED and f.scope is Scope.IMAGE for f in found):
        found = {f for f in found if f.basis not in (Basis.HISTORY, Basis.TERMS, Basis.DECLARED)}
    return found


class _Choice(NamedTuple):
    """Ids offered by one claim. ``whole``: by an expression, which also is the raw text of its members' claims."""

    rank: tuple[Scope, Basis]
    offered: frozenset[str]
    whole: bool


def _choices(choices: Iterable[Claim], stated: Iterable[Claim]) -> list[_Choice]:
    texts = {claim.raw for claim in stated}
    return [
        _Choice((c.scope, c.basis), frozenset(c.value.split(CHOICE)), c.raw in texts)
        for c in choices
        if c.value is not None
    ]


def _license(
    licenses: set[LicenseFinding], choices: list[_Choice], *, seen: bool, several: bool
) -> tuple[str | None, str]:
    rank = winning(licenses, several=several)
    if rank is not None:
        ids = {f.id for f in licenses if (f.scope, f.basis) == rank}
        return _one_of(ids, [choice for choice in choices if choice.rank == rank])
    if several and any(f.scope is Scope.IMAGE for f in licenses):
        return None, "conflict"
    return None, "not_stated" if seen else "not_observed"


def winning(licenses: Iterable[LicenseFinding], *, several: bool) -> tuple[Scope, Basis] | None:
    """The scope and basis that decide (rules 1 to 3), ``None`` when no statement may."""
    ranks = {(f.scope, f.basis) for f in licenses}
    if several and (Scope.IMAGE, Basis.STATED) in ranks:
        return None
    for scope in (Scope.IMAGE, Scope.PAGE):
        for basis in (Basis.STATED, Basis.HISTORY, Basis.TERMS, Basis.DECLARED):
            if (scope, basis) in ranks and not (several and basis is Basis.STATED):
                return scope, basis
    return None


def _one_of(ids: set[str | None], choices: list[_Choice]) -> tuple[str | None, str]:
    known = {x for x in ids if x is not None}
    if not known:
        return None, "not_understood"
    if any(known <= choice.offered and not (choice.whole and None in ids) for choice in choices):
        return min(known, key=_demands), "known"
    if None in ids:
        return None, "conflict"
    if len(known) > 1:
        known = _without_vaguer(known)
    return (known.pop(), "known") if len(known) == 1 else (None, "conflict")


def _entry(license_id: str) -> License | None:
    try:
        return registry.by_id(license_id)
    except registry.UnknownLicense:  # evidence written by a version with a larger registry
        return None


def _without_vaguer(ids: set[str]) -> set[str]:
    """Without those that name no version when another of the same kind names one ("CC BY" beside "CC BY
    2.0").
    """
    entries = {x: _entry(x) for x in ids}
    exact = {(e.unit, e.kind) for e in entries.values() if e is not None and e.version is not None and e.unit}
    return {
        x
        for x, e in entries.items()
        if e is None or e.version is not None or e.unit is None or (e.unit, e.kind) not in exact
    }


def _demands(license_id: str) -> tuple[int, int, int, int, int, str]:
    """Sort key: what a license asks for, the heaviest first; among equals the newer version, then the id."""
    entry = _entry(license_id)
    if entry is None:
        return (9, 0, 0, 0, 0, license_id)
    version = (
        int(float(entry.version) * 10) if entry.version and entry.version.replace(".", "", 1).isdigit() else 0
    )
    copyleft = entry.sa or entry.kind == "copyleft"
    return (int(entry.nc), int(entry.nd), int(copyleft), int(entry.by), -version, license_id)


def _before(claims: Iterable[Claim]) -> set[str | None]:
    """Ids named in the source's own history; a history that isn't our JSON counts as no history."""
    found: set[str | None] = set()
    for claim in claims:
        if claim.value is None:
            continue
        try:
            change = json.loads(claim.value)
        except ValueError:
            continue
        if isinstance(change, dict):
            found.update(x for x in (change.get("old"), change.get("new")) if isinstance(x, str))
    return found
