"""Smithsonian Open Access, by its API with the user's own api.data.gov key: one record a request.

A record has two usages: ``metadata_usage`` is about the words, ``usage`` of each of its media about that picture
(field notes §6). Only the latter is claimed. "CC0" is the one value seen there; any other ("Usage conditions
apply", "Not determined": from documentation) names no license and is kept as not understood. Where the manifest
names the picture (ids.si.edu, or the address in ``content``), that medium alone counts, and a picture the record
does not list has no license; otherwise all do, and media of different usages are a conflict.

Errors were not captured: api.data.gov documents 403 ``API_KEY_INVALID`` for a key it does not know and 429 for too
many requests; a missing record is documented as 404.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote

from crawler.model import (
    Answer,
    Capture,
    Claim,
    Field,
    Key,
    Look,
    Quota,
    Reason,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading.api_record import ApiRecord
from crawler.reading.license_claims import recognised
from crawler.reading.platforms import one_record, several_pictures
from crawler.reading.words import keywords, people
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

API = "https://api.si.edu/openaccess/api/v1.0/content/"
_RECORD = r"[A-Za-z][A-Za-z0-9]{1,30}_[A-Za-z0-9._-]{1,120}"
_PATH = re.compile(
    rf"/openaccess/api/v1\.0/content/edanmdm(?::|%3a)({_RECORD})/?"
    rf"|/search/(?:detail|record)/edanmdm(?::|%3a)({_RECORD})/?"
    rf"|/object/(?:[^/]*(?::|%3a))?({_RECORD})/?",
    re.IGNORECASE,
)
_NATIVE = re.compile(rf"edanmdm:({_RECORD})(?:#(.+))?", re.DOTALL)
#: ids.si.edu/ids/download?id=NMNH-1.jpg and …/deliveryService?id=NMNH-1 are one medium.
_EXTENSION = re.compile(r"\.(?:jpe?g|tiff?)$", re.IGNORECASE)
_MAKERS = frozenset({"artist", "photographer", "creator", "maker", "author", "illustrator", "painter"})


class Smithsonian(RecordEach):
    """Records of Smithsonian Open Access."""

    name = "smithsonian"
    version = 2
    ids = _NATIVE
    page = "https://www.si.edu/object/{}"
    group = "api.si.edu"
    hosts = ("si.edu",)
    terms = Terms(
        address="https://edan.si.edu/openaccess/apidocs/",
        checked="2026-11-24",
        allows="Reading records with the user's own api.data.gov key (1,000 requests an hour by api.data.gov's rule).",
        keep="Facts of records, under the usage each record states; no pictures.",
        api_host="api.si.edu",
        quota=Quota(1000, 3600.0),
        key=Key(setting="SMITHSONIAN_API_KEY", query="api_key"),
        texts=("https://www.si.edu/termsofuse",),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.8, "title": 0.9}

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API and the picture host; the museums' other pages are any web pages."""
        return host_of(url) in ("api.si.edu", "ids.si.edu")

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Object pages, collection search records, API addresses. A bare picture names no record."""
        parts = split(url)
        if parts is None or host_of(url).startswith("ids."):
            return None
        match = _PATH.fullmatch(parts.path)
        return cls.named(match[1] or match[2] or match[3]) if match is not None else None

    @classmethod
    def written(cls, native_id: str) -> str:
        """``edanmdm:UNIT_ID`` or ``UNIT_ID``."""
        return native_id if native_id.startswith("edanmdm:") else f"edanmdm:{native_id}"

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:
        """Its page is named without the prefix."""
        ref = super().named(native_id)
        return replace(ref, url=(ref.url or "").replace("edanmdm:", "")) if ref is not None else None

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:
        """The record's one picture that the manifest names."""
        name = _medium(image_url) if f".{host_of(image_url)}".endswith(".si.edu") else ""
        return cls.named(f"{ref.native_id.partition('#')[0]}#{name}") or ref if name else ref

    @classmethod
    def request(cls, record: str) -> str:
        """One request a record, whichever of its pictures are meant."""
        return f"{API}{quote(record, safe='')}"

    def read(self, capture: Capture) -> Answer:
        """One record of the API, alone or in its envelope."""
        return one_record.answer_all(capture, self.asked(capture), _reader, keyed=True)


