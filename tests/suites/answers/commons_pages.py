"""Commons file pages: our reading of the templates under the suite's names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.licenses.recognise import recognise
from crawler.reading.pages.html import parse
from crawler.reading.platforms import commons_information, commons_licenses, commons_notices


def answer(given: dict[str, Any], base: Path) -> dict[str, Any]:
    page = parse(given["html"].encode(), given["page_url"], "text/html; charset=utf-8")
    licenses = [
        {
            "short_name": block.short or None,
            "url": block.link or None,
            "usage_terms": block.long or None,
            "attribution_required": block.attribution_required or None,
            "parsed": _code(block.short),
        }
        for block in commons_licenses.blocks(page)
        if block.marked
    ]
    unique = [entry for i, entry in enumerate(licenses) if entry not in licenses[:i]]
    authors = commons_information.authors(page)
    date = commons_information.date(page)
    return {
        "licences": unique,
        "author_text": authors[0][0] if authors else None,
        "date": date[0] if date is not None else None,
        "nominated_for_deletion": commons_notices.nominated(page),
        "restrictions": commons_notices.restrictions(page),
    }


def _code(short: str) -> str | None:
    """The suite's own codes: "cc-by-sa-3.0", "pd", nothing for what is neither, nor for NC and ND (they are no
    licenses of Commons' files).
    """
    if short.lower() in ("public domain", "pd"):
        return "pd"
    found = recognise(short).license
    if found is None or found.kind != "cc" or found.nc or found.nd or found.version is None:
        return "cc0" if found is not None and found.id == "CC0-1.0" else None
    return "cc0" if found.id == "CC0-1.0" else found.id.removeprefix("LicenseRef-").lower()
