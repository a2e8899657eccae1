"""Sources that are asked about one thing at a time: a record of an API, or a page.

Most sources have no call for several ids, and differ in little but their addresses. What they share stands here, so
that their own files read as a table of what is particular to each. A record may hold several pictures: the native
id is then ``RECORD#PICTURE``, and one request answers for all of them.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from crawler.model import SourceRef, Target, Wanted
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of, split


class _OneEach(SourceSpider):
    """``ids`` matches a whole native id; ``page`` is the address of a record's page, with ``{}`` for its id; ``group``
    is the politeness group.
    """

    ids: ClassVar[re.Pattern[str]]
    page: ClassVar[str]
    group: ClassVar[str]

    @classmethod
    def written(cls, native_id: str) -> str:
        """The id as the source itself writes it, for sources whose ids people write in several ways."""
        return native_id

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:
        """Ids suffice for every source of this kind."""
        known = cls.written(native_id)
        if not cls.ids.fullmatch(known):
            return None
        return SourceRef(cls.name, known, cls.group, cls.page.format(known.partition("#")[0]))


class RecordEach(_OneEach):
    """Asked for JSON, one request a record, whichever of its pictures are meant.

    Where ``terms`` name an API's host, its documented terms are the permission and the user's key travels along;
    elsewhere robots.txt decides.
    """

    @classmethod
    @abstractmethod
    def request(cls, record: str) -> str:
        """The address that answers for this record."""

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """Records sorted, and the pictures each answers for; with ``wants_picture_address`` the list's address of the
        picture travels along as ``image_url``.
        """
        served: dict[str, list[str]] = {}
        listed: dict[str, str] = {}
        for want in sorted(wanted, key=lambda want: want.ref.native_id):
            record = want.ref.native_id.partition("#")[0]
            photos = served.setdefault(record, [])
            if want.ref.native_id not in photos:
                photos.append(want.ref.native_id)
            listed.setdefault(record, want.image_url or "")
        for record, photos in served.items():
            yield Target(
                source=self.name,
                url=self.request(record),
                group=self.group,
                serves=tuple(photos),
                basis="api" if self.terms.api_host else "robots",
                key=self.terms.key,
                accept="application/json",
                context={"image_url": listed[record]} if self.wants_picture_address else {},
            )


class PageEach(_OneEach):
    """Asked for the photo's own page, by the address the manifest has where it has one.

    ``home`` is the site as pages are asked for there, ``photo_path`` the path of a photo's page, with a group
    ``id``; both with and without "www." are the site's.
    """

    home: ClassVar[str]
    photo_path: ClassVar[re.Pattern[str]]

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """The site's photo pages, with their words if the address has some."""
        parts = split(url)
        if parts is None or host_of(url).removeprefix("www.") != host_of(cls.home).removeprefix("www."):
            return None
        found = cls.photo_path.fullmatch(parts.path)
        ref = cls.named(found["id"]) if found is not None else None
        return replace(ref, url=f"{cls.home}{parts.path.rstrip('/')}") if ref is not None else None

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """One page a photo."""
        for want in wanted:
            yield Target(
                source=self.name,
                url=want.ref.url or self.page.format(want.ref.native_id),
                group=self.group,
                serves=(want.ref.native_id,),
                accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            )
