"""Text as it stood in the source → text for show: names, titles and licenses as people meant them.

Sources send names wrapped in direction marks (Flickr's oEmbed, field notes §3), Commons' fields as HTML, titles
with entities, and e-mail addresses where a name was asked for. A claim keeps that in ``raw``; its ``value`` is
what this room makes of it. Escaping for the place it is shown in (Markdown, a terminal, CSV) is the publisher's
business, and so is what still works unseen there.
"""

from __future__ import annotations

import html
import re

from lxml import etree

from crawler.reading.pages.html import text_of

#: How much of a text is kept for show; a claim's ``raw`` may be longer.
LIMIT = 2_000
# Real elements only: "a <b> c" is markup, "x < y > z" and "I <3 you" are not.
_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|"
    r"li|mark|ol|p|pre|q|s|samp|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|time|tr|tt|"
    r"u|ul|var|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# Format characters: soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width space, direction
# marks, embeddings, overrides and isolates (UAX #9), word joiner to nominal digit shapes, BOM, interlinear
# annotation, tag characters, noncharacters, lone surrogates. ZWNJ and ZWJ stay: scripts and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e007f]"
)
_BARE_JOINERS = re.compile("^[\u200c\u200d\\s]+|[\u200c\u200d\\s]+$")
_MAIL = re.compile(r"\b([A-Za-z0-9])[A-Za-z0-9._%+-]{0,63}@((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24})\b")


def shown(raw: str, limit: int = LIMIT) -> str:
    """The text without markup, entities, unseen and control characters, white space folded; mailboxes masked.

    Entities are decoded once ("&amp;lt;" is "&lt;"). Hidden parts of markup are left out. The result is what a
    claim's ``value`` holds; it never raises.
    """
    text = without_markup(raw[: 8 * limit])
    if not text.isascii() or not text.isprintable():
        text = _BARE_JOINERS.sub("", _UNSEEN.sub("", text))
    text = " ".join(text.split())
    if "@" in text:
        text = _MAIL.sub(r"\1…@\2", text)
    return text[:limit]


def lines(text: str) -> str:
    """The text without markup and entities, its lines kept and made where markup breaks them: for readers that go
    by sentences.
    """
    if "<" in text:
        text = _TAG.sub(lambda tag: "\n" if _BREAK.match(tag[0]) else "", text)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


_BREAK = re.compile(r"</?(?:br|p|div|li|td|th|tr|dd|dt|hr|h[1-6]|blockquote)\b", re.IGNORECASE)


def without_markup(text: str) -> str:
    """The text with tags removed and entities decoded, once; a text that has neither comes back as it is."""
    if _TAG.search(text) is None:
        return html.unescape(text) if "&" in text and _ENTITY.search(text) else text
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(f"<div>{text}</div>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None:
        return ""
    for element in list(root.iter()):
        if "display:none" in (element.get("style") or "").replace(" ", "").lower():
            element.text = None
            for child in list(element):
                element.remove(child)
        elif element.tag in _BREAKS:  # two lines are two words
            element.tail = f" {element.tail or ''}"
    return text_of(root, 4 * LIMIT)


_BREAKS = frozenset({"br", "p", "div", "li", "td", "th", "tr", "dd", "dt", "hr"})
