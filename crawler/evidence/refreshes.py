"""What the file knows of earlier refreshes, for the command that starts or resumes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from crawler.evidence.file import EvidenceFile


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A refresh that can be resumed."""

    id: int
    rehearsal: bool
    started: int


def unfinished(file: EvidenceFile) -> Unfinished | None:
    """The newest refresh of this file's own chain that has no end."""
    row = file.db.execute(
        "SELECT r.id, r.rehearsal, r.at FROM refresh r WHERE r.event = 'started' AND r.id >> 32 = ? AND NOT EXISTS"
        " (SELECT 1 FROM refresh f WHERE f.run = r.id AND f.event = 'finished') ORDER BY r.id DESC LIMIT 1",
        (file.chain_number,),
    ).fetchone()
    return None if row is None else Unfinished(row[0], bool(row[1]), row[2])


def dataset_name(file: EvidenceFile) -> str | None:
    """The name under which this file's newest list was read; ``None`` before the first."""
    row = file.db.execute("SELECT name FROM dataset ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def kinds(file: EvidenceFile) -> set[bool]:
    """Whether the refreshes on record were rehearsals: {True}, {False}, both, or none yet."""
    return {bool(row[0]) for row in file.db.execute("SELECT DISTINCT rehearsal FROM refresh")}


def last_outage(file: EvidenceFile, source: str) -> int | None:
    """The newest refresh in which this source's breaker tripped."""
    row = file.db.execute(
        "SELECT run FROM refresh WHERE event = 'outage' AND source = ? ORDER BY at DESC, id DESC LIMIT 1",
        (source,),
    ).fetchone()
    return row[0] if row else None


def accepted_terms(file: EvidenceFile) -> set[tuple[str, str]]:
    """(source, date the terms were read) of every acceptance on record."""
    return {
        (source, orjson.loads(detail)["read"])
        for source, detail in file.db.execute(
            "SELECT source, detail FROM refresh WHERE event = 'terms_accepted'"
        )
    }


def images_left(file: EvidenceFile, refresh: int) -> tuple[int, int]:
    """(listed images without a snapshot in this refresh, listed images)."""
    listed = file.db.execute("SELECT count(*) FROM place WHERE listed != 0").fetchone()[0]
    done = file.db.execute(
        "SELECT count(DISTINCT s.image) FROM snapshot s JOIN place p ON p.image = s.image"
        " WHERE s.refresh = ? AND p.listed != 0",
        (refresh,),
    ).fetchone()[0]
    return listed - done, listed


def photos_by_source(file: EvidenceFile) -> dict[str, int]:
    """Distinct photos per source among the listed images, most first."""
    return dict(
        file.db.execute(
            "SELECT source, count(DISTINCT native) FROM place WHERE listed != 0 AND grp != '' GROUP BY source"
            " ORDER BY 2 DESC, 1"
        ).fetchall()
    )


def interrupted_counts(file: EvidenceFile, refresh: int) -> list[dict[str, Any]]:
    """What the parts of this refresh that a signal ended had counted of fields; a killed part left no count."""
    rows = file.db.execute(
        "SELECT detail FROM refresh WHERE run = ? AND event = 'interrupted' ORDER BY id", (refresh,)
    )
    return [orjson.loads(detail).get("filled", {}) for (detail,) in rows]


def counts_before(file: EvidenceFile, refresh: int) -> dict[str, Any]:
    """What the last finished refresh before this one had counted of fields, by source; {} if there was none."""
    row = file.db.execute(
        "SELECT detail FROM refresh WHERE event = 'finished' AND run < ? AND run >> 32 = ? ORDER BY id DESC LIMIT 1",
        (refresh, refresh >> 32),
    ).fetchone()
    return {} if row is None else dict(orjson.loads(row[0]).get("filled", {}))
