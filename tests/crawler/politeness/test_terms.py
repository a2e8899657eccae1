from dataclasses import replace

import pytest

from crawler.model import Key, Quota, Reason, Target, Terms
from crawler.politeness.terms import permission_for

TERMS = Terms(
    address="https://photos.example/terms",
    checked="2026-11-01",
    allows="Reading licences of public photos with the user's own key.",
    keep="Facts; no pictures.",
    api_host="api.photos.example",
    quota=Quota(3600, 3600.0),
    key=Key("PHOTOS_KEY", query="key"),
)
TARGET = Target(
    "photos", "https://api.photos.example/rest?id=1", "api.photos.example", basis="api", key=TERMS.key
)


def test_the_documented_api_is_a_permission_of_its_own():
    permission = permission_for(TARGET, TERMS, have_key=True, accepted=False)
    assert (permission.allowed, permission.basis, permission.reason) == (True, "api_terms", None)
    assert permission.rule == (
        "terms at https://photos.example/terms, as known to us on 2026-11-01; at most 3600 requests in 3600 s"
    )


def test_no_key_no_request():
    permission = permission_for(TARGET, TERMS, have_key=False, accepted=True)
    assert (permission.allowed, permission.basis, permission.reason) == (False, "no_key", Reason.NO_KEY)
    assert "PHOTOS_KEY" in permission.rule


def test_terms_that_must_be_accepted():
    terms = replace(TERMS, needs_acceptance=True)
    assert permission_for(TARGET, terms, have_key=False, accepted=False).reason is Reason.NO_KEY
    permission = permission_for(TARGET, terms, have_key=True, accepted=False)
    assert (permission.allowed, permission.basis, permission.reason) == (False, "terms", Reason.TERMS)
    assert TERMS.address in permission.rule
    assert permission_for(TARGET, terms, have_key=True, accepted=True).allowed


@pytest.mark.parametrize(
    "url",
    [
        "https://www.photos.example/1",
        "https://api.photos.example.evil.example/",
        "https://api.photos.example@evil.example/",
        "ftp://api.photos.example/",
    ],
)
def test_another_host_is_left_to_robots(url):
    assert permission_for(replace(TARGET, url=url), TERMS, have_key=True, accepted=True) is None


def test_a_page_is_left_to_robots():
    target = replace(TARGET, basis="robots", key=None)
    assert permission_for(target, TERMS, have_key=False, accepted=False) is None
    assert permission_for(TARGET, replace(TERMS, api_host=None), have_key=True, accepted=True) is None
