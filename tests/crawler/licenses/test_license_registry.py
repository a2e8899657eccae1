"""The registry tested as data: every licence has what a judge needs, and says where that comes from."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.licenses import registry, words
from crawler.licenses.license import KINDS, License
from crawler.licenses.recognise import recognise
from crawler.licenses.urls import ids

ALL = registry.all_licenses()
SPDX_OR_REF = re.compile(r"LicenseRef-[A-Za-z0-9.-]+|[A-Za-z0-9.+-]+")


def test_ids_are_unique_and_spdx_shaped() -> None:
    assert Counter(entry.id for entry in ALL).most_common(1)[0][1] == 1
    assert Counter(entry.id.lower() for entry in ALL).most_common(1)[0][1] == 1
    assert [entry.id for entry in ALL if not SPDX_OR_REF.fullmatch(entry.id)] == []


def test_every_licence_has_kind_conditions_source_and_date() -> None:
    for entry in ALL:
        assert entry.kind in KINDS, entry.id
        assert all(
            isinstance(flag, bool) for flag in (entry.by, entry.nc, entry.nd, entry.sa, entry.revocable)
        )
        assert entry.name, entry.id
        assert len(entry.source) > 5, entry.id
        assert re.fullmatch(r"20\d\d-\d\d(-\d\d)?", entry.checked), entry.id
        assert entry.retired is None or re.fullmatch(r"20\d\d-\d\d-\d\d", entry.retired), entry.id
        assert not (entry.nd and entry.sa), entry.id


def test_conditions_follow_the_unit() -> None:
    for entry in ALL:
        if entry.kind == "cc" and entry.unit:
            parts = entry.unit.split("-")
            assert (entry.by, entry.nc, entry.nd, entry.sa) == tuple(
                p in parts for p in ("by", "nc", "nd", "sa")
            )


def test_scotland_is_no_noderivatives_licence() -> None:
    entry = registry.by_id("LicenseRef-CC-BY-2.5-SCOTLAND")
    assert not entry.nd
    assert entry.jurisdiction == "scotland"


def test_creative_commons_grants_cannot_be_revoked() -> None:
    assert [entry.id for entry in ALL if entry.kind == "cc" and entry.revocable] == []


def test_by_id_and_its_error() -> None:
    assert registry.by_id("CC-BY-NC-2.0").hub_id == "cc-by-nc-2.0"
    with pytest.raises(registry.UnknownLicense, match=r"CC-BY-9\.0"):
        registry.by_id("CC-BY-9.0")


@pytest.mark.parametrize(
    "missing_on_the_hub", ["CC-BY-SA-2.0", "CC-BY-ND-2.0", "CC-BY-NC-ND-2.0", "CC-PDM-1.0", "CC-BY-3.0-DE"]
)
def test_hub_has_no_id_for(missing_on_the_hub: str) -> None:
    assert registry.by_id(missing_on_the_hub).hub_id is None


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_id_and_address_lead_back(entry: License) -> None:
    assert recognise(entry.id).license == entry
    if entry.url and (entry.unit or entry.kind not in ("software", "copyleft")):
        assert recognise(entry.url).license == entry


def test_names_lead_back() -> None:
    for entry in ALL:
        if entry.unit in ("sampling", "sampling+", "nc-sampling+", "devnations"):
            assert (
                recognise(entry.name).license is None
            )  # conditions beyond BY, NC, ND, SA: by address or id only
        elif entry.unit == "by-nd-nc" and entry.jurisdiction == "jp":
            assert recognise(entry.name).license == registry.by_id("LicenseRef-CC-BY-NC-ND-2.0-JP")
        else:
            assert recognise(entry.name).license == entry, entry.name


def test_aliases_lead_back() -> None:
    for license_id, raw in registry.entries_with_words():
        for alias in raw.get("aliases", ()):
            assert recognise(alias).license == registry.by_id(license_id), alias


def test_retired_ids_point_to_entries() -> None:
    for old, new in registry.table("retired_ids")["ids"].items():
        assert ids()[old.lower()].id == new


def test_retired_names_point_to_entries() -> None:
    for old, new in registry.table("retired_ids")["names"].items():
        assert recognise(old).license == registry.by_id(new)


def test_every_id_of_the_reference_is_known(shared: Path) -> None:
    """SPDX's ids and names that matter for images: each its own entry; a retired one the entry that replaced it."""
    with (shared / "reference" / "data" / "spdx-image-licence-ids.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            for text in (row["id"], row["name"]):
                found = recognise(text).license
                assert found is not None, text
                assert found.id == row["id"] or row["deprecated"] == "1", text


def test_no_phrase_means_two_things() -> None:
    for name in ("elements", "places"):
        data = (
            registry.table("words")["elements"]
            if name == "elements"
            else registry.table("places")["spellings"]
        )
        meanings: dict[str, set[str]] = {}
        for meaning, spellings in data.items():
            for spelling in spellings:
                meanings.setdefault(" ".join(words.words(words.normal(spelling))), set()).add(meaning)
        assert {phrase: found for phrase, found in meanings.items() if len(found) > 1} == {}


def test_every_port_has_a_place_name() -> None:
    ports = {entry.jurisdiction for entry in ALL if entry.unit and entry.kind != "public-domain-tool"} - {
        None
    }
    assert ports == set(registry.table("creative_commons")["places"])
    assert ports == set(registry.table("places")["spellings"])


def test_all_twelve_rights_statements() -> None:
    held = ("InC", "InC-OW-EU", "InC-EDU", "InC-NC", "InC-RUU")
    free = ("NoC-CR", "NoC-NC", "NoC-OKLR", "NoC-US")
    for code in (*held, *free, "CNE", "UND", "NKC"):
        for form in (
            "http://rightsstatements.org/vocab/{}/1.0/",
            "https://rightsstatements.org/page/{}/1.0/?language=en",
        ):
            found = recognise(form.format(code)).license
            assert found is not None, code
            assert (found.id, found.kind in ("statement", "reserved")) == (f"LicenseRef-rs-{code}-1.0", True)


def test_site_licences_say_what_is_known_on_ai() -> None:
    for entry in ALL:
        if entry.kind == "site" and entry.id.startswith("LicenseRef-"):
            assert entry.ai_clause, entry.id


def test_hash_is_of_the_data_files() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", registry.registry_hash())
    assert registry.registry_hash() == registry.registry_hash()


def test_agrees_with_the_reference_table(shared: Path) -> None:
    """All 629 tools of the reference, each with its conditions, date of retirement, SPDX and Hub id."""
    with (shared / "reference" / "data" / "cc-tools.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_url = {entry.url: entry for entry in ALL if entry.unit}
    assert len(rows) == 629
    assert {row["url"] for row in rows} == set(by_url) - {None}
    for row in rows:
        entry = by_url[row["url"]]
        flags = tuple(row[key] == "1" for key in ("by", "nc", "nd", "sa"))
        assert (entry.by, entry.nc, entry.nd, entry.sa) == flags, row["url"]
        assert (entry.retired or "") == row["deprecated_on"], row["url"]
        assert (entry.hub_id or "other") == row["huggingface_id"], row["url"]
        if row["spdx_id"]:
            assert entry.id == row["spdx_id"]
        else:
            assert entry.id.startswith("LicenseRef-"), row["url"]
