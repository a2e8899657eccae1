"""Which rows hold what must be forgotten: from a key, a name or an address to texts and bodies. Deletes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from crawler.evidence.file import EvidenceFile
from crawler.evidence.naming import folded, leads_to, strings, tells, value_of
from crawler.evidence.record import Recorder
from crawler.model import Field

#: Fields that always name a person.
NAMING = frozenset({Field.AUTHOR, Field.AUTHOR_ID, Field.AUTHOR_URL})


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a forgetting goes, by kind of content; names and bodies always go, for a body may hold a name."""

    texts: bool  # titles, tags, quotes
    owner: bool  # the owner's id on the platform
    addresses: bool  # page and file addresses, headers, what the manifest declares


EVERYTHING = Reach(texts=True, owner=True, addresses=True)
CREDIT_ONLY = Reach(texts=False, owner=True, addresses=False)
#: What a source's terms ask of a photo that is no longer public: free text goes; owner id, addresses, hashes stay.
FREE_TEXT = Reach(texts=True, owner=False, addresses=False)


@dataclass(slots=True)
class Doomed:
    """What a forgetting is about to destroy, and the names, addresses and photos it concerns."""

    images: set[int] = field(default_factory=set)
    content: set[bytes] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    captures: set[int] = field(default_factory=set)
    readings: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    photos: set[tuple[str, str]] = field(default_factory=set)


def by_key(file: EvidenceFile, key: str) -> set[int]:
    """Images with this key of the manifest."""
    return {row[0] for row in file.db.execute("SELECT id FROM image WHERE key = ?", (key,))}


def by_url(recorder: Recorder, url: str) -> set[int]:
    """Images that declare this address, show the photo of this page, or were looked at under it."""
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


def by_author(file: EvidenceFile, author: str) -> set[int]:
    """Images whose manifest row or source names this author: display name, profile address or id, as a whole value.

    A credit line counts where one author alone stands beside it, or none (Flickr's real names are credits); one that
    several authors share is an agency's or a site's.
    """
    name = folded(author)
    if not name:
        return set()
    db = file.db
    images = {row[0] for row in db.execute("SELECT image FROM place WHERE owner = ?", (author,))}
    for image, data in db.execute(
        "SELECT i.id, c.data FROM image i JOIN content c ON c.hash = i.credit_ref"
    ).fetchall():
        if any(folded(value) == name for value in strings("credit", data)):
            images.add(image)
    readings = _readings_naming(file, name)
    return images | _images_of(db.execute("SELECT image, looks FROM snapshot"), readings, position=1)


def _readings_naming(file: EvidenceFile, name: str) -> set[int]:
    """Readings with a claim of this folded name: of an author, or of a credit that is one author's alone."""
    named: set[int] = set()
    credited: set[int] = set()
    authors: set[frozenset[str]] = set()
    for reading, data in file.db.execute(
        "SELECT r.id, c.data FROM reading r JOIN content c ON c.hash IN (r.credit_ref, r.owner_ref)"
    ).fetchall():
        slots = {n for n, texts in orjson.loads(data).items() if folded(value_of(texts) or "") == name}
        if not slots:
            continue
        fields = {
            field
            for n, field in file.db.execute("SELECT n, field FROM claim WHERE reading = ?", (reading,))
            if str(n) in slots
        }
        if fields & NAMING:
            named.add(reading)
        elif Field.CREDIT in fields:
            credited.add(reading)
            authors.add(_author_of(file, reading))
    return named | credited if len(authors - {frozenset()}) <= 1 else named


def _author_of(file: EvidenceFile, reading: int) -> frozenset[str]:
    """The account ids a reading names, or where it names none, the authors' names."""
    credit, owner = file.db.execute(
        "SELECT credit_ref, owner_ref FROM reading WHERE id = ?", (reading,)
    ).fetchone()
    ids = _texts(file, reading, owner, frozenset({Field.AUTHOR_ID}))
    return frozenset(ids or _texts(file, reading, credit, frozenset({Field.AUTHOR})))


def _images_of(rows: Iterable[tuple[int, str]], wanted: set[int], *, position: int) -> set[int]:
    """Images whose snapshots look at one of the wanted captures (position 0) or readings (1)."""
    if not wanted:
        return set()
    return {image for image, looks in rows if any(pair[position] in wanted for pair in orjson.loads(looks))}


