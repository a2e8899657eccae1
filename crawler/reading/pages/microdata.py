"""Microdata (HTML standard §5): the items of a page.

Values are taken as §5.2.4 has them, with two concessions to pages as they are: ``content`` counts on any element,
and a license said in words around a single link is the link's. Names count by themselves, whatever the item's
type; a property outside any item is one of the page.
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from crawler.model import Claim
from crawler.reading.pages.html import Element, Page, quote_of, text_of
from crawler.reading.pages.item_claims import ADDRESSES, READ, claims
from crawler.reading.pages.items import Item, Said
from crawler.reading.pages.vocabulary import WORK, name_of

_MARKED = etree.XPath("//*[@itemprop or @itemscope]")
_SOURCES = {
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    **dict.fromkeys(("a", "area", "link"), "href"),
    "object": "data",
}
_MOST = 4_000
#: Properties outside any item, of the page.
_MOST_ALONE = 100
_MOST_WORDS = 20
_MAX_TEXT = 500


def read(page: Page) -> tuple[list[Claim], list[str]]:
    """``(claims, unread)`` of the microdata of a page alone."""
    return claims(items(page), page)


def items(page: Page) -> list[Item]:
    """All items, and one for each property outside any item; walked once a page."""
    if page.root is None or not page.itemized:
        return []
    kept = page.kept.get("microdata")
    if kept is None:
        kept = page.kept["microdata"] = _walk(page, page.root)
    found: list[Item] = kept
    return found


def _walk(page: Page, root: Element) -> list[Item]:
    marked = _MARKED(root)
    listed = marked if isinstance(marked, list) else []
    elements = [e for e in listed[:_MOST] if isinstance(e, etree._Element)]
    if len(listed) > _MOST:
        page.leave("the end of the microdata")
    alone = 0
    made = {e: _item(e, page) for e in elements if e.get("itemscope") is not None}
    lent = _references(root, made, page)
    found = list(made.values())
    for element in elements:
        words = (element.get("itemprop") or "").split(None, _MOST_WORDS)[:_MOST_WORDS]
        owners = [made[e] for e in (_owner(element), *lent.get(element, ())) if e in made]
        for owner in dict.fromkeys(owners):
            _fill(owner, words, element, made.get(element), page)
        if words and not owners and alone < _MOST_ALONE:
            page_says = Item("", frozenset(), page.locate(element), element)
            _fill(page_says, words, element, made.get(element), page)
            found += [page_says] if page_says.values else []
            alone += bool(page_says.values)
    return found


def _item(element: Element, page: Page) -> Item:
    types = frozenset(
        name_of(word) for word in (element.get("itemtype") or "").split(None, _MOST_WORDS)[:_MOST_WORDS]
    )
    given = (element.get("itemid") or "").strip()
    return Item(page.absolute(given) if given else "", types, page.locate(element), element)


def _owner(element: Element) -> Element | None:
    """The element of the item this one stands in."""
    here = element.getparent()
    while here is not None and here.get("itemscope") is None:
        here = here.getparent()
    return here


def _references(root: Element, made: dict[Element, Item], page: Page) -> dict[Element, list[Element]]:
    """Properties that items fetch from elsewhere by ``itemref``: element → elements of the items."""
    wanted = {holder: (holder.get("itemref") or "").split(None, _MOST_WORDS)[:_MOST_WORDS] for holder in made}
    if not any(wanted.values()):
        return {}
    homes: dict[str, Element] = {}
    for element in root.iter():
        name = element.get("id")
        if name:
            homes.setdefault(name, element)
    lent: dict[Element, list[Element]] = {}
    lendable: dict[str, list[Element]] = {}
    count = 0
    for holder, names in wanted.items():
        for name in names:
            if name not in lendable:
                lendable[name] = _properties(homes.get(name))
            count += len(lendable[name])
            if count > _MOST:
                page.leave("the end of the microdata")
                return lent
            for inner in lendable[name]:
                if inner is not holder:
                    lent.setdefault(inner, []).append(holder)
    return lent


def _properties(home: Element | None) -> list[Element]:
    """The properties in this element that belong to no item in it."""
    if home is None:
        return []
    return [e for e in islice(home.iter(), _MOST) if e.get("itemprop") is not None and _within(e, home)]


def _within(element: Element, home: Element) -> bool:
    """Whether no other item begins between ``home`` and this element."""
    here: Element | None = element
    while here is not None and here is not home:
        here = here.getparent()
        if here is not None and here.get("itemscope") is not None:
            return False
    return True


def _fill(owner: Item, words: list[str], element: Element, value: Item | None, page: Page) -> None:
    for word in words:
        name = _name(word, owner)
        if value is not None:
            value.hang(name, owner)
        if name in READ and not owner.full(name):
            said = _said(element, name, value, page)
            if said is not None:
                owner.say(name, said)


def _name(word: str, owner: Item) -> str:
    """HTML's own vocabulary for licensing works (§5.3.3) calls the picture ``work`` and its name ``title``."""
    if WORK in owner.types:
        return {"work": "contentUrl", "title": "name"}.get(word, word)
    return name_of(word)


def _said(element: Element, name: str, value: Item | None, page: Page) -> Said | None:
    place = page.locate(element)
    if value is not None:
        return Said(text_of(element), text_of(element), place, quote_of(element), element, value)
    raw, address = _raw(element, name)
    if not raw:
        return None
    text = page.absolute(raw) if address or name in ADDRESSES else raw
    quote = quote_of(element) if name == "license" else raw[:240]
    return Said(text, raw, place, quote, element)


def _raw(element: Element, name: str) -> tuple[str, bool]:
    """``(value, whether it is an address)``."""
    content = element.get("content")
    if content is not None:
        return content.strip()[:_MAX_TEXT], False
    attribute = _SOURCES.get(str(element.tag))
    if attribute is not None and element.get(attribute):
        return (element.get(attribute) or "").strip(), True
    if element.tag in ("data", "meter") and element.get("value"):
        return (element.get("value") or "").strip(), False
    if element.tag == "time" and element.get("datetime"):
        return (element.get("datetime") or "").strip(), False
    if name == "license" or name in ADDRESSES:
        inside = [a for a in element.iter("a") if a.get("href")]
        if len(inside) == 1:
            return (inside[0].get("href") or "").strip(), True
    return text_of(element, _MAX_TEXT), False
