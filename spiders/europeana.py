"""Europeana, by its Record API with a key of the user's own: one item a request.

Europeana shows what others hold: its ``rights`` are what the providing institution says of its own pictures, so
they are stated for the image; the provider's page (``edmIsShownAt``) is claimed beside Europeana's own. The key
travels in the query (``wskey``) and is never kept.

The flat form of an item was captured; the record form is read after its documentation, and an answer without
rights states no license. Errors were not captured: a refused key is documented as 401, a missing item as 404.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from crawler.model import (
    Answer,
    Capture,
    Key,
    Look,
    Reason,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading.api_record import ApiRecord
from crawler.reading.platforms import europeana_item, one_record
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

API = "https://api.europeana.eu/record/v2"
#: The data set is a number, sometimes with a letter ("/2022704/lod_oai_…").
_ID = r"/[0-9]{2,12}[A-Za-z]?/[A-Za-z0-9_]{1,250}"
_PATH = re.compile(
    rf"(?:/portal)?(?:/[a-z]{{2}})?/(?:item|record)({_ID})(?:\.html)?/?"
    rf"|(?:/api)?(?:/v2)?/record(?:/v[23])?({_ID})(?:\.json)?/?",
    re.IGNORECASE,
)


class Europeana(RecordEach):
    """Items of Europeana."""

    name = "europeana"
    version = 2
    ids = re.compile(_ID)
    page = f"{europeana_item.PAGE}{{}}"
    group = "api.europeana.eu"
    hosts = ("europeana.eu",)
    terms = Terms(
        address="https://www.europeana.eu/en/rights/api-terms-of-use",
        checked="2026-11-24",
        allows="Reading items through the Record API with the user's own key; no rate is known to us (we ask one a "
        "second).",
        keep="Facts of items, which Europeana gives under CC0; no pictures.",
        api_host="api.europeana.eu",
        key=Key(setting="EUROPEANA_API_KEY", query="wskey"),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.95, "title": 0.8}

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API; Europeana's galleries and other pages are any web pages."""
        return host_of(url) == "api.europeana.eu"

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Item pages of both generations in any language, data.europeana.eu, and API addresses."""
        parts = split(url)
        if parts is None or parts.path.startswith(("/api/v2/thumbnail", "/thumbnail")):
            return None
        match = _PATH.fullmatch(parts.path)
        return cls.named(match[1] or match[2]) if match is not None else None

    @classmethod
    def written(cls, native_id: str) -> str:
        """``/DATASET/RECORD``, with or without the first slash."""
        return f"/{native_id.strip().lstrip('/')}"

    @classmethod
    def request(cls, record: str) -> str:
        """One request an item."""
        return f"{API}{record}.json"

    def read(self, capture: Capture) -> Answer:
        """One item, alone, in an answer of the Record API, or as the only one of a search."""
        photo = self.asked(capture)[0]
        keyed = host_of(capture.url) == "api.europeana.eu"
        return one_record.answer(capture, photo, lambda data: _look(data, photo), keyed=keyed)


def _look(data: dict[str, Any], native_id: str) -> Look | None:
    item = _item(data)
    itself = item.text("id") or item.text("about")
    if not re.fullmatch(_ID, itself):
        return None
    if re.fullmatch(_ID, native_id) and itself != native_id:
        return None
    claims, unread = europeana_item.claims(item)
    return Look(itself, Status.AVAILABLE, Reason.SEEN, tuple(claims), unread)


def _item(data: dict[str, Any]) -> ApiRecord:
    if isinstance(data.get("object"), dict):
        return ApiRecord(data["object"], "/object")
    items = data.get("items")
    if isinstance(items, list) and len(items) == 1:
        return ApiRecord(items[0], "/items/0")
    return ApiRecord(data)
