"""The last step before the network: the key goes on, and never comes back."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request

from crawler.errors import GuardRefused
from crawler.evidence.clock import Clock
from crawler.evidence.work import Job
from crawler.fetching.lane import Lane
from crawler.fetching.robots_desk import redirected
from crawler.fetching.transport import RawResponse, Received
from crawler.fetching.transport_fault import FAULTS, TransportFault
from crawler.fetching.wire import REDACTED, Wire
from crawler.model import Capture, Key, Target

SETTING = "SOME_KEY"


def ask(
    key: str, target: Target, body: bytes = b"", headers: tuple[tuple[str, str], ...] = ()
) -> tuple[Request, Capture]:
    """What was sent and what came of it, for a server that answers ``body`` and ``headers``."""
    sent: list[Request] = []

    async def download(request: Request) -> RawResponse:
        sent.append(request)
        return RawResponse(request, Received(200, headers, body))

    capture = asyncio.run(Wire(download, {SETTING: key}, Clock()).ask(target))
    return sent[0], capture


def target(**key: str) -> Target:
    return Target(
        "flickr", "https://api.example/rest?x=1", "api.example", key=Key(SETTING, **key) if key else None
    )


def test_a_key_travels_in_the_query_or_a_header() -> None:
    sent, capture = ask("s3cret/+key", target(query="api_key"))
    assert sent.url == "https://api.example/rest?x=1&api_key=s3cret%2F%2Bkey"
    assert capture.url == "https://api.example/rest?x=1"
    sent, _ = ask("s3cret/+key", target(header="Authorization", template="Client-ID {}"))
    assert sent.headers["Authorization"] == b"Client-ID s3cret/+key"
    sent, _ = ask("s3cret/+key", target())
    assert "s3cret" not in sent.url + str(sent.headers)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=40))
def test_an_echo_is_cut_out_in_every_spelling(key: str) -> None:
    spoken = [key, quote(key, safe=""), json.dumps(key)[1:-1]]
    body = "\n".join(spoken).encode()
    _, capture = ask(key, target(query="k"), body, (("X-Echo", spoken[1]), ("X-Plain", key)))
    rest = capture.body.replace(REDACTED.encode(), b"") + repr(capture.headers).replace(REDACTED, "").encode()
    for spelling in spoken:
        assert spelling.encode() not in rest


def test_a_short_secret_cuts_no_holes() -> None:
    _, capture = ask("abc", target(query="k"), b"the abc of it")
    assert capture.body == b"the abc of it"


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_faults_come_back_in_the_capture(fault: str) -> None:
    async def download(_: Request) -> RawResponse:
        raise TransportFault(fault, "played")

    capture = asyncio.run(Wire(download, {}, Clock()).ask(target(), ("https://before.example/",)))
    assert (capture.status, capture.fault, capture.body) == (0, fault, b"")
    assert capture.redirected_from == ("https://before.example/",)


def test_what_the_guard_refuses_at_connect_is_a_private_address() -> None:
    async def download(request: Request) -> RawResponse:
        raise GuardRefused(request.url, "guard", "it is private")

    assert asyncio.run(Wire(download, {}, Clock()).ask(target())).fault == "private-address"


@pytest.mark.parametrize(
    ("location", "to"),
    [
        ("/b", "https://a.example/b"),
        ("//b.example/c", "https://b.example/c"),
        ("?q", "https://a.example/x?q"),
        ("http://[", ""),
        ("//[::1", ""),
    ],
)
def test_a_location_is_an_address_or_nothing(location: str, to: str) -> None:
    assert redirected("https://a.example/x", location) == to


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_no_location_makes_it_fail(location: str) -> None:
    assert isinstance(redirected("https://a.example/x", location), str)


def test_a_lane_gives_postponed_jobs_when_their_time_has_come() -> None:
    lane = Lane("g")
    first, second, third = (Job(n, target(), not_before=at) for n, at in ((1, 0), (2, 500), (3, 300)))
    lane.jobs.append(first)
    lane.postpone(second)
    lane.postpone(third)
    assert lane.next_due() == 300
    assert [lane.next_job(now) for now in (0, 299, 400, 499, 500)] == [first, None, third, None, second]
    lane.jobs.append(first)
    lane.postpone(second)
    assert lane.rest_of_jobs() == [first, second]
    assert lane.next_job(10**9) is None
