"""Peak memory of ``deedwatch refresh`` over 10,000 and over 100,000 images of the rehearsal world.

Two thirds of the images are Flickr's and Commons' (APIs, 50 titles a request), the rest pages of 20 hosts, answered
by ``rehearsal.web`` in a process of its own. What counts is the process's highest resident memory.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.measured import Used, deedwatch, run, served

MIX = '{"flickr": 9, "commons": 4, "rel_license": 4, "footer": 1}'
HOSTS = 20
_WORLD = f"rehearsal.world.World(int(sys.argv[1]), {HOSTS}, mix={MIX})"
_SERVE = f"""
import sys, rehearsal.world
from rehearsal.web import serve
with serve({_WORLD}, log_limit=1) as web:
    print(web.port, flush=True)
    sys.stdin.read()
"""
_WRITE = f"""
import sys, rehearsal.world
from pathlib import Path
from rehearsal.manifests import write_csv
write_csv({_WORLD}, Path(sys.argv[2]))
"""


def figures(*, quick: bool = False) -> list[tuple[str, str, str]]:
    """Peak memory for each number of images, and how much ten times the images add."""
    small = _refresh(10_000)
    found = [("memory of a refresh of 10,000 images", f"{small.peak:.0f} MB", "≤ 250 MB")]
    if quick:
        return found
    large = _refresh(100_000)
    return [
        *found,
        ("memory of a refresh of 100,000 images", f"{large.peak:.0f} MB", "≤ 250 MB"),
        ("  against that of 10,000", f"{large.peak / small.peak:.2f} ×", "≤ 1.25 ×"),
        ("  its CPU time", f"{large.cpu:.0f} s", ""),
    ]


def _refresh(images: int) -> Used:
    with tempfile.TemporaryDirectory() as name:
        manifest = Path(name) / "list.csv"
        run([sys.executable, "-c", _WRITE, str(images), str(manifest)])
        with served([sys.executable, "-c", _SERVE, str(images)]) as port:
            return deedwatch(
                "refresh",
                manifest,
                "--db",
                Path(name) / "list.deedwatch.db",
                "--accept-terms",
                "flickr",
                "--quiet",
                port=port,
                now="2026-09-01T09:00:00Z",
                FLICKR_API_KEY="0123456789abcdef0123456789abcdef",
            )
