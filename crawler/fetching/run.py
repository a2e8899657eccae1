"""Scrapy's part: one engine, one quiet spider whose ``start`` lets the conductor work, nothing listening
anywhere.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerRunner

from crawler.fetching.conductor import Conductor
from crawler.fetching.settings import scrapy_settings
from crawler.fetching.wire import Download

#: Builds the conductor once there is an engine to download with.
Build = Callable[[Download], Conductor]


class _Refresh(scrapy.Spider):
    """Runs the conductor inside Scrapy's engine; yields no request of its own."""

    name = "refresh"

    def __init__(self, build: Build, outcome: _Outcome, **kwargs: str) -> None:
        super().__init__(**kwargs)
        self._build = build
        self._outcome = outcome

    async def start(self) -> AsyncIterator[Any]:
        engine = self.crawler.engine
        assert engine is not None
        try:
            conductor = self._outcome.conductor = self._build(engine.download_async)
            if self._outcome.stopped:
                conductor.stop()
            await conductor.run()
            self._outcome.ended = True
        except BaseException as error:  # noqa: BLE001 - Scrapy would only log it; _run raises it
            self._outcome.error = error
        return
        yield  # an asynchronous generator that yields nothing


class _Outcome:
    conductor: Conductor | None = None
    error: BaseException | None = None
    stopped: bool = False  # by a signal
    ended: bool = False


def run(build: Build, *, contact: str | None) -> bool:
    """Conduct one refresh; returns False when a signal stopped it early. Raises what made it fail."""
    return asyncio.run(_run(build, contact))


async def _run(build: Build, contact: str | None) -> bool:
    outcome = _Outcome()

    def stop() -> None:
        outcome.stopped = True
        if outcome.conductor is not None:
            outcome.conductor.stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        runner = AsyncCrawlerRunner(scrapy_settings(contact))
        await runner.crawl(_Refresh, build=build, outcome=outcome)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
    if outcome.error is not None:
        raise outcome.error
    return outcome.ended and not outcome.stopped
