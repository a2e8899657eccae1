"""``flickr.photos.licenses.getLicenseHistory`` → claims: the only public source of when a license changed.

Entries hold names and addresses, no ids (field notes §1). The address decides; a name counts as one of Flickr's
own (both generations are known), never as words about a license. A photo that never changed has one entry whose
``new_license`` is empty: not a change, but its ``old_license`` is what the photo has. Seen as XML only; of JSON a
list, one object alone and a list under the same name once more are read.
"""

from __future__ import annotations

import json
import re
from typing import Any

from crawler.errors import UnknownFlickrLicense
from crawler.licenses.flickr import from_flickr_label
from crawler.model import Basis, Claim, Field, Scope
from crawler.reading.license_claims import recognised
from crawler.reading.platforms.flickr_answers import Rsp, record, records, text
from crawler.reading.platforms.flickr_photo import when


def entries(rsp: Rsp) -> list[dict[str, Any]]:
    """The entries in the order of their dates, whatever order they came in; equal dates keep theirs.

    Each has ``date`` (text as sent), ``old`` and ``new`` (names), ``old_url`` and ``new_url``, and ``index``.
    """
    given = rsp.data.get("license_history")
    inner = record(given).get("license_history") if isinstance(given, dict) else None
    found = [
        {
            "index": index,
            "date": text(entry.get("date_change")).strip(),
            "old": text(entry.get("old_license")).strip(),
            "old_url": text(entry.get("old_license_url")).strip(),
            "new": text(entry.get("new_license")).strip(),
            "new_url": text(entry.get("new_license_url")).strip(),
        }
        for index, entry in enumerate(records(inner if inner is not None else given))
    ]
    return sorted(found, key=lambda entry: _seconds(entry["date"]))


def claims(rsp: Rsp) -> list[Claim]:
    """Each real change, and the license it ended with, basis ``history``."""
    found: list[Claim] = []
    last: tuple[str | None, str] = (None, "")
    for entry in entries(rsp):
        old_id, old = _known(entry["old_url"], entry["old"])
        new_id, new = _known(entry["new_url"], entry["new"])
        if new:
            value = json.dumps({"date": when(entry["date"]), "old": old_id, "new": new_id})
            raw = f"{entry['date']}: {entry['old']} → {entry['new']}"
            place = rsp.place("license_history", str(entry["index"]), attribute=False)
            found.append(Claim(Field.LICENSE_HISTORY, value, raw, Scope.IMAGE, place, basis=Basis.HISTORY))
        last = (new_id, new) if new else (old_id, old)
    if last[1]:
        place = rsp.place("license_history", attribute=False)
        found.append(Claim(Field.LICENSE, last[0], last[1], Scope.IMAGE, place, basis=Basis.HISTORY))
    return found


def _seconds(date: str) -> int:
    return int(date) if re.fullmatch(r"[0-9]{1,11}", date) else 0


def _known(url: str, name: str) -> tuple[str | None, str]:
    """``(id, text)``; the id is ``None`` where neither the address nor the name is known."""
    found = recognised(url) if url else None
    if found is not None and found.state == "known" and found.license is not None:
        return found.license.id, url
    if name:
        try:
            return from_flickr_label(name).id, name
        except UnknownFlickrLicense:
            return None, url or name
    return None, url
