"""Scrapy's downloader without slots, delays, middlewares and signals: the gate has decided all of that.

A request that reaches this point has its permission and its turn. Scrapy's own downloader would put it in a
queue once more and send four signals nobody hears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader import Downloader
from scrapy.logformatter import LogFormatter
from scrapy.utils.defer import deferred_from_coro

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response
    from twisted.internet.defer import Deferred


class DirectDownloader(Downloader):
    """Hands each request straight to the handler of its scheme. Downloader middlewares do not run."""

    def fetch(self, request: Request, spider: Spider | None = None) -> Deferred[Response | Request]:  # noqa: ARG002
        """A Deferred of the response; fails with whatever the handler raised."""
        self.active.add(request)
        return deferred_from_coro(self._fetch(request))

    async def _fetch(self, request: Request) -> Response | Request:
        try:
            return await self.handlers.download_request_async(request)
        finally:
            self.active.discard(request)


class NoUrlLog(LogFormatter):
    """Says nothing about single requests: their URLs may carry a key (DESIGN §3)."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]
        """No line per answer."""
