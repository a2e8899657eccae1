"""Unsplash, by its documented API and the user's own key.

The API states no license. Which one a photo is under follows from its upload day and Unsplash's terms of that
day, CC0 until June 2017 and the Unsplash License since (``crawler.licenses.sites``, licence facts §4.1), so that
claim has basis ``terms``. Unsplash+ is another license, told by the flags ``premium`` and ``plus`` and by picture
addresses on plus.unsplash.com; either sign is enough, because the wrong way round would be the worse mistake.

| answer | read as |
|---|---|
| 200, a photo object | available |
| 404 ``{"errors": ["Couldn't find Photo"]}`` | gone, not_found |
| 401 ``{"errors": ["OAuth error: …"]}`` | the key is bad: the source rests |
| 403 "Rate Limit Exceeded" in plain text | rate limited, asked again; never "private" (field notes §4) |

A picture's address on images.unsplash.com holds no photo id (platforms §3): such rows have no source page. Pages
are read only where somebody has stored one: robots.txt allows them, Unsplash's terms call scraping a violation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar
from urllib.parse import unquote

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

API_HOST = "api.unsplash.com"
_KEY = Key(setting="UNSPLASH_ACCESS_KEY", header="Authorization", template="Client-ID {}")
# The id is the last 11 characters of the last word and may hold "-" itself: it is counted, not split off. Slugs are
# there since 2023. /fr/photos/… is a localised page.
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE)
_PAGE_HOSTS = frozenset({"unsplash.com", "www.unsplash.com"})
_SIZES = ("raw", "full", "regular", "small", "thumb")


class Unsplash(RecordEach):
    """Photos on Unsplash."""

    name = "unsplash"
    version = 2
    hosts = ("unsplash.com",)
    terms = Terms(
        address="https://help.unsplash.com/en/articles/2511245-unsplash-api-guidelines",
        checked="2026-11-24",
        allows="Reading photo facts with the user's own key; the API is for non-automated uses, with data mining and "
        "training of AI models named as what to stay away from (help.unsplash.com articles 2511245 and 2511256).",
        keep="Facts of the photo and its author's name for the credit; the pictures are not copied.",
        api_host=API_HOST,
        quota=Quota(
            50, 3600.0
        ),  # a demo key; a production key may ask 5,000 times (help.unsplash.com 3887917)
        key=_KEY,
        needs_acceptance=True,
        forget_when_lost=True,
        texts=(
            "https://unsplash.com/license",
            "https://unsplash.com/terms",
            "https://unsplash.com/plus/license",
        ),
    )
    expects: ClassVar[Mapping[str, float]] = {
        "license": 0.95,
        "author": 0.99,
        "author_id": 0.99,
        "uploaded": 0.99,
    }
    wants_picture_address = True
    ids = _ID
    page = "https://unsplash.com/photos/{}"
    group = API_HOST

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Photo pages, with or without slug and language, and the API's address of a photo."""
        host, parts = host_of(url), split(url)
        if parts is None or (host not in _PAGE_HOSTS and host != API_HOST):
            return None
        path = [unquote(part) for part in parts.path.split("/") if part]
        if host in _PAGE_HOSTS and path and _LANGUAGE.fullmatch(path[0]):
            path = path[1:]
        if len(path) < 2 or path[0] != "photos" or (len(path) > 2 and path[2] not in _BELOW):
            return None
        return cls.named(path[1][-11:])

    @classmethod
    def request(cls, record: str) -> str:
        """One request a photo: the API has no call for several ids."""
        return f"https://{API_HOST}/photos/{record}"

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API's answers, lists included. Other pages of the site are left to ``any_page``."""
        return host_of(url) == API_HOST

    def read(self, capture: Capture) -> Answer:
        """An answer of the API, or a stored page."""
        photos = self.asked(capture)
        if host_of(capture.url) != API_HOST:
            return web_page.answer(capture, photos[0])
        refused = json_answer.refusal(capture, photos, (Status.GONE, Reason.NOT_FOUND))
        if refused is not None:
            return refused
        data = json_answer.body(capture)
        if isinstance(data, dict) and isinstance(data.get("results"), list):
            return _listed(photos, ApiRecord(data).records("results"))
        if isinstance(data, list):
            return _listed(photos, (ApiRecord(item, f"/{n}") for n, item in enumerate(data)))
        record = ApiRecord(data)
        itself = record.text("id")
        if not _ID.fullmatch(itself) or not isinstance(record.get("user"), dict):
            return json_answer.unreadable(photos, *json_answer.shape(data))
        if photos[0] not in (itself, capture.url):
            return json_answer.unreadable(photos, f"the answer is about photo {itself}")
        listed = str(capture.target.context.get("image_url") or "")
        return Answer(looks=(_look(record, itself, listed),))


