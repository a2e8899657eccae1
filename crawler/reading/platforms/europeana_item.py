"""One item of Europeana → claims: the flat form of search answers, and the record form with its aggregations.

``rights`` (flat; seen) is a list of http addresses; in the record form (from the documentation of EDM, not seen)
they stand in ``aggregations[].edmRights`` and, for single pictures, in ``webResources[].webResourceEdmRights``. All are
kept: several different ones are a conflict, which nobody may resolve by choosing. Statements of
rightsstatements.org permit nothing. ``guid`` and ``link`` carry the key of whoever asked, so the page's address
is made from the id.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.model import Claim, Field
from crawler.reading.api_record import ApiRecord
from crawler.reading.license_claims import recognised
from crawler.reading.moments import iso
from crawler.reading.words import keywords, people
from crawler.reading.words.plain_text import shown

PAGE = "https://www.europeana.eu/item"
_NOTHING_OF_RIGHTS = (
    "completeness", "country", "dcLanguage", "dcLanguageLangAware", "dcCreatorLangAware",
    "dcDescriptionLangAware", "dcTitleLangAware", "dcTypeLangAware", "edmAgent", "edmAgentLabel",
    "edmAgentLabelLangAware", "edmConcept", "edmConceptLabel", "edmConceptPrefLabelLangAware",
    "edmConceptBroaderTerm", "edmDatasetName", "edmIsShownBy", "edmPlace", "edmPlaceLabel",
    "edmPlaceLabelLangAware", "edmPlaceLatitude", "edmPlaceLongitude", "edmPreview", "edmTimespan",
    "edmTimespanLabel", "edmTimespanLabelLangAware", "edmTimespanBegin", "edmTimespanEnd",
    "europeanaCollectionName", "europeanaCompleteness", "guid", "index", "language", "link",
    "organizations", "previewNoDistribute", "provider", "score", "timestamp", "timestamp_created",
    "timestamp_created_epoch", "timestamp_update_epoch", "type", "ugc", "year",
    # the record form's own
    "about", "agents", "concepts", "europeanaAggregation", "licenses", "places", "providedCHOs",
    "services", "timespans", "proxies", "aggregations",
)  # fmt: skip


def claims(item: ApiRecord) -> tuple[list[Claim], tuple[str, ...]]:
    """Claims of one item, and the fields nobody read."""
    aggregations = list(item.records("aggregations"))
    found = _licenses(item, aggregations)
    native_id = item.text("id") or item.text("about")
    name = "id" if item.text("id") else "about"
    found += item.claim(Field.PAGE_URL, name, f"{PAGE}{native_id}")
    found += _texts(item, Field.PAGE_URL, "edmIsShownAt")
    for aggregation in aggregations:
        found += _texts(aggregation, Field.PAGE_URL, "edmIsShownAt")
        found += _first(aggregation, Field.CREDIT, "edmDataProvider")
    found += _first(item, Field.TITLE, "title")
    found += _first(item, Field.DESCRIPTION, "dcDescription")
    found += _first(item, Field.CREDIT, "dataProvider")
    for place in [item, *item.records("proxies")]:
        found += _creators(place)
    found += item.claim(Field.UPDATED, "timestamp_update", iso(item.text("timestamp_update")))
    words = [text for _, text in _values(item, "dcSubjectLangAware") if "://" not in text]
    found += keywords.claims(words, f"{item.pointer}/dcSubjectLangAware")
    found += people.from_tags(words, f"{item.pointer}/dcSubjectLangAware")
    item.skip(*_NOTHING_OF_RIGHTS)
    return list(dict.fromkeys(found)), item.unread()


def _licenses(item: ApiRecord, aggregations: list[ApiRecord]) -> list[Claim]:
    found = _rights(item, "rights")
    for aggregation in aggregations:
        found += _rights(aggregation, "edmRights")
        for picture in aggregation.records("webResources"):
            found += _rights(picture, "webResourceEdmRights")
    return found


def _rights(record: ApiRecord, name: str) -> list[Claim]:
    """Every address of the field as a license, those we do not know as not understood."""
    claims: list[Claim] = []
    for path, text in _values(record, name):
        seen = recognised(text)
        known = seen.license.id if seen.state == "known" and seen.license is not None else None
        claims += record.claim(Field.LICENSE, path, known)
    return claims


def _creators(record: ApiRecord) -> list[Claim]:
    """Names as authors; addresses as authors' addresses: whose label is whose is not said in the flat form."""
    claims: list[Claim] = []
    for path, text in _values(record, "dcCreator"):
        if "://" in text:
            claims += record.claim(Field.AUTHOR_URL, path, text)
        else:
            claims += record.claim(Field.AUTHOR, path, shown(text))
    return claims


def _first(record: ApiRecord, field: Field, name: str) -> list[Claim]:
    for path, text in _values(record, name):
        return record.claim(field, path, shown(text))
    return []


def _texts(record: ApiRecord, field: Field, name: str) -> list[Claim]:
    return [claim for path, text in _values(record, name) for claim in record.claim(field, path, text)]


def _values(record: ApiRecord, name: str) -> Iterator[tuple[str, str]]:
    """(path, text) of a text, a list of texts, or an object of such lists by language ("def", "en")."""
    value = record.get(name)
    if isinstance(value, str):
        value = [value]
        if value[0].strip():
            yield name, value[0].strip()
        return
    if isinstance(value, dict):
        for language in sorted(map(str, value)):
            if "/" not in language:
                yield from _values(record, f"{name}/{language}")
    elif isinstance(value, list):
        for index, text in enumerate(value):
            if isinstance(text, str) and text.strip():
                yield f"{name}/{index}", text.strip()
