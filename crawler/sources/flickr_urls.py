"""What a Flickr URL is about: every form seen in dataset manifests since 2004, without asking Flickr.

Sources: flickr.com/services/api/misc.urls.html; the forms listed by the Flickr Foundation's URL parser
(2025-06-30); real rows of COCO, Open Images, YFCC100M, ImageNetV2 and FSXL. Redirectors (``flic.kr/s/``,
``flic.kr/y/``, ``flic.kr/ps/``, guest passes ``/gp/``) cannot be decoded, and a guest pass leads to photos
that are not public: they are not photos here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from crawler.sources.urls import host_of, split

NSID = re.compile(r"[0-9]{5,11}@N[0-9]{2}")
_ID = re.compile(r"[0-9]{1,20}")
_BASE58 = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_VALUE = {char: value for value, char in enumerate(_BASE58)}

# The hot path: one expression for the static hosts of every age (see platforms.md §2.1)
#   https://live.staticflickr.com/65535/53381630964_63d765ee92_s.jpg
#   http://farm4.static.flickr.com/3599/3372549602_3eeee52790_b.jpg   https://c8.staticflickr.com/6/5159/142456_7cf094b085.jpg
#   http://photos23.flickr.com/3372549602_3eeee52790_o.jpg            http://static.flickr.com/63/155697786_0125559b4e.jpg
#   https://live.staticflickr.com/video/52868534222/346a41e5a9/1080p.mp4
_STATIC = re.compile(
    r"\s*(?:https?:)?(?://)?(?:[\w-]+\.)*(?:static\.?flickr\.com|photos[0-9]*\.flickr\.com)(?::[0-9]+)?/"
    r"(?:video/([0-9]{1,20})(?:[/?#_]|$)|(?:[0-9]+/)*([0-9]{1,20})_[0-9a-zA-Z])",
    re.IGNORECASE,
)
# https://www.flickr.com/photos/coast_guard/32812033543/in/photolist-… ; "/photo/" is a form that died about
# 2005
_PAGE = re.compile(
    r"\s*(?:https?:)?(?://)?(?:[a-z0-9-]+\.)?flickr\.(?:com|org)(?::[0-9]+)?/+photos?/+([^/?#\s]+)/+([0-9]{1,20})/*(?=[/?#\s]|$)",
    re.IGNORECASE,
)
_NOT_OWNERS = frozenset({"tags", "upload", "organize", "search"})


@dataclass(frozen=True, slots=True)
class FlickrUrl:
    """``kind``: single_photo · user · album · gallery · group · tag · homepage · short · unrecognised ·
    not-flickr.
    """

    kind: str
    photo_id: str | None = None
    owner: str | None = None


_UNRECOGNISED = FlickrUrl("unrecognised")
_NOT_FLICKR = FlickrUrl("not-flickr")


def from_base58(text: str) -> str | None:
    """``4yVr8K`` → ``2341623661``; ``None`` for letters that Flickr's alphabet does not have (0, O, I, l)."""
    number = 0
    for char in text:
        if char not in _VALUE:
            return None
        number = number * 58 + _VALUE[char]
    return str(number) if number and len(text) <= 11 else None


def is_flickr_host(host: str) -> bool:
    """flickr.com, its image hosts, its short links and the Commons explorer, with all subdomains."""
    return host in _HOSTS or host.endswith(_SUFFIXES)


_HOSTS = ("flickr.com", "staticflickr.com", "flic.kr", "flickr.org")
_SUFFIXES = tuple(f".{host}" for host in _HOSTS)


def _photo(photo_id: str | None, owner: str | None = None) -> FlickrUrl:
    if photo_id is None or not _ID.fullmatch(photo_id) or not photo_id.strip("0"):
        return _UNRECOGNISED
    return FlickrUrl("single_photo", photo_id.lstrip("0"), owner)


def _short(path: list[str]) -> FlickrUrl:
    if len(path) >= 2 and path[0] == "p":
        return _photo(from_base58(path[1]))
    return FlickrUrl("short") if path else FlickrUrl("homepage")


