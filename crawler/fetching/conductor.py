"""The one feeder: expands photos into targets and walks each politeness group's lane to its end.

Each politeness group has a lane of its own, so a slow host delays nobody else; a lane holds a few hundred photos
at most, so memory doesn't grow with the manifest. Everything a crash could lose is written within half a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from crawler.evidence import documents, places, recall
from crawler.evidence.clock import MILLISECONDS
from crawler.evidence.record import Recorder
from crawler.evidence.work import Job, WorkList
from crawler.fetching.documents import Text, texts
from crawler.fetching.documents_desk import DocumentsDesk
from crawler.fetching.intake import Intake, keys_of
from crawler.fetching.lane import Lane
from crawler.fetching.pictures_desk import PicturesDesk
from crawler.fetching.scribe import Scribe
from crawler.fetching.sender import Sender, at_rest
from crawler.fetching.wire import Wire
from crawler.model import Permission, Reason, Target
from crawler.politeness.gate import Gate, origin_of
from crawler.politeness.pacing import Pacing
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import registrable

ACTIVE_LANES = 512
#: Photos held ahead by all lanes together, and by one lane; a source that batches gets five batches whatever the sum.
PHOTOS_AHEAD = 8192
MOST_AHEAD, LEAST_AHEAD, BATCHES_AHEAD = 256, 16, 5
#: Answers of one lane that may be awaited at once; its pictures wait for the turn of another host.
MOST_RUNNING = 64
#: How long a stopping run waits for answers that are already on their way.
LAST_ANSWERS = 5.0


class Conductor:
    """Runs one refresh to its end, or until ``stop``.

    ``pictures``: the metadata in picture files is read too; ``documents``: license and terms pages are asked for when
    the photos are done. ``progress`` is called after each request answered or refused. Not restartable: one object
    per run.
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
        pictures: bool = False,
        documents: bool = True,
        rehearsal: bool,
        progress: Callable[[], None],
    ) -> None:
        self._recorder = recorder
        self._file = recorder.file
        self._refresh = refresh
        self._spiders = spiders
        self._progress = progress
        self._pictured = frozenset(n for n, s in spiders.items() if pictures or s.wants_picture_address)
        self._documents = documents
        self._work = WorkList(recorder.writer, refresh)
        self._failure: BaseException | None = None
        self._lanes = 1
        self.pacing = pacing
        self.scribe = scribe
        self._sender = Sender(
            recorder, refresh, gate=gate, pacing=pacing, wire=wire, work=self._work, outages=scribe.outages
        )
        self._stopping = self._sender.stopping
        self._hurried = asyncio.Event()
        self._pictures_desk = PicturesDesk(recorder, self._sender)
        self._documents_desk = DocumentsDesk(recorder, refresh, self._sender)
        self._intake = Intake(
            recorder,
            refresh,
            spiders=spiders,
            scribe=scribe,
            work=self._work,
            pacing=pacing,
            robots=self._sender.robots,
            pictures=pictures,
            rehearsal=rehearsal,
        )

    @property
    def settled(self) -> int:
        """Images that got their snapshot in this run."""
        return self.scribe.tally.total()

    @property
    def requests(self) -> int:
        """Requests answered in this run, robots.txt, hops and retries included."""
        return self._sender.requests

    def stop(self) -> None:
        """Begin no new request; answers on their way are still taken in. Asked twice, not even those."""
        if self._stopping.is_set():
            self._hurried.set()
        self._sender.stop()

    async def run(self) -> None:
        """Visit every group; raises what made the run fail (a full disk, say)."""
        self._settle_placeless()
        groups = places.groups_to_visit(self._file, self._refresh)
        self._prepare_pacing({group: source for group, source, _ in reversed(groups)})
        waiting = asyncio.Queue[str]()
        for group in dict.fromkeys(group for group, _, _ in groups):
            waiting.put_nowait(group)
        self._lanes = max(1, min(ACTIVE_LANES, waiting.qsize()))
        keeper = asyncio.create_task(self._keep_committing())
        try:
            await self._drive(self._walk_lanes(waiting) for _ in range(self._lanes))
            if self._documents and not self._stopping.is_set():
                await self._drive(map(self._documents_desk.walk, self._texts().values()))
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
        if self._failure is not None:
            raise self._failure
        if not self._stopping.is_set():
            self._work.clear()
        self._recorder.writer.commit()

    def _texts(self) -> dict[str, list[Text]]:
        """By politeness group, the documents due that this refresh's photos hang on."""
        self._recorder.writer.flush()
        sources, licenses = documents.hung_on(self._file, self._refresh)
        terms = [self._spiders[name].terms for name in sources if name in self._spiders]
        return self._documents_desk.due(texts(terms, licenses))

    async def _drive(self, walks: Iterable[Coroutine[Any, Any, None]]) -> None:
        """Walk side by side to the end, or until the run stops; raises what a walk raised."""
        workers = [asyncio.create_task(walk) for walk in walks]
        if not workers:
            return
        try:
            await self._until_done_or_stopped(workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _until_done_or_stopped(self, workers: list[asyncio.Task[None]]) -> None:
        """Wait for all lanes, but after a stop no longer than ``LAST_ANSWERS``. Raises what a lane raised."""
        lanes: asyncio.Task[Any] = asyncio.create_task(_all(workers))
        stopped: asyncio.Task[Any] = asyncio.create_task(self._stopping.wait())
        hurried: asyncio.Task[Any] = asyncio.create_task(self._hurried.wait())
        first = asyncio.FIRST_COMPLETED
        try:
            await asyncio.wait({lanes, stopped}, return_when=first)
            await asyncio.wait({lanes, hurried}, timeout=LAST_ANSWERS, return_when=first)
            if lanes.done():
                lanes.result()
        finally:
            for task in (lanes, stopped, hurried):
                task.cancel()

    def _prepare_pacing(self, source_of: Mapping[str, str]) -> None:
        for group, source in source_of.items():
            terms = self._spiders[source].terms
            if terms.api_host is not None and registrable(terms.api_host) == registrable(group):
                self.pacing.open(group, kind="api", quota=terms.quota)
        for group, (not_before, _) in self._work.rests().items():
            self.pacing.restore(group, datetime.fromtimestamp(not_before / MILLISECONDS, UTC))

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
                self.scribe.placeless(image, source, forgotten=source != "none")
            self._recorder.writer.commit()

    async def _walk_lanes(self, waiting: asyncio.Queue[str]) -> None:
        while not waiting.empty() and not self._stopping.is_set():
            await self._walk(Lane(waiting.get_nowait()))

    async def _walk(self, lane: Lane) -> None:
        """One lane, from its first photo to its last, or until the run stops."""
        try:
            await self._walk_to_the_end(lane)
            if lane.running:
                await asyncio.wait(lane.running)
        finally:
            for late in tuple(lane.running):
                late.cancel()

    async def _walk_to_the_end(self, lane: Lane) -> None:
        self._take_left(lane)
        while not self._stopping.is_set():
            lane.stirred.clear()
            resting = self.pacing.resting(lane.group)
            if resting is not None:
                self._put_to_rest(lane, at_rest(*resting))
            if len(lane.running) >= MOST_RUNNING:
                await self._sender.wait(lane.stirred, None)
                continue
            job = lane.next_job(self._file.clock.now()) or self._expand(lane)
            if job is not None and job.target.kind == "picture":
                self._start(lane, self._visit_picture(lane, job))
            elif job is not None:
                permission = await self._sender.permission(job.target)
                if permission is not None and not permission.allowed:
                    self._deny(job, permission)
                elif permission is not None and await self._sender.turn(lane.group, lane.stirred):
                    self._start(lane, self._visit(lane, job, permission))
                else:
                    lane.jobs.appendleft(job)  # the group rests, or the run stops
            elif lane.running or lane.postponed:
                due = lane.next_due()
                now = self._file.clock.now()
                await self._sender.wait(
                    lane.stirred, None if due is None else max(0, due - now) / MILLISECONDS
                )
            else:
                return

    def _take_left(self, lane: Lane) -> None:
        """Jobs an interrupted run left behind: their photos, and what earlier answers gave."""
        for job in self._work.left(lane.group):
            keys = keys_of(job.target)
            for key in keys:
                if key not in self.scribe.chains:
                    photo = places.photo(self._file, self._refresh, lane.group, *key, pictures=self._pictured)
                    if photo is not None:
                        self.scribe.begin(photo)
                        for pair in job.looks.get(key[1], ()):
                            self.scribe.heard(key, recall.look(self._file, key[1], pair[1])[1], pair)
            known = [key for key in keys if key in self.scribe.chains]
            if not known:
                self._work.done(job)
                continue
            for key in known:
                self.scribe.chains[key].open += 1
            lane.postpone(job)

    def _expand(self, lane: Lane) -> Job | None:
        """The next photos of the group as jobs; ``None`` when there are no more."""
        while not lane.expanded:
            # or photos would come again whose snapshot is written but not yet in the table
            self._recorder.writer.flush()
            ahead = self._ahead(lane.group)
            found = places.photos(
                self._file, self._refresh, lane.group, lane.after, ahead, pictures=self._pictured
            )
            if not found:
                lane.expanded = True
                break
            last = found[-1].wanted.ref
            lane.after = (last.source, last.native_id)
            for source, photos in self._new(found).items():
                for photo in photos:
                    self.scribe.begin(photo)
                for target in self._spiders[source].targets([photo.wanted for photo in photos]):
                    lane.jobs.append(self._intake.add(target))
            if lane.jobs:
                break
        return lane.next_job(self._file.clock.now())

    def _ahead(self, group: str) -> int:
        """How many photos a lane takes at a time: whole batches where its source batches, else its share."""
        batch = max((s.batch for s in self._spiders.values() if s.terms.api_host == group), default=1)
        share = max(LEAST_AHEAD, min(MOST_AHEAD, PHOTOS_AHEAD // self._lanes))
        return BATCHES_AHEAD * batch if batch > 1 else share

    def _new(self, found: list[places.Photo]) -> dict[str, list[places.Photo]]:
        """By source, without photos whose chain an earlier run began, and those of a source in suspected outage."""
        by_source: dict[str, list[places.Photo]] = {}
        for photo in found:
            key = (photo.wanted.ref.source, photo.wanted.ref.native_id)
            if key in self.scribe.chains:
                continue
            if key[0] in self.scribe.outages:
                self.scribe.begin(photo)
                self.scribe.unseen(key, Reason.SUSPECT_OUTAGE, at_rest(Reason.SUSPECT_OUTAGE))
                continue
            by_source.setdefault(key[0], []).append(photo)
        return by_source

    def _deny(self, job: Job, permission: Permission) -> None:
        self._intake.deny(job, permission)
        self._progress()

    def _put_to_rest(self, lane: Lane, permission: Permission) -> None:
        """The group refuses us: its photos are settled without being asked, a batch at a time."""
        while True:
            for job in lane.rest_of_jobs():
                self._deny(job, permission)
            first = self._expand(lane)
            if first is None:
                return
            lane.jobs.appendleft(first)

    def _start(self, lane: Lane, visit: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(visit)
        lane.running.add(task)

        def ended(done: asyncio.Task[None]) -> None:
            lane.running.discard(done)
            lane.stirred.set()
            if not done.cancelled() and done.exception() is not None and self._failure is None:
                self._failure = done.exception()
                self.stop()

        task.add_done_callback(ended)

    async def _visit(self, lane: Lane, job: Job, permission: Permission) -> None:
        """One job: ask, read, record."""
        target = job.target
        outcome = await self._sender.fetch(target, permission)
        if outcome is None:
            return  # the run stops; the job stays on the list for the next one
        if isinstance(outcome, Permission):
            self._deny(job, outcome)
            return
        capture, rests_on = outcome
        answer = self._intake.read(target, capture)
        # Whoever was forgotten on request is not stored again, under whichever photo the name comes back.
        forgotten = any(self._recorder.hides(look) for look in answer.looks)
        row = self._sender.keep(capture, rests_on, content=not forgotten)
        if target.basis == "api":
            await self._page_rules(target)
        self._intake.take_in(lane, job, answer, capture, row)
        self._progress()

    async def _visit_picture(self, lane: Lane, job: Job) -> None:
        """One picture: ask in the turn of its own host, read, record, and settle its photo."""
        target = job.target
        site = target.context.get("site")
        if site is not None and self._sender.robots.in_hand(site) is None:
            await self._sender.robots.rules(site, target.source)  # an earlier process had read it
        seen = await self._pictures_desk.ask(target)
        if seen is None:
            return
        if isinstance(seen, Permission):
            self._deny(job, seen)
            return
        row = self._pictures_desk.keep(seen)
        if seen.retry is None or not self._intake.again(lane, job, seen.retry, seen.captures[-1][0]):
            self._intake.take_in_picture(job, seen.look, row)
        self._progress()

    async def _page_rules(self, target: Target) -> None:
        """The robots.txt of a photo's page says what the site thinks of AI, though the API is what we ask."""
        for key in keys_of(target):
            url = self.scribe.chains[key].photo.wanted.ref.url
            if url is not None and self._sender.robots.in_hand(origin_of(url)) is None:
                await self._sender.robots.rules(origin_of(url), target.source)


async def _all(workers: list[asyncio.Task[None]]) -> None:
    """Until all are done, or one failed: then what it raised."""
    done, _ = await asyncio.wait(workers, return_when=asyncio.FIRST_EXCEPTION)
    for worker in done:
        worker.result()
