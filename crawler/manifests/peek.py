"""What can be seen of a file from its first bytes: its container, its columns, a few records.

Formats are recognised by this, never by a file's name: tab-separated lists are called ``.csv000`` or
``.csv.gz``, and one record comes as an array here and as a keyed object there.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import normal


class Container(enum.StrEnum):
    """How records are packed."""

    DELIMITED = "delimited text"
    JSON_LINES = "JSON lines"
    JSON_ARRAY = "JSON array"
    JSON_KEYED = "JSON object of records"
    JSON_LIST = "JSON list inside an object"
    JSON_COLUMNS = "JSON object of columns"
    PARQUET = "Parquet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Peek:
    """``columns`` as the file names them; for lines without headings "1", "2", ….

    ``samples``: the first records. ``dialect`` and ``headless`` concern delimited text; ``list_name`` the
    JSON list that holds the records; ``top`` the names at the top of a JSON object, as far as was looked.
    """

    path: Path
    container: Container
    columns: tuple[str, ...] = ()
    samples: tuple[Mapping[str, Any], ...] = ()
    dialect: Dialect = field(default_factory=lambda: Dialect(","))
    headless: bool = False
    list_name: str = ""
    top: tuple[str, ...] = ()

    def has(self, *names: str) -> bool:
        """Whether all these columns are there, whatever their case and punctuation."""
        there = {normal(column) for column in self.columns}
        return all(normal(name) in there for name in names)

    def values(self, column: str) -> Iterator[object]:
        """What the samples say in one column, empty cells left out."""
        for record in self.samples:
            value = record.get(column)
            if value not in (None, ""):
                yield value
