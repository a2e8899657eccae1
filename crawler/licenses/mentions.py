"""Creative Commons licences named in a text, by long name or by code.

A mention is a run of elements with, usually, a version and a place: "Creative Commons Attribution-NonCommercial 2.0
Germany", "CC BY-SA 3.0 de", "表示 - 継承 2.5 メキシコ", "CC0". A run counts only if it cannot be ordinary prose: it has two
elements, or "Creative Commons" or "CC" leads it, or the text is nothing but the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.licenses import registry
from crawler.licenses.words import Word, elements, filler, longest, places, unported, words

_CODES = frozenset({"by", "nc", "nd", "sa"})
_VERSIONS = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_JOIN = re.compile(r"[\s_+/.,;:()\[\]{}<>«»“”„\"'’*&–—-]*")
_TIGHT = re.compile(r"[\s_+/–—-]{0,3}")
#: How many words may stand between a name and its version ("International Public License, version").
_REACH = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """One licence named in a text; ``version`` as written, ``None`` if none is. ``start``, ``end``: where."""

    unit: str
    version: str | None
    jurisdiction: str | None
    start: int
    end: int

    @property
    def flags(self) -> frozenset[str]:
        return frozenset(self.unit.split("-"))


def mentions(text: str) -> list[Mention]:
    """All mentions in a normal text, in order."""
    return list(_Scan(text).run())


class _Scan:
    """One pass over the words of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self.shouting = text.upper() == text

    def run(self) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while at < len(self.words):
            mention, after = self._zero(at) or self._code(at) or self._name(at) or (None, at + 1)
            if mention is not None:
                found.append(mention)
            at = after
        return found

    def _word(self, at: int) -> str:
        return self.words[at].text if at < len(self.words) else ""

    def _between(self, left: int, right: int) -> str:
        return self.text[self.words[left].end : self.words[right].start]

    def _zero(self, at: int) -> tuple[Mention, int] | None:
        """CC0, CC Zero, Creative Commons Zero, Public Domain Mark; the version is 1.0 or not written."""
        one, two, three = self._word(at), self._word(at + 1), self._word(at + 2)
        unit = "zero"
        if one == "cc" and (two == "zero" or (two == "0" and self._between(at, at + 1) in ("", "-", " ", "_"))):
            after = at + 2
        elif one == "creative" and two == "commons" and three in ("zero", "0", "cc0"):
            after = at + 3
        elif one == "public" and two == "domain" and three == "mark":
            unit, after = "mark", at + 3
        else:
            return None
        version, after = self._version(after)
        return self._mention(unit, version, None, at, after), after

    def _code(self, at: int) -> tuple[Mention, int] | None:
        """CC BY-NC-SA 2.0 de: "cc", then codes; or codes joined by hyphens and followed by a version."""
        led = self._word(at) == "cc"
        first = at + 1 if led else at
        if not led and self._word(at)[:4] == "ccby":
            codes, first = _split_code(self._word(at)[2:]), at + 1
            if not codes:
                return None
            led, after = True, first
        else:
            codes, after = self._codes(first, tight=not led)
        if not codes or (led and first > at + 1):
            return None
        if led and first < len(self.words) and after > first and not _TIGHT.fullmatch(self._between(at, first)):
            return None
        unit = _unit(codes)
        if unit is None or (not led and (len(codes) < 2 or codes[0] != "by")):
            return None
        version, behind = self._version(after)
        if version is None:
            written = self.text[self.words[at].start : self.words[after - 1].end]
            plain = led and (written == written.upper() or "-" in written)
            if not plain and not self._whole(at, after):
                return None  # "cc by Jane Doe", "by-nc" in a sentence
            return self._mention(unit, None, None, at, after), after
        place, behind = self._place(behind, code=True)
        return self._mention(unit, version, place, at, behind), behind

    def _codes(self, at: int, *, tight: bool) -> tuple[list[str], int]:
        codes: list[str] = []
        while at < len(self.words) and self.words[at].text in _CODES and self.words[at].text not in codes:
            if codes and not (self._between(at - 1, at) == "-" if tight else _TIGHT.fullmatch(self._between(at - 1, at))):
                break
            codes.append(self.words[at].text)
            at += 1
        return codes, at

    def _name(self, at: int) -> tuple[Mention, int] | None:
        """Attribution-NonCommercial 2.0 Generic, in any language of the phrase book."""
        found: list[str] = []
        after = at
        while after < len(self.words):
            hit = longest(elements(), self.words, after)
            if hit is None:
                # Russian, Korean: the name again in brackets; English: "Attribution and Share Alike"
                if found and self._word(after) in ("and", "и", "und", "et", "y", "e") and self._element_at(after + 1):
                    after += 1
                    continue
                break
            if found and not _JOIN.fullmatch(self._between(after - 1, after)):
                break
            if hit[1] not in found:
                found.append(hit[1])
            after += hit[0]
        unit = _unit(found) if found else None
        if unit is None:
            return None
        version, behind = self._version(after)
        if version is None and (before := self._version_before(at)) is not None:
            version = before
        place: str | None = None
        if version is not None:
            place, behind = self._place(behind, code=False)
        led = self._led(at)
        whole = self._whole(at, behind)
        if not (led or len(found) > 1 or whole):
            return None
        if version is None and not led and not (whole and len(found) > 1):
            return None  # "attribution" in a sentence; "Attribution License" names nobody's licence
        return self._mention(unit, version, place, at, behind), behind

    def _element_at(self, at: int) -> bool:
        return at < len(self.words) and longest(elements(), self.words, at) is not None

    def _led(self, at: int) -> bool:
        """ "Creative Commons" or "CC" stands before, with nothing but such words between."""
        back = at - 1
        while back >= 0 and at - back <= _REACH:
            word = self.words[back].text
            if word in ("commons", "cc"):
                return word == "cc" or self._word(back - 1) == "creative"
            if word not in filler() and not _NUMBER.fullmatch(word):
                return False
            back -= 1
        return False

    def _version_before(self, at: int) -> str | None:
        word = self._word(at - 1) if at else ""
        return word if "." in word and _NUMBER.fullmatch(word) else None

    def _version(self, at: int) -> tuple[str | None, int]:
        """The version at or shortly after word ``at``, over words without meaning; (version, word after it)."""
        reach = at
        while reach < len(self.words) and reach - at <= _REACH:
            if reach and not _JOIN.fullmatch(self._between(reach - 1, reach)):
                break
            word = self.words[reach].text
            if _NUMBER.fullmatch(word):
                return self._versions(reach) if "." in word else self._short_version(reach)
            hit = longest(unported(), self.words, reach)
            if hit is not None:
                reach += hit[0]
            elif word in filler() or word in ("universal", "international", "unported", "generic"):
                reach += 1
            else:
                break
        return None, at

    def _short_version(self, at: int) -> tuple[str | None, int]:
        """ "4" for 4.0, only where the text ends with it ("CC BY 4" but not "CC BY 2 photos")."""
        if at == len(self.words) - 1 and f"{self.words[at].text}.0" in _VERSIONS:
            return f"{self.words[at].text}.0", at + 1
        return None, at

    def _versions(self, at: int) -> tuple[str, int]:
        """The version, and the newest of several ("3.0,2.5,2.0,1.0": free choice, as Commons lists them)."""
        several = [self.words[at].text]
        after = at + 1
        while (
            after < len(self.words)
            and self.words[after].text in _VERSIONS
            and re.fullmatch(r"[\s,/-]{1,3}", self._between(after - 1, after))
        ):
            several.append(self.words[after].text)
            after += 1
        return max(several) if len(several) > 1 else several[0], after

    def _place(self, at: int, *, code: bool) -> tuple[str | None, int]:
        """The port named directly after the version: a place name, or a code where it can be no word."""
        if at >= len(self.words) or not _JOIN.fullmatch(self._between(at - 1, at)):
            return None, at
        word = self.words[at]
        hit = longest(unported(), self.words, at)
        if hit is not None:
            at += hit[0]
            return None, at
        hit = longest(places(), self.words, at)
        if hit is not None and (len(word.text) > 2 or not word.text.isascii() or hit[0] > 1 or self._is_code(at)):
            return hit[1], at + hit[0]
        if (code or at == len(self.words) - 1) and self._is_code(at):
            return word.text, at + 1
        return None, at

    def _is_code(self, at: int) -> bool:
        word = self.words[at]
        if word.text not in _ports():
            return False
        written = self.text[word.start : word.end]
        joined = self._between(at - 1, at) in ("-", "_")
        return joined or at == len(self.words) - 1 or (written.isupper() and not self.shouting)

    def _whole(self, start: int, end: int) -> bool:
        """Nothing but words without meaning stands outside these words."""
        outside = [*self.words[:start], *self.words[end:]]
        return all(word.text in filler() for word in outside)

    def _mention(self, unit: str, version: str | None, place: str | None, start: int, end: int) -> Mention:
        last: Word = self.words[end - 1]
        return Mention(unit, version, place, self.words[start].start, last.end)


def _unit(found: list[str]) -> str | None:
    """Elements in any order → Creative Commons' unit, ``None`` if it never had such a one."""
    chosen = frozenset(found)
    return _UNITS.get(chosen)


_UNITS = {
    frozenset(unit.split("-")): unit
    for unit in ("by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa", "nc", "nc-sa", "nd", "nd-nc", "sa")
}


def _split_code(text: str) -> list[str]:
    """ "byncsa" → by, nc, sa; anything else → nothing."""
    codes = [text[i : i + 2] for i in range(0, len(text), 2)]
    return codes if all(code in _CODES for code in codes) and len(set(codes)) == len(codes) else []


def _ports() -> frozenset[str]:
    return frozenset(registry.table("places")["names"])
