"""The pattern language for paths that robots.txt, TDMRep, RSL and ai.txt share (RFC 9309 §2.2.2 and §2.2.3)."""

from __future__ import annotations

import re
from urllib.parse import quote

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


def covers(pattern: str, path: str) -> bool:
    """Whether a pattern as written matches a path as written.

    A ``*`` or ``$`` of the path itself is met by ``%2A`` and ``%24`` in the pattern (RFC 9309 §2.2.3; TDMRep, "Use
    of regular expressions") and, because sites do not know that, by the bare character too.
    """
    pattern, path = normalized(pattern), normalized(path)
    if matches(pattern, path):
        return True
    if "%2A" not in pattern and "%24" not in pattern:
        return False
    return matches(pattern, path.replace("*", "%2A").replace("$", "%24"))
