"""The HTML of a Commons file page, whole or from ``action=parse`` → claims.

Machine-readable marks by the templates (Commons:Machine-readable data): ``.licensetpl`` with ``_short``,
``_long``, ``_link``, ``_attr_req``; the author in the cell after ``#fileinfotpl_aut``; ``.nuke`` for an open
deletion request; ``restriction-*`` for limits other than copyright. Several license blocks are a choice,
unless some are public domain and others not: then all hold together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from crawler.model import Basis, Claim, Field, Scope
from crawler.reading.html import Element, Page, quote_of, text_of
from crawler.reading.license_claims import first_known

_BLOCKS = etree.XPath("//*[contains(concat(' ', normalize-space(@class), ' '), ' licensetpl ')]")
_MARKS = etree.XPath("//*[contains(@class, 'licensetpl_')]")
_RESTRICTED = etree.XPath("//*[contains(@class, 'restriction-')]")
_NUKE = etree.XPath("//*[contains(concat(' ', normalize-space(@class), ' '), ' nuke ')]")
_PERSONALITY = etree.XPath(
    "//img[@alt='Personality rights'] | //*[contains(@class, 'restriction-personality')]"
)
_AUTHOR = etree.XPath("//*[@id='fileinfotpl_aut']/following-sibling::*[1]")
_DATE = etree.XPath("//*[@id='fileinfotpl_date']/following-sibling::*[1]")
_REVIEW = re.compile(
    r"It was reviewed on (.{6,40}?) by (\S.{0,60}?) and was confirmed to be licensed "
    r"under the terms of the ([\w.-]+?)\.?(?:\s|$)"
)
_STOPPED = re.compile(r"has since stopped distributing the file under this license")
_NON_FREE = re.compile(r"imbox-license|non-free", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One license block: its marks as text ("" where absent) and the element it is."""

    short: str
    long: str
    link: str
    attribution_required: str
    element: Element

    @property
    def marked(self) -> bool:
        """Whether it has any mark at all; non-free files have an empty block."""
        return bool(self.short or self.long or self.link)


def blocks(page: Page) -> list[Block]:
    """The license blocks of a page, in order. Marks outside every block (some public-domain templates) make
    one with their parent.
    """
    if page.root is None:
        return []
    marks: dict[Element, dict[str, str]] = {element: {} for element in _elements(_BLOCKS(page.root))}
    for mark in _elements(_MARKS(page.root)):
        for word in (mark.get("class") or "").split():
            name = word.removeprefix("licensetpl_")
            if name in ("short", "long", "link", "attr_req"):
                marks.setdefault(_block_of(mark, marks), {}).setdefault(name, text_of(mark))
    return [
        Block(m.get("short", ""), m.get("long", ""), m.get("link", ""), m.get("attr_req", ""), element)
        for element, m in marks.items()
    ]


def _block_of(mark: Element, known: dict[Element, dict[str, str]]) -> Element:
    for outer in mark.iterancestors():
        if outer in known:
            return outer
    parent = mark.getparent()
    return mark if parent is None else parent


def authors(page: Page) -> list[str]:
    """One text per author cell that has one: the first is the file's author, further ones are of further
    templates (object, photograph).
    """
    if page.root is None:
        return []
    return list(dict.fromkeys(name for name in map(_name, _elements(_AUTHOR(page.root))) if name))


def _name(cell: Element) -> str:
    """A cell's text; of creator templates the names alone, several joined by " / "."""
    cards = [e for e in cell.iter() if "vcard" in (e.get("class") or "").split()]
    named = [name for name in map(_formatted_name, cards or [cell]) if name]
    return " / ".join(dict.fromkeys(named)) or _in_english(cell)


def _formatted_name(card: Element) -> str:
    """The innermost first element of class ``fn`` (hCard)."""
    named = [e for e in card.iter() if "fn" in (e.get("class") or "").split()]
    for element in named:
        if not any(inner is not element and inner in named for inner in element.iter()):
            return text_of(element)
    return ""


def date(page: Page) -> str:
    """The date cell: the machine form of its ``<time>`` where there is one, else its text."""
    if page.root is None:
        return ""
    for cell in _elements(_DATE(page.root)):
        for inner in cell.iter("time"):
            if inner.get("datetime"):
                return inner.get("datetime") or ""
        return _in_english(cell)
    return ""


def _in_english(cell: Element) -> str:
    """The text of a cell; of one that says the same in several languages the English, else the first, without
    its label.
    """
    spoken = [
        e for e in cell.iter("div") if "description" in (e.get("class") or "").split() and e.get("lang")
    ]
    if not spoken:
        return text_of(cell, 500)
    chosen = next((e for e in spoken if e.get("lang") == "en"), spoken[0])
    label = next((e for e in chosen.iter("span") if "language" in (e.get("class") or "").split()), None)
    text = text_of(chosen, 500)
    return text.removeprefix(text_of(label)).strip() if label is not None else text


