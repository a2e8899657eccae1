"""Flickr URLs: type and photo id (the suite's README: only these two matter)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.sources.flickr_urls import NSID, classify


def answer(given: dict[str, Any], base: Path) -> dict[str, Any]:
    found = classify(given["url"] if isinstance(given, dict) else given)
    output: dict[str, Any] = {"type": found.kind, "photo_id": found.photo_id}
    if found.owner is not None:
        output["user_url"] = f"https://www.flickr.com/photos/{found.owner}/"
        output["user_id"] = found.owner if NSID.fullmatch(found.owner) else None
    return output
