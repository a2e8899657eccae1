"""Pexels, by its documented API and the user's own key, and only once its terms were accepted.

The API may not be used to build datasets or to train, fine-tune or evaluate models without permission
(help.pexels.com article 900005880463, seen 2026-11): the source is off until somebody who has that permission, or
whose use is another, says so on the record.

The API states no license and no date. Pexels gives all photos under its one license (``crawler.licenses.sites``);
that early uploads were CC0 is unverified and not claimed (licence facts §4.3). The claim has basis ``terms``.

No error answer of this API was captured: 401 is taken for a bad key, 404 with JSON for ``not_public`` (missing,
removed or private, undecided), 404 with anything else for unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.model import (
    Answer,
    Capture,
    Field,
    Key,
    Look,
    Quota,
    Reason,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading import json_answer
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import web_page
from crawler.reading.platforms import site_terms
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

API_HOST = "api.pexels.com"
_PAGE_HOSTS = frozenset({"pexels.com", "www.pexels.com"})
# /photo/trees-during-day-3573351/ · /photo/3573351/ · /de-de/foto/… (the word is the language's own; with a language
# before it, any but "video" words that are known not to be photos)
_PAGE = re.compile(r"/(?:photo|([a-z]{2}-[a-z]{2})/([^/]+))/(?:[^/]*-)?([0-9]{1,12})/*", re.IGNORECASE)
_NO_PHOTO = re.compile(r"vid[eé]|wideo|вид|search|collection|kollektion", re.IGNORECASE)
# https://images.pexels.com/photos/3031075/pexels-photo-3031075.jpeg · /photos/3031075/free-photo-of-….jpeg
_IMAGE = re.compile(r"/photos/([0-9]{1,12})(?:/[^/]*)?/*")
_API = re.compile(r"/v1/photos/([0-9]{1,12})/*")


class Pexels(RecordEach):
    """Photos on Pexels."""

    name = "pexels"
    version = 2
    ids = re.compile(r"[0-9]{1,12}")
    page = "https://www.pexels.com/photo/{}/"
    group = API_HOST
    hosts = ("pexels.com",)
    terms = Terms(
        address="https://help.pexels.com/hc/en-us/articles/900005880463",
        checked="2026-11-24",
        allows="Reading photo facts with the user's own key, 200 requests an hour and 20,000 a month; without Pexels' "
        "permission the API may not be used to build datasets or to train, fine-tune or evaluate models.",
        keep="Facts of the photo and its author's name; the pictures are not copied.",
        api_host=API_HOST,
        quota=Quota(200, 3600.0),
        key=Key(setting="PEXELS_API_KEY", header="Authorization"),
        needs_acceptance=True,
        forget_when_lost=True,
        texts=("https://www.pexels.com/license/", "https://www.pexels.com/terms-of-service/"),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.99, "author": 0.99, "author_id": 0.99}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Photo pages in any language, pictures on images.pexels.com, and the API's address of a photo."""
        parts = split(url)
        if parts is None:
            return None
        host, path = host_of(url), parts.path
        if host == "images.pexels.com":
            found = _IMAGE.fullmatch(path)
            return cls.named(found.group(1)) if found else None
        if host == API_HOST:
            found = _API.fullmatch(path)
            return cls.named(found.group(1)) if found else None
        page = _PAGE.fullmatch(path) if host in _PAGE_HOSTS else None
        if page is None or (page.group(1) and _NO_PHOTO.search(page.group(2))):
            return None
        return cls.named(page.group(3))

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API's answers, searches included. Other pages of the site are left to ``any_page``."""
        return host_of(url) == API_HOST

    @classmethod
    def request(cls, record: str) -> str:
        """One request a photo: the API has no call for several ids."""
        return f"https://{API_HOST}/v1/photos/{record}"

    def read(self, capture: Capture) -> Answer:
        """An answer of the API, or a stored page."""
        photos = self.asked(capture)
        if not self.reads(capture.url):
            return web_page.answer(capture, photos[0])
        return json_answer.records(
            capture,
            photos,
            (Status.NOT_PUBLIC, Reason.NOT_FOUND),
            listed="photos",
            itself="id",
            is_id=self.ids.fullmatch,
            look=_look,
            whole=lambda record: bool(record.text("url")),
        )


def _look(record: ApiRecord, photo: str) -> Look:
    claims = [
        *site_terms.of_record("pexels", record, record.text("url"), f"{record.pointer}/url"),
        *record.claim(Field.AUTHOR_ID, "photographer_id"),
        *record.claim(Field.AUTHOR, "photographer"),
        *record.claim(Field.AUTHOR_URL, "photographer_url"),
        *record.claim(Field.DESCRIPTION, "alt"),
        *record.claim(Field.PAGE_URL, "url"),
    ]
    record.skip("id", "width", "height", "avg_color", "src", "liked")
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())
