"""When a politeness group may be asked next: one place for all spiders, never per worker (DESIGN §7).

The slowest of our default rate, Crawl-delay, quota and Retry-After holds. Times inside are seconds of a
monotonic clock that the caller passes in; only ``not_before`` and ``restore`` speak of wall time, so that a
restart honors a wait that was asked for.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from crawler.errors import BadInput
from crawler.model import Quota, Reason
from crawler.politeness.retries import back_off

DEFAULT_RATE: Final = 1.0  # requests a second
MAX_CRAWL_DELAY: Final = 60.0  # beyond it a site is reported, not crawled: a photo a minute helps nobody
MAX_RETRY_AFTER: Final = 3600.0  # beyond it the group rests for this refresh
REFUSALS_BEFORE_REST: Final = {429: 5, 503: 5, 401: 20, 403: 20}
FAULTS_BEFORE_REST: Final = 8
#: Above this rate (rehearsal only) latency and timer ticks would cap the rate, so bursts are allowed.
_HIGH_RATE: Final = 10.0
_BURST_SECONDS: Final = 0.1

Kind = Literal["pages", "api"]
_IN_FLIGHT: Final = {"pages": 1, "api": 2}  # platforms.md §11
_IN_FLIGHT_HIGH_RATE: Final = 16


def rehearsal_rate(environ: Mapping[str, str] | None = None) -> float | None:
    """Requests a second that replace our default rate and API quotas, in rehearsal only.

    Reads ``DEEDWATCH_REHEARSAL_RATE``; without ``DEEDWATCH_REHEARSAL_ORIGIN`` it is ignored, so that no
    forgotten variable makes us rude. Raises ``BadInput`` when it is not a positive number.
    """
    environ = os.environ if environ is None else environ
    text = environ.get("DEEDWATCH_REHEARSAL_RATE", "").strip()
    if not text or not environ.get("DEEDWATCH_REHEARSAL_ORIGIN", "").strip():
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 100_000:
        raise BadInput(f"DEEDWATCH_REHEARSAL_RATE is {text!r}; it must be a number of requests a second.")
    return rate


@dataclass(frozen=True, slots=True)
class Limit:
    """What slows a group now: ``words`` name the source ("Crawl-delay 5 s"), ``interval`` is in seconds."""

    interval: float
    words: str


@dataclass(slots=True)
class _Group:
    limit: Limit
    in_flight_max: int
    quota: Quota | None = None
    crawl_delay: float | None = None
    due: float = 0.0  # the schedule: the next request is due then
    last: float = float("-inf")  # when the latest request went out
    hold: float = 0.0  # Retry-After and back-off: nothing before then
    in_flight: int = 0
    recent: deque[float] = field(default_factory=deque)  # send times inside the quota's window
    refusals: int = 0
    refused_by: str = ""  # "wall" (401, 403) or "limit" (429, 503): counted apart
    faults: int = 0
    resting: tuple[Reason, str] | None = None


class Pacing:
    """State of all politeness groups of one refresh.

    ``clock`` gives monotonic seconds, ``wall`` the UTC time of the same moment. ``rate`` replaces the default
    rate *and* API quotas (rehearsal). ``in_flight`` overrides the number of unanswered requests per kind.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        *,
        rate: float | None = None,
        in_flight: Mapping[Kind, int] | None = None,
    ) -> None:
        self._clock = clock
        self._wall = wall
        self._rehearsal = rate is not None
        self._rate = DEFAULT_RATE if rate is None else rate
        self._in_flight = dict(_IN_FLIGHT) | dict(in_flight or {})
        self._groups: dict[str, _Group] = {}

    # -- what is known of a group ------------------------------------------------------------------

    def open(self, group: str, *, kind: Kind = "pages", quota: Quota | None = None) -> None:
        """Say what kind of group this is before its first request; later calls change kind and quota."""
        state = self._state(group)
        state.quota = None if self._rehearsal else quota
        state.in_flight_max = self._most_in_flight(kind)

    def obey_crawl_delay(self, group: str, seconds: float | None) -> None:
        """Hold the group to a Crawl-delay; several hosts in one group: the longest holds.

        Beyond ``MAX_CRAWL_DELAY`` the group rests, with a sentence for the report.
        """
        state = self._state(group)
        if seconds is None or seconds <= (state.crawl_delay or 0.0):
            return
        state.crawl_delay = seconds
        if seconds > MAX_CRAWL_DELAY:
            why = (
                f"robots.txt asks for {seconds:g} s between requests, beyond our cap of {MAX_CRAWL_DELAY:g} s"
            )
            self.rest(group, Reason.SOURCE_RESTING, why)
        elif seconds > state.limit.interval:
            state.due = max(state.due, state.last + seconds)
            state.limit = Limit(seconds, f"Crawl-delay {seconds:g} s")
            state.in_flight_max = 1

    def limit(self, group: str) -> Limit:
        """The interval in force and where it comes from, for reports."""
        state = self._state(group)
        if state.quota and state.quota.seconds / state.quota.requests > state.limit.interval:
            words = f"quota {state.quota.requests} in {state.quota.seconds:g} s"
            return Limit(state.quota.seconds / state.quota.requests, words)
        return state.limit

    # -- the turn ----------------------------------------------------------------------------------

    def ready_at(self, group: str, now: float) -> float:
        """Monotonic time of the next turn, ``now`` at the earliest; infinity while the group rests."""
        state = self._state(group)
        if state.resting:
            return float("inf")
        return max(now, state.due, state.hold, self._quota_free(state, now))

    def may_send(self, group: str, now: float) -> bool:
        """Whether a request may go out this instant: its turn has come and not too many are unanswered."""
        state = self._state(group)
        return state.in_flight < state.in_flight_max and self.ready_at(group, now) <= now

    def sent(self, group: str, now: float) -> None:
        """A request of this group goes out now; robots.txt, hops and retries count as well."""
        state = self._state(group)
        interval = state.limit.interval
        slack = _BURST_SECONDS if interval < 1 / _HIGH_RATE else 0.0
        state.due = max(state.due, now - slack) + interval
        state.last = now
        state.in_flight += 1
        if state.quota:
            state.recent.append(now)

    def answered(
        self, group: str, status: int, retry_after: float | None, now: float, fault: str | None = None
    ) -> None:
        """The answer to one ``sent``: ``status`` 0 and a ``fault`` when nothing whole came back.

        429 and 503 hold the whole group, by Retry-After (seconds) or else by growing, jittered waits; too
        many refusals or faults in a row put it to rest. Any other answer clears the counters.
        """
        state = self._state(group)
        state.in_flight = max(0, state.in_flight - 1)
        if fault is not None:
            self._count_fault(group, state, fault, now)
            return
        state.faults = 0
        if status not in REFUSALS_BEFORE_REST:
            state.refusals = 0
            if retry_after:  # also sent with 3xx (RFC 9110 §10.2.3)
                self._hold(group, state, retry_after, now)
            return
        refused_by = "wall" if status in (401, 403) else "limit"
        state.refusals = state.refusals + 1 if refused_by == state.refused_by else 1
        state.refused_by = refused_by
        if status in (429, 503):
            wait = back_off(state.refusals) if retry_after is None else retry_after
            self._hold(group, state, wait, now)
        if state.refusals >= REFUSALS_BEFORE_REST[status]:
            reason = Reason.FORBIDDEN if status in (401, 403) else Reason.RATE_LIMITED
            self.rest(group, reason, f"{state.refusals} answers {status} in a row")

    def abandoned(self, group: str) -> None:
        """A ``sent`` whose request never left (the guard refused it at connect, the run was stopped)."""
        state = self._state(group)
        state.in_flight = max(0, state.in_flight - 1)

    # -- rest --------------------------------------------------------------------------------------

    def rest(self, group: str, reason: Reason, why: str = "") -> None:
        """No more requests to this group in this refresh; the first reason given stays."""
        state = self._state(group)
        if state.resting is None:
            state.resting = (reason, why or reason.value)

    def resting(self, group: str) -> tuple[Reason, str] | None:
        """Why the group rests, as a closed-list word and a sentence part, or ``None``."""
        state = self._groups.get(group)
        return state.resting if state else None

    def at_rest(self) -> dict[str, tuple[Reason, str]]:
        """All resting groups, by name."""
        return {name: state.resting for name, state in sorted(self._groups.items()) if state.resting}

    # -- restart -----------------------------------------------------------------------------------

    def not_before(self, group: str) -> datetime | None:
        """Wall time (UTC) before which the group must not be asked, if that is still to come.

        Store it when it changes; give it to ``restore`` after a restart.
        """
        state = self._groups.get(group)
        now = self._clock()
        if state is None:
            return None
        until = max(state.hold, self._quota_free(state, now))
        return self._wall() + timedelta(seconds=until - now) if until > now else None

    def restore(self, group: str, not_before: datetime | None, sent: Iterable[datetime] = ()) -> None:
        """Take over from an earlier process: its ``not_before`` and, for quotas, its send times (UTC)."""
        state = self._state(group)
        now, wall = self._clock(), self._wall()
        if not_before is not None:
            state.hold = max(state.hold, now + (not_before.astimezone(UTC) - wall).total_seconds())
        past = sorted(now - (wall - when.astimezone(UTC)).total_seconds() for when in sent)
        if past:
            state.last = max(state.last, past[-1])
            state.due = max(state.due, state.last + state.limit.interval)
            state.recent.extendleft(reversed(past))

    # -- inside ------------------------------------------------------------------------------------

    def _state(self, group: str) -> _Group:
        state = self._groups.get(group)
        if state is None:
            words = "rehearsal rate" if self._rehearsal else "our default rate"
            state = _Group(Limit(1 / self._rate, words), self._most_in_flight("pages"))
            self._groups[group] = state
        return state

    def _most_in_flight(self, kind: Kind) -> int:
        most = self._in_flight[kind]
        return max(most, _IN_FLIGHT_HIGH_RATE) if self._rate > _HIGH_RATE else most

    def _quota_free(self, state: _Group, now: float) -> float:
        """When the sliding window has room for one more request."""
        quota = state.quota
        if quota is None:
            return now
        while state.recent and state.recent[0] <= now - quota.seconds:
            state.recent.popleft()
        if len(state.recent) < quota.requests:
            return now
        return state.recent[-quota.requests] + quota.seconds

    def _hold(self, group: str, state: _Group, seconds: float, now: float) -> None:
        state.hold = max(state.hold, now + seconds)
        if seconds > MAX_RETRY_AFTER:
            self.rest(group, Reason.RATE_LIMITED, f"asked to come back in {seconds:.0f} s")

    def _count_fault(self, group: str, state: _Group, fault: str, now: float) -> None:
        if fault not in ("dns", "timeout", "reset", "tls"):
            return  # one broken page says nothing about its host
        state.faults += 1
        state.hold = max(state.hold, now + min(back_off(state.faults), 30.0) if state.faults > 1 else 0.0)
        if state.faults >= FAULTS_BEFORE_REST:
            words = {"dns": Reason.DNS, "tls": Reason.TLS, "timeout": Reason.TIMEOUT}
            self.rest(group, words.get(fault, Reason.CONNECTION), f"{state.faults} faults ({fault}) in a row")
