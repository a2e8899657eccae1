"""Which Allow or Disallow line decides about a path: RFC 9309 §2.2.2 and §2.2.3, by our own scan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from crawler.politeness.robots_grammar import Line

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
# Octets that stay as they are; everything else is percent-encoded before the comparison.
_KEPT = "%!$&'()*+,;=:@/?[]~"


def path_of(url: str) -> str:
    """Path and query of ``url``, from the first slash after the authority, without fragment."""
    rest = url.partition("#")[0]
    scheme, separator, after = rest.partition("://")
    if separator and "/" not in scheme:
        cut = re.search(r"[/?]", after)
        rest = after[cut.start() :] if cut else ""
    return rest if rest.startswith("/") else "/" + rest


def normalized(text: str) -> str:
    """Percent-encoding made uniform: unreserved octets decoded, the rest encoded in upper case (§2.2.2)."""

    def one(match: re.Match[str]) -> str:
        octet = int(match[1], 16)
        return chr(octet) if octet in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(one, quote(text, safe=_KEPT, errors="replace"))


def matches(pattern: str, path: str) -> bool:
    """Whether a normalized ``pattern`` (``*`` any octets, ``$`` at its end anchors) matches ``path``.

    Greedy from the left in one pass, so a pattern of many stars cannot make it slow.
    """
    anchored = pattern.endswith("$")
    parts = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(parts[0]):
        return False
    if len(parts) == 1:
        return not anchored or path == parts[0]
    at = len(parts[0])
    for part in parts[1:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = parts[-1]
    if anchored:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0


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
