"""StockSnap, by its photo pages where robots.txt allows them.

All photos are CC0 by the site's terms (as Openverse's catalog notes; no field states it), so the license claim has
basis ``terms``. There is an API that lists photos (https://stocksnap.io/api/load-photos/…), of which one record was
captured; nobody documents it, it has no call for one photo, and no permission for it is known: pages are asked for,
and a stored record is read. No page and no error answer was captured: the terms' license is claimed only for a page
that names the photo as its own (``site_terms.on_page``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from crawler.model import Answer, Capture, Field, Look, Reason, SourceRef, Status, Terms
from crawler.reading import json_answer
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import web_page
from crawler.reading.platforms import site_terms
from crawler.reading.words import keywords
from crawler.sources.one_each import PageEach
from crawler.sources.urls import host_of, split

_HOST = "stocksnap.io"
# cdn.stocksnap.io/img-thumbs/960w/7VAQUG1X3B.jpg · …/woman-fitness_7VAQUG1X3B.jpg
_FILE = re.compile(r"/img-thumbs/[0-9a-z]+/(?:[^/]*_)?([0-9A-Z]{10})\.[a-z]{3,4}")


class StockSnap(PageEach):
    """Photos on StockSnap."""

    name = "stocksnap"
    version = 2
    ids = re.compile(r"[0-9A-Z]{10}")
    home = "https://stocksnap.io"
    page = "https://stocksnap.io/photo/{}"
    # /photo/7VAQUG1X3B · /photo/woman-fitness-7VAQUG1X3B
    photo_path = re.compile(r"/photo/(?:[^/]*-)?(?P<id>[0-9A-Z]{10})/*")
    group = _HOST
    hosts = (_HOST,)
    terms = Terms(
        address="",
        checked="2026-11-24",
        allows="What robots.txt allows a crawler of our name: photo pages. Its API is not documented and not used.",
        keep="The page as received, its statements, and nothing of its pictures.",
        texts=("https://stocksnap.io/license",),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.9}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Photo pages and picture files."""
        parts = split(url)
        if parts is None or host_of(url) != f"cdn.{_HOST}":
            return super().claims(url)
        file = _FILE.fullmatch(parts.path)
        return cls.named(file[1]) if file else None

    @classmethod
    def reads(cls, url: str) -> bool:
        """Records of the API; other pages of the site are left to ``any_page``."""
        parts = split(url)
        return parts is not None and host_of(url) == _HOST and parts.path.startswith("/api/")

    def read(self, capture: Capture) -> Answer:
        """A photo's page, or a stored record of the API."""
        photos = self.asked(capture)
        if not self.reads(capture.url):
            answer = web_page.answer(capture, photos[0])
            return replace(
                answer, looks=tuple(site_terms.on_page("stocksnap", k, photos[0]) for k in answer.looks)
            )
        return json_answer.records(
            capture,
            photos,
            (Status.UNREACHABLE, Reason.SERVICE_TROUBLE),
            listed="results",
            itself="img_id",
            is_id=self.ids.fullmatch,
            look=_look,
        )


def _look(record: ApiRecord, photo: str) -> Look:
    words = record.get("keywords")
    listed = words if isinstance(words, list) else record.text("tags").split(",")
    claims = [
        *site_terms.of_record("stocksnap", record, photo, f"{record.pointer}/img_id"),
        *record.claim(Field.AUTHOR_ID, "author_id"),
        *record.claim(Field.AUTHOR, "author_name"),
        *record.claim(Field.AUTHOR_URL, "author_profile"),
        *keywords.with_signs(listed, f"{record.pointer}/keywords"),
    ]
    record.skip(
        "tags", "adjustedWidth", "author_website", "downloads_raw", "favorited", "favorites_raw", "img_height",
        "img_width", "page_views_raw",
    )  # fmt: skip
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())
