"""Microdata (``itemprop``) and RDFa (``property``): license, author and credit, with the scope of the item
they belong to.

Only local names count: ``cc:license``, ``schema:license`` and the full addresses are one word. Values are
``content``, then ``href``/``resource``/``src``, then the text (RDFa 1.1 §7.5, HTML microdata §5.2.4, as far
as these properties need them).
"""

from __future__ import annotations

import re

from lxml import etree

from crawler.model import Claim, Field, Scope
from crawler.reading.html import Element, Page, quote_of, text_of
from crawler.reading.license_claims import stated
from crawler.reading.rel_license import is_license_rel
from crawler.reading.scope import scope_of

_PROPERTIES = etree.XPath("//*[@itemprop or (@property and not(self::meta))]")
_FIELDS = {
    "license": Field.LICENSE,
    "author": Field.AUTHOR,
    "creator": Field.AUTHOR,
    "attributionname": Field.AUTHOR,
    "credittext": Field.CREDIT,
    "copyrightnotice": Field.COPYRIGHT_NOTICE,
    "rightsholder": Field.COPYRIGHT_NOTICE,
}
_LOCAL = re.compile(r"^.*[:/#]")


def read(page: Page) -> list[Claim]:
    """Claims of all properties of the page that we know."""
    if page.root is None:
        return []
    claims: list[Claim] = []
    found = _PROPERTIES(page.root) if page.annotated else []
    # <meta property> without itemprop is collected already; of these RDFa's few names are taken
    metas = [m.element for m in page.metas if _LOCAL.sub("", m.key) in _FIELDS and m.element.get("property")]
    for element in [*(found if isinstance(found, list) else ()), *metas]:
        names = element.get("itemprop") or element.get("property") or ""
        for name in dict.fromkeys(_LOCAL.sub("", word.lower()) for word in names.split()):
            field = _FIELDS.get(name)
            if field is not None:
                claims += _claims(element, page, field)
    return claims


def _claims(element: Element, page: Page, field: Field) -> list[Claim]:
    if field is Field.LICENSE and any(
        is_license_rel(rel) for rel in (element.get("rel") or "").lower().split()
    ):
        return []  # <a itemprop=license rel=license>: rel_license has read it
    scope = scope_of(element, page)
    if scope is None:
        return []
    raw = _value(element, page)
    if field is Field.LICENSE:
        claim = stated(raw, scope, page.locate(element), quote_of(element), pointer=True)
        return [claim] if claim is not None else []
    text = _person(element) if field is Field.AUTHOR else raw
    if not text or scope is Scope.SITE:
        return []
    return [Claim(field, text, text, scope, page.locate(element))]


def _value(element: Element, page: Page) -> str:
    content = element.get("content")
    if content is not None:
        return content.strip()
    for attribute in ("resource", "href", "src"):
        address = element.get(attribute)
        if address:
            return page.absolute(address.strip())
    return text_of(element, 500)


def _person(element: Element) -> str:
    """A person's name: the item's own ``name`` where it is an item, else its text."""
    if element.get("content"):
        return (element.get("content") or "").strip()
    for inner in element.iter():
        if "name" in (inner.get("itemprop") or "").split():
            return (inner.get("content") or text_of(inner, 200)).strip()
    return text_of(element, 200)
