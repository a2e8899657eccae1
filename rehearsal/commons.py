"""commons.wikimedia.org of the rehearsal: ``/w/api.php?action=query``, after field notes §5.

Titles are normalized, redirects resolved when asked for, missing files marked so, at most 50 titles
answered, and an answer holds the metadata of at most 40 files: the rest follows by ``continue``.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from rehearsal.answer import HTML, JSON, NOT_FOUND, TEXT, Asked, Reply
from rehearsal.deeds import PUBLIC_DOMAIN, Deed
from rehearsal.photo import Stand
from rehearsal.words import turned
from rehearsal.world import World, renamed_title

MOST_TITLES, MOST_FILES = 50, 40
ROBOTS = b"""# Wikimedia, rehearsed
User-agent: *
Allow: /w/api.php?action=mobileview&
Allow: /w/load.php?
Disallow: /w/
Disallow: /api/
Disallow: /wiki/Special:
"""


def site(world: World, asked: Asked) -> Reply:
    if asked.path == "/robots.txt":
        return Reply(ROBOTS, TEXT)
    if asked.path == "/w/api.php":
        return _api(world, asked)
    if asked.path.startswith("/wiki/File:"):
        return _page(world, asked)
    return NOT_FOUND


def _api(world: World, asked: Asked) -> Reply:
    query = asked.query
    if query.get("action") != "query":
        return _error("badvalue", f'Unrecognized value for parameter "action": {query.get("action", "")}.')
    titles = [title for title in query.get("titles", "").split("|") if title]
    if len(titles) > MOST_TITLES:
        return _error(
            "toomanyvalues", f'Too many values supplied for parameter "titles". The limit is {MOST_TITLES}.'
        )
    two = query.get("formatversion") == "2"
    flag: Any = True if two else ""
    normalized, redirects, found = _resolve(world, titles, follow="redirects" in query)
    infos = "imageinfo" in query.get("prop", "").split("|")
    first = int(query["iicontinue"].partition("|")[0]) if query.get("iicontinue") else 0
    pages = []
    for rank, (title, stand) in enumerate(found):
        page: dict[str, Any] = {"ns": 6, "title": title}
        if stand is None:
            page["missing"] = flag
        else:
            page = {"pageid": 15_000_000 + stand.photo.number, **page}
            if stand.access == "moved" and title == stand.photo.native_id:
                page["redirect"] = flag
            elif infos and first <= rank < first + MOST_FILES:
                page["imagerepository"] = "local"
                page["imageinfo"] = [_image_info(stand, title, asked.nonce)]
        pages.append(page)
    body: dict[str, Any] = {"batchcomplete": flag}
    if infos and len(found) > first + MOST_FILES:
        body = {"continue": {"iicontinue": f"{first + MOST_FILES}|20260101000000", "continue": "||"}}
    result: dict[str, Any] = {}
    if normalized:
        result["normalized"] = [
            ({"fromencoded": False} if two else {}) | {"from": old, "to": new} for old, new in normalized
        ]
    if redirects:
        result["redirects"] = [{"from": old, "to": new} for old, new in redirects]
    if pages:
        shuffled = turned(pages, asked.nonce)
        result["pages"] = (
            shuffled
            if two
            else {str(page.get("pageid", -1 - rank)): page for rank, page in enumerate(shuffled)}
        )
    body["query"] = result
    return Reply(
        json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(),
        JSON,
        headers=(("x-request-id", f"{asked.nonce:032x}"),),
    )


Pairs = list[tuple[str, str]]


def _resolve(
    world: World, titles: list[str], *, follow: bool
) -> tuple[Pairs, Pairs, list[tuple[str, Stand | None]]]:
    """(normalized, redirects, [(title, how it stands, or ``None`` if missing)]), each final title once."""
    normalized: Pairs = []
    redirects: Pairs = []
    found: dict[str, Stand | None] = {}
    for asked in titles:
        title = _normal(asked)
        if title != asked:
            normalized.append((asked, title))
        photo = world.commons_photo(title)
        stand = world.stand(photo) if photo else None
        if stand is not None and not stand.shown:
            stand = None
        if photo and stand and title == renamed_title(photo) and stand.access != "moved":
            stand = None  # that name comes later
        if photo and stand and stand.access == "moved" and title == photo.native_id and follow:
            redirects.append((title, renamed_title(photo)))
            title = renamed_title(photo)
        found[title] = stand
    return normalized, redirects, list(found.items())


def _normal(title: str) -> str:
    space, _, name = title.replace("_", " ").strip().partition(":")
    if not name:
        return title
    name = name.strip()
    return f"{space.strip().capitalize()}:{name[:1].upper()}{name[1:]}"


def _image_info(stand: Stand, title: str, nonce: int) -> dict[str, Any]:
    photo = stand.photo
    name = title.removeprefix("File:").replace(" ", "_")
    return {
        "timestamp": photo.posted.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "user": stand.author,
        "sha1": f"{photo.number:040x}",
        "url": photo.image_url,
        "descriptionurl": f"https://commons.wikimedia.org/wiki/File:{name}",
        "descriptionshorturl": f"https://commons.wikimedia.org/w/index.php?curid={15_000_000 + photo.number}",
        "extmetadata": _ext_metadata(stand, title, nonce),
    }


def _ext_metadata(stand: Stand, title: str, nonce: int) -> dict[str, Any]:
    """All values are strings or HTML; ``Copyrighted`` is "True" even for CC0; the address may be http and
    /deed.en."""
    photo, deed = stand.photo, stand.deed
    categories = ["Self-published work", f"Photographs by {stand.author}", *map(str.capitalize, photo.tags)]
    if stand.deletion_request:
        categories.append("Deletion requests September 2026")
    user = escape(stand.author)
    place = f"//commons.wikimedia.org/wiki/User:{user.replace(' ', '_')}"
    free = deed.id in ("CC0-1.0", PUBLIC_DOMAIN.id)
    # an address of version 1.0 is written with http and /deed.en there (field notes §5)
    address = f"{deed.url.replace('https', 'http')}deed.en" if "zero" in deed.url else deed.url
    template = "pd" if deed == PUBLIC_DOMAIN else _short_name(deed).lower().replace(" ", "-")
    texts = {
        "DateTime": ("mediawiki-metadata", photo.posted.strftime("%Y-%m-%d %H:%M:%S")),
        "ObjectName": ("mediawiki-metadata", title.removeprefix("File:").removesuffix(".jpg")),
        "Categories": ("commons-categories", "|".join(turned(categories, nonce))),
        "Assessments": ("commons-categories", ""),
        "ImageDescription": ("commons-desc-page", escape(photo.description or photo.title)),
        "DateTimeOriginal": ("commons-desc-page", photo.taken.strftime("%Y-%m-%d")),
        "Credit": ("commons-desc-page", '<span class="int-own-work" lang="en">Own work</span>'),
        "Artist": (
            "commons-desc-page",
            f'<a href="{place}" title="User:{user}">{user}</a>',
        ),
        "LicenseShortName": ("commons-desc-page", _short_name(deed)),
        "UsageTerms": ("commons-desc-page", _usage_terms(deed)),
        "AttributionRequired": ("commons-desc-page", "false" if free else "true"),
        "LicenseUrl": ("commons-desc-page", address),
        "Copyrighted": ("commons-desc-page", "True"),
        "Restrictions": ("commons-desc-page", "personality" if photo.haspeople else ""),
        "License": ("commons-templates", template),
    }  # fmt: skip
    if stand.deletion_request:
        texts["DeletionReason"] = (
            "commons-desc-page",
            "per Commons:Deletion requests: no evidence of permission",
        )
    if not address:
        del texts["LicenseUrl"]
    return {name: {"value": text, "source": source, "hidden": ""} for name, (source, text) in texts.items()}


def _short_name(deed: Deed) -> str:
    return "CC0" if deed.id == "CC0-1.0" else deed.name


def _usage_terms(deed: Deed) -> str:
    if deed.id == "CC0-1.0":
        return "Creative Commons Zero, Public Domain Dedication"
    if deed == PUBLIC_DOMAIN:
        return deed.name
    words = (
        deed.id.removeprefix("CC-").replace("BY-SA", "Attribution-Share Alike").replace("BY", "Attribution")
    )
    return f"Creative Commons {words.replace('-NC', '-NonCommercial')}"


def _page(world: World, asked: Asked) -> Reply:
    photo = world.commons_photo(_normal(asked.path.removeprefix("/wiki/")))
    stand = world.stand(photo) if photo else None
    if stand is None or not stand.shown:
        return Reply(b"<!DOCTYPE html><title>No file by this name exists</title>", HTML, 404)
    page = (
        f"<!DOCTYPE html><title>{escape(stand.photo.native_id)} - Wikimedia Commons</title>"
        f'<div class="licensetpl"><span class="licensetpl_short">{_short_name(stand.deed)}</span>'
        f'<span class="licensetpl_link">{stand.deed.url}</span></div>'
    )
    return Reply(page.encode(), HTML)


def _error(code: str, info: str) -> Reply:
    body = {
        "error": {
            "code": code,
            "info": info,
            "*": "See https://commons.wikimedia.org/w/api.php for API usage.",
        }
    }
    return Reply(json.dumps(body).encode(), JSON, headers=(("MediaWiki-API-Error", code),))
