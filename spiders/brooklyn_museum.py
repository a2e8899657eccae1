"""Brooklyn Museum: its object pages as robots.txt allows, and stored answers of its API.

No terms of the museum's API are known to us, so targets go to the object's page by robots.txt. An object's rights type
is prose with links; the one to its license and those to texts about copyright look alike, so only a known license
that the text itself calls one counts (``reading/words/rights_prose.py``; field notes §6). A rights type without such a
link states no license, whatever it is called: the public name alone ("Creative Commons-BY") names no version and
is kept as not understood.

Seen are two rights types of the API; the object around them (``data/rights_type``) is from documentation. Errors
and today's object pages were not captured: those are read as any web page is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from crawler.model import (
    Answer,
    Capture,
    Claim,
    Field,
    Look,
    Reason,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading.api_record import ApiRecord
from crawler.reading.license_claims import recognised
from crawler.reading.pages import web_page
from crawler.reading.platforms import one_record
from crawler.reading.words import rights_prose
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import PageEach
from crawler.sources.urls import host_of, split

_PATH = re.compile(
    r"(?:/opencollection|/[a-z]{2}(?:-[A-Z]{2})?)?/objects/([0-9]{1,9})(?:/.*)?|/api/v2/object/([0-9]{1,9})/?"
)
_NOTHING_OF_RIGHTS = (
    "accession_date", "accession_number", "artists", "classification", "collections", "description",
    "dimensions", "exhibitions", "geographical_locations", "id", "images", "inscribed", "labels",
    "marked", "medium", "museum_location", "object_date", "object_date_begin", "object_date_end", "period",
    "dynasty", "portfolio", "provenance", "section", "series", "signed", "edition", "markings", "uri",
)  # fmt: skip


class BrooklynMuseum(PageEach):
    """Objects of the Brooklyn Museum."""

    name = "brooklyn_museum"
    version = 2
    ids = re.compile(r"[0-9]{1,9}")
    page = "https://www.brooklynmuseum.org/objects/{}"
    group = "brooklynmuseum.org"
    hosts = ("brooklynmuseum.org",)
    terms = Terms(
        address="",
        checked="2026-11-24",
        allows="Whatever the museum's robots.txt allows a crawler of our name; no API terms are known to us.",
        keep="Facts and rights texts of objects; no pictures.",
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.2}

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API; the museum's other pages are any web pages."""
        return "/api/v2/" in url

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Object pages of both generations, and API addresses."""
        parts = split(url)
        match = _PATH.fullmatch(parts.path) if parts is not None else None
        return cls.named(match[1] or match[2]) if match is not None and "cdn" not in host_of(url) else None

    def read(self, capture: Capture) -> Answer:
        """An object's page, or a stored answer of the API."""
        photo = self.asked(capture)[0]
        if "/api/" not in capture.url:
            return web_page.answer(capture, photo)
        return one_record.answer(capture, photo, lambda data: _look(data, photo))


def _look(data: dict[str, Any], native_id: str) -> Look | None:
    inner = data.get("data")
    record = ApiRecord(inner, "/data") if isinstance(inner, dict) else ApiRecord(data)
    itself = record.text("id")
    if isinstance(record.get("rights_type"), dict):
        if native_id.isdigit() and itself and itself != native_id:
            return None
        rights = ApiRecord(record.data["rights_type"], f"{record.pointer}/rights_type")
        claims = [*_license(rights), *_object(record)]
        record.skip(*_NOTHING_OF_RIGHTS)
        return Look(
            native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims), (*record.unread(), *rights.unread())
        )
    alone = not native_id.isdigit()  # a rights type by itself, as people store it: nobody asked for an object
    if alone and "name" in data and "description" in data and "id" not in data:
        claims = _license(record)
        return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())
    return None


def _license(rights: ApiRecord) -> list[Claim]:
    text = rights.text("description")
    claims = rights_prose.licenses(text, f"{rights.pointer}/description")
    if not claims:
        found = recognised(rights.text("public_name"))
        if found.state != "not_a_license":  # a class of rights by its name, without the text that grants it
            claims += rights.claim(Field.LICENSE, "public_name", None)
    name = rights.text("public_name") or rights.text("name")
    claims += rights.claim(
        Field.COPYRIGHT_NOTICE, "public_name" if rights.text("public_name") else "name", shown(name)
    )
    rights.skip("id", "description", "name", "public_name")
    return claims


def _object(record: ApiRecord) -> list[Claim]:
    claims = record.claim(Field.TITLE, "title", shown(record.text("title")))
    claims += record.claim(Field.CREDIT, "credit_line", shown(record.text("credit_line")))
    claims += record.claim(Field.COPYRIGHT_NOTICE, "copyright", shown(record.text("copyright")))
    for artist in record.records("artists"):
        claims += artist.claim(Field.AUTHOR, "name", shown(artist.text("name")))
    return claims
