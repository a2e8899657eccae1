"""Flickr: follow-ups, errors, loudness, and what may not change a reading."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import MAX_DEPTH, Answer, Capture, Field, Reason, Status, Target, Wanted
from crawler.reading.findings import findings_of, merge
from spiders.flickr import Flickr

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ID, OWNER = "46000000001", "11111111@N01"


def wanted(**known: Any) -> Wanted:
    ref = Flickr.claims(f"https://www.flickr.com/photos/{known.pop('owner', 'paperkite')}/{ID}/")
    assert ref is not None
    return Wanted(ref, **known)


def answer(target: Target, body: object, status: int = 200) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Flickr().read(Capture(target, target.url, status, (), raw, NOW))


def first(want: Wanted) -> Target:
    (target,) = Flickr().targets([want])
    return target


def photo(license_id: object = "4", tags: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    fields = {
        "id": ID,
        "license": license_id,
        "owner": {"nsid": OWNER, "username": "paper kite"},
        "visibility": {"ispublic": 1},
        "dates": {"posted": "1546300800", "lastupdate": "1700000000"},
        "tags": {"tag": [{"raw": tag, "_content": tag} for tag in tags]},
    }
    return {"photo": {**fields, **more}, "stat": "ok"}


def failed(code: object, message: str) -> dict[str, object]:
    return {"stat": "fail", "code": code, "message": message}


def test_the_target_asks_the_api_with_the_users_key_and_no_secret() -> None:
    target = first(wanted())
    assert target.url == (
        "https://api.flickr.com/services/rest/?method=flickr.photos.getInfo"
        f"&photo_id={ID}&format=json&nojsoncallback=1"
    )
    assert (target.basis, target.group, target.serves) == ("api", "api.flickr.com", (ID,))
    assert target.key is not None
    assert (target.key.setting, target.key.query) == ("FLICKR_API_KEY", "api_key")
    json.dumps(dict(target.context))


BEFORE, AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, False),
        ({"declared_licenses": ("CC-BY-2.0",)}, False),
        ({"declared_licenses": ("CC-BY-2.0", "CC-BY-NC-2.0")}, False),
        ({"declared_licenses": ("CC-BY-NC-2.0",)}, True),
        ({"last_license": "CC-BY-2.0"}, False),
        ({"last_license": "CC-BY-NC-2.0"}, True),
        ({"last_look": BEFORE, "last_license": "CC-BY-2.0"}, True),
        ({"last_look": AFTER, "last_license": "CC-BY-2.0"}, False),
    ],
)
def test_the_history_is_asked_only_where_it_can_matter(known: dict[str, Any], *, asked: bool) -> None:
    follow = answer(first(wanted(**known)), photo()).follow
    assert [("getLicenseHistory" in target.url, target.depth) for target in follow] == [(True, 1)] * asked


@pytest.mark.parametrize("code", [201, 100, 777])
def test_a_follow_up_that_fails_leaves_the_first_look_standing(code: int) -> None:
    found = answer(first(wanted(last_license="CC-BY-NC-2.0")), photo())
    (follow,) = found.follow
    later = answer(follow, failed(code, "Sorry"))
    whole = merge([found.looks[0], later.looks[0]])
    assert (whole.status, findings_of(whole).license) == (Status.AVAILABLE, "CC-BY-2.0")
    assert "getLicenseHistory" in whole.unread[-1]
    assert (later.retry is not None) == (code == 201)
    deleted_meanwhile = answer(follow, failed(1, "Photo not found"))
    assert merge([found.looks[0], deleted_meanwhile.looks[0]]).status is Status.NOT_PUBLIC


def test_no_follow_up_without_a_plan_nor_beyond_the_depth_limit() -> None:
    bare = Target("flickr", first(wanted()).url, "g", (ID,))
    assert answer(bare, photo()).follow == ()
    assert answer(bare, failed(1, "Photo not found")).follow == ()
    deep = Target(
        "flickr", bare.url, "g", (ID,), depth=MAX_DEPTH, context=first(wanted(last_license="x")).context
    )
    assert answer(deep, photo()).follow == ()


@pytest.mark.parametrize(
    ("want", "asked"), [(wanted(owner=OWNER), True), (wanted(last_owner=OWNER), True), (wanted(), False)]
)
def test_a_lost_photos_account_is_asked_for_where_its_id_is_known(want: Wanted, *, asked: bool) -> None:
    found = answer(first(want), failed(1, f'Photo "{ID}" not found (invalid ID)'))
    assert (found.looks[0].status, found.looks[0].reason) == (Status.NOT_PUBLIC, Reason.NOT_FOUND)
    assert len(found.follow) == asked
    if asked:
        (follow,) = found.follow
        assert "flickr.people.getInfo&user_id=11111111%40N01" in follow.url
        gone = answer(follow, failed(5, "User deleted"))
        assert merge([found.looks[0], gone.looks[0]]).reason is Reason.ACCOUNT_GONE
        there = answer(follow, {"person": {"nsid": OWNER}, "stat": "ok"})
        unknown = answer(follow, failed(1, "User not found"))
        for later in (there, unknown):
            assert merge([found.looks[0], later.looks[0]]).status is Status.NOT_PUBLIC


ERRORS = [
    (2, "Photo is private", Status.PRIVATE, Reason.MARKED_PRIVATE, None, None),
    (1, "Required parameter missing", Status.UNREACHABLE, Reason.OUR_MISTAKE, None, None),
    (
        100,
        "Invalid API Key (Key has invalid format)",
        Status.DISALLOWED,
        Reason.BAD_KEY,
        None,
        Reason.BAD_KEY,
    ),
    (99, "Insufficient permissions.", Status.DISALLOWED, Reason.BAD_KEY, None, Reason.BAD_KEY),
    (
        105,
        "Service currently unavailable",
        Status.UNREACHABLE,
        Reason.SERVICE_TROUBLE,
        Reason.SERVICE_TROUBLE,
        None,
    ),
    ("201", "Sorry", Status.UNREACHABLE, Reason.SERVICE_TROUBLE, Reason.SERVICE_TROUBLE, None),
    (112, "Method not found", Status.UNREACHABLE, Reason.OUR_MISTAKE, None, None),
    (777, "A code of tomorrow", Status.UNREADABLE, Reason.NOT_UNDERSTOOD, None, None),
]


@pytest.mark.parametrize(("code", "message", "status", "reason", "retry", "halt"), ERRORS)
@pytest.mark.parametrize("xml", [False, True])
def test_errors(
    code: object,
    message: str,
    status: Status,
    reason: Reason,
    retry: Reason | None,
    halt: Reason | None,
    *,
    xml: bool,
) -> None:
    body: object = failed(code, message)
    if xml:
        body = f'<?xml version="1.0"?>\n<rsp stat="fail"><err code="{code}" msg="{message}" /></rsp>'.encode()
    found = answer(first(wanted()), body)
    (look,) = found.looks
    assert (look.status, look.reason, found.retry, found.halt) == (status, reason, retry, halt)


@pytest.mark.parametrize("body", [b"", b"<html><body>Bad, bad panda!</body></html>"])
def test_an_empty_or_html_answer_is_trouble_and_asked_again(body: bytes) -> None:
    found = answer(first(wanted()), body)
    assert (found.looks[0].reason, found.retry) == (Reason.SERVICE_TROUBLE, Reason.SERVICE_TROUBLE)


def test_a_404_of_the_api_is_no_deletion() -> None:
    assert answer(first(wanted()), b"", 404).looks[0].status is Status.UNREACHABLE


def test_an_unknown_license_id_is_loud_and_never_guessed(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        (look,) = answer(first(wanted()), photo("17")).looks
    assert (look.status, look.reason) == (Status.UNREADABLE, Reason.UNKNOWN_LICENSE_ID)
    assert [(c.value, c.raw) for c in look.claims if c.field is Field.LICENSE] == [(None, "17")]
    assert findings_of(look).license is None
    assert "'17'" in caplog.text


def test_an_answer_about_another_photo_is_not_taken_for_this_one() -> None:
    (look,) = answer(first(wanted()), photo(id="46000000999")).looks
    assert (look.native_id, look.status, look.claims) == (ID, Status.UNREADABLE, ())


def test_an_answer_whose_address_was_lost_names_its_photo_itself() -> None:
    (look,) = answer(Target("flickr", "https://api.flickr.com/services/rest/", "g"), photo()).looks
    assert (look.native_id, look.status) == (ID, Status.AVAILABLE)


def test_a_photo_that_is_not_public_is_private() -> None:
    (look,) = answer(first(wanted()), photo(visibility={"ispublic": 0})).looks
    assert look.status is Status.PRIVATE


@settings(max_examples=25)
@given(st.permutations(["sea", "No CV", "baby", "wind", "sea"]))
def test_the_order_of_tags_changes_nothing(tags: list[str]) -> None:
    target = first(wanted())
    expected = answer(target, photo(tags=("No CV", "baby", "sea", "wind"))).looks
    assert answer(target, photo(tags=tuple(tags))).looks == expected
    assert findings_of(expected[0]).withdrawal == ("no_cv",)
    assert findings_of(expected[0]).minors == ("minor:keyword",)


@pytest.mark.parametrize("tag", ["no_cv", "No CV", "nocv", "NO-CV"])
def test_the_withdrawal_tag_in_all_its_spellings(tag: str) -> None:
    (look,) = answer(first(wanted()), photo(tags=(tag,))).looks
    assert findings_of(look).withdrawal == ("no_cv",)


NAMES = [
    *(
        "photo",
        "photos",
        "photoset",
        "owner",
        "license",
        "tags",
        "tag",
        "dates",
        "people",
        "person",
        "urls",
        "url",
    ),
    *("usage", "visibility", "title", "license_history", "stat", "exif", "sizes", "id", "ispublic", "raw"),
    *("_content", "code", "message"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 20) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_no_json_makes_it_raise(data: Mapping[str, Any]) -> None:
    found = answer(Target("flickr", first(wanted()).url, "g", (ID,)), data)
    for look in found.looks:
        findings_of(look)


@settings(max_examples=60)
@given(st.binary(max_size=120))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    for url in (
        first(wanted()).url,
        f"https://www.flickr.com/photos/a/{ID}/",
        f"https://www.flickr.com/services/oembed/?url=https://flic.kr/p/4yVr8K&photo={ID}",
    ):
        assert answer(Target("flickr", url, "g", (ID,)), body).looks
