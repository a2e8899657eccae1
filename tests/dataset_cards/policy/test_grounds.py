"""Which facts a verdict rests on, and the fields of claims behind each."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints

import pytest

from crawler.model import Case, Use
from dataset_cards.policy import grounds as room
from dataset_cards.policy.evaluate import judge
from dataset_cards.policy.facts import Facts
from dataset_cards.policy.gather import gather
from dataset_cards.policy.grounds import grounds
from dataset_cards.policy.match import KEYS
from dataset_cards.policy.profile import Profile
from dataset_cards.policy.ruleset import Ruleset

MakeCase = Callable[..., Case]


def rests(
    case: Case, ruleset: Ruleset, profile: Profile, layer: str, use: Use = Use.EVALUATION
) -> dict[str, tuple[str, ...]]:
    facts = gather(case, profile)
    verdict = judge(facts, ruleset, use)
    (one,) = [each for each in verdict.layers if each.layer == layer]
    return {ground.name: ground.fact.rests for ground in grounds(facts, ruleset, one, use)}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_word_of_rules_asks_for_a_fact(make_case: MakeCase, key: str) -> None:
    fact = room._fact(gather(make_case(), Profile()), room._ASKS_FOR.get(key, key))
    assert isinstance(fact.rests, tuple)


def test_facts_name_only_fields_of_claims(make_case: MakeCase) -> None:
    from crawler.model import Field

    facts = gather(make_case(minors=["minor:keyword"]), Profile())
    hints = get_type_hints(Facts)
    named = {
        field
        for each in fields(Facts)
        if hints[each.name].__name__ == "Fact"
        for field in getattr(facts, each.name).rests
    }
    assert named <= {field.value for field in Field}


@pytest.mark.parametrize(
    ("findings", "profile", "layer", "expected"),
    [
        ({"people": [], "minors": ["minor:keyword"]}, Profile(), "people", ("minors",)),
        ({"people": [], "minors": ["ag-a25:stated"]}, Profile(), "people", ("minors",)),
        ({"people": ["portrait:stated"]}, Profile(), "people", ("people",)),
        ({"people": []}, Profile(people="every"), "people", ()),
        ({"people": []}, Profile(), "people", ("people", "minors")),
    ],
)
def test_people(
    make_case: MakeCase,
    rulesets: dict[str, Ruleset],
    findings: dict[str, Any],
    profile: Profile,
    layer: str,
    expected: tuple[str, ...],
) -> None:
    ruleset = next(rulesets[name] for name in rulesets if name.startswith("cc-always"))
    assert rests(make_case(**findings), ruleset, profile, layer)["people"] == expected


def test_no_minors_where_no_people_are_rests_on_what_says_so(
    make_case: MakeCase, rulesets: dict[str, Ruleset]
) -> None:
    ruleset = next(rulesets[name] for name in rulesets if name.startswith("cc-always"))
    assert rests(make_case(), ruleset, Profile(), "minors")["minors"] == ("people",)


def test_an_earlier_license_rests_on_what_told_of_it(
    make_case: MakeCase, rulesets: dict[str, Ruleset]
) -> None:
    case = make_case(license_id="CC-BY-NC-ND-2.0", declared="CC-BY-2.0", differs="changed_after")
    use = Use.COMMERCIAL_TRAINING
    found = [rests(case, ruleset, Profile(), "license", use) for ruleset in rulesets.values()]
    assert {"license_at_collection": ("license_history",)} in found
