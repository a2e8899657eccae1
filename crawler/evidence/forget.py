"""Forgetting on request: destroy the content, keep the proof that something stood there (DESIGN §3).

What goes: salted texts with their salts, bodies, addresses, headers. What stays: hashes, licence ids,
statuses, times. Bodies that leaned on a destroyed one are stored anew first. A keyed digest of what was
forgotten goes on the suppression list, so that no refresh brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from crawler.errors import BadInput
from crawler.evidence.bodies import DeltaCoder, pack
from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder

#: Names shorter than this are only looked for as a whole JSON string, or they would match inside other words.
SHORT_NAME = 5


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was destroyed: counts."""

    images: int
    texts: int
    bodies: int
    restored_bodies: int


@dataclass(slots=True)
class _Doomed:
    images: set[int] = field(default_factory=set)
    content: set[bytes] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    captures: set[int] = field(default_factory=set)
    readings: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    photos: set[tuple[str, str]] = field(default_factory=set)


def forget(
    file: EvidenceFile,
    *,
    why: str,
    who: str,
    image: str | None = None,
    author: str | None = None,
    url: str | None = None,
    credit_only: bool = False,
) -> Forgotten:
    """Destroy what is held of one image key, one author (name, profile address or id) or one address.

    ``credit_only`` destroys names and the bodies that hold them, and keeps titles and addresses. Raises
    BadInput when nothing in the file matches.
    """
    recorder = Recorder(file)
    images = (
        _by_key(file, image)
        if image is not None
        else _by_url(recorder, url)
        if url is not None
        else _by_author(file, author or "")
    )
    if not images:
        what = (
            f"image {image!r}"
            if image is not None
            else f"address {url!r}"
            if url is not None
            else "that author"
        )
        raise BadInput(f"Nothing in {file.path} matches {what}; nothing was forgotten.")
    doomed = _gather(file, images, credit_only=credit_only)
    if author:
        doomed.names.add(author)
    if url:
        doomed.urls.add(url)
    named = doomed.names if author is not None or credit_only else set()
    _gather_mentions(file, doomed, named, set() if credit_only else doomed.urls)
    kind = (
        "credit"
        if credit_only
        else "author"
        if author is not None
        else "image"
        if image is not None
        else "url"
    )
    with recorder.writer.storage() as storage:
        moved = _restore_dependants(storage, doomed.bodies)
        _destroy(storage, doomed, credit_only=credit_only)
    _suppress(recorder, doomed, named, photos=not credit_only)
    recorder.writer.append(
        "tombstone",
        kind,
        why,
        who,
        len(doomed.images),
        orjson.dumps(
            {"bodies": sorted(doomed.bodies), "content": sorted(h.hex() for h in doomed.content)}
        ).decode(),
        file.clock.now(),
    )
    recorder.writer.commit()
    file.db.execute("VACUUM")
    file.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Forgotten(len(doomed.images), len(doomed.content), len(doomed.bodies), moved)


def _by_key(file: EvidenceFile, key: str) -> set[int]:
    return {row[0] for row in file.db.execute("SELECT id FROM image WHERE key = ?", (key,))}


def _by_url(recorder: Recorder, url: str) -> set[int]:
    db = recorder.file.db
    images = {row[0] for row in db.execute("SELECT image FROM place WHERE url = ?", (url,))}
    for image, data in db.execute(
        "SELECT i.id, c.data FROM image i JOIN content c ON c.hash = i.declared_ref WHERE instr(c.data, ?)",
        (orjson.dumps(url),),
    ):
        row = orjson.loads(data)
        if url in (row.get("page_url"), row.get("image_url")):
            images.add(image)
    known = db.execute(
        "SELECT target FROM known WHERE digest = ?", (recorder.digest("address", url),)
    ).fetchone()
    if known is not None:
        captures = {row[0] for row in db.execute("SELECT id FROM capture WHERE url_ref = ?", (known[0],))}
        images |= _images_of(db.execute("SELECT image, looks FROM snapshot"), captures, position=0)
    return images


