"""The to-do list of a running refresh. Not evidence: rows come and go, and an ended refresh leaves none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson

from crawler.evidence.coding import target_from, target_json
from crawler.evidence.writer import Writer
from crawler.model import Target

Looks = tuple[tuple[int, int], ...]  # (capture, reading) ids


@dataclass(frozen=True, slots=True)
class Job:
    """One target to be asked: ``looks`` are what earlier answers gave, per native id of the photos it serves."""

    id: int
    target: Target
    looks: Mapping[str, Looks] = field(default_factory=dict)
    attempts: int = 0
    not_before: int = 0  # milliseconds UTC


class WorkList:
    """Jobs of one refresh, in the file so that they survive a crash."""

    def __init__(self, writer: Writer, refresh: int) -> None:
        self._writer = writer
        self._refresh = refresh
        with writer.storage() as storage:
            self._next = 1 + (storage.db.execute("SELECT max(id) FROM work").fetchone()[0] or 0)

    def add(
        self, target: Target, looks: Mapping[str, Looks] | None = None, *, lane: str | None = None
    ) -> Job:
        """Put a target on the list; ``lane`` is the group whose photos it serves, where it is asked of another."""
        job = Job(self._next, target, looks or {})
        self._next += 1
        with self._writer.storage() as storage:
            storage.db.execute(
                "INSERT INTO work VALUES (?,?,?,?,?,0,0)",
                (
                    job.id,
                    self._refresh,
                    lane or target.group,
                    target_json(target),
                    orjson.dumps(dict(job.looks)).decode(),
                ),
            )
        return job

    def postpone(self, job: Job, not_before: int) -> Job:
        """The same job, one attempt later, not before the given time."""
        later = replace(job, attempts=job.attempts + 1, not_before=not_before)
        with self._writer.storage() as storage:
            storage.db.execute(
                "UPDATE work SET attempts = ?, not_before = ? WHERE id = ?",
                (later.attempts, not_before, job.id),
            )
        return later

    def done(self, job: Job) -> None:
        """Take a job off the list."""
        with self._writer.storage() as storage:
            storage.db.execute("DELETE FROM work WHERE id = ?", (job.id,))

    def left(self, group: str) -> Sequence[Job]:
        """Jobs of a group that an earlier, interrupted run of this refresh left."""
        with self._writer.storage() as storage:
            rows = storage.db.execute(
                "SELECT id, target, looks, attempts, not_before FROM work WHERE refresh = ? AND grp = ? ORDER BY id",
                (self._refresh, group),
            ).fetchall()
        return [
            Job(
                row[0],
                target_from(row[1]),
                {name: tuple((c, r) for c, r in pairs) for name, pairs in orjson.loads(row[2]).items()},
                row[3],
                row[4],
            )
            for row in rows
        ]

    def rests(self) -> dict[str, tuple[int, str]]:
        """Groups that asked us to wait: not-before time in milliseconds UTC, and why."""
        with self._writer.storage() as storage:
            return {g: (t, w) for g, t, w in storage.db.execute("SELECT grp, not_before, why FROM rest")}

    def rest(self, group: str, not_before: int, why: str) -> None:
        """Remember a wait, so that the next process honours it."""
        with self._writer.storage() as storage:
            storage.db.execute("INSERT OR REPLACE INTO rest VALUES (?,?,?)", (group, not_before, why))

    def clear(self) -> None:
        """Forget all jobs: the refresh has ended."""
        with self._writer.storage() as storage:
            storage.db.execute("DELETE FROM work WHERE refresh = ?", (self._refresh,))
