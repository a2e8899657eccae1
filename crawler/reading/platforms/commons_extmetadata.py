"""``imageinfo`` with ``extmetadata`` of one Commons file → claims.

``extmetadata`` is CommonsMetadata's reading of the file page: all values are strings or HTML; ``Copyrighted``
is "True" even for CC0; a file with several licenses shows one only; ``LicenseUrl`` may be absent or ported;
an empty ``Restrictions`` is no release (field notes §5). ``Categories`` names hidden maintenance categories too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.model import Claim, Field, Scope
from crawler.reading.license_claims import first_known
from crawler.reading.platforms import commons_notices
from crawler.reading.words import said_in_words
from crawler.reading.words.plain_text import shown

#: Read by ``claims``, or understood and saying nothing more about rights (CommonsMetadata, 2026-06-14).
_METADATA = frozenset({
    "LicenseUrl", "License", "LicenseShortName", "UsageTerms", "Artist", "Attribution", "ObjectName",
    "ImageDescription", "DateTimeOriginal", "Restrictions", "DeletionReason", "NonFree", "Permission", "Categories",
    "AttributionRequired", "Copyrighted", "Credit", "DateTime", "Assessments", "AuthorCount",
    "CommonsMetadataExtension", "GPSLatitude", "GPSLongitude", "GPSMapDatum",
})  # fmt: skip
_INFO = frozenset({
    "extmetadata", "sha1", "timestamp", "descriptionurl", "descriptionshorturl", "user", "userid", "url", "size",
    "width", "height", "duration", "pagecount", "bitdepth", "mime", "mediatype", "thumburl", "thumbwidth",
    "thumbheight", "thumbmime", "responsiveUrls", "canonicaltitle", "comment", "parsedcomment", "metadata",
    "commonmetadata", "archivename", "filemissing",
})  # fmt: skip


def value_of(metadata: Mapping[str, Any], name: str) -> str:
    """The value of one field as text, "" when it is absent."""
    entry = metadata.get(name)
    value = entry.get("value") if isinstance(entry, dict) else entry
    return "" if value is None else str(value).strip()


def claims(info: Mapping[str, Any], place: str) -> list[Claim]:
    """Claims of one ``imageinfo`` entry; ``place`` is its JSON pointer."""
    found: list[Claim] = []
    given = info.get("extmetadata")
    metadata = given if isinstance(given, dict) else {}

    def at(name: str) -> str:
        return f"{place}/extmetadata/{name}/value"

    def say(field: Field, name: str, value: str | None = "") -> None:
        raw = value_of(metadata, name)
        text = shown(raw) if value == "" else value
        if raw and text:
            found.append(Claim(field, text, raw[:2000], Scope.IMAGE, at(name)))

    found += _license(metadata, place)
    say(Field.AUTHOR, "Artist")
    say(Field.CREDIT, "Attribution")
    say(Field.TITLE, "ObjectName")
    say(Field.DESCRIPTION, "ImageDescription")
    say(Field.TAKEN, "DateTimeOriginal")
    for word in sorted(
        {w.strip().lower() for w in value_of(metadata, "Restrictions").split("|") if w.strip()}
    ):
        say(Field.RESTRICTION, "Restrictions", word)
        if word == "personality":
            found.append(Claim(Field.PEOPLE, "identifiable", word, Scope.IMAGE, at("Restrictions")))
    say(Field.DELETION_REQUEST, "DeletionReason", "open")
    found += commons_notices.of_categories(value_of(metadata, "Categories").split("|"), at("Categories"))
    if value_of(metadata, "NonFree").lower() in ("true", "1"):
        say(Field.RESTRICTION, "NonFree", "non-free")
    found += said_in_words.from_title(value_of(metadata, "ObjectName"), Scope.IMAGE, at("ObjectName"))
    for name in ("ImageDescription", "Permission"):
        found += said_in_words.from_text(value_of(metadata, name), Scope.IMAGE, at(name))
    for name, field in (
        ("sha1", Field.CONTENT_HASH),
        ("timestamp", Field.UPLOADED),
        ("descriptionurl", Field.PAGE_URL),
    ):
        raw = info.get(name)
        if isinstance(raw, str) and raw:
            value = f"sha1:{raw}" if field is Field.CONTENT_HASH else raw
            found.append(Claim(field, value, raw, Scope.IMAGE, f"{place}/{name}"))
    return list(dict.fromkeys(found))


def unread(info: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields of the entry and of its ``extmetadata`` that nobody reads, empty ones left out; sorted."""
    given = info.get("extmetadata")
    metadata = given if isinstance(given, dict) else {}
    strange = [
        f"extmetadata/{name}" for name in metadata if name not in _METADATA and value_of(metadata, name)
    ]
    return tuple(
        sorted([*strange, *(n for n, v in info.items() if n not in _INFO and v not in (None, "", [], {}))])
    )


def _license(metadata: Mapping[str, Any], place: str) -> list[Claim]:
    """One claim: the address, else the code, else the short name, else the usage terms: the first that is
    understood.
    """
    names = ("LicenseUrl", "License", "LicenseShortName", "UsageTerms")
    given = {name: shown(value_of(metadata, name)) for name in names}
    if not any(given.values()):
        return []
    value, raw = first_known(list(given.values()))
    name = next((n for n, text in given.items() if text[: len(raw)] == raw and text), names[0])
    quote = "; ".join(f"{n}: {text}" for n, text in given.items() if text)[:300]
    stated = value_of(metadata, name)[:500] or raw
    return [Claim(Field.LICENSE, value, stated, Scope.IMAGE, f"{place}/extmetadata/{name}/value", quote)]
