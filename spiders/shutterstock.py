"""Shutterstock, by its documented API and the user's own token.

Licenses are bought by contract and no field states one: the license is "not stated", and the user's contract is
what counts. What the API adds is ``has_model_release`` and ``has_property_release``. ``true`` is claimed, for the
people and property shown. ``false`` is not: it is also given for pictures without people (15 of 20 in
shutterstock/api-search-india-2021.json), so it says nothing.

Fields beyond the captured search are from the API's reference (docs/Image.md of its SDK, 2026-05-14). No error
answer was captured: 401 is a bad token, 404 with JSON ``not_public`` (withdrawn or never there, undecided).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.model import (
    Answer,
    Capture,
    Claim,
    Field,
    Key,
    Look,
    Reason,
    Scope,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading import json_answer, moments
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import web_page
from crawler.reading.words import keywords
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

API_HOST = "api.shutterstock.com"
# /image-photo/gadi-sagar-404519536 · /de/image-vector/… · /image-photo/gadi-sagar-260nw-404519536.jpg ·
# /pic-404519536/… · /z/stock-photo-…-404519536.jpg · /display_pic_with_logo/88506/404519536/stock-photo-….jpg ·
# ak.picdn.net/shutterstock/photos/404519536/preview_1000/…
_PATHS = (
    re.compile(
        r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/image-(?:photo|vector|illustration|generated|editorial)/(?:[^/]*-)?([0-9]{4,13})"
        r"(?:\.[a-z]{3,4})?/*",
        re.IGNORECASE,
    ),
    re.compile(r"/pic-([0-9]{4,13})(?:/.*)?", re.IGNORECASE),
    re.compile(r"/z/[^/]*-([0-9]{4,13})\.[a-z]{3,4}", re.IGNORECASE),
    re.compile(r"/(?:display_pic_with_logo|thumb_large|thumb_small)/[0-9]+/([0-9]{4,13})/.*", re.IGNORECASE),
    re.compile(r"/shutterstock/photos/([0-9]{4,13})/.*", re.IGNORECASE),
)
_API = re.compile(r"/v2/images/([0-9]{1,13})/*")
_HOST = re.compile(r"(?:(?:www|image|thumb[0-9]*)\.)?shutterstock\.com|ak\.picdn\.net")


class Shutterstock(RecordEach):
    """Pictures on Shutterstock."""

    name = "shutterstock"
    version = 2
    ids = re.compile(r"[0-9]{1,13}")
    page = "https://www.shutterstock.com/pic-{}/"
    group = API_HOST
    hosts = ("shutterstock.com", "picdn.net")
    terms = Terms(
        address="https://github.com/shutterstock/public-api-javascript-sdk/blob/master/docs/ImagesApi.md",
        checked="2026-11-24",
        allows="Reading picture facts with the user's own API token, under the user's own contract with Shutterstock; "
        "the API's reference was read, that contract and its terms were not.",
        keep="Facts of the picture, as the user's contract allows; the pictures are not copied.",
        api_host=API_HOST,
        key=Key(setting="SHUTTERSTOCK_TOKEN", header="Authorization", template="Bearer {}"),
        needs_acceptance=True,
        forget_when_lost=True,
        texts=("https://www.shutterstock.com/license",),
    )
    expects: ClassVar[Mapping[str, float]] = {"author_id": 0.95, "description": 0.9}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Picture pages in any language, previews and thumbnails, and the API's address of a picture."""
        parts, host = split(url), host_of(url)
        if parts is None:
            return None
        if host == API_HOST:
            found = _API.fullmatch(parts.path)
            return cls.named(found[1]) if found else None
        if not _HOST.fullmatch(host):
            return None
        for pattern in _PATHS:
            found = pattern.fullmatch(parts.path)
            if found:
                return cls.named(found[1])
        return None

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API's answers, searches included. Other pages of the site are left to ``any_page``."""
        return host_of(url) == API_HOST

    @classmethod
    def request(cls, record: str) -> str:
        """One request a picture."""
        return f"https://{API_HOST}/v2/images/{record}?view=full"

    def read(self, capture: Capture) -> Answer:
        """An answer of the API, or a stored page."""
        photos = self.asked(capture)
        if not self.reads(capture.url):
            return web_page.answer(capture, photos[0])
        return json_answer.records(
            capture,
            photos,
            (Status.NOT_PUBLIC, Reason.NOT_FOUND),
            listed="data",
            itself="id",
            is_id=self.ids.fullmatch,
            look=_look,
            whole=lambda record: isinstance(record.get("contributor"), dict),
        )


def _look(record: ApiRecord, photo: str) -> Look:
    words = record.get("keywords")
    added = record.text("added_date")
    claims = [
        *_releases(record),
        *record.claim(Field.AUTHOR_ID, "contributor/id"),
        *record.claim(Field.DESCRIPTION, "description"),
        *keywords.with_signs(words if isinstance(words, list) else (), f"{record.pointer}/keywords"),
        *record.claim(Field.UPLOADED, "added_date", moments.iso(added)),
        *record.claim(Field.PAGE_URL, "url"),
        *record.claim(Field.MEDIA, "image_type"),
    ]
    if record.flag("is_adult"):
        claims += record.claim(Field.SAFETY, "is_adult", "restricted", quote="is_adult: true")
    record.skip(
        "id", "aspect", "assets", "media_type", "categories", "is_illustration", "affiliate_url", "original_filename",
        "model_releases", "releases",  # ids of papers: a number is no proof (field notes §8)
    )  # fmt: skip
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())


def _releases(record: ApiRecord) -> list[Claim]:
    found: list[Claim] = []
    for path, field in (
        ("has_model_release", Field.MODEL_RELEASE),
        ("has_property_release", Field.PROPERTY_RELEASE),
    ):
        if record.flag(path):
            found += record.claim(field, path, "yes", quote=f"{path}: true")
    if record.flag("is_editorial"):
        quote = "is_editorial: true"
        found += record.claim(Field.RESTRICTION, "is_editorial", "editorial", quote=quote)
        found += record.claim(Field.MODEL_RELEASE, "is_editorial", "editorial", quote=quote)
    models = record.get("models")
    if isinstance(models, list) and models:
        place = f"{record.pointer}/models"
        found.append(Claim(Field.PEOPLE, "models", str(len(models)), Scope.IMAGE, place, "models are listed"))
    return found
