"""The real command line against the rehearsal web: what it reports is what happened, no more and no less."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from rehearsal.manifests import row_key, write_mixed_csv
from rehearsal.truth import truth_of
from rehearsal.web import RunningWeb, serve
from rehearsal.world import FLICKR_KEY, World

#: Without the hosts that make a crawler wait.
MIX = {"flickr": 9, "commons": 4, "rel_license": 3, "footer": 1, "barred": 1, "walled": 1}
ROOT = Path(__file__).resolve().parents[2]


def deedwatch(web: RunningWeb, *words: str | Path) -> str:
    settings = {
        "DEEDWATCH_REHEARSAL_ORIGIN": web.origin,
        "DEEDWATCH_REHEARSAL_RATE": "200",
        "DEEDWATCH_REHEARSAL_NOW": web.web.world.now.isoformat(),
        "DEEDWATCH_CONTACT": "tests@deedwatch.example",
        "FLICKR_API_KEY": FLICKR_KEY,
    }
    command = [sys.executable, "-m", "deedwatch", *map(str, words)]
    done = subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def happened(world: World, step: int) -> Counter[tuple[str, str]]:
    sheets: Mapping[str, list[list[str]]] = {
        row_key(row): truth_of(world, row)["changes"] for row in world.rows()
    }
    return Counter((key, word) for key, sheet in sheets.items() for word in sheet[step])


def test_two_looks_a_month_apart_report_every_change_and_nothing_else(tmp_path: Path) -> None:
    world = World(120, mix=MIX)
    manifest, evidence = tmp_path / "list.csv", tmp_path / "list.deedwatch.db"
    write_mixed_csv(world, manifest)
    with serve(world) as web:
        for step in (0, 1):
            web.go_to(step)
            deedwatch(web, "refresh", manifest, "--db", evidence, "--accept-terms", "flickr", "--quiet")
        listed = json.loads(deedwatch(web, "changes", "--db", evidence, "--json", "--limit", "0"))["changes"]
        agents = {entry[4] for entry in web.web.log}
    reported = Counter((one["key"], one["kind"]) for one in listed if one["kind"] != "document-changed")
    assert reported == happened(world, 1)
    assert len(reported) > 10
    assert len(agents) == 1
    assert "tests@deedwatch.example" in agents.pop()
    assert FLICKR_KEY.encode() not in evidence.read_bytes()
