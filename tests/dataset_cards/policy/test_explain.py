"""Verdicts as sentences."""

from crawler.model import Use
from dataset_cards.policy.evaluate import judge
from dataset_cards.policy.explain import NOT_LEGAL_ADVICE, explain
from dataset_cards.policy.gather import gather
from dataset_cards.policy.profile import load_profile


def test_lowest_layer_first_with_reason_rule_and_source(rulesets, make_case):
    facts = gather(make_case(license_id="CC-BY-NC-2.0"), load_profile("ffhq"))
    sentences = explain(judge(facts, rulesets["cc-where-required"], Use.COMMERCIAL_TRAINING))
    assert sentences[0].startswith("For commercial-training under cc-where-required-2026-11-23")
    assert "leave it out" in sentences[0]
    assert "license and dataset terms" in sentences[0]
    assert sentences[1].startswith("License: ineligible.")
    assert "(rule license.nc)" in sentences[1]
    assert "NonCommercial_interpretation" in sentences[1]
    assert sentences[-1] == NOT_LEGAL_ADVICE
    assert len(sentences) == 9


def test_what_is_not_attested_is_said(rulesets, make_case):
    facts = gather(make_case(license_id="CC-BY-NC-2.0"), load_profile(None))
    sentences = explain(judge(facts, rulesets["cc-always"], Use.ACADEMIC_RESEARCH))
    license_line = next(line for line in sentences if line.startswith("License"))
    assert "Nobody has attested that the purpose is not primarily intended" in license_line
    dataset_line = next(line for line in sentences if line.startswith("Dataset terms"))
    assert "its lines in [dataset] would" in dataset_line


def test_duties_are_said(rulesets, make_case):
    facts = gather(make_case(license_id="CC-BY-SA-2.0"), load_profile("coco"))
    sentences = explain(judge(facts, rulesets["cc-always"], Use.REDISTRIBUTION))
    license_line = next(line for line in sentences if line.startswith("License"))
    assert "You must credit the author" in license_line
    assert "same license" in license_line