def gather(file: EvidenceFile, images: set[int], reach: Reach) -> Doomed:
    """Everything of these images, and of others that show the same photos, as far as ``reach`` goes."""
    db = file.db
    # The same photo may stand under several keys: what is known of it is one.
    photos = {
        (row[0], row[1])
        for image in images
        for row in db.execute(
            "SELECT source, native FROM place WHERE image = ? AND native IS NOT NULL", (image,)
        )
    }
    doomed = Doomed(images=set(images), photos=photos)
    for source, native in photos:
        doomed.images |= {
            row[0]
            for row in db.execute("SELECT image FROM place WHERE source = ? AND native = ?", (source, native))
        }
    for image in doomed.images:
        declared, credit = db.execute(
            "SELECT declared_ref, credit_ref FROM image WHERE id = ?", (image,)
        ).fetchone()
        _take_declared(file, doomed, declared, credit, reach)
        for owner, url in db.execute("SELECT owner, url FROM place WHERE image = ?", (image,)):
            doomed.names |= {owner} - {None}
            doomed.urls |= {url} - {None}
        for (looks,) in db.execute("SELECT looks FROM snapshot WHERE image = ?", (image,)):
            for capture, reading in orjson.loads(looks):
                if not _is_the_sites(file, reading):
                    _take_capture(file, doomed, capture, reach)
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
            doomed.names |= _texts(file, reading, part, NAMING)
        parts = (credit, owner if reach.owner else None, text if reach.texts else None)
        doomed.content |= {bytes(h) for h in parts if h is not None}
    doomed.names |= {
        text for text in _credits(file, doomed.readings) if not _is_everybodys(file, doomed, text)
    }
    return doomed


def _credits(file: EvidenceFile, readings: set[int]) -> set[str]:
    found: set[str] = set()
    for reading in readings:
        row = file.db.execute("SELECT credit_ref FROM reading WHERE id = ?", (reading,)).fetchone()
        found |= _texts(file, reading, row[0], frozenset({Field.CREDIT}))
    return found


def _is_everybodys(file: EvidenceFile, doomed: Doomed, credit: str) -> bool:
    """Whether photos of other authors carry the same credit line: then it is an agency's or a site's."""
    for reading, part in file.db.execute(
        "SELECT r.id, r.credit_ref FROM reading r JOIN content c ON c.hash = r.credit_ref WHERE instr(c.data, ?)",
        (orjson.dumps(credit),),
    ).fetchall():
        authors = _texts(file, reading, part, frozenset({Field.AUTHOR}))
        if authors and reading not in doomed.readings and not authors & doomed.names:
            return True
    return False


def _is_the_sites(file: EvidenceFile, reading: int) -> bool:
    """Whether a look read the site's robots.txt, which tells nothing of one photo and serves many."""
    row = file.db.execute("SELECT reader FROM reading WHERE id = ?", (reading,)).fetchone()
    return str(row[0]).startswith("robots/")


def _take_declared(
    file: EvidenceFile, doomed: Doomed, declared: bytes | None, credit: bytes | None, reach: Reach
) -> None:
    for part in (declared, credit):
        data = _content(file, part)
        if data is not None and part is not None:
            row = orjson.loads(data)
            doomed.names |= {row[name] for name in ("author", "author_url") if name in row}
            doomed.urls |= {row[name] for name in ("page_url", "image_url") if name in row}
            if reach.addresses or (part is credit and reach.owner):
                doomed.content.add(bytes(part))


def _take_capture(file: EvidenceFile, doomed: Doomed, capture: int, reach: Reach) -> None:
    url, headers, via, body = file.db.execute(
        "SELECT url_ref, headers_ref, via_ref, body FROM capture WHERE id = ?", (capture,)
    ).fetchone()
    doomed.captures.add(capture)
    if body is not None:
        doomed.bodies.add(body)
    if reach.addresses:
        doomed.content |= {bytes(h) for h in (url, headers, via) if h is not None}


def _content(file: EvidenceFile, digest: bytes | None) -> bytes | None:
    if digest is None:
        return None
    row = file.db.execute("SELECT data FROM content WHERE hash = ?", (digest,)).fetchone()
    return bytes(row[0]) if row else None


def _texts(file: EvidenceFile, reading: int, part: bytes | None, fields: frozenset[Field]) -> set[str]:
    """Values and raw texts of the claims of these fields in one part of a reading."""
    data = _content(file, part)
    if data is None:
        return set()
    wanted = {
        str(n)
        for n, name in file.db.execute("SELECT n, field FROM claim WHERE reading = ?", (reading,))
        if name in fields
    }
    return {text for n, texts in orjson.loads(data).items() if n in wanted for text in texts[:2] if text}


def gather_mentions(file: EvidenceFile, doomed: Doomed, names: set[str], urls: set[str]) -> None:
    """Texts elsewhere in the file that carry the same names or addresses."""
    for words, holds in ((names, tells), (urls, leads_to)):
        for word in words:
            needle = word.encode("utf-8", "backslashreplace")
            doomed.content |= {
                bytes(digest)
                for digest, kind, data in file.db.execute(
                    "SELECT hash, kind, data FROM content WHERE instr(data, ?) OR instr(data, ?)",
                    (needle, orjson.dumps(word)[1:-1]),
                )
                if holds(kind, data, word)
            }
