"""Wikimedia Commons, by the Action API: 50 file titles a request.

Permission: the robots.txt of Wikimedia's wikis disallows ``/w/`` to everybody, while API:Etiquette invites
identified clients that ask one request at a time with ``maxlag`` to ``/w/api.php``. The two conflict (field
notes §5). We take the documented API as the permission, because it names its own conditions and we keep them:
contact in the User-Agent, serial requests, ``maxlag=5``, no key, no HTML pages. File pages, structured data and
deletion logs are read where somebody holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote, urlencode, urlsplit

from crawler.model import (
    MAX_DEPTH,
    Answer,
    Capture,
    Look,
    Reason,
    SourceRef,
    Status,
    Target,
    Terms,
    Wanted,
)
from crawler.reading import http_rules, loose_json
from crawler.reading.pages import html as html_room
from crawler.reading.platforms import commons_entity, commons_file_page, commons_log, commons_query
from crawler.sources.commons_urls import native, page_url, title_of
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of

API = "https://commons.wikimedia.org/w/api.php"
_PROPERTIES = "prop=imageinfo&iiprop=url%7Csha1%7Ctimestamp%7Cuser%7Cextmetadata"
_QUERY = f"action=query&format=json&formatversion=2&{_PROPERTIES}&redirects=1&maxlag=5"
_MISTAKES = frozenset(
    {"invalidtitle", "badvalue", "unknown_action", "missingparam", "nosuchentity-title", "param-missing"}
)
_TROUBLE = frozenset({"maxlag", "ratelimited", "readonly"})
_NAMES = commons_query.Names(of_title=native, of_url=title_of)
_REFUSALS = frozenset({"blocked", "autoblocked", "permissiondenied", "readapidenied"})


class WikimediaCommons(SourceSpider):
    """Files on Wikimedia Commons."""

    name = "wikimedia_commons"
    version = 3
    hosts = ("commons.wikimedia.org", "commons.m.wikimedia.org", "upload.wikimedia.org", "wikipedia.org")
    terms = Terms(
        address="https://www.mediawiki.org/wiki/API:Etiquette",
        checked="2026-11-23",
        allows="Identified clients may use the Action API, one request at a time, with maxlag.",
        keep="Facts and texts of file pages, under the licenses they state.",
        api_host="commons.wikimedia.org",
    )
    expects: ClassVar[Mapping[str, float]] = {
        "license": 0.95,
        "author": 0.85,
        "page_url": 0.99,
        "content_hash": 0.99,
        "uploaded": 0.99,
    }
    batch = 50

    @classmethod
    def reads(cls, url: str) -> bool:
        """All of Commons, and the API of the Wikipedias, which knows Commons' files too; never articles."""
        return not host_of(url).endswith("wikipedia.org") or urlsplit(url).path.endswith("/api.php")

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """File pages, originals, thumbnails, API addresses of one file. ``curid`` and ``M`` ids hold no
        title: not resolvable.
        """
        title = title_of(url)
        return cls._ref(title) if title is not None else None

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:
        """File titles, with or without the namespace."""
        title = native(native_id)
        return cls._ref(title) if title is not None else None

    @classmethod
    def _ref(cls, title: str) -> SourceRef:
        return SourceRef(source=cls.name, native_id=title, group="commons.wikimedia.org", url=page_url(title))

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """Titles sorted and cut every 50, so that the same photos give the same URLs again."""
        titles = sorted({want.ref.native_id for want in wanted})
        for start in range(0, len(titles), self.batch):
            part = tuple(titles[start : start + self.batch])
            asked = quote("|".join(f"File:{title}" for title in part), safe="")
            yield _call(f"{API}?{_QUERY}&titles={asked}", part, 0)

    def read(self, capture: Capture) -> Answer:
        """API answers of any kind we know, and file pages."""
        is_api = urlsplit(capture.url).path.endswith("/api.php")
        decided = http_rules.outcome(capture)
        if decided is not None:
            if decided.status is Status.GONE and is_api:  # the API itself is not there
                return _all(capture, Status.UNREACHABLE, Reason.SERVICE_TROUBLE, decided.retry)
            looks = tuple(Look(t, decided.status, decided.reason) for t in WikimediaCommons.asked(capture))
            return Answer(looks=looks, retry=decided.retry)
        if not is_api:
            return Answer(looks=(_file_page(capture),))
        body = capture.body.lstrip(b"\xef\xbb\xbf \t\r\n")
        if body.startswith((b"<?xml", b"<api")):
            return _log(body, capture)
        data = loose_json.load(body)
        if not isinstance(data, dict):
            return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
        return _answer(data, capture)


