"""How RDFa's attributes name things: terms, prefixes, CURIEs, IRIs.

RDFa Core 1.1 (W3C Recommendation 2015-03-17) §7.4 "CURIE and IRI Processing"; the prefixes every page may use
undeclared are those of the initial context, https://www.w3.org/2011/rdfa-context/rdfa-1.1, as far as they
name rights, people and pictures, with its three terms; XHTML+RDFa adds the link types of XHTML's vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from crawler.reading.pages.html import Element
from crawler.reading.pages.vocabulary import CC, DC, DCTERMS, FOAF, SCHEMA, XHV

_INITIAL = {
    "cc": CC,
    "ctag": "http://commontag.org/ns#",
    "dc": DCTERMS,
    "dc11": DC,
    "dcterms": DCTERMS,
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": FOAF,
    "gr": "http://purl.org/goodrelations/v1#",
    "og": "http://ogp.me/ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfa": "http://www.w3.org/ns/rdfa#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": SCHEMA,
    "sioc": "http://rdfs.org/sioc/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "v": "http://rdf.data-vocabulary.org/#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "wdr": "http://www.w3.org/2007/05/powder#",
    "wdrs": "http://www.w3.org/2007/05/powder-s#",
    "xhv": XHV,
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_CORE_TERMS = {
    "describedby": "http://www.w3.org/2007/05/powder-s#describedby",
    "license": f"{XHV}license",
    "role": f"{XHV}role",
}
# XHTML+RDFa 1.1 §2.2; RDFa in XHTML 1.0 §9.3 reserves nearly the same words.
_LINK_TYPES = """alternate appendix bookmark cite chapter contents copyright first glossary help icon index last
license meta next prev previous section start stylesheet subsection top up p3pv1"""
_XHTML_TERMS = _CORE_TERMS | {word: XHV + word for word in _LINK_TYPES.split()}
_TERM = re.compile(r"[^\W\d][\w.\-/·]*", re.UNICODE)
_PREFIX = re.compile(r"([^\s:]*):\s+(\S+)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean at one place of a tree: base, vocabulary, prefixes and terms.

    ``xhtml``: the page says it is XHTML+RDFa, which has more terms; ``old``: of version 1.0, whose rules are
    others.
    """

    base: str
    vocab: str = ""
    prefixes: Mapping[str, str] = field(default_factory=lambda: _INITIAL)
    xhtml: bool = False
    old: bool = False

    @classmethod
    def of(cls, base: str, root: Element) -> Names:
        """Names at the root of a page."""
        version = root.get("version") or ""
        old = "XHTML+RDFa 1.0" in version
        # RDFa 1.0 knows the prefixes a page declares and no others
        prefixes: Mapping[str, str] = {} if old else _INITIAL
        return cls(base.partition("#")[0], prefixes=prefixes, xhtml="XHTML+RDFa" in version, old=old)

    def inside(self, element: Element) -> Names:
        """Names inside an element that declares vocabulary or prefixes (§7.5, steps 2 and 3)."""
        vocab, prefixes, base = self.vocab, self.prefixes, self.base
        declared: dict[str, str] = {}
        for key, value in element.attrib.items():
            name = str(key)
            if name.startswith("xmlns:"):
                declared[name[6:].lower()] = str(value).strip()
            elif name == "vocab" and not self.old:
                vocab = resolved(base, str(value).strip()) if str(value).strip() else ""
            elif name == "xml:base" and element.tag == "svg":
                base = resolved(base, str(value).strip()).partition("#")[0]
        if not self.old:  # @prefix overrides xmlns
            declared |= {p.lower(): iri for p, iri in _PREFIX.findall(element.get("prefix") or "") if p}
        declared.pop("_", None)
        if declared:
            prefixes = {**prefixes, **declared}
        return Names(base, vocab, prefixes, self.xhtml, self.old)

    def curie(self, text: str) -> str | None:
        """``dc:title`` → an address, ``_:a`` → a blank node, ``None`` for what is no CURIE here."""
        prefix, colon, reference = text.partition(":")
        if not colon or reference.startswith("//"):
            return None
        if prefix == "_":
            return f"_:named-{reference}"
        if not prefix:
            return XHV + reference
        known = self.prefixes.get(prefix.lower())
        return None if known is None else known + reference

    def resource(self, text: str | None) -> str | None:
        """SafeCURIEorCURIEorIRI: what ``about`` and ``resource`` name; ``None`` where they are to be ignored."""
        if text is None:
            return None
        text = text.strip()
        if text.startswith("[") and text.endswith("]"):
            return self.curie(text[1:-1].strip())
        found = None if self.old else self.curie(text)
        return found if found is not None else resolved(self.base, text)

    def iri(self, text: str | None) -> str | None:
        """IRI: what ``href`` and ``src`` name."""
        return None if text is None else resolved(self.base, text.strip())

    def predicates(self, words: str | None, *, link: bool = False) -> list[str]:
        """TERMorCURIEorAbsIRI, several: what ``rel``, ``rev`` (``link``), ``property`` and ``typeof`` name."""
        found: list[str] = []
        for word in (words or "").split():
            iri = self._predicate(word, link=link)
            if iri is not None and iri not in found:
                found.append(iri)
        return found

    def _predicate(self, word: str, *, link: bool) -> str | None:
        if ":" in word:
            found = self.curie(word)
            if found is not None:
                return None if found.startswith("_:") else found
            return word if _SCHEME.match(word) and not self.old else None
        if not _TERM.fullmatch(word):
            return None
        if self.vocab:
            return self.vocab + word
        if self.old and not link:
            return None
        terms = _XHTML_TERMS if self.xhtml else _CORE_TERMS
        return terms.get(word) or terms.get(word.lower())


def resolved(base: str, reference: str) -> str:
    """A reference made absolute; the reference itself when that cannot be done."""
    try:
        return urljoin(base, reference) if reference else base
    except ValueError:
        return reference
