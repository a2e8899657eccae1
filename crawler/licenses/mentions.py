"""Creative Commons licences named in a text, by long name or by code.

A mention is a run of elements with, usually, a version and a place: "CC0", "CC BY-SA 3.0 de", "Creative
Commons Attribution-NonCommercial 2.0 Germany", "表示 - 継承 2.5 メキシコ". A run counts only if it cannot
be ordinary prose: it has two elements, or "Creative Commons" or "CC" leads it, or the text is nothing but
the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crawler.licenses import registry
from crawler.licenses.units import CODES, UNITS, split_code, unit_of
from crawler.licenses.words import elements, filler, longest, places, spans, unported, words

_AND = frozenset({"and", "plus", "with", "и", "und", "et", "y", "e", "och", "en", "i"})
_VERSIONS = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_JOIN = re.compile(r"[\s_+/.,;:()\[\]{}<>«»“”„\"'’*&–—-]*")
_TIGHT = re.compile(r"[\s_+/–—-]{0,3}")
#: How many words may stand between a name and its version ("International Public License, version").
_REACH = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """One licence named in a text; ``version`` as written, ``None`` if none is. ``start``, ``end``: where.

    ``place_unread``: a word that could be a place follows the version, and we do not know it.
    """

    unit: str
    version: str | None
    jurisdiction: str | None
    start: int
    end: int
    place_unread: bool = False

    @property
    def flags(self) -> frozenset[str]:
        """The unit's elements; by-nc-nd and by-nd-nc have the same."""
        return frozenset(self.unit.split("-"))


def mentions(text: str) -> list[Mention]:
    """All mentions in a normal text, in order."""
    found = words(text)
    starts = _starts()
    if not any(word in starts for word in found):
        return []
    return list(_Scan(text, found).run(starts))


