"""Layout drift told aloud: fields that too few photos have, fields that fell, and what readers left unread most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.sources.discovery import spiders

#: Fewer photos say nothing about a source's layout.
LEAST_PHOTOS = 20
#: A fall of a fill rate since the last refresh that is worth a sentence, in shares.
FALL = 0.20
SHOWN_UNREAD = 3


def sentences(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """Lines for the summary. ``now``, ``before``: what this refresh and the last finished one counted, as
    ``FillRates.detail`` gives it.
    """
    return [*_too_low(now), *_fallen(now, before), *_unread(now)]


def _too_low(now: Mapping[str, Any]) -> Iterator[str]:
    for source, counted in now.items():
        spider, photos = spiders().get(source), counted["photos"]
        if spider is None or photos < LEAST_PHOTOS:
            continue
        for name, least in spider.expects.items():
            rate = counted["fields"].get(name, 0) / photos
            if rate < least:
                yield (
                    f"ALARM: {source} gave {name} for {rate:.1%} of {photos:,} available photos; at least {least:.0%}"
                    " is expected. Its pages may have changed; what could not be read is unknown, not absent."
                )


def _fallen(now: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    for source, counted in now.items():
        earlier = before.get(source)
        if earlier is None or min(counted["photos"], earlier["photos"]) < LEAST_PHOTOS:
            continue
        for name, filled in earlier["fields"].items():
            was = filled / earlier["photos"]
            rate = counted["fields"].get(name, 0) / counted["photos"]
            if round(was - rate, 6) > FALL:
                yield (
                    f"ALARM: {source} gave {name} for {rate:.0%} of its available photos, and for {was:.0%} in the last"
                    " refresh."
                )


def _unread(now: Mapping[str, Any]) -> Iterator[str]:
    for source, counted in now.items():
        most = counted["unread"][:SHOWN_UNREAD]
        if most:
            shown = ", ".join(f"{name} ({photos:,})" for name, photos in most)
            yield f"Not understood most often at {source}, with the number of photos: {shown}."
