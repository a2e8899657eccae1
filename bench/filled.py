"""Fills an evidence file through the product's own API, for benches that need many rows and no network.

``python -m bench.filled DB IMAGES REFRESHES`` prints what it took as JSON. Shaped like Flickr through its
API: an image has a listing of its own, a photo of its own, a reading with seven claims. From the second
refresh on one photo in a hundred has another licence and one in five hundred is gone. Bodies are left out:
``bench.growth`` and ``bench.pipeline`` pay for them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from crawler.evidence import derive
from crawler.evidence.clock import Clock
from crawler.evidence.file import EvidenceFile
from crawler.evidence.listing import ListingBook, ManifestFacts, ReadImage
from crawler.evidence.record import Recorder, SnapshotRow
from crawler.model import (
    Basis,
    Capture,
    Claim,
    Declared,
    Field,
    Findings,
    ImageRef,
    Look,
    Permission,
    Reason,
    Scope,
    SourceRef,
    Status,
    Target,
)
from crawler.reading.findings import author_of, findings_of
from deedwatch.rules import RULES

READER = "flickr/1"
CHUNK = 5000
MONTH = 30 * 86_400_000
START = 1_756_717_200_000  # 2025-09-01T09:00:00Z, milliseconds
DEEDS = tuple(
    (f"CC-{terms.upper()}-2.0", f"https://creativecommons.org/licenses/{terms}/2.0/")
    for terms in ("by", "by-nc", "by-sa", "by-nd", "by-nc-sa", "by-nc-nd")
)
ALLOWED = Permission(allowed=True, basis="api_terms", rule="documented API", document=None)
HEADERS = (
    ("Content-Type", "application/json"),
    ("Date", "Mon, 01 Sep 2025 09:00:00 GMT"),
    ("Cache-Control", "private"),
    ("X-RateLimit-Limit", "3600"),
)
_TAGS = ("street", "night", "snow", "river", "market", "people", "no_cv", "baby")


def list_images(recorder: Recorder, images: int) -> None:
    """The dataset's rows, as reading a manifest leaves them."""
    facts = ManifestFacts("bench", "bench.csv", bytes(32), "table", {"key": "id"})
    book = ListingBook(recorder, facts)
    for number in range(images):
        name, url = DEEDS[number % 6]
        owner = f"{number % 5003}@N0{number % 9}"
        page = f"https://www.flickr.com/photos/{owner}/{number + 10**9}/"
        declared = Declared(
            license=name, license_url=url, author=f"Author {number % 5003}", title=f"Photo {number}"
        )
        ref = ImageRef(f"{number:07d}", page_url=page, declared=declared, row=f"line {number + 2}")
        place = SourceRef("flickr", str(number + 10**9), "api.flickr.com", page, owner)
        book.add(ReadImage(ref, place, name, "known"))
    book.close(0)


def look_at(number: int, turn: int) -> Look:
    """What the source says of one photo in one refresh."""
    native = str(number + 10**9)
    dice = number * 2_654_435_761 % 2**32
    if turn and (dice >> 3) % 500 == turn:
        return Look(native, Status.GONE, Reason.NOT_FOUND)
    changes = sum(dice % 100 == after for after in range(1, turn + 1))
    name, url = DEEDS[(number + changes) % 6]
    tags = " ".join(tag for bit, tag in enumerate(_TAGS) if dice >> (8 + bit) & 1)
    told = (
        (Field.LICENSE, name, url, "/photo/license"),
        (Field.AUTHOR, f"Author {number % 5003}", f"Author {number % 5003}", "/photo/owner/realname"),
        (Field.AUTHOR_ID, f"{number % 5003}@N00", f"{number % 5003}@N00", "/photo/owner/nsid"),
        (Field.TITLE, f"Photo {number}", f"Photo {number}", "/photo/title/_content"),
        (Field.UPLOADED, "2015-06-01T12:00:00Z", str(1_433_160_000 + dice % 10**6), "/photo/dateuploaded"),
        (Field.SAFETY, "safe", "0", "/photo/safety_level"),
        (Field.TAGS, tags, tags, "/photo/tags"),
    )
    claims = [Claim(field, value, raw, Scope.IMAGE, locator) for field, value, raw, locator in told]
    if "baby" in tags:
        claims.append(Claim(Field.MINORS, "minor", "baby", Scope.IMAGE, "/photo/tags", basis=Basis.KEYWORD))
    return Look(native, Status.AVAILABLE, Reason.SEEN, tuple(claims))


def visit(recorder: Recorder, images: list[int], turn: int) -> float:
    """One refresh: a capture, a reading and a snapshot an image, in the order in which the conductor writes them.

    Returns the CPU-seconds of the recorder alone; what a spider and the network would hand it is made outside.
    """
    file = recorder.file
    took = 0.0
    refresh = recorder.refresh_event(None, "started", rehearsal=True)
    for first in range(0, len(images), CHUNK):
        at = datetime.fromtimestamp(file.clock.now() / 1000, UTC)
        looks = [look_at(number, turn) for number in range(first, min(first + CHUNK, len(images)))]
        made = [
            (image, _capture(look.native_id, at), look, findings_of(look), author_of(look))
            for image, look in zip(images[first:], looks, strict=False)
        ]
        took += timed(lambda: _record(recorder, refresh, made))  # noqa: B023 - called at once
    recorder.refresh_event(refresh, "finished", rehearsal=True)
    return took + timed(recorder.writer.commit)


def _capture(native: str, at: datetime) -> Capture:
    url = f"https://api.flickr.com/services/rest/?method=flickr.photos.getInfo&photo_id={native}"
    return Capture(
        Target("flickr", url, "api.flickr.com", (native,), basis="api"), url, 200, HEADERS, b"", at
    )


def _record(
    recorder: Recorder, refresh: int, made: list[tuple[int, Capture, Look, Findings, str | None]]
) -> None:
    for image, seen, look, findings, author in made:
        capture = recorder.capture(seen, refresh, recorder.permission(ALLOWED))
        reading = recorder.reading(READER, look)
        recorder.snapshot(
            SnapshotRow(
                image,
                refresh,
                findings.status,
                findings.reason,
                recorder.findings(findings),
                recorder.pseudonym(author),
                READER,
                ((capture, reading),),
            )
        )
        recorder.writer.commit_if_due()


def fill(path: Path, images: int, refreshes: int) -> dict[str, float]:
    """Rows written and CPU-seconds taken: of listing, of the first refresh, of the others, of bringing the derived
    tables up to date.
    """
    took = dict.fromkeys(("listing", "first", "later", "derived"), 0.0)
    rows = dict.fromkeys(("listing_rows", "first_rows", "later_rows"), 0.0)
    for turn in range(refreshes):
        with EvidenceFile.write(path, clock=Clock(starts_at=START + turn * MONTH), create=True) as file:
            recorder = Recorder(file)
            if turn == 0:
                began = file.last_entry()[2]
                took["listing"] += timed(lambda: list_images(recorder, images))  # noqa: B023
                rows["listing_rows"] = file.last_entry()[2] - began
            listed = [row[0] for row in file.db.execute("SELECT id FROM image ORDER BY id")]
            began = file.last_entry()[2]
            part = "later" if turn else "first"
            took[part] += visit(recorder, listed, turn)
            rows[f"{part}_rows"] += file.last_entry()[2] - began
            took["derived"] += timed(lambda: derive.catch_up(file, RULES))
    return took | rows


def timed(work: Callable[[], None]) -> float:
    """CPU-seconds of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    print(json.dumps(fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
