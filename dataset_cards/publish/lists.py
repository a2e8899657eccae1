"""Writes keep, review and drop lists, and the private list with reasons. Equal rows give equal bytes.

A published list carries the user's key and the action, nothing else. Rows keep the order they come in (the
manifest's). Three formats:

- ``csv``: UTF-8, LF, a header line; cells as ``foreign_text.csv_cell`` guards them (``csv_value`` undoes it);
- ``jsonl``: one object a line, ASCII with escapes, every key exactly as it was;
- ``parquet``: string columns, zstd, no metadata of ours or pandas'; a lone surrogate in a key becomes U+FFFD,
  because Parquet strings are UTF-8. The bytes also name the version of the Parquet library that wrote them.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.errors import BadInput
from dataset_cards.publish.figures import ListFile
from dataset_cards.publish.foreign_text import csv_cell
from dataset_cards.publish.words import ACTIONS

FORMATS = ("csv", "jsonl", "parquet")
PUBLIC = ("key", "action")
PRIVATE = ("key", "ordinal", "action", "reason")

_ARROW: Any = pa  # neither has types
_PARQUET: Any = pq
_BATCH = 50_000
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One judged manifest row. ``ordinal`` counts duplicates of a key from 0; ``reason`` stays private."""

    key: str
    ordinal: int
    action: str
    reason: str = ""


def list_name(action: str, use: str, ruleset: str, kind: str, layer: str | None = None) -> str:
    """The file name of a list, such as ``keep--internal-research--strict-2026-11-01.csv``.

    A list that rests on one layer says so first: ``licence-only-keep--…``. Raises ``BadInput`` for an id that
    cannot stand in a file name.
    """
    for part in (action, use, ruleset, *([layer] if layer else [])):
        if not _SAFE.fullmatch(part):
            raise BadInput(
                f"{part!r} cannot be part of a list's file name: letters, digits, '.', '_', '-' only."
            )
    return f"{_layer_prefix(layer)}{action}--{use}--{ruleset}.{_kind(kind)}"


def settle(rows: Iterable[ListRow]) -> list[ListRow]:
    """One row per key, with the strictest action of its duplicates, in the order of first appearance.

    A published list knows only keys: were one key in both the keep and the drop list, whoever filters by
    the keep list alone would keep what must go.
    """
    strictest: dict[str, ListRow] = {}
    for row in rows:
        known = strictest.get(row.key)
        if known is None or ACTIONS.index(row.action) > ACTIONS.index(known.action):
            strictest[row.key] = row  # a dict keeps a key's first place when its value is replaced
    return list(strictest.values())


def write_list(path: Path, rows: Iterable[ListRow], kind: str, *, private: bool = False) -> str:
    """Writes the rows as they come and gives the file's SHA-256 (hex).

    Only ``private`` lists carry ordinals and reasons; they must not leave the machine. The file appears under
    its name when it is whole. Raises ``BadInput`` for an unknown format, ``OSError`` from the disk.
    """
    columns = PRIVATE if private else PUBLIC
    part = path.with_name(path.name + ".part")
    cells = (tuple(getattr(row, column) for column in columns) for row in rows)
    _WRITERS[_kind(kind)](part, columns, cells)
    part.replace(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_lists(
    directory: Path,
    rows: Iterable[ListRow],
    *,
    use: str,
    ruleset: str,
    kinds: Sequence[str] = ("csv", "parquet"),
    layer: str | None = None,
) -> tuple[ListFile, ...]:
    """Writes keep, review and drop lists of one use and ruleset, settled, in each format, and names them."""
    settled = settle(rows)
    written = []
    for action in ACTIONS:
        chosen = [row for row in settled if row.action == action]
        for kind in kinds:
            name = list_name(action, use, ruleset, kind, layer)
            digest = write_list(directory / name, chosen, kind)
            written.append(ListFile(name, use, ruleset, action, kind, len(chosen), digest, layer))
    return tuple(written)


def _layer_prefix(layer: str | None) -> str:
    if layer is None:
        return ""
    return f"{'licence' if layer == 'license' else layer.replace('_', '-')}-only-"


def _kind(kind: str) -> str:
    if kind not in FORMATS:
        raise BadInput(f"{kind!r} is not a format for lists; choose one of {', '.join(FORMATS)}.")
    return kind


Cells = Iterator[tuple[str | int, ...]]


def _write_csv(path: Path, columns: Sequence[str], cells: Cells) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([csv_cell(str(cell)) for cell in row] for row in cells)


def _write_jsonl(path: Path, columns: Sequence[str], cells: Cells) -> None:
    with path.open("w", encoding="ascii", newline="") as file:
        for row in cells:
            file.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=True) + "\n")


def _write_parquet(path: Path, columns: Sequence[str], cells: Cells) -> None:
    types = {"ordinal": _ARROW.int64()}
    fields = [_ARROW.field(name, types.get(name, _ARROW.string()), nullable=False) for name in columns]
    schema = _ARROW.schema(fields)
    with _PARQUET.ParquetWriter(
        path,
        schema,
        version="2.6",
        compression="zstd",
        compression_level=9,
        use_dictionary=["action"],
        data_page_version="1.0",
        store_schema=False,
    ) as writer:
        while batch := list(itertools.islice(cells, _BATCH)):
            arrays = [
                _ARROW.array([_utf8(cell) for cell in column], field.type)
                for column, field in zip(zip(*batch, strict=True), fields, strict=True)
            ]
            writer.write_table(_ARROW.Table.from_arrays(arrays, schema=schema))


def _utf8(cell: str | int) -> str | int:
    return _SURROGATE.sub("\ufffd", cell) if isinstance(cell, str) else cell


_WRITERS: dict[str, Callable[[Path, Sequence[str], Cells], None]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
}
