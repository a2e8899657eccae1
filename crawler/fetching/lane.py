"""One politeness group's queue: jobs ready, jobs postponed, photos still to be expanded. No I/O."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from dataclasses import dataclass, field

from crawler.evidence.work import Job


@dataclass(slots=True)
class Lane:
    """State of one group; ``after`` is the last photo expanded, ``expanded`` whether none are left."""

    group: str
    jobs: deque[Job] = field(default_factory=deque)
    postponed: list[tuple[int, int, Job]] = field(default_factory=list)  # (not before in ms, id, job)
    after: tuple[str, str] = ("", "")
    expanded: bool = False
    running: set[asyncio.Task[None]] = field(default_factory=set)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def postpone(self, job: Job) -> None:
        """Put a job back until its time."""
        heapq.heappush(self.postponed, (job.not_before, job.id, job))

    def next_job(self, now: int) -> Job | None:
        """The next job whose time has come; ``now`` in milliseconds UTC."""
        if self.postponed and self.postponed[0][0] <= now:
            return heapq.heappop(self.postponed)[2]
        return self.jobs.popleft() if self.jobs else None

    def next_due(self) -> int | None:
        """When the first postponed job may be asked, in milliseconds UTC."""
        return self.postponed[0][0] if self.postponed else None

    def rest_of_jobs(self) -> list[Job]:
        """Take all jobs out, for a group that rests."""
        left = [*self.jobs, *(job for _, _, job in self.postponed)]
        self.jobs.clear()
        self.postponed.clear()
        return left
