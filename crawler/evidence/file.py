"""Opening an evidence file: one writer at a time, any number of readers.

The writer holds a lock beside the file, for the operating system frees it when the process dies, whatever
killed it.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import uuid
from pathlib import Path
from types import TracebackType

import zstandard
from filelock import FileLock, Timeout
from sqlite_utils import Database

from crawler.errors import BadInput, DeedwatchError, EvidenceDamaged, FileInUse
from crawler.evidence.bodies import unpack, unpack_delta
from crawler.evidence.chain import GENESIS, Head
from crawler.evidence.clock import Clock
from crawler.evidence.migrations import migrations
from crawler.evidence.schema import EVIDENCE, SEQUENCE_BITS, empty_sql
from crawler.evidence.soundness import PUZZLED, damaged, is_a_database, lock_path, no_evidence, readable
from crawler.model import Findings

SUFFIX = ".deedwatch.db"
APPLICATION_ID = 0x64656564  # "deed", PRAGMA application_id


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection with our settings. Read-only ones never create the file."""
    mode = "rwc" if write else "ro"
    if not write and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        mode = "ro&immutable=1"  # on a read-only medium SQLite could not make its own small files beside it
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, cached_statements=256
    )
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA cache_size = -16000")
    connection.execute("PRAGMA temp_store = FILE")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    return connection