def nominated(page: Page) -> bool:
    """Whether a deletion request is open."""
    return page.root is not None and bool(_elements(_NUKE(page.root)))


def restrictions(page: Page) -> list[str]:
    """Words of the ``restriction-*`` classes, sorted."""
    if page.root is None:
        return []
    words = {
        word.removeprefix("restriction-")
        for element in _elements(_RESTRICTED(page.root))
        for word in (element.get("class") or "").split()
        if word.startswith("restriction-")
    }
    return sorted(words)


def claims(page: Page) -> list[Claim]:
    """All claims of a file page."""
    if page.root is None:
        return []
    found = _licenses(page)
    for index, who in enumerate(authors(page)):
        place = f"(//*[@id='fileinfotpl_aut']/following-sibling::*[1])[{index + 1}]"
        found.append(Claim(Field.CREDIT if index else Field.AUTHOR, who, who, Scope.IMAGE, place))
    taken = date(page)
    if taken:
        found.append(
            Claim(
                Field.TAKEN, taken, taken, Scope.IMAGE, "//*[@id='fileinfotpl_date']/following-sibling::*[1]"
            )
        )
    for word in restrictions(page):
        found.append(
            Claim(
                Field.RESTRICTION,
                word,
                f"restriction-{word}",
                Scope.IMAGE,
                f"//*[contains(@class,'restriction-{word}')]",
            )
        )
    for element in _elements(_PERSONALITY(page.root))[:1]:
        place, quote = page.locate(element), quote_of(element)
        found.append(Claim(Field.PEOPLE, "identifiable", "Personality rights", Scope.IMAGE, place, quote))
        if "personality" not in restrictions(page):
            found.append(
                Claim(Field.RESTRICTION, "personality", "Personality rights", Scope.IMAGE, place, quote)
            )
    for element in _elements(_NUKE(page.root))[:1]:
        text = text_of(element)
        found.append(Claim(Field.DELETION_REQUEST, "open", text, Scope.IMAGE, page.locate(element), text))
    return found + _reviews(page)


def _licenses(page: Page) -> list[Claim]:
    found: list[Claim] = []
    for block in blocks(page):
        place = page.locate(block.element)
        quote = "; ".join(text for text in (block.short, block.long, block.link) if text) or quote_of(
            block.element
        )
        if block.marked:
            value, raw = first_known([block.link, block.short, block.long])
            found.append(Claim(Field.LICENSE, value, raw, Scope.IMAGE, place, quote))
        elif _NON_FREE.search(block.element.get("class") or ""):
            found.append(Claim(Field.LICENSE, None, quote[:200], Scope.IMAGE, place, quote))
            found.append(Claim(Field.RESTRICTION, "non-free", quote[:200], Scope.IMAGE, place, quote))
    return found + choice(found)


def choice(licenses: list[Claim]) -> list[Claim]:
    """The claim that these licenses are offered to choose from; none when they must all be kept together."""
    ids = sorted({c.value for c in licenses if c.field is Field.LICENSE and c.value is not None})
    free = [x for x in ids if x in _PUBLIC_DOMAIN]
    if len(ids) < 2 or (free and len(free) != len(ids)):
        return []
    joined = " OR ".join(ids)
    return [Claim(Field.LICENSE_CHOICE, joined, joined, Scope.IMAGE, licenses[0].locator)]


_PUBLIC_DOMAIN = frozenset(
    {"LicenseRef-public-domain", "CC-PDM-1.0", "CC0-1.0", "LicenseRef-us-government-work"}
)


def _reviews(page: Page) -> list[Claim]:
    """A reviewer's word that the source had this license on a day: evidence of then, not of now."""
    text = text_of(page.root, 200_000) if page.root is not None else ""
    found: list[Claim] = []
    for match in _REVIEW.finditer(text):
        value, _ = first_known([match.group(3)])
        place = "//*[@id='FlickrReview']"
        found.append(
            Claim(
                Field.LICENSE_REVIEW, value, match.group(0).strip(), Scope.IMAGE, place, basis=Basis.HISTORY
            )
        )
    if _STOPPED.search(text):
        raw = "has since stopped distributing the file under this license"
        found.append(
            Claim(
                Field.LICENSE_REVIEW, "changed-at-source", raw, Scope.IMAGE, "//text()", basis=Basis.HISTORY
            )
        )
    return found


def _elements(value: object) -> list[Element]:
    return [item for item in value if isinstance(item, etree._Element)] if isinstance(value, list) else []
