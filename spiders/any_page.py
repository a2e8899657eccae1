"""Any web page that no other spider knows: what the page itself says in the vocabularies of the web.

Terms: none of our own choosing; robots.txt decides, page by page. What is read: ``rel=license``, JSON-LD,
microdata, RDFa, ``<meta>``, captions, release labels, opt-outs in headers and meta. What is stated for the
image, the page and the site is kept apart.

A photo is a page, or a page and a picture on it: the native id is then "PAGE PICTURE", with a space between. Many
pictures of one page are many photos and one request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from crawler.model import Answer, Capture, SourceRef, Target, Terms, Wanted
from crawler.reading.pages import web_page
from crawler.reading.platforms import oembed
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import is_picture, registrable, split


class AnyPage(SourceSpider):
    """The reader of last resort."""

    name = "any_page"
    version = 2
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
        """Pages are named by their URL, pictures by their page's and their own."""
        page, _, picture = native_id.partition(" ")
        ref = cls.claims(page)
        return cls.of_image(ref, picture) if ref is not None and picture else ref

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:
        """The picture on its page. An address that is no web address narrows nothing."""
        picture = image_url.strip().partition("#")[0].replace(" ", "%20")
        if split(picture) is None or any(c.isspace() for c in picture):
            return ref
        return replace(ref, native_id=f"{ref.native_id.partition(' ')[0]} {picture}")

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """One request a page, whatever number of its pictures are wanted."""
        pages: dict[tuple[str, str], list[str]] = {}
        for want in wanted:
            page = want.ref.native_id.partition(" ")[0]
            pages.setdefault((page, want.ref.group), []).append(want.ref.native_id)
        for (page, group), photos in pages.items():
            yield Target(
                source=self.name,
                url=page,
                group=group,
                serves=tuple(photos),
                accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            )

    def read(self, capture: Capture) -> Answer:
        """What the page says of each of its photos that was asked for."""
        served = capture.target.serves or (capture.url,)
        photos = [(native, native.partition(" ")[2]) for native in served]
        return oembed.answer(capture, served) or web_page.answer_all(capture, photos)
