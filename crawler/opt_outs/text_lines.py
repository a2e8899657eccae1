"""``key: value`` and ``key=value`` lines of ai.txt and trust.txt, with their numbers."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

#: Site files are small; what stands after this many characters is not read.
MAX_CHARACTERS = 500 * 1024

_MARKUP = re.compile(r"\s*<\s*[!?A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """1-based ``number``, lower-case ``key``, stripped ``value``, ``raw`` text."""

    number: int
    key: str
    value: str
    raw: str


def text_of(body: bytes, limit: int = MAX_CHARACTERS) -> str | None:
    """The file as text of at most ``limit`` characters, ``None`` for a page or binary in its place (a soft 404)."""
    utf_16 = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in body[:4096] and not utf_16:
        return None
    text = body[: 4 * limit].decode("utf-16" if utf_16 else "utf-8-sig", "replace")[:limit]
    return None if _MARKUP.match(text) else text


def read_lines(text: str, separator: str) -> list[Line]:
    """Lines with the separator, comments cut; CR, LF and CRLF end a line."""
    lines = []
    for number, raw in enumerate(re.split(r"\r\n|[\r\n]", text), start=1):
        key, found, value = raw.partition("#")[0].partition(separator)
        if found and key.strip():
            lines.append(Line(number, key.strip().lower(), value.strip(), raw.strip()))
    return lines
