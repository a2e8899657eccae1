"""Destroying erasable content: what leans on it is stored anew first, and a tombstone says what went."""

from __future__ import annotations

import orjson

from crawler.evidence.bodies import DeltaCoder, pack
from crawler.evidence.doomed import Doomed
from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder


def restore_dependants(file: EvidenceFile, bodies: set[int]) -> int:
    """Store bodies that lean on a destroyed one anew: the first alone, the others leaning on it."""
    moved = 0
    coder = DeltaCoder(file.load_body)
    for base in sorted(bodies):
        heir: int | None = None
        dependants = [
            row[0] for row in file.db.execute("SELECT body FROM body_bytes WHERE base = ?", (base,))
        ]
        for body in dependants:
            if body in bodies:
                continue
            data = file.load_body(body)
            packed = pack(data) if heir is None else coder.shared(heir, data)
            file.db.execute("UPDATE body_bytes SET base = ?, data = ? WHERE body = ?", (heir, packed, body))
            heir = heir or body
            moved += 1
    return moved


def destroy(file: EvidenceFile, doomed: Doomed, *, places: bool) -> None:
    """Delete contents and bodies, and what would find them again; narrows ``doomed`` to what was there.

    ``places``: also where the images come from, so that no refresh goes there.
    """
    db = file.db
    doomed.content = {
        h for h in doomed.content if db.execute("SELECT 1 FROM content WHERE hash = ?", (h,)).fetchone()
    }
    doomed.bodies = {
        b for b in doomed.bodies if db.execute("SELECT 1 FROM body_bytes WHERE body = ?", (b,)).fetchone()
    }
    db.executemany("DELETE FROM content WHERE hash = ?", [(h,) for h in doomed.content])
    db.executemany("DELETE FROM known WHERE target = ?", [(h,) for h in doomed.content])
    db.executemany("DELETE FROM known WHERE target = ?", [(r,) for r in doomed.readings])
    db.executemany("DELETE FROM body_bytes WHERE body = ?", [(b,) for b in doomed.bodies])
    db.executemany("DELETE FROM body_base WHERE body = ?", [(b,) for b in doomed.bodies])
    if places:
        db.executemany(
            "UPDATE place SET native = NULL, url = NULL, owner = NULL, grp = '' WHERE image = ?",
            [(i,) for i in doomed.images],
        )
        db.execute("DELETE FROM work")


def entomb(recorder: Recorder, doomed: Doomed, kind: str, why: str, who: str) -> None:
    """Append the tombstone: kind, reason, who decided, and the hashes that now stand for nothing."""
    destroyed = {"bodies": sorted(doomed.bodies), "content": sorted(h.hex() for h in doomed.content)}
    recorder.writer.append(
        "tombstone",
        kind,
        why,
        who,
        len(doomed.images),
        orjson.dumps(destroyed).decode(),
        recorder.file.clock.now(),
    )


def suppress(recorder: Recorder, doomed: Doomed, names: set[str], *, photos: bool) -> None:
    """Keyed digests of what must not come back: authors by name, and photos with their addresses."""
    digests = [(recorder.digest("author", name), "author") for name in names]
    if photos:
        digests += [(recorder.digest("photo", *photo), "photo") for photo in doomed.photos]
        digests += [(recorder.digest("url", url), "url") for url in doomed.urls]
    with recorder.writer.storage() as storage:
        storage.db.executemany("INSERT OR IGNORE INTO suppression VALUES (?,?)", digests)
