"""Text → words, and words → the meaning Creative Commons' names give them.

``words`` cuts a text into lower-case runs of letters and numbers ("NonCommercial", "Non-Commercial" and
"Non commercial" all reach the same phrase); the three phrase books map runs of words to an element (by,
nc, nd, sa), to a place (a port's code), or to "no port". The vocabularies are data: ``data/words.toml``
and ``data/places.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from crawler.licenses import registry

_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


Phrase = tuple[str, ...]
#: First word of a phrase → (all its words, meaning), longest first.
PhraseBook = dict[str, list[tuple[Phrase, str]]]


def normal(text: str) -> str:
    """NFC text with soft hyphens, zero-width and direction marks removed."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def lower(text: str) -> str:
    """Lower case, character for character, so that places in it are places in the text."""
    return text.replace("\u0130", "I").lower()  # the only letter whose lower case is two characters


def words(text: str) -> list[str]:
    """The words of a normal text in lower case, in order."""
    return _WORD.findall(lower(text))


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a normal text stand: (start, end), in order."""
    return [match.span() for match in _WORD.finditer(lower(text))]


def longest(book: PhraseBook, found: list[str], at: int) -> tuple[int, str] | None:
    """The longest phrase of ``book`` that starts at word ``at``: (how many words, meaning)."""
    for phrase, meaning in book.get(found[at], ()):
        length = len(phrase)
        if length == 1 or tuple(found[at : at + length]) == phrase:
            return length, meaning
    return None


def _book(meanings: dict[str, list[str]], forms: Callable[[str], set[Phrase]]) -> PhraseBook:
    phrases: dict[Phrase, str] = {}
    for meaning, spellings in meanings.items():
        for spelling in spellings:
            for phrase in forms(spelling):
                phrases.setdefault(phrase, meaning)
    book: PhraseBook = {}
    for phrase, meaning in phrases.items():
        book.setdefault(phrase[0], []).append((phrase, meaning))
    for entries in book.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return book


def _cut(spelling: str) -> set[Phrase]:
    return {tuple(words(normal(spelling)))}


def _forms(spelling: str) -> set[Phrase]:
    """A phrase as its words, as one run ("sharealike"), and cut at inner capitals ("NonCommercial")."""
    forms = set()
    for text in (spelling, _CAMEL.sub(" ", spelling)):
        cut = tuple(words(normal(text)))
        forms.update({cut, ("".join(cut),)})
    return forms


@cache
def elements() -> PhraseBook:
    """Phrases → by, nc, nd, sa."""
    return _book(registry.table("words")["elements"], _forms)


@cache
def unported() -> PhraseBook:
    """Phrases that stand where a place would, for no port ("Unported", "Generic", "国际")."""
    return _book({"": registry.table("words")["unported"]["words"]}, _cut)


@cache
def places() -> PhraseBook:
    """Place names in many languages → port code ("de", "scotland")."""
    return _book(registry.table("places")["spellings"], _cut)


@cache
def filler() -> frozenset[str]:
    """Words that carry no condition ("creative", "license")."""
    return frozenset(lower(word) for word in registry.table("words")["filler"]["words"])


def conditions(text: str) -> frozenset[str]:
    """Which of nc and nd a normal text speaks of anywhere, in any language of the phrase book."""
    found = words(text)
    book = elements()
    hits = (longest(book, found, at) for at, word in enumerate(found) if word in book)
    return frozenset(hit[1] for hit in hits if hit is not None) & {"nc", "nd"}
