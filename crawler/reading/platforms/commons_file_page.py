"""The HTML of a Commons file page, whole, mobile or from ``action=parse`` → claims."""

from __future__ import annotations

import re

from crawler.model import Claim, Field, Scope
from crawler.reading.pages.html import Page
from crawler.reading.platforms import commons_information, commons_licenses, commons_notices
from crawler.reading.words import said_in_words
from crawler.reading.words.plain_text import shown

# Wikidata's form of a date, hidden behind the one for people
_MACHINE_DATE = re.compile(r"\s*date QS:P[0-9]+,.*$", re.DOTALL)


def claims(page: Page) -> list[Claim]:
    """All claims of a file page."""
    if page.root is None:
        return []
    found = commons_licenses.claims(page)
    for index, (who, cell) in enumerate(commons_information.authors(page)):
        field = Field.CREDIT if index else Field.AUTHOR
        found.append(Claim(field, shown(who) or None, who, Scope.IMAGE, page.locate(cell)))
    taken = commons_information.date(page)
    if taken is not None:
        said = _MACHINE_DATE.sub("", taken[0])
        found.append(Claim(Field.TAKEN, said, taken[0], Scope.IMAGE, page.locate(taken[1])))
    for name in ("desc", "perm"):
        for cell in commons_information.cells(page, name)[:1]:
            text = commons_information.in_english(cell, 2_000)
            if name == "desc" and text:
                found.append(
                    Claim(
                        Field.DESCRIPTION,
                        shown(text) or None,
                        text,
                        Scope.IMAGE,
                        page.locate(cell),
                        text[:240],
                    )
                )
            found += said_in_words.from_text(text, Scope.IMAGE, page.locate(cell))
    return list(dict.fromkeys([*found, *commons_notices.claims(page)]))


def is_file_page(page: Page, found: list[Claim]) -> bool:
    """Whether this is a file's page at all, though it may state no license: something of its templates was read, or
    it has the parts that MediaWiki gives to every file.
    """
    if any(claim.field in _OF_A_FILE for claim in found):
        return True
    ids = ("filehistory", "filelinks", "filetoc")
    return page.root is not None and any(page.root.find(f".//*[@id='{name}']") is not None for name in ids)


_OF_A_FILE = frozenset(
    {
        Field.LICENSE,
        Field.AUTHOR,
        Field.TAKEN,
        Field.DESCRIPTION,
        Field.DELETION_REQUEST,
        Field.LICENSE_REVIEW,
    }
)
