"""The Metropolitan Museum of Art, by its Collection API: one object a request.

Permission: the API is open to everybody without a key, at most 80 requests a second (metmuseum.github.io).

No field states a license. ``isPublicDomain`` true means, by the museum's Open Access policy, that its pictures of
the object are under CC0: the claim has basis ``terms``, its locator is the flag. False grants nothing and
states nothing: the license is then not stated, and ``rightsAndReproduction`` is claimed as the copyright notice
(and as a license where it names one). Rights are the object's, so all of its pictures share them.

A picture's address (images.metmuseum.org/CRDImages/…) holds no object id: not resolvable. Of the API's answers only
a good one was captured; a 404 is read as gone, as documented ("ObjectID not found").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.model import (
    Answer,
    Basis,
    Capture,
    Claim,
    Field,
    Look,
    Reason,
    Scope,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading import license_claims
from crawler.reading.api_record import ApiRecord
from crawler.reading.moments import iso
from crawler.reading.platforms import one_record
from crawler.reading.words import keywords, people
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

API = "https://collectionapi.metmuseum.org/public/collection/v1/objects/"
_POLICY = "https://www.metmuseum.org/about-the-met/policies-and-documents/open-access"
_PATH = re.compile(
    r"/public/collection/v1/objects/([0-9]{1,12})/?"
    r"|(?:/[a-z]{2})?/art/collection/search/([0-9]{1,12})/?"
    r"|(?:/[a-z]{2})?/(?:collection/the-collection-online|collections)/search/([0-9]{1,12})/?",
    re.IGNORECASE,
)
_NOTHING_OF_RIGHTS = (
    "accessionNumber", "accessionYear", "additionalImages", "artistAlphaSort", "artistBeginDate",
    "artistDisplayBio", "artistEndDate", "artistGender", "artistNationality", "artistPrefix", "artistRole",
    "artistSuffix", "artistULAN_URL", "city", "classification", "constituents",
    "country", "county", "culture", "department", "dimensions", "dimensionsParsed", "dynasty", "excavation",
    "GalleryNumber", "geographyType", "isHighlight", "isTimelineWork", "linkResource", "locale", "locus",
    "measurements", "medium", "objectBeginDate", "objectDate", "objectEndDate", "objectName",
    "objectWikidata_URL", "period", "portfolio", "primaryImage", "primaryImageSmall", "region", "reign",
    "repository", "river", "state", "subregion",
)  # fmt: skip


class MetMuseum(RecordEach):
    """Objects of The Met."""

    name = "met_museum"
    version = 2
    ids = re.compile(r"[0-9]{1,12}")
    page = "https://www.metmuseum.org/art/collection/search/{}"
    group = "collectionapi.metmuseum.org"
    hosts = ("metmuseum.org",)
    terms = Terms(
        address="https://metmuseum.github.io/",
        checked="2026-11-24",
        allows="Reading the Collection API without a key, at most 80 requests a second (we ask one).",
        keep="Facts of objects, which the museum gives under CC0; no pictures.",
        api_host="collectionapi.metmuseum.org",
        texts=(_POLICY,),
    )
    expects: ClassVar[Mapping[str, float]] = {"title": 0.9, "credit": 0.9, "license": 0.3}

    @classmethod
    def reads(cls, url: str) -> bool:
        """The API and the picture host; the museum's other pages are any web pages."""
        return host_of(url) in ("collectionapi.metmuseum.org", "images.metmuseum.org")

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Object pages of three generations, and API addresses."""
        parts = split(url)
        match = _PATH.fullmatch(parts.path) if parts is not None else None
        return cls.named(match[1] or match[2] or match[3]) if match is not None else None

    @classmethod
    def request(cls, record: str) -> str:
        """One request an object."""
        return f"{API}{record}"

    def read(self, capture: Capture) -> Answer:
        """One object of the API."""
        photo = self.asked(capture)[0]
        return one_record.answer(capture, photo, lambda data: _look(ApiRecord(data), photo))


def _look(record: ApiRecord, native_id: str) -> Look | None:
    number = record.text("objectID")
    if not number.isdigit() or "isPublicDomain" not in record.data:
        return None
    if native_id.isdigit() and number != native_id:
        return None
    terms = [tag.text("term") for tag in record.records("tags")]
    artist = shown(record.text("artistDisplayName"))
    claims = [
        *_license(record),
        *record.claim(Field.AUTHOR, "artistDisplayName", artist),
        *record.claim(Field.AUTHOR_URL, "artistWikidata_URL"),
        *record.claim(Field.TITLE, "title", shown(record.text("title"))),
        *record.claim(Field.CREDIT, "creditLine", shown(record.text("creditLine"))),
        *record.claim(
            Field.COPYRIGHT_NOTICE, "rightsAndReproduction", shown(record.text("rightsAndReproduction"))
        ),
        *record.claim(Field.UPDATED, "metadataDate", iso(record.text("metadataDate"))),
        # the API gives addresses of the museum's staging host as well (seen: wwwstg.metmuseum.org)
        *record.claim(
            Field.PAGE_URL, "objectURL", f"https://www.metmuseum.org/art/collection/search/{number}"
        ),
        *keywords.claims(terms, "/tags"),
        *people.from_tags(terms, "/tags"),
    ]
    record.skip(*_NOTHING_OF_RIGHTS)
    return Look(number, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())


def _license(record: ApiRecord) -> list[Claim]:
    free = record.flag("isPublicDomain") is True
    rights = record.text("rightsAndReproduction")
    # beside the flag, a notice of rights is a contradiction; without it, "© the artist" names no license
    stated = license_claims.stated(rights, Scope.IMAGE, "/rightsAndReproduction", rights[:240], pointer=free)
    found = [stated] if stated is not None and (free or stated.value is not None) else []
    if free:
        quote = f'"isPublicDomain": true (by {_POLICY})'
        found += record.claim(Field.LICENSE, "isPublicDomain", "CC0-1.0", basis=Basis.TERMS, quote=quote)
    return found
