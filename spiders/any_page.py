"""Any web page that no other spider knows: what the page itself says in the vocabularies of the web.

Terms: none of our own choosing; robots.txt decides, page by page. What is read: ``rel=license``, JSON-LD,
microdata, RDFa, ``<meta>``, captions, release labels, opt-outs in headers and meta. What is stated for the
image, the page and the site is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from crawler.model import (
    Answer,
    Capture,
    Claim,
    Field,
    Look,
    Reason,
    Scope,
    SourceRef,
    Status,
    Target,
    Terms,
    Wanted,
)
from crawler.reading import (
    attribution,
    http_rules,
    json_ld,
    microdata,
    minors,
    open_graph,
    opt_outs,
    rel_license,
    releases,
    walls,
)
from crawler.reading.html import Page
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import is_picture, registrable, split

#: A page with scripts, fewer readable characters than this and not a single statement is a shell that scripts
# would fill.
_SHELL_TEXT = 120


class AnyPage(SourceSpider):
    """The reader of last resort."""

    name = "any_page"
    version = 1
    terms = Terms(
        address="",
        checked="2026-11-23",
        allows="Whatever the site's robots.txt allows a crawler of our name.",
        keep="The page as received, its statements, and nothing of its pictures.",
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.05}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """The page of an http(s) URL; ``None`` for a bare picture file, which has no page that could say
        anything.
        """
        if "://" not in url[:12]:
            return None
        parts = split(url)
        if parts is None or is_picture(parts.path):
            return None
        host = (parts.hostname or "").rstrip(".")
        if not host:
            return None
        port = (
            f":{parts.port}"
            if parts.port and (parts.scheme, parts.port) not in (("http", 80), ("https", 443))
            else ""
        )
        literal = f"[{host}]" if ":" in host else host
        query = f"?{parts.query}" if parts.query else ""
        page = f"{parts.scheme}://{literal}{port}{parts.path or '/'}{query}"
        return SourceRef(source=cls.name, native_id=page, group=registrable(host), url=page)

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:
        """Pages are named by their URL."""
        return cls.claims(native_id)

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """One request a page."""
        for want in wanted:
            yield Target(
                source=self.name,
                url=want.ref.native_id,
                group=want.ref.group,
                serves=(want.ref.native_id,),
                accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            )

    def read(self, capture: Capture) -> Answer:
        """What the page says. A redirect to another address, a login page and a "not found" with HTTP 200 are
        told apart.
        """
        native_id = capture.target.serves[0] if capture.target.serves else capture.url
        decided = http_rules.outcome(capture)
        if decided is not None:
            look = Look(native_id, decided.status, decided.reason)
            return Answer(looks=(look,), retry=decided.retry)
        return Answer(looks=(self._look(capture, native_id),))

    def _look(self, capture: Capture, native_id: str) -> Look:
        kind = (capture.header("content-type") or "").partition(";")[0].strip().lower()
        if not _is_html(kind, capture.body):
            claims = tuple(opt_outs.read(capture.headers, None))
            return Look(
                native_id,
                Status.UNREADABLE,
                Reason.NOT_UNDERSTOOD,
                claims,
                unread=(kind or "no content-type",),
            )
        page = Page.parse(capture)
        claims_read, unread = _statements(page, capture.body)
        signals = opt_outs.read(capture.headers, page)
        told = http_rules.after_redirects(capture)
        if told is None or told.status is Status.MOVED:
            told = _wall(capture, page, claims_read) or told
        if told is not None and told.status is not Status.MOVED:
            return Look(native_id, told.status, told.reason, tuple(signals))
        if page.truncated:
            unread = [*unread, "the end of the page"]
        claims = tuple(dict.fromkeys([*claims_read, *signals]))
        if told is not None:
            return Look(native_id, told.status, told.reason, claims, tuple(unread))
        if not _says_anything(claims_read) and _is_empty(page):
            return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, claims, tuple(unread))
        return Look(native_id, Status.AVAILABLE, Reason.SEEN, claims, tuple(unread))


def _is_html(kind: str, body: bytes) -> bool:
    """Whether these bytes are a page; an answer without a type is one if it begins with a tag."""
    if kind in ("text/html", "application/xhtml+xml"):
        return True
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if kind in ("", "text/plain", "application/xml", "text/xml"):
        return (
            start.startswith(b"<!doctype html") or b"<html" in start or (not kind and start.startswith(b"<"))
        )
    return False


def _is_empty(page: Page) -> bool:
    length = page.text_length()
    return page.root is None or length == 0 or (page.scripts > 0 and length < _SHELL_TEXT)


def _statements(page: Page, body: bytes) -> tuple[list[Claim], list[str]]:
    linked, unread = json_ld.read(page)
    claims = [
        *linked,
        *microdata.read(page),
        *rel_license.read(page),
        *open_graph.read(page),
        *attribution.read(page),
        *releases.read(page, body),
        *minors.read(page),
    ]
    return claims, unread


def _says_anything(claims: Sequence[Claim]) -> bool:
    return any(c.field in (Field.LICENSE, Field.AUTHOR, Field.CREDIT) for c in claims)


def _wall(capture: Capture, page: Page, claims: Sequence[Claim]) -> http_rules.Outcome | None:
    """A page that stands where the photo's page should be; never one that states a license for an image."""
    if any(c.field is Field.LICENSE and c.scope is Scope.IMAGE for c in claims):
        return None
    if page.text_length() < 1_500 and walls.is_challenge(capture.body, capture.headers):
        return http_rules.Outcome(Status.REFUSED, Reason.CHALLENGE)
    for headline in (page.title, page.heading):
        if walls.says_not_found(headline):
            return http_rules.Outcome(Status.PLACEHOLDER, Reason.SOFT_404)
        if walls.says_private(headline):
            return http_rules.Outcome(Status.PRIVATE, Reason.MARKED_PRIVATE)
        if walls.says_login(headline):
            return http_rules.Outcome(Status.REFUSED, Reason.LOGIN_WALL)
    return None
