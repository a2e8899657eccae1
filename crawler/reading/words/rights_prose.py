"""Prose about rights, in HTML → the license it grants, and no other.

Such a text links to many places, licenses among them: to the one it grants, to texts about copyright, to one it
withholds. A link is a license claim only if its address is that of a license we know *and* the words of the link,
or those just before it, call it one without taking it back. Field notes §6: a link inside rights text is not a
license (museums/brooklyn).
"""

from __future__ import annotations

import re

from lxml import etree

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import recognised
from crawler.reading.pages.html import Element, text_of

_CALLS_IT_ONE = re.compile(
    r"\blicen[cs]e[ds]?\b|\bpublic domain (?:dedication|mark)\b|\bcc0\b", re.IGNORECASE
)
_TAKES_IT_BACK = re.compile(
    r"\b(?:not|no|nor|never|except|unless|without|other than|instead of|cannot|excluded?|until|formerly|no longer)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?]\s|\n")


def licenses(markup: str, locator: str) -> list[Claim]:
    """The claims this text makes; a link to a known license that the text does not clearly grant is one that was
    not understood.
    """
    root = _tree(markup)
    if root is None:
        return []
    claims: list[Claim] = []
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        found = recognised(href) if href else None
        if found is None or found.state != "known" or found.license is None:
            continue
        words = _SENTENCE.split(_before(root, link))[-1]
        own = text_of(link)
        granted = _CALLS_IT_ONE.search(f"{words} {own}") and not _TAKES_IT_BACK.search(f"{words} {own}")
        quote = f"{words} {own}".strip()[-240:]
        value = found.license.id if granted else None
        claims.append(Claim(Field.LICENSE, value, href[:500], Scope.IMAGE, locator, quote))
    return list(dict.fromkeys(claims))


def _tree(markup: str) -> Element | None:
    if "<a" not in markup.lower():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    try:
        return etree.fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _before(root: Element, link: Element) -> str:
    """The text before a link, as far back as the text goes; links in between count as their words."""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and element is link:
            break
        parts.append((element.text if event == "start" else element.tail) or "")
    return "".join(parts)
