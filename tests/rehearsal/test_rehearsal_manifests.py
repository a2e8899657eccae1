"""Manifests of the world have the shapes users hold."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from rehearsal.manifests import write_coco, write_csv, write_ffhq, write_mixed_csv
from rehearsal.world import World


def keys(value: object, at: str = "") -> set[str]:
    if not isinstance(value, dict):
        return {at}
    return {found for name, inner in value.items() for found in keys(inner, f"{at}/{name}")}


def test_ffhq_has_the_nesting_of_the_documentation(tmp_path: Path, shared: Path) -> None:
    world = World(60)
    count = write_ffhq(world, tmp_path / "ffhq.json")
    ours = json.loads((tmp_path / "ffhq.json").read_text())
    real = json.loads((shared / "manifests/ffhq/ffhq-dataset-v2.from-documentation.json").read_text())
    assert list(ours) == [str(at) for at in range(count)]
    assert keys(ours["0"]) == keys(real["0"])


def test_ffhq_lists_the_flickr_photos_in_order(tmp_path: Path) -> None:
    world = World()
    assert write_ffhq(world, tmp_path / "ffhq.json") == sum(
        row.photo.kind == "flickr" for row in world.rows()
    )
    records = json.loads((tmp_path / "ffhq.json").read_text()).values()
    urls = [record["metadata"]["photo_url"] for record in records]
    assert urls == [row.photo.page_url for row in world.rows() if row.photo.kind == "flickr"]
    assert all(record["metadata"]["date_crawled"] == "2018-10-13" for record in records)


def test_a_world_without_flickr_gives_an_empty_object(tmp_path: Path) -> None:
    assert write_ffhq(World(5, mix={"commons": 1}), tmp_path / "ffhq.json") == 0
    assert json.loads((tmp_path / "ffhq.json").read_text()) == {}


def test_coco_gives_pictures_and_license_numbers_of_its_own(tmp_path: Path) -> None:
    world = World()
    count = write_coco(world, tmp_path / "coco.json")
    data = json.loads((tmp_path / "coco.json").read_text())
    assert len(data["images"]) == count
    by_id = {one["id"]: one["url"] for one in data["licenses"]}
    rows = {row.index: row.photo for row in world.rows()}
    for image in data["images"]:
        photo = rows[image["id"]]
        assert photo.native_id in image["flickr_url"]
        assert by_id[image["license"]] == photo.first.url


def test_tables_keep_zeros_and_the_mixed_one_leaves_pages_out(tmp_path: Path) -> None:
    world = World()
    for write, left_out in ((write_csv, 0), (write_mixed_csv, 1)):
        assert write(world, tmp_path / "table.csv") == 300
        with (tmp_path / "table.csv").open(newline="") as file:
            table = list(csv.DictReader(file))
        assert [row["image_id"] for row in table][:3] == ["00000", "00001", "00002"]
        assert len(table) == 300
        empty = [row for row in table if not row["page_url"]]
        assert bool(empty) is bool(left_out)
        assert all("staticflickr" in row["image_url"] or "wikimedia" in row["image_url"] for row in empty)
