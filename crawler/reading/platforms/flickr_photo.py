"""``flickr.photos.getInfo`` of one photo, and entries of lists with ``extras`` → claims.

The license is an id, and ids alone are read here: names change ("Attribution License" in 2015, "CC BY 2.0" in
2025) and are translated on pages. Every attribute and element of a photo is read, or named here as of no
interest, or listed as unread, in XML and JSON alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from crawler.licenses.flickr import from_flickr_id
from crawler.model import Basis, Claim, Field, Scope
from crawler.reading.platforms.flickr_answers import Rsp, record, records, text
from crawler.reading.words import said_in_words
from crawler.reading.words.plain_text import shown

_SAFETY = {"0": "safe", "1": "moderate", "2": "restricted"}
#: Read by ``claims``; paths in the photo, list indices left out.
_READ = frozenset({
    "id", "license", "safety_level", "media", "owner/nsid", "owner/username", "owner/realname", "owner/path_alias",
    "title", "description", "visibility/ispublic", "dates/posted", "dates/taken", "dates/takenunknown",
    "dates/lastupdate", "usage/candownload", "people/haspeople", "tags/tag", "tags/tag/raw", "urls/url",
    "urls/url/type",
})  # fmt: skip
#: Understood, and saying nothing about rights; a name stands for all that lies under it.
_NO_INTEREST = frozenset({
    "secret", "server", "farm", "dateuploaded", "isfavorite", "rotation", "originalsecret", "originalformat", "views",
    "owner/location", "owner/iconserver", "owner/iconfarm", "owner/gift", "visibility/isfriend",
    "visibility/isfamily", "dates/takengranularity", "editability", "publiceditability", "usage/canblog",
    "usage/canprint", "usage/canshare", "comments", "notes", "tags/tag/id", "tags/tag/author", "tags/tag/authorname",
    "tags/tag/machine_tag", "permissions", "location", "geoperms", "video", "gallery_count", "stats", "height_o",
    "width_o", "camera", "has_comment", "isprimary",
})  # fmt: skip


#: An entry of a list: what ``listed`` reads, and what says nothing about rights; sizes and counters by their form.
_LISTED = frozenset({
    "id", "license", "owner", "ownername", "realname", "title", "description", "dateupload", "lastupdate", "tags",
    "safety_level", "media", "ispublic", "secret", "server", "farm", "isfriend", "isfamily", "isprimary",
    "is_primary", "has_comment", "datetaken", "datetakengranularity", "datetakenunknown", "originalsecret",
    "originalformat", "latitude", "longitude", "accuracy", "context", "place_id", "woeid", "media_status",
    "pathalias", "views", "machine_tags", "iconserver", "iconfarm",
})  # fmt: skip
_LISTED_FORMS = re.compile(r"(?:url|height|width|count|geo)_\w+|o_(?:height|width)")


def when(raw: str) -> str | None:
    """Unix seconds → ISO 8601 in UTC; ``None`` for anything that is no plausible time (Flickr sent "2013"
    once).
    """
    if not re.fullmatch(r"[0-9]{9,11}", raw):
        return None
    return datetime.fromtimestamp(int(raw), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def license_claim(photo: Mapping[str, Any], rsp: Rsp, *where: str) -> list[Claim]:
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


def unknown_license(photo: Mapping[str, Any], rsp: Rsp, *where: str) -> Claim:
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
        place = rsp.place("photo", *steps, attribute=attribute)
        found.append(Claim(field, value, raw, Scope.IMAGE, place, quote))

    owner = record(photo.get("owner"))
    nsid = text(owner.get("nsid"))
    if nsid:
        say(Field.AUTHOR_ID, nsid, nsid, "owner", "nsid")
        path = text(owner.get("path_alias")) or nsid
        say(Field.AUTHOR_URL, f"https://www.flickr.com/people/{path}/", path, "owner", "path_alias")
    for name, field in (("username", Field.AUTHOR), ("realname", Field.CREDIT)):
        raw = text(owner.get(name))
        if raw:
            say(field, shown(raw) or None, raw, "owner", name)
    for name, field in (("title", Field.TITLE), ("description", Field.DESCRIPTION)):
        raw = text(photo.get(name))
        if raw.strip():
            say(field, shown(raw) or None, raw, name, attribute=False)
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
    for name, read in (("title", said_in_words.from_title), ("description", said_in_words.from_text)):
        found += read(text(photo.get(name)), Scope.IMAGE, rsp.place("photo", name, attribute=False))
    return list(dict.fromkeys(found)), unread(photo)


def unread(photo: Mapping[str, Any]) -> list[str]:
    """Paths of what nobody reads, empty values left out; sorted, and the same for XML and JSON."""
    return sorted(set(_unread(photo, "")))


def _unread(value: object, path: str) -> Iterator[str]:
    if path in _NO_INTEREST:
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            own = path if name == "_content" else f"{path}/{name}".lstrip("/")
            yield from _unread(inner, own)
    elif isinstance(value, list):
        for inner in value:
            yield from _unread(inner, path)
    elif value not in (None, "") and path not in _READ:
        yield path


def unread_listed(photo: Mapping[str, Any]) -> list[str]:
    """The same for an entry of a list with extras."""
    return sorted(
        name
        for name, value in photo.items()
        if name not in _LISTED and not _LISTED_FORMS.fullmatch(name) and value not in (None, "", {}, [])
    )


def from_tags(tags: list[str], place: str) -> list[Claim]:
    """The tags as one claim, sorted, and what they signal: FFHQ's withdrawal tag ``no_cv``, children, people, AI.

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
    return claims + said_in_words.from_tags(ordered, place)


def listed(photo: Mapping[str, Any], rsp: Rsp, *where: str) -> list[Claim]:
    """Claims of one entry of a list with extras, the license aside; ``where`` are the steps to it.

    Lists hold tags folded, and neither ``haspeople`` nor ``candownload``: an entry says less than ``getInfo``.
    """
    found: list[Claim] = []

    def say(name: str, field: Field, value: str | None = "", *, attribute: bool = True) -> None:
        raw = text(photo.get(name))
        if raw.strip():
            place = rsp.place(*where, name, attribute=attribute)
            found.append(
                Claim(field, (shown(raw) or None) if value == "" else value, raw, Scope.IMAGE, place)
            )

    say("owner", Field.AUTHOR_ID)
    say("ownername", Field.AUTHOR)
    say("realname", Field.CREDIT)
    say("title", Field.TITLE)
    say("description", Field.DESCRIPTION, attribute=False)
    say("dateupload", Field.UPLOADED, when(text(photo.get("dateupload"))))
    say("lastupdate", Field.UPDATED, when(text(photo.get("lastupdate"))))
    say("safety_level", Field.SAFETY, _SAFETY.get(text(photo.get("safety_level"))))
    say("media", Field.MEDIA)
    raw = text(photo.get("tags"))
    if raw:
        found += from_tags(raw.split(), rsp.place(*where, "tags"))
    found += said_in_words.from_title(text(photo.get("title")), Scope.IMAGE, rsp.place(*where, "title"))
    place = rsp.place(*where, "description", attribute=False)
    return found + said_in_words.from_text(text(photo.get("description")), Scope.IMAGE, place)
