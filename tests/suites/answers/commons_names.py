"""commons-names: {name} → family, type, version, region and name, as Commons' own parser has them.

``recognised`` there means: a complete licence; a Creative Commons name without its version is none.
"""

from pathlib import Path
from typing import Any

from crawler.licenses.recognise import recognise


def answer(case: dict[str, Any], base: Path) -> dict[str, Any]:
    entry = recognise(case["name"]).license
    if entry is not None and entry.id == "LicenseRef-public-domain":
        return {"recognised": True, "family": "pd", "name": "pd"}
    if entry is not None and entry.unit == "zero":
        return {"recognised": True, "family": "cc", "type": "cc0", "name": "cc0"}
    if entry is None or entry.unit is None or entry.version is None:
        return {"recognised": False}
    kind = f"cc-{entry.unit}"
    parts = [kind, entry.version, *([entry.jurisdiction] if entry.jurisdiction else [])]
    return {
        "recognised": True,
        "family": "cc",
        "type": kind,
        "version": entry.version,
        "region": entry.jurisdiction,
        "name": "-".join(parts),
    }
