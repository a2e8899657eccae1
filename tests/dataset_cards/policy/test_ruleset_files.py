"""Rulesets as files: errors name line and remedy, hashes cover what was read, edits work."""

import re
from importlib import resources

import pytest

from crawler.errors import BadRuleset
from crawler.model import Use
from dataset_cards.policy.conditions import CONDITIONS
from dataset_cards.policy.evaluate import judge
from dataset_cards.policy.gather import gather
from dataset_cards.policy.located import parse
from dataset_cards.policy.profile import read_profile
from dataset_cards.policy.ruleset import latest, load_ruleset, read_ruleset, shipped_rulesets

OWN = """\
name = "our-counsel"
date = 2026-12-01
title = "Ours"
summary = "As cc-where-required, but NoDerivatives is out."
extends = "cc-where-required-2026-11-23"

[[rule]]
id = "license.nd-before-4"
layer = "license"
when = { kind = "cc", nc = false, nd = true, not_version = "4.0" }
sentence = "Our counsel says no."
citation = "memo of 2026-11-30"
[rule.verdict]
all = "ineligible"
"""


def test_four_rulesets_ship_and_a_name_means_the_latest():
    names = [re.sub(r"-\\d{4}.*", "", ruleset) for ruleset in shipped_rulesets()]
    assert len(names) == 4
    assert latest("strict") == "strict-2026-11-23"
    assert load_ruleset("strict").id == "strict-2026-11-23"
    assert latest("no-such") is None


def test_every_rule_has_reason_and_citation_and_every_condition_a_sentence():
    for ruleset in map(load_ruleset, shipped_rulesets()):
        ids = [rule.id for rule in ruleset.rules]
        assert len(ids) == len(set(ids))
        for rule in ruleset.rules:
            assert rule.sentence.endswith(".")
            assert rule.citation
            assert rule.exception == "" or rule.exception in {"dataset-grant", "eu-art3", "eu-art4"}
    assert {condition.kind for condition in CONDITIONS.values()} == {"duty", "assumption"}


def test_the_hash_covers_own_text_and_what_it_extends():
    plain = read_ruleset(OWN, "own.toml")
    edited = read_ruleset(OWN.replace("says no", "says never"), "own.toml")
    elsewhere = read_ruleset(OWN.replace("cc-where-required-2026", "cc-always-2026"), "own.toml")
    assert len({plain.hash, edited.hash, elsewhere.hash}) == 3
    assert plain.hash == read_ruleset(OWN, "renamed.toml").hash


def test_an_edited_rule_replaces_the_shipped_one(make_case):
    facts = gather(make_case(license_id="CC-BY-ND-2.0"), read_profile("", "p"))
    ours, theirs = read_ruleset(OWN, "own.toml"), load_ruleset("cc-where-required")
    assert judge(facts, theirs, Use.EVALUATION).layers[0].value == "review"
    verdict = judge(facts, ours, Use.EVALUATION).layers[0]
    assert (verdict.value, verdict.reason) == ("ineligible", "Our counsel says no.")
    assert ours.extends == "cc-where-required-2026-11-23"


def test_a_copied_file_loads_from_a_path(tmp_path):
    text = (resources.files("dataset_cards.policy") / "rulesets" / "strict-2026-11-23.toml").read_text(
        "utf-8"
    )
    copy = tmp_path / "mine.toml"
    copy.write_text(text.replace('name = "strict"', 'name = "mine"'), "utf-8")
    assert load_ruleset(copy).id == "mine-2026-11-23"


BROKEN = [
    ('"ineligible"', '"inelligible"', 14, "ineligible, unknown, review"),
    ('"ineligible"', '"conditional"', 14, "with its conditions after a colon"),
    ('"ineligible"', '"review: credit"', 14, "other verdicts have none"),
    ('"ineligible"', '"conditional: pay"', 14, "'pay' is not a condition"),
    ('"ineligible"', "true", 14, "in quotation marks"),
    ('"ineligible"', '"silent"', 13, "never speak"),
    ("all =", "everything =", 14, "unknown use"),
    ("all =", "evaluation =", 13, "no verdict for commercial-training"),
    ('layer = "license"', 'layer = "licence"', 9, "dataset-terms"),
    ('kind = "cc"', 'kind = "creative"', 10, "'cc'"),
    ("nc = false", 'nc = "maybe"', 10, "true or false"),
    ("nc = false", "ncc = false", 10, "unknown fact"),
    ("nc = false", "nc = []", 10, "the list is empty"),
    ('sentence = "Our counsel says no."', 'sentence = ""', 11, "without a reason"),
    ("citation", "source", 12, "unknown key"),
    ('id = "license.nd-before-4"\n', "", 7, "write a sentence"),
    ("cc-where-required-2026-11-23", "cc-where-required", 5, "with its date"),
    ('name = "our-counsel"', 'name = "Our Counsel"', 1, "small letters"),
    ("2026-12-01", '"2026-12-01"', 2, "without quotation marks"),
    ('title = "Ours"', 'titel = "Ours"', 3, "unknown key"),
    ('extends = "cc-where-required-2026-11-23"', "grants_last = true", 7, "no rule speaks of the layer"),
    ('layer = "license"', 'layer = "people"\nexception = "eu-art4"', 10, "only a rule of the license layer"),
    ("[[rule]]", "[[rule]", 7, "not valid TOML"),
    ("[[rule]]", 'accepts = "eu-art4"\n[[rule]]', 7, "write a list"),
]


@pytest.mark.parametrize(("old", "new", "line", "remedy"), BROKEN)
def test_errors_name_file_line_and_remedy(old, new, line, remedy):
    with pytest.raises(BadRuleset) as error:
        read_ruleset(OWN.replace(old, new, 1), "own.toml")
    assert str(error.value).startswith(f"own.toml, line {line}")
    assert remedy in str(error.value)


def test_a_missing_ruleset_names_those_there_are():
    with pytest.raises(BadRuleset, match="strict-2026-11-23"):
        load_ruleset("strickt")


def test_lines_are_found_past_long_strings_and_arrays():
    text = (
        'a = """\nb = 1\n"""\nc = [\n  "d = 2",\n  "x",\n]\n[e]\nf = 3\n'
        '[[g]]\nh = 1\n[[g]]\n[g.i]\n"j k" = { l = 1 }\n'
    )
    lines = parse(text, "x.toml").lines
    assert ("b",) not in lines
    assert ("d",) not in lines
    assert lines["c",] == 4
    assert lines["e", "f"] == 9
    assert lines["g", 0, "h"] == 11
    assert lines["g", 1, "i", "j k", "l"] == 14
