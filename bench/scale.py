"""A file of a million snapshots through the product's own API, quick to make: photos share captures and readings.

``python -m bench.scale DB IMAGES REFRESHES`` prints the CPU-seconds of its parts as JSON. A batch API is
the model: one answer serves 50 photos. 3,000 different readings give some hundred different findings. From
the second refresh on one photo in a hundred has another licence and one in five hundred is gone.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bench.filled import ALLOWED, HEADERS, MONTH, READER, START, list_images, look_at, timed
from crawler.evidence import derive
from crawler.evidence.clock import Clock
from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder, SnapshotRow
from crawler.model import Capture, Claim, Field, Findings, Look, Reason, Scope, Status, Target
from crawler.reading.findings import findings_of
from deedwatch.rules import RULES

POOL = 3000
BATCH = 50
_SIGNALS = (
    (Field.OPT_OUT, "robots-ai=disallow", Scope.SITE),
    (Field.OPT_OUT, "meta-robots=noai", Scope.PAGE),
    (Field.OPT_OUT, "content-signal.ai-train=no", Scope.SITE),
    (Field.MODEL_RELEASE, "available", Scope.IMAGE),
    (Field.PEOPLE, "people", Scope.IMAGE),
    (Field.AI_GENERATED, "yes", Scope.IMAGE),
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A reading and findings that many photos share, as row ids."""

    reading: int
    findings: int
    status: Status
    reason: Reason


def _pool() -> list[tuple[Look, Findings]]:
    looks = []
    for number in range(POOL):
        look = look_at(number, 0)
        signals = number * 40_503 >> 4
        extra = (
            Claim(field, value, value, scope, "/signal")
            for bit, (field, value, scope) in enumerate(_SIGNALS)
            if signals >> bit & 1 and signals >> (bit + 6) & 1
        )
        look = replace(look, claims=(*look.claims, *extra))
        looks.append((look, findings_of(look)))
    gone = Look("", Status.GONE, Reason.NOT_FOUND)
    return [*looks, (gone, findings_of(gone))]


def _which(number: int, turn: int) -> int:
    """The pool's entry that shows image ``number`` at refresh ``turn``; the last one is "gone"."""
    dice = number * 2_654_435_761 % 2**32
    if turn and (dice >> 3) % 500 == turn:
        return POOL
    return (number + sum(dice % 100 == after for after in range(1, turn + 1))) % POOL


def _visit(recorder: Recorder, images: list[int], pool: list[tuple[Look, Findings]], turn: int) -> None:
    refresh = recorder.refresh_event(None, "started", rehearsal=True)
    permission = recorder.permission(ALLOWED)
    known = [
        _Known(recorder.reading(READER, look), recorder.findings(found), found.status, found.reason)
        for look, found in pool
    ]
    authors = [recorder.pseudonym(f"id:{number}@N00") for number in range(5003)]
    capture = 0
    for number, image in enumerate(images):
        if number % BATCH == 0:
            url = f"https://api.example.org/photos?first={number}"
            target = Target("flickr", url, "api.example.org", basis="api")
            at = datetime.fromtimestamp(recorder.file.clock.now() / 1000, UTC)
            capture = recorder.capture(Capture(target, url, 200, HEADERS, b"", at), refresh, permission)
        here = known[_which(number, turn)]
        author = authors[number % 5003] if here.status is Status.AVAILABLE else None
        looks = ((capture, here.reading),)
        recorder.snapshot(
            SnapshotRow(image, refresh, here.status, here.reason, here.findings, author, READER, looks)
        )
        recorder.writer.commit_if_due()
    recorder.refresh_event(refresh, "finished", rehearsal=True)
    recorder.writer.commit()


def fill(path: Path, images: int, refreshes: int) -> dict[str, float]:
    """CPU-seconds of listing, of all looks, and of bringing the derived tables up to date."""
    took = dict.fromkeys(("listing", "looks", "derived"), 0.0)
    pool = _pool()
    for turn in range(refreshes):
        with EvidenceFile.write(path, clock=Clock(starts_at=START + turn * MONTH), create=True) as file:
            recorder = Recorder(file)
            if turn == 0:
                took["listing"] += timed(lambda: list_images(recorder, images))  # noqa: B023 - called at once
            listed = [row[0] for row in file.db.execute("SELECT id FROM image ORDER BY id")]
            took["looks"] += timed(lambda: _visit(recorder, listed, pool, turn))  # noqa: B023
            took["derived"] += timed(lambda: derive.catch_up(file, RULES))
    return took


if __name__ == "__main__":
    print(json.dumps(fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
