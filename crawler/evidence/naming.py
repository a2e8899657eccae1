"""Who is named where: whole values in the slots that name a person, and mentions inside other texts. Pure functions.

A quote, a title or a longer value that contains a name is not that person's name (2026-11: an empty name matched the
empty quote of every claim, and a whole file was forgotten).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import orjson

#: Shorter names are only looked for as a whole value, or they would match inside other texts.
SHORT_NAME = 5
#: Kinds of content whose values are names and credit lines.
NAMING_KINDS = frozenset({"credit", "owner"})
_SITE_ROOT = re.compile(r"[a-z]+://[^/]*/?", re.IGNORECASE)


def folded(name: str) -> str:
    """A name as people compare it: composed characters (NFC), runs of white space as one space, ends cut off.

    Letter case stays: on the platforms "ada" and "Ada" may be two people.
    """
    return " ".join(unicodedata.normalize("NFC", name).split())


def value_of(texts: list[str | None]) -> str | None:
    """The value slot of a claim's [value, raw, quote]; its raw text where the reader made no value of it."""
    value, raw = texts[0], texts[1]
    return raw if value is None else value


def strings(kind: str, data: bytes) -> Iterator[str]:
    """The texts one erasable content holds: of JSON the values, of an address the address."""
    try:
        held = orjson.loads(data)
    except orjson.JSONDecodeError:
        # Plain addresses, and headers, which may be packed.
        yield from (data.decode("utf-8", "replace"),) if kind == "address" else ()
        return
    parts = [held]
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, list):
            parts += part
        elif isinstance(part, dict):
            parts += part.values()


def tells(kind: str, data: bytes, name: str) -> bool:
    """Whether a content mentions this name, profile address or id.

    Names of several words, addresses and account ids (``12@N00``) may stand inside any text, never inside longer
    words; a single word is somebody's name only where it is a whole name or credit: "Paris" is also a title.
    """
    if len(name) >= SHORT_NAME and (len(name.split()) > 1 or "@" in name or "/" in name):
        return any(_stands_in(name, text, "-") for text in strings(kind, data))
    return kind in NAMING_KINDS and name in strings(kind, data)


def leads_to(kind: str, data: bytes, url: str) -> bool:
    """Whether a content holds this address or one below it; of a site's bare root, only itself as a whole."""
    if _SITE_ROOT.fullmatch(url):
        return url in strings(kind, data)
    return any(_stands_in(url, text) for text in strings(kind, data))


def _stands_in(words: str, text: str, inner: str = "") -> bool:
    """Whether the words stand in the text other than as a part of longer ones; ``inner`` marks may stand in a word."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        longer = (
            _joined(before[-1:], words[0])
            or _joined(words[-1], after[:1])
            or (before[-1:] in inner and before[:-1].isalpha())
            or (after[:1] in inner and after[1:].isalpha())
        )
        if not longer:
            return True
        start = text.find(words, start + 1)
    return False


def _joined(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word.

    In the text of a page words are often glued ("…by Ada PenroseCC BY 4.0"): a capital after a small letter, or a
    letter beside a digit, begins another.
    """
    if not (left.isalnum() and right.isalnum()):
        return False
    return not (left.islower() and right.isupper()) and left.isdigit() == right.isdigit()
