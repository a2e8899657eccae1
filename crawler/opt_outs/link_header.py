"""``Link`` header fields (RFC 8288 §3): targets with their parameters, several to a field, several fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TARGET = re.compile(r"[\s,]*<([^<>]*)>")
_PARAMETER = re.compile(r"\s*;\s*([!#$&+.^_`|~0-9A-Za-z*-]*)\s*(?:=\s*(\"(?:[^\"\\]|\\.)*\"|[^\s;,\"]*))?")
_MOST_LINKS = 200


@dataclass(frozen=True, slots=True)
class HeaderLink:
    """One link: ``target`` as written, ``rels`` and parameter names in lower case, ``raw`` its own text."""

    target: str
    rels: frozenset[str]
    parameters: dict[str, str]
    raw: str


def read_links(headers: Iterable[tuple[str, str]]) -> tuple[HeaderLink, ...]:
    """Every link of all ``Link`` headers in order; reading stops where a field is no list of links.

    The first of repeated parameters counts (RFC 8288 §3.3, §3.4).
    """
    found: list[HeaderLink] = []
    for name, value in headers:
        if name.lower() != "link":
            continue
        at = 0
        while len(found) < _MOST_LINKS and (target := _TARGET.match(value, at)):
            start, at = target.start(1) - 1, target.end()
            parameters: dict[str, str] = {}
            while parameter := _PARAMETER.match(value, at):
                parameters.setdefault(parameter[1].lower(), _unquoted(parameter[2] or ""))
                at = parameter.end()
            rels = frozenset(parameters.get("rel", "").lower().split())
            found.append(HeaderLink(target[1].strip(), rels, parameters, value[start:at]))
    return tuple(found)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text
