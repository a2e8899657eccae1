"""Records of any container, one by one, with the place each stood at.

Whatever breaks costs as little as possible: one record where its extent is known, else the rest of the file;
then the last entry says at which byte, and nothing before it is lost.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crawler.manifests.delimited import LINE_LIMIT, cells
from crawler.manifests.fields import getter
from crawler.manifests.json_survey import as_record
from crawler.manifests.json_text import JsonDamageError, JsonText, NotParsed, as_written, parse
from crawler.manifests.peek import Container, Peek
from crawler.manifests.stream import ByteStream, open_stream

Entry = tuple[str, Mapping[str, Any] | NotParsed]
#: Functions that take the cells out of a record that hold ids.
Getters = tuple[Callable[[Mapping[str, Any]], object], ...]


def entries(peek: Peek, mapping: Mapping[str, str]) -> Iterator[Entry]:
    """Every record of the file, or ``NotParsed`` in its place. ``mapping``: field → column."""
    if peek.container is Container.PARQUET:
        from crawler.manifests.parquet import records  # noqa: PLC0415 - pyarrow takes 0.3 s and 60 MB

        made = any(column.startswith("@") for column in mapping.values())  # from columns not in the mapping
        yield from records(peek.path, peek.columns if made else set(mapping.values()))
        return
    with open_stream(peek.path) as stream:
        if peek.container is Container.DELIMITED:
            yield from _whole_lines(_delimited(stream, peek), stream)
        elif peek.container is Container.JSON_LINES:
            yield from _whole_lines(_json_lines(stream, mapping), stream)
        else:
            yield from json_entries(stream, peek, mapping)


def _exact(mapping: Mapping[str, str]) -> Getters:
    ids = (mapping.get("key", "@key"), mapping.get("flickr_id", "@key"))
    return tuple(getter(column) for column in ids if not column.startswith("@"))


def _delimited(stream: ByteStream, peek: Peek) -> Iterator[Entry]:
    columns = peek.columns
    rows = cells(stream, peek.dialect, len(columns))
    if not peek.headless:
        next(rows, None)
    for row, found in rows:
        yield row, found if isinstance(found, NotParsed) else dict(zip(columns, found, strict=True))


def _json_lines(stream: ByteStream, mapping: Mapping[str, str]) -> Iterator[Entry]:
    source = io.BufferedReader(stream, 1 << 18)
    exact = _exact(mapping)
    number = 0
    while line := source.readline(LINE_LIMIT):
        number += 1
        too_long = len(line) == LINE_LIMIT and not line.endswith(b"\n")
        while too_long and (rest := source.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
            pass
        if too_long:
            yield f"line {number}", NotParsed("is longer than 4 MiB")
        elif text := line.strip():
            yield f"line {number}", _record(text, parse(text), exact)


def _whole_lines(found: Iterator[Entry], stream: ByteStream) -> Iterator[Entry]:
    """The same entries; but the last of a file that breaks off is half a line: reported, not believed."""
    last: Entry | None = None
    for entry in found:
        if last is not None:
            yield last
        last = entry
    if stream.fault:
        yield last[0] if last else "line 1", NotParsed(f"is incomplete: {stream.fault}")
    elif last is not None:
        yield last


def json_entries(stream: ByteStream, peek: Peek, mapping: Mapping[str, str]) -> Iterator[Entry]:
    """Records of a JSON array, a keyed object, a list inside an object, or an object of columns."""
    text = JsonText(stream)
    exact = _exact(mapping)
    number = 0
    try:
        if peek.container is Container.JSON_ARRAY:
            found = _elements(text, exact)
        elif peek.container is Container.JSON_KEYED:
            found = _members(text, exact)
        elif peek.container is Container.JSON_LIST:
            found = _listed(text, peek.list_name, exact)
        else:
            found = _columns(text)
        for entry in found:
            number += 1
            yield entry
    except JsonDamageError as damage:
        why = stream.fault or str(damage)
        after = f"after record {number}" if number else "at its start"
        yield (
            after,
            NotParsed(f"the file breaks off: {why}" if damage.cut else f"cannot be followed further: {why}"),
        )
        return
    if peek.container is not Container.JSON_LIST and text.kind():
        yield (
            f"after record {number}",
            NotParsed(f"something follows the end of the list, at byte {text.offset:,}"),
        )
    elif stream.fault:
        yield f"after record {number}", NotParsed(f"the file breaks off: {stream.fault}")


def _elements(text: JsonText, exact: Getters) -> Iterator[Entry]:
    text.enter()
    number = 0
    while text.next_element():
        number += 1
        source, value = text.value()
        yield f"record {number}", _record(source, value, exact)


def _members(text: JsonText, exact: Getters) -> Iterator[Entry]:
    text.enter()
    while (name := text.next_name()) is not None:
        source, value = text.value(keyed=True)
        record = _record(source, value, exact)
        if isinstance(record, dict):
            record["@key"] = name
        yield f"record {name!r}", record


def _listed(text: JsonText, name: str, exact: Getters) -> Iterator[Entry]:
    text.enter()
    while (member := text.next_name()) is not None:
        if member == name and text.kind() == b"[":
            yield from _elements(text, exact)
            return  # annotations may follow, ten times as long
        text.skip()


def _columns(text: JsonText) -> Iterator[Entry]:
    """Parallel lists: they have to be held whole, so such lists are as large as memory allows."""
    columns: dict[str, list[Any]] = {}
    text.enter()
    while (name := text.next_name()) is not None:
        if text.kind() != b"[":
            text.skip()
            continue
        text.enter()
        column: list[Any] = []
        columns[name] = column
        while text.next_element():
            column.append(text.value()[1])
    longest = max(map(len, columns.values()), default=0)
    for at in range(longest):
        short = [name for name, column in columns.items() if len(column) <= at]
        if short:
            yield (
                f"record {at + 1}",
                NotParsed(f"the list {short[0]!r} has only {len(columns[short[0]])} entries"),
            )
        else:
            yield f"record {at + 1}", {name: column[at] for name, column in columns.items()}


def _record(source: bytes, value: object, exact: Getters) -> Mapping[str, Any] | NotParsed:
    if isinstance(value, dict):
        for get in exact:
            if type(get(value)) is float:  # as an id, 1.0 and 1e3 must stay as they are written
                return as_record(as_written(source))
        return value
    if isinstance(value, NotParsed):
        return value
    return as_record(value) or NotParsed("is not an object")
