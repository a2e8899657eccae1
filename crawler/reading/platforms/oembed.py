"""oEmbed answers (oembed.com, version 1.0) in JSON: title and author, and a license where a provider adds one.

The standard has no license field. Providers that add one write ``license_url``, or ``license`` as a text or as an
object with an address (DeviantArt documents ``license._attributes.url``, converted from XML; not captured). Silence
states nothing: Imgur's and DeviantArt's captured answers end as "not stated" (field notes §6).
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Answer, Capture, Claim, Field, Look, Reason, Scope, Status
from crawler.reading import loose_json, moments
from crawler.reading.api_record import ApiRecord
from crawler.reading.license_claims import statements
from crawler.reading.pages import opt_outs

_TYPES = frozenset({"photo", "video", "link", "rich"})
_SILENT = (
    "version", "type", "provider_name", "provider_url", "cache_age", "url", "html", "width", "height", "thumbnail_url",
    "thumbnail_width", "thumbnail_height", "thumbnail_url_150", "thumbnail_url_200h", "thumbnail_width_200h",
    "thumbnail_height_200h", "imagetype", "community", "category",
)  # fmt: skip


def answer(capture: Capture, photos: Sequence[str]) -> Answer | None:
    """What a good oEmbed answer says of these photos, ``None`` when this is none."""
    body = capture.body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if capture.status != 200 or body[:1] != b"{":
        return None
    data = loose_json.load(body)
    if not isinstance(data, dict) or str(data.get("type")) not in _TYPES or "version" not in data:
        return None
    found, unread = claims(data)
    found += opt_outs.read(capture.headers, None, capture.url)
    looks = tuple(Look(p, Status.AVAILABLE, Reason.SEEN, tuple(found), unread) for p in photos)
    return Answer(looks=looks)


def claims(data: dict[str, object]) -> tuple[list[Claim], tuple[str, ...]]:
    """``(claims, unread)`` of an answer's fields."""
    record = ApiRecord(data)
    published = record.text("pubdate")
    found = [
        *_license(record),
        *record.claim(Field.AUTHOR, "author_name"),
        *record.claim(Field.AUTHOR_URL, "author_url"),
        *record.claim(Field.TITLE, "title"),
        *record.claim(Field.COPYRIGHT_NOTICE, "copyright/_attributes/entity"),
        *record.claim(Field.SAFETY, "safety"),
        *record.claim(Field.UPLOADED, "pubdate", moments.iso(published)),
    ]
    record.skip(*_SILENT)
    return found, record.unread()


def _license(record: ApiRecord) -> list[Claim]:
    for path in ("license_url", "license", "license/url", "license/_attributes/url"):
        raw = record.text(path)
        said = statements(raw, Scope.IMAGE, f"/{path}", raw[:240], pointer=True) if raw else []
        if said:
            return said
    return []
