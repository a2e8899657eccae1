"""Merging looks and deciding which license counts."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Basis, Claim, Field, Look, Reason, Scope, Status
from crawler.reading.findings import author_of, findings_of, merge

BY, NC, SA, GFDL = "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-SA-3.0", "LicenseRef-GFDL-unversioned"


def claim(
    value: str | None, scope: Scope = Scope.IMAGE, field: Field = Field.LICENSE, basis: Basis = Basis.STATED
) -> Claim:
    return Claim(field, value, value or "raw", scope, "/somewhere", basis=basis)


def seen(*claims: Claim, status: Status = Status.AVAILABLE) -> Look:
    return Look("1", status, Reason.SEEN, claims)


CASES = [
    ((), None, "not_stated"),
    ((claim(BY),), BY, "known"),
    ((claim(BY), claim(NC, Scope.PAGE)), BY, "known"),
    ((claim(NC, Scope.PAGE), claim(BY, Scope.SITE)), NC, "known"),
    ((claim(BY, Scope.SITE),), None, "not_stated"),
    ((claim(None, Scope.SITE),), None, "not_stated"),
    ((claim(None),), None, "not_understood"),
    ((claim(None), claim(BY, Scope.PAGE)), None, "not_understood"),
    ((claim(None), claim(BY)), None, "conflict"),
    ((claim(BY), claim(NC)), None, "conflict"),
    ((claim(BY, Scope.PAGE), claim(NC, Scope.PAGE)), None, "conflict"),
    ((claim(BY, basis=Basis.KEYWORD),), None, "not_stated"),
    ((claim(BY, basis=Basis.HISTORY),), BY, "known"),
    ((claim(NC), claim(BY, basis=Basis.HISTORY)), NC, "known"),
    ((claim(SA), claim(GFDL), claim(f"{SA} OR {GFDL}", field=Field.LICENSE_CHOICE)), SA, "known"),
    ((claim(SA), claim(NC), claim(f"{SA} OR {GFDL}", field=Field.LICENSE_CHOICE)), None, "conflict"),
    ((claim("LicenseRef-CC-BY-unversioned"), claim(BY)), BY, "known"),
]


@pytest.mark.parametrize(("claims", "license_id", "state"), CASES)
def test_which_license_counts(claims: tuple[Claim, ...], license_id: str | None, state: str) -> None:
    findings = findings_of(seen(*claims))
    assert (findings.license, findings.license_state) == (license_id, state)


def test_a_photo_that_was_not_seen_has_no_license_to_observe() -> None:
    assert findings_of(Look("1", Status.GONE, Reason.NOT_FOUND)).license_state == "not_observed"
    assert findings_of(Look("1", None, None)).status is Status.UNREADABLE


def test_history_names_what_was_before_and_never_the_license_of_now() -> None:
    change = '{"date": "2020-01-01T00:00:00Z", "old": "CC-BY-4.0", "new": "CC-BY-NC-4.0"}'
    look = seen(
        claim(NC), claim(change, field=Field.LICENSE_HISTORY), claim("no json", field=Field.LICENSE_HISTORY)
    )
    assert findings_of(look).licenses_before == (BY,)


def test_each_kind_of_finding_has_its_place() -> None:
    findings = findings_of(
        seen(
            claim("tagged", field=Field.PEOPLE),
            claim("minor", field=Field.MINORS, basis=Basis.KEYWORD),
            claim("no", field=Field.MODEL_RELEASE),
            claim("no_cv", field=Field.WITHDRAWAL, basis=Basis.KEYWORD),
            claim("personality", field=Field.RESTRICTION),
            claim("open", field=Field.DELETION_REQUEST),
            claim("meta-robots=noai", Scope.PAGE, Field.OPT_OUT),
            claim("meta-robots x-robots-tag", Scope.PAGE, Field.OPT_OUT_CARRIERS),
        )
    )
    assert findings.people == ("tagged:stated",)
    assert findings.minors == ("minor:keyword",)
    assert findings.model_release == ("no:stated",)
    assert findings.withdrawal == ("no_cv",)
    assert findings.restrictions == ("personality",)
    assert findings.deletion_request
    assert findings.opt_outs == ("page:meta-robots=noai",)
    assert findings.opt_out_carriers == ("meta-robots", "x-robots-tag")


CLAIMS = st.builds(
    claim,
    st.sampled_from([BY, NC, SA, GFDL, None]),
    st.sampled_from(list(Scope)),
    st.sampled_from([Field.LICENSE, Field.LICENSE_CHOICE, Field.PEOPLE, Field.OPT_OUT, Field.RESTRICTION]),
    st.sampled_from([Basis.STATED, Basis.KEYWORD, Basis.HISTORY]),
)


@settings(max_examples=60)
@given(st.lists(CLAIMS, max_size=8), st.randoms(use_true_random=False))
def test_order_places_and_repetition_change_nothing(claims: list[Claim], dice: random.Random) -> None:
    shuffled = [replace(c, locator=str(dice.random()), quote="q", raw="other") for c in claims + claims[:2]]
    dice.shuffle(shuffled)
    assert findings_of(seen(*claims)) == findings_of(seen(*shuffled))


def test_merging_keeps_conflicts_and_drops_only_exact_duplicates() -> None:
    first = Look("1", Status.NOT_PUBLIC, Reason.NOT_FOUND, (claim(BY),), ("a",))
    silent = Look("1", None, None, (claim(BY), claim(NC)), ("a", "b"))
    assert merge([first, silent]) == Look(
        "1", Status.NOT_PUBLIC, Reason.NOT_FOUND, (claim(BY), claim(NC)), ("a", "b")
    )
    later = Look("1", Status.GONE, Reason.ACCOUNT_GONE)
    assert merge([first, silent, later]).reason is Reason.ACCOUNT_GONE


def test_nothing_and_different_photos_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="nothing"):
        merge([])
    with pytest.raises(ValueError, match="different"):
        merge([Look("1", None, None), Look("2", None, None)])


def test_the_author_is_the_platforms_id_before_any_name() -> None:
    name = claim("Alma  MUSTER", field=Field.AUTHOR)
    assert author_of(seen(name)) == "name:alma muster"
    assert author_of(seen(name, claim("1@N01", field=Field.AUTHOR_ID))) == "id:1@N01"
    assert author_of(seen(claim("Site", Scope.PAGE, Field.AUTHOR), name)) == "name:alma muster"
    assert author_of(seen()) is None
