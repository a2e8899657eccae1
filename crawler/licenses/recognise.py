"""Any statement about a licence → what it says: a URL, a name, an id, a code, a badge, a notice in prose.

The order is from the surest to the weakest reading: an address alone; an id or a name as the registry
writes it; Creative Commons' names and codes; running text, where addresses count more than words. A text
that names two licences, or one whose words contradict its address, is not understood: a wrong licence is
far worse than none.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import cache, lru_cache

from crawler.licenses import legal_code, notices, registry, urls
from crawler.licenses.expressions import from_expression
from crawler.licenses.license import License, Recognition
from crawler.licenses.speaks import first_sign, harmless, silent
from crawler.licenses.templates import from_template
from crawler.licenses.words import WORD, lower, normal, plain

#: A manifest of 70,000 images states about a dozen licences; pages repeat theirs.
_CACHE = 8_192
#: Longer than any name; a longer text is read as running text at once.
_LONGEST_NAME = 120
#: What may hang on an address that was cut out of a text.
_HANGING = ".,;:!?*'’\"”»)]}>&…。，、；：！？）】」』》"


@lru_cache(maxsize=_CACHE)
def recognise(text: str) -> Recognition:
    """What ``text`` says about a licence. Never raises; see :class:`Recognition` for the three answers."""
    clean = normal(text).strip()
    if not clean:
        return Recognition("not_a_license", None, "", "empty", "")
    if urls.looks_like_url(clean):
        return _from_address(clean)
    low = lower(clean)
    found: list[str] | None = None
    if len(clean) <= _LONGEST_NAME:
        entry = urls.ids().get(low)
        if entry is not None:
            return Recognition("known", entry, clean, "id", "exact")
        first = WORD.search(low)
        if first is not None and first[0] in _first_words():
            found = WORD.findall(low)
            entry = _names().get(_key(low, found))
            if entry is not None:
                return Recognition("known", entry, clean, "name", "stated")
        expression = from_expression(clean, low)
        if expression is not None:
            return expression
        template = from_template(clean, recognise) if "|" in clean or clean.startswith("{{") else None
        if template is not None:
            return template
    elif len(clean) >= legal_code.SHORTEST:
        whole = legal_code.from_legal_code(clean)
        if whole is not None:
            return whole
    sign = first_sign(low)
    if sign < 0 and silent(low):
        return notices.NOTHING
    if (
        len(clean) <= _LONGEST_NAME
        and ("AND" in clean or "OR" in clean or "WITH" in clean)
        and _UPPER.search(clean)
    ):
        tagged = notices.from_tag(clean)
        several = Recognition("not_understood", None, clean, "an expression of several licences", "")
        return tagged if tagged is not None else several
    start = low.rfind(" ", 0, max(0, low.rfind(" ", 0, sign))) + 1 if sign > 0 else 0
    if _SHORTEST_CREDIT <= start <= _LONGEST_CREDIT and harmless(low[:start]):
        before = clean[:start]
        return _behind(
            clean[start:], "PHOTO " if before.isupper() else "photo " if before != before.upper() else "0000 "
        )
    return notices.from_text(clean, low, found)


#: A credit before the licence ("Photo 17 by Jane Doe, CC BY 2.0"): so many characters.
_SHORTEST_CREDIT, _LONGEST_CREDIT = 4, 300


@lru_cache(maxsize=_CACHE)
def _behind(text: str, instead: str) -> Recognition:
    """What the rest of a text says whose beginning, another one every time, changes nothing about it."""
    return notices.from_text(instead + text)


_UPPER = re.compile(r"(?:^|[\w.+)-] )(?:AND|OR|WITH)(?=$| [(\w])")


def _from_address(text: str) -> Recognition:
    """An address alone; where it names nothing, without the signs or the entity that hang on its end.

    A badge that is made of its own address (img.shields.io) says what it shows, weakly.
    """
    if "img.shields.io/badge/" in text and (shown := plain(text)) != text:
        said = notices.from_text(shown)
        known = said.license is not None
        return replace(said, matched=text, how="badge text", sure="weak") if known else urls.from_url(text)
    found = urls.from_url(text)
    if found.license is None:
        bare = html.unescape(text).rstrip(_HANGING) if "&" in text else text.rstrip(_HANGING)
        again = urls.from_url(bare) if bare != text else found
        return again if again.license is not None else found
    return found


@cache
def _names() -> dict[str, License]:
    """Names, codes and aliases of everything, by key."""
    table: dict[str, License] = {}
    for license_id, raw in registry.entries_with_words():
        entry = registry.by_id(license_id)
        for low in map(lower, map(normal, (raw["name"], *raw.get("aliases", ())))):
            table.setdefault(_key(low, WORD.findall(low)), entry)
    for name, license_id in registry.table("retired_ids")["names"].items():
        low = lower(normal(name))
        table.setdefault(_key(low, WORD.findall(low)), registry.by_id(license_id))
    for entry in registry.all_licenses():
        # by-nd-nc is the older spelling of by-nc-nd: in names, which do not tell them apart, the newer one is meant
        if entry.kind == "cc" and entry.version is not None and entry.unit != "by-nd-nc":
            code = f"cc {entry.unit} {entry.version} {entry.jurisdiction or ''}"
            for low in map(lower, (entry.name, entry.name.removeprefix("Creative Commons "), code)):
                table.setdefault(_key(low, WORD.findall(low)), entry)
    return table


@cache
def _first_words() -> frozenset[str]:
    """What a text may begin with that is nothing but a name."""
    return _ENDS | {name.partition(" ")[0].rstrip("+") for name in _names()}


def _key(low: str, found: list[str]) -> str:
    """The words of a name in lower case without "license", "the" and the like at its ends."""
    first, end = 0, len(found)
    while end - first > 1 and found[end - 1] in _ENDS:
        end -= 1
    while end - first > 1 and found[first] in _ENDS:
        first += 1
    name = " ".join(found[first:end] if end - first < len(found) else found)
    return f"{name}+" if "+" in low else name  # "Unsplash+" is not "Unsplash"


_ENDS = frozenset({"license", "licence", "the", "licensed", "under", "a"})
