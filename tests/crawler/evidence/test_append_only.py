"""What the file itself refuses and promises: triggers, numbers without a gap, one entry a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from crawler.errors import BadInput, EvidenceDamaged, FileInUse
from crawler.evidence.chain import root
from crawler.evidence.clock import Clock
from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder
from crawler.evidence.schema import EVIDENCE, SEQUENCE_BITS
from crawler.evidence.writer import COMMIT_ROWS, Writer

#: Values for one row of each table, whatever its columns are called.
SAMPLE = {"INTEGER": 1, "TEXT": "[]", "BLOB": b"\x01"}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[EvidenceFile]:
    with EvidenceFile.write(tmp_path / "set.deedwatch.db", create=True) as opened:
        yield opened


def fill(writer: Writer) -> None:
    for table in EVIDENCE:
        writer.append(table.name, *(SAMPLE[kind] for _, kind in table.columns))
    writer.commit()


@pytest.mark.parametrize("table", [*(table.name for table in EVIDENCE), "entry", "chain"])
def test_evidence_cannot_be_updated_or_deleted(file: EvidenceFile, table: str) -> None:
    fill(Writer(file))
    column = file.db.execute(f"PRAGMA table_info({table})").fetchall()[-1][1]
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            file.db.execute(statement)


@pytest.mark.parametrize("table", [table.name for table in EVIDENCE])
def test_a_row_cannot_be_replaced_under_its_own_number(file: EvidenceFile, table: str) -> None:
    """INSERT OR REPLACE deletes without a delete trigger unless recursive triggers are on."""
    fill(Writer(file))
    row = list(file.db.execute(f"SELECT * FROM {table}").fetchone())
    row[-1] = b"another hash"
    marks = ",".join("?" * len(row))
    with pytest.raises(sqlite3.IntegrityError):
        file.db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)


def test_every_row_of_a_transaction_is_numbered_and_under_its_root(file: EvidenceFile) -> None:
    writer = Writer(file)
    base = file.chain_number << SEQUENCE_BITS
    ids = [writer.append("findings", str(n)) for n in range(5)]
    writer.commit()
    ids += [writer.append("label", 1, "o", "f", "v", 0), writer.append("findings", "x")]
    writer.commit()
    writer.commit()
    assert ids == [base + n for n in range(1, 8)]
    entries = file.db.execute(
        "SELECT number, first, last, counts, root FROM entry ORDER BY number"
    ).fetchall()
    assert [(n, first - base, last - base) for n, first, last, _, _ in entries] == [(1, 1, 5), (2, 6, 7)]
    assert orjson.loads(entries[1][3]) == {"findings": 1, "label": 1}
    hashes = [bytes(r[0]) for r in file.db.execute("SELECT hash FROM findings WHERE id <= ?", (ids[4],))]
    assert bytes(entries[0][4]) == root(hashes)


def test_a_transaction_that_was_not_committed_leaves_nothing(file: EvidenceFile) -> None:
    writer = Writer(file)
    writer.append("findings", "kept")
    writer.commit()
    writer.append("findings", "lost")
    writer.flush()
    file.db.execute("ROLLBACK")
    again = Writer(file)
    again.append("findings", "next")
    again.commit()
    assert [row[0] for row in file.db.execute("SELECT data FROM findings ORDER BY id")] == ["kept", "next"]
    numbers = [row[0] for row in file.db.execute("SELECT id FROM findings ORDER BY id")]
    assert numbers[1] - numbers[0] == 1


def test_two_thousand_rows_are_due(file: EvidenceFile) -> None:
    writer = Writer(file)
    writer.commit()
    writer.append("findings", "few")
    assert not writer.commit_if_due()
    for n in range(COMMIT_ROWS):
        writer.append("findings", str(n))
    assert writer.commit_if_due()
    assert file.db.execute("SELECT count(*) FROM findings").fetchone() == (COMMIT_ROWS + 1,)


def test_rows_with_lone_surrogates_and_nuls_are_kept_and_hash(file: EvidenceFile) -> None:
    writer = Writer(file)
    for text in ("\udc80 half", "a\x00b", "\ud83d", "", "𝔘"):
        writer.append("findings", text)
    writer.commit()
    stored = [row[0] for row in file.db.execute("SELECT data FROM findings ORDER BY id")]
    assert stored == ["\\udc80 half", "a\x00b", "\\ud83d", "", "𝔘"]


def test_the_clock_of_a_chain_never_steps_back(tmp_path: Path) -> None:
    path = tmp_path / "set.deedwatch.db"
    for wall in (2_000_000.0, 1_000_000.0):
        with EvidenceFile.write(path, clock=Clock(wall=lambda wall=wall: wall), create=True) as file:
            writer = Writer(file)
            writer.append("findings", str(wall))
            writer.commit()
            times = [row[0] for row in file.db.execute("SELECT at FROM entry ORDER BY number")]
    assert times == sorted(times) == [2_000_000_000] * 2


def test_one_writer_at_a_time(file: EvidenceFile) -> None:
    with pytest.raises(FileInUse, match="Another deedwatch process"):
        EvidenceFile.write(file.path)
    with EvidenceFile.read(file.path) as reader:
        assert reader.heads() == file.heads()


def test_a_reader_sees_one_moment(file: EvidenceFile) -> None:
    writer = Writer(file)
    fill(writer)
    with EvidenceFile.read(file.path) as reader:
        before = reader.heads()
        writer.append("findings", "later")
        writer.commit()
        assert reader.heads() == before
        assert reader.db.execute("SELECT count(*) FROM findings").fetchone() == (1,)
    with EvidenceFile.read(file.path) as reader:
        assert reader.heads() == file.heads() != before


def test_equal_things_are_written_once(file: EvidenceFile) -> None:
    recorder = Recorder(file)
    first = recorder.address("https://a.example/")
    assert recorder.address("https://a.example/") == first
    recorder.writer.commit()
    assert Recorder(file).address("https://a.example/") == first
    assert file.db.execute("SELECT count(*) FROM content").fetchone() == (1,)


def test_files_that_are_not_ours_are_left_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE diary (entry TEXT)")
    theirs.close()
    before = path.read_bytes()
    for opening in (EvidenceFile.read, EvidenceFile.write):
        with pytest.raises(BadInput, match="not an evidence file"):
            opening(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + bytes(84), bytes(4096)])
def test_files_that_are_no_database_are_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.db"
    path.write_bytes(content)
    with pytest.raises((BadInput, EvidenceDamaged)) as refused:
        EvidenceFile.read(path)
    assert str(path) in str(refused.value)
    assert path.read_bytes() == content


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for opening in (EvidenceFile.read, EvidenceFile.write):
        with pytest.raises(BadInput, match="There is no evidence file"):
            opening(tmp_path / "none.db")
    with pytest.raises(BadInput, match="folder"):
        EvidenceFile.write(tmp_path / "no" / "set.db", create=True)
    assert list(tmp_path.iterdir()) == []
