from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.fetching.transport_fault import FAULTS
from crawler.politeness.retries import (
    MAX_ATTEMPTS,
    NEVER_RETRIED,
    back_off,
    is_transient,
    next_attempt,
    reason_of,
)
from crawler.politeness.retry_after import read_retry_after

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", sorted(NEVER_RETRIED | {200, 301, 400, 501, 999}))
def test_answers_are_never_retried(status):
    assert not is_transient(status, None)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_troubles_are(status):
    assert is_transient(status, None)


def test_every_fault_is_decided_and_named():
    assert {fault for fault in FAULTS if is_transient(0, fault)} == {"dns", "timeout", "reset", "cut_body"}
    assert all(reason_of(fault) for fault in FAULTS)
    assert is_transient(200, "cut_body")


def test_waits_grow_are_jittered_and_end():
    first = {next_attempt(1, None) for _ in range(20)}
    assert len(first) > 1
    assert all(4 <= wait <= 6 for wait in first)
    assert 8 <= next_attempt(2, None) <= 10
    assert next_attempt(1, 500.0) == 500.0
    assert next_attempt(MAX_ATTEMPTS, 1.0) is None
    assert back_off(50) <= 122


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("Mon, 23 Nov 2026 12:02:00 GMT", 120.0),
        ("Mon, 23 Nov 2026 12:02:00 -0000", 120.0),
        ("Monday, 23-Nov-26 12:02:00 GMT", 120.0),
        ("Mon Nov 23 12:02:00 2026", 120.0),
        ("Sun, 22 Nov 2026 12:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("99999999999999999999", None),
    ],
)
def test_retry_after(value, seconds):
    assert read_retry_after(value, NOW) == seconds


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_no_text_makes_it_raise(text):
    seconds = read_retry_after(text, NOW)
    assert seconds is None or seconds >= 0


@settings(max_examples=50)
@given(st.integers(0, 10**6))
def test_both_forms_say_the_same(seconds):
    date = (NOW + timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert read_retry_after(date, NOW) == read_retry_after(str(seconds), NOW) == seconds
