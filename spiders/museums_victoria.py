"""Museums Victoria Collections: one record a request, each of its media under a license of its own.

No terms of the API are known to us, so targets go by robots.txt. ``media[].licence`` has an address, a name and a
short name; the address counts, else the name ("All Rights Reserved" has no address). Where the manifest names
the picture file, that medium alone counts, and a picture the record does not list has no license; otherwise all of
them do, and different licenses are a conflict.

Seen are two media by themselves; the record around them (``media`` in items, species, specimens and articles) is
from documentation, and so is its 404.
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
from crawler.reading.license_claims import first_known
from crawler.reading.moments import iso
from crawler.reading.pages import web_page
from crawler.reading.platforms import one_record, several_pictures
from crawler.reading.words import keywords, people
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

_SITE = "https://collections.museumsvictoria.com.au"
_KINDS = "items|species|specimens|articles"
_PATH = re.compile(rf"(?:/api)?/({_KINDS})/([0-9]{{1,9}})/?")
_FILE = re.compile(r"/content/media/[0-9]+/([0-9]{1,9})-[a-z]+\.[a-z]{3,4}", re.IGNORECASE)
_NATIVE = re.compile(rf"((?:{_KINDS})/[0-9]{{1,9}})(?:#([0-9]{{1,9}}))?")
_ROLE = re.compile(r"(?:photographer|artist|creator|author|illustrator|maker)\s*:\s*", re.IGNORECASE)


class MuseumsVictoria(RecordEach):
    """Records of Museums Victoria Collections."""

    name = "museums_victoria"
    version = 2
    ids = _NATIVE
    page = f"{_SITE}/{{}}"
    group = "museumsvictoria.com.au"
    hosts = ("collections.museumsvictoria.com.au", "collections.museumvictoria.com.au")
    terms = Terms(
        address="",
        checked="2026-11-24",
        allows="Whatever the museum's robots.txt allows a crawler of our name; no API terms are known to us.",
        keep="Facts of records and media, under the licenses they state; no pictures.",
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.95}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Record pages and API addresses. A picture file alone names a medium, not its record."""
        parts = split(url)
        match = _PATH.fullmatch(parts.path) if parts is not None else None
        return cls.named(f"{match[1]}/{match[2]}") if match is not None else None

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:
        """The record's one medium that the manifest names by its file."""
        parts = split(image_url)
        match = _FILE.fullmatch(parts.path) if parts is not None else None
        if match is None or host_of(image_url) not in cls.hosts:
            return ref
        return cls.named(f"{ref.native_id.partition('#')[0]}#{match[1]}") or ref

    @classmethod
    def request(cls, record: str) -> str:
        """One request a record, whichever of its media are meant."""
        return f"{_SITE}/api/{record}"

    def read(self, capture: Capture) -> Answer:
        """A record of the API, one of its media by itself, or a stored page."""
        photos = self.asked(capture)
        if "/api" not in capture.url:
            return web_page.answer_all(capture, [(photo, "") for photo in photos])
        return one_record.answer_all(capture, photos, _reader)


def _reader(photo: str) -> one_record.Reader:
    return lambda data: _look(data, photo)


def _look(data: dict[str, Any], photo: str) -> Look | None:
    record = ApiRecord(data)
    if not _NATIVE.fullmatch(photo) and _is_medium(data):
        return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(_medium(record)), record.unread())
    asked, _, number = photo.partition("#")
    itself = record.text("id")
    if not _NATIVE.fullmatch(itself) or (_NATIVE.fullmatch(asked) and itself != asked):
        return None
    pictures = [m for m in record.records("media") if m.text("type") in ("", "image")]
    claims, unread = several_pictures.read(pictures, _medium, "licence", name=number, names_of=_numbers)
    claims += _record(record)
    native_id = photo if _NATIVE.fullmatch(photo) else itself
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims), (*unread, *record.unread()))


def _is_medium(data: dict[str, Any]) -> bool:
    """One medium by itself, as people store it. Records have a ``licence`` too: that of their texts."""
    return "media" not in data and isinstance(data.get("licence"), dict) and "thumbnail" in data


def _record(record: ApiRecord) -> list[Claim]:
    """What the record says of the object. Its other fields were not seen, and show as unread."""
    name = "displayTitle" if record.text("displayTitle") else "title"
    record.skip("id", "licence", "media", "recordType")
    given = record.get("keywords")
    words = [word for word in given if isinstance(word, str)] if isinstance(given, list) else []
    return [
        *record.claim(Field.TITLE, name, shown(record.text(name))),
        *record.claim(Field.PAGE_URL, "id", f"{_SITE}/{record.text('id')}"),
        *keywords.claims(words, "/keywords"),
        *people.from_tags(words, "/keywords"),
    ]


def _numbers(medium: ApiRecord) -> set[str]:
    """The medium's number: in its id ("media/329745") and in the names of its files."""
    found = {medium.text("id").rpartition("/")[2]}
    for size in ("large", "medium", "small", "thumbnail"):
        parts = split(medium.text(f"{size}/uri"))
        match = _FILE.fullmatch(parts.path) if parts is not None else None
        found |= {match[1]} if match is not None else set()
    return found - {""}


def _medium(medium: ApiRecord) -> list[Claim]:
    address, name, short = (medium.text(f"licence/{part}") for part in ("uri", "name", "shortName"))
    known, stated = first_known([address, name, short])
    place = next((p for p in ("uri", "name", "shortName") if medium.text(f"licence/{p}")[:500] == stated), "")
    quote = " · ".join(text for text in (name, short, address) if text)[:240]
    claims = medium.claim(Field.LICENSE, f"licence/{place}", known, quote=quote) if place else []
    given = medium.get("creators")
    for index, creator in enumerate(given if isinstance(given, list) else ()):
        if isinstance(creator, str) and creator.strip():
            author = shown(_ROLE.sub("", creator, count=1))
            claims += medium.claim(Field.AUTHOR, f"creators/{index}", author)
    claims += medium.claim(Field.TITLE, "caption", shown(medium.text("caption")))
    claims += medium.claim(Field.CREDIT, "credit", shown(medium.text("credit")))
    claims += medium.claim(Field.COPYRIGHT_NOTICE, "rightsStatement", shown(medium.text("rightsStatement")))
    claims += medium.claim(Field.UPDATED, "dateModified", iso(medium.text("dateModified")))
    medium.skip(
        "alternativeText", "id", "large", "medium", "small", "sources", "thumbnail", "type", "licence"
    )
    return claims
