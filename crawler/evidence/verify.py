"""Recompute everything: rows → entries → heads, contents, bodies, derived tables. Streams; memory stays flat.

Without a head kept elsewhere a cut tail, or a file recomputed as a whole, cannot be told from the truth; the
report says so.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import orjson
import zstandard

from crawler.errors import EvidenceDamaged
from crawler.evidence.chain import GENESIS, Entry, root, row_hash
from crawler.evidence.derive import Rules, empty_copy, rebuild
from crawler.evidence.file import EvidenceFile
from crawler.evidence.schema import EVIDENCE, SEQUENCE_BITS, Table

MOST_FAULTS = 50


@dataclass(slots=True)
class Report:
    """What ``verify`` found. ``faults`` are sentences naming the row where one is readable."""

    rows: int = 0
    entries: int = 0
    bodies: int = 0
    texts: int = 0
    forgotten_texts: int = 0
    forgotten_bodies: int = 0
    tombstones: int = 0
    heads: list[str] = field(default_factory=list)
    head_checked: bool = False
    faults: list[str] = field(default_factory=list)

    def fault(self, sentence: str) -> None:
        """Note a fault; beyond the first fifty they tell nothing new."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(sentence)


def verify(file: EvidenceFile, rules: Rules, *, head: str | None = None) -> Report:
    """Check the whole file; never raises for damage, which the report lists.

    ``head``: "chain:number:hash" or the hash alone, kept from an earlier run, a card or a log.
    """
    report = Report()
    try:
        _check_all(file, rules, report, head)
    except sqlite3.DatabaseError as error:
        if "decode to UTF-8" in str(error) and file.db.text_factory is not _tolerant:
            file.db.text_factory = _tolerant  # a text that is none is read as escapes: its hash names the row
            return verify(file, rules, head=head)
        report.fault(f"SQLite cannot read the file to its end: {error}.")
    return report


