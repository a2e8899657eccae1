"""A source's list of keywords → claims: the keywords in alphabetical order, and what they say of children.

In alphabetical order, because a source that only re-orders its keywords has changed nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from crawler.model import Claim, Field, Scope
from crawler.reading.words import ai_generated, minors, people


def claims(words: Iterable[object], locator: str) -> list[Claim]:
    """Nothing for a list without words; what is no text in it is passed over."""
    ordered = sorted({word.strip() for word in words if isinstance(word, str)} - {""})
    if not ordered:
        return []
    listed = json.dumps(ordered, ensure_ascii=False)
    tags = Claim(Field.TAGS, listed, ", ".join(ordered), Scope.IMAGE, locator)
    return [tags, *minors.from_tags(ordered, locator)]


def with_signs(words: Iterable[object], locator: str) -> list[Claim]:
    """The same, and what they say of people and of generative models, as keywords do."""
    listed = [word.strip() for word in words if isinstance(word, str)]
    return [
        *claims(listed, locator),
        *people.from_tags(listed, locator),
        *ai_generated.from_tags(listed, locator),
    ]
