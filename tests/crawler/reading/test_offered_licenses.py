"""SPDX expressions as statements: a choice with OR, never a guess: at the door ``read``, in findings, in verdicts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Case, Claim, Field, Findings, Look, Reason, Scope, Status, Use
from crawler.reading.findings import findings_of
from crawler.reading.license_claims import statements
from crawler.reading.platforms import commons_licenses
from dataset_cards.policy.evaluate import judge
from dataset_cards.policy.gather import gather
from dataset_cards.policy.profile import Profile
from dataset_cards.policy.ruleset import load_ruleset
from deedwatch.verbs import read

EITHER = "CC-BY-4.0 OR CC0-1.0"
NOT_UNDERSTOOD = [
    "CC-BY-4.0 AND CC0-1.0",
    "CC-BY-4.0 AND (MIT OR CC0-1.0)",
    "CC0-1.0 OR (CC-BY-4.0 AND MIT)",
    "CC-BY-4.0 OR Nobodys-1.0",
    "GPL-2.0-only WITH Classpath-exception-2.0 OR CC0-1.0",
    "CC-BY-4.0 OR LicenseRef-all-rights-reserved",
    "CC-BY-4.0 OR LicenseRef-rs-UND-1.0",
]


def page(license_: str, more: str = "") -> str:
    thing = {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "contentUrl": "https://page.example/a.jpg",
        "license": license_,
    }
    said = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    return f'<html><head>{said}{more}</head><body><img src="/a.jpg"><p>{"words " * 40}</p></body></html>'


def shown(folder: Path, text: str) -> dict[str, object]:
    """What ``deedwatch read`` says of a page."""
    file = folder / "page.html"
    file.write_text(text)
    words = [str(file), "--url", "https://page.example/1"]
    return dict(json.loads(CliRunner().invoke(read.command, words, catch_exceptions=False).stdout))


def looked(*claims: Claim) -> Findings:
    return findings_of(Look("x", Status.AVAILABLE, Reason.SEEN, claims))


def verdict(findings: Findings, use: Use = Use.COMMERCIAL_TRAINING) -> tuple[str, str]:
    """(value, rule) of the license layer."""
    case = Case("any_page", findings, findings, "", None, "not_stated", stale=False)
    layers = judge(gather(case, Profile()), load_ruleset("cc-always"), use).layers
    return next((layer.value, layer.rule_id) for layer in layers if layer.layer == "license")


def test_a_choice_is_read_as_one(tmp_path: Path) -> None:
    said = shown(tmp_path, page(EITHER))
    assert (said["license"], said["license_state"]) == ("CC0-1.0", "known")
    claims = said["claims"]
    assert isinstance(claims, list)
    assert [(c["field"], c["value"], c["raw"]) for c in claims[:3]] == [
        ("license", "CC-BY-4.0", EITHER),
        ("license", "CC0-1.0", EITHER),
        ("license_choice", EITHER, EITHER),
    ]
    ranked = said["ranking"]
    assert isinstance(ranked, list)
    assert [(r["license"], r["counts"]) for r in ranked] == [("CC-BY-4.0", False), ("CC0-1.0", True)]
    assert "offered beside it" in ranked[0]["why"]


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_no_other_expression_becomes_a_license(tmp_path: Path, text: str) -> None:
    said = shown(tmp_path, page(text))
    assert (said["license"], said["license_state"]) == (None, "not_understood")
    claims = said["claims"]
    assert isinstance(claims, list)
    assert [(c["value"], c["raw"]) for c in claims if c["field"].startswith("license")] == [(None, text)]


@pytest.mark.parametrize(
    ("more", "license_id", "state"),
    [
        ('<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">', "CC0-1.0", "known"),
        ('<meta name="license" content="CC-BY-NC-4.0">', "CC0-1.0", "known"),  # of the page, not of the image
    ],
)
def test_beside_other_statements_of_the_page(tmp_path: Path, more: str, license_id: str, state: str) -> None:
    said = shown(tmp_path, page(EITHER, more))
    assert (said["license"], said["license_state"]) == (license_id, state)


def said_of_image(text: str) -> list[Claim]:
    return statements(text, Scope.IMAGE, "/license", pointer=True)


def test_a_choice_stands_only_where_nothing_contradicts_it() -> None:
    choice = said_of_image(EITHER)
    assert looked(*choice, *said_of_image("CC-BY-4.0")).license == "CC0-1.0"
    assert looked(*choice, *said_of_image("CC-BY-NC-4.0")).license_state == "conflict"
    assert looked(*choice, *said_of_image("https://page.example/our-terms")).license_state == "conflict"
    assert looked(*choice, *said_of_image("CC-BY-4.0 AND MIT")).license_state == "conflict"


def test_the_choice_of_a_footer_settles_nothing_about_the_image() -> None:
    of_site = statements(EITHER, Scope.SITE, "/footer", pointer=True)
    both = [*said_of_image("CC-BY-4.0"), *said_of_image("CC0-1.0")]
    assert looked(*both, *of_site).license_state == "conflict"
    assert looked(*of_site).license_state == "not_stated"


def test_it_is_judged_as_the_choice_of_a_commons_page_is() -> None:
    blocks = [
        Claim(Field.LICENSE, license_id, license_id, Scope.IMAGE, f"//div[{n}]")
        for n, license_id in enumerate(("CC-BY-NC-4.0", "CC-BY-SA-4.0"))
    ]
    of_commons = looked(*blocks, *commons_licenses.choice(blocks))
    expressed = looked(*said_of_image("CC-BY-SA-4.0 OR CC-BY-NC-4.0"))
    assert expressed == of_commons
    assert expressed.license == "CC-BY-SA-4.0"
    assert verdict(expressed) == verdict(of_commons) == verdict(looked(*said_of_image("CC-BY-SA-4.0")))
    assert verdict(looked(*said_of_image(EITHER)))[0] == "eligible"


@pytest.mark.parametrize("text", [*NOT_UNDERSTOOD, "CC-BY-4.0 AND CC-BY-NC-4.0"])
@pytest.mark.parametrize("use", Use)
def test_nothing_else_ever_permits(text: str, use: Use) -> None:
    assert verdict(looked(*said_of_image(text)), use)[0] in ("unknown", "ineligible")


IDS = ["CC-BY-4.0", "CC-BY-NC-4.0", "CC0-1.0", "MIT", "LicenseRef-all-rights-reserved", "Nobodys-1.0"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(IDS), min_size=2, max_size=4), st.sampled_from([" OR ", " AND "]))
def test_a_license_comes_only_from_an_offer_of_known_ones(ids: list[str], operator: str) -> None:
    found = looked(*said_of_image(operator.join(ids)))
    several = len(set(ids)) > 1
    if several and (operator == " AND " or not set(ids) <= set(IDS[:4])):
        assert found.license is None
    else:
        assert found.license is None or found.license in ids
    if several and operator == " OR " and set(ids) <= set(IDS[:4]):
        assert found.license in ids
