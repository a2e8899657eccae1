"""iNaturalist's open data, photos.csv: tabs in spite of its name, no quoting (its Metadata/README)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("photo_uuid", "photo_id", "observer_id", "license", "extension")


def _view(peek: Peek) -> Peek:
    if peek.dialect.delimiter != "\t":
        return peek
    return replace(peek, dialect=Dialect("\t", quoted=False, newline=peek.dialect.newline))


def _mapping(peek: Peek) -> dict[str, str]:
    return {
        **pick(peek.columns, key="photo_id", license="license"),
        "page_url": "@page",
        "image_url": "@file",
    }


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    number, extension = record.get("photo_id"), record.get("extension")
    if not number:
        return record
    return {
        **record,
        "@page": f"https://www.inaturalist.org/photos/{number}",
        "@file": f"https://inaturalist-open-data.s3.amazonaws.com/photos/{number}/original.{extension}",
    }


FORMAT = Format(
    name="inaturalist_photos",
    about="iNaturalist open data's photos.csv (tab-separated)",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    view=_view,
    enrich=_enrich,
    adds=("@page", "@file"),
)
