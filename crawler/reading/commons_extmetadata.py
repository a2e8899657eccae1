"""``imageinfo`` with ``extmetadata`` of one Commons file → claims.

``extmetadata`` is CommonsMetadata's reading of the file page: all values are strings or HTML; ``Copyrighted``
is "True" even for CC0; a file with several licenses shows one only; ``LicenseUrl`` may be absent or ported;
an empty ``Restrictions`` is no release (field notes §5).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from crawler.model import Claim, Field, Scope
from crawler.reading.html import text_of
from crawler.reading.license_claims import first_known

_TAG = re.compile(r"<[^>]+>|&[a-zA-Z#0-9]+;")


def plain(html: str) -> str:
    """The text of a fragment of HTML, white space folded; hidden parts are left out."""
    if not _TAG.search(html):
        return " ".join(html.split())
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    try:
        root = etree.fromstring(f"<div>{html}</div>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None:
        return ""
    for element in list(root.iter()):
        if "display:none" in (element.get("style") or "").replace(" ", "").lower():
            element.text = None
            for child in list(element):
                element.remove(child)
    return text_of(root, 500)


def value_of(metadata: dict[str, Any], name: str) -> str:
    """The value of one field as text, "" when it is absent."""
    entry = metadata.get(name)
    value = entry.get("value") if isinstance(entry, dict) else entry
    return "" if value is None else str(value).strip()


def claims(info: dict[str, Any], place: str) -> list[Claim]:
    """Claims of one ``imageinfo`` entry; ``place`` is its JSON pointer."""
    found: list[Claim] = []
    given = info.get("extmetadata")
    metadata = given if isinstance(given, dict) else {}

    def at(name: str) -> str:
        return f"{place}/extmetadata/{name}/value"

    def say(field: Field, name: str, *, html: bool = False) -> None:
        raw = value_of(metadata, name)
        text = plain(raw) if html else raw
        if text:
            found.append(Claim(field, text, raw[:2000], Scope.IMAGE, at(name)))

    found += _license(metadata, place)
    say(Field.AUTHOR, "Artist", html=True)
    say(Field.CREDIT, "Attribution", html=True)
    say(Field.TITLE, "ObjectName", html=True)
    say(Field.DESCRIPTION, "ImageDescription", html=True)
    say(Field.TAKEN, "DateTimeOriginal", html=True)
    for word in sorted(
        {w.strip().lower() for w in value_of(metadata, "Restrictions").split("|") if w.strip()}
    ):
        found.append(
            Claim(
                Field.RESTRICTION, word, value_of(metadata, "Restrictions"), Scope.IMAGE, at("Restrictions")
            )
        )
        if word == "personality":
            found.append(Claim(Field.PEOPLE, "identifiable", word, Scope.IMAGE, at("Restrictions")))
    if value_of(metadata, "DeletionReason"):
        reason = value_of(metadata, "DeletionReason")
        found.append(Claim(Field.DELETION_REQUEST, "open", plain(reason), Scope.IMAGE, at("DeletionReason")))
    if value_of(metadata, "NonFree").lower() in ("true", "1"):
        found.append(Claim(Field.RESTRICTION, "non-free", "NonFree", Scope.IMAGE, at("NonFree")))
    for name, field in (
        ("sha1", Field.CONTENT_HASH),
        ("timestamp", Field.UPLOADED),
        ("descriptionurl", Field.PAGE_URL),
    ):
        raw = info.get(name)
        if isinstance(raw, str) and raw:
            value = f"sha1:{raw}" if field is Field.CONTENT_HASH else raw
            found.append(Claim(field, value, raw, Scope.IMAGE, f"{place}/{name}"))
    return found


def _license(metadata: dict[str, Any], place: str) -> list[Claim]:
    """One claim: the address, else the code, else the short name, else the usage terms: the first that is
    understood.
    """
    names = ("LicenseUrl", "License", "LicenseShortName", "UsageTerms")
    given = {name: value_of(metadata, name) for name in names}
    if not any(given.values()):
        return []
    value, raw = first_known(list(given.values()))
    name = next((n for n, text in given.items() if text[: len(raw)] == raw and text), names[0])
    quote = "; ".join(f"{n}: {text}" for n, text in given.items() if text)[:300]
    return [Claim(Field.LICENSE, value, raw, Scope.IMAGE, f"{place}/extmetadata/{name}/value", quote)]
