"""What a site's robots.txt permits us, by RFC 9309 and failing closed (DESIGN §7).

=====================================  ===========================================================
answer to /robots.txt                  what it means
=====================================  ===========================================================
200 with text                          its rules; an empty file forbids nothing
200 with a page, XML or binary         nothing allowed: a captive portal or soft 404 is no permission
4xx (401 and 403 noted in ``note``)    no rules (RFC 9309 §2.3.1.3)
429                                    as unreachable: the site asked us to go away
5xx, 3xx too many, no answer, cut      nothing allowed (RFC 9309 §2.3.1.4)
=====================================  ===========================================================

The caller keys files by scheme, host and port, follows at most five redirects and reads again after 24 hours.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from math import isfinite
from typing import Final, Literal

from protego import Protego

from crawler.model import Reason
from crawler.politeness.identity import PRODUCT
from crawler.politeness.robots_grammar import (
    Group,
    Line,
    RobotsText,
    names_product,
    read_groups,
    speaks_to_all,
)
from crawler.politeness.robots_paths import Ranked, deciding_line, path_of, ranked

LIFE: Final = timedelta(hours=24)
MAX_REDIRECTS: Final = 5
MAX_BYTES: Final = 500 * 1024

State = Literal["rules", "no_rules", "nothing_allowed"]

_NOTHING = RobotsText((), (), ())
_MARKUP = re.compile(rb"\s*<\s*[!?A-Za-z]")
_RATE = re.compile(r"(\d+)\s*/\s*(\d+)\s*([smhd]?)", re.IGNORECASE)
_UNIT = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class RobotsVerdict:
    """May ``url`` be fetched. ``rule`` is the deciding line with its number, or why there is none.

    ``agent_group`` is the User-agent value that spoke to us ("*" or our own), ``None`` if no group does.
    ``crawl_delay`` is in seconds between requests, the longer of Crawl-delay and Request-rate.
    """

    allowed: bool
    reason: Reason | None
    rule: str
    agent_group: str | None
    crawl_delay: float | None


@dataclass(frozen=True, slots=True)
class _Voice:
    """What a file says to one product token."""

    name: str | None
    rules: tuple[Ranked, ...]
    preferences: tuple[Line, ...]
    crawl_delay: float | None
    request_delay: float | None
    protego: Protego


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """One robots.txt as answered. ``sha256`` is of the body's bytes; ``note`` one sentence on its status."""

    status: int
    fault: str | None
    state: State
    sha256: str
    note: str
    text: RobotsText
    _voices: dict[str, _Voice] = field(default_factory=dict, compare=False, repr=False)

    def permits(self, url: str, agent: str = PRODUCT) -> RobotsVerdict:
        """Judge one URL for one product token. Protego and our own scan must both allow."""
        if self.state == "nothing_allowed":
            return RobotsVerdict(False, Reason.ROBOTS_UNREACHABLE, self.note, None, None)  # noqa: FBT003
        if self.state == "no_rules":
            return RobotsVerdict(True, None, self.note, None, None)  # noqa: FBT003
        voice = self._voice(agent)
        path = path_of(url)
        line = deciding_line(voice.rules, path)
        allowed = line is None or line.key == "allow"
        rule = str(line) if line else "no rule matches"
        if allowed and not voice.protego.can_fetch(_BASE + path, "*"):
            # Two readings of one line, for instance of an escaped "?": the stricter holds.
            allowed, rule = False, f"{rule} (read strictly: disallowed)"
        delays = [d for d in (voice.crawl_delay, voice.request_delay) if d is not None]
        return RobotsVerdict(
            allowed, None if allowed else Reason.ROBOTS, rule, voice.name, max(delays, default=None)
        )

    def crawl_delay(self, agent: str = PRODUCT) -> float | None:
        """Seconds asked for by Crawl-delay alone, ``None`` when not stated or malformed."""
        return self._voice(agent).crawl_delay

    def preferences(self, agent: str = PRODUCT) -> tuple[Line, ...]:
        """Content-Usage and Content-Signal lines of the group that speaks to ``agent``."""
        return self._voice(agent).preferences

    def _voice(self, agent: str) -> _Voice:
        voice = self._voices.get(agent)
        if voice is None:
            voice = self._voices[agent] = _listen(self.text.groups, agent)
        return voice


