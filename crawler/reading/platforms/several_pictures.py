"""A record with several pictures, each with a license of its own, asked about without saying which is meant.

All their statements are claims about "the image", so that different licenses are a conflict. A picture that states
nothing must not be covered by its neighbour: beside others that do, its silence is a claim that was not understood.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Claim, Field, Scope


def together(pictures: Sequence[tuple[str, Sequence[Claim]]]) -> list[Claim]:
    """All claims of these pictures. Each comes with the JSON pointer where its license would stand."""
    stating = [any(claim.field is Field.LICENSE for claim in claims) for _, claims in pictures]
    found: list[Claim] = []
    for (place, claims), states in zip(pictures, stating, strict=True):
        found += claims
        if not states and any(stating):
            quote = "no license is stated for this picture"
            found.append(Claim(Field.LICENSE, None, "null", Scope.IMAGE, place, quote))
    return found
