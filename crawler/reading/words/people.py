"""Signs that persons are shown. A tag is a keyword (basis ``keyword``); nothing is inferred from pictures.

Words are matched whole, against tags and keyword lists only. Left out: "portrait" (also of animals and as a format),
"face", "family", "wedding" and "crowd" (also of things), and words for children, which ``minors`` reads. Sites'
own marks (Flickr's tagged members, Commons' personality rights) are read where the site is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.model import Basis, Claim, Field, Scope

PERSON = "person"
_WORDS = frozenset({
    "people", "person", "persons", "man", "men", "woman", "women", "boy", "boys", "girl", "girls", "selfie", "selfies",
    "selfportrait", "selfportraits", "bride", "groom", "human", "humans", "peoplephotography", "streetportrait",
    "menschen", "mensch", "personen", "mann", "männer", "frau", "frauen", "mädchen", "selbstporträt", "selbstportrait",
    "gens", "personne", "personnes", "homme", "hommes", "femme", "femmes", "garçon", "fille", "autoportrait",
    "gente", "persona", "personas", "hombre", "hombres", "mujer", "mujeres", "chica", "chico", "autorretrato",
    "persone", "uomo", "uomini", "donna", "donne", "ragazza", "ragazzo", "autoritratto",
    "mensen", "persoon", "vrouw", "vrouwen", "meisje", "jongen", "zelfportret",
    "pessoa", "pessoas", "homem", "homens", "mulher", "mulheres",
})  # fmt: skip


def from_tags(tags: Iterable[str], locator: str) -> list[Claim]:
    """At most one claim, naming such tags in alphabetical order: a new order of tags is no change."""
    hits = sorted({tag for tag in tags if re.sub(r"[\s_-]+", "", tag.lower()) in _WORDS})
    if not hits:
        return []
    raw = ", ".join(hits)
    return [Claim(Field.PEOPLE, PERSON, raw, Scope.IMAGE, locator, raw, Basis.KEYWORD)]