_BELOW = frozenset({"info", "share", "download"})


def _listed(photos: Sequence[str], records: Iterator[ApiRecord]) -> Answer:
    looks = [_look(r, r.text("id"), "") for r in records if _ID.fullmatch(r.text("id"))]
    return Answer(looks=tuple(looks)) if looks else json_answer.unreadable(photos, "the list names no photo")


def _look(record: ApiRecord, photo: str, listed: str) -> Look:
    uploaded, updated = record.text("created_at"), record.text("updated_at")
    titles = [t.text("title") for t in record.records("tags")]
    claims = [
        *_license(record, uploaded, listed),
        *record.claim(Field.AUTHOR_ID, "user/id"),
        *record.claim(Field.AUTHOR, "user/name"),
        *record.claim(Field.AUTHOR_URL, "user/links/html"),
        *record.claim(Field.DESCRIPTION, "description"),
        *record.claim(Field.DESCRIPTION, "alt_description"),
        *keywords.with_signs(titles, f"{record.pointer}/tags"),
        *record.claim(Field.UPLOADED, "created_at", moments.iso(uploaded)),
        *record.claim(Field.UPDATED, "updated_at", moments.iso(updated)),
        *record.claim(Field.PAGE_URL, "links/html"),
        *record.claim(Field.MEDIA, "asset_type"),
    ]
    record.skip(*_SILENT)
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())


def _license(record: ApiRecord, uploaded: str, listed: str) -> list[Claim]:
    """What is stated (Unsplash+, public domain), else what the terms of the upload day gave."""
    stated: list[Claim] = []
    pictures = {f"urls/{size}": record.text(f"urls/{size}") for size in _SIZES}
    flags = {name: record.flag(name) for name in ("premium", "plus")}
    marked = [f"{record.pointer}/{name}" for name, value in flags.items() if value]
    shown = [(f"{record.pointer}/{path}", url) for path, url in pictures.items() if _is_plus(url)]
    if marked:
        stated.append(Claim(Field.LICENSE, _PLUS, "true", Scope.IMAGE, marked[0], f"{marked[0]}: true"))
    elif shown:
        stated.append(Claim(Field.LICENSE, _PLUS, shown[0][1], Scope.IMAGE, shown[0][0]))
    elif _is_plus(listed):
        stated.append(Claim(Field.LICENSE, _PLUS, listed, Scope.IMAGE, "image_url in the list"))
    if record.flag("public_domain"):
        place = f"{record.pointer}/public_domain"
        stated.append(Claim(Field.LICENSE, _PUBLIC_DOMAIN, "true", Scope.IMAGE, place, "public_domain: true"))
    if stated:
        return stated
    if False not in flags.values() and not any(pictures.values()):
        return []  # nothing says that this is not Unsplash+
    return site_terms.of_record(
        "unsplash", record, uploaded, f"{record.pointer}/created_at", moments.days(uploaded)
    )


_PLUS = "LicenseRef-unsplash-plus"
_PUBLIC_DOMAIN = "LicenseRef-public-domain"


def _is_plus(url: str) -> bool:
    return host_of(url) == "plus.unsplash.com" or "/premium_photo-" in url.partition("?")[0]


#: Fields that say nothing about rights, the author's other data among them: it is not ours to keep.
_SILENT = (
    "id", "slug", "alternative_slugs", "promoted_at", "width", "height", "color", "blur_hash", "breadcrumbs",
    "categories", "likes", "liked_by_user", "current_user_collections", "sponsorship", "sponsored",
    "sponsored_by", "sponsored_impressions_id", "topic_submissions", "topics", "exif", "location", "meta", "views",
    "downloads", "related_collections", "statistics", "tags_preview", "photos", "show_on_profile", "links", "urls",
)  # fmt: skip
