"""Memory and CPU time of reading a list of FFHQ v2's size and shape, in a process of its own.

The list is generated: 70,000 records of 3.8 kB, each with three nested files, their sums, and twice 68
landmarks, as the README of the dataset prints one. Bars of issue 2: at most 150 MB of memory and
5 CPU-seconds.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

RECORDS = 70_000

_READ = """
import resource, sys, time
from pathlib import Path
from crawler.manifests.open import open_manifest
from crawler.model import ImageRef
manifest = open_manifest(Path(sys.argv[1]))
images = sum(isinstance(row, ImageRef) for row in manifest.rows())
used = resource.getrusage(resource.RUSAGE_SELF)
print(manifest.format, images, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def generate(path: Path, records: int = RECORDS) -> int:
    """Write the list; returns its size in bytes. The same bytes every time."""
    draw = random.Random(20_181_010)
    with path.open("w", encoding="utf-8") as file:
        file.write("{")
        for number in range(records):
            file.write(f'{", " if number else ""}"{number}": {json.dumps(_record(draw, number))}')
        file.write("}")
    return path.stat().st_size


def _record(draw: random.Random, number: int) -> dict[str, object]:
    owner, photo = draw.randrange(10**8), draw.randrange(10**9, 10**10)
    folder = f"{number // 1000 * 1000:05d}/{number:05d}.png"
    return {
        "category": "training" if number < 60_000 else "validation",
        "metadata": {
            "photo_url": f"https://www.flickr.com/photos/{owner}@N0{number % 9}/{photo}/",
            "photo_title": f"DSCF{number % 10_000:04d}.JPG",
            "author": f"Somebody {owner % 7919} é",
            "country": "",
            "license": "Attribution-NonCommercial License",
            "license_url": "https://creativecommons.org/licenses/by-nc/2.0/",
            "date_uploaded": "2007-08-16",
            "date_crawled": "2018-10-10",
        },
        "image": _file(draw, f"images1024x1024/{folder}", 1024) | {"face_landmarks": _landmarks(draw, 1024)},
        "thumbnail": _file(draw, f"thumbnails128x128/{folder}", 128),
        "in_the_wild": _file(draw, f"in-the-wild-images/{folder}", 2016)
        | {
            "face_rect": [667, 410, 1438, 1181],
            "face_landmarks": _landmarks(draw, 2016),
            "face_quad": [[round(draw.random() * 2016, 2) for _ in range(2)] for _ in range(4)],
        },
    }


def _file(draw: random.Random, path: str, side: int) -> dict[str, object]:
    return {
        "file_url": f"https://drive.google.com/uc?id={draw.getrandbits(128):032x}1",
        "file_path": path,
        "file_size": draw.randrange(10**5, 10**7),
        "file_md5": f"{draw.getrandbits(128):032x}",
        "pixel_size": [side, side],
        "pixel_md5": f"{draw.getrandbits(128):032x}",
    }


def _landmarks(draw: random.Random, side: int) -> list[list[float]]:
    return [[round(draw.random() * side, 1), round(draw.random() * side, 2)] for _ in range(68)]


def figures() -> list[tuple[str, str, str]]:
    """(what was measured, its value, its bar)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ffhq-shaped.json"
        size = generate(path)
        done = subprocess.run(
            [sys.executable, "-c", _READ, str(path)],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).resolve().parent.parent,
        )
    name, images, seconds, memory = done.stdout.split()
    what = f"a list of {size / 1e6:,.0f} MB read as {name}"
    return [
        (f"{what}: images", f"{int(images):,}", f"{RECORDS:,}"),
        (f"{what}: memory", f"{float(memory):.0f} MB", "≤ 150 MB"),
        (f"{what}: CPU time", f"{float(seconds):.1f} s", "≤ 5 s"),
    ]


if __name__ == "__main__":
    for line in figures():
        print(" | ".join(line))
