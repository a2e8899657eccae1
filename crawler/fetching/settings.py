"""Scrapy's settings module: everything that decides, repeats, remembers or listens is off (DESIGN §7).

Guard, terms, robots, pacing, redirects and retries are the gate's; Scrapy keeps the event loop, the
downloader and the spiders. ``SCRAPY_SETTINGS_MODULE=crawler.fetching.settings scrapy list`` shows the
sources.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from scrapy.settings import Settings

from crawler.politeness.identity import PRODUCT, user_agent

BOT_NAME = PRODUCT
DEEDWATCH_CONTACT = os.environ.get("DEEDWATCH_CONTACT", "")
USER_AGENT = user_agent(DEEDWATCH_CONTACT)
SPIDER_MODULES = ["spiders"]

# asyncio without a Twisted reactor: runs inside the caller's own event loop.
TWISTED_REACTOR_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS_BASE: dict[str, int] = {}

# Only http and https, both by our own transport; no file:, ftp:, data: or s3:.
DOWNLOAD_HANDLERS_BASE: dict[str, str] = {}
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetching.transport.DownloadHandler",
    "https": "crawler.fetching.transport.DownloadHandler",
}
DOWNLOADER = "crawler.fetching.downloader.DirectDownloader"

# robots, retry, redirect, cookies, proxy, compression, cache, referer, offsite: the gate's or nobody's.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
ROBOTSTXT_OBEY = False  # the gate obeys it, before Scrapy hears of the request
RETRY_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
COOKIES_ENABLED = False
COMPRESSION_ENABLED = False
HTTPPROXY_ENABLED = False
HTTPCACHE_ENABLED = False
REFERER_ENABLED = False
AUTOTHROTTLE_ENABLED = False
MEMUSAGE_ENABLED = False
DOWNLOAD_DELAY = 0
DOWNLOAD_DELAY_JITTER = 0
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# Without a limit here: how many requests may be unanswered is pacing's business.
CONCURRENT_REQUESTS = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1_000_000
CONCURRENT_ITEMS = 1

LOG_ENABLED = False
LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []
LOG_FORMATTER = "crawler.fetching.downloader.NoUrlLog"
STATS_DUMP = False
DOWNLOADER_STATS = False
WARN_ON_GENERATOR_RETURN_VALUE = False


def scrapy_settings(contact: str | None = None, changes: Mapping[str, object] | None = None) -> Settings:
    """Settings for a run in this process; ``contact`` overrides the environment, ``changes`` anything."""
    settings = Settings()
    settings.setmodule("crawler.fetching.settings", priority="project")
    if contact is not None:
        settings.set("DEEDWATCH_CONTACT", contact, priority="cmdline")
        settings.set("USER_AGENT", user_agent(contact), priority="cmdline")
    settings.setdict(dict(changes or {}), priority="cmdline")
    return settings
