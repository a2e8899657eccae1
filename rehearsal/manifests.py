"""Manifests of a world, in the shapes users hold: FFHQ's one JSON object, COCO, a plain table, and a mixed
table.

Each function writes row by row, so that large worlds take no memory, and returns the number of rows written.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rehearsal import deeds
from rehearsal.words import roll
from rehearsal.world import Row, World

#: COCO's own numbers for the licences it knows (those of ``flickr.photos.licenses.getInfo`` before 2015).
_COCO = tuple(deed for number, deed in deeds.FLICKR.items() if number and number <= 10)
_SIZE = 1024
#: Where the files of an FFHQ-shaped list of ours are said to lie, and what it is known by.
_OURS = b"drive.google.com/uc?id=rehearsal-"
COLUMNS = (
    "image_id", "page_url", "image_url", "license", "license_url", "author", "title",
    "date_uploaded", "date_crawled",
)  # fmt: skip


def flickr_rows(world: World) -> Iterator[Row]:
    return (row for row in world.rows() if row.photo.kind == "flickr")


def write_ffhq(world: World, path: Path) -> int:
    """The nesting of ffhq-dataset-v2.json; keys "0", "1", …; Flickr photos only, as there."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, row in enumerate(flickr_rows(world), 1):
            record = json.dumps(_ffhq_record(world, count - 1, row), ensure_ascii=False, indent=1)
            file.write(f'{"{" if count == 1 else ","}\n"{count - 1}": {record}')
        file.write("\n}\n" if count else "{}\n")
    return count


def is_ours(path: Path) -> bool:
    """Whether ``write_ffhq`` wrote this file: its first record leads to one of our made-up files."""
    with path.open("rb") as file:
        start = file.read(4096)
    return start == b"{}\n" or _OURS in start


def _ffhq_record(world: World, index: int, row: Row) -> dict[str, Any]:
    photo, declared = row.photo, world.declared(row.photo)
    folder, name = f"{index // 1000 * 1000:05d}", f"{index:05d}.png"

    def file(place: str, side: int) -> dict[str, Any]:
        digest = f"{roll(place, index):016x}"
        return {
            "file_url": f"https://{_OURS.decode()}{digest}",
            "file_path": f"{place}/{folder}/{name}",
            "file_size": 1000 + roll(digest) % 4_000_000,
            "file_md5": digest * 2,
            "pixel_size": [side, side],
            "pixel_md5": digest[::-1] * 2,
        }

    marks = [[round(200 + at * 7.31, 2), round(310 + at * 4.77, 2)] for at in range(68)]
    return {
        "category": "training" if index % 7 else "validation",
        "metadata": {
            "photo_url": photo.page_url,
            "photo_title": photo.title,
            "author": photo.owner.name,
            "country": "",
            "license": declared.old_name,
            "license_url": declared.declared_url,
            "date_uploaded": photo.posted.date().isoformat(),
            "date_crawled": world.collected.date().isoformat(),
        },
        "image": file("images1024x1024", _SIZE) | {"face_landmarks": marks},
        "thumbnail": file("thumbnails128x128", 128),
        "in_the_wild": file("in-the-wild-images", 2016)
        | {"face_rect": [667, 410, 1438, 1181], "face_landmarks": marks, "face_quad": marks[:4]},
    }


def write_coco(world: World, path: Path) -> int:
    """COCO's instances file: a licences block, images with ``flickr_url`` and neither page nor author."""
    info = {"description": "A rehearsal set", "version": "1.0", "year": world.collected.year}
    licenses = [{"url": one.url, "id": at, "name": one.old_name} for at, one in enumerate(_COCO, 1)]
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"info": {json.dumps(info)}, "licenses": {json.dumps(licenses)}, "images": [')
        for count, row in enumerate(flickr_rows(world), 1):
            declared = world.declared(row.photo)
            name = f"{row.index:012d}.jpg"
            image = {
                "license": _COCO.index(declared) + 1 if declared in _COCO else 0,
                "file_name": name,
                "coco_url": f"http://images.cocodataset.org/val2017/{name}",
                "height": 480,
                "width": 640,
                "date_captured": world.collected.strftime("%Y-%m-%d %H:%M:%S"),
                "flickr_url": row.photo.image_url.replace("https", "http", 1).replace("_b.jpg", "_z.jpg"),
                "id": row.index,
            }
            file.write(("," if count > 1 else "") + "\n" + json.dumps(image))
        file.write('\n], "annotations": []}\n')
    return count


def write_csv(world: World, path: Path) -> int:
    """A plain table with the columns ``COLUMNS``; every row gives its page."""
    return _table(world, path, _addresses)


def write_mixed_csv(world: World, path: Path) -> int:
    """As ``write_csv``, but every fourth row of Flickr and Commons gives the picture only, not its page."""

    def addresses(row: Row) -> tuple[str, str]:
        page, image = _addresses(row)
        return ("" if row.index % 4 == 3 and row.photo.kind in ("flickr", "commons") else page), image

    return _table(world, path, addresses)


def _addresses(row: Row) -> tuple[str, str]:
    return row.photo.page_url, row.photo.image_url


def _table(world: World, path: Path, addresses: Callable[[Row], tuple[str, str]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in world.rows():
            photo, declared = row.photo, world.declared(row.photo)
            page, image = addresses(row)
            table.writerow(
                (
                    row_key(row), page, image, declared.old_name, declared.declared_url, photo.owner.name,
                    photo.title, photo.posted.date().isoformat(),
                    world.collected.date().isoformat(),
                )
            )  # fmt: skip
    return world.images


def row_key(row: Row) -> str:
    """The key of a row in the tables: "00017" stays a string."""
    return f"{row.index:05d}"
