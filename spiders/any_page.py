"""Any web page that no other spider knows: what the page itself says in the vocabularies of the web.

Terms: none of our own choosing; robots.txt decides, page by page. What is read: ``rel=license``, JSON-LD,
microdata, RDFa, ``<meta>``, captions, release labels, opt-outs in headers and meta. What is stated for the
image, the page and the site is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from crawler.model import Answer, Capture, SourceRef, Target, Terms, Wanted
from crawler.reading import web_page
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import is_picture, registrable, split


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
        return web_page.answer(capture, native_id)
