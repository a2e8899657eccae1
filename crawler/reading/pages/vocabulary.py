"""Names of the vocabularies that speak of rights, folded into one: schema.org's.

A page may say ``schema:license``, ``cc:license``, ``dct:license``, ``xhv:license`` or give a full address, in
JSON-LD, microdata or RDFa; the readers ask for ``license``. Names of vocabularies not listed here stay the
addresses they are, so that ``example.org/vocab#license`` is nobody's license (RDFa test 0189).
"""

from __future__ import annotations

import re
from functools import lru_cache

SCHEMA = "http://schema.org/"
CC = "http://creativecommons.org/ns#"
XHV = "http://www.w3.org/1999/xhtml/vocab#"
DCTERMS = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
FOAF = "http://xmlns.com/foaf/0.1/"
WORK = "http://n.whatwg.org/work"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

#: Predicates that say "the license of this is that", as addresses.
LICENSES = frozenset(
    {f"{XHV}license", f"{CC}license", f"{DCTERMS}license", f"{SCHEMA}license", "https://schema.org/license"}
)

# Dublin Core (DCMI Metadata Terms 2020-01-20) and ccREL (2008-05-01) names that have another name here.
_DUBLIN = {
    "license": "license",
    "rights": "rights",
    "accessRights": "rights",
    "creator": "creator",
    "title": "name",
    "rightsHolder": "copyrightHolder",
    "StillImage": "ImageObject",
    "Image": "ImageObject",
}
_KNOWN: dict[str, dict[str, str]] = {
    CC: {n: n for n in ("license", "attributionName", "attributionURL", "morePermissions")},
    "http://web.resource.org/cc/": {"license": "license"},
    XHV: {"license": "license"},
    DCTERMS: _DUBLIN,
    DC: _DUBLIN,
    "http://purl.org/dc/dcmitype/": _DUBLIN,
    FOAF: {"name": "name", "maker": "creator", "homepage": "url", "Image": "ImageObject", "Person": "Person"},
    f"{WORK}#": {n: n for n in ("license", "author", "title")} | {"title": "name", "work": "contentUrl"},
}
#: Prefixes that pages use without declaring them, besides those RDFa declares for everybody.
_PREFIXES = {
    "schema": SCHEMA,
    "cc": CC,
    "dct": DCTERMS,
    "dcterms": DCTERMS,
    "dc": DC,
    "xhv": XHV,
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "foaf": FOAF,
}
_SCHEMA = re.compile(r"https?://(?:www\.)?schema\.org/(?:#)?", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def name_of(word: str) -> str:
    """``http://purl.org/dc/terms/license``, ``dct:license``, ``schema:license`` and ``license`` → ``license``.

    Plain words are taken for schema.org's own. What belongs to no vocabulary known here is given back as it is.
    """
    prefix, colon, rest = word.partition(":")
    if not colon:
        return word
    if not rest.startswith("//") and prefix.lower() in _PREFIXES:
        word = _PREFIXES[prefix.lower()] + rest
    match = _SCHEMA.match(word)
    if match:
        return word[match.end() :]
    cut = max(word.rfind("#"), word.rfind("/")) + 1
    return _KNOWN.get(word[:cut], {}).get(word[cut:], word)
