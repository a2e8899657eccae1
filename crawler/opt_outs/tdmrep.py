"""TDMRep, the W3C community group's text-and-data-mining reservation (final report 2024-02-02).

``tdm-reservation`` is 1 (reserved) or 0 (not reserved); anything else is a protocol error and counts as unset.
``tdm-policy`` is an address, not looked at when nothing is reserved. Stated in ``/.well-known/tdmrep.json``, in
headers and in HTML: each later one replaces what the one before said, and absence never resets ("Processing
priority"). A page's ``<meta>`` covers the page, not the images it shows: leave that layer out for an image.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import orjson

from crawler.opt_outs.signal import MAX_RAW, Answer, Signal, malformed
from crawler.opt_outs.text_lines import text_of
from crawler.opt_outs.url_patterns import covers, path_of

FILE: Final = "tdm-file"
HEADER: Final = "tdm-header"
META: Final = "tdm-meta"
WELL_KNOWN: Final = "/.well-known/tdmrep.json"

Element = TypeVar("Element")

_RESERVATION, _POLICY = "tdm-reservation", "tdm-policy"
_ANSWERS = {"0": Answer.ALLOW, "1": Answer.DISALLOW}
_SLOPPY = {"true": "1", "yes": "1", "false": "0", "no": "0", "1.0": "1", "0.0": "0"}
# A string that never ends is taken to the end of the text: otherwise every quote in it would be tried again.
_TRAILING_COMMA = re.compile(r"(\"(?:[^\"\\]|\\.)*\"?)|,(?=\s*[\]}])", re.DOTALL)
_MAX_CHARACTERS = 4 * 1024 * 1024
_MAX_RULES = 20_000
_MOST_SIGNALS = 64


@dataclass(frozen=True, slots=True)
class Reservation:
    """What holds for one resource: ``reserved`` is ``None`` when unset; ``policy`` only where reserved."""

    reserved: bool | None = None
    policy: str | None = None


def resolve(*layers: Sequence[Signal]) -> Reservation:
    """File, then headers, then meta: the later value of each property replaces the earlier."""
    reserved, policy = None, ""
    for layer in layers:
        for signal in layer:
            if signal.lenient:
                continue
            if signal.answer in _ANSWERS.values():
                reserved = signal.answer is Answer.DISALLOW
            policy = signal.terms or policy
    return Reservation(reserved, policy if reserved and policy else None)


def from_headers(headers: Iterable[tuple[str, str]]) -> tuple[Signal, ...]:
    """``tdm-reservation`` and ``tdm-policy`` of one response."""
    stated: dict[str, list[str]] = {_RESERVATION: [], _POLICY: []}
    for name, value in headers:
        stated.get(name.lower(), []).append(value.strip())
    return _stated(HEADER, stated, _RESERVATION)


def from_metas(
    metas: Iterable[tuple[str, str, Element]], locate: Callable[[Element], str]
) -> tuple[Signal, ...]:
    """The same of a page's ``<meta name content>`` as (name in lower case, content, element)."""
    stated: dict[str, list[str]] = {_RESERVATION: [], _POLICY: []}
    first: Element | None = None
    for name, value, element in metas:
        if name in stated:
            stated[name].append(value.strip())
            first = element if first is None or (name == _RESERVATION and not stated[name][1:]) else first
    return () if first is None else _stated(META, stated, locate(first))


def from_file(body: bytes, url: str) -> tuple[Signal, ...]:
    """What a tdmrep.json says of ``url``: of its rules, the first in sequence that matches.

    Empty when no rule matches, and for a body without ``tdm-reservation`` in it: a page or an error in its place
    means that the site does not take part. One object instead of the array, trailing commas and values such as
    ``"1"`` or ``true`` are malformed, with the lenient reading beside. Never raises.
    """
    text = text_of(body, _MAX_CHARACTERS)
    if text is None or _RESERVATION not in text:
        return ()
    rules, faulty = _rules(text)
    if rules is None:
        return (malformed(FILE, text, WELL_KNOWN),)
    signals = [malformed(FILE, text, WELL_KNOWN)] if faulty else []
    for index, rule in enumerate(rules[:_MAX_RULES]):
        if len(signals) >= _MOST_SIGNALS:
            break
        place = f"{WELL_KNOWN}#/{index}"
        location = rule.get("location") if isinstance(rule, dict) else None
        if not isinstance(rule, dict) or not isinstance(location, str) or not location:
            signals.append(malformed(FILE, _json(rule), place))
            continue
        sound = location.startswith(("/", "*"))
        if not covers(_as_path(location, url), path_of(url)):
            continue
        policy = rule.get(_POLICY)
        stated = _of_rule(rule, policy if isinstance(policy, str) else "", place)
        if faulty or not sound:
            signals += [malformed(FILE, _json(rule), place)] if not sound and not faulty else []
            signals += _leniently(stated)
        else:
            signals += stated
        if sound:
            break
    return tuple(dict.fromkeys(signals))


