"""What judges and people ask of an evidence file; all questions are put to a ``View``, so as of some point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from crawler.evidence.as_of import DAY, View
from crawler.evidence.bodies import ZSTD_MAGIC, unpack
from crawler.evidence.coding import findings_from
from crawler.evidence.file import EvidenceFile
from crawler.model import Case, Findings


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """The newest whole listing: manifest ``file`` name, sha256 in hex, images listed, rows that could not be
    used.
    """

    name: str
    file: str
    sha256: str
    format: str
    mapping: dict[str, str]
    images: int
    problems: int


@dataclass(frozen=True, slots=True)
class RefreshFacts:
    """One refresh. Times are milliseconds UTC; ``finished`` is ``None`` while it can be resumed."""

    id: int
    number: int
    started: int
    finished: int | None
    rehearsal: bool
    detail: dict[str, Any]
    requests: int
    events: tuple[tuple[str, str | None, dict[str, Any]], ...]  # (event, source, detail)


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """One line of the change log; ``key`` is ``None`` for a document's change."""

    key: str | None
    kind: str
    before: str
    after: str
    at: int
    refresh: int


def _then(view: View, column: str = "id") -> str:
    """SQL condition: the row had been written by then. Built of our own integers only."""
    return (
        "("
        + " OR ".join(f"{column} > {c << 32} AND {column} <= {last}" for c, last in view.as_of.upto.items())
        + ")"
    )


def dataset(view: View) -> DatasetFacts:
    """Facts of the dataset as of the view; an unfinished listing shows with the images read so far."""
    row = view.file.db.execute(
        f"SELECT name, manifest, sha256, format, mapping, problems FROM dataset WHERE {_then(view)}"
        " ORDER BY listed IS NULL, at DESC, id DESC LIMIT 1"
    ).fetchone()
    images = view.file.db.execute("SELECT count(*) FROM temp.listed").fetchone()[0]
    name, file, digest, form, mapping, problems = row
    return DatasetFacts(name, file, bytes(digest).hex(), form, orjson.loads(mapping), images, problems or 0)


def refreshes(view: View) -> list[RefreshFacts]:
    """All refreshes begun by then, oldest first."""
    db = view.file.db
    rows = db.execute(
        "SELECT id, coalesce(run, id), event, source, rehearsal, detail, at FROM refresh"
        f" WHERE {_then(view)} ORDER BY at, id"
    ).fetchall()
    found = []
    for number, (run, _, _, _, rehearsal, detail, at) in enumerate(
        (r for r in rows if r[2] == "started"), start=1
    ):
        events = tuple((r[2], r[3], orjson.loads(r[5])) for r in rows if r[1] == run and r[2] != "started")
        finished = next((r[6] for r in rows if r[1] == run and r[2] == "finished"), None)
        requests = db.execute(
            f"SELECT count(*) FROM capture WHERE refresh = ? AND {_then(view)}",
            (run,),
        ).fetchone()[0]
        found.append(
            RefreshFacts(run, number, at, finished, bool(rehearsal), orjson.loads(detail), requests, events)
        )
    return found


_CASES = """
SELECT coalesce(st.source, p.source, 'none'), st.judged, st.standing_findings, coalesce(st.loss, ''),
       i.declared_license, i.declared_state, coalesce(st.looked_at < :limit, 0), coalesce(st.ever, '[]'),
       coalesce(st.differs, ''){more}
FROM temp.listed l JOIN image i ON i.id = l.image LEFT JOIN {state} st ON st.image = i.id
LEFT JOIN place p ON p.image = i.id
"""


def case_counts(view: View, *, fresh_days: int) -> Iterator[tuple[Case, int]]:
    """Distinct combinations of facts with the number of listed images each covers, in a fixed order."""
    sql = (
        _CASES.format(state=view.state, more=", count(*)")
        + " GROUP BY 1,2,3,4,5,6,7,8,9 ORDER BY 1,2,3,4,5,6,7,8,9"
    )
    for row in view.file.db.cursor().execute(sql, {"limit": view.as_of.at - fresh_days * DAY}):
        yield _case(view.file, row), row[9]


def image_cases(view: View, *, fresh_days: int) -> Iterator[tuple[str, int, Case]]:
    """(key, ordinal, case) of every listed image, in the order of the manifest."""
    sql = _CASES.format(state=view.state, more=", i.key, i.ordinal") + " ORDER BY i.id"
    for row in view.file.db.cursor().execute(sql, {"limit": view.as_of.at - fresh_days * DAY}):
        yield row[9], row[10], _case(view.file, row)


def case_of(view: View, image: int, *, fresh_days: int) -> Case:
    """The case of one listed image, by row id."""
    sql = _CASES.format(state=view.state, more="") + " WHERE i.id = :image"
    row = view.file.db.execute(sql, {"limit": view.as_of.at - fresh_days * DAY, "image": image}).fetchone()
    return _case(view.file, row)


def changes_of(view: View, image: int) -> list[ChangeFacts]:
    """The changes of one image, oldest first."""
    rows = view.file.db.execute(
        f"SELECT i.key, c.kind, c.before, c.after, c.at, c.refresh FROM {view.log} c JOIN image i ON i.id = c.image"
        " WHERE c.image = ? ORDER BY c.at, c.id",
        (image,),
    )
    return [ChangeFacts(*row) for row in rows]


