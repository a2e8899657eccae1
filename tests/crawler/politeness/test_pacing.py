from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import BadInput
from crawler.model import Quota, Reason
from crawler.politeness.pacing import MAX_CRAWL_DELAY, Pacing, rehearsal_rate

START = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    """A monotonic clock and the wall clock beside it, moved by hand."""

    def __init__(self, monotonic=1000.0, wall=START):
        self.now, self._zero, self._wall = monotonic, monotonic, wall

    def __call__(self):
        return self.now

    def wall(self):
        return self._wall + timedelta(seconds=self.now - self._zero)


def pacing(clock, **options):
    return Pacing(clock, clock.wall, **options)


def run(pace, clock, group, until, answer=(200, None), latency=0.01):
    """Send as soon as allowed, answer each request before the next turn; the send times."""
    times = []
    while clock.now < until:
        clock.now = max(clock.now, pace.ready_at(group, clock.now))
        if clock.now >= until:
            break
        assert pace.may_send(group, clock.now)
        times.append(clock.now)
        pace.sent(group, clock.now)
        clock.now += latency
        pace.answered(group, *answer, clock.now)
    return times


def test_one_request_a_second_by_default():
    clock = Clock()
    times = run(pacing(clock), clock, "a.example", 1060.0)
    assert times == pytest.approx([1000.0 + n for n in range(60)])


def test_slow_answers_never_lead_to_a_burst():
    clock = Clock()
    times = run(pacing(clock), clock, "a.example", 1030.0, latency=1.7)
    assert min(b - a for a, b in pairwise(times)) >= 1.0


def test_one_page_or_two_api_requests_at_a_time():
    clock = Clock()
    pace = pacing(clock)
    pace.open("api.example", kind="api")
    for group, most in (("a.example", 1), ("api.example", 2)):
        sent = 0
        for step in range(10):
            if pace.may_send(group, clock.now + step):
                pace.sent(group, clock.now + step)
                sent += 1
        assert sent == most


def test_crawl_delay_is_obeyed_and_the_longest_of_several_holds():
    clock = Clock()
    pace = pacing(clock, rate=100.0)
    pace.sent("a.example", clock.now)  # robots.txt itself
    pace.answered("a.example", 200, None, clock.now)
    pace.obey_crawl_delay("a.example", 5.0)
    pace.obey_crawl_delay("a.example", 2.0)
    pace.obey_crawl_delay("a.example", None)
    assert run(pace, clock, "a.example", 1021.0) == pytest.approx([1005.0, 1010.0, 1015.0, 1020.0])
    assert pace.limit("a.example").words == "Crawl-delay 5 s"


def test_a_crawl_delay_beyond_the_cap_rests_the_group():
    clock = Clock()
    pace = pacing(clock)
    pace.obey_crawl_delay("a.example", MAX_CRAWL_DELAY + 1)
    reason, why = pace.resting("a.example")
    assert reason is Reason.SOURCE_RESTING
    assert "61 s" in why
    assert not pace.may_send("a.example", clock.now + 1e9)
    assert pace.may_send("b.example", clock.now)
    assert list(pace.at_rest()) == ["a.example"]


