"""Why one license statement counts and another does not: the ranking of ``findings``, said of each claim."""

from __future__ import annotations

from typing import NamedTuple

from crawler.model import Basis, Claim, Field, LicenseFinding, Look, Scope
from crawler.reading.findings import SEVERAL_IMAGES, findings_of, winning


class Ranked(NamedTuple):
    """``counts``: the license that counts rests on this claim. ``why`` is one clause for people."""

    claim: Claim
    counts: bool
    why: str


_SAID = {
    Basis.HISTORY: "in the source's own history of",
    Basis.TERMS: "by the site's terms for",
    Basis.DECLARED: "a third party's word about",
}


def ranking(look: Look) -> list[Ranked]:
    """Every license claim of a look, in its order, with its rank explained."""
    claims = [claim for claim in look.claims if claim.field is Field.LICENSE]
    several = any(c.field is Field.MEDIA and c.value == SEVERAL_IMAGES for c in look.claims)
    found = findings_of(look)
    rank = winning(found.licenses, several=several)
    ranked = []
    for claim in claims:
        own = LicenseFinding(claim.value, claim.scope, claim.basis)
        counts = found.license is not None and claim.value == found.license and (own.scope, own.basis) == rank
        ranked.append(Ranked(claim, counts, _why(claim, rank, found.license, several=several, counts=counts)))
    return ranked


def _why(
    claim: Claim, rank: tuple[Scope, Basis] | None, decided: str | None, *, several: bool, counts: bool
) -> str:
    if counts:
        said = _SAID.get(claim.basis, "stated for")
        return f"{said} the {claim.scope}, and nothing ranks higher"
    if claim.scope is Scope.SITE:
        return "about the whole site, which never decides for one image"
    if several and claim.basis is Basis.STATED:
        return "the page describes several images, and this one is not known to be ours"
    if claim.basis is Basis.KEYWORD:
        return f"a {claim.basis} is no statement of the source"
    if rank is not None and (claim.scope, claim.basis) != rank:
        if claim.scope is not rank[0]:
            return f"a statement about the {rank[0]} ranks higher"
        return (
            f"what is {rank[1]} ranks higher than {claim.basis}" if rank[1] is Basis.STATED else "ranks lower"
        )
    if claim.value is None:
        return "not understood"
    if decided is not None:
        return f"{decided} is offered beside it, or is the same said more exactly"
    return "contradicted by another statement of the same rank"
