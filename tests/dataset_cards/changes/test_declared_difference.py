"""The source against the manifest, split by the source's own history."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Findings, Reason, Status
from dataset_cards.changes.declared import parse_span
from dataset_cards.changes.detect import differs_from_declared

BY, NC, ARR = "CC-BY-2.0", "CC-BY-NC-2.0", "LicenseRef-all-rights-reserved"


def now(license_id):
    return Findings(Status.AVAILABLE, Reason.SEEN, license_id, "known" if license_id else "not_stated")


CASES = [
    ("equal", BY, "2018-10-10", BY, [], "same"),
    ("nothing declared", None, "2018-10-10", BY, [], ""),
    ("source states none", BY, "2018-10-10", None, [], ""),
    ("changed after", BY, "2018-10-10", NC, [("2020-01-01", BY, NC)], "changed_after"),
    ("changed before", BY, "2018-10-10", NC, [("2016-01-01", BY, NC)], "already_different"),
    (
        "two changes around it",
        NC,
        "2018-10-10",
        ARR,
        [("2020-01-01", NC, ARR), ("2015-01-01", BY, NC)],
        "changed_after",
    ),
    ("manifest never right", ARR, "2018-10-10", NC, [("2020-01-01", BY, NC)], "already_different"),
    ("never changed at all", BY, "2018-10-10", NC, [("2010-05-01", NC, None)], "already_different"),
    ("no history", BY, "2018-10-10", NC, [], "undated"),
    ("no date", BY, None, NC, [("2020-01-01", BY, NC)], "undated"),
    ("ambiguous date", BY, "03/04/2019", NC, [("2020-01-01", BY, NC)], "undated"),
    ("changed that very day", BY, "2018-10-10", NC, [("2018-10-10T08:00:00Z", BY, NC)], "undated"),
    ("changed within the month given", BY, "2018-10", NC, [("2018-10-20", BY, NC)], "undated"),
    ("month given, change later", BY, "2018-10", NC, [("2018-11-01", BY, NC)], "changed_after"),
    ("history ends elsewhere", BY, "2018-10-10", NC, [("2020-01-01", BY, ARR)], "undated"),
    (
        "history does not chain",
        BY,
        "2018-10-10",
        NC,
        [("2012-01-01", BY, ARR), ("2020-01-01", BY, NC)],
        "undated",
    ),
    ("uploaded after collection", BY, "2005-01-01", NC, [("2010-05-01", NC, None)], "undated"),
    (
        "there and back in one day",
        BY,
        "2018-10-10",
        NC,
        [("2020-01-01", NC, BY), ("2020-01-01", BY, ARR), ("2020-01-01", ARR, NC)],
        "already_different",
    ),
]


@pytest.mark.parametrize(("name", "declared", "collected", "seen", "history", "expected"), CASES)
def test_cases(name, declared, collected, seen, history, expected):
    assert differs_from_declared(declared, collected, now(seen), history) == expected


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2018-10-10", (date(2018, 10, 10), date(2018, 10, 10))),
        ("2018", (date(2018, 1, 1), date(2018, 12, 31))),
        ("2016-02", (date(2016, 2, 1), date(2016, 2, 29))),
        ("2015-12", (date(2015, 12, 1), date(2015, 12, 31))),
        ("2013/2014", (date(2013, 1, 1), date(2014, 12, 31))),
        ("2013-11-14 17:02:52", (date(2013, 11, 13), date(2013, 11, 15))),
        ("2013-11-14T23:30:00-05:00", (date(2013, 11, 15), date(2013, 11, 15))),
        ("2013-11-14T17:02:52Z", (date(2013, 11, 14), date(2013, 11, 14))),
        ("1539129600", (date(2018, 10, 10), date(2018, 10, 10))),
        ("Wed, 10 Oct 2018 12:00:00 GMT", (date(2018, 10, 10), date(2018, 10, 10))),
        ("2018-13-01", None),
        ("10.10.2018", None),
        ("autumn 2018", None),
        ("", None),
        (None, None),
    ],
)
def test_spans(text, span):
    assert parse_span(text) == span


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_date_reader(text):
    span = parse_span(text)
    assert span is None or span[0] <= span[1]