def _medium(url: str) -> str:
    """What tells a medium apart: the ``id`` of ids.si.edu's delivery service, else the address without scheme."""
    parts = split(url)
    if parts is None:
        return ""
    given = parse_qs(parts.query).get("id", [""])[0]
    if host_of(url) == "ids.si.edu" and given:
        return _EXTENSION.sub("", given)
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(url)}{parts.path}{query}"


def _reader(photo: str) -> one_record.Reader:
    return lambda data: _look(data, photo)


def _look(data: dict[str, Any], photo: str) -> Look | None:
    envelope = data.get("response")
    record = ApiRecord(envelope, "/response") if isinstance(envelope, dict) else ApiRecord(data)
    itself = record.text("url")
    asked, _, medium = photo.partition("#")
    if not _NATIVE.fullmatch(itself) or not isinstance(record.get("content"), dict):
        return None
    if _NATIVE.fullmatch(asked) and asked.lower() != itself.lower():
        return None
    about = "content/descriptiveNonRepeating"
    media = list(record.records(f"{about}/online_media/media"))
    pictures = [m for m in media if m.text("type") in ("", "Images")]
    claims, unread = several_pictures.read(
        pictures, _license, "usage/access", name=medium, names_of=_names_of
    )
    title = "title" if record.text("title") else f"{about}/title/content"
    claims += record.claim(Field.TITLE, title, shown(record.text(title)))
    claims += record.claim(Field.CREDIT, f"{about}/data_source", shown(record.text(f"{about}/data_source")))
    claims += record.claim(Field.PAGE_URL, f"{about}/record_link")
    claims += _freetext(record)
    words = [record.get(f"content/indexedStructured/{name}") for name in ("topic", "object_type")]
    listed = [w for group in words if isinstance(group, list) for w in group if isinstance(w, str)]
    place = f"{record.pointer}/content/indexedStructured"
    claims += [*keywords.claims(listed, place), *people.from_tags(listed, place)]
    record.skip("docSignature", "hash", "id", "lastTimeUpdated", "timestamp", "title", "type")
    record.skip("unitCode", "version", "linkedId")
    described = ApiRecord(record.get(about), f"{record.pointer}/{about}")
    described.skip("data_source", "guid", "metadata_usage", "online_media", "record_ID", "record_link")
    described.skip("title", "title_sort", "unit_code")
    unread += described.unread()
    native_id = photo if _NATIVE.fullmatch(photo) else itself
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims), (*unread, *record.unread()))


def _names_of(medium: ApiRecord) -> set[str]:
    names = {_EXTENSION.sub("", medium.text("idsId")), medium.text("guid")}
    return {n for n in (*names, *(_medium(medium.text(f)) for f in ("content", "thumbnail", "idsId"))) if n}


def _license(medium: ApiRecord) -> list[Claim]:
    medium.skip("content", "guid", "idsId", "resources", "thumbnail", "type")
    found = recognised(medium.text("usage/access"))
    known = found.license.id if found.state == "known" and found.license is not None else None
    return medium.claim(Field.LICENSE, "usage/access", known)


def _freetext(record: ApiRecord) -> list[Claim]:
    """Makers by the label their name stands under; a collector or a donor made no picture. Rights in prose as the
    notice.
    """
    claims: list[Claim] = []
    for entry in record.records("content/freetext/name"):
        if entry.text("label").lower() in _MAKERS:
            claims += entry.claim(Field.AUTHOR, "content", shown(entry.text("content")))
    for entry in record.records("content/freetext/objectRights"):
        claims += entry.claim(Field.COPYRIGHT_NOTICE, "content", shown(entry.text("content")))
    return claims
