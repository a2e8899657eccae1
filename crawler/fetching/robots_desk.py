"""robots.txt in hand before anything else: fetched once per origin, through the same gate and turn, kept 24
hours.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.evidence.record import DocumentLook, Recorder
from crawler.model import Capture, Claim, Field, Look, Reason, Scope, Status, Target
from crawler.politeness.gate import ROBOTS_ITSELF, guarded
from crawler.politeness.opt_outs import carriers_read, site_signals
from crawler.politeness.pacing import Pacing
from crawler.politeness.retries import is_transient, next_attempt
from crawler.politeness.retry_after import read_retry_after
from crawler.politeness.robots import LIFE, MAX_REDIRECTS, RobotsFile, read_robots
from crawler.reading import http_rules
from crawler.sources.urls import host_of, registrable

#: Raise it whenever ``read_site`` may say otherwise of the same file; every snapshot names it beside its spider.
READER = "robots/2"
#: The text of a robots.txt as a document is its bytes: no reader can make another text of them.
TEXT_READER = "bytes"
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Takes a turn of the target's group and sends it; ``None`` when the group rests.
Send = Callable[[Target, tuple[str, ...]], Awaitable[Capture | None]]


@dataclass(frozen=True, slots=True)
class SiteRules:
    """A robots.txt as read: its rules, and its AI signals as a look that belongs to every page of the origin."""

    robots: RobotsFile
    look: Look
    pair: tuple[int, int]  # (capture, reading)
    read_at: int


class RobotsDesk:
    """Hands out an origin's rules, fetching them when there are none younger than a day."""

    def __init__(
        self,
        recorder: Recorder,
        refresh: int,
        pacing: Pacing,
        send: Send,
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self._recorder = recorder
        self._refresh = refresh
        self._pacing = pacing
        self._send = send
        self._pause = pause
        self._rules: dict[str, SiteRules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def in_hand(self, origin: str) -> SiteRules | None:
        """The rules, if they were read less than 24 hours ago."""
        rules = self._rules.get(origin)
        if rules is None:
            return None
        age = self._recorder.file.clock.now() - rules.read_at
        return rules if age < LIFE.total_seconds() * 1000 else None

    async def rules(self, origin: str, source: str) -> SiteRules | None:
        """The rules, fetched if need be; ``None`` when the origin's group rests before they could be read."""
        lock = self._locks.setdefault(origin, asyncio.Lock())
        async with lock:
            rules = self.in_hand(origin)
            if rules is None:
                rules = await self._fetch(origin, source)
                if rules is not None:
                    self._rules[origin] = rules
                    self._pacing.obey_crawl_delay(
                        registrable(host_of(origin)), rules.robots.permits(f"{origin}/").crawl_delay
                    )
            return rules

    async def _fetch(self, origin: str, source: str) -> SiteRules | None:
        attempts = 0
        while True:
            attempts += 1
            found = await self._follow(origin, source)
            if found is None:
                return None
            capture, row = found
            if not is_transient(capture.status, capture.fault):
                break
            wait = next_attempt(attempts, read_retry_after(capture.header("retry-after"), capture.fetched_at))
            if wait is None:
                break
            await self._pause(wait)
        robots, look = read_site(capture)
        reading = self._recorder.reading(READER, look)
        self._remember(f"{origin}/robots.txt", robots, capture, row)
        return SiteRules(robots, look, (row, reading), self._recorder.file.clock.now())

    def _remember(self, url: str, robots: RobotsFile, capture: Capture, row: int) -> None:
        """What came of asking for it; a file we could not read is no new version of it."""
        version = None
        if robots.state != "nothing_allowed":
            version = self._recorder.document("robots", url, row, _text(robots))
        told = http_rules.outcome(capture)
        status, reason = Status.AVAILABLE, Reason.SEEN
        if told is not None:
            status, reason = told.status or Status.UNREADABLE, told.reason or Reason.NOT_UNDERSTOOD
        elif version is None:
            status, reason = Status.UNREADABLE, Reason.NOT_UNDERSTOOD
        look = DocumentLook(
            "robots", url, self._refresh, status, reason, row, ROBOTS_ITSELF, TEXT_READER, version
        )
        self._recorder.document_look(look)

    async def _follow(self, origin: str, source: str) -> tuple[Capture, int] | None:
        """The answer after at most five redirects, each hop guarded and in its group's turn."""
        url = f"{origin}/robots.txt"
        via: tuple[str, ...] = ()
        while True:
            target = Target(source, url, registrable(host_of(url)), accept="text/plain,*/*;q=0.5")
            capture = await self._send(target, via)
            if capture is None:
                return None
            row = self._recorder.capture(capture, self._refresh, self._recorder.permission(ROBOTS_ITSELF))
            to = capture.header("location")
            if capture.status not in REDIRECTS or not to or len(via) == MAX_REDIRECTS:
                return capture, row
            via = (*via, url)
            url = redirected(url, to)
            if guarded(url) is not None:
                return capture, row


def redirected(base: str, location: str) -> str:
    """The address a Location header means; "" when it means none, which the guard refuses."""
    try:
        return urlsplit(urljoin(base, location)).geturl()
    except ValueError:  # "http://[", say
        return ""


def read_site(capture: Capture, native_id: str = "") -> tuple[RobotsFile, Look]:
    """The rules of a robots.txt as answered, and its AI signals as a look without a status. Pure."""
    robots = read_robots(capture.status, capture.body, capture.fault, capture.headers)
    claims = site_signals(robots)
    carriers = carriers_read(robots)
    if carriers:
        carried = " ".join(sorted(carriers))
        claims = (*claims, Claim(Field.OPT_OUT_CARRIERS, carried, carried, Scope.SITE, "robots.txt"))
    return robots, Look(native_id, None, None, claims)


def _text(robots: RobotsFile) -> bytes:
    """What counts as a new version of the document: its rules, or the word for why there are none."""
    return f"{robots.state} {robots.sha256 if robots.state == 'rules' else robots.status}".encode()
