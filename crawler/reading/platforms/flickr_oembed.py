"""Flickr's oEmbed answers, JSON or XML (field notes §3). robots.txt closes them to us; people hold stored ones."""

from __future__ import annotations

from lxml import etree

from crawler.licenses.flickr import from_flickr_id
from crawler.model import Claim, Field, Scope
from crawler.reading import loose_json
from crawler.reading.license_claims import recognised
from crawler.reading.platforms.flickr_answers import text
from crawler.reading.words import said_in_words
from crawler.reading.words.plain_text import shown

_KNOWN = frozenset({
    "type", "flickr_type", "title", "author_name", "author_url", "web_page", "license", "license_id", "license_url",
    "width", "height", "url", "thumbnail_url", "thumbnail_width", "thumbnail_height", "html", "version", "cache_age",
    "provider_name", "provider_url", "web_page_short_url", "duration", "video_url",
})  # fmt: skip


def fields(body: bytes) -> dict[str, str] | None:
    """The fields of an oEmbed answer, JSON or XML, as texts; ``None`` when it is neither."""
    raw = body.strip()
    if raw[:1] == b"{":
        data = loose_json.load(raw)
        return {k: text(v) for k, v in data.items()} if isinstance(data, dict) else None
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    return {str(child.tag): child.text or "" for child in root} if root.tag == "oembed" else None


def claims(data: dict[str, str]) -> list[Claim]:
    """Claims of a photo's oEmbed answer: the id first, then the license's address; names are never read.

    Raises:
        UnknownFlickrLicense: an id that is not known.
    """
    found: list[Claim] = []
    if data.get("license_id"):
        known = from_flickr_id(data["license_id"])
        quote = data.get("license", "")
        found.append(Claim(Field.LICENSE, known.id, data["license_id"], Scope.IMAGE, "/license_id", quote))
    elif data.get("license_url"):
        entry = recognised(data["license_url"]).license
        value = entry.id if entry is not None else None
        found.append(Claim(Field.LICENSE, value, data["license_url"], Scope.IMAGE, "/license_url"))
    for name, field in (
        ("author_name", Field.AUTHOR),
        ("author_url", Field.AUTHOR_URL),
        ("title", Field.TITLE),
        ("web_page", Field.PAGE_URL),
    ):
        raw = data.get(name, "")
        if raw:
            value = (shown(raw) or None) if field in (Field.AUTHOR, Field.TITLE) else raw.strip()
            found.append(Claim(field, value, raw, Scope.IMAGE, f"/{name}"))
    return found + said_in_words.from_title(data.get("title", ""), Scope.IMAGE, "/title")


def unread(data: dict[str, str]) -> tuple[str, ...]:
    """Names of fields that nobody reads, empty ones left out; sorted."""
    return tuple(sorted(name for name, value in data.items() if value and name not in _KNOWN))
