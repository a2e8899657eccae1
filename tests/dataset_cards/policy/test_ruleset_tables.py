"""Every ruleset against the table of its name: facts → verdict. The tables are data; add rows there."""

import tomllib
from pathlib import Path

import pytest

from crawler.model import Basis, LicenseFinding, Scope, Use
from dataset_cards.policy.evaluate import judge
from dataset_cards.policy.gather import gather
from dataset_cards.policy.profile import Profile, load_profile, read_profile, shipped_profiles
from dataset_cards.policy.ruleset import load_ruleset, shipped_rulesets

TABLES = Path(__file__).parent / "tables"
PROFILES = tomllib.loads((TABLES / "profiles.toml").read_text("utf-8"))


def rows():
    for path in sorted(TABLES.glob("*.toml")):
        if path.stem != "profiles":
            for case in tomllib.loads(path.read_text("utf-8"))["case"]:
                yield pytest.param(path.stem, case, id=f"{path.stem}: {case['name']} ({case['layer']})")


def profile_of(name):
    if not name:
        return Profile()
    return load_profile(name) if name in shipped_profiles() else read_profile(PROFILES[name], name)


@pytest.mark.parametrize(("ruleset", "row"), list(rows()))
def test_table(ruleset, row, make_case, rulesets):
    given = dict(row.get("facts", {}))
    if given.get("license_id") == "":  # TOML has no null
        given["license_id"] = None
    scopes = given.pop("licenses", [])
    given["licenses"] = [LicenseFinding(given.get("license_id"), Scope(s), Basis.STATED) for s in scopes]
    facts = gather(make_case(**given), profile_of(row["profile"]))
    judged = {}
    for use in Use:
        verdict = judge(facts, rulesets[ruleset], use)
        layer = next(layer for layer in verdict.layers if layer.layer == row["layer"])
        assert layer.reason
        assert layer.rule_id != "none"
        judged[use.value] = layer.value
    assert judged == row["expect"]


def test_every_shipped_ruleset_has_a_table():
    names = {load_ruleset(ruleset).name for ruleset in shipped_rulesets()}
    assert names == {path.stem for path in TABLES.glob("*.toml")} - {"profiles"}
