"""The room's door: a path → a ``Manifest`` whose rows stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler.errors import BadInput, UnknownFormat
from crawler.manifests.discovery import format_named, formats
from crawler.manifests.fields import FIELDS, look_up
from crawler.manifests.format import Format
from crawler.manifests.json_text import NotParsed
from crawler.manifests.ordinals import Ordinals
from crawler.manifests.peek import Peek
from crawler.manifests.recognise import peek_at
from crawler.manifests.record import images
from crawler.manifests.stream import open_file
from crawler.model import ImageRef, RowProblem

#: ``RowProblem.field`` where reading could not go on to the end of the file.
WHOLE_FILE = "file"
_ENDS = ("the file breaks off", "cannot be followed further")


@dataclass(frozen=True)
class Manifest:
    """One opened list.

    ``format`` is the name of the format it was read as, ``mapping`` field → column or JSON path, ``notes``
    what the user should know of such lists. Names with a leading ``@`` are made by the format: ``@key`` is a
    record's own name in a JSON object.
    """

    path: Path
    format: str
    mapping: dict[str, str]
    notes: tuple[str, ...]
    peek: Peek = field(repr=False)
    kind: Format = field(repr=False)

    def sha256(self) -> str:
        """SHA-256 of the file's bytes as they lie on disk, in hex."""
        with open_file(self.path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rows(self) -> Iterator[ImageRef | RowProblem]:
        """Every row, in order, as an image or as the reason why not; may be called again.

        Memory does not grow with the list but for about 24 bytes a key, with which duplicates are numbered.
        Raises ``UnreadableManifest`` if the file has gone since it was opened.
        """
        file = str(self.path)
        to_images = images(self.mapping, file)
        ordinals = Ordinals()
        for row, record in self.kind.entries(self.peek, self.mapping):
            if isinstance(record, NotParsed):
                field_ = WHOLE_FILE if record.problem.startswith(_ENDS) else "row"
                yield RowProblem(file, row, field_, record.problem)
                continue
            for found in to_images(row, self._enriched(record)):
                if isinstance(found, ImageRef) and (ordinal := ordinals.next(found.key)):
                    yield replace(found, ordinal=ordinal)
                else:
                    yield found

    def _enriched(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        return record if self.kind.enrich is None else self.kind.enrich(record)


def open_manifest(
    path: Path,
    format: str | None = None,  # noqa: A002 - the user's own word, as in --format
    mapping: Mapping[str, str] | None = None,
) -> Manifest:
    """Recognise a list by its content and say how it will be read.

    ``format`` forces one by name; ``mapping`` (see ``fields.parse_mapping``) overrules single fields, an
    empty column takes one away. Raises ``UnreadableManifest`` (not there, empty, binary), ``UnknownFormat``
    (no such format, or none fits) and ``BadInput`` (a mapped column that the file does not have).
    """
    wished = None if format is None else format_named(format)
    seen = peek_at(path)
    kind = wished or next((f for f in formats() if f.recognises(seen)), None)
    if kind is None or "@context" in seen.top:
        raise UnknownFormat(f"{path} is not a list of images that any format recognises{_hint(seen)}.")
    seen = kind.view(seen)
    chosen = _overruled(kind.mapping(seen), dict(mapping or {}), seen, kind, path)
    if "key" not in chosen and seen.columns:
        if len(seen.columns) == 1 and not mapping:
            raise UnknownFormat(f"{path} is not a list of images: it seems to be a plain text.")
        raise UnknownFormat(
            f"{path} was read as {kind.name!r}, but none of its columns ({_listed(seen.columns)}) is known "
            f"to hold ids or addresses; say which one does, for example --map key={seen.columns[0]}."
        )
    return Manifest(path, kind.name, chosen, (*kind.notes(seen), *_notes(chosen, seen)), seen, kind)


def _overruled(
    found: dict[str, str], wished: Mapping[str, str], seen: Peek, kind: Format, path: Path
) -> dict[str, str]:
    known = {*seen.columns, *kind.adds, "@key"}
    for name, column in wished.items():
        if name not in FIELDS:
            raise BadInput(f"There is no field {name!r} to map; the fields are {', '.join(FIELDS)}.")
        if not column:
            found.pop(name, None)
            continue
        there = column in known or any(look_up(record, column) is not None for record in seen.samples)
        if not there and known - {"@key"}:
            raise BadInput(
                f"{path} has no column {column!r} to take {name!r} from; it has {_listed(seen.columns)}."
            )
        found[name] = column
    return found


def _listed(columns: tuple[str, ...]) -> str:
    shown = ", ".join(columns[:40])
    return f"{shown} and {len(columns) - 40} more" if len(columns) > 40 else shown or "no columns"


def _hint(seen: Peek) -> str:
    if "@context" in seen.top:
        return ": it is a Croissant description, which names the list but is not it"
    return ""


def _notes(mapping: Mapping[str, str], seen: Peek) -> Iterator[str]:
    addresses = {"page_url", "image_url", "flickr_id"} & mapping.keys()
    if not seen.samples:
        yield "The list has no rows."
    elif not addresses:
        yield "No column holds an address: join the list with the one it was made from, by its keys."
    pages = [str(page) for record in seen.samples if (page := look_up(record, mapping.get("page_url", "")))]
    if any("/sets/" in page or "/albums/" in page for page in pages):
        yield "Some pages are albums, not photos; an album says nothing of a single image."
