"""Layout drift told aloud: answers that nobody understood, fields that too few photos have or that fell, and what
readers left unread most.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.sources.discovery import spiders

#: Fewer photos say nothing about a source's layout.
LEAST_PHOTOS = 20
#: A fall of a fill rate since the last refresh that is worth a sentence, in shares.
FALL = 0.20
#: An alarm is given where chance alone would give it once in so many refreshes (a shortfall), or lies so many
#: standard errors off (a fall): one photo of twenty without a title is no drift.
_BY_CHANCE = 20
_STANDARD_ERRORS = 3.0
SHOWN_UNREAD = 3


def sentences(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """Lines for the summary. ``now``, ``before``: what this refresh and the last finished one counted, as
    ``FillRates.detail`` gives it.
    """
    return [*_not_understood(now, before), *_too_low(now), *_fallen(now, before), *_unread(now)]


def _not_understood(now: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    """Where a layout changes as a whole no photo counts as available, and no field can fall."""
    for source, counted in now.items():
        answers, lost = _answers(counted)
        earlier, lost_before = _answers(before.get(source, {"photos": 0}))
        was = lost_before / earlier if earlier else 0.0
        if answers < LEAST_PHOTOS or lost / answers - was <= FALL:
            continue
        if earlier and not _surely_fell(1 - was, earlier, 1 - lost / answers, answers):
            continue
        yield (
            f"ALARM: no reader understood the answers about {lost:,} of {answers:,} photos at {source}. The site may"
            " have changed its pages, or show something else to us; nothing is concluded about these photos."
        )


def _answers(counted: Mapping[str, Any]) -> tuple[int, int]:
    """(photos that were answered with something, those of them that nobody understood)."""
    lost = counted.get("unreadable", 0)  # not counted before 2026-11-24
    return counted["photos"] + lost, lost


def _too_low(now: Mapping[str, Any]) -> Iterator[str]:
    for source, counted in now.items():
        spider, photos = spiders().get(source), counted["photos"]
        if spider is None or photos < LEAST_PHOTOS:
            continue
        for name, least in spider.expects.items():
            rate = counted["fields"].get(name, 0) / photos
            if rate < least and not _may_be_chance(rate, least, photos):
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
            if round(was - rate, 6) > FALL and _surely_fell(was, earlier["photos"], rate, counted["photos"]):
                yield (
                    f"ALARM: {source} gave {name} for {rate:.0%} of its available photos, and for {was:.0%} in the last"
                    " refresh."
                )


def _may_be_chance(rate: float, least: float, photos: int) -> bool:
    """Whether so low a rate among so few may come of a true rate of ``least`` (Chernoff's bound on the binomial
    tail, which is exact enough and cheap for millions).
    """
    if least >= 1 or not rate:
        return False  # a promise without exception; a field that is wholly lost, as a new layout loses it
    missing = 1 - rate
    apart = missing * math.log(missing / (1 - least)) + rate * math.log(rate / least)
    return math.exp(-photos * apart) > 1 / _BY_CHANCE


def _surely_fell(was: float, before: int, rate: float, now: int) -> bool:
    """Whether two rates differ by more than two samples of one and the same source do."""
    pooled = (was * before + rate * now) / (before + now)
    error = math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / now))
    return was - rate > _STANDARD_ERRORS * error


def _unread(now: Mapping[str, Any]) -> Iterator[str]:
    for source, counted in now.items():
        most = counted["unread"][:SHOWN_UNREAD]
        if most:
            shown = ", ".join(f"{name} ({photos:,})" for name, photos in most)
            yield f"Not understood most often at {source}, with the number of photos: {shown}."
