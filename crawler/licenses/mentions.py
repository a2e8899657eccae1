"""Creative Commons licences named in a text, by long name or by code.

A mention is a run of elements with, usually, a version and a place: "CC0", "CC BY-SA 3.0 de", "Creative
Commons Attribution-NonCommercial 2.0 Germany", "表示 - 継承 2.5 メキシコ". A run counts only if it cannot
be ordinary prose: it has two elements, or "Creative Commons" or "CC" leads it, or the text is nothing but
the name.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from crawler.licenses.tokens import NUMBER, REACH, VERSIONS, Tokens
from crawler.licenses.units import CODES, UNITS, split_code, unit_of
from crawler.licenses.words import elements, filler, longest, words

_AND = frozenset({"and", "plus", "with", "и", "und", "et", "y", "e", "och", "en", "i"})
#: "Creative Commons" in one word, or its second word after its first.
_LEADERS = {
    "cc": None,
    "creativecommons": None,
    "知识共享": None,
    "知識共享": None,
    "共享创意": None,
    "共享創意": None,
    "創用cc": None,
    "commons": "creative",
    "コモンズ": "クリエイティブ",
    "커먼즈": "크리에이티브",
}


class Mention(NamedTuple):
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
        return flags(self.unit)


@cache
def flags(unit: str) -> frozenset[str]:
    """The elements of a unit, in no order."""
    return frozenset(unit.split("-"))


def mentions(text: str, found: list[str] | None = None) -> list[Mention]:
    """All mentions in a normal text, in order. ``found``: its words, where the caller has them already."""
    cut = words(text) if found is None else found
    return _Scan(text, cut).run() if not _starts().isdisjoint(cut) else []


class _Scan(Tokens):
    """One pass over the words of one text."""

    def run(self) -> list[Mention]:
        found: list[Mention] = []
        starts, codes, names = _starts(), _code_starts(), elements()
        at = 0
        for first, word in enumerate(self.words):
            if first < at or word not in starts:
                continue
            at = first
            hit = self._zero(at) or (self._code(at) if word in codes else None)
            if hit is None and word in names:
                hit = self._name(at)
            if hit is not None:
                found.append(hit[0])
                at = hit[1]
        return found

    def _zero(self, at: int) -> tuple[Mention, int] | None:
        """CC0, CC Zero, Creative Commons Zero, Public Domain Mark; the version is 1.0 or not written."""
        one = self.words[at]
        unit = "zero"
        if one == "cc":
            two = self.word(at + 1)
            if two == "zero" or (two == "0" and self.between(at, at + 1) in ("", "-", " ", "_")):
                after = at + 2
            elif two == "pddc":
                return self._mention("publicdomain", None, None, at, at + 2), at + 2
            else:
                return None
        elif one == "creative" and self.word(at + 1) == "commons" and self.word(at + 2) in ("zero", "0"):
            after = at + 3
        elif one == "public" and self.word(at + 1) == "domain" and self.word(at + 2) == "mark":
            unit, after = "mark", at + 3
        else:
            return None
        version, after = self.version(after, unit)
        return self._mention(unit, version, None, at, after), after

    def _code(self, at: int) -> tuple[Mention, int] | None:
        """CC BY-NC-SA 2.0 de: "cc", then codes; or codes joined by hyphens and followed by a version.

        The version may also stand before the codes: "CC 4.0 BY-SA", "Creative Commons 3.0 BY".
        """
        word = self.words[at]
        joined = word.startswith("ccby")
        led = joined or word != "by"
        first, before = at if joined or word == "by" else at + 1, None
        if word == "creative":
            if self.word(first) != "commons":
                return None
            first += 1
        if led and not joined:
            while self.word(first) in ("license", "licence", "licenses", "v", "version") and self.word(first):
                first += 1
            number = self.word(first)
            if number[:1].isdigit() and "." in number:
                before, first = number, first + 1
        if joined:
            codes, after = split_code(word[2:]), at + 1
        else:
            codes, after = self._codes(first, tight=not led)
        unit = unit_of(codes) if codes else None
        if unit is None or (codes[0] != "by" and (word == "creative" or before is not None)):
            return None
        if not led and (len(codes) < 2 or self.text[max(0, self.spans[at][0] - 1)] == "/"):
            return None  # "by", or a piece of somebody's address: "…/by-nc/4.0/"
        if any(not self.tight(left) for left in range(at, first)):
            return None
        version, behind = self.version(after, unit)
        if version is None and before is not None:
            version = before
        if version is None:
            written = self.text[self.spans[at][0] : self.spans[after - 1][1]]
            plain = led and (written == written.upper() or "-" in written)
            if not (plain or self.whole(at, after)) or not self._ends(after, unit):
                return None  # "cc by Jane Doe", "by-nc" in a sentence, "CC BY-XX"
            return self._mention(unit, None, None, at, after), after
        place, behind = self.place(behind, code=True)
        if self._goes_on(behind, unit):
            return None
        return self._mention(unit, version, place, at, behind), behind

    def _codes(self, at: int, *, tight: bool) -> tuple[list[str], int]:
        codes: list[str] = []
        while at < self.count and self.words[at] in CODES and self.words[at] not in codes:
            if codes and not (self.between(at - 1, at) in _HYPHENS if tight else self.tight(at - 1)):
                break
            codes.append(self.words[at])
            at += 1
        return codes, at

    def _name(self, at: int) -> tuple[Mention, int] | None:
        """Attribution-NonCommercial 2.0 Generic, in any language of the phrase book."""
        book = elements()
        found: list[str] = []
        after = at
        while after < self.count:
            hit = longest(book, self.words, after)
            if hit is None:
                # Russian, Korean: the name again in brackets; English: "Attribution and Share Alike"
                if found and self.words[after] in _AND and self._element_at(after + 1):
                    after += 1
                    continue
                break
            if found and not self.joined(after - 1):
                break
            if hit[1] not in found:
                found.append(hit[1])
            after += hit[0]
        unit = unit_of(found) if found else None
        if unit is None:
            return None
        version, behind = self.version(after, unit)
        if version is None and (before := self.version_before(at)) is not None:
            version = before
        place: str | None = None
        if version is not None:
            place, behind = self.place(behind, code=False)
        led = self._led(at)
        whole = self.whole(at, behind)
        if not (led or whole or (len(found) > 1 and "by" in found)):
            return None  # a lone element is a word; without BY what stands before was not read: "Atribution-NC-SA 1.0"
        named = led or (len(found) > 1 and (whole or self._coded(after)))
        if version is None and (not self._ends(after, unit) or not named):
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
        gap = self.between(after - 1, after)
        if not any(sign in gap for sign in ".;\n") and self._versioned(after):
            return False
        return (
            self.words[after] in filler() or not self.joined(after - 1) or any(c in gap for c in ".,;:()[]{}")
        )

    def _coded(self, after: int) -> bool:
        """A code in brackets follows: "Attribution-ShareAlike (CC BY-NC-SA) 4.0" names two licences."""
        return (
            after < self.count
            and self.words[after] in _code_starts()
            and "(" in self.between(after - 1, after)
        )

    def _versioned(self, after: int) -> bool:
        """A version follows, over words that were not read and may belong to the name: "Attribution, Nekomerca 4.0"."""
        ahead = self.words[after : after + REACH]
        at = next((place for place, word in enumerate(ahead) if word in VERSIONS), 0)
        return at > 0 and _starts().isdisjoint(ahead[:at])

    def _goes_on(self, after: int, unit: str) -> bool:
        """Behind the name stands a condition that its unit lacks ("CC BY 4.0 NC")."""
        if after >= self.count or not self.joined(after - 1):
            return False
        if self.words[after] in _AND and after + 1 < self.count:
            after += 1
        word = self.words[after]
        hit = longest(elements(), self.words, after)
        condition = hit[1] if hit is not None else word if word in CODES else None
        return condition is not None and condition not in flags(unit)

    def _element_at(self, at: int) -> bool:
        return at < self.count and longest(elements(), self.words, at) is not None

    def _led(self, at: int) -> bool:
        """ "Creative Commons" or "CC" stands before, with nothing but such words between."""
        back = at - 1
        meaningless = filler()
        while back >= 0 and at - back <= REACH:
            word = self.words[back]
            if word in _LEADERS:
                first = _LEADERS[word]
                return first is None or (back > 0 and self.words[back - 1] == first)
            if word not in meaningless and not NUMBER.fullmatch(word):
                return False
            back -= 1
        return False

    def _mention(self, unit: str, version: str | None, place: str | None, start: int, end: int) -> Mention:
        # 4.0 has no ports, so nothing behind it can be one.
        unread = version is not None and version != "4.0" and place is None and self.unread(end)
        return Mention(unit, version, place, self.spans[start][0], self.spans[end - 1][1], unread)


_HYPHENS = frozenset("-‐‑‒–")


@cache
def _code_starts() -> frozenset[str]:
    joined = {"cc" + unit.replace("-", "") for unit in UNITS.values() if unit.startswith("by")}
    return frozenset({*joined, "cc", "by", "creative", "creativecommons"})


@cache
def _starts() -> frozenset[str]:
    """The words a mention can begin with."""
    return frozenset({*elements(), *_code_starts(), "public"})
