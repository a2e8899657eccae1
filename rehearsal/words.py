"""Invented people, titles and tags, each a pure function of the world's seed and a number."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

FIRST = (
    "Ada", "Bram", "Chidi", "Dorothea", "Emeka", "Femke", "Guro", "Hadiza", "Ines", "Jarek", "Kalinda",
    "Lior", "Maren", "Noor", "Oskar", "Pilar", "Quim", "Ravi", "Saoirse", "Tove", "Umar", "Vesna", "Wim",
    "Zofia",
)  # fmt: skip
LAST = (
    "Wren", "Okafor", "van der Veld", "Lindqvist", "Marlowe", "Castellà", "Novák", "Ferreira", "Itō",
    "Brandt", "Adeyemi", "Quist", "Halloran", "Petrescu", "Sandoval", "Thornbury", "Ünal", "Voss", "Żak",
    "O’Dell",
)  # fmt: skip
MOOD = (
    "Quiet", "Bright", "Windy", "Late", "First", "Green", "Paper", "Winter", "Lazy", "Crowded", "Silver",
    "Old", "Sunday", "Foggy", "Borrowed", "Red",
)  # fmt: skip
THING = (
    "harbor", "market", "portrait", "bicycle", "orchard", "tram stop", "choir", "lighthouse", "workshop",
    "ferry", "rooftop", "parade", "bakery", "chess players", "river bend", "street musician", "kite",
    "wedding guests",
)  # fmt: skip
TAGS = (
    "portrait", "street", "people", "city", "festival", "smile", "candid", "blackandwhite", "summer",
    "harbor", "market", "50mm", "travel", "nature", "sky", "musician", "bokeh", "film",
)  # fmt: skip
MINOR_TAGS = ("kids", "baby", "child", "school", "toddler")


def roll(*parts: object) -> int:
    """A 64-bit number that depends on all ``parts`` and on nothing else (no process, no clock)."""
    text = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


def pick(choices: Sequence[T], *parts: object) -> T:
    return choices[roll(*parts) % len(choices)]


def turned(words: Sequence[T], by: int) -> tuple[T, ...]:
    """The same words from another starting point: an order that differs though nothing changed."""
    if not words:
        return ()
    start = by % len(words)
    return (*words[start:], *words[:start])


def person(seed: int, number: int) -> str:
    return f"{pick(FIRST, seed, 'first', number)} {pick(LAST, seed, 'last', number)}"


def title(seed: int, number: int) -> str:
    return f"{pick(MOOD, seed, 'mood', number)} {pick(THING, seed, 'thing', number)}"


def tags(seed: int, number: int) -> tuple[str, ...]:
    """Three to seven different tags; about one photo in nine has a tag that speaks of a child."""
    dice = roll(seed, "tags", number)
    count = 3 + dice % 5
    chosen = [TAGS[(dice // 7 + step * 5) % len(TAGS)] for step in range(count)]
    if dice % 9 == 4:
        chosen.append(MINOR_TAGS[dice // 11 % len(MINOR_TAGS)])
    return tuple(dict.fromkeys(chosen))


def slug(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower())
