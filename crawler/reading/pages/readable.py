"""A license or terms page → the text a person reads on it, the same for every visit on which it says the same.

Navigation, headers and footers of the site, forms, scripts and what is hidden are left out, because they carry
nonces and news and are not the text; white space is folded, one line a paragraph, heading or list item. BeautifulSoup
is nine times slower than the page reader (``html.py``); documents are few, and none stands on the hot path.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString, PageElement, PreformattedString

#: Raise it whenever ``readable`` may answer otherwise for the same bytes: texts of different readers are never
#: compared, and stored bytes are read again first.
READABLE: Final = "readable/1"
#: Longer bodies are no license; their beginning is read.
MOST_BYTES: Final = 2 * 1024 * 1024

_NEVER = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "form", "button", "select",
    "input", "textarea", "dialog", "nav", "aside", "footer", "audio", "video", "img", "picture", "title", "head",
)  # fmt: skip
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary"}
)
#: Consent layers, by words of their id or class.
_CONSENT = re.compile(r"(?:^|[-_ ])(?:cookie|consent|gdpr|onetrust)(?:$|[-_ a-z])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "[document]",
})  # fmt: skip
#: Zero-width and direction marks, soft hyphens: unseen, and strewn in anew by some sites at each visit.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TEXT = frozenset({"application/xml", "application/json", "application/rdf+xml", "application/ld+json"})
#: A main part shorter than this share of the whole page is a teaser, not the text.
_LEAST_SHARE = 0.3


def readable(body: bytes, content_type: str) -> str:
    """The readable text, lines joined by "\\n", no empty ones; "" where there is none (PDF, pictures, empty shells).

    ``content_type`` is the header as received; without one the first bytes decide. Never raises. Pure: equal bytes
    give equal texts, and so do bytes that differ only in nonces, scripts or white space.
    """
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    body = body[:MOST_BYTES]
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if kind in _HTML or (kind in ("", "text/plain") and start.startswith((b"<!doctype html", b"<html"))):
        return _page(body, _charset(parameters))
    if kind.startswith("text/") or kind in _TEXT or (not kind and b"\0" not in body):
        return _plain(_decoded(body, _charset(parameters)))
    return ""


def _charset(parameters: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    return found[1] if found else None


def _decoded(body: bytes, charset: str | None) -> str:
    try:
        return body.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _plain(text: str) -> str:
    return "\n".join(line for line in map(_folded, text.splitlines()) if line)


def _folded(text: str) -> str:
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def _page(body: bytes, charset: str | None) -> str:
    soup = BeautifulSoup(body, "lxml", from_encoding=charset)
    gone, parts = _survey(soup)
    whole = _lines(soup, gone)
    # The first main part that holds most of what is to be read; else the page as a whole.
    for part in parts:
        text = _lines(part, gone)
        if len(text) >= _LEAST_SHARE * len(whole):
            return text
    return whole


def _survey(soup: Tag) -> tuple[set[int], list[Tag]]:
    """(ids of the elements that are left out with all they hold, the outermost main parts), in one walk: to cut
    elements out of the tree, and to ask each for its ancestors, is quadratic on a page that means harm.
    """
    titled: set[int] = set()
    for heading in soup.find_all(["main", "article", "h1"]):
        for parent in heading.parents:
            if id(parent) in titled:
                break
            titled.add(id(parent))
    gone: set[int] = set()
    parts: list[Tag] = []
    waiting: list[tuple[Tag, bool, bool]] = [(soup, False, False)]
    while waiting:
        element, in_text, in_part = waiting.pop()
        if _left_out(element, in_text=in_text, titled=id(element) in titled):
            gone.add(id(element))
            continue
        if _is_main(element):
            if not in_part:
                parts.append(element)
            in_part = True
        in_text = in_text or element.name in ("main", "article")
        waiting += [
            (child, in_text, in_part) for child in reversed(element.contents) if isinstance(child, Tag)
        ]
    return gone, parts


def _is_main(element: Tag) -> bool:
    return element.name in ("main", "article") or element.get("role") == "main"


def _left_out(element: Tag, *, in_text: bool, titled: bool) -> bool:
    """``in_text``: a main part or an article is around it. ``titled``: one of these or a first heading is in it."""
    if element.name in ("html", "body"):
        return False
    if element.name in _NEVER or element.get("role") in _ROLES:
        return True
    if element.has_attr("hidden") or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(str(element.get("style") or "")):
        return True
    if element.name == "header" and not in_text:
        return not titled  # the site's, unless the text's own heading is in it
    marks = element.get("class") or ()
    words = [str(element.get("id") or ""), *(marks if isinstance(marks, list) else [str(marks)])]
    return any(_CONSENT.search(word) for word in words)


def _lines(root: Tag, gone: set[int]) -> str:
    """Texts in the order of the page; a new line wherever the nearest block around the text is another one."""
    lines: list[str] = []
    here: list[str] = []
    block: Tag | None = None
    near = next((element for element in (root, *root.parents) if element.name in _BLOCKS), None)
    open_: list[tuple[Iterator[PageElement], Tag | None]] = [(iter(root.contents), near)]
    while open_:
        nodes, around = open_[-1]
        node = next(nodes, None)
        if node is None:
            open_.pop()
        elif isinstance(node, Tag):
            if id(node) in gone:
                continue
            if node.name in ("br", "hr"):
                lines.append("".join(here))
                here = []
            open_.append((iter(node.contents), node if node.name in _BLOCKS else around))
        elif isinstance(node, NavigableString) and not isinstance(node, Comment | PreformattedString):
            if around is not block:
                lines.append("".join(here))
                here, block = [], around
            here.append(str(node))
    lines.append("".join(here))
    return "\n".join(line for line in map(_folded, lines) if line)
