"""What ``kill -9`` at random moments of a refresh costs: nothing but requests asked again.

A rehearsal web of 900 images in this process; ``deedwatch refresh`` is started, killed after a random part of a
second, and started again, 30 times; then it runs to its end and the file is checked.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from bench.measured import ROOT
from rehearsal.manifests import write_csv
from rehearsal.web import RunningWeb, serve
from rehearsal.world import FLICKR_KEY, World

IMAGES = 900
KILLS = 30
#: Requests a second and group while it is killed; four groups are asked side by side.
RATE = "30"
MIX = {"flickr": 8, "commons": 3, "rel_license": 3, "footer": 2}


def figures(*, quick: bool = False) -> list[tuple[str, str, str]]:
    """Kills survived, faults found afterwards, images with a wrong number of snapshots, requests repeated."""
    kills = 6 if quick else KILLS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = World(IMAGES, mix=MIX, brief_trouble=True)
        write_csv(world, folder / "list.csv")
        chance = random.Random(1)
        with serve(world) as web:
            killed = sum(_kill(folder, web, chance) for _ in range(kills))
            last = _start(folder, web, rate="2000")
            _, said = last.communicate()
            if last.returncode != 0:
                raise RuntimeError(f"the last run ended with {last.returncode}: {said[-2000:]}")
            asked = Counter((entry[2], entry[3]) for entry in web.web.log if entry[3] != "/robots.txt")
        check = subprocess.run(
            [sys.executable, "-m", "deedwatch", "verify", "--db", str(folder / "list.deedwatch.db")],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        integrity, wrong = _check(folder / "list.deedwatch.db")
    faults = integrity + (0 if check.returncode == 0 else max(1, check.stderr.count("\n")))
    again = sum(times - 1 for times in asked.values()) / kills
    return [
        ("kill -9 in the middle of a refresh, then a last run: kills", f"{killed} kills", f"{kills} kills"),
        (" faults of SQLite's integrity check and of verify", f"{faults} faults", "≤ 0 faults"),
        (" images without exactly one unsuperseded snapshot", f"{wrong} images", "≤ 0 images"),
        (" requests asked again", f"{again:.1f} a kill", "≤ 60 a kill"),
    ]


def _start(folder: Path, web: RunningWeb, rate: str = RATE) -> subprocess.Popen[str]:
    settings = {
        "DEEDWATCH_REHEARSAL_ORIGIN": web.origin,
        "DEEDWATCH_REHEARSAL_RATE": rate,
        "DEEDWATCH_REHEARSAL_NOW": web.web.world.now.isoformat(),
        "DEEDWATCH_CONTACT": "bench@deedwatch.example",
        "FLICKR_API_KEY": FLICKR_KEY,
    }
    words = ["refresh", str(folder / "list.csv"), "--db", str(folder / "list.deedwatch.db"), "--quiet"]
    return subprocess.Popen(
        [sys.executable, "-m", "deedwatch", *words, "--accept-terms", "flickr"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **settings},
    )


def _kill(folder: Path, web: RunningWeb, chance: random.Random) -> int:
    """Start a run and kill it within a second of its first request; 1 if it was still running."""
    before = web.web.total
    run = _start(folder, web)
    while web.web.total == before and run.poll() is None:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 1))
    run.kill()
    run.communicate()
    return int(run.returncode == -9)


def _check(db: Path) -> tuple[int, int]:
    """(faults of the integrity check, images that have not exactly one snapshot that nothing supersedes)."""
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as connection:
        lines = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        wrong = connection.execute(
            "SELECT count(*) FROM image i WHERE (SELECT count(*) FROM snapshot s WHERE s.image = i.id AND NOT EXISTS"
            " (SELECT 1 FROM snapshot t WHERE t.supersedes = s.id)) != 1"
        ).fetchone()[0]
    return len([line for line in lines if line != "ok"]), wrong
