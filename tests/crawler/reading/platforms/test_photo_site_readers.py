"""Times and their days, site terms by day, oEmbed, and the state of DeviantArt's pages."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Basis, Capture, Claim, Field, Look, Reason, Scope, Status, Target
from crawler.reading import moments
from crawler.reading.api_record import ApiRecord
from crawler.reading.platforms import deviantart_state, oembed, site_terms
from crawler.reading.words import keywords

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2013-05-27T09:57:48-04:00", "2013-05-27T13:57:48Z"),
        ("2015-01-27T16:55:07-0800", "2015-01-28T00:55:07Z"),
        ("2023-06-21T15:14:49Z", "2023-06-21T15:14:49Z"),
        ("2020-01-02 03:04:05.678901", "2020-01-02T03:04:05"),
        ("2017-05-11T19:44", "2017-05-11T19:44"),
        ("2019-03-04", "2019-03-04"),
        ("2013-13-27", None),
        ("0001-01-01", None),
        ("1369663068", None),
        ("", None),
    ],
)
def test_times_are_canonical_and_never_more_exact_than_written(raw: str, expected: str | None) -> None:
    assert moments.iso(raw) == expected


def test_a_moment_may_have_been_several_days() -> None:
    assert moments.days("2017-05-31T23:30:00-04:00") == {date(2017, 5, 31), date(2017, 6, 1)}
    assert moments.days("2017-06-10T12:00:00Z") == {date(2017, 6, 10)}
    assert moments.days("2017-06-10T12:00") == {date(2017, 6, 9), date(2017, 6, 10), date(2017, 6, 11)}
    assert moments.days("soon") == frozenset()


@settings(max_examples=100)
@given(st.text(max_size=30) | st.datetimes().map(str) | st.datetimes(timezones=st.timezones()).map(str))
def test_no_text_makes_a_time_raise(raw: str) -> None:
    known = moments.iso(raw) is not None
    assert known == bool(moments.days(raw))


@pytest.mark.parametrize(
    ("site", "raw", "expected"),
    [
        ("unsplash", "2017-05-30T10:00:00Z", "CC0-1.0"),
        ("unsplash", "2017-05-31T23:30:00-04:00", None),  # June in UTC
        ("unsplash", "2017-07-01T10:00:00Z", "LicenseRef-unsplash"),
        ("pixabay", "2019-01-07T10:00", "CC0-1.0"),
        ("pixabay", "2019-01-08T10:00", None),  # the zone is not known
        ("pixabay", "2019-01-09T10:00", None),
        ("pixabay", "2019-01-10T10:00", "LicenseRef-pixabay"),
        ("unsplash", "no day", None),
        ("pexels", "no day", "LicenseRef-pexels"),
        ("nowhere", "2019-01-10T10:00", None),
    ],
)
def test_the_terms_of_the_day_and_nothing_near_a_change(site: str, raw: str, expected: str | None) -> None:
    (claim,) = site_terms.claims(site, raw, "/created_at", moments.days(raw))
    assert (claim.value, claim.basis, claim.scope) == (expected, Basis.TERMS, Scope.IMAGE)
    assert site_terms.claims(site, "", "/created_at") == []


def test_terms_stand_back_before_a_license_field_that_nobody_has_seen() -> None:
    record = ApiRecord({"id": 1, "licence_id": 4})
    (claim,) = site_terms.of_record("pexels", record, "https://www.pexels.com/photo/1/", "/url")
    assert (claim.value, claim.raw, claim.basis, claim.locator) == (None, "4", Basis.STATED, "/licence_id")
    (claim,) = site_terms.of_record("pexels", ApiRecord({"license": None}), "https://x.example/1", "/url")
    assert claim.value == "LicenseRef-pexels"


def test_terms_license_only_a_page_that_names_the_photo() -> None:
    def look(status: Status, own: str) -> Look:
        return Look("1234567", status, Reason.SEEN, (Claim(Field.PAGE_URL, own, own, Scope.PAGE, "/meta"),))

    own = "https://www.pexels.com/photo/gate-1234567/"
    found = site_terms.on_page("pexels", look(Status.AVAILABLE, own), "1234567")
    assert [c.value for c in found.claims if c.field is Field.LICENSE] == ["LicenseRef-pexels"]
    for other in (look(Status.AVAILABLE, "https://www.pexels.com/"), look(Status.PLACEHOLDER, own)):
        assert site_terms.on_page("pexels", other, "1234567") == other


def test_keywords_are_sorted_and_signs_are_keywords() -> None:
    found = {
        c.field: c for c in keywords.with_signs(["woman", " gate ", 7, "midjourney", "child", ""], "/tags")
    }
    assert found[Field.TAGS].value == '["child", "gate", "midjourney", "woman"]'
    assert {found[f].basis for f in (Field.MINORS, Field.PEOPLE, Field.AI_GENERATED)} == {Basis.KEYWORD}
    assert keywords.with_signs([], "/tags") == []


def embedded(data: object, status: int = 200) -> Look | None:
    url = "https://embeds.example/oembed?url=x"
    target = Target("any_page", url, "embeds.example", (url,))
    answer = oembed.answer(Capture(target, url, status, (), json.dumps(data).encode(), NOW), (url,))
    return answer.looks[0] if answer is not None else None


def test_oembed_with_and_without_a_license() -> None:
    plain = {"version": "1.0", "type": "photo", "title": "Gate", "author_name": "Ilse", "cache_age": 3}
    look = embedded(plain)
    assert look is not None
    assert (look.status, look.unread) == (Status.AVAILABLE, ())
    assert not [c for c in look.claims if c.field is Field.LICENSE]
    for extra, expected in (
        ({"license_url": "https://creativecommons.org/licenses/by-sa/2.0/", "license": "x"}, "CC-BY-SA-2.0"),
        ({"license": "CC BY 4.0"}, "CC-BY-4.0"),
        ({"license": {"_attributes": {"url": "http://creativecommons.org/licenses/by/3.0/"}}}, "CC-BY-3.0"),
        ({"license": "our own"}, None),
    ):
        look = embedded({**plain, **extra})
        assert look is not None
        assert [c.value for c in look.claims if c.field is Field.LICENSE] == [expected]


@pytest.mark.parametrize(
    "data", [{"type": "photo"}, {"version": "1.0", "type": "post"}, {"version": "1.0"}, [], "oembed", None]
)
def test_other_json_is_no_oembed(data: object) -> None:
    assert embedded(data) is None
    assert embedded({"version": "1.0", "type": "photo"}, 404) is None


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["version", "license", "title", "copyright", "pubdate"]),
        st.none() | st.integers() | st.text(max_size=9) | st.lists(st.integers(), max_size=2)
        | st.dictionaries(st.sampled_from(["_attributes", "url"]), st.text(max_size=5), max_size=2),
    )
)  # fmt: skip
def test_no_oembed_makes_it_raise(data: dict[str, object]) -> None:
    embedded({"version": "1.0", "type": "photo", **data})


def state(literal: str) -> bytes:
    return f"<script>\nwindow.__INITIAL_STATE__ = JSON.parse({literal});\nwindow.x = 1</script>".encode()


def test_a_javascript_text_is_read_where_json_would_stop() -> None:
    inner = json.dumps(
        {"@@entities": {"deviation": {"12345": {"deviationId": 12345, "title": 'it"s \\ here'}}}}
    )
    literal = json.dumps(inner).replace("it", "\\x69t").replace("here", "\\'here\\'")
    work = deviantart_state.deviation(deviantart_state.entities(state(literal)), "12345")
    assert work is not None
    assert work.text("title") == "it\"s \\ 'here'"


def test_only_the_deviation_asked_for_is_taken() -> None:
    known = {"deviation": {"1": {"deviationId": 2, "license": "by"}, "3": {"deviationId": 3}}}
    assert deviantart_state.deviation(known, "1") is None
    assert deviantart_state.deviation(known, "2") is None
    assert deviantart_state.deviation(known, "3") is not None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("none", "LicenseRef-all-rights-reserved"),
        ("by-nc-nd", "LicenseRef-CC-BY-NC-ND-unversioned"),
        ("by", "LicenseRef-CC-BY-unversioned"),
        ("by-nc-zz", None),
        ("free", None),
        (7, None),
    ],
)
def test_deviantarts_words_for_licenses(raw: object, expected: str | None) -> None:
    work = ApiRecord({"deviationId": 5, "license": raw}, "/d")
    (claim,) = [c for c in deviantart_state.claims({}, work) if c.field is Field.LICENSE]
    assert (claim.value, claim.locator) == (expected, "/d/license")


@settings(max_examples=60)
@given(st.text(max_size=60) | st.just('"\\"{}\\""') | st.just('"\\'))
def test_no_state_makes_it_raise(literal: str) -> None:
    assert deviantart_state.entities(state(literal)) == {}
