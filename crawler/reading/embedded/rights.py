"""Statements of license, notice and name → claims.

**Which text names a license.** ``cc:license`` is the place for it: what is not understood there is a license not
understood. ``UsageTerms`` and a ``WebStatement`` that leads to a page of its own are somebody's terms: the same.
Copyright notices (``dc:rights``, IIM 2:116, EXIF 33432) mostly say whose it is, and a bare "© Name" takes nothing
from a Creative Commons license: they make a license claim only where they name a license, say "all rights
reserved", or speak of permission. ``xmpRights:Marked`` is no license: many writers put False where nobody chose
(XMP part 1 §8.4 reads False as public domain; a wrong license is far worse than none). ``CopyrightStatus``
CS-PUB is the owner's word that the picture is in the public domain; CS-PRO goes with any license.

What two blocks say differently stays as two claims with their places.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.licenses.recognise import recognise
from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import MAX_RAW, MAX_READ, statements

_SPEAKS_OF_TERMS = re.compile(
    r"\b(?:permi(?:ssions?|tted|ssible)|licen[cs](?:e|es|ed|ing)|consent|prohibited|forbidden|reserved|"
    r"unauthori[sz]ed|without authori[sz]ation|terms of use|"
    r"erlaubnis|genehmigung|lizenz\w*|autorisation|permiso|permesso)\b",
    re.IGNORECASE,
)
_AI_WORDS = (
    r"(?:(?-i:AI|A\.I\.|ML)|ai(?=[ -](?:training|models?)\b)|machine[- ]learning|artificial intelligence|"
    r"generative)"
)
_TRAINING = r"(?:training (?:of|data|sets?)|data[- ]?mining|text and data mining)"
_NO_AI = re.compile(
    r"\b(?:no|not|never|may not|must not|prohibit(?:s|ed)?|forbidden|forbids)\b[^.;\n]{0,60}?"
    rf"\b(?:{_AI_WORDS}\b[^.;\n]{{0,40}}|{_TRAINING}\b[^.;\n]{{0,60}})\.?"
    rf"|\b(?:{_AI_WORDS}|{_TRAINING})\b[^.;\n]{{0,60}}?"
    r"\b(?:prohibited|forbidden|not (?:allowed|permitted)|reserved)\b\.?",
    re.IGNORECASE,
)
#: Texts that mean "as you please" or that a program filled in: no statement.
_EMPTY = frozenset({"", "none", "n/a", "na", "-", "default", "unknown", "copyright", "©", "(c)"})


def license_of(text: str, place: str) -> list[Claim]:
    """The claim of a place that is there to name the license."""
    return statements(text, Scope.IMAGE, place, text[:240], pointer=True)


def web_statement(text: str, place: str) -> list[Claim]:
    """The claim of an address of terms; the address of a mere home page, or a text that is none, makes none."""
    if recognise(text[:MAX_READ]).state == "known" or _leads_to_terms(text):
        return license_of(text, place)
    return []


def _leads_to_terms(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    own_page = parts.path.strip("/") or parts.query
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and bool(own_page)


def terms(text: str, place: str, words: list[Claim]) -> list[Claim]:
    """The claims of usage terms. ``words`` are those that ``said_in_words`` made of them: terms that are wholly
    accounted for by these and by a reservation against AI training are understood, and name no license.
    """
    claims = reservations(text, place)
    rest = _NO_AI.sub(" ", text)
    for claim in words:
        rest = rest.replace(claim.raw, " ")
    if _folded(rest) and _folded(text) not in _EMPTY:
        claims += license_of(text, place)
    return claims


def reservations(text: str, place: str) -> list[Claim]:
    """The claim of words that reserve training of AI ("No AI training.")."""
    found = _NO_AI.search(text)
    if found is None:
        return []
    signal = f"{_SIGNAL.get(place.partition('[')[0], 'file-terms')}=noai"
    return [Claim(Field.OPT_OUT, signal, found[0][:MAX_RAW], Scope.IMAGE, place, text[:240])]


_SIGNAL = {
    "XMP:xmpRights:UsageTerms": "xmp-usage-terms",
    "XMP:plus:OtherConstraints": "plus-other-constraints",
}


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w©()/-]+", " ", text.lower()).split())


def notice(text: str, place: str) -> list[Claim]:
    """The claims of a copyright notice: the notice itself, a license it names, a reservation of training."""
    if _folded(text) in _EMPTY:
        return []
    claims = [
        Claim(Field.COPYRIGHT_NOTICE, text, text[: 4 * MAX_RAW], Scope.IMAGE, place),
        *reservations(text, place),
    ]
    speaks = _SPEAKS_OF_TERMS.search(text) is not None
    named = statements(text, Scope.IMAGE, place, text[:240], pointer=speaks)
    if any(claim.value is not None for claim in named) or speaks or _names_more(text):
        claims += named
    return claims


_COPYRIGHT_MARK = re.compile(r"©|\(c\)|&copy;|\bcopyrights?\b|\bcopr\.", re.IGNORECASE)


def _names_more(text: str) -> bool:
    """Whether a notice that is not understood speaks of a license even without its copyright marks."""
    bare = _COPYRIGHT_MARK.sub(" ", text)[:MAX_READ]
    return recognise(bare).state != "not_a_license"


def name(field: Field, text: str, place: str) -> list[Claim]:
    """The claim of a name, a title or a credit line."""
    if _folded(text) in _EMPTY:
        return []
    return [Claim(field, text, text[: 4 * MAX_RAW], Scope.IMAGE, place)]


def license_in_words(words: str, text: str, place: str) -> list[Claim]:
    """The claim that a code (``text``) makes, whose meaning in words is ``words``."""
    found = recognise(words)
    license_id = found.license.id if found.license is not None else None
    return [Claim(Field.LICENSE, license_id, text[:MAX_RAW], Scope.IMAGE, place, text[:240])]
