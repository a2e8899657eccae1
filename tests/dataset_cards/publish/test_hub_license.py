import csv
import json
import re

import pytest

from dataset_cards.publish.hub_license import HubLicense, hub_license, hub_vocabulary


def test_the_vocabulary_is_whole() -> None:
    vocabulary = hub_vocabulary()
    assert len(vocabulary["licenses"]) == len(set(vocabulary["licenses"])) == 83
    assert {"other", "unknown", "cc-by-2.0"} <= set(vocabulary["licenses"])
    assert set(vocabulary["spdx"].values()) <= set(vocabulary["licenses"])
    assert {"image-classification", "other"} <= set(vocabulary["tasks"])


@pytest.mark.parametrize(
    ("spdx", "hub"),
    [
        ("CC-BY-2.0", "cc-by-2.0"),
        ("CC-BY-NC-ND-3.0", "cc-by-nc-nd-3.0"),
        ("CC0-1.0", "cc0-1.0"),
        ("CDLA-Permissive-2.0", "cdla-permissive-2.0"),
        ("ODbL-1.0", "odbl"),
        ("ODC-By-1.0", "odc-by"),
        ("GFDL-1.2-or-later", "gfdl"),
        ("GPL-3.0-only", "gpl-3.0"),
        ("apache-2.0", "apache-2.0"),
    ],
)
def test_ids_the_hub_knows(spdx: str, hub: str) -> None:
    assert hub_license(spdx) == HubLicense(hub)


@pytest.mark.parametrize(
    ("spdx", "name", "link"),
    [
        ("CC-BY-SA-2.0", "cc-by-sa-2.0", "https://creativecommons.org/licenses/by-sa/2.0/"),
        ("CC-BY-ND-2.0", "cc-by-nd-2.0", "https://creativecommons.org/licenses/by-nd/2.0/"),
        ("CC-BY-NC-ND-2.0", "cc-by-nc-nd-2.0", "https://creativecommons.org/licenses/by-nc-nd/2.0/"),
        ("CC-BY-3.0-DE", "cc-by-3.0-de", "https://creativecommons.org/licenses/by/3.0/de/"),
        (
            "LicenseRef-cc-by-sa-3.0-es",
            "cc-by-sa-3.0-es",
            "https://creativecommons.org/licenses/by-sa/3.0/es/",
        ),
        ("CC-PDM-1.0", "cc-pdm-1.0", "https://creativecommons.org/publicdomain/mark/1.0/"),
        ("LicenseRef-Unsplash", "unsplash", None),
    ],
)
def test_the_others_are_other_with_a_name(spdx: str, name: str, link: str | None) -> None:
    assert hub_license(spdx) == HubLicense("other", name, link)


def test_the_user_names_and_links() -> None:
    assert hub_license("other", name="My Terms 1", link="LICENSE") == HubLicense(
        "other", "my-terms-1", "LICENSE"
    )


def test_the_list_agrees_with_the_reference(shared) -> None:
    with (shared / "reference/data/huggingface-license-ids.csv").open(encoding="utf-8", newline="") as file:
        assert hub_vocabulary()["licenses"] == [row["id"] for row in csv.DictReader(file)]


def test_the_shared_license_cases(shared) -> None:
    """Their input is an address; the id is written out from it here, as the licence registry would."""
    for line in (shared / "suites/hf-cards/licence-ids.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        kind, version = re.search(r"/licenses/([a-z-]+)/([\d.]+)/", case["input"]["licence_url"]).groups()
        found = hub_license(f"CC-{kind.upper()}-{version}")
        assert found.id == case["expected"]["license"]
        assert case["expected"].get("license_name_mentions", "") in (found.name or "")
        if found.id == "other":
            assert found.link == case["input"]["licence_url"]
