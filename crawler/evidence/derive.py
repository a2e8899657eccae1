"""The derived tables, folded from evidence alone: where each image stands, and what changed.

``catch_up`` folds what is new; ``rebuild`` folds everything anew into tables of another name, for ``verify``
and for any day in the past. The fold itself (what is a change) comes from outside, as a ``Rules``: this room
only feeds it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from crawler.evidence.clock import iso
from crawler.evidence.coding import findings_from
from crawler.evidence.file import EvidenceFile
from crawler.evidence.schema import SEQUENCE_BITS
from crawler.model import Findings, ImageState, Sighting

#: What a change must offer to be logged; dataset_cards.changes.kinds.Change does.
ChangeRow = tuple[str, str, str, int | None, int, float]


@dataclass(frozen=True, slots=True)
class Rules:
    """The comparison, handed in by the front door.

    ``advance(state, sighting)`` → (state, changes as (kind, before, after, before snapshot, snapshot, at
    seconds)); ``differs(declared, collected, findings, history)`` → word; ``version`` names the rules, so
    that a change of rules rebuilds the tables.
    """

    advance: Callable[[ImageState | None, Sighting], tuple[ImageState, Sequence[ChangeRow]]]
    differs: Callable[[str | None, str | None, Findings, Sequence[tuple[str, str | None, str | None]]], str]
    version: str


_SNAPSHOTS = """
SELECT s.id, s.image, s.refresh, s.at, s.status, s.findings, f.data, s.author, s.reader, s.looks,
       i.declared_license, i.declared_state, i.collected,
       st.last, st.conclusive, st.standing, st.loss, st.loss_at, st.loss_refresh, st.ever
