"""Commons file pages: our reading of the templates under the suite's names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.licenses.recognise import recognise
from crawler.reading import commons_file_page as file_page
from crawler.reading.html import parse


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
        for block in file_page.blocks(page)
        if block.marked
    ]
    unique = [entry for i, entry in enumerate(licenses) if entry not in licenses[:i]]
    authors = file_page.authors(page)
    return {
        "licences": unique,
        "author_text": authors[0] if authors else None,
        "date": file_page.date(page) or None,
        "nominated_for_deletion": file_page.nominated(page),
        "restrictions": file_page.restrictions(page),
    }


def _code(short: str) -> str | None:
    """The suite's own codes: "cc-by-sa-3.0", "pd", nothing for what is neither."""
    found = recognise(short).license
    if found is None:
        return None
    if found.id in ("LicenseRef-public-domain", "CC-PDM-1.0"):
        return "pd"
    if found.id == "CC0-1.0":
        return "cc0"
    return found.id.removeprefix("LicenseRef-").lower() if found.kind == "cc" else None
