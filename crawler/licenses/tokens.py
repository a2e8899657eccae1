"""The words of one text with their places, and what can stand behind a licence's name: version and port."""

from __future__ import annotations

import re
from functools import cache

from crawler.licenses import registry
from crawler.licenses.units import CODES, unit_of
from crawler.licenses.words import WORD, elements, filler, longest, lower, places, unported, words

VERSIONS = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})
NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: How many words may stand between a name and its version ("International Public License, version").
REACH = 6
#: What stands where an address stood.
ADDRESS = "¦"
#: More than a line's end with a comment sign on the next line is no part of a name.
_WIDEST = 24
_LIST = re.compile(r"[\s,/-]{1,3}")
_TIGHT = re.compile(r"[\s_+/\[(‐-―−-]{0,3}")


class Tokens:
    """One normal text, cut into words. ``found``: its words, where the caller has them already."""

    def __init__(self, text: str, found: list[str] | None = None) -> None:
        low = lower(text)
        self.text = text
        self.words = words(text) if found is None else found
        self.count = len(self.words)
        self.spans = list(map(re.Match.span, WORD.finditer(low)))
        self._shouting: bool | None = None

    def word(self, at: int) -> str:
        """Word ``at``, "" behind the last."""
        return self.words[at] if at < self.count else ""

    def between(self, left: int, right: int) -> str:
        """What stands between two words."""
        return self.text[self.spans[left][1] : self.spans[right][0]]

    def joined(self, left: int) -> bool:
        """Nothing but a few signs stands between word ``left`` and the next: a line's end, a comment sign."""
        gap = self.text[self.spans[left][1] : self.spans[left + 1][0]]
        return gap in _PLAIN or (len(gap) <= _WIDEST and ADDRESS not in gap) or gap.isspace()

    def tight(self, left: int) -> bool:
        """As between two codes: at most three signs of the kinds that join words."""
        gap = self.text[self.spans[left][1] : self.spans[left + 1][0]]
        return gap in _PLAIN or _TIGHT.fullmatch(gap) is not None

    def whole(self, start: int, end: int) -> bool:
        """Nothing but words without meaning stands outside these words."""
        without = filler()
        return without.issuperset(self.words[:start]) and without.issuperset(self.words[end:])

    def version_before(self, at: int) -> str | None:
        """The version directly before word ``at`` ("4.0 Attribution")."""
        word = self.words[at - 1] if at else ""
        return word if "." in word and NUMBER.fullmatch(word) else None

    def version(self, at: int, unit: str) -> tuple[str | None, int]:
        """The version at or shortly after word ``at``, over words without meaning and ``unit`` in codes.

        (version, next word).
        """
        reach = at
        meaningless, nowhere = filler(), unported()
        while reach < self.count and reach - at <= REACH:
            if reach and not self._flows(reach - 1):
                break
            word = self.words[reach]
            if word[0].isdigit():
                return self._versions(reach) if "." in word else self._short_version(reach)
            hit = longest(nowhere, self.words, reach)
            if hit is not None:
                reach += hit[0]
            elif word in meaningless:
                reach += 1
            elif word in CODES and (length := self._repeated(reach, unit)):
                reach += length
            else:
                break
        return None, at

    def _flows(self, left: int) -> bool:
        """Joined, and no sentence ends behind the word ("CC BY. Version 1.0 of this album"; but "v. 4.0")."""
        gap = self.text[self.spans[left][1] : self.spans[left + 1][0]]
        if gap in _PLAIN:
            return True
        return self.joined(left) and (gap[0] not in ".;!?" or self.words[left] in _SHORTENED)

    def _repeated(self, first: int, unit: str) -> int:
        """How many codes from word ``first`` on are the name again: "Attribution-ShareAlike (CC BY-SA) 4.0".

        They are led by "cc" or stand in brackets, and are the same unit; others ("Attribution (CC BY-NC)") are another
        licence's.
        """
        after = first
        while after < self.count and self.words[after] in CODES:
            after += 1
        same = unit_of(self.words[first:after]) == unit
        led = first > 0 and (self.words[first - 1] == "cc" or "(" in self.between(first - 1, first))
        return after - first if same and led else 0

    def _short_version(self, at: int) -> tuple[str | None, int]:
        """ "4" for 4.0, only where the text ends with it ("CC BY 4" but not "CC BY 2 photos")."""
        if at == self.count - 1 and f"{self.words[at]}.0" in VERSIONS:
            return f"{self.words[at]}.0", at + 1
        return None, at

    def _versions(self, at: int) -> tuple[str, int]:
        """The version, and the newest of several ("3.0,2.5,2.0,1.0": free choice, as Commons lists them).

        Several that do not fall are nobody's list ("CC BY 2.0, 3.0 MP"): all of them, which is no version.
        """
        several = [self.words[at]]
        after = at + 1
        while (
            after < self.count
            and self.words[after] in VERSIONS
            and _LIST.fullmatch(self.between(after - 1, after))
        ):
            several.append(self.words[after])
            after += 1
        falls = several == sorted(several, reverse=True)
        return several[0] if falls else "/".join(several), after

    def place(self, at: int, *, code: bool) -> tuple[str | None, int]:
        """The port named directly after the version: a place name, or a code where it can be no word."""
        if at >= self.count or not self._flows(at - 1):
            return None, at
        word = self.words[at]
        hit = longest(unported(), self.words, at)
        if hit is not None:
            return None, at + hit[0]
        hit = longest(places(), self.words, at)
        if hit is not None and (len(word) > 2 or not word.isascii() or hit[0] > 1 or self._is_code(at)):
            return hit[1], at + hit[0]
        if (code or at == self.count - 1) and self._is_code(at):
            return word, at + 1
        return None, at

    def unread(self, at: int) -> bool:
        """Behind the version stands a capital, or a script without capitals, and no word that we know."""
        if not at < self.count or self.between(at - 1, at) not in (" ", ": ", " - ", " ("):
            return False
        first = self.text[self.spans[at][0]]
        known = self.words[at] in filler() or self.words[at] in elements() or self.words[at] in unported()
        return not known and (first.isupper() or (first.isalpha() and not first.islower()))

    def _is_code(self, at: int) -> bool:
        word = self.words[at]
        if word not in _ports():
            return False
        written = self.text[slice(*self.spans[at])]
        if self.between(at - 1, at) in ("-", "_") or at == self.count - 1:
            return True
        if self._shouting is None:
            self._shouting = self.text.upper() == self.text
        return written.isupper() and not self._shouting


_SHORTENED = frozenset({"v", "ver", "vers"})
_PLAIN = frozenset({" ", "-", "", "_", ", "})


@cache
def _ports() -> frozenset[str]:
    return frozenset(registry.table("creative_commons")["places"])