def _by_query(script: str, query: str) -> FlickrUrl:
    """photo.gne?id=N, photo.gne?short=BASE58, photo_exif.gne?id=N, stewart.swf?photo_id=N,
    services/rest?photo_id=N.
    """
    asked = parse_qs(query)
    if script == "photo.gne" and "short" in asked and "id" not in asked:
        return _photo(from_base58(asked["short"][0]))
    for name in ("photo_id", "id"):
        if name in asked:
            return _photo(asked[name][0])
    return _UNRECOGNISED


def _under_photos(path: list[str]) -> FlickrUrl:
    """``path`` is what follows /photos/: an owner and then a photo, an album, a gallery or nothing of the
    kind.
    """
    if not path:
        return _UNRECOGNISED
    owner, rest = path[0], path[1:]
    if owner == "tags":
        return FlickrUrl("tag") if rest else _UNRECOGNISED
    if owner in _NOT_OWNERS:
        return _UNRECOGNISED
    if not rest or re.fullmatch(
        r"page[0-9]+|with|show|archives|favorites|albums|sets|galleries|tags", rest[0]
    ):
        if len(rest) >= 2 and rest[0] in ("albums", "sets") and _ID.fullmatch(rest[1]):
            return FlickrUrl("album", None, owner)
        if len(rest) >= 2 and rest[0] == "galleries" and _ID.fullmatch(rest[1]):
            return FlickrUrl("gallery", None, owner)
        return FlickrUrl("user", None, owner)
    if rest[0] == "gallery" and len(rest) >= 2 and _ID.fullmatch(rest[1]):
        return FlickrUrl("gallery", None, owner)
    return _photo(rest[0], owner)


def classify(url: str) -> FlickrUrl:
    """What this URL is about. Takes anything: an empty text is "not-flickr"."""
    match = _STATIC.match(url)
    if match:
        return _photo(match.group(1) or match.group(2))
    host = host_of(url)
    parts = split(url) if is_flickr_host(host) else None
    if parts is None or url.lstrip()[:7].lower() == "mailto:":
        return _NOT_FLICKR
    # the mobile site of old kept its paths behind the number sign
    given = parts.fragment if host == "m.flickr.com" and parts.fragment.startswith("/") else parts.path
    path = [unquote(part) for part in given.split("/") if part]
    if host == "flic.kr" or host.endswith(".flic.kr"):
        return _short(path)
    if not path:
        return _UNRECOGNISED if "static" in host else FlickrUrl("homepage")
    if path[:2] == ["x", "t"]:  # www.flickr.com/x/t/0099009/photos/…: a page reached through an advertisement
        path = path[3:] or path
    first = path[0].lower()
    if host == "embedr.flickr.com":  # the player for other sites: /photos/ID, no owner
        return _photo(path[1]) if first == "photos" and len(path) > 1 else _UNRECOGNISED
    if first in ("photos", "photo"):
        return _under_photos(path[1:])
    if path[-1].lower().endswith((".gne", ".swf")) or first in ("services", "photo.gne"):
        return _by_query(path[-1].lower(), parts.query)
    if first == "people":
        return FlickrUrl("user", None, path[1]) if len(path) > 1 else _UNRECOGNISED
    if first == "groups":
        return FlickrUrl("group") if len(path) > 1 else _UNRECOGNISED
    # https://www.flickr.com/35034348999@N01/2341623661: "/photos" lost by a broken join
    if len(path) >= 2 and NSID.fullmatch(path[0]) and _ID.fullmatch(path[1]):
        return _photo(path[1], path[0])
    return _UNRECOGNISED


def photo_of(url: str) -> tuple[str, str | None] | None:
    """``(photo id, owner or None)`` if the URL is about one photo. The owner is an NSID or an alias, as
    written.
    """
    match = _PAGE.match(url)
    if match and match.group(1).lower() not in _NOT_OWNERS and match.group(2).strip("0"):
        return match.group(2).lstrip("0"), unquote(match.group(1))
    found = classify(url)
    if found.kind == "single_photo" and found.photo_id is not None:
        return found.photo_id, found.owner
    return None
