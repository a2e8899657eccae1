"""Figures of a page: which of them shows the photo the page is read for.

A ``<figure>`` speaks of its own picture. Where the photo is known to stand in one of them, or on the page outside
all of them, the others are about other pictures. Known are the picture asked for (``Page.asked``) and ``og:image``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.model import Claim, Field, Scope
from crawler.reading.findings import SEVERAL_IMAGES
from crawler.reading.pages.html import Element, Page
from crawler.reading.pages.picture_urls import normal, without_query

_PICTURES = ("img", "source", "a", "amp-img")
_MOST_SIZES = 50


def is_foreign(figure: Element, page: Page) -> bool:
    """Whether this figure is known to show another picture than ours."""
    own = _own(page)
    return own is not None and figure not in own


def several(page: Page, claims: Sequence[Claim]) -> list[Claim]:
    """The claim that some of several figures have a license, others none, and nobody can say which is ours."""
    if len(page.figures) < 2 or _own(page) is not None:
        return []
    places = [c.locator for c in claims if c.field is Field.LICENSE and c.scope is Scope.IMAGE]
    if not places:
        return []
    shown = [figure for figure in page.figures if next(figure.iter("img", "picture"), None) is not None]
    homes = [f"{page.locate(figure)}/" for figure in shown]
    licensed = [any(place.startswith(home) for place in places) for home in homes]
    if len(shown) < 2 or all(licensed) or not any(licensed):
        return []
    raw = " ".join(next(_addresses(figure), "") for figure in shown)[:500]
    return [Claim(Field.MEDIA, SEVERAL_IMAGES, raw or "figures", Scope.PAGE, page.locate(shown[0]))]


def _own(page: Page) -> frozenset[Element] | None:
    """Figures that show the photo; ``None`` when nobody knows where it stands."""
    key = f"figures of {page.asked}"
    if key not in page.kept:
        page.kept[key] = _find(page)
    own: frozenset[Element] | None = page.kept[key]
    return own


def _find(page: Page) -> frozenset[Element] | None:
    if not page.figures or page.root is None:
        return None
    wanted = page.asked
    if wanted:
        found = frozenset(f for f in page.figures if _shows(f, wanted, page))
        if found or _shows(page.root, wanted, page):
            return found
    shared = page.meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image")
    if shared:
        return frozenset(f for f in page.figures if _shows(f, page.absolute(shared), page)) or None
    return None


def _shows(element: Element, url: str, page: Page) -> bool:
    wanted = normal(url)
    bare = without_query(wanted)
    for address in _addresses(element):
        there = normal(page.absolute(address))
        if there == wanted or (bare and without_query(there) == bare):
            return True
    return False


def _addresses(element: Element) -> Iterator[str]:
    for inner in element.iter(*_PICTURES):
        for attribute in ("src", "data-src", "href"):
            value = inner.get(attribute)
            if value and not value.startswith("data:"):
                yield value.strip()
        for candidate in (inner.get("srcset") or inner.get("data-srcset") or "").split(",", _MOST_SIZES)[
            :_MOST_SIZES
        ]:
            if candidate.strip():
                yield candidate.split()[0]
