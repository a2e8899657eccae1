"""PLUS and IPTC Extension codes → claims (PLUS LDF 2.0.1; IPTC Photo Metadata Standard 2023.1).

Values are taken with and without their address ``http://ns.useplus.org/ldf/vocab/``. A code that this version
does not know is a claim not understood, never a permission. Release ids prove nothing and are kept raw. Names of
the persons shown are not repeated in claims: how many were named is enough.
"""

from __future__ import annotations

import re

from crawler.model import Claim, Field, Scope
from crawler.reading.embedded.xmp import Items, Struct, Value, structs, texts
from crawler.reading.license_claims import MAX_RAW
from crawler.reading.words import ai_generated, minors, people, releases

_VOCABULARY = re.compile(r"^https?://ns\.useplus\.org/ldf/vocab/", re.IGNORECASE)
_DATA_MINING = frozenset(
    {
        "dmi-unspecified",
        "dmi-allowed",
        "dmi-prohibited",
        "dmi-prohibited-aimltraining",
        "dmi-prohibited-genaimltraining",
        "dmi-prohibited-exceptsearchengineindexing",
        "dmi-prohibited-seeconstraint",
        "dmi-prohibited-seeembeddedrightsexpr",
        "dmi-prohibited-seelinkedrightsexpr",
    }
)
_ALTERATION = {
    "AL-CRP": "no-cropping",
    "AL-FLP": "no-flipping",
    "AL-RET": "no-retouching",
    "AL-CLR": "no-colorizing",
    "AL-DCL": "no-decolorizing",
    "AL-MRG": "no-merging",
}
_DUPLICATION = {"DP-NOD": "no-duplication", "DP-LIC": "duplication-as-licensed"}
#: Types of IPTC's list that rule out a generative model (cv.iptc.org, release 2024-10-23).
_CAPTURED = frozenset({"digitalcapture", "computationalcapture", "negativefilm", "positivefilm"})
_PARTLY = frozenset({"compositesynthetic"})
_AGE = re.compile(r"[0-9]{1,3}")


def code(text: str) -> str:
    """A PLUS code without its address."""
    return _VOCABULARY.sub("", text.strip())


def data_mining(text: str, place: str) -> list[Claim]:
    """The opt-out that ``plus:DataMining`` states; a code that isn't one of the nine is left to a person."""
    word = code(text).lower()
    value = word if word in _DATA_MINING else "not-understood"
    return [Claim(Field.OPT_OUT, f"plus-datamining={value}", text[:MAX_RAW], Scope.IMAGE, place, text[:240])]


def release(field: Field, text: str, place: str) -> list[Claim]:
    """A model or property release status."""
    known = releases.from_code(code(text))
    value = known[1] if known is not None and known[0] is field else None
    return [Claim(field, value, text[:MAX_RAW], Scope.IMAGE, place, text[:240])]


def release_id(field: Field, text: str, place: str) -> list[Claim]:
    """A release's number: kept raw, no proof of a release."""
    return [Claim(field, None, text[:MAX_RAW], Scope.IMAGE, place)]


def youngest(text: str, place: str) -> list[Claim]:
    """The age of the youngest model: ``minor``, ``adult`` (AG-A18 … AG-A25) or ``unknown`` (AG-UNK)."""
    word = code(text)
    value = "unknown" if word == "AG-UNK" else minors.from_code(word)
    return [Claim(Field.MINORS, value, text[:MAX_RAW], Scope.IMAGE, place, text[:240])]


def age(text: str, place: str) -> list[Claim]:
    """One model's age in years. Under 18: a minor. 18 or more: a person; of the other persons it says nothing."""
    if not _AGE.fullmatch(text):
        return [Claim(Field.MINORS, None, text[:MAX_RAW], Scope.IMAGE, place)]
    shown = Claim(Field.PEOPLE, people.PERSON, text, Scope.IMAGE, place)
    if int(text) < 18:
        return [Claim(Field.MINORS, minors.MINOR, text, Scope.IMAGE, place), shown]
    return [shown]


def persons(value: Value, place: str) -> list[Claim]:
    """Persons named as shown: identifiable, by the file's own word."""
    named = sum(1 for _ in texts(value)) + sum(1 for _ in structs(value))
    return [_identifiable(named, place)] if named else []


def regions(value: Value, place: str) -> list[Claim]:
    """Regions of the picture that carry a person's name (MWG regions of type Face; IPTC image regions)."""
    named = sum(1 for struct in _inside(value) if _names_person(struct))
    return [_identifiable(named, place)] if named else []


def _identifiable(named: int, place: str) -> Claim:
    return Claim(Field.PEOPLE, "identifiable", f"{named} named", Scope.IMAGE, place)


def _inside(value: Value) -> list[Struct]:
    """All structures in a value, at whatever depth (the packet's own depth is bounded)."""
    if isinstance(value, str):
        return []
    if isinstance(value, Items):
        return [struct for _, item in value.entries for struct in _inside(item)]
    return [value, *(struct for _, item in value.fields for struct in _inside(item))]


def _names_person(struct: Struct) -> bool:
    fields = dict(struct.fields)
    if fields.get("mwg-rs:Type") == "Face" and fields.get("mwg-rs:Name"):
        return True
    return any(any(texts(fields[name])) for name in ("Iptc4xmpExt:PersonInImage",) if name in fields)


def source_type(text: str, place: str) -> list[Claim]:
    """How the picture came to be: made by a trained model (``yes``), partly (``partly``), by a camera (``no``)."""
    word = text.strip().rstrip("/").rpartition("/")[2].lower()
    if ai_generated.is_source_type(text):
        value = "yes"
    elif word in _PARTLY:
        value = "partly"
    elif word in _CAPTURED:
        value = "no"
    else:
        return []
    return [Claim(Field.AI_GENERATED, value, text[:MAX_RAW], Scope.IMAGE, place, text[:240])]


def constraint(text: str, place: str) -> list[Claim]:
    """A limit by code, or one in words that a person must read."""
    word = code(text)
    if word == "DP-NDC":
        return []  # no duplication constraints
    value = _ALTERATION.get(word) or _DUPLICATION.get(word) or "other-constraints"
    return [Claim(Field.RESTRICTION, value, text[: 4 * MAX_RAW], Scope.IMAGE, place, text[:240])]


def rights_expression(value: Value, place: str) -> list[Claim]:
    """Rights said in a language for machines (ODRL, RightsML), in the file or behind a link: not read."""
    if not any(texts(value)) and not any(structs(value)):
        return []
    return [Claim(Field.RESTRICTION, "rights-expression", "", Scope.IMAGE, place)]


def adult_content(text: str, place: str) -> list[Claim]:
    """A warning of adult content."""
    if code(text) != "CW-AWR":
        return []
    return [Claim(Field.SAFETY, "adult-content", text[:MAX_RAW], Scope.IMAGE, place)]
