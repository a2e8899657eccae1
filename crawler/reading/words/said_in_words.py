"""What people say in words beside the vocabularies: releases, limits, minors, people, AI. Pages and API texts alike.

Every statement keeps the words it stands on. A page without such words costs a search of its bytes for three of
them (0.2 ms for 100 KB), and one more per word of its own language; only pages that have one are walked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.model import Claim, Scope
from crawler.reading.pages.html import Element, Page, quote_of, text_of
from crawler.reading.pages.scope import scope_of
from crawler.reading.words import ai_generated, minors, people, release_words, releases, restrictions
from crawler.reading.words.plain_text import lines


def from_text(text: str, scope: Scope, locator: str) -> list[Claim]:
    """The claims of a description, a caption or a credit line, whose markup and entities are not part of it."""
    if not text:
        return []
    plain = _tidy(text)
    return [
        *releases.from_text(plain, scope, locator),
        *restrictions.from_text(plain, scope, locator),
        *ai_generated.from_text(plain, scope, locator),
        *minors.from_text(plain, scope, locator),
    ]


def from_title(text: str, scope: Scope, locator: str) -> list[Claim]:
    """The claims of a title: it names what is shown, so a word for a child counts too."""
    if not text:
        return []
    plain = _tidy(text)
    return [
        *releases.from_text(plain, scope, locator),
        *restrictions.from_text(plain, scope, locator),
        *ai_generated.from_text(plain, scope, locator),
        *minors.from_title(plain, scope, locator),
    ]


#: Longer texts are cut: what a photographer says of a release stands in a caption, not in a book.
_LIMIT = 20_000
_SPACES = re.compile(r"[^\S\n\r]{2,}")


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", lines(text[:_LIMIT]))


def from_tags(tags: Iterable[str], locator: str) -> list[Claim]:
    """The claims of tags or keywords, in whatever order they come."""
    ordered = sorted(set(tags))
    return [
        *minors.from_tags(ordered, locator),
        *people.from_tags(ordered, locator),
        *ai_generated.from_tags(ordered, locator),
    ]


def read(page: Page, body: bytes) -> list[Claim]:
    """The claims of a page: of its readable elements, its title and its keywords. Age codes are ``minors``'."""
    if page.root is None:
        return []
    claims = list(_of_head(page))
    if _worth_walking(page, body):
        claims += _of_elements(page)
    return claims


def _of_head(page: Page) -> Iterator[Claim]:
    """Titles and keyword lists are short, and gathered already."""
    for text, place in ((page.title, "//title"), (page.heading, "//h1")):
        if text:
            yield from ai_generated.from_text(text, Scope.PAGE, place)
    for meta in page.metas:
        if meta.key in ("keywords", "news_keywords", "article:tag"):
            words, place = [word.strip() for word in meta.value.split(",")], page.locate(meta.element)
            yield from people.from_tags(words, place)
            yield from ai_generated.from_tags(words, place)


# Each costs 0.06–0.09 ms for 100 KB; a case-blind expression would cost 3. "i-generat": AI-generated, KI-generiert.
_WORDS = (b"releas", b"editorial u", b"i-gener")
_WORDS_OF = {
    "de": (b"freigabe", b"redaktionelle"),
    "fr": (b"autorisation d", b"ditorial u"),
    "es": (b"uso editorial", "autorización de".encode()),
    "it": (b"uso editoriale", b"liberatori"),
    "nl": (b"redactioneel", b"quitclaim"),
    "pt": (b"uso editorial", "autorização d".encode()),
}


def _worth_walking(page: Page, body: bytes) -> bool:
    lower = body.lower()
    if any(word in lower for word in _WORDS):
        return True
    language = (page.root.get("lang") or "")[:2].lower() if page.root is not None else ""
    return any(word in lower for word in _WORDS_OF.get(language, ()))


_READABLE = (
    "p", "li", "dd", "dt", "td", "th", "span", "div", "a", "b", "strong", "label", "small", "em", "figcaption", "h2",
    "h3", "h4",
)  # fmt: skip


def _of_elements(page: Page) -> list[Claim]:
    found: dict[tuple[object, ...], Claim] = {}
    heard: set[str] = set()
    for element in page.root.iter(*_READABLE) if page.root is not None else ():
        marked = _text_around(element)
        if not 4 < len(marked) <= 2_000 or marked in heard:
            continue
        heard.add(marked)
        text = " ".join(marked.replace(release_words.EDGE, " ").split())
        if not 4 < len(text) <= 300:
            continue
        claims = [
            *releases.from_text(marked, Scope.PAGE, ""),
            *restrictions.from_text(marked, Scope.PAGE, ""),
            *ai_generated.from_text(text, Scope.PAGE, ""),
        ]
        if all((c.field, c.value) in found for c in claims):
            continue
        scope = scope_of(element, page)
        if scope is Scope.PAGE or scope is Scope.IMAGE:
            place, quote = page.locate(element), quote_of(element)
            for c in claims:
                claim = Claim(c.field, c.value, c.raw, scope, place, quote, c.basis)
                found.setdefault((c.field, c.value), claim)
    return list(found.values())


def _text_around(element: Element) -> str:
    """The element's own text with that of its inline children and, of a label's cell, the value beside it."""
    edge = release_words.EDGE
    pieces = [element.text or ""]
    for child in element:
        pieces += [edge, text_of(child, 100) if len(child) == 0 else " ", edge, child.tail or ""]
    if element.tag in ("dt", "th", "td"):
        beside = element.getnext()
        if beside is not None and beside.tag in ("dd", "td"):
            pieces += [edge, text_of(beside, 100)]
    return "".join(pieces)
