"""The whole text of a licence → which one it is.

Siblings are 98 % alike, and every text names others ("e.g. Attribution-ShareAlike 2.5 Japan", "BY-NC-SA
Compatible License"). So the title decides, which must stand at the very top, and the clauses of the unported
English texts must agree with it: only NC texts speak of commercial advantage, only ND texts grant no
adaptations, only SA texts bind them to the same licence, and only the five of 2002 ask for no credit. A port
is known by the place in its title, or by the law it puts itself under where the title lacks the place
(Germany 2.0, France 2.0, Japan 2.1). Texts of others are known by heading and version. The facts are data:
``data/legal_code.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from crawler.licenses import registry
from crawler.licenses.license import License, Recognition
from crawler.licenses.mentions import Mention, mentions
from crawler.licenses.words import longest, places, words

#: The shortest legal code (CC BY-ND 1.0) has some 10,000 characters, the Japanese ones some 5,500; a long
#: notice has some 2,000.
SHORTEST = 4_000
#: How much may stand before a text's opening: "Creative Commons Legal Code", a rule, the title, comment signs.
_TOP = 300
#: Line beginnings of comments, and the lone full stops of Debian's copyright files.
_COMMENT = re.compile(r"^[ \t]*(?:/?\*+/?|#+|//+|%+|;+|--|>+|\.$)[ \t]?", re.MULTILINE)
_WHO = re.compile(r"creative commons(?: corporation)?(?: \([^()]{1,20}\))?\W*$")
_ENGLISH = re.compile(r"the work \(as defined below\)|by exercising the licensed rights")
#: 4.0 names itself once more: "this Creative Commons … 4.0 International Public License ("Public License")".
_SELF = re.compile(r"this (creative commons .{5,90}?) public license \(\W{0,2}public license")
#: NC definition, facts §2.5; 4.0 has another preposition.
_NC = re.compile(r"intended for or directed towards? commercial advantage")
#: 1.0-2.5, 3.0 and 4.0 grant adaptations, in these words.
_ADAPT = re.compile(
    r"to create and reproduce (?:derivative works|adaptations)|produce, reproduce, and share adapted material"
)
_SA = re.compile(
    r"derivative work only under (?:the terms|a licen[cs]e)"
    r"|adaptation only under the terms|adapter.s license you apply must be"
)
_BY = re.compile(r"original author credit|name of the original author|identification of the creator")
_GOVERNED = re.compile(
    r"(?:governed|construed|interpreted|accordance)\b[^.]{0,80}?\blaws? (?:in force in |of )"
    r"(?:the )?(?:(?:republic|state|commonwealth|kingdom) of )?([^.;,]{2,40})"
)
_SPECIAL = re.compile(
    r"((?:non-?commercial )?sampling(?: plus|\+)?|developing nations)(?: license)? (\d\.\d)(?: ([^\d]{2,30}))?"
)


def from_legal_code(text: str) -> Recognition | None:
    """The licence whose whole text a normal text is; ``None`` if it does not look like one. Never raises."""
    if len(text) < SHORTEST:
        return None
    flat = " ".join(_COMMENT.sub("", text).split())
    low = flat.lower().replace("’", "'")
    other = _from_others(low)
    if other is not None:
        return other
    starts = [at for at in (low.find(phrase, 0, 3_000) for phrase in _openings()) if at >= 0]
    if not starts:
        return None
    who = _WHO.search(low[: min(starts)])
    head = flat[: who.start() if who else min(starts)]
    if len(head) > _TOP:
        return _unclear(text, "a legal code that begins far below the top")
    title = _title(head, low)
    if isinstance(title, str):
        return _unclear(text, title)
    unit, version, place, matched = title
    law = _law(low)
    if place is not None and law is not None and place != law:
        return _unclear(text, "a legal code of one place under the law of another")
    entry = registry.cc(unit, version, place or law)
    if entry is None:
        return _unclear(text, "a legal code that Creative Commons did not publish under this title")
    wrong = _contradiction(low, entry)
    if wrong:
        return _unclear(text, wrong)
    return Recognition("known", entry, matched, "legal code", "stated")


def _title(head: str, low: str) -> tuple[str, str, str | None, str] | str:
    """(unit, version, place, as written) of the title, or why there is none."""
    special = _SPECIAL.search(head.lower().replace("non-commercial", "noncommercial"))
    if special is not None:
        found = words(special[3] or "")
        hit = longest(places(), found, 0) if found else None
        return registry.table("legal_code")["title"][special[1]], special[2], hit[1] if hit else None, head
    named = _named(head)
    itself = _SELF.search(low)
    again = _named(itself[1]) if itself else []
    if not named and not again:
        return "a legal code whose title was not read"
    titles = named or again
    if len({(mention.flags, mention.version) for mention in (*titles, *again)}) > 1:
        return "a legal code with two titles"
    first, ports = titles[0], {mention.jurisdiction for mention in titles} - {None}
    if len(ports) > 1 or first.version is None:
        return "a legal code whose title was not read"
    unit = "zero" if first.unit == "zero" else first.unit
    source = head if named else (itself[1] if itself else "")
    return unit, first.version, next(iter(ports), None), source[first.start : first.end]


def _named(text: str) -> list[Mention]:
    found = mentions(text)
    return [mention for mention in found if mention.version is not None] or (
        [m for m in found if m.unit in ("zero", "mark")]
    )


def _contradiction(low: str, entry: License) -> str:
    if entry.unit == "zero":
        return "" if "affirmer" in low else "a text under the title of CC0 that is not CC0's"
    if entry.kind != "cc" or entry.jurisdiction is not None:
        return ""
    if not _ENGLISH.search(low):
        return "a legal code in another language whose title names no place"
    clauses = (_BY.search(low), _NC.search(low), _SA.search(low))
    found = (*(clause is not None for clause in clauses), _ADAPT.search(low) is None)
    if found != (entry.by, entry.nc, entry.sa, entry.nd):
        return "a legal code whose clauses are not those of its title"
    return ""


def _law(low: str) -> str | None:
    """The place whose law the text puts itself under."""
    for place, phrases in registry.table("legal_code")["law"].items():
        if any(phrase in low for phrase in phrases):
            return str(place)
    for match in _GOVERNED.finditer(low):
        found = words(match[1])
        hit = longest(places(), found, 0) if found else None
        if hit is not None:
            return hit[1]
    return None


def _from_others(low: str) -> Recognition | None:
    for text in registry.table("legal_code")["text"]:
        part = low[: text["within"]] if "within" in text else low
        if all(phrase in part for phrase in text["phrases"]):
            entry = registry.by_id(text["id"])
            return Recognition("known", entry, text["phrases"][-1], "text of the licence", "stated")
    return None


@cache
def _openings() -> tuple[str, ...]:
    return tuple(registry.table("legal_code")["opening"]["phrases"])


def _unclear(text: str, why: str) -> Recognition:
    return Recognition("not_understood", None, text[:200], why, "")
