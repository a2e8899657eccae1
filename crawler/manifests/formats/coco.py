"""COCO and everything that copies its layout (LVIS, VizWiz, iNaturalist competitions).

``images[]`` carry a number that points into ``licenses[]``. The block may stand anywhere, so it is looked for
first, and the images are read in a second pass; both stop as soon as they have what they came for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.manifests.fields import pick
from crawler.manifests.format import Entry, Format
from crawler.manifests.json_text import JsonDamageError, JsonText, NotParsed
from crawler.manifests.peek import Container, Peek
from crawler.manifests.stream import open_stream
from crawler.manifests.table import json_entries

NAME, URL = "@licenses.name", "@licenses.url"


def _recognises(peek: Peek) -> bool:
    return (
        peek.container is Container.JSON_LIST
        and peek.list_name == "images"
        and peek.has("id")
        and (peek.has("file_name") or peek.has("coco_url") or peek.has("flickr_url"))
    )


def _view(peek: Peek) -> Peek:
    if peek.list_name == "images":
        return peek
    return replace(peek, container=Container.JSON_LIST, list_name="images", columns=(), samples=())


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(
        peek.columns, key="id", image_url="flickr_url", author="rights_holder", collected="date_captured"
    )
    if "image_url" not in found:
        found |= pick(peek.columns, image_url="coco_url") or pick(peek.columns, image_url="vizwiz_url")
    if "license" in peek.columns:
        found |= {"license": NAME, "license_url": URL}
    return found


def _notes(peek: Peek) -> tuple[str, ...]:
    notes: list[str] = []
    if peek.has("flickr_url"):
        notes.append("The list names neither pages nor authors; both follow from the photo id in flickr_url.")
    elif peek.has("coco_url"):
        notes.append("The list names only COCO's own copies; join it with COCO by id to reach the sources.")
    if peek.has("license") and not licenses(peek.path):
        notes.append("The images point to licenses by number, but the file has no licenses block.")
    return tuple(notes)


def licenses(path: Path) -> dict[str, Mapping[str, Any]]:
    """The block of licenses by their ids in decimal; empty where the file has none."""
    with open_stream(path) as stream:
        text = JsonText(stream)
        try:
            if text.kind() != b"{":
                return {}
            text.enter()
            while (name := text.next_name()) is not None:
                if name != "licenses":
                    text.skip()
                    continue
                value = text.value()[1]
                block = value if isinstance(value, list) else []
                return {str(one["id"]): one for one in block if isinstance(one, dict) and "id" in one}
        except JsonDamageError:
            return {}  # reading the images will meet the same break and name it
    return {}


def _entries(peek: Peek, mapping: Mapping[str, str]) -> Iterator[Entry]:
    joined = licenses(peek.path) if {NAME, URL} & set(mapping.values()) else {}
    with open_stream(peek.path) as stream:
        for row, record in json_entries(stream, peek, mapping):
            if isinstance(record, NotParsed) or "license" not in record:
                yield row, record
                continue
            number = record["license"]
            one = joined.get(str(number))
            if one is not None:
                yield row, {**record, NAME: one.get("name"), URL: one.get("url")}
            else:  # a number that points nowhere is all the list says, so it is what it declares
                yield row, {**record, NAME: None if number is None else f"license {number}"}


FORMAT = Format(
    name="coco",
    about="COCO and its kin: images[] joined with licenses[]",
    specificity=90,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
    view=_view,
    adds=(NAME, URL),
    entries=_entries,
)