def _has_tables(db: sqlite3.Connection, names: str = "name") -> bool:
    """Whether the file has any table, or any of these (quoted names)."""
    return bool(db.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({names})").fetchone()[0])


def _stand_in_for_later_tables(db: sqlite3.Connection) -> None:
    """An earlier version's file lacks tables of this one: a reader, who may change nothing, sees empty ones."""
    for table in EVIDENCE:
        if table.since > 1 and not _has_tables(db, f"'{table.name}'"):
            db.execute(empty_sql(table))


def _leave_others_alone(path: Path, *, empty_is_fine: bool) -> None:
    """Look before writing: switching a foreign file to our journal mode would already change its bytes."""
    if not is_a_database(path):
        if empty_is_fine:
            return
        raise no_evidence(path)
    with readable(path):
        db = connect(path, write=False)
        try:
            if _has_tables(db) and db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise BadInput(f"{path} is not an evidence file of deedwatch; it was left as it is.")
            if not empty_is_fine and not _has_tables(db):
                raise no_evidence(path)
        finally:
            db.close()


def _is_refusal(error: BaseException | None) -> bool:
    """Whether a command ended with what the user gave, and not with what a disk did to it."""
    return isinstance(error, DeedwatchError) and not isinstance(error.__cause__, sqlite3.Error | OSError)


class EvidenceFile:
    """An open evidence file. Use ``EvidenceFile.read(path)`` or ``EvidenceFile.write(path)`` as a context
    manager.

    Attributes: ``db`` the SQLite connection (this room only), ``path``, ``chain_id`` and ``chain_number`` of
    the chain this file's writer extends, ``clock``.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, lock: FileLock | None, clock: Clock) -> None:
        self.path = path
        self.db = db
        self.clock = clock
        self._lock = lock
        self._new = False  # this command made the file
        self.findings: dict[int, Findings] = {}  # by row id, as far as queries have asked for them
        self.chain_number = 0
        self.chain_id = ""

    @classmethod
    def read(cls, path: Path) -> EvidenceFile:
        """Open for reading. Raises BadInput if there is no such file or it is none of ours."""
        if not path.is_file():
            raise BadInput(f"There is no evidence file {path}; `deedwatch refresh` makes one.")
        if not is_a_database(path):
            raise no_evidence(path)
        with readable(path):
            db = connect(path, write=False)
            try:
                db.execute("BEGIN")  # one view for the whole command, though a refresh may be writing
                if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                    raise BadInput(f"{path} is not an evidence file of deedwatch.")
                if not _has_tables(db, "'chain', 'entry', 'snapshot'"):  # its first command died at once
                    raise no_evidence(path)
                _stand_in_for_later_tables(db)
            except BaseException:
                db.close()
                raise
            return cls(path, db, None, Clock())

    @classmethod
    def write(cls, path: Path, *, clock: Clock | None = None, create: bool = False) -> EvidenceFile:
        """Open as the one writer. Raises FileInUse when another process is; BadInput when it must exist and
        doesn't.
        """
        if not create and not path.is_file():
            raise BadInput(f"There is no evidence file {path}; `deedwatch refresh` makes one.")
        if not path.parent.is_dir():
            raise BadInput(f"The folder {path.parent} for the evidence file does not exist.")
        new = not path.exists()
        if path.is_file():
            _leave_others_alone(path, empty_is_fine=create)
        lock = FileLock(lock_path(path))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not lock_path(path).exists():  # filelock's answer, too, where no file can be made at all
                raise BadInput(f"The folder of {path} cannot be written to.") from None
            raise FileInUse(
                f"Another deedwatch process is writing {path}; wait until it ends, or stop it, and repeat the command."
            ) from None
        except OSError as error:
            raise BadInput(f"The folder of {path} cannot be written to: {error.strerror}.") from error
        try:
            with readable(path):
                db = connect(path, write=True)
                try:
                    file = cls(path, db, lock, clock or Clock())
                    file._new = new
                    file._prepare()
                except BaseException:
                    db.close()
                    raise
                return file
        except BaseException:
            lock.release()
            raise

    def _prepare(self) -> None:
        if not _has_tables(self.db):
            self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        wrapped = Database(self.db)
        if migrations.pending(wrapped):
            migrations.apply(wrapped)
        own = self.db.execute("SELECT value FROM secret WHERE name = 'chain'").fetchone()
        if own is None:
            self._begin_chain()
        else:
            self.chain_number = int(own[0])
            self.chain_id = self.db.execute(
                "SELECT id FROM chain WHERE number = ?", (self.chain_number,)
            ).fetchone()[0]
        newest = self.db.execute(
            "SELECT max(at) FROM entry WHERE chain = ?", (self.chain_number,)
        ).fetchone()[0]
        self.clock.not_before(newest or 0)

    def _begin_chain(self) -> None:
        self.chain_id = str(uuid.uuid4())
        self.chain_number = 1 + secrets.randbelow(2**15 - 1)
        self.db.execute("BEGIN IMMEDIATE")
        self.db.execute(
            "INSERT INTO chain VALUES (?,?,?)", (self.chain_number, self.chain_id, self.clock.now())
        )
        self.db.execute("INSERT INTO secret VALUES ('chain', ?)", (str(self.chain_number),))
        self.db.execute("INSERT INTO secret VALUES ('pseudonyms', ?)", (secrets.token_bytes(32),))
        self.db.execute("COMMIT")

    @property
    def pseudonym_key(self) -> bytes:
        """Key of all keyed hashes in this file: author pseudonyms, look-ups, suppression."""
        row = self.db.execute("SELECT value FROM secret WHERE name = 'pseudonyms'").fetchone()
        return bytes(row[0])

    def last_entry(self) -> tuple[int, bytes, int]:
        """(number, hash, last row id) of this file's own chain; (0, GENESIS, base id) before the first."""
        row = self.db.execute(
            "SELECT number, hash, last FROM entry WHERE chain = ? ORDER BY number DESC LIMIT 1",
            (self.chain_number,),
        ).fetchone()
        return (row[0], bytes(row[1]), row[2]) if row else (0, GENESIS, self.chain_number << SEQUENCE_BITS)

    def heads(self) -> list[Head]:
        """The newest entry of every chain in the file."""
        rows = self.db.execute(
            "SELECT c.id, e.number, e.hash, e.at FROM chain c JOIN entry e ON e.chain = c.number"
            " WHERE e.number = (SELECT max(number) FROM entry WHERE chain = c.number) ORDER BY c.id"
        )
        return [Head(chain, number, bytes(digest).hex(), at) for chain, number, digest, at in rows]

    def load_body(self, body: int) -> bytes:
        """The stored bytes of a body row. Raises EvidenceDamaged when they are not there or don't decode."""
        row = self.db.execute("SELECT base, data FROM body_bytes WHERE body = ?", (body,)).fetchone()
        if row is None:
            raise EvidenceDamaged(f"The bytes of body {body} are not stored: forgotten or lost.")
        base, data = row
        if not isinstance(data, bytes):
            raise EvidenceDamaged(f"The bytes of body {body} are none: the row was edited.")
        return unpack(data) if base is None else unpack_delta(data, self.load_body(base))

    def close(self) -> None:
        """Close; the writer also folds the write-ahead log back into the file."""
        try:
            if self._lock is not None:
                with readable(self.path):
                    if self.db.in_transaction:
                        self.db.execute("ROLLBACK")
                    self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.db.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> EvidenceFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if isinstance(error, PUZZLED):
                self._blame_the_file(error)
            # What SQLite or zstd finds wrong half way through a command is damage too, and one sentence.
            with readable(self.path):
                if isinstance(error, sqlite3.DatabaseError | zstandard.ZstdError):
                    raise error
        finally:
            if self._new and _is_refusal(error) and self._is_void():
                self._discard()
            else:
                self._close_after(error)

    def _blame_the_file(self, error: Exception) -> None:
        """Raise EvidenceDamaged if what a command could not make sense of is SQLite's: a scrambled page may read as
        rows without sense before it reads as an error.
        """
        with readable(self.path):
            (found,) = self.db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise damaged(self.path, f"SQLite says {str(found).splitlines()[-1]}") from error

    def _close_after(self, error: BaseException | None) -> None:
        try:
            self.close()
        except EvidenceDamaged:
            if error is None:
                raise  # else the first error has said so already

    def _is_void(self) -> bool:
        with readable(self.path):
            return self.db.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is None

    def _discard(self) -> None:
        """A refused command leaves nothing behind: the file it made, without an entry, goes; its lock goes last."""
        self.db.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)
        lock_path(self.path).unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.release()
