"""rdfa-licence: {url, html} → the license statements of the page, its own URL written as PAGE."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.reading.pages.html import parse
from crawler.reading.pages.rdfa import license_statements


def answer(case: dict[str, Any], base: Path) -> dict[str, Any]:
    page = parse(case["html"].encode(), case["url"], "text/html; charset=utf-8")
    pairs = license_statements(page)
    here = case["url"]
    return {"licences": [{"subject": "PAGE" if s == here else s, "licence": o} for s, o in pairs]}
