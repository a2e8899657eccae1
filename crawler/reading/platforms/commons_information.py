"""Author and date of a Commons file page, from its information templates.

Both markups are read: a label cell with the id ``fileinfotpl_aut`` and the cell after it, and, in newer templates,
elements of that class inside ``.fileinfotpl``. A page may have several such templates, of the photograph and of the
thing it shows: ``fileinfotpl-type-photograph`` speaks of the picture before ``-information``, that before
``-artwork``, and a book's only when it is alone (CommonsMetadata's TemplateParser, 2026-06-14).
"""

from __future__ import annotations

from lxml import etree

from crawler.reading.pages.html import Element, Page, text_of
from crawler.reading.platforms.commons_licenses import elements

_LABELED = etree.XPath("//*[@id=concat('fileinfotpl_', $name)]/following-sibling::*[1]")
_CLASSED = etree.XPath(
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' fileinfotpl ')]"
    "//*[contains(concat(' ', normalize-space(@class), ' '), concat(' fileinfotpl_', $name, ' '))]"
)
_ORDER = ("fileinfotpl-type-photograph", "fileinfotpl-type-information", "fileinfotpl-type-artwork")
_BOOK = "fileinfotpl-type-book"


def cells(page: Page, name: str) -> list[Element]:
    """The cells of a field ("aut", "date", "desc", "perm"), the one that speaks most of the picture first."""
    if page.root is None:
        return []
    given = [*elements(_LABELED(page.root, name=name)), *elements(_CLASSED(page.root, name=name))]
    unique = list(dict.fromkeys(given))
    typed = [(_type(cell), cell) for cell in unique]
    if any(kind != _BOOK for kind, _ in typed):
        typed = [(kind, cell) for kind, cell in typed if kind != _BOOK]
    return [cell for _, cell in sorted(typed, key=lambda pair: _rank(pair[0]))]


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _type(cell: Element) -> str:
    """The type of the template a cell stands in, "" when none is named."""
    for outer in cell.iterancestors():
        for word in (outer.get("class") or "").split():
            if word.startswith("fileinfotpl-type-"):
                return word
    return ""


def authors(page: Page) -> list[tuple[str, Element]]:
    """One text per author cell that has one, and its cell: the first is the file's author, further ones are of
    further templates (object, photograph).
    """
    found: dict[str, Element] = {}
    for cell in cells(page, "aut"):
        name = _name(cell)
        if name:
            found.setdefault(name, cell)
    return list(found.items())


def _name(cell: Element) -> str:
    """A cell's text; of creator templates the names alone, several joined by " / "."""
    cards = [e for e in cell.iter() if "vcard" in (e.get("class") or "").split()]
    named = [name for name in map(_formatted_name, cards or [cell]) if name]
    return " / ".join(dict.fromkeys(named)) or in_english(cell)


def _formatted_name(card: Element) -> str:
    """The innermost first element of class ``fn`` (hCard)."""
    named = [e for e in card.iter() if "fn" in (e.get("class") or "").split()]
    for element in named:
        if not any(inner is not element and inner in named for inner in element.iter()):
            return text_of(element)
    return ""


def date(page: Page) -> tuple[str, Element] | None:
    """The date cell: the machine form of its ``<time>`` where there is one, else its text."""
    for cell in cells(page, "date"):
        for inner in cell.iter("time"):
            if inner.get("datetime"):
                return inner.get("datetime") or "", cell
        text = in_english(cell)
        return (text, cell) if text else None
    return None


def in_english(cell: Element, limit: int = 500) -> str:
    """The text of a cell; of one that says the same in several languages the English, else the first, without
    its label.
    """
    spoken = [
        e for e in cell.iter("div") if "description" in (e.get("class") or "").split() and e.get("lang")
    ]
    if not spoken:
        return text_of(cell, limit)
    chosen = next((e for e in spoken if e.get("lang") == "en"), spoken[0])
    label = next((e for e in chosen.iter("span") if "language" in (e.get("class") or "").split()), None)
    text = text_of(chosen, limit)
    return text.removeprefix(text_of(label)).strip() if label is not None else text
