"""Pixabay, by its documented API and the user's own key.

The API states no license and no date. The path of a picture on cdn.pixabay.com is the time of upload (platforms
§4), and it decides: CC0 before 2019-01-09, the Pixabay license since (licence facts §4.2); the claim has basis
``terms``. The path's time zone is not known, so a day beside the change is not understood.

| answer | read as |
|---|---|
| 200 with the hit of this id | available |
| 200 without it | not_public: no capture of such an answer, so no more than "not shown" is said |
| 400 ``[ERROR 400] Invalid or missing API key …`` | the key is bad: the source rests |
| 400 ``[ERROR 400] …`` else | our mistake; perhaps also a missing id (platforms §4: unverified), never a loss |
| 429 | rate limited, asked again |

``noAiTraining: true`` is the opt-out of that picture; ``false`` and silence permit nothing. The flags are known
from clients' code of 2025 on, not from a capture (optouts §11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import parse_qs

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
from crawler.reading import json_answer, moments
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import web_page
from crawler.reading.platforms import site_terms
from crawler.reading.words import keywords
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

API_HOST = "pixabay.com"
_KEY = Key(setting="PIXABAY_API_KEY", query="key")
_PAGE_HOSTS = frozenset({"pixabay.com", "www.pixabay.com"})
# /photos/fresh-fruits-2305192/ · /images/id-2305192/ · /de/photos/… · /en/fresh-fruits-2305192/ (before about 2018) ·
# /photo-2305192/
_PAGE = re.compile(
    r"/(?:[a-z]{2,3}(?:-[a-z]{2,4})?/)?(?:(?:photos|illustrations|vectors|gifs|images)/)?(?:[^/]*-)?([0-9]{2,12})/*",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"/(?:[a-z]{2,3}(?:-[a-z]{2,4})?/)?(?:photos|illustrations|vectors|gifs|images)/", re.IGNORECASE
)
_OLD = re.compile(r"/[a-z]{2}/[^/]*-[0-9]{2,12}/*|/[^/]*-[0-9]{5,12}/*", re.IGNORECASE)  # not /top-100/
# https://cdn.pixabay.com/photo/2017/05/11/19/44/fresh-fruits-2305192_150.jpg
_CDN = re.compile(
    r"/photo/([0-9]{4})/([0-9]{2})/([0-9]{2})/([0-9]{2})/([0-9]{2})/(?:[^/]*-)?([0-9]{2,12})(?:_[^/.]*)?\.[a-z0-9]+",
    re.IGNORECASE,
)
_PICTURES = ("previewURL", "webformatURL", "largeImageURL", "fullHDURL", "imageURL", "vectorURL")


class Pixabay(RecordEach):
    """Photos, illustrations and vectors on Pixabay. /images/id-ID/ leads to the page (unverified, from memory)."""

    name = "pixabay"
    version = 2
    hosts = ("pixabay.com",)
    terms = Terms(
        address="https://pixabay.com/api/docs/",
        checked="2026-11-24",
        allows="Reading picture facts with the user's own key, 100 requests a minute, answers cached for 24 hours; the "
        "API is made for real human requests; many automated queries and systematic mass downloads are not allowed.",
        keep="Facts of the picture and its author's name; the pictures are not copied.",
        api_host=API_HOST,
        quota=Quota(100, 60.0),
        key=_KEY,
        needs_acceptance=True,
        forget_when_lost=True,
        texts=(
            "https://pixabay.com/service/license-summary/",
            "https://pixabay.com/service/terms/",
        ),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.9, "author": 0.99, "author_id": 0.99}
    wants_picture_address = True
    ids = re.compile(r"[0-9]{1,12}")
    page = f"https://{API_HOST}/images/id-{{}}/"
    group = API_HOST

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Pages in any language, pictures on cdn.pixabay.com, and the API's address of one id. Not videos, not
        pixabay.com/get/…, whose names are hashes that expire in a day.
        """
        parts = split(url)
        if parts is None:
            return None
        host = host_of(url)
        if host == "cdn.pixabay.com":
            found = _CDN.fullmatch(parts.path)
            return cls.named(found.group(6)) if found else None
        if host not in _PAGE_HOSTS:
            return None
        if parts.path.rstrip("/") == "/api":
            return cls.named(parse_qs(parts.query).get("id", [""])[0])
        page = _PAGE.fullmatch(parts.path)
        if page is None or not (_KINDS.match(parts.path) or _OLD.fullmatch(parts.path)):
            return None
        ref = cls.named(page.group(1))
        return replace(ref, url=f"https://{API_HOST}{parts.path}") if ref is not None else None

    @classmethod
    def request(cls, record: str) -> str:
        """One request a picture: that several ids may be joined is no longer documented."""
        return f"https://{API_HOST}/api/?id={record}"

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API's answers, searches included. Other pages of the site are left to ``any_page``."""
        parts = split(url)
        return parts is not None and host_of(url) in _PAGE_HOSTS and parts.path.rstrip("/") == "/api"

    def read(self, capture: Capture) -> Answer:
        """An answer of the API, or a stored page."""
        asked = self.asked(capture)
        if not self.reads(capture.url):
            return web_page.answer(capture, asked[0])
        search = asked == (capture.url,)  # nobody's picture was asked for
        if capture.status == 400 and b"api key" in capture.body[:500].lower():
            return json_answer.bad_key(asked)
        trouble = (Status.UNREACHABLE, Reason.SERVICE_TROUBLE)  # the API itself is not there
        refused = json_answer.refusal(capture, asked, trouble)
        if refused is not None:
            return refused
        data = json_answer.body(capture)
        if not isinstance(data, dict) or not isinstance(data.get("hits"), list):
            return json_answer.unreadable(asked, *json_answer.shape(data))
        listed = str(capture.target.context.get("image_url") or "")
        hits = [(hit.text("id"), hit) for hit in ApiRecord(data).records("hits")]
        looks = tuple(
            _look(hit, itself, listed) for itself, hit in hits if itself and (search or itself in asked)
        )
        seen = {look.native_id for look in looks}
        absent = [] if search else [photo for photo in asked if photo not in seen]
        if data["hits"] and not looks:
            about = next((itself for itself, _ in hits if itself), "nothing with an id")
            return json_answer.unreadable(asked, f"the answer is about {about}")
        missing = tuple(Look(photo, Status.NOT_PUBLIC, Reason.NOT_FOUND) for photo in absent)
        return Answer(looks=looks + missing)


