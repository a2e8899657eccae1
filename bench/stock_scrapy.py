"""The baseline: Scrapy as it is installed, default handler and middlewares, that fetches pages and does nothing else.

``python -m bench.stock_scrapy PORT FILE CONCURRENCY``: FILE holds one address a line; each is asked of
127.0.0.1:PORT with the host as first path segment, for stock Scrapy has no rehearsal origin.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class Fetch(scrapy.Spider):
    name = "fetch"

    def __init__(self, origin: str, urls: list[str]) -> None:
        super().__init__()
        self.origin, self.addresses = origin, urls
        self.pages = self.bytes = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in self.addresses:
            yield scrapy.Request(f"{self.origin}/{url.partition('://')[2]}")

    def parse(self, response: Response) -> None:
        self.pages += 1
        self.bytes += len(response.body)

    def closed(self, reason: str) -> None:
        print(reason, self.pages, self.bytes)


def main() -> None:
    port, file, concurrency = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    process = AsyncCrawlerProcess(
        {
            "LOG_LEVEL": "INFO",
            "CONCURRENT_REQUESTS": concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
        }
    )
    process.crawl(Fetch, origin=f"http://127.0.0.1:{port}", urls=file.read_text("utf-8").split())
    process.start()


if __name__ == "__main__":
    main()
