"""licence-notices: {text} → the licence a notice states."""

from pathlib import Path
from typing import Any

from crawler.licenses.recognise import recognise

#: ScanCode's own ids for ports that SPDX does not list are ours with another prefix.
OURS, THEIRS = "LicenseRef-CC-", "LicenseRef-scancode-cc-"


def answer(case: dict[str, Any], base: Path) -> dict[str, Any]:
    entry = recognise(case["text"]).license
    if entry is None:
        return {"recognised": False, "recognised_cc": False}
    spdx = THEIRS + entry.id[len(OURS) :].lower() if entry.id.startswith(OURS) else entry.id
    return {
        "recognised": True,
        "recognised_cc": entry.unit is not None,
        "unit": entry.unit,
        "version": entry.version,
        "jurisdiction": entry.jurisdiction,
        "spdx": spdx,
        "site_licence": entry.id.removeprefix("LicenseRef-") if entry.kind == "site" else None,
    }
