"""cc-urls: {url} → the licence's parts, as ``licence_from_url`` of the suite names them."""

from pathlib import Path
from typing import Any

from crawler.licenses.recognise import recognise

KINDS = {"zero": "dedication", "publicdomain": "dedication", "mark": "mark", "certification": "mark"}


def answer(case: dict[str, Any], base: Path) -> dict[str, Any]:
    entry = recognise(case["url"]).license
    if entry is None or entry.unit is None:
        return {"recognised": False}
    return {
        "recognised": True,
        "kind": KINDS.get(entry.unit, "licence"),
        "canonical": entry.url,
        "unit": entry.unit,
        "version": entry.version,
        "jurisdiction": entry.jurisdiction,
        "prohibits_commercial": entry.nc,
        "permits_derivatives": not entry.nd,
        "requires_share_alike": entry.sa,
        "requires_attribution": entry.by,
    }
