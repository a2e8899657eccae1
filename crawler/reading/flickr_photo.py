"""What Flickr's API says of one photo → claims.

``photos.getInfo`` gives an object with ``owner``, ``title``, ``dates`` …; lists with ``extras`` give the same
flat. The license is an id, and ids alone are read here: names change ("Attribution License" in 2015, "CC BY
2.0" in 2025) and are translated on pages.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from crawler.licenses.flickr import from_flickr_id
from crawler.model import Basis, Claim, Field, Scope
from crawler.reading import minors
from crawler.reading.flickr_answers import Rsp, record, records, text
from crawler.reading.license_claims import first_known

_SAFETY = {"0": "safe", "1": "moderate", "2": "restricted"}
_KNOWN = frozenset({
    "id", "secret", "server", "farm", "dateuploaded", "isfavorite", "license", "safety_level", "rotation",
    "originalsecret", "originalformat", "views", "media", "owner", "title", "description", "visibility",
    "dates", "editability", "publiceditability", "usage", "comments", "notes", "people", "tags", "urls",
    "permissions", "location", "geoperms", "video", "gallery_count", "stats", "height_o", "width_o",
    "camera", "has_comment", "isprimary", "ispublic", "isfriend", "isfamily",
})  # fmt: skip


def when(raw: str) -> str | None:
    """Unix seconds → ISO 8601 in UTC; ``None`` for anything that is no plausible time (Flickr sent "2013"
    once).
    """
    if not re.fullmatch(r"[0-9]{9,11}", raw):
        return None
    return datetime.fromtimestamp(int(raw), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def license_claim(photo: dict[str, Any], rsp: Rsp, *where: str) -> list[Claim]:
    """The claim of the ``license`` id, none when the answer has no such field.

    Raises:
        UnknownFlickrLicense: an id that Flickr has added since; never guessed at.
    """
    raw = text(photo.get("license"))
    if raw == "":
        return []
    known = from_flickr_id(raw)
    place = rsp.place(*where, "license")
    return [Claim(Field.LICENSE, known.id, raw, Scope.IMAGE, place, quote=f'license="{raw}" ({known.name})')]


def unknown_license(photo: dict[str, Any], rsp: Rsp, *where: str) -> Claim:
    """The loud claim for an id nobody knows yet: no value, the id as raw text."""
    raw = text(photo.get("license"))
    return Claim(
        Field.LICENSE, None, raw, Scope.IMAGE, rsp.place(*where, "license"), quote=f'license="{raw}"'
    )


def claims(photo: dict[str, Any], rsp: Rsp) -> tuple[list[Claim], list[str]]:
    """``(claims, unread)`` of a getInfo photo, the license aside."""
    found: list[Claim] = []

    def say(
        field: Field, value: str | None, raw: str, *steps: str, attribute: bool = True, quote: str = ""
    ) -> None:
        found.append(
            Claim(field, value, raw, Scope.IMAGE, rsp.place("photo", *steps, attribute=attribute), quote)
        )

    owner = record(photo.get("owner"))
    nsid = text(owner.get("nsid"))
    if nsid:
        say(Field.AUTHOR_ID, nsid, nsid, "owner", "nsid")
        path = text(owner.get("path_alias")) or nsid
        say(Field.AUTHOR_URL, f"https://www.flickr.com/people/{path}/", path, "owner", "path_alias")
    if text(owner.get("username")):
        say(Field.AUTHOR, text(owner["username"]), text(owner["username"]), "owner", "username")
    if text(owner.get("realname")):
        say(Field.CREDIT, text(owner["realname"]), text(owner["realname"]), "owner", "realname")
    for name, field in (("title", Field.TITLE), ("description", Field.DESCRIPTION)):
        raw = text(photo.get(name))
        if raw:
            say(field, raw, raw, name, attribute=False)
    dates = record(photo.get("dates"))
    if text(dates.get("taken")) and text(dates.get("takenunknown")) != "1":
        say(Field.TAKEN, text(dates["taken"]), text(dates["taken"]), "dates", "taken")
    for name, field in (("posted", Field.UPLOADED), ("lastupdate", Field.UPDATED)):
        raw = text(dates.get(name))
        if raw:
            say(field, when(raw), raw, "dates", name)
    for url in records(record(photo.get("urls")).get("url")):
        if url.get("type") == "photopage" and text(url):
            say(Field.PAGE_URL, text(url).strip(), text(url), "urls", "url", attribute=False)
    if text(record(photo.get("people")).get("haspeople")) == "1":
        say(Field.PEOPLE, "tagged", "1", "people", "haspeople", quote='haspeople="1"')
    if text(record(photo.get("usage")).get("candownload")) == "0":
        say(Field.RESTRICTION, "download-disabled", "0", "usage", "candownload")
    level = text(photo.get("safety_level"))
    if level:
        say(Field.SAFETY, _SAFETY.get(level), level, "safety_level")
    if text(photo.get("media")):
        say(Field.MEDIA, text(photo["media"]), text(photo["media"]), "media")
    tags = [text(tag.get("raw")) or text(tag) for tag in records(record(photo.get("tags")).get("tag"))]
    found += from_tags([tag for tag in tags if tag], rsp.place("photo", "tags", "tag", attribute=False))
    return found, sorted(key for key in photo if key not in _KNOWN)


def from_tags(tags: list[str], place: str) -> list[Claim]:
    """The tags as one claim, sorted, and what they signal: FFHQ's withdrawal tag ``no_cv``, children.

    Flickr folds tags ("no_cv", "No CV" and "nocv" are one), so the withdrawal tag is compared folded.
    """
    if not tags:
        return []
    ordered = sorted(set(tags))
    claims = [
        Claim(Field.TAGS, json.dumps(ordered, ensure_ascii=False), ", ".join(ordered), Scope.IMAGE, place)
    ]
    for tag in ordered:
        if re.sub(r"[^a-z0-9]", "", tag.lower()) == "nocv":
            claims.append(Claim(Field.WITHDRAWAL, "no_cv", tag, Scope.IMAGE, place, tag, Basis.KEYWORD))
            break
    return claims + minors.from_tags(ordered, place)


def history(rsp: Rsp) -> list[Claim]:
    """Claims of ``photos.licenses.getLicenseHistory``: each real change, and the license it ended with (basis
    ``history``).

    A photo that never changed has one entry whose ``new_license`` is empty: not a change, but its
    ``old_license`` is what it has.
    """
    entries = records(rsp.data.get("license_history"))
    found: list[Claim] = []
    last: tuple[int, str | None, str] | None = None
    for index, entry in enumerate(entries):
        date, place = (
            text(entry.get("date_change")),
            rsp.place("license_history", str(index), attribute=False),
        )
        old_id, old = first_known([text(entry.get("old_license_url")), text(entry.get("old_license"))])
        new_id, new = first_known([text(entry.get("new_license_url")), text(entry.get("new_license"))])
        seconds = int(date) if re.fullmatch(r"[0-9]{1,11}", date) else 0
        if new:
            value = json.dumps({"date": when(date), "old": old_id, "new": new_id})
            raw = f"{date}: {text(entry.get('old_license'))} → {text(entry.get('new_license'))}"
            found.append(Claim(Field.LICENSE_HISTORY, value, raw, Scope.IMAGE, place, basis=Basis.HISTORY))
        if last is None or seconds >= last[0]:
            last = (seconds, new_id, new) if new else (seconds, old_id, old)
    if last is not None and last[2]:
        place = rsp.place("license_history", attribute=False)
        found.append(Claim(Field.LICENSE, last[1], last[2], Scope.IMAGE, place, basis=Basis.HISTORY))
    return found


def listed(photo: dict[str, Any], rsp: Rsp, *where: str) -> list[Claim]:
    """Claims of one entry of a list with extras, the license aside; ``where`` are the steps to it."""
    found: list[Claim] = []
    for name, field in (
        ("owner", Field.AUTHOR_ID),
        ("ownername", Field.AUTHOR),
        ("title", Field.TITLE),
        ("media", Field.MEDIA),
    ):
        raw = text(photo.get(name))
        if raw:
            found.append(Claim(field, raw, raw, Scope.IMAGE, rsp.place(*where, name)))
    raw = text(photo.get("tags"))
    return found + from_tags(raw.split(), rsp.place(*where, "tags")) if raw else found


def exif(photo: dict[str, Any], rsp: Rsp) -> list[Claim]:
    """Creator, copyright and usage terms of ``photos.getExif``, where Flickr's own fields have none."""
    found: list[Claim] = []
    for index, entry in enumerate(records(photo.get("exif"))):
        field = _EXIF.get(text(entry.get("tag")))
        raw = text(entry.get("raw"))
        if field is not None and raw:
            found.append(
                Claim(
                    field,
                    raw,
                    raw,
                    Scope.IMAGE,
                    rsp.place("photo", "exif", str(index), "raw", attribute=False),
                )
            )
    return found


_EXIF = {
    "Creator": Field.CREDIT,
    "Artist": Field.CREDIT,
    "By-line": Field.CREDIT,
    "Credit": Field.CREDIT,
    "Copyright": Field.COPYRIGHT_NOTICE,
    "CopyrightNotice": Field.COPYRIGHT_NOTICE,
    "Rights": Field.COPYRIGHT_NOTICE,
}
