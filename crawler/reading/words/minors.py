"""Signs that children are shown. A keyword is a keyword (basis ``keyword``), never a statement of age; nothing is
inferred from faces.

- Tags and keyword lists: words matched whole. "boy" and "girl" are left out: as tags they are used for adults as
  often as not.
- Titles: such words without those that mean something else in running text ("kind", "minor", "kid"), and ages
  ("7-year-old", "aged 9"). Descriptions are searched for ages only: prose speaks of children who are not shown.
- Stated: the age codes of IPTC/PLUS "minor model age disclosure", the age of the youngest model. AG-U14 … AG-A17
  say that a minor is shown, AG-A18 … AG-A25 that all are adults, AG-UNK nothing (PLUS LDF 2.0.1; releases.md §1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.model import Basis, Claim, Field, Scope
from crawler.reading.pages.html import Page

MINOR, ADULT = "minor", "adult"
_WORDS = frozenset({
    "baby", "babies", "newborn", "newborns", "infant", "infants", "toddler", "toddlers", "child",
    "children", "childhood", "kid", "kids", "preschooler", "schoolboy", "schoolgirl", "schoolchildren",
    "kindergarten", "teen", "teens", "teenager", "teenagers", "minor", "minors", "littleboy", "littlegirl",
    "babyboy", "babygirl", "mykids", "mychildren", "mydaughter", "myson", "bebe", "bébé", "enfant",
    "enfants", "niño", "niños", "niña", "niñas", "kind", "kinder", "säugling", "kleinkind", "bambino",
    "bambina", "bambini", "criança", "crianças", "ребёнок", "дети", "子供", "赤ちゃん",
})  # fmt: skip
_GOATS = frozenset({"goat", "goats", "babygoat", "ibex", "capra", "caprine"})
_OTHER_MINORS = frozenset(
    {
        "scale",
        "chord",
        "chords",
        "music",
        "guitar",
        "piano",
        "asia",
        "asiaminor",
        "ursa",
        "planet",
        "asteroid",
    }
)
#: Tags beside which such a word means something else.
_ELSE = {"kid": _GOATS, "kids": _GOATS, "minor": _OTHER_MINORS}
_THINGS = (
    r"(?:wines?|whisk|scotch|bourbon|rum|port|cheese|cheddar|gouda|beef|balsamic|cars?|houses?|trees?|buildings?|church|dogs?|cats?|"
    r"horses?|pon(?:y|ies)|bridge|laptops?|computers?|cameras?|phones?|bikes?|labrador|retriever|terrier|pupp|kittens?|oaks?|engine)"
)
#: Before an age: whose it is.
_ANIMAL = re.compile(
    r"\b(?:dogs?|pupp(?:y|ies)|cats?|kittens?|horses?|foals?|labrador|retriever|terrier|trees?|oaks?|bonsai|"
    r"elephants?)\b[^.!?\n]{0,20}$",
    re.IGNORECASE,
)
_TITLE_WORDS = re.compile(
    r"(?<!\bno )(?<!\bwithout )\b(?:bab(?:y|ies)(?:\s+(?:boy|girl))?|newborns?|toddlers?|child(?:ren)?|kids|"
    r"preschoolers?|school(?:boy|girl|child)(?:s|ren)?|"
    r"teenagers?|little\s+(?:boys?|girls?)|my\s+(?:daughters?|sons?)|bébés?|enfants?|fillette|niñ[oa]s?|säuglinge?|kleinkind(?:er)?|"
    r"neugeborenes?|bambin[oaie]|neonat[oa]|crianças?|peuters?|kleuters?)\b(?!['’]s\b)(?!\s+(?:"
    r"elephants?|animals?|birds?|"
    r"goats?|ducks?|bears?|seals?|lions?|tigers?|monkeys?|squirrels?|foxes|fox|owls?|deer|grand|museum|hospital|carrots?|blue|"
    r"shower|kangaroos?|sharks?|yoda|boomers?|dolls?|bump|process|theme|labou?r|proof|seats?|lock))",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:aged?\s+(?:of\s+)?(?P<a>[0-9]{1,2})\b(?!\s*(?:\+|-\s*[0-9]|to\b|and\b|(?:months?|years?)\s+(?:old\s+)?"
    + _THINGS
    + r"|[0-9]))"
    r"|(?P<b>[0-9]{1,2})[\s-]*(?:years?|yrs?|yr|y)[\s-]*(?:old|o)\b(?!\s+" + _THINGS + r")"
    r"|(?P<m>[0-9]{1,2})[\s-]*months?[\s-]*old\b(?!\s+" + _THINGS + r")"
    r"|(?P<c>[0-9]{1,2})[\s-]*(?:jahre\s+alt|jährige[rns]?|ans\b(?=\s*$|[,.)])|años\b(?=\s*$|[,.)])|anni\b(?=\s*$|[,.)])|jaar\s+oud|anos\b(?=\s*$|[,.)])))",
    re.IGNORECASE,
)
_CODE = re.compile(r"\bAG-(UNK|U14|A1[4-9]|A2[0-5])\b")


def from_code(text: str) -> str | None:
    """``minor`` or ``adult`` for a PLUS age code, with or without its address; ``None`` for AG-UNK and all else."""
    found = _CODE.search(text)
    if found is None or found[1] == "UNK":
        return None
    return MINOR if found[1] == "U14" or int(found[1][1:]) < 18 else ADULT


def from_tags(tags: Iterable[str], locator: str) -> list[Claim]:
    """At most one claim, naming such tags in alphabetical order: a new order of tags is no change."""
    listed = {tag: tag.lower().replace(" ", "") for tag in tags}
    said = set(listed.values())
    hits = sorted(
        tag for tag, word in listed.items() if word in _WORDS and said.isdisjoint(_ELSE.get(word, ()))
    )
    if not hits:
        return []
    raw = ", ".join(hits)
    return [Claim(Field.MINORS, MINOR, raw, Scope.IMAGE, locator, raw, Basis.KEYWORD)]


def from_title(text: str, scope: Scope, locator: str) -> list[Claim]:
    """At most one claim, by a word for a child or an age under 18 in a title or caption."""
    found = _TITLE_WORDS.search(text)
    if found is None:
        return from_text(text, scope, locator)
    return [Claim(Field.MINORS, MINOR, found[0], scope, locator, _around(text, found), Basis.KEYWORD)]


def from_text(text: str, scope: Scope, locator: str) -> list[Claim]:
    """At most one claim, by an age under 18 or an age code said anywhere in a text."""
    for code in _CODE.finditer(text):
        value = from_code(code[0])
        if value is not None:
            return [Claim(Field.MINORS, value, code[0], scope, locator, _around(text, code))]
    for found in _AGED.finditer(text):
        if _ANIMAL.search(text[max(0, found.start() - 40) : found.start()]):
            continue
        years = found["a"] or found["b"] or found["c"]
        if found["m"] or (years and 0 < int(years) < 18):
            return [Claim(Field.MINORS, MINOR, found[0], scope, locator, _around(text, found), Basis.KEYWORD)]
    return []


def _around(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(0, found.start() - 80) : found.end() + 80].split())


def read(page: Page) -> list[Claim]:
    """Claims from a page's keyword list and from its age codes."""
    claims: list[Claim] = []
    for meta in page.metas:
        if meta.key in ("keywords", "news_keywords", "article:tag"):
            claims += from_tags((word.strip() for word in meta.value.split(",")), page.locate(meta.element))
        if "plus" in meta.key and from_code(meta.value) is not None:
            value = from_code(meta.value)
            claims.append(Claim(Field.MINORS, value, meta.value, Scope.IMAGE, page.locate(meta.element)))
    return claims
