"""The license blocks of a Commons file page → claims.

Machine-readable marks by the templates (Commons:Machine-readable data): ``.licensetpl`` with ``_short``, ``_long``,
``_link``, ``_attr``, ``_attr_req``, ``_nonfree``. Several license blocks are a choice, unless some are public domain
and others not: then all hold together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import first_known
from crawler.reading.pages.html import Element, Page, quote_of, text_of
from crawler.reading.words.plain_text import shown

_BLOCKS = etree.XPath("//*[contains(concat(' ', normalize-space(@class), ' '), ' licensetpl ')]")
_MARKS = etree.XPath("//*[contains(@class, 'licensetpl_')]")
_NON_FREE = re.compile(r"imbox-license|non-free", re.IGNORECASE)
_NAMES = frozenset({"short", "long", "link", "attr", "attr_req", "nonfree"})


@dataclass(frozen=True, slots=True)
class Block:
    """One license block: its marks as text ("" where absent) and the element it is."""

    short: str
    long: str
    link: str
    attribution: str
    attribution_required: str
    non_free: bool
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
    marks: dict[Element, dict[str, str]] = {element: {} for element in elements(_BLOCKS(page.root))}
    for mark in elements(_MARKS(page.root)):
        for word in (mark.get("class") or "").split():
            name = word.removeprefix("licensetpl_")
            if name in _NAMES:
                marks.setdefault(_block_of(mark, marks), {}).setdefault(name, text_of(mark, 2_000))
    return [
        Block(
            m.get("short", ""),
            m.get("long", ""),
            m.get("link", ""),
            m.get("attr", ""),
            m.get("attr_req", ""),
            m.get("nonfree", "").lower() in ("1", "true", "yes"),
            element,
        )
        for element, m in marks.items()
    ]


def _block_of(mark: Element, known: dict[Element, dict[str, str]]) -> Element:
    for outer in mark.iterancestors():
        if outer in known:
            return outer
    parent = mark.getparent()
    return mark if parent is None else parent


def claims(page: Page) -> list[Claim]:
    """License claims of all blocks, the choice they leave, non-free marks and the credit they ask for."""
    found: list[Claim] = []
    asked: list[Claim] = []
    for block in blocks(page):
        place = page.locate(block.element)
        quote = "; ".join(text for text in (block.short, block.long, block.link) if text) or quote_of(
            block.element
        )
        if block.marked:
            value, raw = first_known([block.link, block.short, block.long])
            found.append(Claim(Field.LICENSE, value, raw, Scope.IMAGE, place, quote))
            if block.attribution:
                asked.append(
                    Claim(Field.CREDIT, shown(block.attribution), block.attribution, Scope.IMAGE, place)
                )
        elif _NON_FREE.search(block.element.get("class") or ""):
            found.append(Claim(Field.LICENSE, None, quote[:200], Scope.IMAGE, place, quote))
        if block.non_free or (not block.marked and _NON_FREE.search(block.element.get("class") or "")):
            asked.append(Claim(Field.RESTRICTION, "non-free", quote[:200], Scope.IMAGE, place, quote))
    return found + choice(found) + list(dict.fromkeys(asked))


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


def elements(value: object) -> list[Element]:
    """The elements among what an XPath gave."""
    return [item for item in value if isinstance(item, etree._Element)] if isinstance(value, list) else []