def _call(url: str, serves: tuple[str, ...], depth: int) -> Target:
    return Target(
        source=WikimediaCommons.name,
        url=url,
        group="commons.wikimedia.org",
        serves=serves,
        basis="api",
        accept="application/json",
        depth=depth,
    )


def _all(capture: Capture, status: Status, reason: Reason, retry: Reason | None = None) -> Answer:
    return Answer(
        looks=tuple(Look(title, status, reason) for title in WikimediaCommons.asked(capture)), retry=retry
    )


def _answer(data: dict[str, Any], capture: Capture) -> Answer:
    error, query, asked = data.get("error"), data.get("query"), WikimediaCommons.asked(capture)[0]
    if isinstance(error, dict):
        return _error(str(error.get("code", "")), capture)
    if isinstance(data.get("errors"), list) and data["errors"] and isinstance(data["errors"][0], dict):
        return _error(str(data["errors"][0].get("code", "")), capture)  # errorformat other than "bc"
    if isinstance(data.get("parse"), dict):
        return Answer(looks=(_parsed(data["parse"], capture),))
    if isinstance(data.get("entities"), dict) and data["entities"]:
        return Answer(
            looks=tuple(commons_entity.look(k, v, native, asked) for k, v in data["entities"].items())
        )
    if isinstance(query, dict) and ("pages" in query or "normalized" in query):
        return _query(data, query, capture)
    if isinstance(query, dict) and isinstance(query.get("logevents"), list):
        events = [{k: str(v) for k, v in e.items()} for e in query["logevents"] if isinstance(e, dict)]
        return Answer(looks=(commons_log.look(events, native, asked),))
    if "extmetadata" in data:  # one entry, or one page object, by itself, as people store it
        data = {"imageinfo": [data]}
    if "imageinfo" in data:
        return Answer(looks=(commons_query.page(data, "", _NAMES, asked, info_asked=False),))
    return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)


def _error(code: str, capture: Capture) -> Answer:
    if code == "missingtitle":
        return _all(capture, Status.GONE, Reason.NOT_FOUND)
    if code in _TROUBLE or code.startswith("internal_api_error"):
        return _all(capture, Status.UNREACHABLE, Reason.SERVICE_TROUBLE, retry=Reason.SERVICE_TROUBLE)
    if code in _MISTAKES or code.startswith("invalid"):
        return _all(capture, Status.UNREACHABLE, Reason.OUR_MISTAKE)
    if code in _REFUSALS:
        return _all(capture, Status.REFUSED, Reason.FORBIDDEN)
    return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)


def _query(data: Mapping[str, Any], query: Mapping[str, Any], capture: Capture) -> Answer:
    target, onward = capture.target, data.get("continue")
    more = isinstance(onward, dict)
    looks = commons_query.looks(
        query,
        target.serves,
        _NAMES,
        more=more,
        earlier="&continue=" in target.url,
        info_asked="imageinfo" in capture.url,
        asked=WikimediaCommons.asked(capture)[0],
    )
    if not looks:
        return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    if not isinstance(onward, dict) or not target.serves or target.depth >= MAX_DEPTH:
        return Answer(looks=looks)
    # "continue" first, the rest by name: the same continuation is the same address
    given = sorted((str(k), str(v)) for k, v in onward.items() if k != "continue")
    ordered = [("continue", str(onward.get("continue", ""))), *given]
    url = f"{target.url.partition('&continue=')[0]}&{urlencode(ordered)}"
    return Answer(looks=looks, follow=(_call(url, target.serves, target.depth + 1),))


def _parsed(parsed: Mapping[str, Any], capture: Capture) -> Look:
    text = parsed.get("text")
    source = text.get("*", "") if isinstance(text, dict) else text
    native_id = native(str(parsed.get("title") or "")) or WikimediaCommons.asked(capture)[0]
    if capture.target.serves and native_id not in capture.target.serves:
        other = (f"the answer is about {native_id}",)
        return Look(capture.target.serves[0], Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=other)
    if not isinstance(source, str) or not source:
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    page = html_room.parse(source.encode("utf-8", "replace"), capture.url, "text/html; charset=utf-8")
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(commons_file_page.claims(page)))


def _file_page(capture: Capture) -> Look:
    native_id = WikimediaCommons.asked(capture)[0]
    kind = capture.header("content-type") or "text/html"
    if title_of(capture.url) is None:
        return Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO)
    if "html" not in kind:
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    page = html_room.Page.parse(capture)
    claims = commons_file_page.claims(page)
    if not commons_file_page.is_file_page(page, claims):
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, tuple(claims))
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims))


def _log(body: bytes, capture: Capture) -> Answer:
    read = commons_log.from_xml(body)
    if read is None:
        return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    code, events = read
    if code is not None:
        return _error(code, capture)
    return Answer(looks=(commons_log.look(events, native, WikimediaCommons.asked(capture)[0]),))
