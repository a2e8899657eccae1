"""ImageNetV2's stored search results: Flickr ids and file addresses, neither owner nor license."""

from collections.abc import Mapping
from typing import Any

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("id_ours", "id_search_engine", "search_engine", "url")


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(
        peek.columns,
        key="id_ours",
        image_url="url",
        uploaded="date_upload_search_engine",
        collected="date_upload_our_db",
    )
    return {**found, "flickr_id": "@flickr_id"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    found = record.get("id_search_engine") if record.get("search_engine") == "flickr" else None
    return {**record, "@flickr_id": found}


FORMAT = Format(
    name="imagenetv2",
    about="ImageNetV2's search results: Flickr ids without owner or license",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    enrich=_enrich,
    adds=("@flickr_id",),
)
