"""api.flickr.com and www.flickr.com of the rehearsal, after field notes §0 and §1.

Every API error comes with HTTP 200. Counters (views, comments) and the order of tags differ at each request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from rehearsal import deeds
from rehearsal.answer import HTML, JSON, NOT_FOUND, TEXT, XML, Asked, Reply
from rehearsal.photo import Photo, Stand
from rehearsal.words import roll, turned
from rehearsal.world import FLICKR_KEY, World

#: The allow-list of www.flickr.com: named agents get a few lines, everybody else nothing (field notes §0.1).
WWW_ROBOTS = b"""User-agent: bingbot
User-agent: Googlebot
User-agent: archive.org_bot
Disallow: /search
Disallow: /photos/*/lightbox/

User-agent: *
Disallow: /
"""


class ApiError(Exception):
    """An error of the API itself: ``code`` and ``text`` as in field notes §1."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


def api(world: World, asked: Asked) -> Reply:
    """``/services/rest``; the API host has no robots.txt (a 404, which means no rules)."""
    if asked.path.rstrip("/") != "/services/rest":
        return NOT_FOUND
    query = asked.query
    as_json = query.get("format") == "json"
    try:
        _check_key(query.get("api_key"))
        body, in_xml = _method(query.get("method", ""))(world, query, asked.nonce)
    except ApiError as error:
        failure = {"code": error.code, "msg": error.text}
        body = {"stat": "fail", "code": error.code, "message": error.text}
        in_xml = partial(_element, "err", failure)
    else:
        body["stat"] = "ok"
    if as_json:
        text = json.dumps(body, separators=(",", ":"))
        bare = query.get("nojsoncallback") == "1"
        return Reply((text if bare else f"jsonFlickrApi({text})").encode(), JSON)
    stat = body["stat"]
    return Reply(
        f'<?xml version="1.0" encoding="utf-8" ?>\n<rsp stat="{stat}">\n{in_xml()}\n</rsp>\n'.encode(), XML
    )


def www(_world: World, asked: Asked) -> Reply:
    """The site itself. Whoever reads its robots.txt never gets further."""
    if asked.path == "/robots.txt":
        return Reply(WWW_ROBOTS, TEXT)
    return Reply(b"<!DOCTYPE html><title>Flickr</title><h1>You were not meant to come here</h1>", HTML)


def _check_key(key: str | None) -> None:
    if key == FLICKR_KEY:
        return
    why = "Key not found" if key and len(key) == len(FLICKR_KEY) else "Key has invalid format"
    raise ApiError(100, f"Invalid API Key ({why})")


def _method(name: str) -> Callable[[World, Mapping[str, str], int], Made]:
    if name not in _METHODS:
        raise ApiError(112, f'Method "{name}" not found')
    return _METHODS[name]


def _needed(query: Mapping[str, str], name: str) -> str:
    if not query.get(name):
        raise ApiError(1, "Required parameter missing")
    return query[name]


def _stand(world: World, photo_id: str, not_found: str) -> Stand:
    photo = world.flickr_photo(photo_id)
    stand = world.stand(photo) if photo else None
    if stand is None or stand.access in ("deleted", "private1", "account_gone"):
        raise ApiError(1, not_found)
    if stand.access == "private2":
        raise ApiError(2, "Photo is private")
    return stand


#: The JSON form, and what writes the XML form if that was asked for.
Made = tuple[dict[str, Any], Callable[[], str]]


def _get_info(world: World, query: Mapping[str, str], nonce: int) -> Made:
    photo_id = _needed(query, "photo_id")
    stand = _stand(world, photo_id, f'Photo "{photo_id}" not found (invalid ID)')
    body = _photo(world, stand, nonce)
    return {"photo": body}, partial(_photo_xml, body)


def _photo(world: World, stand: Stand, nonce: int) -> dict[str, Any]:
    """The JSON form: numbers partly as strings, texts under ``_content`` (field notes §1)."""
    photo = stand.photo
    owner, seed = photo.owner, world.seed
    posted = str(int(photo.posted.timestamp()))
    return {
        "id": photo.native_id, "secret": photo.image_url.rsplit("_", 2)[1], "server": "65535", "farm": 66,
        "dateuploaded": posted, "isfavorite": 0, "license": str(stand.deed.flickr), "safety_level": "0",
        "rotation": 0,
        "owner": {
            "nsid": owner.nsid, "username": stand.author, "realname": owner.realname, "location": "",
            "iconserver": "65535", "iconfarm": 66, "path_alias": owner.path_alias or None,
        },
        "title": {"_content": photo.title}, "description": {"_content": photo.description},
        "visibility": {"ispublic": 1, "isfriend": 0, "isfamily": 0},
        "dates": {
            "posted": posted, "taken": photo.taken.strftime("%Y-%m-%d %H:%M:%S"), "takengranularity": 0,
            "takenunknown": "0", "lastupdate": str(int(stand.updated.timestamp())),
        },
        "views": str(100 + nonce), "editability": {"cancomment": 0, "canaddmeta": 0},
        "publiceditability": {"cancomment": 1, "canaddmeta": 0},
        "usage": {"candownload": 1, "canblog": 0, "canprint": 0, "canshare": 1},
        "comments": {"_content": str(nonce % 17)}, "notes": {"note": []},
        "people": {"haspeople": int(photo.haspeople)},
        "tags": {"tag": [
            {
                "id": f"{owner.number}-{photo.native_id}-{roll(seed, tag) % 10**6}", "author": owner.nsid,
                "authorname": stand.author, "raw": tag, "_content": tag.replace("_", ""), "machine_tag": 0,
            }
            for tag in turned(stand.tags, nonce)
        ]},
        "urls": {"url": [{"type": "photopage", "_content": photo.page_url}]}, "media": "photo",
    }  # fmt: skip


def _attributes(values: Mapping[str, Any]) -> str:
    return "".join(
        f' {name}="{escape("" if value is None else str(value))}"'
        for name, value in values.items()
        if name != "_content" and not isinstance(value, dict)
    )


def _element(name: str, values: Mapping[str, Any]) -> str:
    return f"<{name}{_attributes(values)} />"


def _list_xml(outer: str, head: Mapping[str, Any], inner: str, listed: Sequence[Mapping[str, Any]]) -> str:
    lines = "\n".join("\t" + _element(inner, one) for one in listed)
    return f"<{outer}{_attributes(head)}>\n{lines}\n</{outer}>"


def _photo_xml(body: dict[str, Any]) -> str:
    flat = ("visibility", "dates", "editability", "publiceditability", "usage")
    parts = [f"<photo{_attributes(body)}>", "\t" + _element("owner", body["owner"])]
    parts.extend(f"\t<{name}>{escape(body[name]['_content'])}</{name}>" for name in ("title", "description"))
    parts.extend("\t" + _element(name, body[name]) for name in flat)
    parts.append(f"\t<comments>{body['comments']['_content']}</comments>\n\t<notes />")
    parts.append(f"\t<people{_attributes(body['people'])} />\n\t<tags>")
    parts.extend(f"\t\t<tag{_attributes(tag)}>{escape(tag['_content'])}</tag>" for tag in body["tags"]["tag"])
    parts.append("\t</tags>\n\t<urls>")
    parts.extend(f"\t\t<url{_attributes(url)}>{escape(url['_content'])}</url>" for url in body["urls"]["url"])
    parts.append("\t</urls>\n</photo>")
    return "\n".join(parts)


def _license_history(world: World, query: Mapping[str, str], _nonce: int) -> Made:
    """A photo that never changed has one entry whose new licence is empty (field notes §1)."""
    stand = _stand(world, _needed(query, "photo_id"), "Photo not found")
    changes = [
        {
            "date_change": int(one.at.timestamp()),
            "old_license": one.old.name, "old_license_url": one.old.url,
            "new_license": one.new.name, "new_license_url": one.new.url,
        }
        for one in stand.history
    ] or [
        {
            "date_change": int(stand.photo.posted.timestamp()),
            "old_license": stand.deed.name, "old_license_url": stand.deed.url,
            "new_license": "", "new_license_url": "",
        }
    ]  # fmt: skip
    return {"license_history": changes}, lambda: "\n".join(
        _element("license_history", one) for one in changes
    )


def _licenses(_world: World, _query: Mapping[str, str], _nonce: int) -> Made:
    listed = [{"id": str(deed.flickr), "name": deed.name, "url": deed.url} for deed in deeds.FLICKR.values()]
    return {"licenses": {"license": listed}}, partial(_list_xml, "licenses", {}, "license", listed)


def _person(world: World, query: Mapping[str, str], _nonce: int) -> Made:
    owner = world.flickr_owner(_needed(query, "user_id"))
    if owner is None:
        raise ApiError(1, "User not found")
    if owner.gone_at(world.step):
        raise ApiError(5, "User deleted")
    place = f"https://www.flickr.com/photos/{owner.path_alias or owner.nsid}/"
    texts = {"username": owner.name_at(world.step), "realname": owner.realname, "photosurl": place}
    person: dict[str, Any] = {
        "id": owner.nsid, "nsid": owner.nsid, "ispro": 0, "is_deleted": 0, "iconserver": "65535",
        "iconfarm": 66, "path_alias": owner.path_alias or None,
    }  # fmt: skip
    wrapped = {name: {"_content": text} for name, text in texts.items()}
    inner = "".join(f"\t<{name}>{escape(text)}</{name}>\n" for name, text in texts.items())
    return {"person": person | wrapped}, lambda: f"<person{_attributes(person)}>\n{inner}</person>"


def _public_photos(world: World, query: Mapping[str, str], _nonce: int) -> Made:
    """The owner's public photos, with their licence where ``extras`` asks for it (field notes §1, lists)."""
    owner = world.flickr_owner(_needed(query, "user_id"))
    if owner is None or owner.gone_at(world.step):
        raise ApiError(1, "User not found")
    size, page = min(int(query.get("per_page") or 100), 500), int(query.get("page") or 1)
    shown = [stand for stand in map(world.stand, world.owner_photos(owner)) if stand.shown]
    with_license = "license" in query.get("extras", "").split(",")

    def entry(photo: Photo, license_id: int | None) -> dict[str, Any]:
        found = {"id": photo.native_id, "owner": owner.nsid, "title": photo.title, "ispublic": 1}
        return found | ({"license": str(license_id)} if with_license else {})

    listed = [entry(stand.photo, stand.deed.flickr) for stand in shown[(page - 1) * size : page * size]]
    head = {"page": page, "pages": -(-len(shown) // size), "perpage": size, "total": len(shown)}
    return {"photos": head | {"photo": listed}}, partial(_list_xml, "photos", head, "photo", listed)


_METHODS: dict[str, Callable[[World, Mapping[str, str], int], Made]] = {
    "flickr.photos.getInfo": _get_info,
    "flickr.photos.licenses.getLicenseHistory": _license_history,
    "flickr.photos.licenses.getInfo": _licenses,
    "flickr.people.getInfo": _person,
    "flickr.people.getPublicPhotos": _public_photos,
}
