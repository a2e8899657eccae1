"""A record with several pictures, each with a license of its own, asked about without saying which is meant.

All their statements are claims about "the image", so that different licenses are a conflict. A picture that states
nothing must not be covered by its neighbour: beside others that do, its silence is a claim that was not understood.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from crawler.model import Claim, Field, Scope
from crawler.reading.api_record import ApiRecord


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


def read(
    pictures: Sequence[ApiRecord],
    claims_of: Callable[[ApiRecord], list[Claim]],
    license_at: str,
    *,
    name: str = "",
    names_of: Callable[[ApiRecord], Collection[str]] = lambda picture: (),  # noqa: ARG005 - all are meant
) -> tuple[list[Claim], list[str]]:
    """Claims of the pictures, and what nobody read of them. ``license_at`` is the path in a picture where its license
    would stand.

    Where the manifest names one of them, that one alone counts, and a picture the record does not list has no
    license.
    """
    meant = [picture for picture in pictures if not name or name in names_of(picture)]
    said = [(f"{picture.pointer}/{license_at}", claims_of(picture)) for picture in meant]
    unread = [field for picture in meant for field in picture.unread()]
    if name and not meant:
        unread.append(f"no picture {name}")
    return together(said), unread
