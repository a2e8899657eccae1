"""Reads Parquet by row groups, and of those only the columns that are wanted (pictures may lie in others)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.lib as pa
import pyarrow.parquet as pq
import pyarrow.types as pt

from crawler.errors import UnreadableManifest
from crawler.manifests.json_text import NotParsed
from crawler.manifests.peek import Container, Peek

BATCH = 1024


def peek_parquet(path: Path) -> Peek:
    """Columns from the file's schema, nested ones left out, and the first records."""
    with _open(path) as file:
        columns = tuple(f.name for f in file.schema_arrow if not pt.is_nested(f.type))
        try:
            batch = next(file.iter_batches(batch_size=20, columns=list(columns)), None)
        except (pa.ArrowException, OSError) as error:
            raise UnreadableManifest(f"{path} is a damaged Parquet file: {_one_line(error)}.") from None
    samples = tuple(batch.to_pylist()) if batch is not None else ()
    return Peek(path, Container.PARQUET, columns, samples)


def records(path: Path, columns: Collection[str]) -> Iterator[tuple[str, Mapping[str, Any] | NotParsed]]:
    """("row 12", record) of the wanted columns; ends with ``NotParsed`` where a row group is damaged."""
    number = 0
    with _open(path) as file:
        there = {f.name for f in file.schema_arrow}
        try:
            for batch in file.iter_batches(
                batch_size=BATCH, columns=[name for name in columns if name in there], use_threads=False
            ):
                for record in batch.to_pylist():
                    number += 1
                    yield f"row {number}", record
        except (pa.ArrowException, OSError) as error:
            yield (
                f"row {number + 1}",
                NotParsed(f"cannot be decoded, nor can what follows ({_one_line(error)})"),
            )


def _open(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)  # type: ignore[no-untyped-call]  # pyarrow types its C parts only
    except (pa.ArrowException, OSError) as error:
        raise UnreadableManifest(f"{path} is a damaged Parquet file: {_one_line(error)}.") from None


def _one_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")
