"""Openverse: a third party's word, the page it leads to, and the first-hand source where one is named."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Answer, Basis, Capture, Field, ImageRef, Reason, Status, Target, Wanted
from crawler.reading.findings import findings_of
from crawler.sources.resolve import resolve, spider_of
from spiders.openverse import Openverse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
UUID = "da5cb478-c093-4d62-b721-cda18797e3fb"
FLICKR = "https://live.staticflickr.com/2129/2385230430_a699b25f12_b.jpg"


@pytest.mark.parametrize(
    "url",
    [
        f"https://openverse.org/image/{UUID}",
        f"https://openverse.org/image/{UUID.upper()}?q=bird",
        f"https://openverse.org/es/image/{UUID}/",
        f"https://openverse.org/pt-br/image/{UUID}",
        f"https://wordpress.org/openverse/image/{UUID}",
        f"https://api.openverse.org/v1/images/{UUID}/",
        f"https://api.openverse.engineering/v1/images/{UUID}/thumb/",
    ],
)
def test_urls(url: str) -> None:
    ref = resolve(ImageRef("1", url))
    assert (ref.source, ref.native_id) == ("openverse", UUID)
    assert ref.url == f"https://openverse.org/image/{UUID}"


@pytest.mark.parametrize(
    "url",
    [
        "https://openverse.org/search/?q=bird",
        f"https://openverse.org/audio/{UUID}",
        f"https://wordpress.org/photos/photo/{UUID}/",
        f"https://photos.example/image/{UUID}",
    ],
)
def test_other_pages_are_no_records(url: str) -> None:
    assert resolve(ImageRef("1", url)).source != "openverse"


def test_wordpress_itself_is_not_openverse() -> None:
    kind = spider_of("https://wordpress.org/about/")
    assert kind is None or kind.name != "openverse"


def test_the_first_hand_source_is_asked_where_the_picture_names_it() -> None:
    page = f"https://openverse.org/image/{UUID}"
    flickr = resolve(ImageRef("1", page, FLICKR))
    assert (flickr.source, flickr.native_id) == ("flickr", "2385230430")
    for file in ("https://museum.example/1.jpg", f"https://api.openverse.org/v1/images/{UUID}/thumb/"):
        assert resolve(ImageRef("1", page, file)).source == "openverse"


def asked(uuid: str = UUID) -> Target:
    ref = Openverse.named(uuid)
    assert ref is not None
    (only,) = Openverse().targets([Wanted(ref)])
    return only


def answer(body: object, status: int = 200) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    target = asked()
    return Openverse().read(Capture(target, target.url, status, (), raw, NOW))


def record(**more: Any) -> dict[str, Any]:
    return {
        "id": UUID,
        "license": "by-nd",
        "license_version": "2.0",
        "license_url": "https://creativecommons.org/licenses/by-nd/2.0/",
        "foreign_landing_url": "https://www.flickr.com/photos/8488209@N07/2385230430",
        **more,
    }


def test_one_keyless_request_a_record() -> None:
    target = asked()
    assert target.url == f"https://api.openverse.org/v1/images/{UUID}/"
    assert (target.basis, target.key, target.group) == ("api", None, "api.openverse.org")
    quota = Openverse.terms.quota
    assert quota is not None
    assert quota.requests <= 20  # a minute
    assert quota.requests * 86_400 / quota.seconds <= 200  # a day


def test_a_third_partys_license_is_kept_as_its_word() -> None:
    (look,) = answer(record()).looks
    (claim,) = [c for c in look.claims if c.field is Field.LICENSE]
    assert (claim.value, claim.basis) == ("CC-BY-ND-2.0", Basis.DECLARED)
    findings = findings_of(look)
    assert (findings.status, findings.license, findings.license_state) == (
        Status.AVAILABLE,
        "CC-BY-ND-2.0",
        "known",
    )
    assert [(f.id, f.basis) for f in findings.licenses] == [("CC-BY-ND-2.0", Basis.DECLARED)]
    (page,) = [c.value for c in look.claims if c.field is Field.PAGE_URL]
    assert page == record()["foreign_landing_url"]
    (first_hand,) = {resolve(ImageRef("1", page)).source}
    assert first_hand == "flickr"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"license": "cc0", "license_version": "1.0", "license_url": None}, "CC0-1.0"),
        ({"license": "pdm", "license_version": "1.0", "license_url": ""}, "CC-PDM-1.0"),
        ({"license": "by", "license_version": "4.0"}, None),  # against the address
        ({"license": "by-nd", "license_version": "9.0", "license_url": None}, None),
        ({"license": "free", "license_url": None}, None),
        (
            {"license_url": None, "attribution": "CC0, https://creativecommons.org/publicdomain/zero/1.0/"},
            "CC-BY-ND-2.0",
        ),
    ],
)
def test_code_and_address_must_agree(given: dict[str, Any], value: str | None) -> None:
    (look,) = answer(record(**given)).looks
    (claim,) = [c for c in look.claims if c.field is Field.LICENSE]
    assert claim.value == value


def test_what_a_machine_saw_is_no_tag() -> None:
    tags = [{"name": "baby", "accuracy": 0.99}, {"name": "pond"}, {"name": "man", "accuracy": None}]
    (look,) = answer(record(tags=tags)).looks
    findings = findings_of(look)
    assert (findings.minors, findings.people) == ((), ("person:keyword",))


def test_no_creator_is_no_author() -> None:
    (look,) = answer(record(creator="", creator_url=None)).looks
    assert not [c for c in look.claims if c.field in (Field.AUTHOR, Field.AUTHOR_URL)]


def test_other_answers() -> None:
    gone = answer({"detail": "Not found."}, 404)
    assert (gone.looks[0].status, gone.looks[0].reason) == (Status.GONE, Reason.NOT_FOUND)
    assert answer({"detail": "throttled"}, 429).retry is Reason.RATE_LIMITED
    assert answer({"detail": "x"}).looks[0].unread == ("/detail",)
    assert answer(record(id=UUID[:-1] + "c")).looks[0].status is Status.UNREADABLE


NAMES = ["id", "license", "license_version", "license_url", "tags", "name", "accuracy", "creator", "mature"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=4) | st.just(UUID),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(JSON, st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers() | st.text(max_size=3)))
def test_nothing_makes_it_raise_or_state(data: object, broken: dict[str, Any]) -> None:
    for body in (data, record(**broken)):
        for look in answer(body).looks:
            assert {f.basis for f in findings_of(look).licenses} <= {Basis.DECLARED}
