"""The WordPress Photo Directory, by its site's REST interface where robots.txt allows it.

All photos are CC0 by the directory's terms (as Openverse's catalog notes; no field states it): the license claim
has basis ``terms`` and hangs on the day of publication. One record was captured (museums/wordpress-photos/item.json)
and no error answer. A photo is asked for by its slug, so the answer is a list; an empty one is ``not_public``: taken
down, a draft or never there, all the same to the interface.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import parse_qs

from crawler.model import (
    Answer,
    Capture,
    Field,
    Look,
    Reason,
    SourceRef,
    Status,
    Terms,
)
from crawler.reading import json_answer, moments
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import web_page
from crawler.reading.platforms import site_terms
from crawler.reading.words import keywords
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import RecordEach
from crawler.sources.urls import host_of, split

_HOST = "wordpress.org"
_API = "/photos/wp-json/wp/v2/photos"
_PAGE = re.compile(r"/photos/photo/([0-9a-f]{10})/*")
# pd.w.org/2022/05/203627f31f8770f03.61535278-1024x683.jpg: the name begins with the slug (seen in the capture)
_FILE = re.compile(r"/[0-9]{4}/[0-9]{2}/([0-9a-f]{10})[0-9a-f]{3,10}\.[0-9]+(?:-[^/]*)?\.[a-z]{3,4}")
_TROUBLE = (Status.UNREACHABLE, Reason.SERVICE_TROUBLE)


class WordPressPhotos(RecordEach):
    """Photos of the WordPress Photo Directory."""

    name = "wordpress_photos"
    version = 2
    ids = re.compile(r"[0-9a-f]{10}")
    page = f"https://{_HOST}/photos/photo/{{}}/"
    group = _HOST
    hosts = (_HOST, "pd.w.org")
    terms = Terms(
        address="",
        checked="2026-11-24",
        allows="What robots.txt allows a crawler of our name; the site's REST interface asks for no key.",
        keep="Facts of the photo and its author's name; the pictures are not copied.",
        texts=("https://wordpress.org/photos/license/",),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.95, "author": 0.95, "author_id": 0.95}

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Photo pages, picture files, and the interface's address of one slug. The rest of wordpress.org is not
        this source's.
        """
        parts, host = split(url), host_of(url)
        if parts is None:
            return None
        if host == "pd.w.org":
            file = _FILE.fullmatch(parts.path)
            return cls.named(file[1]) if file else None
        if host != _HOST:
            return None
        if parts.path.rstrip("/") == _API:
            return cls.named(parse_qs(parts.query).get("slug", [""])[0])
        page = _PAGE.fullmatch(parts.path)
        return cls.named(page[1]) if page else None

    @classmethod
    def reads(cls, url: str) -> bool:
        """Answers of the interface about photos; other pages of the site are left to ``any_page``."""
        parts = split(url)
        return parts is not None and host_of(url) == _HOST and parts.path.startswith(_API)

    @classmethod
    def request(cls, record: str) -> str:
        """One request a photo, by its slug."""
        return f"https://{_HOST}{_API}?slug={record}&_embed=true"

    def read(self, capture: Capture) -> Answer:
        """An answer of the interface, or a stored photo page."""
        ref = self.claims(capture.url)
        known = capture.target.serves or ((ref.native_id,) if ref is not None else ())
        photos = known or (capture.url,)
        if not self.reads(capture.url):
            answer = web_page.answer(capture, photos[0])
            looks = tuple(site_terms.on_page("wordpress_photos", k, photos[0]) for k in answer.looks)
            return replace(answer, looks=looks)
        refused = json_answer.refusal(capture, photos, _TROUBLE)
        if refused is not None:
            return refused
        data = json_answer.body(capture)
        if isinstance(data, list):
            records = [ApiRecord(item, f"/{n}") for n, item in enumerate(data)]
        else:
            records = [ApiRecord(data)]
        looks = tuple(
            _look(r, r.text("slug"))
            for r in records
            if _is_photo(r) and r.text("slug") in (known or (r.text("slug"),))
        )
        if looks:
            return Answer(looks=looks)
        if data == [] and known:
            return Answer(looks=tuple(Look(p, Status.NOT_PUBLIC, Reason.NOT_FOUND) for p in known))
        return json_answer.unreadable(photos, *json_answer.shape(data))


def _is_photo(record: ApiRecord) -> bool:
    return record.get("type") == "photo" and WordPressPhotos.ids.fullmatch(record.text("slug")) is not None


def _look(record: ApiRecord, photo: str) -> Look:
    person, media = "_embedded/author/0", "_embedded/wp:featuredmedia/0/media_details/image_meta"
    published, changed = record.text("date_gmt"), record.text("modified_gmt")
    claims = [
        *site_terms.of_record(
            "wordpress_photos", record, published, f"{record.pointer}/date_gmt", moments.days(f"{published}Z")
        ),
        *record.claim(Field.AUTHOR_ID, "author"),
        *record.claim(Field.AUTHOR, f"{person}/name"),
        *record.claim(Field.AUTHOR_URL, f"{person}/link"),
        *record.claim(Field.CREDIT, f"{media}/credit"),
        *record.claim(Field.COPYRIGHT_NOTICE, f"{media}/copyright"),
        *record.claim(Field.DESCRIPTION, "content/rendered", shown(record.text("content/rendered"))),
        *keywords.with_signs(_tags(record), f"{record.pointer}/_embedded/wp:term"),
        *record.claim(Field.UPLOADED, "date_gmt", moments.iso(f"{published}Z")),
        *record.claim(Field.UPDATED, "modified_gmt", moments.iso(f"{changed}Z")),
        *record.claim(Field.PAGE_URL, "link"),
    ]
    status = record.text("status")
    record.skip(
        "id", "slug", "date", "modified", "guid", "type", "title", "featured_media", "template", "meta", "_links",
        "photo-categories", "photo-colors", "photo-orientations", "photo-tags", "class_list",
    )  # fmt: skip
    if status == "private":
        return Look(photo, Status.PRIVATE, Reason.MARKED_PRIVATE, tuple(claims), record.unread())
    if status not in ("", "publish"):  # never shown to strangers, so nobody has seen what it would mean
        unread = (*record.unread(), f"{record.pointer}/status: {status[:40]}")
        return Look(photo, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, tuple(claims), unread)
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), record.unread())


def _tags(record: ApiRecord) -> list[str]:
    found: list[str] = []
    terms = record.get("_embedded/wp:term")
    for group in terms if isinstance(terms, list) else ():
        for term in group if isinstance(group, list) else ():
            if (
                isinstance(term, dict)
                and term.get("taxonomy") == "photo_tag"
                and isinstance(term.get("name"), str)
            ):
                found.append(term["name"])
    return found
