"""A file → its ``Peek``, by content alone."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from crawler.errors import UnreadableManifest
from crawler.manifests.delimited import Dialect, cells
from crawler.manifests.fields import is_address
from crawler.manifests.json_survey import survey
from crawler.manifests.json_text import NotParsed
from crawler.manifests.peek import Container, Peek
from crawler.manifests.stream import head_of, open_file

HEAD = 1 << 18
SAMPLES = 50
PARQUET_MAGIC = b"PAR1"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FILE_NAME = re.compile(r"[^\s,;]+\.(jpe?g|png|webp|gif|tiff?)", re.IGNORECASE)


def peek_at(path: Path) -> Peek:
    """What the file seems to be. Raises ``UnreadableManifest`` if it is missing, empty or no list at all."""
    with open_file(path) as file:
        try:
            magic = file.read(4)
        except OSError as error:
            raise UnreadableManifest(f"{path} cannot be read: {error}.") from None
    if magic == PARQUET_MAGIC:
        from crawler.manifests.parquet import peek_parquet  # noqa: PLC0415 - pyarrow takes 0.3 s and 60 MB

        return peek_parquet(path)
    if magic == b"PK\x03\x04":
        raise UnreadableManifest(f"{path} is a zip archive; unpack it and name the list inside.")
    head = head_of(path, HEAD)
    if not head.strip():
        raise UnreadableManifest(f"{path} is empty.")
    if b"\0" in head and len(_CONTROL.findall(head)) * 50 > len(head):
        raise UnreadableManifest(f"{path} is neither a text, nor JSON, nor Parquet: it holds binary data.")
    if head.lstrip()[:1] in {b"{", b"["}:
        return survey(path)
    return _delimited(path, head)


def _delimited(path: Path, head: bytes) -> Peek:
    newline = "\n" if b"\n" in head else "\r"
    if len(head) >= HEAD:
        head = head[: head.rfind(newline.encode()) + 1] or head
    text = head.decode("utf-8", "surrogateescape")
    first = next((line for line in text.split(newline) if line.strip()), "").rstrip("\r")
    delimiter = _delimiter(first)
    quoted = delimiter != "\t" or _tabs_are_quoted(text, newline)
    dialect = Dialect(delimiter, quoted=quoted, newline=newline)
    rows: list[list[str]] = []
    for _, row in cells(io.BytesIO(head), dialect, 0):  # type: ignore[arg-type]  # BytesIO reads alike
        if not isinstance(row, NotParsed):
            rows.append(row)
        if len(rows) == SAMPLES:
            break
    if not rows:
        return Peek(path, Container.UNKNOWN)
    headless = any(is_address(cell) for cell in rows[0]) or (
        len(rows[0]) == 1 and _FILE_NAME.fullmatch(rows[0][0]) is not None
    )
    if len(rows[0]) == 1 and not headless and len(rows) == 1:
        return Peek(path, Container.UNKNOWN)
    columns = numbered(len(rows[0])) if headless else headings(rows[0])
    body = rows if headless else rows[1:]
    samples = tuple(dict(zip(columns, row, strict=False)) for row in body)
    return Peek(path, Container.DELIMITED, columns, samples, dialect=dialect, headless=headless)


def numbered(width: int) -> tuple[str, ...]:
    """Names for columns that have none: "1", "2", …."""
    return tuple(str(number) for number in range(1, width + 1))


def headings(row: list[str]) -> tuple[str, ...]:
    """Column names as the file has them; an empty or repeated one gets its number."""
    names: list[str] = []
    for number, cell in enumerate(row, start=1):
        name = cell.strip() or str(number)
        names.append(f"{name} ({number})" if name in names else name)
    return tuple(names)


def _delimiter(first: str) -> str:
    if "\t" in first:
        return "\t"
    widths = {sign: len(next(csv.reader([first], delimiter=sign), [])) for sign in ",;|"}
    best = max(widths, key=lambda sign: widths[sign])
    return best if widths[best] > 1 else ","


def _tabs_are_quoted(text: str, newline: str) -> bool:
    """Whether a tab-separated file quotes its cells: then every cell that starts with a mark also ends with
    one.

    Most do not (GBIF says so itself), and there a mark is a character like any other.
    """
    cells_ = [cell for line in text.split(newline)[:200] for cell in line.rstrip("\r").split("\t")]
    marked = [cell for cell in cells_ if cell.startswith('"')]
    return bool(marked) and all(
        len(cell) > 1 and cell.endswith('"') and '"' not in cell[1:-1].replace('""', "") for cell in marked
    )
