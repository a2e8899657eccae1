"""licence-notices: {text} → the licence a notice states.

``scancode`` is ScanCode's own key. For Creative Commons it is the id in lower case; where ScanCode has
another word, the table below says so.
"""

from pathlib import Path
from typing import Any

from crawler.licenses.recognise import recognise

#: ScanCode's own ids for ports that SPDX does not list are ours with another prefix.
OURS, THEIRS = "LicenseRef-CC-", "LicenseRef-scancode-cc-"
KEYS = {"CC-PDDC": "cc-pd", "CC-PDM-1.0": "cc-pdm-1.0", "LicenseRef-public-domain": "public-domain"}


def answer(case: dict[str, Any], base: Path) -> dict[str, Any]:
    entry = recognise(case["text"]).license
    if entry is None:
        return {"recognised": False, "recognised_cc": False}
    spdx = THEIRS + entry.id[len(OURS) :].lower() if entry.id.startswith(OURS) else entry.id
    plain = spdx.removeprefix("LicenseRef-scancode-").removeprefix("LicenseRef-").lower()
    return {
        "recognised": True,
        "recognised_cc": entry.unit is not None,
        "unit": entry.unit,
        "version": entry.version,
        "jurisdiction": entry.jurisdiction,
        "spdx": spdx,
        "scancode": KEYS.get(entry.id, plain),
        "site_licence": plain if entry.kind == "site" else None,
    }
