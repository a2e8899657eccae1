"""An answer of Flickr's API that says "ok" → looks, by what it holds rather than by what was asked.

Stored answers whose address was not kept whole are read as well. An answer about another photo than the one asked
for is not taken for it; an id of a license that nobody knows yet leaves the photo unread, loudly.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from crawler.errors import UnknownFlickrLicense
from crawler.model import Claim, Look, Reason, Status
from crawler.reading.platforms import flickr_exif, flickr_history, flickr_photo
from crawler.reading.platforms.flickr_answers import Rsp, record, records, text

logger = logging.getLogger(__name__)

_SEEN = (Status.AVAILABLE, Reason.SEEN)
_LISTS = ("photos", "photoset", "gallery")


def looks(
    rsp: Rsp, method: str, native_id: str, *, named: bool, about_account: bool = False
) -> tuple[Look, ...]:
    """What the answer says: one look, of a list one per photo.

    ``named``: ``native_id`` is what was asked for, so an answer about another photo is not read. ``about_account``:
    the owner's account was asked for because the photo was not found; that it exists says nothing of the photo.
    """
    data = rsp.data
    photo = record(data.get("photo"))
    if isinstance(photo.get("owner"), dict):
        itself = text(photo.get("id"))
        if itself and itself != native_id:
            if named:
                return (_strange(native_id, f"the answer is about photo {itself}"),)
            native_id = itself
        return (_photo(photo, rsp, native_id),)
    said_ok = rsp.xml or data.get("stat") == "ok"
    if "license_history" in data or (said_ok and method.endswith("getLicenseHistory")):
        # an answer for a photo that could not be seen would have been code 1
        return (Look(native_id, *_SEEN, tuple(flickr_history.claims(rsp))),)
    for name in _LISTS:
        entries = record(data.get(name))
        if records(entries.get("photo")):
            found = tuple(_listed(entries, rsp, name))
            return found or (_strange(native_id, f"/{name} names no photo"),)
    if "person" in data:
        return (
            Look(native_id, None, None)
            if about_account
            else Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO),
        )
    if "exif" in photo or "sizes" in data or "people" in data:
        claims = (*flickr_exif.people(data, rsp), *flickr_exif.exif(photo, rsp))
        return (Look(native_id, *_SEEN, claims),)
    if not said_ok:  # neither of Flickr's forms: somebody else's error
        return (Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=tuple(sorted(data))),)
    return (Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO, unread=tuple(sorted(data))),)


def _strange(native_id: str, why: str) -> Look:
    return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=(why,))


def _photo(photo: dict[str, Any], rsp: Rsp, native_id: str) -> Look:
    claims, unread = flickr_photo.claims(photo, rsp)
    public = text(record(photo.get("visibility")).get("ispublic")) != "0"
    return _with_license(native_id, photo, rsp, claims, ("photo",), unread=unread, public=public)


def _listed(entries: Mapping[str, Any], rsp: Rsp, name: str) -> list[Look]:
    found: list[Look] = []
    for index, entry in enumerate(records(entries.get("photo"))):
        # an album names its owner once
        photo = entry if "owner" in entry else {**entry, "owner": entries.get("owner")}
        where = (name, "photo", str(index))
        if text(photo.get("id")):
            claims = flickr_photo.listed(photo, rsp, *where)
            public = text(photo.get("ispublic")) != "0"
            itself, unread = text(photo["id"]), flickr_photo.unread_listed(photo)
            found.append(_with_license(itself, photo, rsp, claims, where, unread=unread, public=public))
    return found


def _with_license(
    native_id: str,
    photo: Mapping[str, Any],
    rsp: Rsp,
    claims: list[Claim],
    where: tuple[str, ...],
    *,
    unread: list[str],
    public: bool,
) -> Look:
    try:
        licensed = flickr_photo.license_claim(photo, rsp, *where)
    except UnknownFlickrLicense as unknown:
        logger.error("%s Photo %s is left unread.", unknown, native_id)  # noqa: TRY400 - the sentence says it all
        loud = (flickr_photo.unknown_license(photo, rsp, *where), *claims)
        return Look(native_id, Status.UNREADABLE, Reason.UNKNOWN_LICENSE_ID, loud, tuple(unread))
    status, reason = _SEEN if public else (Status.PRIVATE, Reason.MARKED_PRIVATE)
    return Look(native_id, status, reason, (*licensed, *claims), tuple(unread))
