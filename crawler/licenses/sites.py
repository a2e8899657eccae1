"""A stock site and the day of upload → the licence the site gave that photo under."""

from __future__ import annotations

from datetime import date

from crawler.licenses import registry
from crawler.licenses.license import License


def from_site(site: str, uploaded: date | None) -> License | None:
    """The licence of a photo of ``site`` ("unsplash", "pixabay", "pexels", "stocksnap",
    "wordpress_photos") uploaded on that day.

    ``None`` where the site is not known, or where its licence changed and the day is not known or falls into
    a time for which no source says which licence held. Unsplash+ photos are marked one by one, not here.
    """
    periods = [p for p in registry.table("sites")["period"] if p["site"] == site]
    for period in periods:
        until = period.get("until")
        if until is None or (uploaded is not None and uploaded < until):
            return registry.by_id(period["id"])
        if uploaded is None or uploaded < period.get("unsure_until", until):
            return None
    return None
