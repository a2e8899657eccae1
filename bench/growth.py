"""How much the evidence file grows per page of about 100 KB: at the first visit, and when only nonces differ.

``deedwatch refresh`` twice over the same pages (``bench.pages.page_100kb``) on 10 hosts; the second time
each page has four new nonces. Size is that of the closed file, its write-ahead log folded in.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.measured import deedwatch, write_manifest
from bench.origin import serving, urls

SITES = 10


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes: of the file, of all stored bodies, and per table and index."""

    file: int
    bodies: int
    tables: dict[str, int]


def figures(*, quick: bool = False) -> list[tuple[str, str, str]]:
    """Bytes a page of both visits, and the tables that take most of them."""
    pages = 200 if quick else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db = folder / "list.deedwatch.db"
        manifest = write_manifest(folder / "list.csv", urls(SITES, pages))
        sizes = []
        for nonce, day in enumerate(("2026-10-01", "2026-11-01")):
            with serving(sites=SITES, count=pages, nonce=nonce, maker="page_100kb") as port:
                deedwatch("refresh", manifest, "--db", db, "--quiet", port=port, now=f"{day}T10:00:00Z")
            sizes.append(measure(db))
    first, second = sizes
    return [
        (
            f"file growth, first visits of {pages:,} pages",
            f"{first.file / pages / 1000:.2f} KB a page",
            "≤ 15 KB a page",
        ),
        ("  of it bodies", f"{first.bodies / pages / 1000:.2f} KB a page", ""),
        (
            "file growth, the same again with four new nonces each",
            f"{(second.file - first.file) / pages:,.0f} bytes a page",
            "≤ 1,200 bytes a page",
        ),
        (
            "  of it bodies",
            f"{(second.bodies - first.bodies) / pages:,.0f} bytes a page",
            "≤ 300 bytes a page",
        ),
        ("  most of the first", _most(first.tables, {}, pages), ""),
        ("  most of the second", _most(second.tables, first.tables, pages), ""),
    ]


def measure(path: Path) -> Size:
    """Sizes of a closed evidence file. ``tables`` is empty where SQLite was built without ``dbstat``."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        bodies = db.execute("SELECT sum(length(data)) FROM body_bytes").fetchone()[0]
        try:
            tables = dict(db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        except sqlite3.OperationalError:
            tables = {}
    return Size(path.stat().st_size, bodies, tables)


def _most(now: dict[str, int], before: dict[str, int], pages: int) -> str:
    grown = {name: (size - before.get(name, 0)) / pages for name, size in now.items()}
    top = sorted(grown.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {size:,.0f}" for name, size in top[:5] if size >= 1)
