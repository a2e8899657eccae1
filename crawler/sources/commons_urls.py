"""Wikimedia Commons: URL ↔ file title.

Forms: file pages, ``index.php?title=``, ``Special:FilePath``, ``Special:Redirect/file``, ``thumb.php?f=``, the
viewer's ``#/media/File:`` on any page of Commons, and originals, thumbnails and transcodings on
``upload.wikimedia.org``.
``?curid=123`` and ``entity/M123`` name a page by number: the title is not in them, so they cannot be resolved
without asking, and a manifest that has only these has no source page for us. Files of other wikis
(``upload.wikimedia.org/wikipedia/en/…``) are not Commons' files.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qs, quote, unquote

from crawler.sources.urls import split

PAGE = "https://commons.wikimedia.org/wiki/File:"
_HOSTS = ("commons.wikimedia.org", "commons.m.wikimedia.org")
_NAMESPACE = re.compile(r"\s*(?:file|image)\s*:\s*", re.IGNORECASE)
_SPECIAL = re.compile(r"special:(?:filepath|redirect/file)/(.+)", re.IGNORECASE | re.DOTALL)
# MediaWiki drops these from titles and folds these to spaces (MediaWikiTitleCodec::splitTitleString)
_DROPPED = re.compile("[\u200e\u200f\u202a-\u202e]")
_SPACES = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_FORBIDDEN = re.compile(r"[#<>\[\]{}|\x00-\x1f\x7f\ufffd]")


def native(title: str) -> str | None:
    """``File:apple_Lisa2-IMG 1517.jpg`` → ``Apple Lisa2-IMG 1517.jpg``; ``None`` if MediaWiki would refuse
    the title.
    """
    text = title if title.isascii() else _DROPPED.sub("", unicodedata.normalize("NFC", title))
    text = _NAMESPACE.sub("", _SPACES.sub(" ", text).strip(), count=1).strip()
    if not text or _FORBIDDEN.search(text) or len(text.encode("utf-8", "replace")) > 240:
        return None
    first = text[0].upper()
    return (first if len(first) == 1 else text[0]) + text[1:]


def page_url(native_id: str) -> str:
    """The canonical page of a file title."""
    return PAGE + quote(native_id.replace(" ", "_"), safe="()!,;:@*~'$")


def _from_query(query: str) -> str | None:
    """``title=`` of index.php; ``titles=``, ``page=`` and ``letitle=`` of api.php when they name one file."""
    asked = parse_qs(query)
    special = _SPECIAL.match(asked.get("title", [""])[0])
    if special:
        return native(special.group(1))
    if "f" in asked:
        return native(asked["f"][0])
    for name in ("title", "titles", "page", "letitle"):
        if name in asked and _NAMESPACE.match(asked[name][0]) and "|" not in asked[name][0]:
            return native(asked[name][0])
    return None


def title_of(url: str) -> str | None:
    """The native id of the file this URL is about, ``None`` if it is about no file or does not say which."""
    parts = split(url)
    if parts is None:
        return None
    host = (parts.hostname or "").lower()
    if host == "upload.wikimedia.org":
        # /wikipedia/commons/a/ab/Name.jpg · /wikipedia/commons/thumb/a/ab/Name.jpg/120px-Name.jpg
        path = parts.path.strip("/").split("/")
        if path[:2] != ["wikipedia", "commons"]:
            return None
        path = path[3:] if path[2:3] in (["thumb"], ["transcoded"]) else path[2:]
        if len(path) >= 3 and re.fullmatch(r"[0-9a-f]", path[0]) and re.fullmatch(r"[0-9a-f]{2}", path[1]):
            return native(unquote(path[2]))
        return None
    if host not in _HOSTS:
        return None
    viewed = parts.fragment.removeprefix("/media/")
    if viewed != parts.fragment and _NAMESPACE.match(viewed):
        return native(unquote(viewed))
    if parts.path.startswith("/wiki/"):
        title = unquote(parts.path[len("/wiki/") :])
        special = _SPECIAL.match(title)
        if special:
            return native(special.group(1))
        return native(title) if _NAMESPACE.match(title.replace("_", " ")) else None
    return _from_query(parts.query) if parts.path.startswith("/w/") or parts.path in ("", "/") else None
