"""COCO val2017 on the manifest's word alone, by the licenses its rows declare."""

import gzip
import json
from collections import Counter

import pytest

from crawler.model import Case, Use
from dataset_cards.policy.evaluate import judge_cases
from dataset_cards.policy.profile import load_profile

# The licenses block of COCO: ids 1 to 8 of Flickr, all Creative Commons 2.0.
COCO_LICENSES = {
    1: "CC-BY-NC-SA-2.0",
    2: "CC-BY-NC-2.0",
    3: "CC-BY-NC-ND-2.0",
    4: "CC-BY-2.0",
    5: "CC-BY-SA-2.0",
    6: "CC-BY-ND-2.0",
    7: "LicenseRef-no-known-copyright-restrictions",
    8: "LicenseRef-us-government-work",
}


@pytest.fixture(scope="module")
def declared(shared):
    rows = json.loads(gzip.decompress((shared / "manifests/coco/coco_val2017_images.json.gz").read_bytes()))
    images = rows["images"] if isinstance(rows, dict) else rows
    return Counter(COCO_LICENSES[image["license"]] for image in images)


def test_license_layer_and_overall(declared, rulesets):
    cases = [
        (Case("flickr", None, None, "", one, "known", False), number) for one, number in declared.items()
    ]
    assert sum(declared.values()) == 5000
    tally = judge_cases(cases, list(rulesets.values()), load_profile("coco"))
    key = (Use.COMMERCIAL_TRAINING, rulesets["cc-where-required"].id)
    assert tally.layers[*key, "license"] == {"conditional": 1274, "review": 251, "ineligible": 3475}
    assert tally.rules[*key, "license"]["license.nd-before-4"] == 246
    assert tally.rules[*key, "license"]["license.no-known-restrictions"] == 5
    for counts in tally.overall.values():
        assert set(counts) <= {"ineligible", "unknown", "review"}
    assert all("keep" not in counts for counts in tally.actions.values())
