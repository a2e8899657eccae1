"""How a card's tables look: GFM, numbers to the right, counts with their share, everything neutralised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dataset_cards.publish.figures import Counts
from dataset_cards.publish.foreign_text import Markdown, md
from dataset_cards.publish.words import number, share

Cell = str | int  # a number is grouped, text neutralised, Markdown taken as it is


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], numbers_from: int) -> Markdown:
    """A GFM table whose columns from ``numbers_from`` on are aligned to the right."""
    rule = ["---" if place < numbers_from else "--:" for place in range(len(heads))]
    lines = [[_cell(head) for head in heads], rule, *([_cell(cell) for cell in row] for row in rows)]
    return Markdown("\n".join("| " + " | ".join(line) + " |" for line in lines))


def _cell(cell: Cell) -> str:
    if isinstance(cell, Markdown):
        return cell
    return number(cell) if isinstance(cell, int) else md(cell)


def date(time: str) -> Markdown:
    """``2026-11-23T10:00:00Z`` → "2026-11-23 10:00 UTC"; anything else as it is, neutralised."""
    match = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)", time, flags=re.ASCII
    )
    return Markdown(f"{match[1]} {match[2]} UTC") if match else md(time)


def part(count: int, whole: int) -> Markdown:
    """A count with its share of the whole."""
    return Markdown(f"{number(count)} ({percent(count, whole)})")


def percent(count: int, whole: int) -> Markdown:
    """The share alone; "<0.1%" as Markdown."""
    return Markdown(share(count, whole).replace("<", "&lt;").replace(">", "&gt;"))


def ranked(counts: Counts) -> list[tuple[str, int]]:
    """Words that occur, the most frequent first, then by the alphabet."""
    return sorted(((word, n) for word, n in counts.items() if n), key=lambda item: (-item[1], item[0]))


def place(word: str, order: Iterable[str]) -> int:
    """Where the word stands in the order; after all others if it does not."""
    known = list(order)
    return known.index(word) if word in known else len(known)
