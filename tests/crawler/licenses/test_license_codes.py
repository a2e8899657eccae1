"""Short codes of platforms."""

import pytest

from crawler.licenses import registry
from crawler.licenses.codes import from_inaturalist, from_openverse, from_wikidata_item


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("cc-by-nc", "LicenseRef-CC-BY-NC-unversioned"),
        ("CC-BY", "LicenseRef-CC-BY-unversioned"),
        ("cc0", "CC0-1.0"),
        (None, "LicenseRef-all-rights-reserved"),
        (2, "LicenseRef-CC-BY-NC-unversioned"),
        ("gfdl", "LicenseRef-GFDL-unversioned"),
    ],
)
def test_inaturalist(code: str | int | None, expected: str) -> None:
    entry = from_inaturalist(code)
    assert entry is not None
    assert entry.id == expected


@pytest.mark.parametrize("code", ["cc-by-4", "10", "", "by"])
def test_inaturalist_unknown_is_none(code: str) -> None:
    assert from_inaturalist(code) is None


@pytest.mark.parametrize(
    ("code", "version", "expected"),
    [
        ("by-nc", "2.0", "CC-BY-NC-2.0"),
        ("by-nc-nd", "1.0", "CC-BY-NC-ND-1.0"),
        ("cc0", "1.0", "CC0-1.0"),
        ("pdm", None, "CC-PDM-1.0"),
        ("BY", "", "LicenseRef-CC-BY-unversioned"),
        ("sampling+", "1.0", "LicenseRef-CC-SAMPLING-PLUS-1.0"),
    ],
)
def test_openverse(code: str, version: str | None, expected: str) -> None:
    entry = from_openverse(code, version)
    assert entry is not None
    assert entry.id == expected


@pytest.mark.parametrize(
    ("code", "version"), [("by", "9.0"), ("by-nd-sa", "4.0"), ("cc0", "4.0"), ("", "4.0")]
)
def test_openverse_unknown_is_none(code: str, version: str) -> None:
    assert from_openverse(code, version) is None


def test_wikidata_items_are_known_or_not_understood() -> None:
    for item, license_id in registry.table("wikidata")["items"].items():
        found = from_wikidata_item(item)
        assert found is not None
        assert found.id == license_id
    assert from_wikidata_item("q6938433") == registry.by_id("CC0-1.0")
    assert from_wikidata_item("Q50423863") is None  # "copyrighted": a status, no licence
    assert from_wikidata_item("") is None
