"""Addresses of pictures and pages, compared as sites mean them. Pure; never raises."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg|jxl)(?:[?#].*)?$", re.IGNORECASE)

_NO_PAGE = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data|about|blob|file|mailto|tel):", re.IGNORECASE)


def is_picture(url: str) -> bool:
    """Whether this address names a picture file."""
    return _PICTURE.search(url) is not None


def is_no_page(url: str) -> bool:
    """Whether this is an address that no license can stand at, whatever is written in it."""
    return _NO_PAGE.match(url) is not None


def normal(url: str) -> str:
    """An address as it is compared: without scheme, fragment and default port; escapes written one way."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/", errors="surrogateescape")
    return f"//{host}{port}{path or '/'}{'?' + parts.query if parts.query else ''}"


def without_query(address: str) -> str:
    """A ``normal`` address without its query, "" unless it names a picture file: sizes are asked for there."""
    bare = address.partition("?")[0]
    return bare if is_picture(bare) else ""


def names_file(body: bytes, url: str) -> bool:
    """Whether the file name of a picture's address stands anywhere in a page, escaped or not. Sites show other sizes
    under other addresses, so that a name which is not there is worth a note, and no more.
    """
    name = url.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    return any(
        form.encode("utf-8", "replace") in body for form in {name, unquote(name), quote(unquote(name))}
    )


def same_page(one: str, other: str) -> bool:
    """Whether two addresses are one page's: scheme, ``www.``, case, final slash and fragment aside."""
    return _plain(one) == _plain(other)


def _plain(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.partition("#")[0]).rstrip("/").lower()