@settings(max_examples=40, deadline=None)
@given(requests=st.integers(1, 20), seconds=st.floats(1, 60), latency=st.floats(0, 3))
def test_no_window_ever_holds_more_than_the_quota(requests, seconds, latency):
    clock = Clock()
    pace = pacing(clock)
    pace.open("api.example", kind="api", quota=Quota(requests, seconds))
    times = run(pace, clock, "api.example", 1000.0 + 3 * seconds, latency=latency)
    for first in times:
        assert sum(first <= one < first + seconds - 1e-6 for one in times) <= requests


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(0.5, 2000), latency=st.floats(0, 0.05))
def test_no_ten_seconds_ever_exceed_the_rate(rate, latency):
    clock = Clock()
    times = run(
        pacing(clock, rate=rate), clock, "a.example", 1000.0 + min(30.0, 2000 / rate), latency=latency
    )
    allowed = 10 * rate + (1 if rate <= 10 else 1 + 0.1 * rate)
    for first in times[:: max(1, len(times) // 50)]:
        assert sum(first <= one < first + 10 for one in times) <= allowed + 1


def test_the_rehearsal_rate_replaces_quotas_but_not_retry_after():
    clock = Clock()
    pace = pacing(clock, rate=200.0)
    pace.open("api.example", kind="api", quota=Quota(1, 3600))
    assert len(run(pace, clock, "api.example", 1001.0, latency=0.0)) >= 190
    pace.sent("api.example", clock.now)
    pace.answered("api.example", 429, 2.0, clock.now)
    assert pace.ready_at("api.example", clock.now) == pytest.approx(clock.now + 2.0)


def test_a_high_rate_allows_sixteen_at_once():
    clock = Clock()
    pace = pacing(clock, rate=1000.0)
    for step in range(100):
        now = clock.now + step / 1000
        if pace.may_send("a.example", now):
            pace.sent("a.example", now)
    assert not pace.may_send("a.example", clock.now + 10)
    for _ in range(16):
        pace.answered("a.example", 200, None, clock.now + 1)
    assert pace.may_send("a.example", clock.now + 10)


def test_back_off_without_retry_after_grows_and_then_rests():
    clock = Clock()
    pace = pacing(clock)
    waits = []
    while pace.resting("a.example") is None:
        pace.sent("a.example", clock.now)
        pace.answered("a.example", 503, None, clock.now)
        if pace.resting("a.example") is None:
            waits.append(pace.ready_at("a.example", clock.now) - clock.now)
            clock.now += waits[-1]
    assert len(waits) == 4
    assert waits == sorted(waits)
    assert pace.resting("a.example") == (Reason.RATE_LIMITED, "5 answers 503 in a row")


def test_refusals_must_come_in_a_row():
    clock = Clock()
    pace = pacing(clock)
    for status in [403] * 19 + [200] + [403] * 19 + [404] + [429] * 4 + [200] + [403] * 19:
        pace.sent("a.example", clock.now)
        pace.answered("a.example", status, 0.0, clock.now)
    assert pace.resting("a.example") is None
    pace.answered("a.example", 403, None, clock.now)
    assert pace.resting("a.example")[0] is Reason.FORBIDDEN


@pytest.mark.parametrize(("fault", "reason"), [("dns", Reason.DNS), ("reset", Reason.CONNECTION)])
def test_a_dead_host_is_put_to_rest(fault, reason):
    clock = Clock()
    pace = pacing(clock)
    for _ in range(8):
        pace.sent("a.example", clock.now)
        pace.answered("a.example", 0, None, clock.now, fault)
    assert pace.resting("a.example")[0] is reason


def test_broken_pages_say_nothing_about_the_host():
    clock = Clock()
    pace = pacing(clock)
    for _ in range(50):
        pace.sent("a.example", clock.now)
        pace.answered("a.example", 0, None, clock.now, "too_large")
    assert pace.resting("a.example") is None


def test_a_restart_honors_retry_after_and_quota():
    clock = Clock()
    before = pacing(clock)
    before.open("api.example", kind="api", quota=Quota(2, 100.0))
    sent = []
    for _ in range(2):
        clock.now = before.ready_at("api.example", clock.now)
        sent.append(clock.wall())
        before.sent("api.example", clock.now)
        before.answered("api.example", 200, None, clock.now)
    before.answered("a.example", 429, 60.0, clock.now)
    assert before.not_before("a.example") == clock.wall() + timedelta(seconds=60)
    assert before.not_before("fresh.example") is None

    later = Clock(monotonic=5.0, wall=clock.wall() + timedelta(seconds=20))
    after = pacing(later)
    after.restore("a.example", before.not_before("a.example"))
    assert after.ready_at("a.example", 5.0) == pytest.approx(45.0)
    after.open("api.example", kind="api", quota=Quota(2, 100.0))
    after.restore("api.example", None, sent)
    assert after.ready_at("api.example", 5.0) == pytest.approx(5.0 + 100 - 21)


def test_a_very_long_retry_after_rests_the_group_and_is_kept():
    clock = Clock()
    pace = pacing(clock)
    pace.sent("a.example", clock.now)
    pace.answered("a.example", 503, 86_400.0, clock.now)
    assert pace.resting("a.example")[0] is Reason.RATE_LIMITED
    assert pace.not_before("a.example") == START + timedelta(days=1)


def test_an_abandoned_request_frees_its_place():
    clock = Clock()
    pace = pacing(clock)
    pace.sent("a.example", clock.now)
    pace.abandoned("a.example")
    assert pace.may_send("a.example", clock.now + 1)


def test_the_rehearsal_rate_needs_a_rehearsal():
    rate = {"DEEDWATCH_REHEARSAL_RATE": "250"}
    origin = {"DEEDWATCH_REHEARSAL_ORIGIN": "http://127.0.0.1:1"}
    assert rehearsal_rate(rate) is None
    assert rehearsal_rate(rate | origin) == 250.0
    assert rehearsal_rate(origin) is None
    for wrong in ("0", "-1", "fast", "nan", "inf"):
        with pytest.raises(BadInput, match="DEEDWATCH_REHEARSAL_RATE"):
            rehearsal_rate({"DEEDWATCH_REHEARSAL_RATE": wrong} | origin)