FROM snapshot s JOIN findings f ON f.id = s.findings JOIN image i ON i.id = s.image
LEFT JOIN {state} st ON st.image = s.image
WHERE s.id > ? AND s.id <= ? ORDER BY s.id LIMIT 2000
"""
_SIGHTING = """
SELECT s.id, s.refresh, s.at, f.data, s.author, s.reader, s.findings
FROM snapshot s JOIN findings f ON f.id = s.findings WHERE s.id = ?
"""


class Fold:
    """Folds snapshots into ``state`` and ``log``, tables of the shape of ``image_state`` and ``change_log``."""

    def __init__(
        self, file: EvidenceFile, rules: Rules, state: str = "image_state", log: str = "change_log"
    ) -> None:
        self._file = file
        self._db = file.db
        self._rules = rules
        self._state = state
        self._log = log
        self._outages = outages(self._db)
        self._findings_of: dict[int, int] = {}

    def run(self, after: int, upto: int) -> None:
        """Fold the snapshots and document versions with ``after`` < id ≤ ``upto`` of one chain, in order."""
        while True:
            rows = self._db.execute(_SNAPSHOTS.format(state=self._state), (after, upto)).fetchall()
            # A look may be superseded within the batch; then the state read with it is already old.
            fresh: dict[int, tuple[ImageState | None, set[str]]] = {}
            states: dict[int, tuple[object, ...]] = {}
            changes: list[tuple[object, ...]] = []
            for row in rows:
                states[row[1]] = self._one(row, fresh, changes)
            self._db.executemany(
                f"INSERT OR REPLACE INTO {self._state} VALUES ({','.join('?' * 17)})",
                states.values(),
            )
            self._db.executemany(
                f"INSERT INTO {self._log} (image,refresh,kind,before,after,before_snapshot,snapshot,at)"
                " VALUES (?,?,?,?,?,?,?,?)",
                changes,
            )
            if len(rows) < 2000:
                return
            after = rows[-1][0]

    def _one(
        self,
        row: tuple[Any, ...],
        fresh: dict[int, tuple[ImageState | None, set[str]]],
        changes: list[tuple[object, ...]],
    ) -> tuple[object, ...]:
        (snapshot, image, refresh, at, _, findings_id, data, author, reader, looks, declared, declared_state,
         collected, *known) = row  # fmt: skip
        findings = findings_from(data)
        now = self._sighting(snapshot, refresh, at, findings, author, reader)
        self._findings_of[snapshot] = findings_id
        state, ever = fresh[image] if image in fresh else self._known_state(known)
        after, found = self._rules.advance(state, now)
        if findings.status.conclusive:
            ever |= {i for i in (findings.license, *findings.licenses_before) if i}
        fresh[image] = (after, ever)
        changes.extend(
            (image, refresh, kind, before, new, old, snap, round(when * 1000))
            for kind, before, new, old, snap, when in found
        )
        judged = after.conclusive or after.last
        basis = after.standing or judged
        history = self._history(basis.snapshot, looks) if basis.findings.licenses_before else ()
        differs = self._rules.differs(declared, collected, basis.findings, history)
        return (
            image,
            _source_of(reader),
            declared,
            declared_state,
            after.last.snapshot,
            after.conclusive.snapshot if after.conclusive else None,
            after.standing.snapshot if after.standing else None,
            after.loss,
            None if after.loss_at is None else round(after.loss_at * 1000),
            after.loss_refresh,
            after.last.findings.status.value,
            after.last.findings.reason.value,
            self._findings_id(judged),
            self._findings_id(after.standing) if after.standing else None,
            round(after.conclusive.at * 1000) if after.conclusive else None,
            orjson.dumps(sorted(ever)).decode(),
            differs,
        )

    def _sighting(
        self, snapshot: int, refresh: int, at: int, findings: Findings, author: bytes | None, reader: str
    ) -> Sighting:
        resting = findings.status.lost and (refresh, _source_of(reader)) in self._outages
        name = None if author is None else bytes(author).hex()
        return Sighting(snapshot, refresh, at / 1000, findings, name, reader, counts=not resting)

    def _known_state(self, known: list[Any]) -> tuple[ImageState | None, set[str]]:
        last, conclusive, standing, loss, loss_at, loss_refresh, ever = known
        if last is None:
            return None, set()
        sightings = {i: self._load(i) for i in {last, conclusive, standing} if i is not None}
        return (
            ImageState(
                sightings[last],
                sightings.get(conclusive),
                sightings.get(standing),
                loss,
                None if loss_at is None else loss_at / 1000,
                loss_refresh,
            ),
            set(orjson.loads(ever)),
        )

    def _load(self, snapshot: int) -> Sighting:
        row_id, refresh, at, data, author, reader, findings_id = self._db.execute(
            _SIGHTING, (snapshot,)
        ).fetchone()
        self._findings_of[row_id] = findings_id
        return self._sighting(row_id, refresh, at, findings_from(data), author, reader)

    def _findings_id(self, sighting: Sighting) -> int:
        known = self._findings_of.get(sighting.snapshot)
        if known is None:
            row = self._db.execute(
                "SELECT findings FROM snapshot WHERE id = ?", (sighting.snapshot,)
            ).fetchone()
            known = int(row[0])
        if len(self._findings_of) > 20_000:
            self._findings_of.clear()
        return known

    def _history(self, snapshot: int, looks: str) -> list[tuple[str, str | None, str | None]]:
        stored = self._db.execute("SELECT looks FROM snapshot WHERE id = ?", (snapshot,)).fetchone()
        entries = []
        for _, reading in orjson.loads(stored[0] if stored else looks):
            for (value,) in self._db.execute(
                "SELECT value FROM claim WHERE reading = ? AND field = 'license_history' ORDER BY n",
                (reading,),
            ):
                entry = orjson.loads(value)
                entries.append((entry["date"], entry.get("old"), entry.get("new")))
        return entries


def _source_of(reader: str) -> str:
    """The source a snapshot's reader belongs to: "flickr/1+robots/1" → "flickr"."""
    return reader.partition("/")[0]


def outages(db: sqlite3.Connection) -> frozenset[tuple[int, str]]:
    """(refresh, source) pairs whose losses don't count: the breaker tripped and nobody accepted the loss."""
    accepted = set(db.execute("SELECT run, source FROM refresh WHERE event = 'loss_accepted'"))
    tripped = set(db.execute("SELECT run, source FROM refresh WHERE event = 'outage'"))
    return frozenset(tripped - accepted)


_VERSIONS = """
SELECT v.id, v.document, v.text_sha256, v.at, c.at, d.kind || ' ' || d.url FROM document_version v
JOIN document d ON d.id = v.document LEFT JOIN capture c ON c.id = v.capture ORDER BY v.at, v.id
"""


