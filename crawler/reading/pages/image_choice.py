"""Which of the pictures a page describes is the photo the page is read for.

1. The picture asked for (``Page.asked``), where one of them has its address.
2. Otherwise the page's own picture, where one is named as such: ``primaryImageOfPage``, ``mainEntity``,
   ``representativeOfPage``, an address equal to the page's, or ``og:image``.
3. Otherwise all of them; several then cannot be told apart.

Logos, thumbnails, portraits of authors and pictures of other works are nobody's photo, unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.reading.pages.html import Page
from crawler.reading.pages.items import OTHER_WORKS, SITES, Item
from crawler.reading.pages.picture_urls import is_picture, normal, same_page, without_query

PRIMARY = frozenset({"primaryImageOfPage", "mainEntity"})
#: Properties whose values are other works than the one that has them.
ELSEWHERE = frozenset(
    {
        "citation",
        "isBasedOn",
        "isBasedOnUrl",
        "mentions",
        "comment",
        "review",
        "relatedLink",
        "significantLink",
    }
)
_NOT_PHOTOS = ELSEWHERE | {
    "logo",
    "thumbnail",
    "publisher",
    "author",
    "creator",
    "copyrightHolder",
    "provider",
    "sponsor",
    "brand",
    "isPartOf",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """``items`` are what the page says of the photo. ``asked``: it was found by its address. ``others``: pictures
    the page describes besides.
    """

    items: tuple[Item, ...]
    asked: bool
    others: tuple[Item, ...]


def choose(items: Sequence[Item], page: Page) -> Choice:
    """The photo among these items."""
    pictures = [item for item in items if is_image(item)]
    if page.asked:
        found = matching(pictures, page.asked)
        if found:
            return Choice(
                tuple(found),
                asked=True,
                others=tuple(p for p in pictures if p not in found and _candidate(p)),
            )
    candidates = [item for item in pictures if _candidate(item)]
    main = [item for item in candidates if _is_main(item, page)] if len(candidates) > 1 else []
    if not main and len(candidates) > 1:
        shown = page.meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image")
        main = matching(candidates, page.absolute(shown)) if shown else []
    others = [c for c in candidates if c not in main] if main else []
    return Choice(tuple(main or candidates), asked=False, others=tuple(others))


def is_image(item: Item) -> bool:
    """Whether it is a picture: by its type, or because its address is a picture file's."""
    if item.is_image:
        return True
    if not item.types.isdisjoint(OTHER_WORKS | SITES):
        return False
    if not item.types and is_picture(item.id):
        return True
    return any(is_picture(said.text) for said in item.said("contentUrl"))


def locations(item: Item) -> list[str]:
    """Addresses the picture itself may be known by, ``contentUrl`` first."""
    found = [s.text if s.item is None else s.item.id for s in item.said("contentUrl")]
    found += [s.text for s in item.said("url") if s.item is None]
    found = [address for address in found if address]
    return list(dict.fromkeys([*found, *([item.id] if item.id and not item.id.startswith("_:") else [])]))


def matching(pictures: Iterable[Item], url: str) -> list[Item]:
    """Pictures with this address; where none has, those of the only address that differs just in its query."""
    listed = [(item, {normal(each) for each in locations(item)}) for item in pictures]
    wanted = normal(url)
    exact = [item for item, known in listed if wanted in known]
    bare = without_query(wanted)
    if exact or not bare:
        return exact
    near = {each for _, known in listed for each in known if without_query(each) == bare}
    return [item for item, known in listed if known & near] if len(near) == 1 else []


def _candidate(item: Item) -> bool:
    if not item.under.isdisjoint(PRIMARY):
        return True
    return item.under.isdisjoint(_NOT_PHOTOS) and item.holders.isdisjoint(SITES | OTHER_WORKS)


def _is_main(item: Item, page: Page) -> bool:
    if not item.under.isdisjoint(PRIMARY):
        return True
    if any(said.text.lower().endswith("true") for said in item.said("representativeOfPage")):
        return True
    own = [item.id] if item.id and "#" not in item.id else []
    for key in ("url", "mainEntityOfPage"):
        for said in item.said(key):
            own.append(said.text if said.item is None else said.item.id)
    return any(address and same_page(address, page.url) for address in own)
