"""Everything that travels with one answer: all header carriers, and all carriers in an HTML page.

The entrance for readers of pages and pictures: ``from_headers`` for every answer, ``from_page`` for HTML. What a
page's markup says covers the page, for an image on it only the image's own headers count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from lxml import etree

from crawler.opt_outs import content_usage, robots_directives, rsl_links, tdmrep
from crawler.opt_outs.agents import PRODUCT, ai_tokens, token
from crawler.opt_outs.signal import Signal

Element = etree._Element

#: Carriers that are read wherever headers, or a page, are in hand: words of ``Field.OPT_OUT_CARRIERS``.
HEADER_CARRIERS: Final = ("content-usage-header", "rsl-header", "tdm-header", "x-robots-tag")
PAGE_CARRIERS: Final = ("meta-robots", "rsl-link", "tdm-meta")

_FIELDS = frozenset({"content-usage", "link", "tdm-reservation", "tdm-policy", "x-robots-tag"})
_NAMES = frozenset({"robots", "x-robots-tag", "tdm-reservation", "tdm-policy"})
#: What stands inside is text or a stencil, not part of the page (HTML standard §4.12.3, §13.2.5).
_INERT = frozenset({"template", "textarea", "title", "script", "style", "iframe", "noembed", "xmp"})


def from_headers(headers: Sequence[tuple[str, str]], url: str, agent: str = PRODUCT) -> tuple[Signal, ...]:
    """What the headers of the answer from ``url`` state to everybody, to ``agent``, and to named AI agents."""
    fields = [(name, value) for name, value in headers if name.lower() in _FIELDS]
    if not fields:
        return ()
    return (
        *robots_directives.from_headers(fields, agent),
        *content_usage.from_headers(fields),
        *tdmrep.from_headers(fields),
        *rsl_links.from_headers(fields, url),
    )


def from_page(
    metas: Iterable[tuple[str, str, Element]],
    links: Iterable[tuple[frozenset[str], str, Element]],
    base: str,
    locate: Callable[[Element], str],
    agent: str = PRODUCT,
) -> tuple[Signal, ...]:
    """What the markup of a page states.

    ``metas`` are (name in lower case, content, element), ``links`` (rels in lower case, href, element), ``base``
    is what relative addresses hang on.
    """
    stated = live_metas(metas, agent)
    licenses = [
        (rels, element.get("type") or "", href, element)
        for rels, href, element in links
        if "license" in rels and element.tag == "link" and _is_live(element)
    ]
    return (
        *robots_directives.from_metas(stated, locate, agent),
        *tdmrep.from_metas(stated, locate),
        *rsl_links.from_links(licenses, base, locate),
    )


def live_metas(
    metas: Iterable[tuple[str, str, Element]], agent: str = PRODUCT
) -> list[tuple[str, str, Element]]:
    """The metas that a carrier of this room reads, those inside a ``<template>`` and the like left out."""
    ours, bots = token(agent), ai_tokens()
    return [
        (name, value, element)
        for name, value, element in metas
        if (name in _NAMES or name == ours or name in bots) and _is_live(element)
    ]


def _is_live(element: Element) -> bool:
    return all(ancestor.tag not in _INERT for ancestor in element.iterancestors())
