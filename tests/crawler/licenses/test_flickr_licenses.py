"""Flickr's ids and labels."""

import csv
from pathlib import Path

import pytest

from crawler.errors import UnknownFlickrLicense
from crawler.licenses import registry
from crawler.licenses.flickr import flickr_id_of_label, flickr_ids, from_flickr_id, from_flickr_label
from crawler.licenses.recognise import recognise


def test_ids_are_complete_and_each_has_a_label_of_today() -> None:
    data = registry.table("flickr")
    assert sorted(map(int, flickr_ids())) == list(range(17))
    assert sorted(data["labels"].values()) == list(range(17))


def test_4_0_ids_have_an_order_of_their_own() -> None:
    old = [from_flickr_id(number).unit for number in range(1, 7)]
    new = [from_flickr_id(number).unit for number in range(11, 17)]
    assert sorted(map(str, old)) == sorted(map(str, new))
    assert old != new


@pytest.mark.parametrize("license_id", [4, "4", " 4 "])
def test_int_and_string_are_one(license_id: int | str) -> None:
    assert from_flickr_id(license_id).id == "CC-BY-2.0"


@pytest.mark.parametrize("license_id", ["17", 99, "", "-1", "four"])
def test_unknown_id_is_loud(license_id: int | str) -> None:
    with pytest.raises(UnknownFlickrLicense):
        from_flickr_id(license_id)


def test_labels_of_both_generations_are_one_licence() -> None:
    assert from_flickr_label("Attribution-NonCommercial License") == from_flickr_label("CC BY-NC 2.0")
    assert flickr_id_of_label("Attribution License") == "4"
    with pytest.raises(UnknownFlickrLicense):
        from_flickr_label("CC BY 3.0")


def test_recognise_agrees_with_the_labels_of_today() -> None:
    for label, number in registry.table("flickr")["labels"].items():
        assert recognise(label).license == from_flickr_id(number), label


def test_agrees_with_the_reference_table(shared: Path) -> None:
    with (shared / "reference" / "data" / "flickr-licence-ids.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            entry = from_flickr_id(row["flickr_id"])
            assert entry.id == row["spdx_id"] or entry.id.startswith("LicenseRef-")
            assert recognise(row["url_2025"]).license == entry, row
            assert from_flickr_label(row["name_2025"]) == entry
            if row["name_before_2025"]:
                assert from_flickr_label(row["name_before_2025"]) == entry
