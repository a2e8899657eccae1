"""The one feeder: expands photos into targets, asks the gate, waits for the turn, sends, and hands answers
on.

Each politeness group has a lane of its own, so a slow host delays nobody else; a lane holds a few hundred
photos at most, so memory doesn't grow with the manifest. Everything a crash could lose is written within half
a second.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from crawler.evidence import places, recall
from crawler.evidence.clock import MILLISECONDS
from crawler.evidence.record import Recorder
from crawler.evidence.work import Job, WorkList
from crawler.fetching.lane import Lane
from crawler.fetching.robots_desk import REDIRECTS, RobotsDesk, SiteRules
from crawler.fetching.scribe import PhotoKey, Scribe
from crawler.fetching.wire import Wire
from crawler.model import MAX_DEPTH, Answer, Capture, Look, Permission, Reason, Status, Target
from crawler.politeness.gate import Gate, NeedsRobots, origin_of
from crawler.politeness.pacing import Pacing
from crawler.politeness.retries import next_attempt
from crawler.politeness.retry_after import read_retry_after
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of, registrable

logger = logging.getLogger(__name__)

ACTIVE_LANES = 512
PHOTOS_AHEAD = 256
MAX_HOPS = 5
#: How long a stopping run waits for answers that are already on their way.
LAST_ANSWERS = 5.0


class Conductor:
    """Runs one refresh to its end, or until ``stop``.

    ``progress`` is called after each photo settled and each request answered. Not restartable: one object per
    run.
    """

    def __init__(
        self,
        recorder: Recorder,
        refresh: int,
        *,
        spiders: Mapping[str, SourceSpider],
        gate: Gate,
        pacing: Pacing,
        wire: Wire,
        scribe: Scribe,
        rehearsal: bool,
        progress: Callable[[], None],
    ) -> None:
        self._recorder = recorder
        self._file = recorder.file
        self._refresh = refresh
        self._spiders = spiders
        self._gate = gate
        self._pacing = pacing
        self._wire = wire
        self._scribe = scribe
        self._rehearsal = rehearsal
        self._progress = progress
        self._work = WorkList(recorder.writer, refresh)
        self._robots = RobotsDesk(recorder, refresh, pacing, self._send_in_turn)
        self._stopping = asyncio.Event()
        self._failure: BaseException | None = None
        self.requests = 0

    @property
    def settled(self) -> int:
        """Images that got their snapshot in this run."""
        return self._scribe.tally.total()

    @property
    def scribe(self) -> Scribe:
        """What was written down, for the summary."""
        return self._scribe

    @property
    def pacing(self) -> Pacing:
        """Who rests and why, for the summary."""
        return self._pacing

    # The run

    def stop(self) -> None:
        """Begin no new request; answers on their way are still taken in."""
        self._stopping.set()

    async def run(self) -> None:
        """Visit every group; raises what made the run fail (a full disk, say)."""
        self._settle_placeless()
        groups = places.groups_to_visit(self._file, self._refresh)
        self._prepare_pacing({group: source for group, source, _ in reversed(groups)})
        waiting = asyncio.Queue[str]()
        for group in dict.fromkeys(group for group, _, _ in groups):
            waiting.put_nowait(group)
        keeper = asyncio.create_task(self._keep_committing())
        workers = [
            asyncio.create_task(self._walk_lanes(waiting)) for _ in range(min(ACTIVE_LANES, waiting.qsize()))
        ]
        try:
            await asyncio.gather(*workers)
        finally:
            keeper.cancel()
            for worker in workers:
                worker.cancel()
            await asyncio.gather(keeper, *workers, return_exceptions=True)
        if self._failure is not None:
            raise self._failure
        if not self._stopping.is_set():
            self._work.clear()
        self._recorder.writer.commit()

    def _prepare_pacing(self, source_of: Mapping[str, str]) -> None:
        for group, source in source_of.items():
            terms = self._spiders[source].terms
            if terms.api_host is not None and registrable(terms.api_host) == registrable(group):
                self._pacing.open(group, kind="api", quota=terms.quota)
        for group, (not_before, _) in self._work.rests().items():
            self._pacing.restore(group, datetime.fromtimestamp(not_before / MILLISECONDS, UTC))

    async def _keep_committing(self) -> None:
        while True:
            await asyncio.sleep(0.25)
            try:
                self._recorder.writer.commit_if_due()
            except BaseException as error:
                self._failure = error
                self.stop()
                raise

    def _settle_placeless(self) -> None:
        while batch := places.placeless(self._file, self._refresh, 1000):
            for image, source in batch:
                self._scribe.placeless(image, source, forgotten=source != "none")
            self._recorder.writer.commit()

    async def _walk_lanes(self, waiting: asyncio.Queue[str]) -> None:
        while not waiting.empty() and not self._stopping.is_set():
            await self._walk(Lane(waiting.get_nowait()))

    # One lane

    async def _walk(self, lane: Lane) -> None:
        self._take_left(lane)
        while not self._stopping.is_set():
            lane.stirred.clear()
            if self._resting(lane.group) is not None:
                self._put_to_rest(lane)
            job = lane.next_job(self._file.clock.now()) or self._expand(lane)
            if job is not None:
                permission = await self._permission(job.target)
                if permission is not None and not permission.allowed:
                    self._deny(job, permission)
                elif permission is not None and await self._turn(lane.group, lane):
                    self._start(lane, job, permission)
                else:
                    lane.jobs.appendleft(job)  # the group rests, or the run stops
                continue
            if not lane.running and not lane.postponed:
                return
            await self._stir(lane)
        if lane.running:
            _, late = await asyncio.wait(lane.running, timeout=LAST_ANSWERS)
            for task in late:
                task.cancel()

    async def _stir(self, lane: Lane) -> None:
        """Wait until an answer came, or the next postponed job is due."""
        due = None
        if lane.postponed:
            due = max(0.0, (lane.postponed[0][0] - self._file.clock.now()) / MILLISECONDS)
        await self._wait(lane.stirred, due)

    async def _wait(self, event: asyncio.Event, seconds: float | None) -> None:
        """Wait for the event, the time, or the stop, whichever is first."""
        waits = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(self._stopping.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _take_left(self, lane: Lane) -> None:
        """Jobs an interrupted run left behind: their photos, and what earlier answers gave."""
        for job in self._work.left(lane.group):
            keys = self._keys(job.target)
            for key in keys:
                if key not in self._scribe.chains:
                    photo = places.photo(self._file, self._refresh, lane.group, *key)
                    if photo is not None:
                        self._scribe.begin(photo)
                        for pair in job.looks.get(key[1], ()):
                            self._scribe.heard(key, recall.look(self._file, key[1], pair[1])[1], pair)
            known = [key for key in keys if key in self._scribe.chains]
            if not known:
                self._work.done(job)
                continue
            for key in known:
                self._scribe.chains[key].open += 1
            lane.postpone(job)

    def _expand(self, lane: Lane) -> Job | None:
        """The next photos of the group as jobs; ``None`` when there are no more."""
        if lane.expanded:
            return None
        found = places.photos(self._file, self._refresh, lane.group, lane.after, PHOTOS_AHEAD)
        lane.expanded = len(found) < PHOTOS_AHEAD
        if found:
            last = found[-1].wanted.ref
            lane.after = (last.source, last.native_id)
        by_source: dict[str, list[places.Photo]] = {}
        for photo in found:
            ref = photo.wanted.ref
            if (ref.source, ref.native_id) in self._scribe.chains:
                continue
            if ref.source in self._scribe.outages:
                self._scribe.begin(photo)
                self._scribe.unseen(
                    (ref.source, ref.native_id), Reason.SUSPECT_OUTAGE, _rest(Reason.SUSPECT_OUTAGE)
                )
                continue
            by_source.setdefault(ref.source, []).append(photo)
        for source, photos in by_source.items():
            for photo in photos:
                self._scribe.begin(photo)
            for target in self._spiders[source].targets([photo.wanted for photo in photos]):
                lane.jobs.append(self._add(target))
        return lane.next_job(self._file.clock.now()) or (self._expand(lane) if not lane.expanded else None)

    def _add(self, target: Target) -> Job:
        keys = self._keys(target)
        for key in keys:
            self._scribe.chains[key].open += 1
        return self._work.add(target, {key[1]: tuple(self._scribe.chains[key].pairs) for key in keys})

    @staticmethod
    def _keys(target: Target) -> list[PhotoKey]:
        return [(target.source, native) for native in target.serves]

    # Permission and turn

    def _deny(self, job: Job, permission: Permission) -> None:
        reason = permission.reason or Reason.ROBOTS
        for key in self._keys(job.target):
            self._closed(key, unseen=(reason, permission))
        self._work.done(job)
        self._progress()

    async def _permission(self, target: Target) -> Permission | None:
        """The gate's decision with robots.txt in hand; ``None`` when the group went to rest meanwhile."""
        if target.source in self._scribe.outages:
            return _rest(Reason.SUSPECT_OUTAGE)
        decision = self._gate.ask(target)
        if isinstance(decision, NeedsRobots):
            rules = self._robots.in_hand(decision.origin) or await self._robots.rules(
                decision.origin, target.source
            )
            if rules is None:
                return None
            decision = self._gate.ask(target, rules.robots)
            assert isinstance(decision, Permission)
        return decision

    def _resting(self, group: str) -> tuple[Reason, str] | None:
        return self._pacing.resting(group)

    def _put_to_rest(self, lane: Lane) -> None:
        """The group refuses us: its photos are settled without being asked, a batch at a time."""
        resting = self._resting(lane.group)
        assert resting is not None
        reason, why = resting
        permission = Permission(allowed=False, basis="rest", reason=reason, rule=why)
        while True:
            for job in lane.rest_of_jobs():
                self._deny(job, permission)
            first = self._expand(lane)
            if first is None:
                return
            lane.jobs.appendleft(first)

    async def _turn(self, group: str, lane: Lane | None = None) -> bool:
        """Wait for the group's turn and take it; False when the group rests or the run stops."""
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            now = loop.time()
            if self._resting(group) is not None:
                return False
            if self._pacing.may_send(group, now):
                self._pacing.sent(group, now)
                return True
            ready = self._pacing.ready_at(group, now) - now
            event = lane.stirred if lane is not None else self._stopping
            if lane is not None:
                lane.stirred.clear()
            await self._wait(event, ready if ready > 0 else (None if lane is not None else 0.05))
        return False

    async def _send_in_turn(self, target: Target, via: tuple[str, ...]) -> Capture | None:
        """For robots.txt and redirect hops: turn, request, and what the answer means for the pace."""
        if not await self._turn(target.group):
            return None
        return await self._send(target, via)

    async def _send(self, target: Target, via: tuple[str, ...] = ()) -> Capture:
        loop = asyncio.get_running_loop()
        try:
            capture = await self._wire.ask(target, via)
        except BaseException:
            self._pacing.abandoned(target.group)
            raise
        self.requests += 1
        wait = read_retry_after(capture.header("retry-after"), capture.fetched_at)
        self._pacing.answered(target.group, capture.status, wait, loop.time(), capture.fault)
        not_before = self._pacing.not_before(target.group)
        if not_before is not None:
            self._work.rest(
                target.group, round(not_before.timestamp() * MILLISECONDS), f"answered {capture.status}"
            )
        return capture

    # One job

    def _start(self, lane: Lane, job: Job, permission: Permission) -> None:
        task = asyncio.create_task(self._visit(lane, job, permission))
        lane.running.add(task)

        def ended(done: asyncio.Task[None]) -> None:
            lane.running.discard(done)
            lane.stirred.set()
            if not done.cancelled() and done.exception() is not None and self._failure is None:
                self._failure = done.exception()
                self.stop()

        task.add_done_callback(ended)

    async def _visit(self, lane: Lane, job: Job, permission: Permission) -> None:
        target = job.target
        capture = await self._send(target)
        hops = 0
        while capture.status in REDIRECTS and capture.header("location"):
            hops += 1
            self._keep(capture, permission)
            hop = self._hop(target, capture)
            allowed = _rest(Reason.REDIRECT_REFUSED) if hops > MAX_HOPS else await self._permission(hop)
            after = None
            if allowed is not None and allowed.allowed:
                after = await self._send_in_turn(hop, (*capture.redirected_from, capture.url))
            if after is None or allowed is None:
                if self._stopping.is_set():
                    return  # the job stays on the list for the next run
                self._deny(job, self._hop_refused(hop.group, allowed))
                return
            capture, permission = after, allowed
        answer = self._read(target, capture)
        # Whoever was forgotten on request is not stored again, under whichever photo the name comes back.
        forgotten = any(self._recorder.hides(look) for look in answer.looks)
        row = self._keep(capture, permission, content=not forgotten)
        if target.basis == "api":
            await self._page_rules(target)
        self._take_in(lane, job, answer, capture, row)
        self._progress()

    async def _page_rules(self, target: Target) -> None:
        """An API's photos live on pages: the robots.txt there says what the site thinks of AI, though we ask
        the API.
        """
        for key in self._keys(target):
            url = self._scribe.chains[key].photo.wanted.ref.url
            if url is not None and self._robots.in_hand(origin_of(url)) is None:
                await self._robots.rules(origin_of(url), target.source)

    def _hop_refused(self, group: str, decision: Permission | None) -> Permission:
        """Why a redirect was not followed, as the decision the photo's snapshot rests on."""
        if decision is None or decision.allowed:
            reason, why = self._resting(group) or (Reason.SOURCE_RESTING, "its group rests")
            decision = Permission(allowed=False, basis="rest", reason=reason, rule=why)
        return replace(
            decision,
            reason=Reason.REDIRECT_REFUSED,
            rule=f"redirected to an address not visited: {decision.rule}",
        )

    @staticmethod
    def _hop(target: Target, capture: Capture) -> Target:
        url = urljoin(capture.url, capture.header("location") or "")
        same = origin_of(url) == origin_of(target.url)
        return Target(
            source=target.source,
            url=url,
            group=target.group if same else registrable(host_of(url)),
            serves=target.serves,
            basis=target.basis if same else "robots",
            key=target.key if same else None,
            accept=target.accept,
            depth=target.depth,
            context=target.context,
        )

    def _keep(self, capture: Capture, permission: Permission, *, content: bool = True) -> int:
        row = self._recorder.permission(permission)
        return self._recorder.capture(capture, self._refresh, row, keep=content)

    def _read(self, target: Target, capture: Capture) -> Answer:
        """The edge of the run: a reader that fails is recorded as ``unreadable``, and the run goes on."""
        try:
            return self._spiders[target.source].read(capture)
        except Exception as error:  # noqa: BLE001 - see the docstring
            logger.warning(
                "The reader of %s failed (%s); recorded as unreadable.", target.source, type(error).__name__
            )
            failed = f"reader failed: {type(error).__name__}"
            looks = (
                Look(n, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=(failed,)) for n in target.serves
            )
            return Answer(looks=tuple(looks))

    def _take_in(self, lane: Lane, job: Job, answer: Answer, capture: Capture, row: int) -> None:
        target = job.target
        if answer.halt is not None:
            self._pacing.rest(target.group, answer.halt, f"{target.source} answered: {answer.halt.value}")
        if answer.retry is not None and self._again(lane, job, answer.retry, capture):
            return
        reader = self._spiders[target.source].reader()
        heard = set()
        for look in answer.looks:
            key = (target.source, look.native_id)
            if key in self._scribe.chains and look.native_id in target.serves:
                heard.add(look.native_id)
                self._scribe.heard(key, look, (row, self._recorder.reading(reader, look)))
        for native in set(target.serves) - heard:
            if not self._scribe.chains[target.source, native].looks and answer.halt is None:
                silent = Look(
                    native, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=("no answer about this photo",)
                )
                self._scribe.heard(
                    (target.source, native), silent, (row, self._recorder.reading(reader, silent))
                )
        for follow in answer.follow:
            if follow.depth <= MAX_DEPTH:
                lane.jobs.appendleft(self._add(follow))
        for key in self._keys(target):
            halted = (
                (answer.halt, _rest(answer.halt)) if answer.halt is not None and key[1] not in heard else None
            )
            self._closed(key, unseen=halted, capture=capture)
        self._work.done(job)

    def _again(self, lane: Lane, job: Job, reason: Reason, capture: Capture) -> bool:
        """Postpone a transient failure; False when there were attempts enough and the answer stands."""
        wait = next_attempt(
            job.attempts + 1, read_retry_after(capture.header("retry-after"), capture.fetched_at)
        )
        if wait is None or self._resting(job.target.group) is not None:
            return False
        if reason is Reason.RATE_LIMITED and capture.status not in (429, 503):
            # A rate limit in disguise (Unsplash's 403, field notes §4) slows the group like a real one.
            self._pacing.sent(job.target.group, asyncio.get_running_loop().time())
            self._pacing.answered(job.target.group, 429, None, asyncio.get_running_loop().time())
        lane.postpone(self._work.postpone(job, self._file.clock.now() + round(wait * MILLISECONDS)))
        return True

    def _closed(
        self,
        key: PhotoKey,
        *,
        unseen: tuple[Reason, Permission] | None = None,
        capture: Capture | None = None,
    ) -> None:
        """One target of this photo is done; when it was the last, the photo is settled."""
        chain = self._scribe.chains[key]
        chain.open -= 1
        if chain.open > 0:
            return
        before = set(self._scribe.outages)
        if unseen is not None:
            self._scribe.unseen(key, *unseen)
        else:
            site = self._site_rules(chain.photo.wanted.ref.url, capture)
            self._scribe.settle(key, None if site is None else (site.look, site.pair))
        for source in self._scribe.outages - before:
            self._recorder.refresh_event(self._refresh, "outage", rehearsal=self._rehearsal, source=source)

    def _site_rules(self, page: str | None, capture: Capture | None) -> SiteRules | None:
        """The robots.txt of the page that answered, or of the photo's page where an API answered."""
        if capture is None:
            return None
        url = page if capture.target.basis == "api" else capture.url
        return None if url is None else self._robots.in_hand(origin_of(url))


def _rest(reason: Reason) -> Permission:
    return Permission(allowed=False, basis="rest", reason=reason, rule=reason.value.replace("_", " "))
