"""``python -m rehearsal.demo``: the real command line, from manifest to card, on the rehearsal web.

No key, no internet. What runs is printed as a user would type it, with the settings that make it a rehearsal.
Exit code 0 when every command succeeded, else that of the first that failed.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from rehearsal.fates import STEPS
from rehearsal.manifests import row_key, write_mixed_csv
from rehearsal.texts import CHANGING
from rehearsal.truth import truth_of
from rehearsal.web import RunningWeb, serve
from rehearsal.world import FLICKR_KEY, World

RATE = "50"
MANIFEST, EVIDENCE, CARD, LISTS = "manifest.csv", "demo.deedwatch.db", "card", "lists"
#: What the owner of the demo's dataset states of it; without one, every image would end in review.
PROFILE = Path(__file__).with_name("demo-profile.toml")
#: The use that is explained and listed; ``decide`` and the card show all six.
USE = "commercial-training"
SHOWN_CHANGES = "12"
BANNER = "REHEARSAL: this computer plays every host below. Nothing is real, and nothing leaves it."


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m rehearsal.demo", description=__doc__.split("\n", maxsplit=1)[0]
    )
    parser.add_argument(
        "--out", type=Path, default=Path("demo-out"), help="folder for manifest, evidence and card"
    )
    parser.add_argument("--images", type=int, default=300)
    parser.add_argument(
        "--steps", type=int, default=2, choices=range(2, len(STEPS) + 1), help="how many visits"
    )
    chosen = parser.parse_args()
    began = time.monotonic()
    world = World(chosen.images, brief_trouble=True)
    out: Path = chosen.out
    out.mkdir(parents=True, exist_ok=True)
    for leftover in out.glob(f"{EVIDENCE}*"):
        leftover.unlink()  # yesterday's rehearsal; a real evidence file is never deleted by any command
    rows = write_mixed_csv(world, out / MANIFEST)
    print(BANNER)
    print(f"{rows} images on Flickr, Wikimedia Commons and {len(world.plain)} other hosts: {out / MANIFEST}")
    with serve(world) as web:
        failed = _play(world, web, out, chosen.steps)
    print()
    if failed:
        print(f"A command ended with exit code {failed}; the demo stops here.")
    else:
        asked = web.web.total
        print(f"{asked} requests were answered in {time.monotonic() - began:.0f} s.")
        print(f"The card: {out / CARD / 'README.md'} (docs/card.png shows one rendered)")
        print(f"Keep, review and drop lists: {out / LISTS}")
        print(f"The evidence: {out / EVIDENCE} (docs/evidence.md goes through this very file)")
    print(BANNER)
    return failed


def _play(world: World, web: RunningWeb, out: Path, steps: int) -> int:
    """Run the commands one after another; returns the exit code of the first that fails, or 0."""
    db = ("--db", str(out / EVIDENCE))
    refresh = ("refresh", str(out / MANIFEST), "--dataset", "demo", *db, "--accept-terms", "flickr")
    settings: dict[str, str] = {}
    for step in range(steps):
        web.go_to(step)
        print(f"\n=== {STEPS[step][0]}: {world.now:%Y-%m-%d} ===")
        before, settings = settings, _settings(world, web)
        for name, value in settings.items():
            if before.get(name) != value:
                print(f"$ export {name}={shlex.quote(value)}")
        if code := _run(refresh, settings):
            return code
    profile = ("--profile", _from_here(PROFILE))
    verbs = (
        ("changes", *db, "--limit", SHOWN_CHANGES),
        ("documents", CHANGING, *db, "--diff"),
        ("explain", told_of(world, steps - 1), *db, *profile, "--use", USE),
        ("decide", *db, *profile),
        ("export", "lists", *db, *profile, "--use", USE, "--out", str(out / LISTS)),
        ("card", *db, *profile, "--out", str(out / CARD)),
        ("verify", *db, "--card", str(out / CARD / "README.md")),
    )
    for verb in verbs:
        if code := _run(verb, settings):
            return code
    return 0


def _from_here(path: Path) -> str:
    """``path`` as somebody standing in the working folder would type it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def told_of(world: World, last: int) -> str:
    """The key of an image worth explaining: its licence changed on Flickr between the visits."""
    for row in world.rows():
        if row.photo.kind == "flickr" and any(
            "license-changed" in words for words in truth_of(world, row)["changes"][1 : last + 1]
        ):
            return row_key(row)
    return row_key(world.row(0))


def _settings(world: World, web: RunningWeb) -> dict[str, str]:
    return {
        "DEEDWATCH_REHEARSAL_ORIGIN": web.origin,
        "DEEDWATCH_REHEARSAL_RATE": RATE,
        "DEEDWATCH_REHEARSAL_NOW": f"{world.now:%Y-%m-%dT%H:%M:%SZ}",
        "DEEDWATCH_CONTACT": "demo@deedwatch.example",
        "FLICKR_API_KEY": FLICKR_KEY,
    }


def _run(words: tuple[str, ...], settings: Mapping[str, str]) -> int:
    """One command of the installed ``deedwatch``, shown first; its output goes straight to the terminal."""
    print(f"\n$ deedwatch {shlex.join(words)}", flush=True)
    command = [sys.executable, "-m", "deedwatch", *words]
    return subprocess.run(command, env={**os.environ, **settings}, check=False).returncode  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main())