def _by_author(file: EvidenceFile, author: str) -> set[int]:
    db = file.db
    needle = orjson.dumps(author)
    images = {row[0] for row in db.execute("SELECT image FROM place WHERE owner = ?", (author,))}
    images |= {
        row[0]
        for row in db.execute(
            "SELECT i.id FROM image i JOIN content c ON c.hash = i.credit_ref WHERE instr(c.data, ?)",
            (needle,),
        )
    }
    readings = {
        row[0]
        for row in db.execute(
            "SELECT r.id FROM reading r JOIN content c ON c.hash IN (r.credit_ref, r.owner_ref) WHERE instr(c.data, ?)",
            (needle,),
        )
    }
    return images | _images_of(db.execute("SELECT image, looks FROM snapshot"), readings, position=1)


def _images_of(rows: Iterable[tuple[int, str]], wanted: set[int], *, position: int) -> set[int]:
    """Images whose snapshots look at one of the wanted captures (position 0) or readings (1)."""
    if not wanted:
        return set()
    return {image for image, looks in rows if any(pair[position] in wanted for pair in orjson.loads(looks))}


def _gather(file: EvidenceFile, images: set[int], *, credit_only: bool) -> _Doomed:
    db = file.db
    # The same photo may stand under several keys: what is known of it is one.
    photos = {
        (row[0], row[1])
        for image in images
        for row in db.execute(
            "SELECT source, native FROM place WHERE image = ? AND native IS NOT NULL", (image,)
        )
    }
    doomed = _Doomed(images=set(images), photos=photos)
    for source, native in photos:
        doomed.images |= {
            row[0]
            for row in db.execute("SELECT image FROM place WHERE source = ? AND native = ?", (source, native))
        }
    documents = {row[0] for row in db.execute("SELECT capture FROM document_version")}
    for image in doomed.images:
        declared, credit = db.execute(
            "SELECT declared_ref, credit_ref FROM image WHERE id = ?", (image,)
        ).fetchone()
        _take_declared(file, doomed, declared, credit, credit_only=credit_only)
        for owner, url in db.execute("SELECT owner, url FROM place WHERE image = ?", (image,)):
            doomed.names |= {owner} - {None}
            doomed.urls |= {url} - {None}
        for (looks,) in db.execute("SELECT looks FROM snapshot WHERE image = ?", (image,)):
            for capture, reading in orjson.loads(looks):
                if capture not in documents:
                    _take_capture(file, doomed, capture, credit_only=credit_only)
                    doomed.readings.add(reading)
    # Equal bytes are stored once: a bare "not found" page that other photos lead to as well tells nothing of
    # this one.
    for capture, body in db.execute("SELECT id, body FROM capture WHERE body IS NOT NULL"):
        if body in doomed.bodies and capture not in doomed.captures:
            doomed.bodies.discard(body)
    for reading in doomed.readings:
        credit, owner, text = db.execute(
            "SELECT credit_ref, owner_ref, text_ref FROM reading WHERE id = ?", (reading,)
        ).fetchone()
        for part in (credit, owner):
            doomed.names |= _names(file, part)
        doomed.content |= {bytes(h) for h in (credit, owner, None if credit_only else text) if h is not None}
    return doomed


def _take_declared(
    file: EvidenceFile, doomed: _Doomed, declared: bytes | None, credit: bytes | None, *, credit_only: bool
) -> None:
    for part in (declared, credit):
        data = _content(file, part)
        if data is not None and part is not None:
            row = orjson.loads(data)
            doomed.names |= {row[name] for name in ("author", "author_url") if name in row}
            doomed.urls |= {row[name] for name in ("page_url", "image_url") if name in row}
            if part is credit or not credit_only:
                doomed.content.add(bytes(part))


