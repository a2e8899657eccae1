"""Putting files of several machines together: each chain is appended whole, nothing is renumbered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler.errors import BadInput
from crawler.evidence.file import EvidenceFile, readable
from crawler.evidence.schema import EVIDENCE

#: Storage rows travel with the chains; keyed look-ups and suppression are made with each file's own secret
#: and stay behind.
CARRIED = ("content", "body_bytes")


@dataclass(frozen=True, slots=True)
class Merged:
    """What one merge brought: chains and evidence rows."""

    chains: int
    rows: int


def merge(file: EvidenceFile, other: Path) -> Merged:
    """Append the chains of ``other`` to ``file``; chains that ``file`` holds already must be equal and are
    skipped.

    Raises BadInput when the other file is of another dataset, holds a chain of the same number by chance, or
    holds a longer version of a chain that is here too.
    """
    with EvidenceFile.read(other) as theirs:
        names = {row[0] for row in theirs.db.execute("SELECT DISTINCT name FROM dataset")}
        chains = dict(theirs.db.execute("SELECT number, id FROM chain"))
    ours = {row[0] for row in file.db.execute("SELECT DISTINCT name FROM dataset")}
    if ours and names and not ours & names:
        raise BadInput(
            f"{other} is about dataset {', '.join(sorted(names))}, {file.path} about {', '.join(sorted(ours))}."
        )
    db = file.db
    with readable(other):
        db.execute("ATTACH DATABASE ? AS other", (f"{other.resolve().as_uri()}?mode=ro",))
        try:
            db.execute("BEGIN IMMEDIATE")
            new = [number for number, chain in chains.items() if not _held(file, other, number, chain)]
            rows = sum(_append(file, number) for number in new)
            for name in CARRIED:
                db.execute(f"INSERT OR IGNORE INTO {name} SELECT * FROM other.{name}")
            _places(file, new)
            db.execute("DELETE FROM derived_upto")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        finally:
            db.execute("DETACH DATABASE other")
    return Merged(len(new), rows)


def _held(file: EvidenceFile, other: Path, number: int, chain: str) -> bool:
    here = file.db.execute("SELECT id FROM chain WHERE number = ?", (number,)).fetchone()
    if here is None:
        return False
    if here[0] != chain:
        raise BadInput(
            f"{other} holds a chain numbered {number} by chance like one of {file.path}; refresh into a new file there."
        )
    different = file.db.execute(
        "SELECT 1 FROM other.entry t WHERE t.chain = ? AND NOT EXISTS"
        " (SELECT 1 FROM main.entry e WHERE e.chain = t.chain AND e.number = t.number AND e.hash = t.hash) LIMIT 1",
        (number,),
    ).fetchone()
    if different is not None:
        raise BadInput(
            f"{other} holds a later or different version of chain {chain}; merge into that file instead."
        )
    return True


def _append(file: EvidenceFile, number: int) -> int:
    low, high = number << 32, (number + 1) << 32
    file.db.execute("INSERT INTO main.chain SELECT * FROM other.chain WHERE number = ?", (number,))
    rows = 0
    for table in EVIDENCE:
        rows += file.db.execute(
            f"INSERT INTO main.{table.name} SELECT * FROM other.{table.name} WHERE id >= ? AND id < ?",
            (low, high),
        ).rowcount
    file.db.execute("INSERT INTO main.entry SELECT * FROM other.entry WHERE chain = ?", (number,))
    return rows


def _places(file: EvidenceFile, chains: list[int]) -> None:
    """Where images come from, for images of the new chains."""
    for number in chains:
        file.db.execute(
            "INSERT OR IGNORE INTO main.place SELECT * FROM other.place WHERE image >= ? AND image < ?",
            (number << 32, (number + 1) << 32),
        )