def _of_rule(rule: dict[str, Any], policy: str, place: str) -> tuple[Signal, ...]:
    value = rule.get(_RESERVATION)
    number = "" if isinstance(value, bool) or not isinstance(value, int | float) else f"{value:g}"
    if number in _ANSWERS:
        return (_signal(FILE, number, _json(rule), place, policy),)
    broken = malformed(FILE, _json(rule), place)
    word = str(value).strip().lower()
    word = word if word in _ANSWERS else _SLOPPY.get(word, "")
    return (broken, _signal(FILE, word, _json(rule), place, policy, lenient=True)) if word else (broken,)


def _leniently(signals: Iterable[Signal]) -> list[Signal]:
    return [
        _signal(FILE, "1" if s.answer is Answer.DISALLOW else "0", s.raw, s.locator, s.terms, lenient=True)
        for s in signals
        if s.answer in _ANSWERS.values()
    ]


def _stated(carrier: str, stated: dict[str, list[str]], locator: str) -> tuple[Signal, ...]:
    """One layer. Repetitions say it once; different values are joined, as HTTP joins them, and so malformed."""
    policy = next(iter(stated[_POLICY]), "")
    if not stated[_RESERVATION]:
        if not policy:
            return ()
        value = (
            f"{carrier}=unknown"  # a policy alone reserves nothing, and replaces an earlier layer's policy
        )
        return (
            Signal(carrier, "tdm", Answer.UNKNOWN, value, policy[:MAX_RAW], locator, terms=policy[:MAX_RAW]),
        )
    reservation = ", ".join(dict.fromkeys(stated[_RESERVATION]))
    if reservation in _ANSWERS:
        return (_signal(carrier, reservation, reservation, locator, policy),)
    broken = malformed(carrier, reservation, locator)
    bare = reservation.strip("\"'; ").lower()
    word = _SLOPPY.get(bare, bare)
    return (
        (broken, _signal(carrier, word, reservation, locator, policy, lenient=True))
        if word in _ANSWERS
        else (broken,)
    )


def _signal(carrier: str, word: str, raw: str, locator: str, policy: str, *, lenient: bool = False) -> Signal:
    name = f"{carrier}-lenient" if lenient else carrier
    terms = policy[:MAX_RAW] if word == "1" else ""
    answer = _ANSWERS[word]
    return Signal(
        carrier, "tdm", answer, f"{name}={word}", raw[:MAX_RAW], locator, terms=terms, lenient=lenient
    )


def _rules(text: str) -> tuple[list[Any] | None, bool]:
    """The rules, and whether the file breaks the format though they can be made out."""
    faulty = False
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        faulty = True
        try:
            found = orjson.loads(_TRAILING_COMMA.sub(lambda m: m[1] or "", text))
        except orjson.JSONDecodeError:
            return None, True
    if isinstance(found, dict):
        return [found], True
    return (found, faulty) if isinstance(found, list) else (None, True)


def _json(value: object) -> str:
    try:
        return orjson.dumps(value).decode()[:MAX_RAW]
    except orjson.JSONEncodeError:  # what is nested 255 deep can be read and not written
        return "(nested too deeply to be quoted)"


def _as_path(location: str, url: str) -> str:
    """A location as a path pattern; a whole address of the same host means its path."""
    if location.startswith(("/", "*")):
        return location
    try:
        if "://" in location:
            same = urlsplit(location).netloc.lower() == urlsplit(url).netloc.lower()
            return path_of(location) if same else "$"
    except ValueError:  # "http://[", say
        return "$"
    return "/" + location