def _take_capture(file: EvidenceFile, doomed: _Doomed, capture: int, *, credit_only: bool) -> None:
    url, headers, via, body = file.db.execute(
        "SELECT url_ref, headers_ref, via_ref, body FROM capture WHERE id = ?", (capture,)
    ).fetchone()
    doomed.captures.add(capture)
    if body is not None:
        doomed.bodies.add(body)
    if not credit_only:
        doomed.content |= {bytes(h) for h in (url, headers, via) if h is not None}


def _content(file: EvidenceFile, digest: bytes | None) -> bytes | None:
    if digest is None:
        return None
    row = file.db.execute("SELECT data FROM content WHERE hash = ?", (digest,)).fetchone()
    return bytes(row[0]) if row else None


def _names(file: EvidenceFile, part: bytes | None) -> set[str]:
    data = _content(file, part)
    if data is None:
        return set()
    return {text for texts in orjson.loads(data).values() for text in texts[:2] if text}


def _gather_mentions(file: EvidenceFile, doomed: _Doomed, names: set[str], urls: set[str]) -> None:
    """Texts elsewhere in the file that carry the same names or addresses."""
    needles = {orjson.dumps(n) if len(n) < SHORT_NAME else orjson.dumps(n)[1:-1] for n in names}
    needles |= {orjson.dumps(u)[1:-1] for u in urls}
    for needle in needles:
        doomed.content |= {
            bytes(row[0])
            for row in file.db.execute(
                "SELECT hash FROM content WHERE kind != 'headers' AND instr(data, ?)", (needle,)
            )
        }


def _restore_dependants(file: EvidenceFile, bodies: set[int]) -> int:
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
            leans = heir if heir is not None and _stands_alone(file, body) else None
            packed = pack(data) if leans is None else coder.shared(leans, data)
            file.db.execute("UPDATE body_bytes SET base = ?, data = ? WHERE body = ?", (leans, packed, body))
            heir = body if heir is None and leans is None else heir
            moved += 1
    return moved


def _stands_alone(file: EvidenceFile, body: int) -> bool:
    """Whether nothing leans on this body, so that leaning itself keeps the depth."""
    return file.db.execute("SELECT 1 FROM body_bytes WHERE base = ? LIMIT 1", (body,)).fetchone() is None


def _destroy(file: EvidenceFile, doomed: _Doomed, *, credit_only: bool) -> None:
    db = file.db
    present = {
        h for h in doomed.content if db.execute("SELECT 1 FROM content WHERE hash = ?", (h,)).fetchone()
    }
    stored = {
        b for b in doomed.bodies if db.execute("SELECT 1 FROM body_bytes WHERE body = ?", (b,)).fetchone()
    }
    doomed.content, doomed.bodies = present, stored
    db.executemany("DELETE FROM content WHERE hash = ?", [(h,) for h in present])
    db.executemany("DELETE FROM known WHERE target = ?", [(h,) for h in present])
    db.executemany("DELETE FROM known WHERE target = ?", [(r,) for r in doomed.readings])
    db.executemany("DELETE FROM body_bytes WHERE body = ?", [(b,) for b in stored])
    db.executemany("DELETE FROM body_base WHERE body = ?", [(b,) for b in stored])
    if not credit_only:
        db.executemany(
            "UPDATE place SET native = NULL, url = NULL, owner = NULL, grp = '' WHERE image = ?",
            [(i,) for i in doomed.images],
        )
    else:
        db.executemany("UPDATE place SET owner = NULL WHERE image = ?", [(i,) for i in doomed.images])
    db.execute("DELETE FROM work")


def _suppress(recorder: Recorder, doomed: _Doomed, names: set[str], *, photos: bool) -> None:
    digests = [(recorder.digest("author", name), "author") for name in names]
    if photos:
        digests += [(recorder.digest("photo", *photo), "photo") for photo in doomed.photos]
        digests += [(recorder.digest("url", url), "url") for url in doomed.urls]
    with recorder.writer.storage() as storage:
        storage.db.executemany("INSERT OR IGNORE INTO suppression VALUES (?,?)", digests)
