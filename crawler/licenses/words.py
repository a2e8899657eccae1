"""Text → words, and words → the meaning Creative Commons' names give them.

``words`` cuts a text into casefolded runs of letters and numbers ("NonCommercial", "Non-Commercial" and "Non commercial"
all reach the same phrase); the three phrase books map runs of words to an element (by, nc, nd, sa), to a place
(a port's code), or to "no port". The vocabularies are data: ``data/words.toml`` and ``data/places.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from crawler.licenses import registry

_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


class Word(NamedTuple):
    """One word: casefolded, with where it stood in the text it was cut from."""

    text: str
    start: int
    end: int


Phrase = tuple[str, ...]
#: First word of a phrase → (all its words, meaning), longest first.
PhraseBook = dict[str, list[tuple[Phrase, str]]]


def normal(text: str) -> str:
    """NFC text with soft hyphens, zero-width and direction marks removed."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def words(text: str) -> list[Word]:
    """The words of a normal text, in order."""
    return [Word(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]


def longest(book: PhraseBook, found: list[Word], at: int) -> tuple[int, str] | None:
    """The longest phrase of ``book`` that starts at word ``at``: (how many words, meaning)."""
    for phrase, meaning in book.get(found[at].text, ()):
        length = len(phrase)
        if length == 1:
            return 1, meaning
        if at + length <= len(found) and all(found[at + i].text == phrase[i] for i in range(1, length)):
            return length, meaning
    return None


def _book(meanings: dict[str, list[str]]) -> PhraseBook:
    phrases: dict[Phrase, str] = {}
    for meaning, spellings in meanings.items():
        for spelling in spellings:
            for phrase in _forms(spelling):
                phrases.setdefault(phrase, meaning)
    book: PhraseBook = {}
    for phrase, meaning in phrases.items():
        book.setdefault(phrase[0], []).append((phrase, meaning))
    for entries in book.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return book


def _forms(spelling: str) -> set[Phrase]:
    """A phrase as its words, as one run ("sharealike"), and cut where a capital stands inside ("NonCommercial")."""
    forms = set()
    for text in (spelling, _CAMEL.sub(" ", spelling)):
        cut = tuple(word.text for word in words(normal(text)))
        forms.update({cut, ("".join(cut),)})
    return forms


@cache
def elements() -> PhraseBook:
    """Phrases → by, nc, nd, sa."""
    return _book(registry.table("words")["elements"])


@cache
def unported() -> PhraseBook:
    """Phrases that stand where a place would, for no port ("Unported", "Generic", "国际")."""
    return _book({"": registry.table("words")["unported"]["words"]})


@cache
def places() -> PhraseBook:
    """Place names in many languages → port code ("de", "scotland")."""
    return _book(registry.table("places")["spellings"])


@cache
def filler() -> frozenset[str]:
    """Words that carry no condition ("creative", "license")."""
    return frozenset(word.casefold() for word in registry.table("words")["filler"]["words"])
