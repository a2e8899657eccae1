"""What an answer leads to: readings on record, follow-ups, another attempt, or the end of a photo's chain."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping

from crawler.evidence.clock import MILLISECONDS
from crawler.evidence.record import Recorder
from crawler.evidence.work import Job, WorkList
from crawler.fetching.lane import Lane
from crawler.fetching.pictures_desk import target_of
from crawler.fetching.robots_desk import RobotsDesk
from crawler.fetching.scribe import PhotoKey, Scribe
from crawler.fetching.sender import at_rest
from crawler.model import MAX_DEPTH, Answer, Capture, Look, Permission, Reason, Status, Target
from crawler.politeness.gate import origin_of
from crawler.politeness.pacing import Pacing
from crawler.politeness.retries import next_attempt
from crawler.politeness.retry_after import read_retry_after
from crawler.reading.embedded.look import READER
from crawler.sources.spider import SourceSpider

logger = logging.getLogger(__name__)


class Intake:
    """Takes answers in for one refresh. Synchronous: all rows of one answer stand in one transaction."""

    def __init__(
        self,
        recorder: Recorder,
        refresh: int,
        *,
        spiders: Mapping[str, SourceSpider],
        scribe: Scribe,
        work: WorkList,
        pacing: Pacing,
        robots: RobotsDesk,
        pictures: bool,
        rehearsal: bool,
    ) -> None:
        self._recorder = recorder
        self._refresh = refresh
        self._spiders = spiders
        self._scribe = scribe
        self._work = work
        self._pacing = pacing
        self._robots = robots
        self._pictures = pictures
        self._rehearsal = rehearsal

    def add(self, target: Target, lane: str | None = None) -> Job:
        """Put a target on the list, of ``lane`` if not of its own group; its photos' chains stay open until it is
        answered.
        """
        keys = keys_of(target)
        for key in keys:
            self._scribe.chains[key].open += 1
        pairs = {key[1]: tuple(self._scribe.chains[key].pairs) for key in keys}
        return self._work.add(target, pairs, lane=lane)

    def deny(self, job: Job, permission: Permission) -> None:
        """The job's target may not be asked: its photos are settled with that decision."""
        reason = permission.reason or Reason.ROBOTS
        for key in keys_of(job.target):
            if job.target.kind == "picture":  # its host refused; that says nothing of the photo
                self._close(key, site=job.target.context.get("site"))
            else:
                self._close(key, unseen=(reason, permission))
        self._work.done(job)

    def read(self, target: Target, capture: Capture) -> Answer:
        """The edge of the run: a reader that fails is recorded as ``unreadable``, and the run goes on."""
        try:
            return self._spiders[target.source].read(capture)
        except Exception as error:  # noqa: BLE001 - see the docstring
            name = type(error).__name__
            logger.warning("The reader of %s failed (%s); recorded as unreadable.", target.source, name)
            return Answer(tuple(_silent(native, f"reader failed: {name}") for native in target.serves))

    def take_in(self, lane: Lane, job: Job, answer: Answer, capture: Capture, row: int) -> None:
        """Record what was read, and go on with each photo the target serves."""
        target = job.target
        if answer.halt is not None:
            self._pacing.rest(target.group, answer.halt, f"{target.source} answered: {answer.halt.value}")
        if answer.retry is not None and self.again(lane, job, answer.retry, capture):
            return
        served = set(target.serves)
        followed = {native for follow in answer.follow for native in follow.serves}
        heard = {look.native_id for look in answer.looks} & served
        self._hear(target, (look for look in answer.looks if look.native_id in served), row)
        if answer.halt is None:
            missing = [
                n for n in served - heard - followed if not self._scribe.chains[target.source, n].looks
            ]
            self._hear(
                target, (_silent(native, "no answer about this photo") for native in sorted(missing)), row
            )
        for follow in answer.follow:
            if follow.depth <= MAX_DEPTH:
                lane.jobs.appendleft(self.add(follow))
        for key in keys_of(target):
            halted = answer.halt is not None and key[1] not in heard
            unseen = (answer.halt, at_rest(answer.halt)) if halted and answer.halt is not None else None
            site = self._site_of(key, capture)
            if unseen is None:
                self._ask_for_picture(lane, key, site)
            self._close(key, unseen=unseen, site=site)
        self._work.done(job)

    def take_in_picture(self, job: Job, look: Look | None, row: int) -> None:
        """The picture was the last that was asked about its photo; ``look`` is ``None`` where none came."""
        for key in keys_of(job.target):
            if look is not None:
                pair = (row, self._recorder.reading(READER, look))
                self._scribe.pictured(key, look, pair)
            self._close(key, site=job.target.context.get("site"))
        self._work.done(job)

    def _ask_for_picture(self, lane: Lane, key: PhotoKey, site: str | None) -> None:
        """Where all else about a photo is answered and it is there, ask for what its file says of itself."""
        if not self._pictures or self._scribe.chains[key].open != 1 or not self._scribe.shown(key):
            return
        target = target_of(self._scribe.chains[key].photo.wanted, site)
        if target is not None:
            lane.jobs.appendleft(self.add(target, lane=lane.group))

    def _hear(self, target: Target, looks: Iterable[Look], row: int) -> None:
        reader = self._spiders[target.source].reader()
        for look in looks:
            pair = (row, self._recorder.reading(reader, look))
            self._scribe.heard((target.source, look.native_id), look, pair)

    def again(self, lane: Lane, job: Job, reason: Reason, capture: Capture) -> bool:
        """Postpone a transient failure; False when there were attempts enough and the answer stands."""
        group = job.target.group
        asked = read_retry_after(capture.header("retry-after"), capture.fetched_at)
        wait = next_attempt(job.attempts + 1, asked)
        if wait is None or self._pacing.resting(group) is not None:
            return False
        if reason is Reason.RATE_LIMITED and capture.status not in (429, 503):
            # A rate limit in disguise (Unsplash's 403, field notes §4) slows the group like a real one.
            now = asyncio.get_running_loop().time()
            self._pacing.sent(group, now)
            self._pacing.answered(group, 429, None, now)
        at = self._recorder.file.clock.now() + round(wait * MILLISECONDS)
        lane.postpone(self._work.postpone(job, at))
        return True

    def _close(
        self,
        key: PhotoKey,
        *,
        unseen: tuple[Reason, Permission] | None = None,
        site: str | None = None,
    ) -> None:
        """One target of this photo is done; when it was the last, the photo is settled. ``site``: the origin whose
        robots.txt speaks for the page that answered.
        """
        chain = self._scribe.chains[key]
        chain.open -= 1
        if chain.open > 0:
            return
        before = set(self._scribe.outages)
        if unseen is not None:
            self._scribe.unseen(key, *unseen)
        else:
            rules = None if site is None else self._robots.in_hand(site)
            self._scribe.settle(key, None if rules is None else (rules.look, rules.pair))
        for source in self._scribe.outages - before:
            self._recorder.refresh_event(self._refresh, "outage", rehearsal=self._rehearsal, source=source)

    def _site_of(self, key: PhotoKey, capture: Capture) -> str | None:
        """The origin of the page that answered, or of the photo's page where an API answered."""
        page = self._scribe.chains[key].photo.wanted.ref.url
        url = page if capture.target.basis == "api" else capture.url
        return None if url is None else origin_of(url)


def keys_of(target: Target) -> list[PhotoKey]:
    """The photos a target serves."""
    return [(target.source, native) for native in target.serves]


def _silent(native: str, why: str) -> Look:
    return Look(native, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=(why,))