def entry_of(view: View, row_id: int) -> tuple[str, int, str] | None:
    """(chain, number, hash) of the chain entry that covers a row."""
    row = view.file.db.execute(
        "SELECT c.id, e.number, e.hash FROM entry e JOIN chain c ON c.number = e.chain"
        " WHERE e.chain = ? AND e.first <= ? AND e.last >= ?",
        (row_id >> 32, row_id, row_id),
    ).fetchone()
    return None if row is None else (row[0], row[1], bytes(row[2]).hex())


def _case(file: EvidenceFile, row: tuple[Any, ...]) -> Case:
    return Case(
        source=row[0],
        findings=_findings(file, row[1]),
        standing=_findings(file, row[2]),
        loss=row[3],
        declared=row[4],
        declared_state=row[5],
        stale=bool(row[6]),
        licenses_ever=tuple(orjson.loads(row[7])),
        differs=row[8],
    )


def _findings(file: EvidenceFile, row_id: int | None) -> Findings | None:
    if row_id is None:
        return None
    known = file.findings.get(row_id)
    if known is None:
        if len(file.findings) > 50_000:
            file.findings.clear()
        data = file.db.execute("SELECT data FROM findings WHERE id = ?", (row_id,)).fetchone()[0]
        known = file.findings[row_id] = findings_from(data)
    return known


def statuses(view: View) -> list[tuple[str, str, str, int]]:
    """(source, status, reason, images) of the latest looks; images never looked at are not among them."""
    return view.file.db.execute(
        f"SELECT source, status, reason, count(*) FROM {view.state} WHERE image IN (SELECT image FROM temp.listed)"
        " GROUP BY 1,2,3 ORDER BY 1,2,3"
    ).fetchall()


def sources(view: View) -> list[tuple[str, int, int]]:
    """(source, images, photos) of the listed images."""
    return view.file.db.execute(
        "SELECT source, count(*), count(DISTINCT coalesce(native, image)) FROM place"
        " WHERE image IN (SELECT image FROM temp.listed) GROUP BY 1 ORDER BY 1"
    ).fetchall()


def busiest_group(view: View, source: str, reason: str) -> tuple[str, int]:
    """The politeness group of a source with most images whose latest look ended with this reason, and how many."""
    row = view.file.db.execute(
        f"SELECT p.grp, count(*) FROM {view.state} st JOIN place p ON p.image = st.image"
        " WHERE st.source = ? AND st.reason = ? AND p.listed != 0 GROUP BY p.grp ORDER BY 2 DESC, 1 LIMIT 1",
        (source, reason),
    ).fetchone()
    return (row[0], row[1]) if row is not None else (source, 0)


def licenses_now(view: View) -> list[tuple[str | None, int]]:
    """(findings' licence id, images) counted over the latest looks that count."""
    everything = view.file.db.execute("SELECT count(*) FROM temp.unlisted").fetchone()[0] == 0
    where = "" if everything else " WHERE image IN (SELECT image FROM temp.listed)"
    counts: dict[str | None, int] = {}
    for judged, images in view.file.db.execute(
        f"SELECT judged, count(*) FROM {view.state}{where} GROUP BY judged"
    ):
        findings = _findings(view.file, judged)
        name = findings.license if findings else None
        counts[name] = counts.get(name, 0) + images
    return sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))


def change_counts(view: View, refresh: int | None = None) -> dict[str, int]:
    """Changes per kind, of one refresh or of all."""
    where = "" if refresh is None else "WHERE refresh = :refresh"
    return dict(
        view.file.db.execute(
            f"SELECT kind, count(*) FROM {view.log} {where} GROUP BY kind ORDER BY kind",
            {"refresh": refresh},
        ).fetchall()
    )


def changes(view: View, *, since: int = 0, refresh: int | None = None) -> Iterator[ChangeFacts]:
    """The change log from a time (milliseconds UTC) on, or of one refresh, oldest first."""
    for row in view.file.db.cursor().execute(
        "SELECT i.key, c.kind, c.before, c.after, c.at, c.refresh"
        f" FROM {view.log} c LEFT JOIN image i ON i.id = c.image"
        " WHERE c.at >= ? AND (? IS NULL OR c.refresh = ?) ORDER BY c.at, c.id",
        (since, refresh, refresh),
    ):
        yield ChangeFacts(*row)


def look_ages(view: View) -> tuple[int, int, int] | None:
    """(oldest, median, newest) conclusive look of the listed images in milliseconds UTC; ``None`` if there is
    none.
    """
    db = view.file.db
    table = f"{view.state} WHERE looked_at IS NOT NULL AND image IN (SELECT image FROM temp.listed)"
    count, oldest, newest = db.execute(
        f"SELECT count(*), min(looked_at), max(looked_at) FROM {table}"
    ).fetchone()
    if not count:
        return None
    median = db.execute(
        f"SELECT looked_at FROM {table} ORDER BY looked_at LIMIT 1 OFFSET ?", ((count - 1) // 2,)
    )
    return oldest, median.fetchone()[0], newest


def content(file: EvidenceFile, digest: bytes | None) -> bytes | None:
    """An erasable text by its salted hash; ``None`` when there is none or it was forgotten."""
    if digest is None:
        return None
    row = file.db.execute("SELECT data FROM content WHERE hash = ?", (digest,)).fetchone()
    if row is None:
        return None
    data = bytes(row[0])
    return unpack(data) if data.startswith(ZSTD_MAGIC) else data  # JSON texts never begin so
