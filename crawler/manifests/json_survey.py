"""Finds out how a JSON file holds its records, reading no more of it than that takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crawler.manifests.fields import is_address
from crawler.manifests.json_text import JsonDamageError, JsonText, NotParsed
from crawler.manifests.peek import Container, Peek
from crawler.manifests.stream import open_stream

#: Records looked at.
SAMPLES = 20
#: Members of one object that all are objects themselves: then it is an object of records.
KEYED = 8
#: A list under one of these names is the list of images; the rest of the object need not be searched for it.
IMAGE_LISTS = frozenset({"images", "data"})


def survey(path: Path) -> Peek:
    """The peek of a file whose first byte is ``{`` or ``[``."""
    with open_stream(path) as stream:
        text = JsonText(stream)
        try:
            return _array(path, text) if text.kind() == b"[" else _object(path, text)
        except JsonDamageError:
            return Peek(path, Container.UNKNOWN)  # not one JSON value was found


def _array(path: Path, text: JsonText) -> Peek:
    records = tuple(_elements(text))
    return _peek(path, Container.JSON_ARRAY, records)


def _elements(text: JsonText) -> Iterator[Mapping[str, Any]]:
    text.enter()
    try:
        for _ in range(SAMPLES):
            if not text.next_element():
                return
            yield as_record(text.value()[1])
    except JsonDamageError:
        return  # what was seen so far is what can be said; reading will name the place


def as_record(value: object) -> Mapping[str, Any]:
    """An element of a list as a record; a bare address or name is a record of one column, "1"."""
    if isinstance(value, dict):
        return value
    return {"1": value} if isinstance(value, str | int | float) else {}


def _object(path: Path, text: JsonText) -> Peek:
    top: list[str] = []
    keyed: list[Mapping[str, Any]] = []
    lists: dict[str, tuple[Mapping[str, Any], ...]] = {}
    columns: dict[str, list[Any]] = {}
    plain: dict[str, Any] = {}
    whole = False
    text.enter()
    try:
        while (name := text.next_name()) is not None:
            top.append(name)
            if text.kind() == b"[":
                _list(name, text, lists, columns)
                if name in IMAGE_LISTS and lists.get(name):
                    break
                continue
            value = text.value(keyed=True)[1]
            if isinstance(value, dict):
                keyed.append({"@key": name, **value})
            elif not isinstance(value, NotParsed):
                plain[name] = value
            if len(keyed) >= KEYED and len(keyed) == len(top):
                break
        else:
            whole = True
    except JsonDamageError:
        whole = False
    if whole and text.kind() == b"{":
        return _json_lines(path)
    if lists and any(lists.values()):
        name = next((n for n in ("images", "data") if lists.get(n)), max(lists, key=lambda n: len(lists[n])))
        return _peek(path, Container.JSON_LIST, lists[name], list_name=name, top=tuple(top))
    if len(columns) > 1:
        rows = tuple(
            dict(zip(columns, cells, strict=False)) for cells in zip(*columns.values(), strict=False)
        )
        return Peek(path, Container.JSON_COLUMNS, tuple(columns), rows, top=tuple(top))
    if keyed and len(keyed) * 2 >= len(top):
        return _peek(path, Container.JSON_KEYED, tuple(keyed), top=tuple(top))
    if plain and len(plain) == len(top) and all(map(is_address, plain.values())):
        rows = tuple({"@key": name, "1": value} for name, value in list(plain.items())[:SAMPLES])
        return _peek(path, Container.JSON_KEYED, rows, top=tuple(top))
    if whole and any(map(is_address, plain.values())):
        return _json_lines(path)
    if len(lists) == 1:
        return _peek(path, Container.JSON_LIST, (), list_name=next(iter(lists)), top=tuple(top))
    return Peek(path, Container.UNKNOWN, top=tuple(top))


def _list(
    name: str,
    text: JsonText,
    lists: dict[str, tuple[Mapping[str, Any], ...]],
    columns: dict[str, list[Any]],
) -> None:
    """Look at the first elements of one list in an object and pass over the rest."""
    seen: list[object] = []
    text.enter()
    while text.next_element():
        if len(seen) < SAMPLES:
            seen.append(text.value()[1])
        elif name in IMAGE_LISTS and isinstance(seen[0], dict):
            break  # nothing after it matters to the survey, which ends here
        else:
            text.raw()
    if seen and not isinstance(seen[0], dict | list):
        columns[name] = seen
    else:
        lists[name] = tuple(element for element in seen if isinstance(element, dict))


def _json_lines(path: Path) -> Peek:
    records: list[Mapping[str, Any]] = []
    with open_stream(path) as stream:
        text = JsonText(stream)
        try:
            while text.kind() == b"{" and len(records) < SAMPLES:
                records.append(as_record(text.value()[1]))
        except JsonDamageError:
            pass  # the samples so far suffice; reading goes line by line and names every bad one
    return _peek(path, Container.JSON_LINES, tuple(records))


def _peek(
    path: Path,
    container: Container,
    records: tuple[Mapping[str, Any], ...],
    list_name: str = "",
    top: tuple[str, ...] = (),
) -> Peek:
    columns: dict[str, None] = {}
    for record in records:
        columns.update(dict.fromkeys(_paths(record)))
    return Peek(path, container, tuple(columns), records, list_name=list_name, top=top)


def _paths(record: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[str]:
    """Names of cells, nested objects as dotted paths, two levels down."""
    for name, value in record.items():
        if isinstance(value, dict) and depth < 2:
            yield from _paths(value, f"{prefix}{name}.", depth + 1)
        else:
            yield prefix + name
