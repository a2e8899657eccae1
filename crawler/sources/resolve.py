"""One manifest row → the source its photo is to be looked up at.

The order is: the page URL, the image URL, the id the list itself gives, and at last any web page. Spiders are
imported on the first call, not with this module, and then looked up by host, so that a hundred sources cost a
row no more than three do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.model import ImageRef, SourceRef
from crawler.sources.urls import host_of

if TYPE_CHECKING:
    from crawler.sources.spider import SourceSpider

NONE = "none"


class _Contenders:
    """Spiders by the host names they ask for; those that ask for none come last."""

    def __init__(self) -> None:
        from crawler.sources.discovery import spiders  # noqa: PLC0415 - Scrapy takes 0.3 s to import; --help need not wait

        self.named = spiders()
        self.last = [kind for kind in self.named.values() if not kind.hosts]
        self._by_host: dict[str, list[type[SourceSpider]]] = {}
        for kind in self.named.values():
            for host in kind.hosts:
                self._by_host.setdefault(host, []).append(kind)

    def of(self, host: str) -> list[type[SourceSpider]]:
        """Spiders of this host: ``farm4.static.flickr.com`` finds those of ``flickr.com``."""
        while host:
            if host in self._by_host:
                return self._by_host[host]
            host = host.partition(".")[2]
        return []


@lru_cache(maxsize=1)
def _contenders() -> _Contenders:
    return _Contenders()


def _claimed(url: str) -> SourceRef | None:
    for kind in _contenders().of(host_of(url)):
        ref = kind.claims(url)
        if ref is not None:
            return ref
    return None


def _narrowed(ref: SourceRef, image: ImageRef) -> SourceRef:
    return _contenders().named[ref.source].of_image(ref, image.image_url) if image.image_url else ref


def resolve(image: ImageRef) -> SourceRef:
    """Where to look this image up; ``source`` is "none" when no page can be derived from the row."""
    for url in (image.page_url, image.image_url):
        if url:
            ref = _claimed(url)
            if ref is not None:
                return _narrowed(ref, image)
    known = _contenders()
    if image.native is not None and image.native[0] in known.named:
        ref = known.named[image.native[0]].named(image.native[1])
        if ref is not None:
            return ref
    if image.page_url and not any(kind.reads(image.page_url) for kind in known.of(host_of(image.page_url))):
        # an album, or a Commons page named by number only, belongs to a source that cannot tell which photo
        # is meant
        for kind in known.last:
            ref = kind.claims(image.page_url)
            if ref is not None:
                return _narrowed(ref, image)
    return SourceRef(source=NONE, native_id=image.page_url or image.image_url or image.key, group="")


def spider_of(url: str) -> type[SourceSpider] | None:
    """The spider that can read an answer from this address, whether or not it is about one photo.

    An address nobody knows is read by the spider that asks for no host (``any_page``).
    """
    known = _contenders()
    for kind in known.of(host_of(url)):
        if kind.claims(url) is not None or kind.reads(url):
            return kind
    return known.last[0] if known.last else None