class _Scan:
    """One pass over the words of one text."""

    def __init__(self, text: str, found: list[str]) -> None:
        self.text = text
        self.words = found
        self.count = len(found)
        self.spans = spans(text)
        self.shouting = text.upper() == text

    def run(self, starts: frozenset[str]) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while at < self.count:
            if self.words[at] not in starts:
                at += 1
                continue
            mention, after = self._zero(at) or self._code(at) or self._name(at) or (None, at + 1)
            if mention is not None:
                found.append(mention)
            at = after
        return found

    def _word(self, at: int) -> str:
        return self.words[at] if at < self.count else ""

    def _between(self, left: int, right: int) -> str:
        return self.text[self.spans[left][1] : self.spans[right][0]]

    def _zero(self, at: int) -> tuple[Mention, int] | None:
        """CC0, CC Zero, Creative Commons Zero, Public Domain Mark; the version is 1.0 or not written."""
        one, two, three = self._word(at), self._word(at + 1), self._word(at + 2)
        unit = "zero"
        if one == "cc" and (
            two == "zero" or (two == "0" and self._between(at, at + 1) in ("", "-", " ", "_"))
        ):
            after = at + 2
        elif one == "creative" and two == "commons" and three in ("zero", "0"):
            after = at + 3
        elif one == "public" and two == "domain" and three == "mark":
            unit, after = "mark", at + 3
        elif one == "cc" and two == "pddc":
            return self._mention("publicdomain", None, None, at, at + 2), at + 2
        else:
            return None
        version, after = self._version(after)
        return self._mention(unit, version, None, at, after), after

    def _code(self, at: int) -> tuple[Mention, int] | None:
        """CC BY-NC-SA 2.0 de: "cc", then codes; or codes joined by hyphens and followed by a version."""
        word = self.words[at]
        joined = word.startswith("ccby")
        led = joined or word == "cc"
        first = at + 1 if word == "cc" else at
        if joined:
            codes, after = split_code(word[2:]), at + 1
        else:
            codes, after = self._codes(first, tight=not led)
        unit = unit_of(codes)
        if unit is None or not (led or (len(codes) > 1 and codes[0] == "by")):
            return None
        if first > at and not _TIGHT.fullmatch(self._between(at, first)):
            return None
        version, behind = self._version(after)
        if version is None:
            written = self.text[self.spans[at][0] : self.spans[after - 1][1]]
            plain = led and (written == written.upper() or "-" in written)
            if not (plain or self._whole(at, after)) or not self._ends(after, unit):
                return None  # "cc by Jane Doe", "by-nc" in a sentence, "CC BY-XX"
            return self._mention(unit, None, None, at, after), after
        place, behind = self._place(behind, code=True)
        if self._goes_on(behind, unit):
            return None
        return self._mention(unit, version, place, at, behind), behind

    def _codes(self, at: int, *, tight: bool) -> tuple[list[str], int]:
        codes: list[str] = []
        while at < self.count and self.words[at] in CODES and self.words[at] not in codes:
            if codes and not (
                self._between(at - 1, at) == "-" if tight else _TIGHT.fullmatch(self._between(at - 1, at))
            ):
                break
            codes.append(self.words[at])
            at += 1
        return codes, at

    def _name(self, at: int) -> tuple[Mention, int] | None:
        """Attribution-NonCommercial 2.0 Generic, in any language of the phrase book."""
        found: list[str] = []
        after = at
        while after < self.count:
            hit = longest(elements(), self.words, after)
            if hit is None:
                # Russian, Korean: the name again in brackets; English: "Attribution and Share Alike"
                if found and self._word(after) in _AND and self._element_at(after + 1):
                    after += 1
                    continue
                break
            if found and not _JOIN.fullmatch(self._between(after - 1, after)):
                break
            if hit[1] not in found:
                found.append(hit[1])
            after += hit[0]
        unit = unit_of(found) if found else None
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
        if version is None and (not self._ends(after, unit) or not (led or (whole and len(found) > 1))):
            return None  # "attribution" in a sentence; "Attribution License" names nobody's licence
        if version is not None and self._goes_on(behind, unit):
            return None
        return self._mention(unit, version, place, at, behind), behind

    def _ends(self, after: int, unit: str) -> bool:
        """A name without version ends before word ``after`` ("Attribution-NonComercail" does not)."""
        if after >= self.count:
            return True
        if self._goes_on(after, unit):
            return False
        gap = self._between(after - 1, after)
        return (
            self.words[after] in filler() or not _JOIN.fullmatch(gap) or any(c in gap for c in ".,;:()[]{}")
        )

    def _goes_on(self, after: int, unit: str) -> bool:
        """Behind the name stands a condition that its unit lacks ("CC BY 4.0 NC")."""
        if after >= self.count or not _JOIN.fullmatch(self._between(after - 1, after)):
            return False
        if self.words[after] in _AND and after + 1 < self.count:
            after += 1
        word = self.words[after]
        hit = longest(elements(), self.words, after)
        condition = hit[1] if hit is not None else word if word in CODES else None
        return condition is not None and condition not in unit.split("-")

    def _element_at(self, at: int) -> bool:
        return at < self.count and longest(elements(), self.words, at) is not None

    def _led(self, at: int) -> bool:
        """ "Creative Commons" or "CC" stands before, with nothing but such words between."""
        back = at - 1
        while back >= 0 and at - back <= _REACH:
            word = self.words[back]
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
        """The version at or shortly after word ``at``, over words without meaning: (version, next word)."""
        reach = at
        while reach < self.count and reach - at <= _REACH:
            if reach and not _JOIN.fullmatch(self._between(reach - 1, reach)):
                break
            word = self.words[reach]
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
        if at == self.count - 1 and f"{self.words[at]}.0" in _VERSIONS:
            return f"{self.words[at]}.0", at + 1
        return None, at

    def _versions(self, at: int) -> tuple[str, int]:
        """The version, and the newest of several ("3.0,2.5,2.0,1.0": free choice, as Commons lists them)."""
        several = [self.words[at]]
        after = at + 1
        while (
            after < self.count
            and self.words[after] in _VERSIONS
            and re.fullmatch(r"[\s,/-]{1,3}", self._between(after - 1, after))
        ):
            several.append(self.words[after])
            after += 1
        return max(several) if len(several) > 1 else several[0], after

    def _place(self, at: int, *, code: bool) -> tuple[str | None, int]:
        """The port named directly after the version: a place name, or a code where it can be no word."""
        if at >= self.count or not _JOIN.fullmatch(self._between(at - 1, at)):
            return None, at
        word = self.words[at]
        hit = longest(unported(), self.words, at)
        if hit is not None:
            at += hit[0]
            return None, at
        hit = longest(places(), self.words, at)
        if hit is not None and (len(word) > 2 or not word.isascii() or hit[0] > 1 or self._is_code(at)):
            return hit[1], at + hit[0]
        if (code or at == self.count - 1) and self._is_code(at):
            return word, at + 1
        return None, at

    def _unread(self, at: int) -> bool:
        """Behind the version stands a capital, or a script without capitals, and no word that we know."""
        if not at < self.count or self._between(at - 1, at) not in (" ", ": ", " - ", " ("):
            return False
        first = self.text[self.spans[at][0]]
        known = self.words[at] in filler() or self.words[at] in elements() or self.words[at] in unported()
        return not known and (first.isupper() or (first.isalpha() and not first.islower()))

    def _is_code(self, at: int) -> bool:
        word = self.words[at]
        if word not in _ports():
            return False
        written = self.text[slice(*self.spans[at])]
        joined = self._between(at - 1, at) in ("-", "_")
        return joined or at == self.count - 1 or (written.isupper() and not self.shouting)

    def _whole(self, start: int, end: int) -> bool:
        """Nothing but words without meaning stands outside these words."""
        without = filler()
        return all(word in without for word in (*self.words[:start], *self.words[end:]))

    def _mention(self, unit: str, version: str | None, place: str | None, start: int, end: int) -> Mention:
        # 4.0 has no ports, so nothing behind it can be one.
        unread = version is not None and version != "4.0" and place is None and self._unread(end)
        return Mention(unit, version, place, self.spans[start][0], self.spans[end - 1][1], unread)


@cache
def _starts() -> frozenset[str]:
    """The words a mention can begin with."""
    joined = {"cc" + unit.replace("-", "") for unit in UNITS.values() if unit.startswith("by")}
    return frozenset({*elements(), *joined, "cc", "creative", "public", "by"})


@cache
def _ports() -> frozenset[str]:
    return frozenset(registry.table("creative_commons")["places"])