#: Protego sees one host and one group; a path "/robots.txt" is judged by the rules like any other.
_BASE = "http://robots.invalid"


def read_robots(
    status: int, body: bytes, fault: str | None = None, headers: Iterable[tuple[str, str]] = ()
) -> RobotsFile:
    """Read the final answer to a request for /robots.txt; never raises.

    ``status`` 0 with ``fault`` when nothing came back. ``headers`` are looked at only for a declared charset.
    """
    digest = hashlib.sha256(body).hexdigest()

    def answer(state: State, note: str, text: RobotsText = _NOTHING) -> RobotsFile:
        return RobotsFile(status, fault, state, digest, note, text)

    if fault is not None:
        return answer("nothing_allowed", f"robots.txt could not be read: {fault}")
    if status in (401, 403):
        return answer(
            "no_rules", f"robots.txt answered {status}: no rules by RFC 9309, though it may be a wall"
        )
    if 400 <= status < 500 and status != 429:
        return answer("no_rules", f"robots.txt answered {status}: no rules")
    if status != 200:
        return answer("nothing_allowed", f"robots.txt answered {status}: nothing allowed")
    text = _decode(body, headers)
    if text is None or _MARKUP.match(text[:200].encode("utf-8", "replace")):
        return answer("nothing_allowed", "robots.txt answered a page or binary instead of rules")
    return answer("rules", "robots.txt answered rules", read_groups(text))


def _decode(body: bytes, headers: Iterable[tuple[str, str]]) -> str | None:
    """UTF-8 with or without byte-order mark, UTF-16 with one; ``None`` for what is not text at all."""
    if len(body) > MAX_BYTES:
        # RFC 9309 §2.5: at least 500 KiB are parsed. A line cut in two would say something else.
        body = body[:MAX_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(mark):
            return body[2:].decode(encoding, "replace").lstrip("\ufeff")
    if b"\0" in body[:4096]:
        return None
    declared = next((value for name, value in headers if name.lower() == "content-type"), "")
    legacy = re.search(r"charset=\"?(iso-8859-1|windows-1252|latin-?1)", declared, re.IGNORECASE)
    if legacy and not body.startswith(codecs.BOM_UTF8):
        return body.decode("latin-1")
    return body.decode("utf-8", "replace").lstrip("\ufeff")


def _listen(groups: tuple[Group, ...], agent: str) -> _Voice:
    """Merge all groups that name ``agent``, or, if none does, all that speak to everybody."""
    named = any(names_product(line.value, agent) for group in groups for line in group.agents)

    def speaks(line: Line) -> bool:
        return names_product(line.value, agent) if named else speaks_to_all(line.value)

    mine = [group for group in groups if any(speaks(line) for line in group.agents)]
    rules = ranked(line for group in mine for line in group.rules)
    paces = [pace for group in mine for pace, agents in group.pace if any(speaks(line) for line in agents)]
    name = next((line.value for group in mine for line in group.agents if speaks(line)), None)
    clean = "".join(f"{rule.line.key}: {rule.pattern}\n" for rule in rules)
    return _Voice(
        name=name,
        rules=rules,
        preferences=tuple(
            line for group in mine for line, agents in group.preferences if any(map(speaks, agents))
        ),
        crawl_delay=max((d for d in map(_delay, paces) if d is not None), default=None),
        request_delay=max((d for d in map(_seconds_per_request, paces) if d is not None), default=None),
        protego=Protego.parse("user-agent: *\n" + clean),
    )


def _delay(line: Line) -> float | None:
    if line.key != "crawl-delay":
        return None
    try:
        seconds = float(line.value)
    except ValueError:
        return None
    return seconds if isfinite(seconds) and seconds >= 0 else None


def _seconds_per_request(line: Line) -> float | None:
    """``Request-rate: 1/10m`` asks for 600 seconds a request; an hour range behind it is read as "always"."""
    rate = _RATE.match(line.value) if line.key == "request-rate" else None
    if rate is None or int(rate[1]) == 0:
        return None
    return int(rate[2]) * _UNIT[rate[3].lower()] / int(rate[1])
