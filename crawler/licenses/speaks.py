"""Whether a text can speak of a licence at all, told without cutting it into words.

Most texts that pass through the readers are captions and descriptions. They must cost next to nothing, and
none that names a licence may be lost: ``silent`` is true only where no later step could find anything.
"""

from __future__ import annotations

import re
from functools import cache

from crawler.licenses import registry
from crawler.licenses.words import WORD, elements, filler, lower, places, unported

#: A text with one of these (lower case) speaks of rights, whether we understand it or not.
_RIGHTS = (
    "licen",
    "lizen",
    "lisen",
    "copyright",
    "rights",
    "©",
    "(c)",
    "creative",
    "domain",
    "許",
    "许",
    "라이선스",
    "лиценз",
    "ライセンス",
)
#: What else a licence's name, address or quotation has in it.
_NAMES = ("cc", "//", "by-", "irrevocable", "alike", "commercial", "deriv", ".org/")
_CODE = re.compile(r"\bcc[\s-]?by\b|\bcc0\b")
_DOMAIN = re.compile(r"public[\s-]*domain")
_CREATIVE = re.compile(r"creative\W*commons")
_DOTTED = tuple(f".{digit}" for digit in range(10))
#: Longer than any name without a version.
_LONGEST_NAME = 160


def speaks(low: str) -> bool:
    """Whether a text in lower case speaks of a licence or of rights."""
    for sign in _RIGHTS:
        if (
            sign in low
            and (sign != "creative" or _CREATIVE.search(low))
            and (sign != "domain" or _DOMAIN.search(low))
        ):
            return True
    return "cc" in low and _CODE.search(low) is not None


def first_sign(low: str) -> int:
    """Where a text in lower case first has something of a licence in it; -1 where it has nothing."""
    first = -1
    for sign in _signs(plain=low.isascii(), marked="/" in low or "(" in low):
        if sign in low:
            at = low.find(sign)
            first = at if first < 0 else min(first, at)
    return first


def silent(low: str) -> bool:
    """No licence can be read from a text in lower case that has no sign, and it does not speak of one."""
    if "name" in low and (":" in low or "=" in low):
        return False
    if low[-1:] in "1234" and not low[-2:-1].isdigit():  # "Attribution-ShareAlike 4"
        return False
    if "." in low:
        for sign in _DOTTED:
            if sign in low:
                return False
    if len(low) > _LONGEST_NAME:
        return True
    first = WORD.search(low)
    return first is None or first[0] not in _vocabulary() or not _vocabulary().issuperset(WORD.findall(low))


def harmless(low: str) -> bool:
    """Whether the beginning of a text, in lower case and without a sign, can change nothing about the rest.

    It has no version, no word that an element's name begins with in any language, none that denies or limits
    what follows, and names no other licence.
    """
    if "." in low and any(sign in low for sign in _DOTTED):
        return False
    return _heeded().isdisjoint(WORD.findall(low))


@cache
def _signs(*, plain: bool, marked: bool) -> tuple[str, ...]:
    """All signs, with what the quotations that we know begin with.

    ``plain``: those that an ASCII text can have; not ``marked``: those without a slash or bracket.
    """
    quotes = [quote for _, raw in registry.entries_with_words() for quote in raw.get("quotes", ())]
    signs = dict.fromkeys((*_RIGHTS, *_NAMES, *(quote[:10] for quote in quotes)))
    fit = (sign for sign in signs if (sign.isascii() or not plain) and (marked or not set(sign) & set("/(")))
    return tuple(fit)


@cache
def _heeded() -> frozenset[str]:
    denials = (
        "compatible interoperable similar comparable equivalent unlike instead rather not nor formerly previously"
        " never than except excluded excepted exempt used longer t nicht pas está è niet"
        " images photos photographs pictures"
    )
    limits = "personal private educational editorial use only permission free no name"
    others = "agpl gpl lgpl gfdl mit apache bsd mpl eupl odbl ofl"
    return frozenset({*elements(), *denials.split(), *limits.split(), *others.split()})


@cache
def _vocabulary() -> frozenset[str]:
    """Every word of a Creative Commons name in any language."""
    books = (elements(), unported(), places())
    phrases = {
        word for book in books for entries in book.values() for phrase, _ in entries for word in phrase
    }
    return frozenset({*phrases, *(lower(word) for word in filler()), "by", "nc", "nd", "sa"})
