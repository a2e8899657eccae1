"""The script of docs/evidence.md recomputes what the product hashed, and notices what was changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.evidence.body_store import BodyStore
from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Two entries with rows of two tables, text beyond ASCII, bytes and nulls."""
    path = tmp_path / "small.deedwatch.db"
    with EvidenceFile.write(path, create=True) as file:
        recorder = Recorder(file)
        bodies = BodyStore(recorder.writer)
        run = recorder.refresh_event(
            None, "started", rehearsal=True, detail={"note": 'Ünïcödé 🙂 "quoted"\n'}
        )
        for number in range(4):
            bodies.keep(b"page %d" % number * 99, "text/html", b"address %d" % number, "example.org")
        recorder.writer.commit()
        recorder.refresh_event(run, "finished", rehearsal=True)
        recorder.writer.commit()
    return path


def check(root: Path, path: Path, *number: str) -> subprocess.CompletedProcess[str]:
    script = str(root / "docs" / "check_entry.py")
    return subprocess.run(
        [sys.executable, script, str(path), *number], capture_output=True, text=True, check=False
    )


def test_every_entry_is_recomputed_and_the_last_hash_is_the_head(root: Path, evidence: Path) -> None:
    with EvidenceFile.read(evidence) as file:
        (head,) = file.heads()
    for number in range(1, head.number + 1):
        done = check(root, evidence, str(number))
        assert done.returncode == 0, done.stdout + done.stderr
    assert check(root, evidence).stdout.split()[-1] == head.hash
    assert "5 rows: edited [], root True" in check(root, evidence, str(head.number - 1)).stdout


def test_an_edited_row_is_named(root: Path, evidence: Path) -> None:
    db = sqlite3.connect(evidence)
    db.execute("DROP TRIGGER body_no_update")
    edited = db.execute("SELECT max(id) FROM body").fetchone()[0]
    db.execute("UPDATE body SET length = length + 1 WHERE id = ?", (edited,))
    number = db.execute("SELECT number FROM entry WHERE ? BETWEEN first AND last", (edited,)).fetchone()[0]
    db.commit()
    db.close()
    done = check(root, evidence, str(number))
    assert done.returncode == 4
    assert f"edited [{edited}], root False, entry True" in done.stdout


def test_it_is_as_short_as_the_page_says(root: Path) -> None:
    lines = (root / "docs" / "check_entry.py").read_text("utf-8").splitlines()
    assert len(lines) <= 60
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= {"hashlib", "json", "sqlite3", "sys", "typing", "urllib.parse"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "FILE [NUMBER]"),
        (("a", "1", "2"), "FILE [NUMBER]"),
        (("none.db",), "none.db"),
        (("text.db",), "text.db"),
        (("empty.db",), "empty.db"),
        (("small.deedwatch.db", "999"), "no entry 999"),
        (("small.deedwatch.db", "last"), "no entry last"),
    ],
)
def test_a_mistake_is_one_sentence(root: Path, evidence: Path, words: tuple[str, ...], said: str) -> None:
    folder = evidence.parent
    (folder / "text.db").write_text("no database at all\n" * 99, "utf-8")
    (folder / "empty.db").touch()
    command = [sys.executable, str(root / "docs" / "check_entry.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (folder / "none.db").exists()
