"""iNaturalist's page of one photo, as captured about 2021: title, attribution, the observations it belongs to.

Only the page of a photo with all rights reserved was seen ("© Ben Vasquez / all rights reserved"). What the
page of a licensed photo looks like was not, so no license is read from one: whoever reads this page is told
which observation to ask the API about instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import recognised
from crawler.reading.pages.html import Element, Page
from crawler.reading.words.plain_text import shown

_RESERVED = "LicenseRef-all-rights-reserved"
_HEADING = re.compile(r"Photo ([0-9]+)\s*,")
_OBSERVATION = re.compile(r"/observations/([0-9]+)")
_HOLDER = re.compile(r"(?:\(c\)|©)\s*(.+?)(?:,\s*|\s+)(?:some|all|no) rights reserved\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """``number`` is the photo the page itself names; ``observations`` the ids of those it belongs to; ``rights``
    what stands under "Attribution".
    """

    number: str
    rights: str
    observations: tuple[str, ...]
    claims: tuple[Claim, ...]
    reserved: bool


def read(page: Page) -> PhotoPage | None:
    """``None`` when this is not the layout we know."""
    heading = _HEADING.search(page.title)
    rights = _first(page, "//span[contains(concat(' ', @class, ' '), ' rights ')]")
    if heading is None or rights is None or page.root is None:
        return None
    text = " ".join(" ".join(str(piece) for piece in rights.itertext()).split())[:300]
    found = recognised(text)
    reserved = found.license is not None and found.license.id == _RESERVED
    claims: list[Claim] = []
    if reserved:
        claims.append(
            Claim(Field.LICENSE, _RESERVED, text, Scope.IMAGE, page.locate(rights), page.title[:240])
        )
    holder = _HOLDER.fullmatch(text)
    if holder is not None:
        claims.append(Claim(Field.AUTHOR, shown(holder[1]), text, Scope.IMAGE, page.locate(rights), text))
    uploader = _first(page, "//a[contains(concat(' ', @class, ' '), ' nickname ')][@href]")
    if uploader is not None:
        address = page.absolute(uploader.get("href") or "")
        claims.append(
            Claim(Field.AUTHOR_URL, address, uploader.get("href") or "", Scope.IMAGE, page.locate(uploader))
        )
    return PhotoPage(heading[1], text, _observations(page), tuple(claims), reserved)


def _first(page: Page, path: str) -> Element | None:
    found = page.root.xpath(path) if page.root is not None else []
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, Element) else None


def _observations(page: Page) -> tuple[str, ...]:
    cells = (
        page.root.xpath("//td[contains(@class, 'observations')]//a/@href") if page.root is not None else []
    )
    paths = (_OBSERVATION.fullmatch(str(href)) for href in (cells if isinstance(cells, list) else []))
    return tuple(sorted({match[1] for match in paths if match is not None}, key=int))
