"""``<meta>``: Dublin Core, Open Graph, and the plain names sites use for rights and authors.

A license named in a ``<meta>`` is about the page (DCMI "Expressing Dublin Core in HTML", 2008): scope
``page``. A text such as "All rights reserved" or "© 2019 A. Person" in ``copyright`` is a notice; it becomes
a license claim only if it names a license.
"""

from __future__ import annotations

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import statements
from crawler.reading.pages.html import Meta, Page
from crawler.reading.words.plain_text import shown

_POINTERS = frozenset(
    {
        "dcterms.license",
        "dc.rights.license",
        "dc.license",
        "license",
        "licence",
        "cc:license",
        "dct:license",
        "dcterms:license",
    }
)
_NOTICES = frozenset(
    {
        "dc.rights",
        "dcterms.rights",
        "dc.rights.rightsholder",
        "rights",
        "copyright",
        "dcterms.accessrights",
        "dc:rights",
    }
)
_FIELDS = {
    "dc.creator": Field.AUTHOR,
    "dcterms.creator": Field.AUTHOR,
    "author": Field.AUTHOR,
    "og:title": Field.TITLE,
    "dc.title": Field.TITLE,
    "og:url": Field.PAGE_URL,
}


def read(page: Page) -> list[Claim]:
    """Claims of the page's ``<meta>`` elements."""
    claims: list[Claim] = []
    for meta in page.metas:
        if not meta.value:
            continue
        if meta.key in _POINTERS:
            claims += statements(
                meta.value, Scope.PAGE, page.locate(meta.element), meta.value[:200], pointer=True
            )
        elif meta.key in _NOTICES:
            named = statements(meta.value, Scope.PAGE, page.locate(meta.element), meta.value[:200])
            claims += [claim for claim in named if claim.value is not None]
            claims.append(
                Claim(Field.COPYRIGHT_NOTICE, meta.value, meta.value, Scope.PAGE, page.locate(meta.element))
            )
        elif meta.key in _FIELDS:
            claims.append(
                Claim(_FIELDS[meta.key], _value(meta), meta.value, Scope.PAGE, page.locate(meta.element))
            )
    return claims


def _value(meta: Meta) -> str | None:
    return meta.value if _FIELDS[meta.key] is Field.PAGE_URL else shown(meta.value) or None
