"""The lines and groups of a robots.txt text, as RFC 9309 §2.1–2.2 and Google's open parser read them.

Protego decides about paths (``robots.py``), but it lets unknown lines split groups, is blind to a byte-order
mark and compares agent names as substrings (measured with 0.6.1 and 0.7.0, 2026-11-23). So grouping is done
here, with line numbers, and Protego is handed one clean group. The preference lines it drops
(Content-Usage, Content-Signal, License) are kept for ``opt_outs.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: Directive spellings seen in the wild, as google/robotstxt and Protego accept them.
_SPELLINGS = {
    "useragent": "user-agent",
    "user agent": "user-agent",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl delay": "crawl-delay",
    "crawldelay": "crawl-delay",
    "request rate": "request-rate",
}
_KNOWN = frozenset(
    {
        "user-agent",
        "allow",
        "disallow",
        "crawl-delay",
        "request-rate",
        "content-usage",
        "content-signal",
        "license",
        "sitemap",
    }
)
_RULES = frozenset({"allow", "disallow"})
_PACE = frozenset({"crawl-delay", "request-rate"})
_PREFERENCES = frozenset({"content-usage", "content-signal"})

# Wider than RFC 9309's CR, LF and CRLF: a Disallow behind a form feed or U+2028 still means what it says.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PRODUCT_TOKEN = re.compile(r"[A-Za-z_-]+", re.ASCII)
_LONGEST_LINE = 8 * 2083  # google/robotstxt cuts here (robots.cc, 2026-04-01)


@dataclass(frozen=True, slots=True)
class Line:
    """One directive: 1-based line ``number``, lower-case ``key``, stripped ``value``, ``raw`` text."""

    number: int
    key: str
    value: str
    raw: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.raw}"


@dataclass(slots=True)
class Group:
    """One run of User-agent lines and what follows it. Filled by ``read_groups``, not changed afterwards.

    ``agents``: the User-agent lines. ``rules``: Allow and Disallow. ``pace``: Crawl-delay and Request-rate
    with the agents they speak to. ``preferences``: Content-Usage and Content-Signal, likewise.
    """

    agents: list[Line] = field(default_factory=list)
    rules: list[Line] = field(default_factory=list)
    pace: list[tuple[Line, tuple[Line, ...]]] = field(default_factory=list)
    preferences: list[tuple[Line, tuple[Line, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RobotsText:
    """A parsed file: its groups in order, site-wide License lines, and preference lines before any group."""

    groups: tuple[Group, ...]
    licenses: tuple[Line, ...]
    stray: tuple[Line, ...]


def read_lines(text: str) -> list[Line]:
    """All ``key: value`` lines with comments and unreadable lines left out."""
    lines = []
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        line = _read_line(number, raw[:_LONGEST_LINE])
        if line is not None:
            lines.append(line)
    return lines


def _read_line(number: int, raw: str) -> Line | None:
    statement = raw.partition("#")[0].strip()
    if not statement:
        return None
    key, colon, value = statement.partition(":")
    words = statement.split()
    if colon and _canonical(key) in _KNOWN:
        return Line(number, _canonical(key), value.strip(), raw.strip())
    # "Disallow /x" without a colon, and "Disallow /a:b" whose colon belongs to the value: sites do write
    # them, and Google's parser obeys the first form.
    if len(words) == 2 and _canonical(words[0]) in _KNOWN:
        return Line(number, _canonical(words[0]), words[1], raw.strip())
    if colon and _canonical(key).startswith("disallow"):
        return Line(number, "disallow", value.strip(), raw.strip())
    return Line(number, _canonical(key), value.strip(), raw.strip()) if colon else None


def _canonical(key: str) -> str:
    key = " ".join(key.split()).lower()
    return _SPELLINGS.get(key, key)


def read_groups(text: str) -> RobotsText:
    """Group the lines: consecutive User-agent lines open a group, only Allow and Disallow close its head.

    Unknown lines, Sitemap, Crawl-delay and the preference lines never split a head of User-agent lines
    (RFC 9309 §2.2.4). Crawl-delay and Request-rate speak only to the agents named since the last of them, so
    that "User-agent: A, Crawl-delay: 9, User-agent: *" slows A and nobody else. So do the preference lines, which
    AIPREF makes rules of a group (attach-05 §3): a User-agent line after one begins a head of its own for them.
    """
    groups: list[Group] = []
    licenses: list[Line] = []
    stray: list[Line] = []
    current: Group | None = None
    paced: list[Line] = []
    last_key = ""
    for line in read_lines(text):
        if line.key == "user-agent":
            if current is None or current.rules:
                current = Group()
                groups.append(current)
            if last_key != "user-agent":
                paced = []
            current.agents.append(line)
            paced.append(line)
        elif line.key == "license":
            licenses.append(line)
        elif current is None:
            if line.key in _PREFERENCES:
                stray.append(line)
        elif line.key in _RULES:
            current.rules.append(line)
        elif line.key in _PACE:
            current.pace.append((line, tuple(paced)))
        elif line.key in _PREFERENCES:
            current.preferences.append((line, tuple(paced)))
        if line.key in _KNOWN and line.key not in ("sitemap", "license"):
            last_key = line.key
    return RobotsText(tuple(groups), tuple(licenses), tuple(stray))


def speaks_to_all(value: str) -> bool:
    """``*``, alone or followed by a blank, addresses every agent without a group of its own."""
    return value == "*" or (value[:1] == "*" and value[1:2].isspace())


def names_product(value: str, product: str) -> bool:
    """Whether a User-agent value names this product token (RFC 9309 §2.2.1: case-insensitive, whole token).

    As Google's parser: the leading letters, ``_`` and ``-`` count, so that "Foo/1.2" and "Foo Bar" name Foo.
    """
    token = _PRODUCT_TOKEN.match(value)
    return token is not None and token[0].lower() == product.lower()
