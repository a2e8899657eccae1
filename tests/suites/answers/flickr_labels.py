"""flickr-labels: {label} → licence address, Flickr's id, and whether Commons takes such a file."""

from pathlib import Path
from typing import Any

from crawler.errors import UnknownFlickrLicense
from crawler.licenses.flickr import flickr_id_of_label, from_flickr_label

#: Statements that Commons accepts although they are no licences (UploadWizard, 2026-08-20).
TAKEN_STATEMENTS = {"LicenseRef-no-known-copyright-restrictions", "LicenseRef-us-government-work"}


def answer(case: dict[str, Any], base: Path) -> dict[str, Any]:
    try:
        entry = from_flickr_label(case["label"])
    except UnknownFlickrLicense:
        return {"licence_url": None, "flickr_id": None, "commons_takes_it": None}
    free = entry.kind in ("cc", "public-domain-tool") and not entry.nc and not entry.nd
    return {
        "licence_url": entry.url,
        "flickr_id": flickr_id_of_label(case["label"]),
        "commons_takes_it": free or entry.id in TAKEN_STATEMENTS,
    }