def _look(hit: ApiRecord, photo: str, listed: str) -> Look:
    told = _upload(hit, photo, listed)
    claims = [
        *_license(hit, told),
        *hit.claim(Field.AUTHOR_ID, "user_id"),
        *hit.claim(Field.AUTHOR, "user"),
        *hit.claim(Field.AUTHOR_URL, "userURL"),
        *keywords.with_signs(hit.text("tags").split(","), f"{hit.pointer}/tags"),
        *hit.claim(Field.PAGE_URL, "pageURL"),
        *hit.claim(Field.MEDIA, "type"),
        *_flags(hit),
    ]
    if told is not None:
        claims.append(Claim(Field.UPLOADED, moments.iso(told[0]), told[1], Scope.IMAGE, told[2]))
    hit.skip(*_SILENT)
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), hit.unread())


def _upload(hit: ApiRecord, photo: str, listed: str) -> tuple[str, str, str] | None:
    """``(time, address, where it stood)`` of the first address of this picture whose path tells the time."""
    given = [(hit.text(name), f"{hit.pointer}/{name}") for name in _PICTURES]
    for url, place in [*given, (listed, "image_url in the list")]:
        parts = split(url) if host_of(url) == "cdn.pixabay.com" else None
        found = _CDN.fullmatch(parts.path) if parts is not None else None
        if found and found.group(6) == photo:
            year, month, day, hour, minute = found.groups()[:5]
            return f"{year}-{month}-{day}T{hour}:{minute}", url, place
    return None


def _license(hit: ApiRecord, told: tuple[str, str, str] | None) -> list[Claim]:
    time, url, place = told if told is not None else ("", "", "")
    return site_terms.of_record("pixabay", hit, url, place, moments.days(time))


def _flags(hit: ApiRecord) -> list[Claim]:
    found: list[Claim] = []
    no_training = hit.flag("noAiTraining")
    if no_training is not None:
        place = f"{hit.pointer}/noAiTraining"
        if no_training:
            found.append(
                Claim(Field.OPT_OUT, "page-flag=train-ai:n", "true", Scope.IMAGE, place, "noAiTraining: true")
            )
        found.append(Claim(Field.OPT_OUT_CARRIERS, "page-flag", "", Scope.IMAGE, place))
    if hit.flag("isAiGenerated"):
        found += hit.claim(Field.AI_GENERATED, "isAiGenerated", "yes", quote="isAiGenerated: true")
    rated = hit.flag("isGRated")
    if rated is not None:
        found += hit.claim(Field.SAFETY, "isGRated", "safe" if rated else "restricted")
    return found


#: Fields that say nothing about rights.
_SILENT = (
    "id", "id_hash", "previewWidth", "previewHeight", "webformatWidth", "webformatHeight", "imageWidth", "imageHeight",
    "imageSize", "views", "downloads", "collections", "favorites", "likes", "comments", "userImageURL", "isLowQuality",
)  # fmt: skip
