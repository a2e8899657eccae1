"""New York Public Library Digital Collections, by its API with the user's own token: one item a request.

An item's captures state ``rightsStatementURI`` (a license or a rights statement) beside a paragraph of prose
(``rightsStatement``); the address is the license, the prose the notice. Without an address the prose alone counts if it
names a license.

Seen is a search answer (``nyplAPI/response/result``). The answer to one item (``…/items/item_details/{uuid}``:
``response/capture`` or ``sibling_captures/capture``, texts under ``$``) is from documentation, and so are its errors;
a body with a code other than 200 inside is not understood. A picture's address (images.nypl.org) names a capture, not
its item.
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
    Key,
    Look,
    Quota,
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
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

API = "https://api.repo.nypl.org/api/v1/items/item_details/"
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATH = re.compile(
    rf"/items/({_UUID})(?:/.*)?|/api/v[12]/(?:items|mods)(?:/[a-z_]+)?/({_UUID})(?:\.json)?", re.IGNORECASE
)


class Nypl(RecordEach):
    """Items of NYPL Digital Collections."""

    name = "nypl"
    version = 2
    ids = re.compile(_UUID)
    page = "https://digitalcollections.nypl.org/items/{}"
    group = "api.repo.nypl.org"
    hosts = ("digitalcollections.nypl.org", "api.repo.nypl.org")
    terms = Terms(
        address="https://api.repo.nypl.org/",
        checked="2026-11-24",
        allows="Reading items with the user's own token, 10,000 requests a day by the API's documentation.",
        keep="Facts and rights statements of items; no pictures.",
        api_host="api.repo.nypl.org",
        quota=Quota(10_000, 86_400.0),
        key=Key(setting="NYPL_API_TOKEN", header="Authorization", template='Token token="{}"'),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.7, "title": 0.9}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Item pages and API addresses of one item."""
        parts = split(url)
        match = _PATH.fullmatch(parts.path) if parts is not None else None
        return cls.named(match[1] or match[2]) if match is not None else None

    @classmethod
    def written(cls, native_id: str) -> str:
        """The item's UUID."""
        return native_id.strip().lower()

    @classmethod
    def request(cls, record: str) -> str:
        """One request an item."""
        return f"{API}{record}"

    def read(self, capture: Capture) -> Answer:
        """An answer of the API, or a stored item page."""
        photo = self.asked(capture)[0]
        if host_of(capture.url) != "api.repo.nypl.org":
            return web_page.answer(capture, photo)
        return one_record.answer(capture, photo, lambda data: _look(data, photo), keyed=True)


def _look(data: dict[str, Any], native_id: str) -> Look | None:
    answer = ApiRecord(data)
    if answer.text("nyplAPI/response/headers/code") not in ("", "200"):
        return None
    response = "nyplAPI/response"
    entries = [
        entry
        for name in ("result", "capture", "sibling_captures/capture")
        for entry in _entries(answer, f"{response}/{name}")
        if _text(entry, "uuid")
    ]
    asked = re.fullmatch(_UUID, native_id) is not None
    meant = [e for e in entries if _belongs(e, native_id)] if asked else entries[:1]
    if (
        not meant
        and asked
        and "item_details" in str(answer.get("nyplAPI/request/endpoint") or "item_details")
    ):
        # captures have UUIDs of their own: in the answer to one item all of them are that item's
        meant = [] if answer.get(f"{response}/result") else entries
    if not meant:
        return None
    claims, unread = several_pictures.read(meant, _claims, "rightsStatementURI")
    shown_id = native_id if asked else _text(meant[0], "uuid").lower()
    return Look(shown_id, Status.AVAILABLE, Reason.SEEN, tuple(dict.fromkeys(claims)), tuple(unread))


def _entries(answer: ApiRecord, path: str) -> list[ApiRecord]:
    """A list of objects, or a single one where the API has but one."""
    value = answer.get(path)
    if isinstance(value, dict):
        return [ApiRecord(value, f"/{path}")]
    return list(answer.records(path))


def _belongs(entry: ApiRecord, uuid: str) -> bool:
    return uuid in (_text(entry, "uuid").lower(), _text(entry, "itemLink").rpartition("/")[2].lower())


def _path(entry: ApiRecord, name: str) -> str:
    """Texts stand in the field itself, or under "$" in the form that was XML once."""
    return f"{name}/$" if isinstance(entry.get(name), dict) else name


def _text(entry: ApiRecord, name: str) -> str:
    return entry.text(_path(entry, name))


def _claims(entry: ApiRecord) -> list[Claim]:
    address, prose = _path(entry, "rightsStatementURI"), _path(entry, "rightsStatement")
    if entry.text(address):
        place, text, pointer = address, entry.text(address), True
    else:
        place, text, pointer = prose, entry.text(prose), False
    stated = license_claims.stated(
        text, Scope.IMAGE, f"{entry.pointer}/{place}", entry.text(prose)[:240], pointer=pointer
    )
    claims = [stated] if stated is not None else []
    claims += entry.claim(Field.COPYRIGHT_NOTICE, prose, shown(entry.text(prose)))
    title = _path(entry, "title")
    claims += entry.claim(Field.TITLE, title, shown(entry.text(title)))
    claims += entry.claim(Field.PAGE_URL, _path(entry, "itemLink"))
    entry.skip("apiUri", "imageID", "imageLinks", "highResLink", "typeOfResource", "uuid", "sortString")
    entry.skip("dateDigitized", "dateIndexed", "orderInSequence", "itemLink")
    return claims
