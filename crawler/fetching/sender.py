"""How one request goes out: permission, turn, wire, and the hops it leads to. Every request of a run passes here."""

from __future__ import annotations

import asyncio
from collections.abc import Set as AbstractSet
from dataclasses import replace

from crawler.evidence.clock import MILLISECONDS
from crawler.evidence.record import Recorder
from crawler.evidence.work import WorkList
from crawler.fetching.robots_desk import REDIRECTS, RobotsDesk, redirected
from crawler.fetching.wire import Wire
from crawler.model import Capture, Permission, Reason, Target
from crawler.politeness.gate import Gate, NeedsRobots, origin_of
from crawler.politeness.pacing import Pacing
from crawler.politeness.retry_after import read_retry_after
from crawler.sources.urls import host_of, registrable

MAX_HOPS = 5


class Sender:
    """``outages``: sources that rest as a whole, filled while the run goes on. ``stopping``: begin nothing new."""

    def __init__(
        self,
        recorder: Recorder,
        refresh: int,
        *,
        gate: Gate,
        pacing: Pacing,
        wire: Wire,
        work: WorkList,
        outages: AbstractSet[str],
    ) -> None:
        self._recorder = recorder
        self._refresh = refresh
        self._gate = gate
        self._wire = wire
        self._work = work
        self._outages = outages
        self.pacing = pacing
        self.stopping = asyncio.Event()
        self._awaited: set[asyncio.Event] = set()
        self.robots = RobotsDesk(recorder, refresh, pacing, self._send_in_turn, self._pause)
        self.requests = 0

    async def permission(self, target: Target) -> Permission | None:
        """The gate's decision with robots.txt in hand; ``None`` when the group went to rest meanwhile."""
        if target.source in self._outages:
            return at_rest(Reason.SUSPECT_OUTAGE)
        decision = self._gate.ask(target)
        if isinstance(decision, NeedsRobots):
            rules = self.robots.in_hand(decision.origin) or await self.robots.rules(
                decision.origin, target.source
            )
            if rules is None:
                return None
            decision = self._gate.ask(target, rules.robots)
            assert isinstance(decision, Permission)
        return decision

    async def turn(self, group: str, stirred: asyncio.Event | None = None) -> bool:
        """Wait for the group's turn and take it; False when the group rests or the run stops.

        ``stirred`` is set whenever an answer of the group came in, which may free a turn.
        """
        loop = asyncio.get_running_loop()
        while not self.stopping.is_set():
            now = loop.time()
            if self.pacing.resting(group) is not None:
                return False
            if self.pacing.may_send(group, now):
                self.pacing.sent(group, now)
                return True
            ready = self.pacing.ready_at(group, now) - now
            if stirred is None:
                await self.wait(self.stopping, ready if ready > 0 else 0.05)
            else:
                stirred.clear()
                await self.wait(stirred, ready if ready > 0 else None)
        return False

    def stop(self) -> None:
        """Begin nothing new, and wake everybody who waits."""
        self.stopping.set()
        for event in self._awaited:
            event.set()

    async def wait(self, event: asyncio.Event, seconds: float | None) -> None:
        """Wait for the event, the time, or the stop, whichever is first."""
        self._awaited.add(event)
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass
        finally:
            self._awaited.discard(event)

    async def _pause(self, seconds: float) -> None:
        """Wait, but not beyond the stop."""
        await self.wait(self.stopping, seconds)

    async def _send_in_turn(self, target: Target, via: tuple[str, ...]) -> Capture | None:
        """For robots.txt and redirect hops: turn, request, and what the answer means for the pace."""
        if not await self.turn(target.group):
            return None
        return await self._send(target, via)

    async def _send(self, target: Target, via: tuple[str, ...] = ()) -> Capture:
        loop = asyncio.get_running_loop()
        group = target.group
        try:
            capture = await self._wire.ask(target, via)
        except BaseException:
            self.pacing.abandoned(group)
            raise
        self.requests += 1
        wait = read_retry_after(capture.header("retry-after"), capture.fetched_at)
        self.pacing.answered(group, capture.status, wait, loop.time(), capture.fault)
        not_before = self.pacing.not_before(group)
        if not_before is not None:
            at = round(not_before.timestamp() * MILLISECONDS)
            self._work.rest(group, at, f"answered {capture.status}")
        return capture

    async def fetch(
        self, target: Target, permission: Permission
    ) -> tuple[Capture, Permission] | Permission | None:
        """Send a target whose turn was taken, and follow its redirects hop by hop through the gate.

        Gives the last answer with the permission it rests on, or the decision that stopped a redirect, or
        ``None`` when the run stopped in between.
        """
        capture = await self._send(target)
        while capture.status in REDIRECTS and capture.header("location"):
            self.keep(capture, permission)
            hop = _hop(target, capture)
            far = len(capture.redirected_from) >= MAX_HOPS
            allowed = at_rest(Reason.REDIRECT_REFUSED) if far else await self.permission(hop)
            after = None
            if allowed is not None and allowed.allowed:
                after = await self._send_in_turn(hop, (*capture.redirected_from, capture.url))
            if after is None or allowed is None:
                return None if self.stopping.is_set() else self._hop_refused(hop.group, allowed)
            capture, permission = after, allowed
        return capture, permission

    def keep(
        self, capture: Capture, permission: Permission, *, content: bool = True, kind: str | None = None
    ) -> int:
        """Record an exchange; without its content when it names somebody who was forgotten. ``kind``: the type of
        the bytes kept, where they are not those that were sent.
        """
        row = self._recorder.permission(permission)
        return self._recorder.capture(capture, self._refresh, row, keep=content, kind=kind)

    def _hop_refused(self, group: str, decision: Permission | None) -> Permission:
        """Why a redirect was not followed, as the decision the photo's snapshot rests on."""
        if decision is None or decision.allowed:
            reason, why = self.pacing.resting(group) or (Reason.SOURCE_RESTING, "its group rests")
            decision = at_rest(reason, why)
        return replace(
            decision,
            reason=Reason.REDIRECT_REFUSED,
            rule=f"redirected to an address not visited: {decision.rule}",
        )


def at_rest(reason: Reason, why: str = "") -> Permission:
    """The decision not to ask a source or group any more in this refresh."""
    return Permission(allowed=False, basis="rest", reason=reason, rule=why or reason.value.replace("_", " "))


def _hop(target: Target, capture: Capture) -> Target:
    """The next address of a redirect as a target of its own; keys and API terms don't cross to another origin."""
    url = redirected(capture.url, capture.header("location") or "")
    if origin_of(url) == origin_of(target.url):
        return replace(target, url=url)
    return replace(target, url=url, group=registrable(host_of(url)), basis="robots", key=None)
