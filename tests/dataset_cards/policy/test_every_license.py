"""Every license × use × ruleset reaches a reasoned verdict, and unknown is never yes."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.licenses.registry import all_licenses
from crawler.model import Basis, Case, Findings, LicenseFinding, Reason, Scope, Status, Use
from dataset_cards.policy.evaluate import action, judge_cases, judge_uses
from dataset_cards.policy.gather import gather
from dataset_cards.policy.profile import Profile, load_profile, read_profile, shipped_profiles
from dataset_cards.policy.rule import LAYERS, VALUES
from dataset_cards.policy.ruleset import load_ruleset, shipped_rulesets

RANK = {value: rank for rank, value in enumerate(VALUES)}
RULESETS = [load_ruleset(name) for name in shipped_rulesets()]
OPEN = read_profile('[dataset]\nlicense = "none"\n', "open")
ATTESTED = read_profile(
    '[dataset]\nlicense = "none"\n'
    + "".join(
        f'[[attestation]]\nwhat = "{what}"\nby = "Dana Example"\non = 2026-11-01\n'
        for what in (
            *("non-commercial", "non-profit-actor", "lawful-access", "territory-eu", "research-body"),
            *("no-reservation-when-copied", "copied-while-licensed", "release-covers-use"),
            *("guardian-release-covers-use", "internal-only", "no-face-recognition"),
        )
    ),
    "attested",
)


def test_every_license_use_and_ruleset_is_decided_with_a_reason(rulesets, make_case):
    for license_, ruleset in itertools.product(all_licenses(), rulesets.values()):
        for use, verdict in judge_uses(gather(make_case(license_id=license_.id), OPEN), ruleset).items():
            layer = verdict.layers[0]
            said = f"{license_.id}, {use}, {ruleset.id}"
            assert layer.layer == "license", said
            assert layer.value not in ("unknown",), said
            assert layer.rule_id != "none", said
            assert layer.reason, said
            assert layer.citation, said


@pytest.mark.parametrize("profile", [None, *shipped_profiles()])
def test_every_license_of_a_dataset_is_decided(rulesets, make_case, profile):
    for license_, ruleset in itertools.product(all_licenses(), rulesets.values()):
        text = f'[dataset]\nlicense = "{license_.id}"\n'
        given_profile = load_profile(profile) if profile else read_profile(text, "p")
        for verdict in judge_uses(gather(make_case(license_id="CC0-1.0"), given_profile), ruleset).values():
            assert [layer.layer for layer in verdict.layers] == list(LAYERS)
            assert all(layer.rule_id != "none" and layer.reason for layer in verdict.layers)
        if profile:
            break


def test_only_cc0_without_people_is_eligible_everywhere(rulesets, make_case):
    for ruleset in rulesets.values():
        verdicts = judge_uses(gather(make_case(license_id="CC0-1.0"), OPEN), ruleset)
        assert {verdict.value for verdict in verdicts.values()} == {"eligible"}
        assert {action(verdict) for verdict in verdicts.values()} == {"keep"}


statuses = st.sampled_from(list(Status))
licenses = st.sampled_from([None, "CC0-1.0", "CC-BY-2.0", "CC-BY-NC-2.0", "LicenseRef-all-rights-reserved"])


@st.composite
def looks(draw, *, status=statuses):
    license_id = draw(licenses)
    missing = st.sampled_from(["not_stated", "not_understood", "conflict", "not_observed"])
    return Findings(
        status=draw(status),
        reason=draw(st.sampled_from([Reason.SEEN, Reason.ACCOUNT_GONE, Reason.ROBOTS])),
        license=license_id,
        license_state="known" if license_id else draw(missing),
        opt_outs=tuple(
            draw(st.sets(st.sampled_from(["site:robots-general=disallow", "page:x-robots-tag=noai"])))
        ),
        opt_out_carriers=draw(st.sampled_from([(), ("robots",)])),
        people=draw(st.sampled_from([(), ("none:stated",), ("person:stated",), ("unknown:stated",)])),
        minors=draw(st.sampled_from([(), ("minor:keyword",), ("AG-UNK:stated",)])),
    )


@st.composite
def cases(draw):
    findings = draw(st.none() | looks())
    standing = draw(st.none() | looks(status=st.just(Status.AVAILABLE)))
    if findings is not None and findings.status in (Status.AVAILABLE, Status.MOVED):
        standing = findings
    declared = draw(licenses)
    return Case(
        source=draw(st.sampled_from(["flickr", "any_page", "none"])),
        findings=findings,
        standing=standing,
        loss=draw(st.sampled_from(["suspected", "confirmed"])) if findings and findings.status.lost else "",
        declared=declared,
        declared_state="known" if declared else draw(st.sampled_from(["not_stated", "not_understood"])),
        stale=draw(st.booleans()),
        differs=draw(st.sampled_from(["", "same", "changed_after", "already_different", "undated"])),
    )


def something_is_unknown(case):
    """What must keep an image from being kept, told without the code under test."""
    look = case.findings
    if look is None or look.status not in (Status.AVAILABLE, Status.MOVED) or case.stale:
        return True
    return look.license is None or not look.opt_out_carriers or look.people in ((), ("unknown:stated",))


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from([Profile(), OPEN, ATTESTED]))
def test_unknown_declared_only_lost_or_stale_is_never_kept(case, profile):
    facts = gather(case, profile)
    for ruleset in RULESETS:
        for verdict in judge_uses(facts, ruleset).values():
            assert verdict.value == min((layer.value for layer in verdict.layers), key=RANK.get)
            if something_is_unknown(case) or profile.license is None:
                assert verdict.value not in ("eligible", "conditional")
                assert action(verdict) != "keep"


LOWERING = {
    "withdrawal": ("no_cv",),
    "restrictions": ("personality",),
    "minors": ("minor:stated",),
    "people": ("tagged:stated",),
    "opt_outs": ("page:tdm-header=1",),
    "deletion_request": True,
}


@settings(max_examples=80, deadline=None)
@given(cases(), st.sampled_from(sorted(LOWERING)), st.sampled_from([OPEN, ATTESTED, load_profile("ffhq")]))
def test_a_signal_never_raises_a_verdict(case, signal, profile):
    if case.findings is None:
        return
    plain = {field: getattr(case.findings, field) for field in Findings.__slots__}
    added = LOWERING[signal]
    both = added if isinstance(added, bool) else tuple(sorted({*plain[signal], *added}))
    signalled = Findings(**{**plain, signal: both})
    standing = signalled if case.standing == case.findings else case.standing
    worse = Case(
        case.source,
        signalled,
        standing,
        case.loss,
        case.declared,
        case.declared_state,
        case.stale,
        (),
        case.differs,
    )
    for ruleset in RULESETS:
        before = judge_uses(gather(case, profile), ruleset)
        after = judge_uses(gather(worse, profile), ruleset)
        for use in Use:
            # Saying who is shown answers a question; the answer may be better than unknown.
            if signal in ("minors", "people") and "unknown" in {layer.value for layer in before[use].layers}:
                continue
            assert RANK[after[use].value] <= RANK[before[use].value]


def test_a_tally_counts_images_not_cases(rulesets, make_case):
    kept, dropped = make_case(license_id="CC0-1.0"), make_case(license_id="LicenseRef-all-rights-reserved")
    tally = judge_cases([(kept, 5), (dropped, 2), (kept, 1)], list(rulesets.values()), OPEN)
    key = (Use.EVALUATION, rulesets["strict"].id)
    assert tally.images == 8
    assert tally.overall[key] == {"eligible": 6, "ineligible": 2}
    assert tally.actions[key] == {"keep": 6, "drop": 2}
    assert tally.layers[*key, "license"] == {"eligible": 6, "ineligible": 2}
    assert tally.rules[*key, "license"] == {"license.cc0": 6, "license.reserved": 2}
    assert sum(tally.layers[*key, "people"].values()) == 8


@pytest.mark.parametrize("basis", [Basis.DECLARED, Basis.TERMS])
def test_a_third_partys_word_is_never_kept_and_terms_are_named(basis, make_case):
    said = (LicenseFinding("CC0-1.0", Scope.IMAGE, basis),)
    case = make_case(license_id="CC0-1.0", licenses=said, people=("none:stated",))
    facts = gather(case, OPEN)
    assert facts.license.basis == str(basis)
    values = {verdict.value for ruleset in RULESETS for verdict in judge_uses(facts, ruleset).values()}
    assert bool(values & {"eligible", "conditional"}) is (basis is Basis.TERMS)
