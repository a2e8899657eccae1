"""One HTML body → one tree, read once.

All readers of a page share this ``Page``: the body is parsed a single time by lxml (0.7 ms for 100 KB;
BeautifulSoup takes 9), and one walk collects what they look at. Parsing never raises: garbage gives an empty
page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from crawler.model import Capture
from crawler.reading.pages.decoding import as_utf8, without_monsters
from crawler.reading.pages.xpaths import path_of

Element = etree._Element

#: Bodies are cut here before parsing; the gate takes no larger ones.
MAX_BYTES = 8 * 1024 * 1024
_ENOUGH_TEXT = 2_000
_LONGEST_BASE = 4_096
#: Of anything, pages have far fewer; what comes after is not read, and the page is ``truncated``.
_MOST_METAS = 1_000
_MOST_LINKS = 2_000
_MOST_WORDS = 20
#: Tags passed for one text, besides two for each of its characters; a caption has some dozens.
_MOST_STEPS = 200


class Meta(NamedTuple):
    """``<meta name|property|http-equiv|itemprop=KEY content=VALUE>``; ``key`` in lower case."""

    key: str
    value: str
    element: Element


class Link(NamedTuple):
    """``<link>``, ``<area>`` or ``<a>`` (in this order) that has a ``rel`` or leads to an .org address, as licenses do.

    ``rels`` in lower case, ``href`` as written. A page has hundreds of other links, and no reader asks for them.
    """

    rels: frozenset[str]
    href: str
    element: Element


@dataclass(frozen=True, slots=True)
class Page:
    """What readers look at. ``url`` is the address that answered; ``base`` what relative addresses hang on.

    ``itemized``: there are ``itemprop`` attributes; ``annotated``: there are ``property`` attributes outside
    ``<meta property>``, or ``resource`` attributes. ``truncated``: a part was not read. ``asked``: the address of
    the picture the page is read for, "" where the list names none. ``kept`` is what readers worked out once for
    all of them, by their names; it is shared by ``for_image``.
    """

    url: str
    root: Element | None
    base: str = ""
    title: str = ""
    heading: str = ""
    metas: tuple[Meta, ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: tuple[tuple[str, Element], ...] = ()
    figures: tuple[Element, ...] = ()
    scripts: int = 0
    itemized: bool = False
    annotated: bool = False
    truncated: bool = False
    asked: str = ""
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def parse(cls, capture: Capture) -> Page:
        """Parse the body of a capture; never raises."""
        return parse(capture.body, capture.url, capture.header("content-type") or "")

    def meta(self, *keys: str) -> str | None:
        """The first non-empty value of the first of these keys that the page has."""
        for key in keys:
            for entry in self.metas:
                if entry.key == key and entry.value:
                    return entry.value
        return None

    def absolute(self, href: str) -> str:
        """A reference made absolute; the reference itself when that cannot be done."""
        if href.startswith(("https://", "http://")):
            return href
        try:
            return urljoin(self.base, href)
        except ValueError:
            return href

    def locate(self, element: Element) -> str:
        """The XPath of an element."""
        return path_of(element, self.kept)

    def text_length(self) -> int:
        """How many characters people could read (scripts and styles aside), counted up to 2,000."""
        length = self.kept.get("text_length")
        if length is None:
            length = self.kept["text_length"] = _count_text(self.root)
        return int(length)

    def leave(self, what: str) -> None:
        """Note something that was not read, because there was too much of it."""
        self.kept.setdefault("left", {})[what] = True

    @property
    def left(self) -> list[str]:
        """What was not read, in the order it was met."""
        return list(self.kept.get("left", ()))

    def for_image(self, url: str) -> Page:
        """The same page, read for the picture at ``url``."""
        return replace(self, asked=self.absolute(url.strip()))


def text_of(element: Element, limit: int = 300) -> str:
    """The text inside an element, white space folded, cut at ``limit`` characters."""
    parts: list[str] = []
    size = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, _MOST_STEPS + 2 * limit):
        if event == "end":
            piece = node.tail if node is not element else None
        elif node.tag in _UNSEEN:
            walk.skip_subtree()
            continue
        else:
            piece = node.text
        if piece:
            parts.append(piece)
            size += len(piece.strip())  # indentation is no text
            if size >= limit:
                break
    return " ".join("".join(parts).split())[:limit]


def quote_of(element: Element, limit: int = 240) -> str:
    """The text of the nearest surroundings that have some: the quote a claim carries."""
    here: Element | None = element
    for _ in range(4):
        if here is None:
            return ""
        text = text_of(here, limit)
        if len(text) >= 12:
            return text
        here = here.getparent()
    return "" if here is None else text_of(here, limit)


def parser() -> etree.HTMLParser:
    """A parser for one page, which keeps the errors it met."""
    # huge_tree lifts libxml2's limits on depth and text length: a hostile page must not hide what stands
    # after them
    return etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        no_network=True,
        collect_ids=False,  # a fifth of the parsing time, for a table of ids that nobody asks
    )


def parse(body: bytes, url: str, content_type: str = "") -> Page:
    """Parse bytes that claim to be HTML. Never raises."""
    cut = len(body) > MAX_BYTES
    data, dropped = without_monsters(as_utf8(body[:MAX_BYTES], content_type))
    cut = cut or dropped
    if not data or data.isspace():
        return Page(url=url, root=None, base=url, truncated=cut)
    reader = parser()
    try:
        root = etree.fromstring(data, reader)
    except (etree.XMLSyntaxError, ValueError):  # "Document is empty": not one tag in it
        return Page(url=url, root=None, base=url, truncated=cut)
    if root is None:
        return Page(url=url, root=None, base=url, truncated=cut)
    if b"<template" in data or b"<TEMPLATE" in data:
        _drop_templates(root)
    # libxml2 stops at 2,048 levels, and its last word then says so
    cut = cut or any("depth" in error.message for error in reader.error_log[-1:])
    return _collect(root, url, data, truncated=cut)


def _drop_templates(root: Element) -> None:
    """What stands in a template is not on the page (HTML standard §4.12.3), but for a shadow root written out."""
    for template in list(root.iter("template")):
        parent = template.getparent()
        if parent is None or template.get("shadowrootmode") is not None:
            continue
        tail, before = template.tail or "", template.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(template)


def _collect(root: Element, url: str, data: bytes, *, truncated: bool) -> Page:
    metas: list[Meta] = []
    links: list[Link] = []
    scripts: list[tuple[str, Element]] = []
    figures: list[Element] = []
    base, title, heading, programs = "", "", "", 0
    for element in root.iter("meta", "link", "script", "figure", "h1", "title", "area", "base"):
        tag = element.tag
        if tag in ("link", "area"):
            _add_link(links, element)
        elif tag == "meta":
            _add_meta(metas, element)
        elif tag == "script":
            programs += 1
            if (element.get("type") or "").strip().lower().startswith("application/ld+json") and element.text:
                scripts.append((element.text, element))
        elif tag == "figure":
            figures.append(element)
        elif tag == "title":
            title = title or text_of(element)
        elif tag == "h1":
            heading = heading or text_of(element)
        elif not base:  # only the first <base href> counts (HTML standard §4.2.3)
            base = _base(url, (element.get("href") or "").strip())
    for element in root.iter("a"):  # apart from the others, for there are hundreds
        rel = element.get("rel")
        if rel is not None or ".org/" in (element.get("href") or ""):
            _add_link(links, element)
    itemized = annotated = False
    if b"prop" in data:  # each search costs 0.05 ms for 100 KB
        plain = sum(1 for meta in metas if meta.element.get("property"))
        itemized, annotated = b"itemprop" in data, data.count(b"property=") > plain
    if not annotated and not any("license" in rel for link in links for rel in link.rels):
        annotated = b"resource=" in data  # <span rel="license" resource="…">
    return Page(
        url=url,
        root=root,
        base=base or url,
        title=title,
        heading=heading,
        metas=tuple(metas[:_MOST_METAS]),
        links=tuple(links[:_MOST_LINKS]),
        json_ld=tuple(scripts),
        figures=tuple(figures),
        scripts=programs,
        itemized=itemized,
        annotated=annotated,
        truncated=truncated or len(metas) > _MOST_METAS or len(links) > _MOST_LINKS,
    )


def _base(url: str, href: str) -> str:
    """A base that nobody would send a request to is none: every address of the page would be as long."""
    try:
        return urljoin(url, href) if 0 < len(href) <= _LONGEST_BASE else ""
    except ValueError:
        return ""


_NO_RELS: frozenset[str] = frozenset()


def _add_link(links: list[Link], element: Element) -> None:
    href, rel = element.get("href"), element.get("rel")
    if href is not None and (rel or ".org/" in href):
        links.append(
            Link(
                frozenset(rel.lower().split(None, _MOST_WORDS)[:_MOST_WORDS]) if rel else _NO_RELS,
                href,
                element,
            )
        )


def _add_meta(metas: list[Meta], element: Element) -> None:
    value = element.get("content")
    if value is None:
        return
    for attribute in ("name", "property", "http-equiv"):
        keys = element.get(attribute)
        if keys:
            metas.extend(Meta(key, value.strip(), element) for key in keys.lower().split()[:_MOST_WORDS])
            return


def _count_text(root: Element | None) -> int:
    size = 0
    body = root.find("body") if root is not None else None
    for node in body.iter() if body is not None else ():
        if node.tail:
            size += len(node.tail.strip())
        if node.text and node.tag not in _UNSEEN:
            size += len(node.text.strip())
        if size >= _ENOUGH_TEXT:
            break
    return size


_UNSEEN = frozenset({"script", "style", "noscript", "template", "head"})
