"""The contract every source keeps: one spider, one file, found by name.

A ``SourceSpider`` says which URLs are its own (``claims``), which requests a set of photos needs
(``targets``), and what an answer says (``read``). It makes no request itself: the gate decides whether, when
and how fast, so that no source can be rude by mistake. To add a source, add one file under ``spiders/`` and
its sample pages under ``tests/pages/<name>/``.
"""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

import scrapy
from scrapy.crawler import Crawler

from crawler.errors import Refused
from crawler.model import Answer, Capture, SourceRef, Target, Terms, Wanted


class SourceSpider(scrapy.Spider):
    """One source of images.

    ``version`` is the reader's: raise it whenever ``read`` may answer otherwise for the same bytes, so that a
    better reader is never taken for a change at the source. ``hosts`` are the registrable names (and with
    them all their subdomains) whose URLs this spider is asked about; empty means that it is asked last, about
    any URL. ``expects`` are the least fill rates (0 to 1) of fields among photos that are available.
    ``batch`` is how many photos one target may serve. ``wants_picture_address``: ``targets`` is told the picture
    file that the manifest names (``Wanted.image_url``), because reading an answer needs it.
    """

    name: str = ""
    version: ClassVar[int] = 1
    hosts: ClassVar[tuple[str, ...]] = ()
    terms: ClassVar[Terms]
    expects: ClassVar[Mapping[str, float]] = {}
    batch: ClassVar[int] = 1
    wants_picture_address: ClassVar[bool] = False

    @classmethod
    def reader(cls) -> str:
        """The reader's id as evidence keeps it, such as ``flickr/1``."""
        return f"{cls.name}/{cls.version}"

    @classmethod
    @abstractmethod
    def claims(cls, url: str) -> SourceRef | None:
        """The photo this URL is about, or ``None`` when it is not one of this source's photos. Pure; never
        raises.
        """

    @classmethod
    def reads(cls, url: str) -> bool:  # noqa: ARG003 - most sources read whatever their hosts answer
        """Whether answers from this address are this source's to read, even if they are about no photo
        (albums, lists).
        """
        return True

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:  # noqa: ARG003 - most sources have no ids without URLs
        """The photo of this native id, for manifests that give an id and no URL; ``None`` if ids do not
        suffice.
        """
        return None

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:  # noqa: ARG003 - a photo page shows one photo
        """The same place, narrowed to the picture the manifest names, where one page may show many."""
        return ref

    @abstractmethod
    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """The requests that serve these photos; the same photos always give the same URLs.

        A stored answer is read again with the target that its photo alone gives, so one whose ``context`` counts
        serves one photo.
        """

    @classmethod
    def asked(cls, capture: Capture) -> tuple[str, ...]:
        """The photos an answer has to speak of: those of its target, else the one its address is about, else (a
        stored answer to a question nobody kept) the address itself.
        """
        ref = None if capture.target.serves else cls.claims(capture.url)
        return capture.target.serves or (ref.native_id if ref is not None else capture.url,)

    @abstractmethod
    def read(self, capture: Capture) -> Answer:
        """What this answer says. Pure: stored captures can be read again years later. Never raises."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ARG003, ANN401 - Scrapy's signature
        """Refuse to be run by Scrapy itself (``scrapy crawl``): only the gate may send requests.

        Raises:
            Refused: always.
        """
        refused = Refused(_ONLY_BY_THE_GATE.format(cls.name))
        sys.stderr.write(f"{refused}\n")  # Scrapy would only log it, and our settings switch its log off
        raise refused

    async def start(self) -> AsyncIterator[Any]:
        """Refuse to crawl, for whoever made the spider by hand.

        Raises:
            Refused: always.
        """
        raise Refused(_ONLY_BY_THE_GATE.format(self.name))
        yield  # makes this an asynchronous generator, which is what Scrapy awaits


_ONLY_BY_THE_GATE = (
    "The spider {!r} does not crawl by itself, because robots.txt, terms and pace are kept by the gate: "
    "run `deedwatch refresh MANIFEST` instead."
)