def _tolerant(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


def _check_all(file: EvidenceFile, rules: Rules, report: Report, head: str | None) -> None:
    _check_file(file, report)
    entries = _check_chains(file, report)
    _check_contents(file, report)
    _check_bodies(file, report)
    if entries:
        _check_head(file, report, head)
    if not report.faults:
        _check_derived(file, rules, report)


def _check_file(file: EvidenceFile, report: Report) -> None:
    for (line,) in file.db.execute("PRAGMA quick_check(5)"):
        if line != "ok":
            report.fault(f"SQLite's own check: {line}.")
    triggers = {row[0] for row in file.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    known = {row[0] for row in file.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    # A file of an earlier version lacks later tables; where one was dropped, its rows are missed in the chain.
    here = [table.name for table in EVIDENCE if table.since == 1 or table.name in known]
    for name in [*here, "entry", "chain"]:
        for verb in ("update", "delete"):
            if f"{name}_no_{verb}" not in triggers:
                report.fault(f"The trigger that keeps table {name} from {verb}s is missing.")


def _rows(file: EvidenceFile, table: Table, chain: int) -> Iterator[tuple[int, str, bytes, bytes]]:
    low, high = chain << SEQUENCE_BITS, (chain + 1) << SEQUENCE_BITS
    cursor = file.db.cursor()
    for row in cursor.execute(f"{table.select_sql} WHERE id >= ? AND id < ? ORDER BY id", (low, high)):
        yield row[0], table.name, row_hash(table.name, row[0], row[1:-1]), _blob(row[-1])


def _blob(value: object) -> bytes:
    """A column that should hold bytes, as bytes whatever somebody put there."""
    return value if isinstance(value, bytes) else repr(value).encode()


def _entry_of(chain: object, row: Sequence[object]) -> Entry | None:
    """The entry in (number, previous, at, first, last, counts, root), or ``None`` if it was never written so."""
    match chain, *row:
        case (
            str() as name,
            int() as n,
            bytes() as prev,
            int() as at,
            int() as a,
            int() as b,
            str() as c,
            bytes() as r,
        ):
            return Entry(name, n, prev, at, a, b, c, r)
    return None


def _check_chains(file: EvidenceFile, report: Report) -> bool:
    """Check every chain; False when an entry cannot even be read."""
    chains = file.db.execute("SELECT number, id FROM chain ORDER BY number").fetchall()
    readable = [_check_chain(file, report, number, chain) for number, chain in chains]
    whole = all(readable)
    known = {number for number, _ in chains}
    for table in EVIDENCE:
        for (other,) in file.db.execute(f"SELECT DISTINCT id >> 32 FROM {table.name}"):
            if other not in known:
                report.fault(f"Table {table.name} has rows of a chain {other} that the file does not know.")
    return whole


def _check_chain(file: EvidenceFile, report: Report, number: int, chain: object) -> bool:
    rows = heapq.merge(*(_rows(file, table, number) for table in EVIDENCE))
    row = next(rows, None)
    previous, expected, last = GENESIS, 1, number << SEQUENCE_BITS
    at_before = 0
    for *columns, stored in file.db.cursor().execute(
        "SELECT number, previous, at, first, last, counts, root, hash FROM entry WHERE chain = ? ORDER BY number",
        (number,),
    ):
        name = f"Entry {columns[0]}"
        report.entries += 1
        entry = _entry_of(chain, columns)
        if entry is None or not isinstance(stored, bytes):
            report.fault(
                f"{name} holds values that no entry has: it was edited; its chain was read no further."
            )
            return False
        if entry.hash() != stored:
            report.fault(f"{name} does not have the hash it states: it was edited.")
        if entry.number != expected or entry.previous != previous:
            report.fault(f"{name} does not follow the entry before it: one was removed, added or edited.")
        if entry.first != last + 1 or entry.at < at_before:
            report.fault(f"{name} does not begin where the one before it ended.")
        hashes: list[bytes] = []
        found: Counter[str] = Counter()
        wanted = entry.first
        while row is not None and row[0] <= entry.last:
            row_id, table, digest, stated = row
            if row_id < wanted:
                report.fault(
                    f"Row {row_id} of table {table} stands beside another of the same number: it was inserted."
                )
            for missing in range(wanted, min(row_id, wanted + MOST_FAULTS)):
                report.fault(f"Row {missing} is missing: it was deleted.")
            if digest != stated:
                report.fault(
                    f"Row {row_id} of table {table} does not have the hash it states: it was edited."
                )
            wanted = row_id + 1
            hashes.append(stated)
            found[table] += 1
            report.rows += 1
            row = next(rows, None)
        for missing in range(wanted, min(entry.last + 1, wanted + MOST_FAULTS)):
            report.fault(f"Row {missing} is missing: it was deleted.")
        counted = orjson.dumps(found, option=orjson.OPT_SORT_KEYS).decode()
        if counted != entry.counts:
            report.fault(f"{name} counts other rows than are there: {entry.counts} stated, {counted} found.")
        if root(hashes) != entry.root:
            report.fault(f"{name} does not have the root of its rows.")
        previous, expected, last, at_before = stored, entry.number + 1, entry.last, entry.at
    while row is not None and len(report.faults) < MOST_FAULTS:
        report.rows += 1
        report.fault(
            f"Row {row[0]} of table {row[1]} is covered by no entry: it was inserted, or entries were cut."
        )
        row = next(rows, None)
    return True


def _tombstones(file: EvidenceFile, report: Report) -> tuple[set[bytes], set[int]]:
    content: set[bytes] = set()
    bodies: set[int] = set()
    for (destroyed,) in file.db.execute("SELECT destroyed FROM tombstone"):
        report.tombstones += 1
        try:
            row = orjson.loads(destroyed)
            content |= {bytes.fromhex(h) for h in row["content"]}
            bodies |= set(row["bodies"])
        except (ValueError, KeyError, TypeError):
            report.fault("A tombstone's list of what was destroyed cannot be read: it was edited.")
    return content, bodies


def _check_contents(file: EvidenceFile, report: Report) -> None:
    forgotten, _ = _tombstones(file, report)
    cursor = file.db.cursor()
    for digest, salt, data in cursor.execute("SELECT hash, salt, data FROM content"):
        report.texts += 1
        if sha256(_blob(salt) + _blob(data)).digest() != digest:
            report.fault(
                f"Text {_blob(digest).hex()[:16]}… does not have the hash it is stored under: it was edited."
            )
    met: set[bytes] = set()
    for table in EVIDENCE:
        for column in table.refs:
            missing = file.db.cursor().execute(
                f"SELECT t.id, t.{column} FROM {table.name} t LEFT JOIN content c ON c.hash = t.{column}"
                f" WHERE t.{column} IS NOT NULL AND c.hash IS NULL"
            )
            for row_id, digest in missing:
                if digest in forgotten:
                    met.add(digest)
                else:
                    report.fault(
                        f"The text of row {row_id} of table {table.name} is missing, and no tombstone says why."
                    )
    report.forgotten_texts = len(met)


def _check_bodies(file: EvidenceFile, report: Report) -> None:
    _, forgotten = _tombstones(file, Report())
    cursor = file.db.cursor()
    for row_id, digest, length in cursor.execute("SELECT id, sha256, length FROM body ORDER BY id"):
        report.bodies += 1
        try:
            data = file.load_body(row_id)
        except EvidenceDamaged:
            if row_id in forgotten:
                report.forgotten_bodies += 1
            else:
                report.fault(f"The bytes of body {row_id} are missing, and no tombstone says why.")
            continue
        except (zstandard.ZstdError, RecursionError, MemoryError) as error:
            report.fault(f"The bytes of body {row_id} do not decode: {error}.")
            continue
        if sha256(data).digest() != digest or len(data) != length:
            report.fault(f"The bytes of body {row_id} do not have the hash on record: they were swapped.")


def _check_head(file: EvidenceFile, report: Report, head: str | None) -> None:
    report.heads = [str(h) for h in file.heads()]
    if head is None:
        return
    report.head_checked = True
    wanted = head.strip().rpartition(":")[2].lower()
    if not any(row[0].hex() == wanted for row in file.db.execute("SELECT hash FROM entry")):
        report.fault(
            f"No entry of this file has the hash {wanted[:16]}… of the head you kept: entries were cut off, or the"
            " chain was recomputed, or the head belongs to another file."
        )


_STATE_COLUMNS = "*"
_LOG_COLUMNS = "image, refresh, kind, before, after, before_snapshot, snapshot, at"


def _check_derived(file: EvidenceFile, rules: Rules, report: Report) -> None:
    upto = dict(file.db.execute("SELECT chain, max(last) FROM entry GROUP BY chain"))
    done = {name: _number(value) for name, value in file.db.execute("SELECT name, value FROM derived_upto")}
    folded = {chain: done.get(f"chain {chain}", 0) for chain in upto}
    if not upto or any(last < chain << SEQUENCE_BITS for chain, last in folded.items()):
        return  # not folded yet: every reader makes them anew
    empty_copy(file, "checked_state", "image_state")
    empty_copy(file, "checked_log", "change_log")
    rebuild(file, rules, "checked_state", "checked_log", folded)
    for stored, checked, columns in (
        ("image_state", "checked_state", _STATE_COLUMNS),
        ("change_log", "checked_log", _LOG_COLUMNS),
    ):
        for one, other, word in (
            (stored, checked, "holds a row that the evidence does not give"),
            (checked, stored, "lacks a row that the evidence gives"),
        ):
            for row in _difference(file, one, other, columns):
                report.fault(f"The derived table {stored} {word}: image {row[0]}.")
        if _count(file, stored) > _count(file, checked):
            report.fault(f"The derived table {stored} holds a row twice.")


def _number(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isdecimal() else 0


def _count(file: EvidenceFile, table: str) -> int:
    return int(file.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _difference(file: EvidenceFile, one: str, other: str, columns: str) -> Sequence[tuple[object, ...]]:
    return file.db.execute(
        f"SELECT {columns} FROM {one} EXCEPT SELECT {columns} FROM {other} LIMIT 5"
    ).fetchall()
