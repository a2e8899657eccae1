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

``Claim.value`` is ``signal=word``: disallow, allow, unknown, by_path (stated for some paths only), declared
(RSL: the file behind the address has the terms) or malformed. The grammars are ``crawler.opt_outs``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from crawler.model import Claim, Field, Scope
from crawler.opt_outs import content_signal, content_usage, rsl_links
from crawler.opt_outs.agents import is_ai_agent, token
from crawler.opt_outs.signal import Signal, claim, malformed
from crawler.politeness.robots import RobotsFile
from crawler.politeness.robots_grammar import Group, Line, speaks_to_all
from crawler.politeness.robots_paths import deciding_line, ranked

#: The carriers a readable robots.txt lets us call read.
CARRIERS = ("robots-ai", "robots-general", "content-usage-robots", "content-signal", "rsl-robots")

_WHOLE_SITE = frozenset({"/", "/*", "*"})
_MOST = 200


def carriers_read(robots: RobotsFile) -> tuple[str, ...]:
    """``CARRIERS`` when the file was read or is known to be absent, else nothing."""
    return () if robots.state == "nothing_allowed" else CARRIERS


def site_signals(robots: RobotsFile, site: str = "") -> tuple[Claim, ...]:
    """Every AI preference the file states for the site as a whole, raw lines kept.

    ``site`` is the file's address, for relative addresses in ``License:`` lines.
    """
    groups = robots.text.groups
    return (
        *_ai_agents_barred(groups),
        *_everybody_barred(groups),
        *(claim(signal, Scope.SITE) for signal in _bounded(_preferences(robots, site))),
    )


def _ai_agents_barred(groups: tuple[Group, ...]) -> Iterator[Claim]:
    rules: dict[str, list[Line]] = {}
    named: dict[str, Line] = {}
    for group in groups:
        for line in group.agents:
            if is_ai_agent(line.value):
                named.setdefault(token(line.value), line)
                rules.setdefault(token(line.value), []).extend(group.rules)
    barred = {agent: bar for agent, lines in rules.items() if (bar := _bar(lines)) is not None}
    if barred:
        first = next(iter(barred.values()))
        agents = [named[agent] for agent in barred]
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
        yield Claim(
            field=Field.OPT_OUT,
            value="robots-general=disallow",
            raw=f"{stars[0][0].raw}\n{bar.raw}",
            scope=Scope.SITE,
            locator=f"robots.txt line {bar.number}",
            quote=bar.raw,
        )


def _bar(rules: list[Line]) -> Line | None:
    """The line that bars the whole site, if that is what decides about ``/``."""
    line = deciding_line(ranked(rules), "/")
    return line if line is not None and line.key == "disallow" and line.value in _WHOLE_SITE else None


def _bounded(signals: Iterator[Signal]) -> Iterator[Signal]:
    """At most ``_MOST`` statements: every photo of the site carries them. Of more, a person must look."""
    yield from islice(signals, _MOST)
    if next(signals, None) is not None:
        yield malformed("robots-preferences", f"more than {_MOST} statements", "robots.txt")


def _preferences(robots: RobotsFile, site: str) -> Iterator[Signal]:
    for lines, usages, signals in (
        (robots.text.stray, content_usage.stray_signals, content_signal.stray_signals),
        (robots.preferences(), content_usage.site_signals, content_signal.site_signals),
    ):
        yield from usages([line for line in lines if line.key == "content-usage"])
        yield from signals([line for line in lines if line.key == "content-signal"])
    yield from rsl_links.from_robots(robots.text.licenses, site)
