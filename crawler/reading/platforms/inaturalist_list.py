"""Lists of iNaturalist's API → looks at the photos that were asked for, by the spider's own native ids.

``111852800`` is a photo, ``observation/83103252/136458117`` a photo of an observation, ``observation/83103252`` all of
its photos.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from crawler.model import Field, Look, Reason, Status
from crawler.reading.api_record import ApiRecord
from crawler.reading.platforms import inaturalist_observation

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NATIVE = re.compile(rf"([0-9]{{1,15}})|observation/([0-9]{{1,15}}|{_UUID})(?:/([0-9]{{1,15}}))?")


def observation_of(native_id: str) -> str:
    """The observation's number or UUID, "" where only the photo is known."""
    match = NATIVE.fullmatch(native_id)
    return (match[2] or "") if match is not None else ""


def photo_of(native_id: str) -> str:
    """The photo's number, "" where the whole observation is meant."""
    match = NATIVE.fullmatch(native_id)
    return (match[1] or match[3] or "") if match is not None else ""


def observations(data: dict[str, Any]) -> tuple[list[ApiRecord] | None, bool]:
    """The observations, and whether these are all there are; ``None`` when this is no answer we know."""
    results, total = data.get("results"), data.get("total_results")
    if isinstance(results, list) and isinstance(total, int) and not isinstance(total, bool):
        found = [o for o in ApiRecord(data).records("results") if o.text("id")]
        return found, len(found) == len(results) == total
    if ("photos" in data or "observation_photos" in data) and data.get(
        "id"
    ):  # one by itself, as people store it
        return [ApiRecord(data)], False
    return None, False


def answers(observations: Sequence[ApiRecord], photos: Sequence[str]) -> bool:
    """Whether every observation is one of those that were asked for: a list of others answers another question, and
    leaves nobody out.
    """
    asked = {observation_of(photo) for photo in photos}
    return all(names(observation) & asked for observation in observations)


def names(observation: ApiRecord) -> set[str]:
    """Its number and its UUID."""
    return {observation.text("id"), observation.text("uuid").lower()} - {""}


def look(native_id: str, observations: Sequence[ApiRecord], *, whole: bool) -> Look:
    """What the list says of one photo. ``whole``: the list is complete, so that whoever is left out is gone."""
    wanted, photo = observation_of(native_id), photo_of(native_id)
    # read anew for each photo, so that each has its own account of unread fields
    own = [ApiRecord(o.data, o.pointer) for o in observations if not wanted or wanted in names(o)]
    shown = [(o, p) for o in own for p in inaturalist_observation.photos(o) if photo in ("", p.text("id"))]
    if shown:
        itself = shown[0][0]
        claims, unread = inaturalist_observation.claims(itself, [picture for _, picture in shown])
        page = f"https://www.inaturalist.org/photos/{photo}" if photo else ""
        claims += (
            shown[0][1].claim(Field.PAGE_URL, "id", page) if photo else itself.claim(Field.PAGE_URL, "uri")
        )
        return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims), unread)
    if wanted and own and photo:
        return Look(native_id, None, None, unread=(f"photo {photo} is not in the observation",))
    if wanted and own:
        return Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO, unread=("/photos is empty",))
    if not wanted:  # we came from the photo's page, and the observation it named does not show it
        return Look(native_id, None, None, unread=("the photo is in no observation of the answer",))
    if not whole:
        return Look(
            native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=("the list does not name it",)
        )
    return Look(native_id, Status.GONE, Reason.NOT_FOUND)
