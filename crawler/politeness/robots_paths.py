"""Which Allow or Disallow line decides about a path: RFC 9309 §2.2.2 and §2.2.3, by our own scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.opt_outs.url_patterns import matches, normalized, path_of
from crawler.politeness.robots_grammar import Line

__all__ = ["Ranked", "deciding_line", "matches", "normalized", "path_of", "ranked"]


@dataclass(frozen=True, slots=True, order=True)
class Ranked:
    """One Allow or Disallow line with its normalized pattern; the greatest that matches decides."""

    length: int
    allows: bool
    pattern: str
    line: Line = field(compare=False)


def ranked(rules: Iterable[Line]) -> tuple[Ranked, ...]:
    """Most specific first; Allow before Disallow of equal length; lines without a value say nothing.

    An Allow for ``…/index.htm…`` also covers its folder, as Google's and Protego's parsers have it.
    """
    found = []
    for line in rules:
        allows = line.key == "allow"
        pattern = normalized(line.value)
        if pattern:
            found.append(Ranked(len(pattern), allows, pattern, line))
        if allows and (at := pattern.rfind("/index.htm")) >= 0:
            folder = pattern[: at + 1] + "$"
            found.append(Ranked(len(folder), allows, folder, line))
    return tuple(sorted(found, reverse=True))


def deciding_line(rules: Iterable[Ranked], path: str) -> Line | None:
    """The line that decides about ``path`` (path and query, as in the request), or ``None``."""
    path = normalized(path)
    return next((rule.line for rule in rules if matches(rule.pattern, path)), None)
