"""Numbers with their nouns: "1 text", "2 texts"."""

from __future__ import annotations


def counted(count: int, one: str, many: str | None = None) -> str:
    """The count, thousands parted, with the noun that goes with it; ``many`` where it is not ``one`` and an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def bodies(count: int) -> str:
    """Stored pages and answers."""
    return counted(count, "body", "bodies")
