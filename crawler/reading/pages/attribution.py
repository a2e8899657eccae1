"""Whom a page credits, where no vocabulary says so: ``rel=author``, a photo's caption."""

from __future__ import annotations

import re

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import statements
from crawler.reading.pages.html import Element, Page, quote_of, text_of
from crawler.reading.pages.scope import scope_of
from crawler.reading.words.plain_text import shown

_CREDIT = re.compile(
    r"(?:©|\(c\)|copyright|photo(?:graph)?(?:s)?(?: by| credit)?\s*[:–-]|photo(?:graph)? by|"
    r"image(?: credit| by)\s*[:–-]?|foto\s*[:–-]|crédit\s*:)",
    re.IGNORECASE,
)

_MARK = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)


def read(page: Page) -> list[Claim]:
    """Authors by ``rel=author``; credit lines and licenses in captions of figures, and in headlines."""
    claims: list[Claim] = []
    for link in page.links:
        if "author" in link.rels:
            text = text_of(link.element, 200)
            scope = scope_of(link.element, page)
            if text and scope in (Scope.PAGE, Scope.IMAGE):
                claims.append(
                    Claim(Field.AUTHOR, shown(text) or None, text, scope, page.locate(link.element))
                )
    claims += _headlines(page)
    for figure in page.figures[:50]:
        claims += _caption(figure, page)
    return claims


def _headlines(page: Page) -> list[Claim]:
    """A license in the title, where it stands beside a copyright mark: "Photo 1, (c) A. Person, all rights
    reserved".
    """
    for text in (page.title, page.heading):
        if _MARK.search(text):
            named = [c for c in statements(text, Scope.PAGE, "//title", text) if c.value is not None]
            if named:
                return named
    return []


def _caption(figure: Element, page: Page) -> list[Claim]:
    caption = figure.find(".//figcaption")
    if caption is None or scope_of(caption, page) is not Scope.IMAGE:  # of another picture, or in a comment
        return []
    text = text_of(caption, 500)
    if not text:
        return []
    place = page.locate(caption)
    claims: list[Claim] = []
    if _CREDIT.search(text):
        claims.append(Claim(Field.CREDIT, shown(text) or None, text, Scope.IMAGE, place))
    if len(text) <= 300:
        named = statements(text, Scope.IMAGE, place, quote_of(caption))
        # a caption in whole sentences that merely speaks of licenses makes no claim
        claims += [claim for claim in named if claim.value is not None]
    return claims
