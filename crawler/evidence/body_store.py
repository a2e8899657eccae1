"""Bodies come in once by content, and choose what to lean on: their address's first body, or their group's base."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256

from crawler.evidence.bodies import POOR_DELTA, WORTH_A_BASE, DeltaCoder, pack
from crawler.evidence.writer import Writer

#: Hashes of bodies met lately, so that a page many photos lead to is not looked up each time.
REMEMBERED = 20_000


class BodyStore:
    """Writes ``body`` rows and their bytes through a writer."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._coder = DeltaCoder(writer.file.load_body)
        self._met: OrderedDict[bytes, int] = OrderedDict()

    def keep(self, data: bytes, kind: str | None, address: bytes, group: str) -> int:
        """The row of a body of content type ``kind``; ``address`` is the content hash of where it was found."""
        digest = sha256(data).digest()
        row_id = self._met.get(digest)
        if row_id is None:
            row_id = self._stored(digest)
            if row_id is None:
                row_id = self._writer.append("body", digest, len(data), kind)
                self._store(row_id, data, address, f"group {group} {kind or ''}".encode())
            self._met[digest] = row_id
            if len(self._met) > REMEMBERED:
                self._met.popitem(last=False)
        return row_id

    def _stored(self, digest: bytes) -> int | None:
        """A body row of these bytes that still has them; a forgotten one is not written again under its old row."""
        row = self._writer.file.db.execute(
            "SELECT b.id FROM body b JOIN body_bytes s ON s.body = b.id WHERE b.sha256 = ? LIMIT 1", (digest,)
        ).fetchone()
        return row[0] if row else None

    def _store(self, row_id: int, data: bytes, address: bytes, group: bytes) -> None:
        with self._writer.storage() as storage:
            db = storage.db
            own = db.execute("SELECT body FROM body_base WHERE place = ?", (address,)).fetchone()
            if own is not None:
                base, packed = own[0], self._coder.once(own[0], data)
            else:
                base, packed = self._first(row_id, data, group)
                db.execute("INSERT INTO body_base VALUES (?,?)", (address, row_id))
            db.execute("INSERT INTO body_bytes VALUES (?,?,?)", (row_id, base, packed))

    def _first(self, row_id: int, data: bytes, group: bytes) -> tuple[int | None, bytes]:
        """(base, bytes) of an address's first body; where the group's base is poor for it, it becomes the new base."""
        db = self._writer.file.db
        shared = db.execute("SELECT body FROM body_base WHERE place = ?", (group,)).fetchone()
        leaning = None
        if shared is not None and len(data) >= WORTH_A_BASE:
            leaning = self._coder.shared(shared[0], data)
            if len(leaning) <= POOR_DELTA * len(data):
                return shared[0], leaning
        alone = pack(data)
        if leaning is not None and len(leaning) < len(alone):
            return shared[0], leaning
        if len(data) >= WORTH_A_BASE:
            db.execute("INSERT OR REPLACE INTO body_base VALUES (?,?)", (group, row_id))
        return None, alone
