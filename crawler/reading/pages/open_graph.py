"""``<meta>``: Dublin Core, Open Graph, and the plain names sites use for rights and authors.

A license named in a ``<meta>`` is about the page (DCMI "Expressing Dublin Core in HTML", 2008): scope
``page``. A text such as "All rights reserved" or "© 2019 A. Person" in ``copyright`` is a notice; it becomes
a license claim only if it names a license.
"""

from __future__ import annotations

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import stated
from crawler.reading.pages.html import Page

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
            claim = stated(meta.value, Scope.PAGE, page.locate(meta.element), meta.value[:200], pointer=True)
            claims += [claim] if claim is not None else []
        elif meta.key in _NOTICES:
            claim = stated(meta.value, Scope.PAGE, page.locate(meta.element), meta.value[:200])
            if claim is not None and claim.value is not None:
                claims.append(claim)
            claims.append(
                Claim(Field.COPYRIGHT_NOTICE, meta.value, meta.value, Scope.PAGE, page.locate(meta.element))
            )
        elif meta.key in _FIELDS:
            claims.append(
                Claim(_FIELDS[meta.key], meta.value, meta.value, Scope.PAGE, page.locate(meta.element))
            )
    return claims
