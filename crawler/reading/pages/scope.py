"""Whose statement is it: the image's, the page's or the whole site's? Decided by where it stands in the tree.

Inside ``<figure>`` or an element that describes an image (itemscope, typeof, about an image address): the
image's. In a footer, navigation or sidebar that isn't an article's own: the site's. Anywhere else: the
page's. Nobody's here (``None``): about another page, in a figure that is known to show another picture, in
comments, quotations, embedded posts, and lists of related works.
"""

from __future__ import annotations

import re
from typing import NamedTuple

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

_LONGEST_NAMES = 1_000
_LONGEST_TYPES = 1_000


def is_image_type(types: str) -> bool:
    """Whether an itemtype, typeof or @type value names an image."""
    return _IMAGE_TYPE.search(types[:_LONGEST_TYPES]) is not None


def others_key(page: Page) -> str:
    """Under which ``Page.kept`` has the elements that describe other pictures than the one asked for."""
    return f"other pictures than {page.asked}"


class _Around(NamedTuple):
    """What an element and all around it say of a statement inside. ``others``: it is somebody else's, whatever else
    is said. ``decided``: the nearest thing that decides has spoken, for ``scope`` or for nobody. ``site``: a part of
    the site's own furniture, which counts where nothing decides.
    """

    others: bool = False
    decided: bool = False
    scope: Scope | None = None
    site: bool = False


_OUTSIDE = _Around()


def scope_of(element: Element, page: Page) -> Scope | None:
    """The scope of a statement that stands in this element; ``None`` when it is about something else."""
    parent = element.getparent()
    found = _with(element, page, _OUTSIDE if parent is None else _around(parent, page), itself=True)
    if found.others:
        return None
    if found.decided:
        return found.scope
    return Scope.SITE if found.site else Scope.PAGE


def _around(element: Element, page: Page) -> _Around:
    """Worked out once for each element: a page may have thousands of statements, a thousand levels deep."""
    others = page.kept.get(others_key(page))
    known: tuple[object, dict[Element, _Around]] | None = page.kept.get(f"scopes for {page.asked}")
    if known is None or known[0] is not others:
        known = page.kept[f"scopes for {page.asked}"] = (others, {})
    memory = known[1]
    climbed: list[Element] = []
    here: Element | None = element
    while here is not None and here not in memory:
        climbed.append(here)
        here = here.getparent()
    found = _OUTSIDE if here is None else memory[here]
    for each in reversed(climbed):
        found = memory[each] = _with(each, page, found, itself=False)
    return found


def _with(element: Element, page: Page, outside: _Around, *, itself: bool) -> _Around:
    """What one element adds to what is said around it; the nearest thing decides, unless all of it is others'.
    ``itself``: the statement stands on this very element, whose ``itemid`` is then the statement's value.
    """
    if outside.others:
        return outside
    get = element.get
    tag = str(element.tag)
    names = f"{get('id') or ''} {get('class') or ''}"[:_LONGEST_NAMES] if element.attrib else ""
    if tag == "blockquote" or (len(names) > 1 and _is_others(names, tag)):
        return outside._replace(others=True)
    about = get("about")
    if about is None and not itself:
        about = get("itemid")
    if about is not None:
        return _Around(decided=True, scope=_about(about, page, element))
    if _is_image(element):
        foreign = element in page.kept.get(others_key(page), ())
        return _Around(decided=True, scope=None if foreign else Scope.IMAGE)
    if tag == "figure":
        return _Around(decided=True, scope=None if is_foreign(element, page) else Scope.IMAGE)
    if tag in ("article", "main"):
        return _Around(decided=True, scope=Scope.PAGE)
    if outside.decided or outside.site:
        return outside
    site = tag in ("footer", "nav", "aside") or get("role") == "contentinfo" or _is_site_box(names, tag)
    return outside._replace(site=True) if site else outside


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
