"""The whole pipeline against stock Scrapy that only fetches: CPU-seconds of each client process, same pages.

Ours: ``deedwatch refresh LIST --quiet``, first visit, manifest to summary: robots.txt, pages read, evidence
with chain and deltas. Theirs: ``bench.stock_scrapy``. Both ask one server process (``bench.origin``) that
holds the pages ready, with as many requests unanswered at once (16 a host). Runs alternate, each in a fresh
process; of each side the cheapest run counts, start-up included. A second row takes start-up off: the CPU
time of a run over one page a host.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bench.measured import deedwatch, run, write_manifest
from bench.origin import serving, urls

SITES = 8
IN_FLIGHT = 16 * SITES  # crawler.politeness.pacing: 16 a group at a rehearsal's full speed


def figures(*, quick: bool = False) -> list[tuple[str, str, str]]:
    """Ratios of stock Scrapy's CPU time to ours, and pages per CPU-second of both."""
    pages, rounds = (800, 1) if quick else (2400, 3)
    with tempfile.TemporaryDirectory() as name, serving(sites=SITES, count=pages) as port:
        folder = Path(name)
        ours, theirs = _both(folder, port, pages, rounds)
        ours_begin, theirs_begin = _both(folder, port, SITES, 1)
    scrapy = f"Scrapy {version('scrapy')}"
    return [
        (
            f"whole pipeline against {scrapy} that only fetches, {pages:,} pages",
            f"{theirs / ours:.2f} ×",
            "≥ 0.60 ×",
        ),
        (
            "  the same, start-up of both taken off",
            f"{(theirs - theirs_begin) / (ours - ours_begin):.2f} ×",
            "",
        ),
        ("  pages a CPU-second, ours", f"{pages / ours:,.0f}", ""),
        (f"  pages a CPU-second, {scrapy}", f"{pages / theirs:,.0f}", ""),
        ("  start-up, ours", f"{ours_begin:.2f} s", ""),
        (f"  start-up, {scrapy}", f"{theirs_begin:.2f} s", ""),
    ]


def _both(folder: Path, port: int, pages: int, rounds: int) -> tuple[float, float]:
    """The least CPU-seconds of ours and of theirs."""
    addresses = urls(SITES, pages)
    manifest = write_manifest(folder / f"list-{pages}.csv", addresses)
    listed = folder / f"urls-{pages}.txt"
    listed.write_text("\n".join(addresses), encoding="utf-8")
    baseline = [sys.executable, "-m", "bench.stock_scrapy", str(port), str(listed), str(IN_FLIGHT)]
    ours, theirs = [], []
    for turn in range(rounds):
        db = folder / f"{pages}-{turn}.deedwatch.db"
        used = deedwatch("refresh", manifest, "--db", db, "--quiet", port=port)
        if f"{pages:,} available" not in used.said:
            raise RuntimeError(f"not every page was read: {used.said[-800:]}")
        ours.append(used.cpu)
        db.unlink()
        used = run(baseline)
        if f"finished {pages} " not in used.said:
            raise RuntimeError(f"stock Scrapy did not get every page: {used.said[-800:]}")
        theirs.append(used.cpu)
    return min(ours), min(theirs)
