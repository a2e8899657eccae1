"""Opt-outs that travel with the answer itself, as claims: response headers, and a page's ``<meta>`` and ``<link>``.

The grammars, and the carriers each stands for, are ``crawler/opt_outs``. One claim of ``Field.OPT_OUT_CARRIERS`` says
which carriers were looked at: silence of a carrier that was not read means nothing. What a signal means is the
ruleset's business. Site files (robots.txt, ai.txt, tdmrep.json, RSL) are read elsewhere, and platforms' own flags
(carrier ``page-flag``: DeviantArt's isAiUseDisallowed, Pixabay's noAiTraining) by the spiders of those platforms.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Claim, Field, Scope
from crawler.opt_outs.representation import HEADER_CARRIERS, PAGE_CARRIERS, from_headers, from_page
from crawler.opt_outs.signal import claim
from crawler.reading.pages.html import Page


def read(
    headers: Sequence[tuple[str, str]], page: Page | None, url: str, scope: Scope = Scope.PAGE
) -> list[Claim]:
    """What the answer from ``url`` states. ``page`` is ``None`` where the body is no HTML: then only the headers were
    read. ``scope`` is what the answer shows: a page, or the picture itself.
    """
    found = list(from_headers(headers, url))
    carriers: tuple[str, ...] = HEADER_CARRIERS
    if page is not None and page.root is not None:
        metas = ((meta.key, meta.value, meta.element) for meta in page.metas)
        links = ((link.rels, link.href, link.element) for link in page.links)
        found += from_page(metas, links, page.base, page.locate)
        carriers = (*HEADER_CARRIERS, *PAGE_CARRIERS)
    carried = Claim(Field.OPT_OUT_CARRIERS, " ".join(sorted(carriers)), "", scope, "")
    return [*(claim(signal, scope) for signal in found), carried]
