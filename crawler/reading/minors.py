"""Signs that children are shown. A keyword is a keyword (basis ``keyword``), never a statement of age.

Words are matched whole, against tags and keyword lists only, never against titles or prose. "boy" and "girl"
are left out: as tags they are used for adults as often as not. The age codes are IPTC/PLUS "minor model age
disclosure" (AG-U14 … AG-A18; AG-A25 and AG-UNK are no minors).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.model import Basis, Claim, Field, Scope
from crawler.reading.html import Page

MINOR = "minor"
_WORDS = frozenset({
    "baby", "babies", "newborn", "newborns", "infant", "infants", "toddler", "toddlers", "child",
    "children", "childhood", "kid", "kids", "preschooler", "schoolboy", "schoolgirl", "schoolchildren",
    "kindergarten", "teen", "teens", "teenager", "teenagers", "minor", "minors", "littleboy", "littlegirl",
    "babyboy", "babygirl", "mykids", "mychildren", "mydaughter", "myson", "bebe", "bébé", "enfant",
    "enfants", "niño", "niños", "niña", "niñas", "kind", "kinder", "säugling", "kleinkind", "bambino",
    "bambina", "bambini", "criança", "crianças", "ребёнок", "дети", "子供", "赤ちゃん",
})  # fmt: skip
_AGE = re.compile(r"\bAG-(?:U14|A1[4-7])\b")


def from_tags(tags: Iterable[str], locator: str) -> list[Claim]:
    """At most one claim, naming such tags in alphabetical order: a new order of tags is no change."""
    hits = sorted({tag for tag in tags if tag.lower().replace(" ", "") in _WORDS})
    if not hits:
        return []
    return [
        Claim(
            Field.MINORS,
            MINOR,
            ", ".join(hits),
            Scope.IMAGE,
            locator,
            quote=", ".join(hits),
            basis=Basis.KEYWORD,
        )
    ]


def read(page: Page) -> list[Claim]:
    """Claims from a page's keyword list and from its age codes."""
    claims: list[Claim] = []
    for meta in page.metas:
        if meta.key in ("keywords", "news_keywords", "article:tag"):
            claims += from_tags((word.strip() for word in meta.value.split(",")), page.locate(meta.element))
        if "plus" in meta.key and _AGE.search(meta.value):
            claims.append(Claim(Field.MINORS, MINOR, meta.value, Scope.IMAGE, page.locate(meta.element)))
    return claims
