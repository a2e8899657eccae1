"""Text → words, and words → the meaning Creative Commons' names give them.

``words`` cuts a text into lower-case runs of letters and numbers ("NonCommercial", "Non-Commercial" and
"Non commercial" all reach the same phrase); the three phrase books map runs of words to an element (by,
nc, nd, sa), to a place (a port's code), or to "no port". The vocabularies are data: ``data/words.toml``
and ``data/places.toml``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from urllib.parse import unquote

from crawler.licenses import registry

WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


Phrase = tuple[str, ...]
#: First word of a phrase → (all its words, meaning), longest first.
PhraseBook = dict[str, list[tuple[Phrase, str]]]
_NONE: list[tuple[Phrase, str]] = []


def normal(text: str) -> str:
    """NFC text with soft hyphens, zero-width and direction marks and Arabic vowel signs removed, and full-width
    letters and digits narrow ("ＣＣ　ＢＹ　４.０"); not where there is a slash, as no address may come of it.
    """
    if text.isascii():
        return text
    if _ODD.search(text):
        text = _INVISIBLE.sub("", text)
        if "/" not in text:
            text = text.translate(_NARROW)
    return unicodedata.normalize("NFC", text)


_UNSEEN = "\u00ad\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_ODD = re.compile(f"[{_UNSEEN}\u3000\uff08-\uff5a]")
_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "（），－．")]
_NARROW = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in _WIDE}}


def plain(text: str) -> str:
    """A normal text as people read it: entities decoded, text badges (img.shields.io) as the words they show,
    tags that carry nothing taken away ("<b>Attribution</b>"), and Chinese names set off from the words they are
    written onto ("采用知识共享署名", "中国大陆许可协议").
    """
    if "&" in text and _ENTITY.search(text):
        text = normal(html.unescape(text))
    if "img.shields.io/badge/" in text:
        text = _TEXT_BADGE.sub(_badge_text, text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not text.isascii():
        text = _GLUED.sub(r" \g<0> ", text)
    return text


#: A tag without attributes.
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,9} ?/?>")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_TEXT_BADGE = re.compile(
    r"https?://img\.shields\.io/badge/([^\s\"'<>()\[\]?]+?)-\w+(?:\.svg|\.png)?(?=[\s\"'<>()\[\]?]|$)"
)


def _badge_text(found: re.Match[str]) -> str:
    """ "License-CC%20BY--SA%204.0" → "License CC BY-SA 4.0": a hyphen parts, two are one."""
    shown = unquote(found[1]).replace("--", "\0").replace("-", " ").replace("_", " ").replace("\0", "-")
    return f"({shown})"


_GLUED = re.compile("知识共享|知識共享|共享创意|共享創意|许可协议|許可協議|授權條款")


def lower(text: str) -> str:
    """Lower case, character for character, so that places in it are places in the text."""
    return text.replace("\u0130", "I").lower()  # the only letter whose lower case is two characters


def words(text: str) -> list[str]:
    """The words of a normal text in lower case, in order."""
    return WORD.findall(lower(text))


def longest(book: PhraseBook, found: list[str], at: int) -> tuple[int, str] | None:
    """The longest phrase of ``book`` that starts at word ``at``: (how many words, meaning)."""
    for phrase, meaning in book.get(found[at], _NONE):
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


def conditions(found: list[str]) -> frozenset[str]:
    """Which of nc and nd the words of a text speak of anywhere, in any language of the phrase book."""
    book = elements()
    if book.keys().isdisjoint(found):
        return frozenset()
    hits = (longest(book, found, at) for at, word in enumerate(found) if word in book)
    return frozenset(hit[1] for hit in hits if hit is not None) & {"nc", "nd"}
