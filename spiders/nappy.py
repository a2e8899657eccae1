"""nappy.co, by its photo pages where robots.txt allows them.

A record of the interface that nappy made for Openverse says ``"license": "CC0"`` of each photo (seen in
museums/nappy/item.json). That interface lists photos and has no call for one, and no permission of ours for it is
known: pages are asked for and read as any page, and a stored record is read. No page and no error answer was
captured; a page that states no license is "not stated".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.model import (
    Answer,
    Capture,
    Field,
    Look,
    Reason,
    Scope,
    Status,
    Terms,
)
from crawler.reading import json_answer, license_claims
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import web_page
from crawler.reading.words import keywords
from crawler.sources.one_each import PageEach
from crawler.sources.urls import host_of, split

_HOST = "nappy.co"
_API_HOST = "api.nappy.co"


class Nappy(PageEach):
    """Photos on nappy.co."""

    name = "nappy"
    version = 2
    ids = re.compile(r"[0-9]{1,9}")
    home = "https://nappy.co"
    page = "https://nappy.co/photo/{}"
    photo_path = re.compile(r"/photo/(?P<id>[0-9]{1,9})(?:/[^/]+)?/*")
    group = _HOST
    hosts = (_HOST,)
    terms = Terms(
        address="",
        checked="2026-11-24",
        allows="What robots.txt allows a crawler of our name: photo pages. Its interface is Openverse's and not used.",
        keep="The page as received, its statements, and nothing of its pictures.",
        texts=("https://nappy.co/license",),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.5}

    @classmethod
    def reads(cls, url: str) -> bool:
        """Records of its interface, also where the bare site was kept as their address; other pages are
        ``any_page``'s.
        """
        parts, host = split(url), host_of(url)
        return host == _API_HOST or (host == _HOST and parts is not None and parts.path in ("", "/"))

    def read(self, capture: Capture) -> Answer:
        """A photo's page, or a stored record."""
        photos = self.asked(capture)
        if host_of(capture.url) != _API_HOST and capture.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
            return web_page.answer(capture, photos[0])
        return json_answer.records(
            capture,
            photos,
            (Status.UNREACHABLE, Reason.SERVICE_TROUBLE),
            listed="images",
            itself="foreign_identifier",
            is_id=self.ids.fullmatch,
            look=_look,
        )


def _look(record: ApiRecord, photo: str) -> Look:
    raw = record.text("license")
    stated = license_claims.stated(raw, Scope.IMAGE, f"{record.pointer}/license", raw, pointer=True)
    claims = [
        *([stated] if stated is not None else []),
        *record.claim(Field.AUTHOR, "creator"),
        *record.claim(Field.AUTHOR_URL, "creator_url"),
        *record.claim(Field.TITLE, "title"),
        *keywords.with_signs(record.text("tags").split(","), f"{record.pointer}/tags"),
        *record.claim(Field.PAGE_URL, "foreign_landing_url"),
    ]
    record.skip(
        "foreign_identifier", "downloads", "filesize", "filetype", "height", "width", "saves", "url", "views"
    )
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())
