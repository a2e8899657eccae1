"""Whose statement is it: the image's, the page's or the whole site's? Decided by where it stands in the tree.

Inside ``<figure>`` or an element that describes an image (itemscope, typeof, about an image address): the
image's. In a footer, navigation or sidebar that isn't an article's own: the site's. Anywhere else: the
page's. Nobody's here (``None``): about another page, in a figure that is known to show another picture, in
comments, quotations, embedded posts, and lists of related works.
"""

from __future__ import annotations

import re

from crawler.model import Scope
from crawler.reading.pages.figures import is_foreign
from crawler.reading.pages.html import Element, Page
from crawler.reading.pages.picture_urls import is_picture

_IMAGE_TYPE = re.compile(
    r"(?:^|[/#:\s])(?:ImageObject|Photograph|Photo|Image|StillImage|VisualArtwork|Painting|Drawing|MediaObject)\b"
)
_SITE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:footer|colophon|contentinfo|site-?info|sidebar|navigation|navbar|nav|menu|masthead|copyright-bar|"
    r"site-footer|page-footer|global-footer|credits-bar|cookie[\w-]*|banner|widget|widget-area)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Whole class names and ids, for "comments-open" says nothing of what stands inside.
_OTHERS = frozenset(
    {
        "comment",
        "comments",
        "comment-body",
        "comment-content",
        "comment-list",
        "comment-text",
        "commentlist",
        "comments-area",
        "comments-section",
        "disqus_thread",
        "facebook-post",
        "fb-post",
        "guestbook",
        "instagram-media",
        "mastodon-embed",
        "more-from",
        "pingback",
        "recommended",
        "recommendations",
        "reddit-card",
        "related",
        "related-images",
        "related-photos",
        "related-posts",
        "replies",
        "tiktok-embed",
        "trackback",
        "twitter-tweet",
        "tumblr-post",
    }
)


def is_image_type(types: str) -> bool:
    """Whether an itemtype, typeof or @type value names an image."""
    return _IMAGE_TYPE.search(types) is not None


def others_key(page: Page) -> str:
    """Under which ``Page.kept`` has the elements that describe other pictures than the one asked for."""
    return f"other pictures than {page.asked}"


def scope_of(element: Element, page: Page) -> Scope | None:
    """The scope of a statement that stands in this element; ``None`` when it is about something else."""
    site = False
    found: Scope | None = None  # the nearest thing decides, unless all of it is somebody else's
    node: Element | None = element
    while node is not None:
        get = node.get
        names = f"{get('id') or ''} {get('class') or ''}" if node.attrib else ""
        tag = node.tag
        if tag == "blockquote" or (len(names) > 1 and _is_others(names, str(tag))):
            return None
        if found is None:
            about = get("about")
            if about is None and node is not element:
                about = get("itemid")
            if about is not None:
                found = _about(about, page, node)
                if found is None:
                    return None
            elif _is_image(node):
                if node in page.kept.get(others_key(page), ()):
                    return None
                found = Scope.IMAGE
            elif tag == "figure":
                if is_foreign(node, page):
                    return None
                found = Scope.IMAGE
            elif tag in ("article", "main"):
                found = Scope.PAGE
            elif not site:
                site = (
                    tag in ("footer", "nav", "aside")
                    or get("role") == "contentinfo"
                    or _is_site_box(names, str(tag))
                )
        node = node.getparent()
    return found or (Scope.SITE if site else Scope.PAGE)


def _is_image(node: Element) -> bool:
    types = node.get("itemtype") or node.get("typeof")
    return types is not None and is_image_type(types)


def _is_others(names: str, tag: str) -> bool:
    return tag not in ("html", "body") and not _OTHERS.isdisjoint(names.lower().split())


def _is_site_box(names: str, tag: str) -> bool:
    return tag not in ("html", "body") and len(names) > 1 and _SITE_WORDS.search(names) is not None


def _about(about: str, page: Page, node: Element) -> Scope | None:
    address = page.absolute(about).partition("#")[0]
    types = node.get("typeof") or node.get("itemtype") or ""
    if is_picture(address) or is_image_type(types):
        return Scope.IMAGE
    return Scope.PAGE if address == page.url.partition("#")[0] or about.startswith("#") else None
