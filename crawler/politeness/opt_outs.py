"""What a robots.txt says about AI use of the whole site, as claims of scope SITE (field notes §7).

=================  ==============================================================================
signal             stated by
=================  ==============================================================================
robots-ai          AI agents barred from ``/`` by name (our inference, no standard)
robots-general     every agent without a group of its own barred from ``/``
content-usage.X    AIPREF ``Content-Usage`` without a path, in the group that speaks to us
content-signal.X   ``Content-Signal`` in the group that speaks to us
rsl                a site-wide RSL ``License:`` line
=================  ==============================================================================

``Claim.value`` is ``signal=word``: disallow, allow, unknown, by_path (stated for some paths only) or declared
(RSL: the file behind the address has the terms); ``None`` when the line could not be read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from crawler.model import Claim, Field, Scope
from crawler.politeness.preferences import read_content_signal, read_content_usage
from crawler.politeness.robots import RobotsFile
from crawler.politeness.robots_grammar import Group, Line, speaks_to_all
from crawler.politeness.robots_paths import deciding_line, ranked

#: The carriers a readable robots.txt lets us call read.
CARRIERS = ("robots-ai", "robots-general", "content-usage-robots", "content-signal", "rsl-robots")

_WHOLE_SITE = frozenset({"/", "/*", "*"})


def carriers_read(robots: RobotsFile) -> tuple[str, ...]:
    """``CARRIERS`` when the file was read or is known to be absent, else nothing."""
    return () if robots.state == "nothing_allowed" else CARRIERS


def site_signals(robots: RobotsFile) -> tuple[Claim, ...]:
    """Every AI preference the file states for the site as a whole, raw lines kept."""
    groups = robots.text.groups
    return (
        *_ai_agents_barred(groups),
        *_everybody_barred(groups),
        *_preferences(robots),
        *(_license(line) for line in robots.text.licenses),
    )


@cache
def ai_agents() -> dict[str, str]:
    """Product tokens of AI agents as written → operator ("" if not known), everyday words left out."""
    table = tomllib.loads(files("crawler.politeness").joinpath("data/ai_agents.toml").read_text("utf-8"))
    everyday = set(table["everyday"])
    return {name: operator for name, operator in table["agents"].items() if name not in everyday}


@cache
def _ai_tokens() -> frozenset[str]:
    return frozenset(map(_token, ai_agents()))


def _token(value: str) -> str:
    """The whole product token, version dropped: "Code" must never match "CodeBot"."""
    return value.partition("/")[0].strip().casefold()


def _ai_agents_barred(groups: tuple[Group, ...]) -> Iterator[Claim]:
    rules: dict[str, list[Line]] = {}
    named: dict[str, Line] = {}
    for group in groups:
        for line in group.agents:
            if _token(line.value) in _ai_tokens():
                named.setdefault(_token(line.value), line)
                rules.setdefault(_token(line.value), []).extend(group.rules)
    barred = {token: bar for token, lines in rules.items() if (bar := _bar(lines)) is not None}
    if barred:
        first = next(iter(barred.values()))
        agents = [named[token] for token in barred]
        yield Claim(
            field=Field.OPT_OUT,
            value="robots-ai=disallow",
            raw="\n".join(line.raw for line in (agents[0], first)),
            scope=Scope.SITE,
            locator=f"robots.txt line {first.number}",
            quote="barred by name: " + ", ".join(line.value for line in agents),
        )


def _everybody_barred(groups: tuple[Group, ...]) -> Iterator[Claim]:
    stars = [(line, group) for group in groups for line in group.agents if speaks_to_all(line.value)]
    bar = _bar([rule for _, group in stars for rule in group.rules])
    if bar is not None:
        yield _claim("robots-general=disallow", bar, raw=f"{stars[0][0].raw}\n{bar.raw}")


def _bar(rules: list[Line]) -> Line | None:
    """The line that bars the whole site, if that is what decides about ``/``."""
    line = deciding_line(ranked(rules), "/")
    return line if line is not None and line.key == "disallow" and line.value in _WHOLE_SITE else None


def _preferences(robots: RobotsFile) -> Iterator[Claim]:
    for line in robots.text.stray:  # before any User-agent line: addressed to nobody
        yield _claim(None, line)
    for line in robots.preferences():
        if line.key == "content-signal":
            yield from _each(line, "content-signal", read_content_signal(line.value))
            continue
        path, _, usage = line.value.partition(" ") if line.value.startswith("/") else ("/", "", line.value)
        if path in _WHOLE_SITE:
            yield from _each(line, "content-usage", read_content_usage(usage.strip()))
        else:
            yield _claim("content-usage=by_path", line)


def _each(line: Line, signal: str, words: dict[str, str] | None) -> Iterator[Claim]:
    if not words:
        yield _claim(None, line)
    for key, word in (words or {}).items():
        yield _claim(f"{signal}.{key}={word}", line)


def _license(line: Line) -> Claim:
    return _claim("rsl=declared" if line.value.startswith(("http://", "https://", "/")) else None, line)


def _claim(value: str | None, line: Line, raw: str | None = None) -> Claim:
    return Claim(
        field=Field.OPT_OUT,
        value=value,
        raw=line.raw if raw is None else raw,
        scope=Scope.SITE,
        locator=f"robots.txt line {line.number}",
        quote=line.raw,
    )
