"""The one way evidence rows come into the file: numbered, hashed, buffered, committed with a chain entry."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import orjson

from crawler.evidence.chain import Entry, Value, root, row_hash
from crawler.evidence.file import EvidenceFile
from crawler.evidence.schema import BY_NAME
from crawler.evidence.soundness import readable

COMMIT_ROWS = 2000
COMMIT_SECONDS = 0.5


class Writer:
    """Appends evidence rows to an open ``EvidenceFile``.

    ``append`` numbers and hashes a row and keeps it; ``commit`` writes all kept rows, the storage they lean
    on and one chain entry in a single transaction. ``commit_if_due`` is for the gaps between two answers, so
    that all rows of one answer stand in one transaction. Storage tables may be written through ``storage()``
    at any time; those changes belong to the same transaction.
    """

    def __init__(self, file: EvidenceFile) -> None:
        self.file = file
        self._number, self._previous, self._last = file.last_entry()
        self._first = self._last + 1
        self._rows: dict[str, list[tuple[Value, ...]]] = {}
        self._counts: dict[str, int] = {}
        self._hashes: list[bytes] = []
        self._content: list[tuple[bytes, str, bytes, bytes]] = []
        self._begun_at = time.monotonic()
        self._salts = b""

    def append(self, table: str, *values: Value) -> int:
        """Keep one row of ``table`` (columns in schema order) and return its id."""
        self._last += 1
        try:
            digest = row_hash(table, self._last, values)
        except TypeError:
            # Lone surrogates come out of broken manifests; SQLite cannot hold them either.
            values = tuple(speakable(v) if isinstance(v, str) else v for v in values)
            digest = row_hash(table, self._last, values)
        self._rows.setdefault(table, []).append((self._last, *values, digest))
        self._hashes.append(digest)
        return self._last

    def content(self, kind: str, data: bytes) -> bytes:
        """Keep one erasable text and return its salted hash."""
        if not self._salts:
            self._salts = os.urandom(16 * 256)
        salt, self._salts = self._salts[:16], self._salts[16:]
        digest = sha256(salt + data).digest()
        self._content.append((digest, kind, salt, data))
        return digest

    @contextmanager
    def storage(self) -> Iterator[EvidenceFile]:
        """The file inside the running transaction, for storage and work tables."""
        with readable(self.file.path):
            if not self.file.db.in_transaction:
                self.file.db.execute("BEGIN IMMEDIATE")
            yield self.file

    def flush(self) -> None:
        """Write kept rows into the open transaction, so that queries see them; the entry follows at
        ``commit``.
        """
        if not (self._content or self._rows):
            return
        with self.storage() as file:
            if self._content:
                file.db.executemany("INSERT INTO content VALUES (?,?,?,?)", self._content)
                self._content.clear()
            for table, rows in self._rows.items():
                if rows:
                    file.db.executemany(BY_NAME[table].insert_sql, rows)
                    self._counts[table] = self._counts.get(table, 0) + len(rows)
            self._rows.clear()

    def commit(self) -> None:
        """Write everything kept and one entry for it; nothing kept, no entry."""
        self.flush()
        db = self.file.db
        with readable(self.file.path):
            if self._hashes:
                entry = Entry(
                    self.file.chain_id,
                    self._number + 1,
                    self._previous,
                    self.file.clock.now(),
                    self._first,
                    self._last,
                    orjson.dumps(self._counts, option=orjson.OPT_SORT_KEYS).decode(),
                    root(self._hashes),
                )
                digest = entry.hash()
                db.execute(
                    "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?)",
                    (
                        self.file.chain_number,
                        entry.number,
                        entry.previous,
                        entry.at,
                        entry.first,
                        entry.last,
                        entry.counts,
                        entry.root,
                        digest,
                    ),
                )
                self._number, self._previous = entry.number, digest
                self._first = self._last + 1
                self._hashes.clear()
                self._counts.clear()
            if db.in_transaction:
                db.execute("COMMIT")
        self._begun_at = time.monotonic()

    def commit_if_due(self) -> bool:
        """Commit when 2,000 rows are kept or half a second has gone; returns whether it did."""
        if len(self._hashes) < COMMIT_ROWS and time.monotonic() - self._begun_at < COMMIT_SECONDS:
            return False
        self.commit()
        return True


def speakable(text: str) -> str:
    """The same text with lone surrogates written out as escapes (``\\udc80``)."""
    return text.encode("utf-8", "backslashreplace").decode()
