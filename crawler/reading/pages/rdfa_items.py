"""RDFa: the subjects of a page's statements as items.

What ``<meta property>`` says of the page itself is read with the other ``<meta>`` (``open_graph``). Statements on
licenses made by links are read here and not again by ``rel_license``: ``speaks`` tells which.
"""

from __future__ import annotations

from crawler.model import Claim
from crawler.reading.pages.html import Element, Page, quote_of
from crawler.reading.pages.item_claims import ADDRESSES, READ, claims
from crawler.reading.pages.items import Item, Said
from crawler.reading.pages.picture_urls import same_page
from crawler.reading.pages.rdfa import Statement, statements
from crawler.reading.pages.rel_words import is_license_rel
from crawler.reading.pages.vocabulary import TYPE, name_of

_MAX_TEXT = 500
_SUBJECTS = ("about", "typeof", "resource", "vocab")


def read(page: Page) -> tuple[list[Claim], list[str]]:
    """``(claims, unread)`` of the RDFa of a page alone."""
    return claims(items(page), page)


def items(page: Page) -> list[Item]:
    """One item for each subject that says something of rights; none for pages without RDFa, which then costs
    nothing.
    """
    kept = page.kept.get("rdfa_items")
    if kept is None:
        kept = page.kept["rdfa_items"] = _items(page) if _has_rdfa(page) else []
    found: list[Item] = kept
    return found


def speaks(element: Element, page: Page) -> bool:
    """Whether this element's license statement was read as RDFa."""
    items(page)
    said: frozenset[Element] = page.kept.get("rdfa_licenses", frozenset())
    return element in said


def _has_rdfa(page: Page) -> bool:
    """Properties, links with prefixed words, or a license link inside something that RDFa gives another subject."""
    if page.annotated:
        return True
    climbed: set[Element] = set()
    for link in page.links:
        if any(":" in rel for rel in link.rels):
            return True
        if any(is_license_rel(rel) for rel in link.rels):
            here: Element | None = link.element
            while here is not None and here not in climbed:
                climbed.add(here)
                if any(here.get(attribute) is not None for attribute in _SUBJECTS):
                    return True
                here = here.getparent()
    return False


def _items(page: Page) -> list[Item]:
    made: dict[str, Item] = {}
    types: dict[str, set[str]] = {}
    told: list[tuple[str, Statement]] = []
    for each in statements(page):
        if each.predicate == TYPE:
            types.setdefault(each.subject, set()).add(name_of(each.value))
        else:
            told.append((name_of(each.predicate), each))
    for subject, kinds in types.items():
        made[subject] = Item(subject, frozenset(kinds), "")
    for name, each in told:
        if (name in READ and not _is_meta(each, page)) or (not each.literal and each.value in made):
            made.setdefault(each.subject, Item(each.subject, frozenset(), ""))
    covered: set[Element] = set()
    for name, each in told:
        item = made.get(each.subject)
        if item is None or _is_meta(each, page):
            continue
        value = made.get(each.value) if not each.literal and each.value != each.subject else None
        if item.element is None:
            item.element, item.locator = each.element, page.locate(each.element)
        if value is not None:
            value.hang(name, item)
        if name in READ and _is_stated(each, name):
            if not item.full(name):
                item.say(name, _said(each, name, value, page.locate(each.element)))
            if name == "license":
                covered.add(each.element)
    page.kept["rdfa_licenses"] = frozenset(covered)
    for item in made.values():
        if item.id.startswith("_:"):
            item.id = ""
    return [item for item in made.values() if item.values]


def _is_meta(each: Statement, page: Page) -> bool:
    return each.element.tag == "meta" and same_page(each.subject, page.base)


def _is_stated(each: Statement, name: str) -> bool:
    """Not an empty link, nor an RSL price list for machines, which opt-outs read."""
    if name != "license":
        return True
    href = (each.element.get("href") or each.element.get("resource") or "").strip()
    linked = each.element.get("href") is not None
    return not (linked and (not href or href.startswith("#"))) and "rsl" not in (
        each.element.get("type") or ""
    )


def _said(each: Statement, name: str, value: Item | None, place: str) -> Said:
    text = each.value if not each.literal else " ".join(each.value.split())
    text = text[:_MAX_TEXT]
    if name in ADDRESSES and each.literal:
        text = text.strip()
    quote = quote_of(each.element) if name == "license" else text[:240]
    return Said(text, text, place, quote, each.element, value if not each.literal else None)
