"""Creative Commons' units ("by-nc-sa") and the elements they are made of."""

from __future__ import annotations

CODES = frozenset({"by", "nc", "nd", "sa"})

#: Elements, in whatever order they were written → the unit as Creative Commons writes it.
UNITS = {
    frozenset(unit.split("-")): unit
    for unit in ("by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa", "nc", "nc-sa", "nd", "nd-nc", "sa")
}


def unit_of(elements: list[str]) -> str | None:
    """Elements in any order → their unit; ``None`` where Creative Commons never had such a one."""
    return UNITS.get(frozenset(elements))


def split_code(text: str) -> list[str]:
    """ "byncsa" → by, nc, sa; anything else → nothing."""
    codes = [text[i : i + 2] for i in range(0, len(text), 2)]
    return codes if CODES.issuperset(codes) and len(set(codes)) == len(codes) else []
