"""Judging every image for six uses under the four rulesets: ``deedwatch decide`` on an evidence file. No bar as yet."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bench.measured import deedwatch, run


def figures(*, quick: bool = False, thorough: bool = False) -> list[tuple[str, str, str]]:
    """CPU-seconds and memory of the command, start-up included. Making a file of a million images takes minutes."""
    images = 1_000_000 if thorough else 20_000 if quick else 200_000
    with tempfile.TemporaryDirectory() as name:
        db = Path(name) / "judged.deedwatch.db"
        run([sys.executable, "-m", "bench.scale", str(db), str(images), "1"])
        used = deedwatch("decide", "--db", db, "--json")
        verdicts = json.loads(used.said)
    judged = sum(sum(each["verdicts"].values()) for each in verdicts["overall"])
    return [
        (f"{images:,} images judged ({judged:,} verdicts)", f"{used.cpu:.1f} s CPU", ""),
        ("  memory", f"{used.peak:.0f} MB", ""),
    ]
