"""``rel=license`` and license links without it.

``rel="license"`` (HTML standard §4.6.7.8; microformats rel-license; ccREL) says "the main content of this
page is covered by the license at that address". Prefixed forms of RDFa (``cc:license``, ``dct:license``,
``xhv:license`` and the full addresses) say the same. Where a page's RDFa gives such a link another subject,
``rdfa_items`` has read it, and it is left out here.
A link to a known license without ``rel`` counts only where the words around it say so, or in a picture's
caption or a footer: links in prose may point away from a license (field notes §6).
"""

from __future__ import annotations

import re

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import MAX_RAW, stated
from crawler.reading.pages.html import Link, Page, quote_of, text_of
from crawler.reading.pages.picture_urls import is_no_page
from crawler.reading.pages.rdfa_items import speaks
from crawler.reading.pages.rel_words import is_license_rel
from crawler.reading.pages.scope import scope_of

__all__ = ["is_license_rel", "read"]

_MOST = 200
_PLAIN = (
    "creativecommons.org/licen",
    "creativecommons.org/publicdomain/",
    "rightsstatements.org/",
    "gnu.org/copyleft/fdl",
)
_SAYS_SO = re.compile(
    r"licen[sc]ed?\b|lizenz|licencia|licença|licenza|лиценз|ライセンス|released (?:under|into)|"
    r"available under|CC[ -]BY|CC0|public domain",
    re.IGNORECASE,
)


def read(page: Page) -> list[Claim]:
    """License claims of the page's links. Equal statements of one scope are kept once, the first with its
    place.
    """
    claims: list[Claim] = []
    seen: set[tuple[str | None, Scope]] = set()
    for link in page.links:
        claim = _claim(link, page)
        if claim is not None and (claim.value or claim.raw, claim.scope) not in seen:
            if len(claims) >= _MOST:
                page.leave(f"more than {_MOST} different license links")
                break
            seen.add((claim.value or claim.raw, claim.scope))
            claims.append(claim)
    return claims


def _claim(link: Link, page: Page) -> Claim | None:
    href = link.href
    if "license" in (link.element.get("itemprop") or ""):
        return None  # <a itemprop=license rel=license>: microdata has read it
    if link.rels and any(is_license_rel(rel) for rel in link.rels):
        # an RSL document is a price list for machines, not a license of the picture: opt-outs read it
        href = href.strip()
        if not href or href.startswith("#") or "rsl" in (link.element.get("type") or "").lower():
            return None
        if speaks(link.element, page):
            return None
        scope = scope_of(link.element, page)
        if scope is None:
            return None
        place = f"{page.locate(link.element)}/@href"
        if is_no_page(href):
            return Claim(Field.LICENSE, None, href[:MAX_RAW], scope, place, _quote(link))
        return stated(page.absolute(href), scope, place, _quote(link), pointer=True)
    if (
        ".org/" not in href
        or is_no_page(href)
        or not any(mark in href.lower() for mark in _PLAIN)
        or link.element.tag == "link"
    ):
        return None
    scope = scope_of(link.element, page)
    if scope is None:
        return None
    quote = _quote(link)
    if scope is Scope.PAGE and not _SAYS_SO.search(_near(link)):
        return None
    claim = stated(page.absolute(href), scope, f"{page.locate(link.element)}/@href", quote)
    return claim if claim is not None and claim.value is not None else None


def _quote(link: Link) -> str:
    if link.element.tag == "link":  # stands in <head>: what is around it says nothing
        return ""
    parent = link.element.getparent()
    return quote_of(link.element if parent is None else parent)


def _near(link: Link) -> str:
    """The link's own paragraph, when it is short enough to be about the link."""
    parent = link.element.getparent()
    text = text_of(link.element if parent is None else parent, 400)
    return text if len(text) < 400 else ""
