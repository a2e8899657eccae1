"""Short licence codes of platforms → licences, or ``None`` where the platform's code is not known to us."""

from __future__ import annotations

from crawler.licenses import registry
from crawler.licenses.license import License


def from_inaturalist(code: str | int | None) -> License | None:
    """iNaturalist's ``license_code`` ("cc-by-nc"), its number, or ``None`` for "all rights reserved".

    An explicit null is iNaturalist's way of saying that no licence was given; do not call this for a
    field that is absent.
    """
    data = registry.table("codes")["inaturalist"]
    if code is None:
        return registry.by_id(data["codes"]["c"])
    text = str(code).strip().lower()
    found = data["codes"].get(data["numbers"].get(text, text))
    return registry.by_id(found) if found is not None else None


def from_openverse(code: str, version: str | None) -> License | None:
    """Openverse's ``license`` ("by-nc", "cc0", "pdm") and ``license_version`` ("2.0", or "" or ``None``)."""
    unit = registry.table("codes")["openverse"]["units"].get(code.strip().lower())
    if unit is None:
        return None
    stated = (version or "").strip() or None
    if unit in ("zero", "mark"):
        return registry.cc(unit, stated or "1.0")
    return registry.cc(unit, stated)


def from_wikidata_item(qid: str) -> License | None:
    """The licence a Wikidata item stands for ("Q19125117"), as Commons' structured data name it under P275."""
    found = registry.table("wikidata")["items"].get(qid.strip().upper())
    return registry.by_id(found) if found is not None else None