def document_changes(
    db: sqlite3.Connection, upto: dict[int, int] | None = None
) -> Iterator[tuple[str, str, int, int, int]]:
    """(before, after, version before, version, at) of documents whose readable text became another.

    Texts made by different readers are not compared: where the reader changed, the desk has read the stored bytes
    again first, and that version stands between the two.
    """
    previous: dict[int, tuple[int, bytes, int]] = {}
    readers = _text_readers(db, upto)
    for row_id, document, text, written, fetched, name in db.execute(_VERSIONS):
        if not _by_then(row_id, upto):
            continue
        at = fetched if row_id in readers else written  # a text may be read again long after it was fetched
        before = previous.get(document)
        if before is not None and before[1] != text and _comparable(readers, before[0], row_id):
            yield f"{name} as of {iso(before[2])}", f"as of {iso(at)}", before[0], row_id, at
        previous[document] = (row_id, text, at)


def _text_readers(db: sqlite3.Connection, upto: dict[int, int] | None) -> dict[int, set[str]]:
    """The readers that made each version's text; none is on record for a robots.txt of earlier versions."""
    found: dict[int, set[str]] = {}
    for row_id, version, reader in db.execute(
        "SELECT id, version, reader FROM document_look WHERE version IS NOT NULL"
    ):
        if _by_then(row_id, upto):
            found.setdefault(version, set()).add(reader)
    return found


def _comparable(readers: dict[int, set[str]], before: int, now: int) -> bool:
    one, other = readers.get(before), readers.get(now)
    return one is None or other is None or bool(one & other)


def _by_then(row_id: int, upto: dict[int, int] | None) -> bool:
    return upto is None or row_id <= upto.get(row_id >> 32, 0)


@lru_cache(maxsize=8)
def _mark(version: str, tripped: frozenset[tuple[int, str]]) -> str:
    return orjson.dumps([version, sorted(map(list, tripped))]).decode()


def catch_up(file: EvidenceFile, rules: Rules) -> None:
    """Bring ``image_state`` and ``change_log`` up to the newest committed evidence.

    New rules, or a breaker's outcome that changed after it was folded, rebuild the tables from the start.
    """
    db = file.db
    done = dict(db.execute("SELECT name, value FROM derived_upto").fetchall())
    mark = _mark(rules.version, outages(db))
    chains = db.execute("SELECT chain, max(last) FROM entry GROUP BY chain ORDER BY chain").fetchall()
    if done.get("mark") == mark and all(done.get(f"chain {chain}") == str(last) for chain, last in chains):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        if done.get("mark") != mark:
            db.execute("DELETE FROM image_state")
            db.execute("DELETE FROM change_log")
            done = {}
        for chain, last in chains:
            Fold(file, rules).run(int(done.get(f"chain {chain}", chain << SEQUENCE_BITS)), last)
        _log_documents(db, "change_log", None)
        db.executemany(
            "INSERT OR REPLACE INTO derived_upto VALUES (?,?)",
            [("mark", mark), *((f"chain {chain}", str(last)) for chain, last in chains)],
        )
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _log_documents(db: sqlite3.Connection, log: str, upto: dict[int, int] | None) -> None:
    db.execute(f"DELETE FROM {log} WHERE kind = 'document-changed'")
    for before, after, version_before, version, at in list(document_changes(db, upto)):
        refresh = db.execute(
            "SELECT c.refresh FROM document_version v JOIN capture c ON c.id = v.capture WHERE v.id = ?",
            (version,),
        ).fetchone()
        db.execute(
            f"INSERT INTO {log} (image,refresh,kind,before,after,before_snapshot,snapshot,at)"
            " VALUES (NULL,?,'document-changed',?,?,?,?,?)",
            (refresh[0] if refresh else 0, before, after, version_before, version, at),
        )


def rebuild(file: EvidenceFile, rules: Rules, state: str, log: str, upto: dict[int, int]) -> None:
    """Fold all evidence with id ≤ ``upto[chain]`` into empty tables ``state`` and ``log``."""
    for chain, last in sorted(upto.items()):
        Fold(file, rules, state, log).run(chain << SEQUENCE_BITS, last)
    _log_documents(file.db, log, upto)


def empty_copy(file: EvidenceFile, name: str, like: str) -> None:
    """A temporary, empty table ``name`` of the shape of ``like``."""
    file.db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    columns = [
        f"{row[1]} {row[2]}{' PRIMARY KEY' if row[5] else ''}"
        for row in file.db.execute(f"PRAGMA table_info({like})")
    ]
    file.db.execute(f"CREATE TEMP TABLE {name} ({', '.join(columns)})")
