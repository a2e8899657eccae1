"""Opt-outs that travel with the answer itself: in response headers and in the page's ``<meta>``.

| carrier | signal | source |
|---|---|---|
| ``x-robots-tag`` | noai, noimageai | de facto, DeviantArt 2022-11 |
| ``meta-robots`` | noai, noimageai | the same |
| ``tdm-header`` | tdm-reservation: 0 or 1 | W3C TDMRep, final report of 2024-02-02; other values are unset |
| ``tdm-meta`` | tdm-reservation: 0 or 1 | the same; overrides the header |
| ``content-usage-header`` | train-ai, search … = y or n | IETF AIPREF attach and vocab drafts of 2026-08-19 |

Claims have values such as ``x-robots-tag=noai``, ``tdm-meta=1`` and ``content-usage-header=train-ai:n``. One
claim of ``Field.OPT_OUT_CARRIERS`` says which carriers were looked at: silence of a carrier that was not read
means nothing. What a signal means is the ruleset's business. Signals of robots.txt, ai.txt, tdmrep.json and
RSL are read elsewhere, and platforms' own flags (carrier ``page-flag``: DeviantArt's isAiUseDisallowed, Pixabay's
noAiTraining) by the spiders of those platforms, never here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.model import Claim, Field, Scope
from crawler.reading.pages.html import Page

_AI = ("noai", "noimageai")
_HEADER_CARRIERS = ("content-usage-header", "tdm-header", "x-robots-tag")
_META_CARRIERS = ("meta-robots", "tdm-meta")
_USAGE = re.compile(r"^([a-z][a-z0-9_-]*)\s*=\s*\"?([a-z0-9?_-]+)\"?", re.IGNORECASE)


def read(headers: Sequence[tuple[str, str]], page: Page | None) -> list[Claim]:
    """Claims of scope ``page``. ``page`` is ``None`` where the body is no HTML: then only the headers were
    read.
    """
    claims = _from_headers(headers)
    carriers: tuple[str, ...] = _HEADER_CARRIERS
    if page is not None and page.root is not None:
        claims += _from_meta(page)
        carriers = tuple(sorted(_HEADER_CARRIERS + _META_CARRIERS))
    claims.append(Claim(Field.OPT_OUT_CARRIERS, " ".join(carriers), "", Scope.PAGE, ""))
    return claims


def _signal(value: str, raw: str, locator: str) -> Claim:
    return Claim(Field.OPT_OUT, value, raw, Scope.PAGE, locator, quote=raw)


def _from_headers(headers: Sequence[tuple[str, str]]) -> list[Claim]:
    claims: list[Claim] = []
    for name, value in headers:
        key = name.lower()
        if key == "x-robots-tag":
            # "noai, noimageai" is for everybody; "otherbot: noai" for one crawler only
            agent, colon, rest = value.partition(":")
            named = colon and re.fullmatch(r"\s*[\w*-]+\s*", agent) and not _is_directive(agent)
            if not named or agent.strip() == "*":
                claims += [
                    _signal(f"x-robots-tag={w}", value, name) for w in _words(rest if named else value)
                ]
        elif key == "tdm-reservation" and value.strip() in ("0", "1"):
            claims.append(_signal(f"tdm-header={value.strip()}", value, name))
        elif key == "content-usage":
            claims += [_signal(f"content-usage-header={w}", value, name) for w in _usages(value)]
    return claims


def _is_directive(word: str) -> bool:
    return word.strip().lower() in (
        "unavailable_after",
        "max-snippet",
        "max-image-preview",
        "max-video-preview",
    )


def _words(value: str) -> list[str]:
    present = {word.strip().lower() for word in value.split(",")}
    return [word for word in _AI if word in present]


def _usages(value: str) -> list[str]:
    """``train-ai=n, search=y`` → ["search:y", "train-ai:n"]; what isn't y or n says nothing."""
    found = set()
    for part in value.split(","):
        match = _USAGE.match(part.strip())
        if match and match.group(2).lower() in ("y", "n"):
            found.add(f"{match.group(1).lower()}:{match.group(2).lower()}")
    return sorted(found)


def _from_meta(page: Page) -> list[Claim]:
    claims: list[Claim] = []
    for meta in page.metas:
        if meta.key == "robots":
            claims += [
                _signal(f"meta-robots={w}", meta.value, page.locate(meta.element)) for w in _words(meta.value)
            ]
        elif meta.key == "tdm-reservation" and meta.value in ("0", "1"):
            claims.append(_signal(f"tdm-meta={meta.value}", meta.value, page.locate(meta.element)))
    return claims
