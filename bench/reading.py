"""The reading room: photo pages of 100 KB to looks, all readers on, in CPU-seconds of this process.

Half of the pages are script-heavy, half DOM-heavy (``bench.pages``). Everything is made before the clock starts,
and the best of several rounds counts. The shares are each reader's time on pages parsed already, against the whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from lxml import etree

from bench.pages import page_100kb, page_url
from crawler.model import Capture, Look, Status, Target
from crawler.reading.findings import findings_of
from crawler.reading.pages import (
    attribution,
    html,
    image_objects,
    open_graph,
    opt_outs,
    rel_license,
    web_page,
)
from crawler.reading.pages.html import Page
from crawler.reading.words import minors, said_in_words

_SITES = 8
_HEADERS = (("content-type", "text/html; charset=utf-8"),)
_READERS: tuple[tuple[str, Callable[[Page, Capture], object]], ...] = (
    ("JSON-LD, microdata, RDFa", lambda page, _: image_objects.read(page)),
    ("license links", lambda page, _: rel_license.read(page)),
    ("meta", lambda page, _: open_graph.read(page)),
    ("captions and authors", lambda page, _: attribution.read(page)),
    ("what is said in words", lambda page, capture: said_in_words.read(page, capture.body)),
    ("keywords and age codes", lambda page, _: minors.read(page)),
    ("opt-outs", lambda page, capture: opt_outs.read(capture.headers, page, page.url)),
)


def figures(*, quick: bool = False) -> list[tuple[str, str, str]]:
    """Pages per CPU-second, of both kinds and each; the tree's share and each reader's."""
    count, rounds = (10, 3) if quick else (40, 5)
    captures = [_capture(site, number) for site in range(_SITES) for number in range(count)]
    for capture in captures:
        _check(capture)
    whole = _best(rounds, partial(_read_all, captures))
    rows = [
        (
            f"pages of 100 KB read, {len(captures)} pages",
            f"{len(captures) / whole:,.0f} a CPU-second",
            "≥ 450 a CPU-second",
        )
    ]
    for kind, name in enumerate(("script-heavy", "DOM-heavy")):
        half = [capture for n, capture in enumerate(captures) if n // count % 2 == kind]
        used = _best(rounds, partial(_read_all, half))
        rows.append((f"  {name}", f"{len(half) / used:,.0f} a CPU-second", ""))
    tree = _best(rounds, partial(_each, captures, _tree))
    parsed = _best(rounds, partial(_each, captures, Page.parse))
    rows.append(("  lxml alone, share", f"{100 * tree / whole:.0f} %", ""))
    rows.append(
        (
            "  what all readers look at (charset, one walk), share",
            f"{100 * (parsed - tree) / whole:.0f} %",
            "",
        )
    )
    for name, reader in _READERS:
        rows.append((f"  {name}, share", f"{100 * _share(rounds, reader, captures) / whole:.0f} %", ""))
    return rows


def _each(captures: Sequence[Capture], work: Callable[[Capture], object]) -> None:
    """One after another, nothing kept: three hundred trees alive at once would cost time of their own."""
    for capture in captures:
        work(capture)


def _capture(site: int, number: int) -> Capture:
    url = page_url(site, number)
    target = Target("any_page", url, "group", (url,))
    return Capture(target, url, 200, _HEADERS, page_100kb(site, number, 1), datetime(2026, 1, 1, tzinfo=UTC))


def _check(capture: Capture) -> None:
    """Only pages that were read count: every one of them states a license."""
    look = _read(capture)
    if look.status is not Status.AVAILABLE or findings_of(look).license_state != "known":
        raise RuntimeError(f"{capture.url} was not read: {look.status}")


def _read_all(captures: Sequence[Capture]) -> None:
    for capture in captures:
        _read(capture)


def _read(capture: Capture) -> Look:
    return web_page.look(capture, capture.url)


def _tree(capture: Capture) -> object:
    return etree.fromstring(capture.body, html.parser())


def _share(rounds: int, reader: Callable[[Page, Capture], object], captures: Sequence[Capture]) -> float:
    """The least time of one reader over all pages, parsed anew each round: pages remember what was worked out."""
    best = float("inf")
    for _ in range(rounds):
        pages = [Page.parse(capture) for capture in captures]
        began = time.process_time()
        for page, capture in zip(pages, captures, strict=True):
            reader(page, capture)
        best = min(best, time.process_time() - began)
    return best


def _best(rounds: int, work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best
