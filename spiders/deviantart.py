"""DeviantArt, by its pages where robots.txt allows them.

The license and the AI flags stand in the page's own state, for this deviation and for some 37 others
(``crawler.reading.platforms.deviantart_state``); meta robots ``noimageai`` and the RDFa beside the picture are read
as on any page. "none" is DeviantArt's word for all rights reserved.

robots.txt of 2024-04 allows art pages to everybody with a Crawl-delay of 1 and bars /api/, /download/ and /_stash/.
oEmbed answers are read where somebody has stored one, never asked for: a 404 of it that says "is not a deviation
URL" is the caller's mistake (a doubly encoded address), and any other 404 of it is no word on the work either.
How a deleted work's page answers is not captured: 404 and 410 are read as the web has them.
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
    Look,
    Reason,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading import http_rules
from crawler.reading.pages import web_page
from crawler.reading.platforms import deviantart_state, oembed
from crawler.sources.one_each import PageEach
from crawler.sources.urls import host_of, split

_HOST = "deviantart.com"
# the picture host that Wix keeps for DeviantArt alone
_PICTURES = "images-wixmp-ed30a86b8c4ca887773594c2.wixmp.com"
_OEMBED = "backend.deviantart.com"
_PATH = re.compile(
    r"(?:/(?P<user>[A-Za-z0-9_-]{1,40}))?/art/(?P<slug>[^/]*-)?(?P<art>[0-9]{4,13})/*"
    r"|/(?:deviation|view)/(?P<id>[0-9]{4,13})/*"
)
# "d" and the id to base 36: fav.me/d8foa93 (seen as shortUrl beside the id) · wixmp.com/f/UUID/d8foa93-UUID.jpg, with
# or without a rendition after it (seen) · th00.deviantart.net/…/misty_by_sakimichan-d8foa93.jpg (until about 2018)
_SHORT = re.compile(r"/d([0-9a-z]{5,7})/*")
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_FILE = re.compile(
    rf"/f/{_UUID}/d([0-9a-z]{{5,7}})-{_UUID}\.[a-z]{{3,4}}(?:/|$)|_by_[a-z0-9_]+-d([0-9a-z]{{5,7}})\.[a-z]{{3,4}}$"
)


class DeviantArt(PageEach):
    """Works ("deviations") on DeviantArt."""

    name = "deviantart"
    version = 1
    ids = re.compile(r"[1-9][0-9]{3,12}")
    page = f"https://www.{_HOST}/deviation/{{}}"  # leads to the work's page
    group = _HOST
    hosts = (_HOST, "deviantart.net", "fav.me", _PICTURES)
    terms = Terms(
        address="https://www.deviantart.com/robots.txt",
        checked="2026-11-24",
        allows="What robots.txt allows a crawler of our name: art pages, one a second (robots.txt of 2024-04).",
        keep="The page as received, its statements, and nothing of its pictures.",
        forget_when_lost=True,
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.95, "author": 0.95}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Art pages with and without their author, short links, picture files that carry the id, oEmbed."""
        parts, host = split(url), host_of(url)
        if parts is None:
            return None
        if host == _OEMBED:
            asked = parse_qs(parts.query).get("url", [""])[0]
            return cls.claims(asked) if host_of(asked) != _OEMBED else None
        if host in ("fav.me", "www.fav.me"):
            found = _SHORT.fullmatch(parts.path)
            return cls.named(str(int(found[1], 36))) if found else None
        if host == _PICTURES or host.endswith(".deviantart.net"):
            file = _FILE.search(parts.path)
            return cls.named(str(int(file[1] or file[2], 36))) if file else None
        page = _PATH.fullmatch(parts.path) if host == _HOST or host.endswith(f".{_HOST}") else None
        if page is None:
            return None
        number = str(int(page["art"] or page["id"]))
        ref = cls.named(number)
        old_home = host.removesuffix(_HOST).rstrip(".")  # sakimichan.deviantart.com, until 2019
        user = page["user"] or (old_home if old_home not in ("", "www", "m") else None)
        if ref is None or user is None or page["art"] is None:
            return ref
        return replace(ref, url=f"https://www.{_HOST}/{user}/art/{page['slug'] or ''}{number}")

    @classmethod
    def reads(cls, url: str) -> bool:
        """oEmbed answers; other pages of the site are left to ``any_page``."""
        return host_of(url) == _OEMBED

    def read(self, capture: Capture) -> Answer:
        """A work's page, or a stored oEmbed answer."""
        photo = self.asked(capture)[0]
        if host_of(capture.url) == _OEMBED:
            return _oembed(capture, photo)
        answer = web_page.answer(capture, photo)
        if http_rules.outcome(capture) is not None:
            return answer
        return replace(answer, looks=tuple(_with_state(look, capture.body) for look in answer.looks))


def _with_state(look: Look, body: bytes) -> Look:
    """The page's look, and what its state says of this very work."""
    if look.status is None or look.status.lost or look.status is Status.REFUSED:
        return look
    known = deviantart_state.entities(body)
    work = deviantart_state.deviation(known, look.native_id)
    if work is None:
        told = "window.__INITIAL_STATE__ has no such deviation" if known else "no window.__INITIAL_STATE__"
        return replace(look, unread=(*look.unread, told))
    claims = (*deviantart_state.claims(known, work), *look.claims)
    if work.flag("isDeleted"):  # as the field's name says; not captured
        return Look(look.native_id, Status.GONE, Reason.REMOVED, claims, (*look.unread, *work.unread()))
    status, reason = look.status, look.reason
    if status is Status.UNREADABLE:
        status, reason = Status.AVAILABLE, Reason.SEEN  # a shell to other readers, but its state speaks
    return Look(look.native_id, status, reason, claims, (*look.unread, *work.unread()))


def _oembed(capture: Capture, photo: str) -> Answer:
    decided = http_rules.outcome(capture)
    if decided is None:
        unread = Look(photo, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
        return oembed.answer(capture, (photo,)) or Answer(looks=(unread,))
    if capture.status == 404:
        ours = b"is not a deviation url" in capture.body[:4_000].lower()
        status = (
            (Status.UNREACHABLE, Reason.OUR_MISTAKE) if ours else (Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
        )
        return Answer(looks=(Look(photo, *status),))
    return Answer(looks=(Look(photo, decided.status, decided.reason),), retry=decided.retry)
