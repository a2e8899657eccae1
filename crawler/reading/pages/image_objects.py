"""The pictures a page describes in JSON-LD, microdata and RDFa, and the one somebody asks for.

After schema.org's ``ImageObject`` as Google's "Image metadata in Google Images" (2020-08-31, read 2026-11-23) has
it: license, acquireLicensePage, creditText, creator, copyrightNotice, contentUrl. Only what a picture's own item
says is the picture's: never the page's license, a footer's, or another picture's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.model import Claim
from crawler.reading.pages import item_claims, json_ld, microdata, rdfa_items
from crawler.reading.pages.html import Page
from crawler.reading.pages.image_choice import is_image, locations, matching
from crawler.reading.pages.items import Item, addresses, names
from crawler.reading.pages.picture_urls import normal


@dataclass(frozen=True, slots=True)
class ImageObject:
    """One picture. ``content_url`` and ``url`` (the first address known of it) are absolute; ``license`` as
    stated, made absolute where it is an address; ``creators`` are names.
    """

    content_url: str | None
    license: str | None
    acquire_license_page: str | None
    credit_text: str | None
    creators: tuple[str, ...]
    copyright_notice: str | None
    url: str | None = None

    @property
    def says_anything(self) -> bool:
        """Whether it says more than where the picture is."""
        texts = (self.license, self.acquire_license_page, self.credit_text, self.copyright_notice)
        return any(texts) or bool(self.creators)


def read(page: Page) -> tuple[list[Claim], list[str]]:
    """``(claims, unread)`` of all items of a page, in whatever syntax."""
    found, unread = _items(page)
    claims, more = item_claims.claims(found, page)
    return claims, [*unread, *more]


def images(page: Page) -> list[ImageObject]:
    """Every picture the page describes, those of one address as one; in document order."""
    groups: dict[str, list[Item]] = {}
    for item in _pictures(page):
        known = locations(item)
        groups.setdefault(normal(known[0]) if known else f"item {len(groups)}", []).append(item)
    return [_object(group) for group in groups.values()]


def image_of(page: Page, image_url: str) -> ImageObject | None:
    """The picture of this address; ``None`` when the page describes no such picture."""
    found = matching(_pictures(page), page.absolute(image_url.strip()))
    return _object(found) if found else None


def _items(page: Page) -> tuple[list[Item], list[str]]:
    linked, unread = json_ld.items(page)
    return [*linked, *microdata.items(page), *rdfa_items.items(page)], unread


def _pictures(page: Page) -> Iterator[Item]:
    return (item for item in _items(page)[0] if is_image(item))


def _object(items: Sequence[Item]) -> ImageObject:
    return ImageObject(
        content_url=_first(_addresses_of(items, "contentUrl")),
        license=_first(_addresses_of(items, "license")),
        acquire_license_page=_first(_addresses_of(items, "acquireLicensePage")),
        credit_text=_first(_names_of(items, "creditText")),
        creators=_creators(items),
        copyright_notice=_first(_names_of(items, "copyrightNotice")),
        url=next((known[0] for known in map(locations, items) if known), None),
    )


def _addresses_of(items: Iterable[Item], key: str) -> Iterator[str]:
    for item in items:
        for said in item.said(key):
            yield from addresses(said)
            if said.item is not None:
                yield from names(said)


def _names_of(items: Iterable[Item], key: str) -> Iterator[str]:
    return (name for item in items for said in item.said(key) for name in names(said))


def _creators(items: Sequence[Item]) -> tuple[str, ...]:
    for key in ("creator", "author", "attributionName"):
        found = tuple(dict.fromkeys(_names_of(items, key)))
        if found:
            return found
    return ()


def _first(texts: Iterator[str]) -> str | None:
    return next((text for text in texts if text), None)
