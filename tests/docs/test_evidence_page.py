"""Every command that docs/evidence.md tells people to type works, and its two hashes agree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.evidence.schema import BY_NAME, DERIVED_SQL, ENTRY_SQL, STORAGE_SQL
from rehearsal.manifests import write_csv
from rehearsal.web import serve
from rehearsal.world import FLICKR_KEY, World


def commands(root: Path) -> str:
    page = (root / "docs" / "evidence.md").read_text("utf-8")
    return "".join(re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))


def test_the_page_can_be_typed_as_it_stands(root: Path, tmp_path: Path) -> None:
    if not all(map(shutil.which, ("bash", "sqlite3", "zstd", "sha256sum", "python3"))):
        pytest.skip("needs bash, sqlite3, zstd and sha256sum, absent here")
    out = tmp_path / "demo-out"
    out.mkdir()
    (tmp_path / "docs").symlink_to(root / "docs")
    world = World(12, mix={"flickr": 1})
    write_csv(world, out / "manifest.csv")
    words = ["refresh", str(out / "manifest.csv"), "--db", str(out / "demo.deedwatch.db"), "--quiet"]
    with serve(world) as web:
        for step in (0, 1):
            web.go_to(step)
            settings = {
                "DEEDWATCH_REHEARSAL_ORIGIN": web.origin,
                "DEEDWATCH_REHEARSAL_RATE": "500",
                "DEEDWATCH_REHEARSAL_NOW": world.now.isoformat(),
                "DEEDWATCH_CONTACT": "tests@deedwatch.example",
                "FLICKR_API_KEY": FLICKR_KEY,
            }
            command = [sys.executable, "-m", "deedwatch", *words, "--accept-terms", "flickr"]
            subprocess.run(command, env={**os.environ, **settings}, cwd=root, check=True, capture_output=True)
    script = "set -euo pipefail\n" + commands(root)
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    computed, stored = re.findall(r"^([0-9a-f]{64})(?:  \d+\.raw)?$", done.stdout, re.MULTILINE)[:2]
    assert computed == stored
    assert done.stdout.count("edited [], root True, entry True") == 2
    assert "0|license|CC-" in done.stdout


def test_every_table_has_its_line(root: Path) -> None:
    page = (root / "docs" / "evidence.md").read_text("utf-8")
    others = re.findall(r"CREATE TABLE (\w+)", ENTRY_SQL + STORAGE_SQL + DERIVED_SQL)
    for name in [*BY_NAME, *others]:
        assert f"`{name}`" in page, name
