"""Unsplash Lite and Full: ``photos.tsv000`` or ``photos.csv000``, both separated by tabs, not quoted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("photo_id", "photo_url", "photo_image_url", "photographer_username")


def _view(peek: Peek) -> Peek:
    if peek.dialect.delimiter != "\t":
        return peek
    return replace(peek, dialect=Dialect("\t", quoted=False, newline=peek.dialect.newline))


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(
        peek.columns,
        key="photo_id",
        page_url="photo_url",
        image_url="photo_image_url",
        uploaded="photo_submitted_at",
    )
    return {**found, "author": "@photographer"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    names = (record.get("photographer_first_name"), record.get("photographer_last_name"))
    full = " ".join(str(name) for name in names if name)
    return {**record, "@photographer": full or record.get("photographer_username")}


def _notes(_: Peek) -> tuple[str, ...]:
    return ("Unsplash's terms forbid publishing any portion of the list: keep cards and lists to counts.",)


FORMAT = Format(
    name="unsplash",
    about="Unsplash Lite and Full (photos.tsv000)",
    specificity=90,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
    view=_view,
    enrich=_enrich,
    adds=("@photographer",),
)
