"""Records of source platforms' interfaces: our claims under the suite's names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.licenses.flickr import from_flickr_id
from crawler.licenses.registry import by_id
from crawler.model import Field
from crawler.reading.api_record import ApiRecord
from crawler.reading.platforms import flickr_rest
from crawler.reading.platforms.commons_extmetadata import claims, value_of
from crawler.reading.platforms.flickr_answers import Rsp
from crawler.reading.platforms.inaturalist_observation import license_claims


def answer(given: dict[str, Any], base: Path) -> dict[str, Any]:
    source, row = given["source"], given["record"]
    if source == "wikimedia-commons":
        return _commons(row)
    if source == "flickr-search":
        return _flickr(row)
    stated = [claim.value for claim in license_claims(ApiRecord(row))]
    found = by_id(stated[0]) if len(stated) == 1 and stated[0] is not None else None
    return {
        "licence_url": found.url if found is not None else None,
        "creator": row.get("creator"),
        "creator_url": row.get("creator_url"),
        "page_url": row.get("foreign_landing_url"),
    }


def _flickr(row: dict[str, Any]) -> dict[str, Any]:
    """As one entry of a list of Flickr's API; a license id that nobody knows has no address."""
    answered = Rsp(ok=True, data={"photos": {"photo": [row]}}, xml=False)
    (look,) = flickr_rest.looks(answered, "flickr.photos.search", str(row.get("id")), named=False)
    said = {claim.field: claim for claim in look.claims}
    stated, owner, photo = said.get(Field.LICENSE), said.get(Field.AUTHOR_ID), look.native_id
    home = f"https://www.flickr.com/photos/{owner.raw}" if owner is not None else None
    return {
        "licence_url": from_flickr_id(stated.raw).url if stated is not None and stated.value else None,
        "creator": said[Field.AUTHOR].value if Field.AUTHOR in said else None,
        "creator_url": home,
        "page_url": f"{home}/{photo}" if home is not None else None,
    }


def _commons(page: dict[str, Any]) -> dict[str, Any]:
    infos = page.get("imageinfo") or [page]
    info = infos[0]
    said = {claim.field: claim for claim in claims(info, "/imageinfo/0")}
    stated = said.get(Field.LICENSE)
    named = bool(stated) and bool(value_of(info.get("extmetadata", {}), "LicenseUrl"))
    known = by_id(stated.value) if stated is not None and stated.value is not None else None
    return {
        "licence_url": known.url if named and known is not None else None,
        "licence_short_name": value_of(info.get("extmetadata", {}), "LicenseShortName") or None,
        "creator": said[Field.AUTHOR].value if Field.AUTHOR in said else None,
        "page_url": said[Field.PAGE_URL].value if Field.PAGE_URL in said else None,
    }
