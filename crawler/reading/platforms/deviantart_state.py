"""The state that a DeviantArt page carries for its scripts → claims about one deviation.

``window.__INITIAL_STATE__ = JSON.parse("…")`` holds ``@@entities.deviation[id]``: ``license`` ("none", or the unit of
a Creative Commons license without its version), ``isAiUseDisallowed`` and ``isAiGenerated``. The page also lists some
37 other works with licenses of their own; only the entity under the very id is read (field notes §6; seen in
deviantart/art-Misty-510056679-2024-06-10.html).
"""

from __future__ import annotations

import json
import re
from typing import Any

from crawler.licenses import registry
from crawler.model import Claim, Field, Scope
from crawler.reading import loose_json, moments
from crawler.reading.api_record import ApiRecord

_START = re.compile(rb"window\.__INITIAL_STATE__\s*=\s*JSON\.parse\(\s*")
# a JavaScript text in double quotes: as JSON has it, but for \' and \x41
_LITERAL = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ENTITIES = "@@entities"
ALL_RIGHTS_RESERVED = "LicenseRef-all-rights-reserved"


def entities(body: bytes) -> dict[str, Any]:
    """The page's entities by kind and id; empty when the page carries none that can be read."""
    start = _START.search(body)
    literal = _LITERAL.match(body, start.end()) if start is not None else None
    if literal is None:
        return {}
    try:
        text = json.loads(_ESCAPE.sub(_as_json, literal[0]).decode("utf-8", "replace"), strict=False)
    except ValueError:  # escapes that JavaScript does not have either
        return {}
    state = loose_json.load(text) if isinstance(text, str) else None
    found = state.get(_ENTITIES) if isinstance(state, dict) else None
    return found if isinstance(found, dict) else {}


def _as_json(escape: re.Match[bytes]) -> bytes:
    if escape[1] is not None:
        return b"\\u00" + escape[1]
    return b"'" if escape[2] == b"'" else escape[0]


def _entity(known: dict[str, Any], kind: str, key: str) -> dict[str, Any] | None:
    of_kind = known.get(kind)
    found = of_kind.get(key) if isinstance(of_kind, dict) else None
    return found if isinstance(found, dict) else None


def deviation(known: dict[str, Any], photo: str) -> ApiRecord | None:
    """The record of this very deviation, ``None`` where the page has none."""
    data = _entity(known, "deviation", photo)
    if data is None or str(data.get("deviationId")) != photo:
        return None
    return ApiRecord(data, f"/{_ENTITIES}/deviation/{photo}")


def claims(known: dict[str, Any], work: ApiRecord) -> list[Claim]:
    """What the state says of a deviation and of its author."""
    published = work.text("publishedTime")
    found = [
        *_license(work),
        *_flags(work),
        *work.claim(Field.TITLE, "title"),
        *work.claim(Field.UPLOADED, "publishedTime", moments.iso(published)),
        *work.claim(Field.PAGE_URL, "url"),
        *work.claim(Field.MEDIA, "type"),
        *work.claim(Field.AUTHOR_ID, "author"),
    ]
    number = work.text("author")
    person = _entity(known, "user", number)
    if person is not None:
        found += ApiRecord(person, f"/{_ENTITIES}/user/{number}").claim(Field.AUTHOR, "username")
    work.skip(*_SILENT)
    return found


def _license(work: ApiRecord) -> list[Claim]:
    raw = work.text("license")
    if raw.lower() == "none":
        return work.claim(Field.LICENSE, "license", ALL_RIGHTS_RESERVED, quote='"license": "none"')
    known = registry.cc(raw.lower().removeprefix("cc-"), None) if raw else None
    return work.claim(
        Field.LICENSE, "license", known.id if known is not None else None, quote=f'"license": "{raw}"'
    )


def _flags(work: ApiRecord) -> list[Claim]:
    found: list[Claim] = []
    barred = work.flag("isAiUseDisallowed")
    if barred is not None:
        place = f"{work.pointer}/isAiUseDisallowed"
        if barred:
            quote = "isAiUseDisallowed: true"
            found.append(Claim(Field.OPT_OUT, "page-flag=ai-use:n", "true", Scope.IMAGE, place, quote))
        found.append(Claim(Field.OPT_OUT_CARRIERS, "page-flag", "", Scope.IMAGE, place))
    if work.flag("isAiGenerated"):
        found += work.claim(Field.AI_GENERATED, "isAiGenerated", "yes", quote="isAiGenerated: true")
    if work.flag("isMature"):
        found += work.claim(Field.SAFETY, "isMature", "restricted", quote="isMature: true")
    return found


_SILENT = (
    "deviationId", "typeId", "shortUrl", "isJournal", "isVideo", "isPurchasable", "isAdoptable", "isFavouritable",
    "isTextEditable", "isBackgroundEditable", "legacyTextEditUrl", "isShareable", "isCommentable", "isFavourited",
    "isDeleted", "isNsfg", "isDownloadable", "isAntisocial", "isBlocked", "isPublished", "isDailyDeviation",
    "hasPrivateComments", "hasNft", "isDreamsofart", "isUpscaled", "canUpdateAiClaim", "blockReasons", "stats",
    "media", "extended", "entityId",
)  # fmt: skip
