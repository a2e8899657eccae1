"""Science Museum Group Collection: one object a request, asked for as JSON; each picture has its own terms.

No terms of the API are known to us, so targets go by robots.txt. A picture's license is what
``multimedia[].source.legal.rights[].usage_terms`` names ("CC-BY-NC-SA 4.0"); ``legal.credit_line`` of the object is
about the object and no license of its pictures. Where the manifest names the picture file, that picture alone
counts, and a picture the object does not list has no license; otherwise all of them do, and different terms are a
conflict. What an image service saw in a picture
(``enhancement``) is no statement of the museum and is not read.

Seen are the attributes of one object; the envelope (``data/attributes``, JSON:API) is from documentation, and so is
its 404.
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
    Scope,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading import license_claims
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import web_page
from crawler.reading.platforms import one_record, several_pictures
from crawler.reading.words import keywords
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

_SITE = "https://collection.sciencemuseumgroup.org.uk"
_PATH = re.compile(r"(?:/api)?/objects/(co[0-9]{1,10})(?:/[^/]*)?/?", re.IGNORECASE)
#: coimages.sciencemuseumgroup.org.uk/images/3/562/large_….jpg: the picture's own folder
_FOLDER = re.compile(r"(?:.*/images)?/?([0-9]{1,4}/[0-9]{1,4})/[^/]+", re.IGNORECASE)
_NATIVE = re.compile(r"(co[0-9]{1,10})(?:#([0-9]{1,4}/[0-9]{1,4}))?")
_NOTHING_OF_RIGHTS = (
    "admin", "categories", "dates", "description", "identifier", "inscription", "language", "lifecycle",
    "locations", "measurements", "multimedia", "name", "numbers", "options", "parent", "summary_title", "terms",
    "title", "type",
    "materials", "component", "enhancement", "facility", "grouping", "cumulation", "level",
)  # fmt: skip


class ScienceMuseum(RecordEach):
    """Objects of the Science Museum Group."""

    name = "science_museum"
    version = 2
    ids = _NATIVE
    page = f"{_SITE}/objects/{{}}"
    group = "sciencemuseumgroup.org.uk"
    hosts = (
        "collection.sciencemuseumgroup.org.uk",
        "coimages.sciencemuseumgroup.org.uk",
        "collectionsonline.sciencemuseum.org.uk",
    )
    terms = Terms(
        address="",
        checked="2026-11-24",
        allows="Whatever the museum's robots.txt allows a crawler of our name; no API terms are known to us.",
        keep="Facts of objects and pictures, under the terms each states; no pictures.",
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.8}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Object pages and API addresses. A picture file alone names no object."""
        parts = split(url)
        match = _PATH.fullmatch(parts.path) if parts is not None else None
        return cls.named(match[1].lower()) if match is not None else None

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:
        """The object's one picture that the manifest names by its file."""
        parts = split(image_url)
        match = _FOLDER.fullmatch(parts.path) if parts is not None else None
        if match is None or not host_of(image_url).endswith("sciencemuseumgroup.org.uk"):
            return ref
        return cls.named(f"{ref.native_id.partition('#')[0]}#{match[1]}") or ref

    @classmethod
    def request(cls, record: str) -> str:
        """One request an object, whichever of its pictures are meant."""
        return f"{_SITE}/objects/{record}"

    def read(self, capture: Capture) -> Answer:
        """An object as JSON, or its page where the museum answers with one."""
        photos = self.asked(capture)
        if "html" in (capture.header("content-type") or "").lower():
            return web_page.answer_all(capture, [(photo, "") for photo in photos])
        return one_record.answer_all(capture, photos, _reader)


def _reader(photo: str) -> one_record.Reader:
    return lambda data: _look(data, photo)


def _look(data: dict[str, Any], photo: str) -> Look | None:
    outer = ApiRecord(data)
    inner = outer.get("data/attributes")
    record = ApiRecord(inner, "/data/attributes") if isinstance(inner, dict) else outer
    itself = record.text("admin/uid")
    asked, _, folder = photo.partition("#")
    if not _NATIVE.fullmatch(itself) or (_NATIVE.fullmatch(asked) and itself != asked):
        return None
    pictures = list(record.records("multimedia"))
    claims, unread = several_pictures.read(
        pictures, _picture, "source/legal/rights", name=folder, names_of=_folders
    )
    claims += record.claim(Field.CREDIT, "legal/credit_line", shown(record.text("legal/credit_line")))
    claims += record.claim(Field.PAGE_URL, "admin/uid", f"{_SITE}/objects/{itself}")
    words = [category.text("name") for category in record.records("categories")]
    claims += keywords.claims(words, f"{record.pointer}/categories")
    record.skip(*_NOTHING_OF_RIGHTS)
    native_id = photo if _NATIVE.fullmatch(photo) else itself
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims), (*unread, *record.unread()))


def _folders(picture: ApiRecord) -> set[str]:
    """The folder of each rendering: relative, or with the image host before it."""
    found: set[str] = set()
    sizes = picture.get("processed")
    for size in sizes if isinstance(sizes, dict) else ():
        place = sizes[size].get("location") if isinstance(sizes[size], dict) else None
        match = _FOLDER.fullmatch(place) if isinstance(place, str) else None
        found |= {match[1]} if match is not None else set()
    return found


def _picture(picture: ApiRecord) -> list[Claim]:
    claims: list[Claim] = []
    for rights in picture.records("source/legal/rights"):
        terms, details = rights.text("usage_terms"), rights.text("details")
        stated = license_claims.stated(
            terms,
            Scope.IMAGE,
            f"{rights.pointer}/usage_terms",
            f"{terms} {details}".strip()[:240],
            pointer=True,
        )
        claims += [stated] if stated is not None else []
        claims += rights.claim(Field.COPYRIGHT_NOTICE, "details", shown(details))
    for title in picture.records("source/title"):
        if title.text("type") == "main title":
            claims += title.claim(Field.TITLE, "value", shown(title.text("value")))
    claims += picture.claim(Field.CREDIT, "credit", shown(picture.text("credit")))
    picture.skip(
        "@link", "admin", "enhancement", "for_sale", "identifier", "priority", "processed", "public_view"
    )
    picture.skip("publish", "sort", "traffic_light", "type", "source", "position", "title")
    return claims
