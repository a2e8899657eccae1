"""Reads lines of cells (CSV, TSV, quoted or not), with or without headings, and loses no row to its
neighbour.

A stray quotation mark makes every CSV reader swallow the lines after it, up to the next mark. Here a record
that comes out wrong gives its further lines back, and they are read again on their own.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.manifests.json_text import NotParsed

#: A longer line is no manifest row; it is passed over unread.
LINE_LIMIT = 4 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one file separates its cells. ``quoted``: cells may stand in double quotes (RFC 4180)."""

    delimiter: str
    quoted: bool = True
    newline: str = "\n"


def lines(stream: io.RawIOBase, newline: str) -> Iterator[tuple[int, str | None]]:
    """Line number from 1 and the line with its ending; ``None`` for one longer than ``LINE_LIMIT``.

    Bytes that are no UTF-8 become lone surrogates, so that only the field that holds them is refused.
    """
    text = io.TextIOWrapper(
        io.BufferedReader(stream, 1 << 18), encoding="utf-8", errors="surrogateescape", newline=newline
    )
    number = 0
    while line := text.readline(LINE_LIMIT):
        number += 1
        if len(line) < LINE_LIMIT or line.endswith(newline):
            yield number, line
            continue
        while (rest := text.readline(LINE_LIMIT)) and not rest.endswith(newline):
            pass
        yield number, None


def cells(stream: io.RawIOBase, dialect: Dialect, width: int) -> Iterator[tuple[str, list[str] | NotParsed]]:
    """Every row as ("line 40", its cells), in order, blank lines left out; ``width`` 0 means any.

    A row with another number of cells than ``width`` is ``NotParsed``, empty cells at the end aside.
    """
    numbered = lines(stream, dialect.newline)
    if dialect.quoted:
        yield from _quoted(numbered, dialect.delimiter, width)
        return
    for number, line in numbered:
        if line is None:
            yield f"line {number}", NotParsed("is longer than 4 MiB")
        elif bare := line.rstrip("\r\n"):
            row = bare.split(dialect.delimiter)
            yield f"line {number}", row if len(row) == width else fitted(row, width)


def fitted(row: list[str], width: int) -> list[str] | NotParsed:
    """The row with exactly ``width`` cells, if only empty ones at its end are too few or too many."""
    if not width or len(row) == width:
        return row
    if len(row) > width and not any(row[width:]):
        return row[:width]
    if len(row) == width - 1:  # writers that drop an empty last cell drop one
        return [*row, ""]
    return NotParsed(f"has {len(row)} columns where {width} were expected")


class _Feeder:
    """Hands lines to the csv reader and remembers which, so that they can be given back."""

    def __init__(self, numbered: Iterator[tuple[int, str | None]]) -> None:
        self._numbered = numbered
        self._back: deque[tuple[int, str | None]] = deque()
        self.taken: list[tuple[int, str]] = []
        self.too_long: int | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = self._back.popleft() if self._back else next(self._numbered)
        if line is None:
            self.too_long = number
            raise csv.Error("is longer than 4 MiB")
        self.taken.append((number, line))
        return line

    def give_back(self, taken: list[tuple[int, str]]) -> None:
        self._back.extendleft(reversed(taken))


def _quoted(
    numbered: Iterator[tuple[int, str | None]], delimiter: str, width: int
) -> Iterator[tuple[str, list[str] | NotParsed]]:
    feeder = _Feeder(numbered)
    reader = csv.reader(feeder, delimiter=delimiter, strict=True)
    while True:
        feeder.taken = []
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reader = csv.reader(feeder, delimiter=delimiter, strict=True)
            if feeder.taken:
                (number, line), rest = feeder.taken[0], feeder.taken[1:]
                feeder.give_back(rest)
                yield f"line {number}", _alone(line, delimiter, width, str(error))
            if feeder.too_long is not None:
                yield f"line {feeder.too_long}", NotParsed("is longer than 4 MiB")
                feeder.too_long = None
            continue
        if not row:
            continue
        number = feeder.taken[0][0]
        if len(row) == width:
            yield f"line {number}", row
            continue
        fit = fitted(row, width)
        if isinstance(fit, NotParsed):
            good = _first_good(feeder.taken, delimiter, width)
            if good:
                feeder.give_back(feeder.taken[good:])
                reader = csv.reader(feeder, delimiter=delimiter, strict=True)
        yield f"line {number}", fit


def _alone(line: str, delimiter: str, width: int, why: str) -> list[str] | NotParsed:
    """One line read forgivingly: a quotation mark in the wrong place is then a character like others."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            row = next(csv.reader([line], delimiter=delimiter, quoting=quoting), [])
        except csv.Error:
            continue
        if row and len(row) == width:
            return [cell.rstrip("\r\n") for cell in row]
    return NotParsed(f"cannot be read as CSV ({why})")


def _first_good(taken: list[tuple[int, str]], delimiter: str, width: int) -> int | None:
    """Which of the lines that one record swallowed is the first to be a row by itself."""
    for at, (_, line) in enumerate(taken[1:], start=1):
        try:
            row = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        if width > 1 and len(row) == width:
            return at
    return None
