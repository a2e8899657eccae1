"""SPDX license expressions ("CC-BY-4.0 OR GFDL-1.3-or-later") → the licences they are made of.

The grammar is annex D of the SPDX specification 2.3 (3.0 has the same one): ``+`` binds tighter than
``WITH``, that tighter than ``AND``, that tighter than ``OR``. Operators are upper case, or all lower case as
3.0 allows. An expression is never turned into one licence unless nothing else can be meant by it: "A AND B"
is neither A nor B.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.licenses import registry, urls
from crawler.licenses.license import License, Recognition

_TOKEN = re.compile(r"[()]|[A-Za-z0-9.:+-]+")
_SHAPE = re.compile(r"[()\sA-Za-z0-9.:+-]+")
_UPPER = re.compile(r"\s(?:AND|OR|WITH)\s")
#: Longer or deeper ones are nobody's licence statement.
_MOST_TOKENS = 200
_MOST_WAYS = 64
_DEEPEST = 30

Ways = tuple[tuple[License, ...], ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """``ways`` as in :class:`Recognition`; ``unknown``: its ids and exceptions that the registry lacks.

    ``known``: at least one of its ids is a licence's.
    """

    ways: Ways
    unknown: tuple[str, ...]
    known: bool = True


class _NoExpression(Exception):
    """The text does not follow the grammar."""


def from_expression(text: str, low: str) -> Recognition | None:
    """What a normal text says as an expression, ``low`` in lower case; ``None`` if it is none, or only an id."""
    operated = " or " in low or " and " in low or " with " in low
    if not operated and (text[-1] not in "+)" or " " in text):
        return None
    first = _TOKEN.search(text.lstrip("( "))
    if first is None or (first[0].rstrip("+").lower() not in urls.ids() and not _UPPER.search(text)):
        return None  # prose with "and" in it
    found = parse(text)
    if found is None or (found.unknown and not found.known):
        return None
    if found.unknown:
        why = f"an expression with parts that we do not know: {', '.join(found.unknown)}"
        return Recognition("not_understood", None, text, why, "")
    if len(found.ways) == 1 and len(found.ways[0]) == 1:
        return Recognition("known", found.ways[0][0], text, "id in an expression", "exact")
    if all(len(way) == 1 for way in found.ways):
        how = "an expression: one licence may be chosen"
    elif len(found.ways) == 1:
        how = "an expression: all its licences hold at once"
    else:
        how = "an expression: one set of licences may be chosen"
    return Recognition("not_understood", None, text, how, "", found.ways)


def parse(text: str) -> Expression | None:
    """The expression a text is; ``None`` where it breaks the grammar, or is prose with a lower-case "or"."""
    if _SHAPE.fullmatch(text) is None:
        return None
    tokens = _TOKEN.findall(text)
    if not 0 < len(tokens) <= _MOST_TOKENS:
        return None
    reader = _Reader(tokens)
    try:
        ways = reader.any_of(0)
        if reader.at != len(tokens):
            return None
    except _NoExpression:
        return None
    unknown = tuple(dict.fromkeys(reader.unknown))
    return None if unknown and reader.lower else Expression(ways, unknown, reader.known)


class _Reader:
    """One pass over the tokens, by recursive descent."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.unknown: list[str] = []
        self.lower = False
        self.known = False

    def any_of(self, depth: int) -> Ways:
        ways = self._all_of(depth)
        while self._operator("OR"):
            ways = _bounded((*ways, *self._all_of(depth)))
        return ways

    def _all_of(self, depth: int) -> Ways:
        ways = self._one(depth)
        while self._operator("AND"):
            more = self._one(depth)
            ways = _bounded(tuple(tuple(dict.fromkeys((*a, *b))) for a in ways for b in more))
        return ways

    def _one(self, depth: int) -> Ways:
        part = self._next()
        if part == "(":
            if depth >= _DEEPEST:
                raise _NoExpression
            inner = self.any_of(depth + 1)
            if self._next() != ")":
                raise _NoExpression
            return inner
        if part == ")" or part.upper() in ("AND", "OR", "WITH"):
            raise _NoExpression
        ways = self._license(part)
        if self._operator("WITH"):  # we keep no list of exceptions: what one adds is not known
            exception = self._next()
            if exception in ("(", ")") or exception.upper() in ("AND", "OR", "WITH"):
                raise _NoExpression
            self.unknown.append(exception)
        return ways

    def _license(self, token: str) -> Ways:
        ids = urls.ids()
        found = ids.get(token.lower())
        if found is not None:
            self.known = True
            return ((found,),)
        if token.endswith("+"):
            base = token[:-1].lower()
            found = ids.get(f"{base}-or-later") or ids.get(base)
            if found is not None:
                self.known = True
                return tuple((entry,) for entry in _and_later(found))
        self.unknown.append(token)
        return ()

    def _operator(self, word: str) -> bool:
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if token not in (word, word.lower()):
            return False
        self.lower = self.lower or token != word
        self.at += 1
        return True

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise _NoExpression
        self.at += 1
        return self.tokens[self.at - 1]


def _and_later(entry: License) -> tuple[License, ...]:
    """This version and the later ones of the same unit: of a port, in the same place."""
    if entry.unit is None or entry.version is None:
        return (entry,)
    later = [
        other
        for other in registry.all_licenses()
        if other.unit == entry.unit
        and other.jurisdiction == entry.jurisdiction
        and other.version is not None
        and other.version > entry.version
    ]
    return (entry, *sorted(later, key=lambda other: other.version or ""))


def _bounded(ways: Ways) -> Ways:
    """Without repetitions, in order. Raises ``_NoExpression`` where there are too many."""
    once = tuple({frozenset(entry.id for entry in way): way for way in reversed(ways)}.values())[::-1]
    if len(once) > _MOST_WAYS:
        raise _NoExpression
    return once
