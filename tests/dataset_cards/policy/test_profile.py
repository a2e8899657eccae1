"""Profiles: what ships, what they mean, and errors that name the line."""

from datetime import date

import pytest

from crawler.errors import BadRuleset
from crawler.model import Use
from dataset_cards.policy.gather import gather
from dataset_cards.policy.profile import Profile, load_profile, read_profile, shipped_profiles

GOOD = """\
[dataset]
name = "Ours"
license = "none"
collected = 2020-05-01
[shows]
people = "none"
[copies]
from = "source"
obtained = "2021"
[[attestation]]
what = "non-commercial"
by = "Dana Example"
on = 2026-11-01
uses = ["academic-research"]
"""


def test_the_default_states_nothing(make_case):
    facts = gather(make_case(people=[]), load_profile(None))
    assert load_profile(None) == Profile()
    for name in ("people", "dataset", "copies_from", "actor", "purpose", "adaptation"):
        fact = getattr(facts, name)
        assert fact.value == "unknown"
        assert fact.why


def test_four_profiles_ship_with_sources():
    assert shipped_profiles() == ("coco", "ffhq", "open-images", "unsplash-lite")
    for name in shipped_profiles():
        profile = load_profile(name)
        assert profile.sources
        assert profile.license
        assert profile.hash
        assert profile.attestations == ()


def test_a_profile_reads_back():
    profile = read_profile(GOOD, "p.toml")
    assert (profile.name, profile.collected, profile.people) == ("Ours", "2020-05-01", "none")
    attestation = profile.attested("non-commercial", Use.ACADEMIC_RESEARCH)
    assert attestation is not None
    assert (attestation.by, attestation.on) == ("Dana Example", date(2026, 11, 1))
    assert profile.attested("non-commercial", Use.EVALUATION) is None


def test_a_copy_from_the_source_is_not_bound_by_the_dataset(make_case):
    bound = read_profile('[dataset]\nlicense = "CC-BY-NC-SA-4.0"\nterms = ["no-publication"]\n', "p")
    free = read_profile('[dataset]\nlicense = "CC-BY-NC-SA-4.0"\n[copies]\nfrom = "source"\n', "p")
    assert gather(make_case(), bound).dataset.value == "CC-BY-NC-SA-4.0"
    assert gather(make_case(), free).dataset.value == "not-bound"
    assert gather(make_case(), free).dataset_terms == ()


def test_ffhq_knows_its_own_withdrawal_rules(make_case):
    ffhq = load_profile("ffhq")

    def withdrawn(**given):
        return gather(make_case(**given), ffhq).withdrawal.value

    assert withdrawn(license_id="CC-BY-2.0", declared="CC-BY-2.0") == "no"
    assert withdrawn(license_id="CC-BY-ND-2.0", declared="CC-BY-2.0") == "yes"
    assert withdrawn(license_id="LicenseRef-all-rights-reserved", declared="CC-BY-2.0") == "yes"
    assert withdrawn(license_id="CC-BY-NC-2.0", declared="CC-BY-2.0") == "no"
    assert withdrawn(status="not_public", loss="confirmed", declared="CC-BY-2.0") == "yes"
    assert withdrawn(withdrawal=["no_cv"]) == "yes"
    assert withdrawn(looked=False, declared="CC-BY-ND-2.0") == "unknown"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('people = "none"', 'people = "nobody"', 6, "every, some, none, unknown"),
        ('license = "none"', 'license = "CC BY"', 3, "deedwatch license"),
        ('by = "Dana Example"', 'by = ""', 12, "name of the person"),
        ("on = 2026-11-01", 'on = "soon"', 13, "needs its date"),
        ('what = "non-commercial"', 'what = "credit"', 11, "lawful-access"),
        ('["academic-research"]', '["academic"]', 14, "academic-research"),
        ("[copies]", "[copys]", 7, "unknown key"),
        ('from = "source"', 'from = "source"\nform = 1', 9, "unknown key"),
        ('name = "Ours"', "name = 3", 2, "quotation marks"),
        ("[[attestation]]", "[attestation]", 10, "two brackets"),
        ("[shows]\n", "", 5, "unknown key"),
    ],
)
def test_errors_name_the_line(old, new, line, said):
    with pytest.raises(BadRuleset) as error:
        read_profile(GOOD.replace(old, new, 1), "p.toml")
    assert str(error.value).startswith(f"p.toml, line {line},")
    assert said in str(error.value)


def test_a_missing_profile_names_those_there_are():
    with pytest.raises(BadRuleset, match="unsplash-lite"):
        load_profile("fhq")
