"""Evidence rows a CPU-second through the product's own API, and how quick the two questions of every day are.

Rows: ``bench.filled``, hashes and triggers on, content and look-up tables written along, bodies left out.
Questions: "what changed" and "licences now" put to a file of 1,000,000 snapshots (``bench.scale``), each in
a fresh process that opens the file and makes its ``View`` first; the slowest of three counts.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bench.measured import run

_ASK = """
import json, sys, time
from pathlib import Path
from crawler.evidence import as_of, queries
from crawler.evidence.file import EvidenceFile
from deedwatch.rules import RULES
began = time.perf_counter()
file = EvidenceFile.read(Path(sys.argv[1]))
view = as_of.View(file, RULES, as_of.find(file))
opened = time.perf_counter()
last = file.db.execute("SELECT max(id) FROM refresh WHERE event = 'started'").fetchone()[0]
if sys.argv[2] == "changes":
    counts = queries.change_counts(view, last)
    found = sum(1 for _ in queries.changes(view, refresh=last))
    assert found == sum(counts.values())
else:
    found = sum(n for _, n in queries.licenses_now(view))
print(json.dumps([time.perf_counter() - began, opened - began, found]))
"""


def figures(*, quick: bool = False) -> list[tuple[str, str, str]]:
    """Rows a CPU-second, and seconds of wall time a question takes with opening included."""
    images, refreshes = (20_000, 5) if quick else (200_000, 5)
    with tempfile.TemporaryDirectory() as name:
        db = Path(name) / "rows.deedwatch.db"
        wrote = _write(db, images=4_000 if quick else 10_000, rounds=1 if quick else 3)
        told = run([sys.executable, "-m", "bench.scale", str(db), str(images), str(refreshes)])
        took = json.loads(told.said)
        changed = _ask(db, "changes")
        licenses = _ask(db, "licenses")
        size = db.stat().st_size
    snapshots = images * refreshes
    return [
        (
            "evidence rows a CPU-second, a first and a second look",
            f"{_rate(wrote, 'first', 'later'):,.0f} rows",
            "≥ 30,000 rows",
        ),
        ("  first looks (ten rows an image)", f"{_rate(wrote, 'first'):,.0f} rows", ""),
        ("  second looks (two rows an image)", f"{_rate(wrote, 'later'):,.0f} rows", ""),
        ("  listing a manifest (one row an image)", f"{_rate(wrote, 'listing'):,.0f} rows", ""),
        (
            f'"what changed" over {snapshots:,} snapshots ({changed[2]:,} changes listed)',
            f"{changed[0]:.3f} s",
            "≤ 0.1 s",
        ),
        ("  of it opening and the view", f"{changed[1]:.3f} s", ""),
        (f'"licences now" over {snapshots:,} snapshots', f"{licenses[0]:.3f} s", "≤ 0.1 s"),
        ("  of it opening and the view", f"{licenses[1]:.3f} s", ""),
        ("  bringing their derived tables up to date", f"{took['derived']:.1f} s CPU", ""),
        ("  writing them, captures and readings shared", f"{took['looks']:.1f} s CPU", ""),
        ("  size of the file", f"{size / 1e6:,.0f} MB", ""),
    ]


def _write(db: Path, *, images: int, rounds: int) -> dict[str, float]:
    """Rows and CPU-seconds of the quickest of several rounds, each in a fresh process and file."""
    found = []
    for _ in range(rounds):
        told = run([sys.executable, "-m", "bench.filled", str(db), str(images), "2"])
        found.append(json.loads(told.said))
        db.unlink()
    return min(found, key=lambda wrote: wrote["first"] + wrote["later"])


def _rate(wrote: dict[str, float], *parts: str) -> float:
    return sum(wrote[f"{part}_rows"] for part in parts) / sum(wrote[part] for part in parts)


def _ask(db: Path, question: str) -> tuple[float, float, int]:
    """(seconds in all, seconds until the view stood, rows) of the slowest of three."""
    answers = [json.loads(run([sys.executable, "-c", _ASK, str(db), question]).said) for _ in range(3)]
    total, opened, found = max(answers)
    return total, opened, found
