"""``flickr.photos.getExif`` and ``flickr.photos.people.getList`` → claims: what lies in the file, and who is tagged.

Neither is asked for by itself; both are read where somebody holds their answers. EXIF comes as ExifTool prints it,
names of XMP and PLUS fields included. A tag says something only where it has a text; release ids alone say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.model import Claim, Field, Scope
from crawler.reading.platforms.flickr_answers import Rsp, record, records, text
from crawler.reading.words import ai_generated, minors, releases
from crawler.reading.words.plain_text import shown

_TEXTS = {
    "Creator": Field.CREDIT,
    "Artist": Field.CREDIT,
    "By-line": Field.CREDIT,
    "Credit": Field.CREDIT,
    "Copyright": Field.COPYRIGHT_NOTICE,
    "CopyrightNotice": Field.COPYRIGHT_NOTICE,
    "Rights": Field.COPYRIGHT_NOTICE,
    "UsageTerms": Field.COPYRIGHT_NOTICE,
}
# The labels of PLUS LDF 2.0.1, which ExifTool prints in place of the codes (releases.md §1)
_STATUSES = {
    "none": "no",
    "not applicable": "not_applicable",
    "unlimited model releases": "yes",
    "unlimited property releases": "yes",
    "limited or incomplete model releases": "limited",
    "limited or incomplete property releases": "limited",
}
_STATUS_FIELDS = {
    "ModelReleaseStatus": Field.MODEL_RELEASE,
    "PropertyReleaseStatus": Field.PROPERTY_RELEASE,
}
_AGE = re.compile(r"age\s+([0-9]{1,2})\b", re.IGNORECASE)


def exif(photo: Mapping[str, Any], rsp: Rsp) -> list[Claim]:
    """Creator, copyright, releases, ages, persons and the source type, as the file's own metadata state them."""
    found: list[Claim] = []
    for index, entry in enumerate(records(photo.get("exif"))):
        tag, raw = text(entry.get("tag")), text(entry.get("raw"))
        read = _claim(tag, raw.strip())
        if read is not None:
            place = rsp.place("photo", "exif", str(index), "raw", attribute=False)
            found.append(Claim(read[0], read[1], raw, Scope.IMAGE, place, f"{tag}: {raw}"[:240]))
    return found


def _claim(tag: str, raw: str) -> tuple[Field, str | None] | None:
    if not raw:
        return None
    if tag in _TEXTS:
        return _TEXTS[tag], shown(raw)
    if tag in _STATUS_FIELDS:
        coded = releases.from_code(raw)
        return _STATUS_FIELDS[tag], coded[1] if coded is not None else _STATUSES.get(raw.lower())
    if tag == "MinorModelAgeDisclosure":
        return _age(raw)
    if tag == "DigitalSourceType" and ai_generated.is_source_type(raw):
        return Field.AI_GENERATED, "yes"
    return (Field.PEOPLE, "named") if tag == "PersonInImage" else None


def _age(raw: str) -> tuple[Field, str | None] | None:
    """ "AG-A17", "Age 17", "Age 14 or Under"; "Age Unknown" says nothing."""
    value = minors.from_code(raw)
    years = _AGE.search(raw)
    if value is None and years is not None:
        value = minors.MINOR if int(years[1]) < 18 else minors.ADULT
    return (Field.MINORS, value) if value is not None else None


def people(data: Mapping[str, Any], rsp: Rsp) -> list[Claim]:
    """Somebody is tagged; who is nobody's business here."""
    persons = records(record(data.get("people")).get("person"))
    if not persons:
        return []
    place = rsp.place("people", "person", attribute=False)
    return [Claim(Field.PEOPLE, "tagged", str(len(persons)), Scope.IMAGE, place)]
