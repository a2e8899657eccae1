"""A source's list of keywords → claims: the keywords in alphabetical order, and what they say of children.

In alphabetical order, because a source that only re-orders its keywords has changed nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from crawler.model import Claim, Field, Scope
from crawler.reading.words import minors, said_in_words


def claims(words: Iterable[object], locator: str) -> list[Claim]:
    """Nothing for a list without words; what is no text in it is passed over."""
    ordered = _ordered(words)
    return [*_tags(ordered, locator), *minors.from_tags(ordered, locator)]


def with_signs(words: Iterable[object], locator: str) -> list[Claim]:
    """The same, and what they say of people and of generative models, as keywords do."""
    ordered = _ordered(words)
    return [*_tags(ordered, locator), *said_in_words.from_tags(ordered, locator)]


def _ordered(words: Iterable[object]) -> list[str]:
    return sorted({word.strip() for word in words if isinstance(word, str)} - {""})


def _tags(ordered: list[str], locator: str) -> list[Claim]:
    if not ordered:
        return []
    listed = json.dumps(ordered, ensure_ascii=False)
    return [Claim(Field.TAGS, listed, ", ".join(ordered), Scope.IMAGE, locator)]
