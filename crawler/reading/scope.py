"""Whose statement is it: the image's, the page's or the whole site's? Decided by where it stands in the tree.

Inside ``<figure>`` or an element that describes an image (itemscope, typeof, about an image address): the
image's. In a footer, navigation or sidebar that isn't an article's own: the site's. Anywhere else: the
page's. About another page: nobody's here (``None``).
"""

from __future__ import annotations

import re

from crawler.model import Scope
from crawler.reading.html import Element, Page

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg|jxl)(?:[?#].*)?$", re.IGNORECASE)
_IMAGE_TYPE = re.compile(
    r"(?:^|[/#:\s])(?:ImageObject|Photograph|Photo|Image|StillImage|VisualArtwork|Painting|Drawing|MediaObject)\b"
)
_SITE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:footer|colophon|contentinfo|site-?info|sidebar|navigation|navbar|nav|menu|masthead|copyright-bar|"
    r"site-footer|page-footer|global-footer|credits-bar|cookie[\w-]*|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)


def is_picture(url: str) -> bool:
    """Whether this address names a picture file."""
    return _PICTURE.search(url) is not None


def is_image_type(types: str) -> bool:
    """Whether an itemtype, typeof or @type value names an image."""
    return _IMAGE_TYPE.search(types) is not None


def scope_of(element: Element, page: Page) -> Scope | None:
    """The scope of a statement that stands in this element; ``None`` when it is about another page."""
    site = False
    node: Element | None = element
    while node is not None:
        about = node.get("about")
        if about is None and node is not element:
            about = node.get("itemid")
        if about is not None:
            return _about(about, page, node)
        types = node.get("itemtype") or node.get("typeof")
        if types and is_image_type(types):
            return Scope.IMAGE
        tag = node.tag
        if tag == "figure":
            return Scope.IMAGE
        if tag in ("article", "main"):
            return Scope.PAGE
        if not site:
            site = (
                tag in ("footer", "nav", "aside") or node.get("role") == "contentinfo" or _is_site_box(node)
            )
        node = node.getparent()
    return Scope.SITE if site else Scope.PAGE


def _is_site_box(node: Element) -> bool:
    names = f"{node.get('id') or ''} {node.get('class') or ''}"
    return node.tag not in ("html", "body") and len(names) > 1 and _SITE_WORDS.search(names) is not None


def _about(about: str, page: Page, node: Element) -> Scope | None:
    address = page.absolute(about).partition("#")[0]
    if address == page.url.partition("#")[0] or about.startswith("#"):
        types = node.get("typeof") or node.get("itemtype") or ""
        return Scope.IMAGE if is_image_type(types) else Scope.PAGE
    if is_picture(address):
        return Scope.IMAGE
    types = node.get("typeof") or node.get("itemtype") or ""
    return Scope.IMAGE if is_image_type(types) else None
