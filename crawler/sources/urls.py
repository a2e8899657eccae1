"""What can be said of a URL without asking anybody. Pure, quick, never raises: manifests hold anything."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

import tldextract

# The list of public suffixes bundled with tldextract; it is never fetched. Private suffixes (github.io,
# blogspot.com) are not used: the
# registrable domain stands for one operator's servers, and a thousand blogs on one service are still one
# service to be polite to.
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)

_HOST = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?/*(?:[^/?#@\s]*@)?(\[[^\]/?#]*\]|[^/?#:\s]*)", re.IGNORECASE)
_PICTURE = re.compile(
    r"\.(?:jpe?g|jpe|jfif|png|gif|webp|avif|heic|heif|tiff?|bmp|svgz?|ico|jxl|jp2|raw|cr2|nef|dng|mp4|webm|mov|m4v|ogv)$",
    re.IGNORECASE,
)


def host_of(url: str) -> str:
    """The host in lower case without port, "" when there is none. Accepts ``flickr.com/photos/…`` without a
    scheme.
    """
    match = _HOST.match(url)
    return match.group(1).lower().rstrip(".") if match else ""


def split(url: str) -> SplitResult | None:
    """The parts of an http(s) URL (a missing scheme is taken for http), ``None`` for anything else."""
    text = url.strip()
    if text.startswith("//"):
        text = f"http:{text}"
    elif "://" not in text[:12]:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:  # "http://[::1", a port that is not a number
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return parts


def is_picture(path: str) -> bool:
    """Whether this path names a picture or film file rather than a page."""
    return _PICTURE.search(path) is not None


@lru_cache(maxsize=65_536)
def registrable(host: str) -> str:
    """``images.example.co.uk`` → ``example.co.uk``; an address or a name without a public suffix stays
    itself.
    """
    return _EXTRACT(host).top_domain_under_public_suffix or host
