"""Whom a page credits, where no vocabulary says so: ``rel=author``, a photo's caption."""

from __future__ import annotations

import re

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import stated
from crawler.reading.pages.html import Element, Page, quote_of, text_of
from crawler.reading.pages.scope import scope_of

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
                claims.append(Claim(Field.AUTHOR, text, text, scope, page.locate(link.element)))
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
            claim = stated(text, Scope.PAGE, "//title", text)
            if claim is not None and claim.value is not None:
                return [claim]
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
        claims.append(Claim(Field.CREDIT, text, text, Scope.IMAGE, place))
    if len(text) <= 300:
        claim = stated(text, Scope.IMAGE, place, quote_of(caption))
        # a caption in whole sentences that merely speaks of licenses makes no claim
        if claim is not None and claim.value is not None:
            claims.append(claim)
    return claims
