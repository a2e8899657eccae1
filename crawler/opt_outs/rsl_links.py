"""Where RSL license files are announced: robots.txt, ``Link`` headers and ``<link>`` elements.

An announcement says that there are terms, not which: the answer is ``constrained`` until the file is read
(``rsl.py``). A ``rel="license"`` is usually a Creative Commons link, so only the type application/rsl+xml counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

from crawler.opt_outs.link_header import read_links
from crawler.opt_outs.signal import MAX_RAW, Answer, Signal, TextLine, malformed

ROBOTS: Final = "rsl"
HEADER: Final = "rsl-header"
META: Final = "rsl-link"
MEDIA_TYPE: Final = "application/rsl+xml"

Element = TypeVar("Element")


def from_robots(lines: Iterable[TextLine], site: str = "") -> tuple[Signal, ...]:
    """``License:`` lines, which speak of the whole site wherever they stand.

    ``site`` is the address of the robots.txt: a relative address is resolved against the site's root. Without it
    the address is kept as written.
    """
    signals = []
    for line in lines:
        place = f"robots.txt line {line.number}"
        address = _absolute(site, line.value) if line.value.startswith(("http://", "https://", "/")) else ""
        if address:
            signals.append(_declared(ROBOTS, line.raw, place, address, line.number))
        else:
            signals.append(malformed(ROBOTS, line.raw, place, line=line.number))
    return tuple(signals)


def from_headers(headers: Iterable[tuple[str, str]], url: str) -> tuple[Signal, ...]:
    """``Link: <…>; rel="license"; type="application/rsl+xml"`` of the answer from ``url``."""
    return tuple(
        _announced(HEADER, link.target, url, link.raw, "Link")
        for link in read_links(headers)
        if "license" in link.rels and is_rsl(link.parameters.get("type", ""))
    )


def from_links(
    links: Iterable[tuple[frozenset[str], str, str, Element]], base: str, locate: Callable[[Element], str]
) -> tuple[Signal, ...]:
    """``<link rel="license" type="application/rsl+xml" href>`` as (rels, type, href, element) of a page.

    ``base`` is what the page's relative addresses hang on.
    """
    return tuple(
        _announced(META, href, base, href, locate(element))
        for rels, kind, href, element in links
        if "license" in rels and is_rsl(kind)
    )


def is_rsl(media_type: str) -> bool:
    """Whether a media type, parameters aside, is RSL's."""
    return media_type.partition(";")[0].strip().lower() == MEDIA_TYPE


def _announced(carrier: str, target: str, base: str, raw: str, locator: str) -> Signal:
    address = _absolute(base, target)
    return _declared(carrier, raw, locator, address) if address else malformed(carrier, raw, locator)


def _declared(carrier: str, raw: str, locator: str, address: str, line: int | None = None) -> Signal:
    value = f"{carrier}=declared"
    return Signal(
        carrier, "", Answer.CONSTRAINED, value, raw[:MAX_RAW], locator, line, terms=address[:MAX_RAW]
    )


def _absolute(base: str, reference: str) -> str:
    """The address meant; "" when none is, or none of the web."""
    reference = reference.strip()
    try:
        address = urljoin(base, reference)
        scheme = urlsplit(address).scheme
    except ValueError:  # "http://[", say
        return ""
    return address if scheme in ("http", "https") or (not base and reference.startswith("/")) else ""
