"""Any statement about a licence → what it says: a URL, a name, an id, a code, a badge, a notice in prose.

The order is from the surest to the weakest reading: an address alone; an id or a name as the registry
writes it; Creative Commons' names and codes; running text, where addresses count more than words. A text
that names two licences, or one whose words contradict its address, is not understood: a wrong licence is
far worse than none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from crawler.licenses import legal_code, notices, registry, urls
from crawler.licenses.license import License, Recognition
from crawler.licenses.words import normal, words

#: A manifest of 70,000 images states about a dozen licences; pages repeat theirs.
_CACHE = 65_536
_JOINED = re.compile(r"[\w.+)-] (?:AND|OR|WITH) [(\w]")
#: Longer than any name; a longer text is read as running text at once.
_LONGEST_NAME = 200


@lru_cache(maxsize=_CACHE)
def recognise(text: str) -> Recognition:
    """What ``text`` says about a licence. Never raises; see :class:`Recognition` for the three answers."""
    clean = normal(text).strip()
    if not clean:
        return Recognition("not_a_license", None, "", "empty", "")
    if urls.looks_like_url(clean):
        return urls.from_url(clean)
    if len(clean) <= _LONGEST_NAME:
        entry = urls.ids().get(clean.lower())
        if entry is not None:
            return Recognition("known", entry, clean, "id", "exact")
        entry = _names().get(_key(clean))
        if entry is not None:
            return Recognition("known", entry, clean, "name", "stated")
        if _JOINED.search(clean):  # an SPDX expression: not one licence
            return Recognition("not_understood", None, clean, "an expression of several licences", "")
    return legal_code.from_legal_code(clean) or notices.from_text(clean)


@cache
def _names() -> dict[str, License]:
    """Names and aliases of everything that is not a compact Creative Commons entry, by key."""
    table: dict[str, License] = {}
    for license_id, raw in registry.entries_with_words():
        entry = registry.by_id(license_id)
        for name in (raw["name"], *raw.get("aliases", ())):
            table.setdefault(_key(name), entry)
    return table


def _key(text: str) -> str:
    """The words of a name without "license", "the" and the like at its ends."""
    found = words(normal(text))
    plus = "+" if "+" in text else ""  # "Unsplash+" is not "Unsplash"
    while len(found) > 1 and found[-1] in _ENDS:
        found.pop()
    while len(found) > 1 and found[0] in _ENDS:
        found.pop(0)
    return " ".join(found) + plus


_ENDS = frozenset({"license", "licence", "the", "licensed", "under", "a"})
