"""SBU captions: parallel lists of file addresses (Flickr's old host) and owners, which give the page."""

import re
from collections.abc import Mapping
from typing import Any

from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek

_PHOTO_ID = re.compile(r"/(\d+)_[^/]*$")


def _recognises(peek: Peek) -> bool:
    return peek.container is Container.JSON_COLUMNS and peek.has("image_urls", "user_ids")


def _mapping(_: Peek) -> dict[str, str]:
    return {"key": "image_urls", "page_url": "@page", "image_url": "image_urls"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    found = _PHOTO_ID.search(str(record.get("image_urls") or ""))
    owner = record.get("user_ids")
    page = f"https://www.flickr.com/photos/{owner}/{found[1]}/" if found and owner else None
    return {**record, "@page": page}


FORMAT = Format(
    name="sbu",
    about="SBU captions: parallel lists of Flickr file addresses and owners",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    enrich=_enrich,
    adds=("@page",),
)
