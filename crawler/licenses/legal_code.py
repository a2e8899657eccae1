"""The whole text of a Creative Commons licence → which one it is.

Siblings are 98 % alike, and every text names others ("e.g. Attribution-ShareAlike 2.5 Japan", "BY-NC-SA
Compatible License"). So the title decides, which must stand at the very top, and the clauses of the unported
English texts must agree with it: only NC texts speak of commercial advantage, only ND texts grant no
adaptations, only SA texts bind them to the same licence. Ports have wordings of their own, and must name
their place in the title.
"""

from __future__ import annotations

import re

from crawler.licenses import registry
from crawler.licenses.license import Recognition
from crawler.licenses.mentions import mentions

#: The shortest legal code (CC BY-ND 1.0) has some 10,000 characters; a long notice has some 2,000.
SHORTEST = 5_000
#: How far into the text its title may begin: "Creative Commons Legal Code", a rule, a comment sign.
_TOP = 120
_MARKS = re.compile(
    r"creative commons(?: corporation)?(?: \(.{1,20}\))?\s+"
    r"(?:is not a law firm|n['’]est pas un cabinet|ist keine rechts)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"the work \(as defined below\)|by exercising the licensed rights", re.IGNORECASE)
#: NC definition, facts §2.5; 4.0 has another preposition.
_NC = re.compile(r"intended\s+for\s+or\s+directed\s+towards?\s+commercial\s+advantage", re.IGNORECASE)
#: 1.0-2.5, 3.0 and 4.0 grant adaptations, in these words.
_ADAPT = re.compile(
    r"to\s+create\s+and\s+reproduce\s+(?:Derivative\s+Works|Adaptations)"
    r"|produce,\s+reproduce,\s+and\s+Share\s+Adapted\s+Material",
    re.IGNORECASE,
)
_SA = re.compile(
    r"Derivative\s+Work\s+only\s+under\s+(?:the\s+terms|a\s+licen[cs]e)"
    r"|Adaptation\s+only\s+under\s+the\s+terms|Adapter.s\s+License\s+You\s+apply\s+must\s+be",
    re.IGNORECASE,
)


def from_legal_code(text: str) -> Recognition | None:
    """The licence whose legal code a normal text is; ``None`` if it does not look like one. Never raises."""
    if len(text) < SHORTEST or not _MARKS.search(" ".join(text[:1500].split())):
        return None
    title = next(iter(mentions(text[: _TOP * 3])), None)
    if title is None or title.start > _TOP or title.version is None:
        return _unclear(text, "a legal code whose title was not read")
    entry = registry.cc(title.unit, title.version, title.jurisdiction)
    if entry is None:
        return _unclear(text, "a legal code that Creative Commons did not publish under this title")
    if entry.kind == "cc" and entry.jurisdiction is None:
        if not _ENGLISH.search(text):
            return _unclear(text, "a legal code in another language whose title names no place")
        clauses = (_NC.search(text) is not None, _ADAPT.search(text) is None, _SA.search(text) is not None)
        if clauses != (entry.nc, entry.nd, entry.sa):
            return _unclear(text, "a legal code whose clauses are not those of its title")
    return Recognition("known", entry, text[title.start : title.end], "legal code", "stated")


def _unclear(text: str, why: str) -> Recognition:
    return Recognition("not_understood", None, text[:200], why, "")
