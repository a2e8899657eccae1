"""Openverse, by its API: who else shows this picture, and what they said of it when Openverse last asked.

Openverse is a catalogue of other people's collections. Its license is second-hand, undated, and comes with "no
warranty" (its terms): it is a claim that a third party makes about a photo of somebody else. So the license is
claimed with basis ``declared``, which never counts as the source's own word: whatever Openverse says, the
state stays ``not_stated``, no ruleset can make the image eligible on it, and the claim stands in the evidence
for people to compare. The address that counts is ``foreign_landing_url``: it is claimed as the page of the photo,
and a manifest that names it is looked up there. Where a row names an Openverse page *and* a picture file that
belongs to a source of ours, that source is asked instead (``of_image``).

A 404 says that the catalogue has no such record, which is all a manifest that names only Openverse hangs on. The
text ``attribution`` is kept as it came and never read: it names addresses that do not exist (field notes §6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.licenses.codes import from_openverse
from crawler.model import (
    Answer,
    Basis,
    Capture,
    Claim,
    Field,
    ImageRef,
    Look,
    Quota,
    Reason,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading.api_record import ApiRecord
from crawler.reading.license_claims import recognised
from crawler.reading.platforms import one_record
from crawler.reading.words import keywords, people
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import RecordEach
from crawler.sources.resolve import NONE, resolve
from crawler.sources.urls import host_of, split

API = "https://api.openverse.org/v1/images/"
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATH = re.compile(
    rf"(?:/openverse)?(?:/[a-z]{{2,3}}(?:-[a-z]{{2,4}})?)?(?:/v1)?/(?:image|images|photos)/({_UUID})(?:/thumb)?/?",
    re.IGNORECASE,
)
_NOTHING_OF_RIGHTS = (
    "id", "url", "thumbnail", "detail_url", "related_url", "provider", "source", "category", "filesize",
    "filetype", "height", "width", "indexed_on", "fields_matched", "alt_text",
    "attribution",  # Openverse's own words, with addresses that do not exist
)  # fmt: skip


class Openverse(RecordEach):
    """Records of Openverse's catalogue of images."""

    name = "openverse"
    version = 2
    ids = re.compile(_UUID)
    page = "https://openverse.org/image/{}"
    group = "api.openverse.org"
    hosts = ("openverse.org", "openverse.engineering", "wordpress.org")
    terms = Terms(
        address="https://docs.openverse.org/terms_of_service.html",
        checked="2023-02-22",
        allows="Reading the API without a key, 20 requests a minute and 200 a day; no scraping of its pages.",
        keep="What the record says, as a third party's word; Openverse gives no warranty of any license.",
        api_host="api.openverse.org",
        # both limits at once: 20 in a tenth of a day are at most 200 a day
        quota=Quota(20, 8_640.0),
    )
    expects: ClassVar[Mapping[str, float]] = {"page_url": 1.0}

    @classmethod
    def reads(cls, url: str) -> bool:
        """Of wordpress.org only the folder Openverse once lived in."""
        parts, host = split(url), f".{host_of(url)}"
        if host.endswith((".openverse.org", ".openverse.engineering")):
            return True
        return host in (".wordpress.org", ".www.wordpress.org") and (
            parts is not None and parts.path.startswith("/openverse/")
        )

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Image pages in any language, API addresses of one image, its thumbnail."""
        parts = split(url)
        match = _PATH.fullmatch(parts.path) if parts is not None and cls.reads(url) else None
        return cls.named(match[1]) if match is not None else None

    @classmethod
    def written(cls, native_id: str) -> str:
        """Openverse's own UUID."""
        return native_id.strip().lower()

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:
        """The first-hand source, where the picture's own address leads to one."""
        if cls.claims(image_url) is not None:
            return ref
        first_hand = resolve(ImageRef(key="", image_url=image_url))
        return ref if first_hand.source == NONE else first_hand

    @classmethod
    def request(cls, record: str) -> str:
        """One request a record; there is no call for several."""
        return f"{API}{record}/"

    def read(self, capture: Capture) -> Answer:
        """One record of the API."""
        photo = self.asked(capture)[0]
        return one_record.answer(capture, photo, lambda data: _look(ApiRecord(data), photo))


def _look(record: ApiRecord, native_id: str) -> Look | None:
    uuid = record.text("id").lower()
    if not re.fullmatch(_UUID, uuid) or not record.text("license"):
        return None
    if re.fullmatch(_UUID, native_id) and uuid != native_id:
        return None
    claims = [
        *_license(record),
        *record.claim(Field.AUTHOR, "creator", shown(record.text("creator"))),
        *record.claim(Field.AUTHOR_URL, "creator_url"),
        *record.claim(Field.TITLE, "title", shown(record.text("title"))),
        *record.claim(Field.PAGE_URL, "foreign_landing_url"),
        *_tags(record),
    ]
    if record.flag("mature"):
        claims += record.claim(Field.SAFETY, "mature", "mature", basis=Basis.DECLARED)
    record.skip(*_NOTHING_OF_RIGHTS)
    return Look(uuid, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())


def _license(record: ApiRecord) -> list[Claim]:
    """Code with version, and address: where they contradict each other, nobody may choose."""
    coded = from_openverse(record.text("license"), record.text("license_version"))
    found = recognised(record.text("license_url")) if record.text("license_url") else None
    addressed = found.license if found is not None and found.state == "known" else None
    agreed = coded.id if coded is not None and (addressed is None or addressed.id == coded.id) else None
    quote = " ".join(record.text(name) for name in ("license", "license_version", "license_url"))
    place = "license_url" if addressed is not None else "license"
    return record.claim(Field.LICENSE, place, agreed, basis=Basis.DECLARED, quote=quote.strip()[:240])


def _tags(record: ApiRecord) -> list[Claim]:
    """The provider's own tags; those with an ``accuracy`` were guessed by a machine that looked at the picture."""
    given = [tag.text("name") for tag in record.records("tags") if tag.get("accuracy") is None]
    place = f"{record.pointer}/tags"
    return [*keywords.claims(given, place), *people.from_tags(given, place)]
