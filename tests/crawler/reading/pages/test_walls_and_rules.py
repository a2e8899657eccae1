"""What HTTP says by itself, and pages that stand in for a photo's page."""

from datetime import UTC, datetime

import pytest

from crawler.model import Capture, Reason, Status, Target
from crawler.reading import http_rules
from crawler.reading.pages import walls

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://page.example/photo/1"


def capture(
    status: int,
    body: bytes = b"",
    headers: tuple[tuple[str, str], ...] = (),
    fault: str | None = None,
    url: str = URL,
    hops: tuple[str, ...] = (),
) -> Capture:
    return Capture(Target("any_page", URL, "g"), url, status, headers, body, NOW, fault, hops)


RULES = [
    (404, Status.GONE, Reason.NOT_FOUND, False),
    (410, Status.GONE, Reason.REMOVED, False),
    (451, Status.WITHHELD, Reason.LEGAL, False),
    (401, Status.REFUSED, Reason.FORBIDDEN, False),
    (403, Status.REFUSED, Reason.FORBIDDEN, False),
    (429, Status.REFUSED, Reason.RATE_LIMITED, True),
    (400, Status.UNREACHABLE, Reason.OUR_MISTAKE, False),
    (408, Status.UNREACHABLE, Reason.TIMEOUT, True),
    (500, Status.UNREACHABLE, Reason.SERVER_ERROR, True),
    (503, Status.UNREACHABLE, Reason.SERVER_ERROR, True),
    (301, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, False),  # without an address it leads nowhere
]


@pytest.mark.parametrize(("code", "status", "reason", "again"), RULES)
def test_plain_http(code: int, status: Status, reason: Reason, *, again: bool) -> None:
    found = http_rules.outcome(capture(code))
    assert found is not None
    assert (found.status, found.reason, found.retry is not None) == (status, reason, again)


def test_every_code_has_an_answer_and_only_2xx_have_a_body() -> None:
    for code in range(100, 600):
        found = http_rules.outcome(capture(code))
        assert (found is None) == (200 <= code < 300)


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        ("dns", Status.UNREACHABLE, Reason.DNS),
        ("tls", Status.UNREACHABLE, Reason.TLS),
        ("timeout", Status.UNREACHABLE, Reason.TIMEOUT),
        ("reset", Status.UNREACHABLE, Reason.CONNECTION),
        ("cut_body", Status.UNREACHABLE, Reason.CUT_BODY),
        ("too_large", Status.UNREACHABLE, Reason.TOO_LARGE),
        ("private-address", Status.DISALLOWED, Reason.GUARD),
        ("never heard of", Status.UNREACHABLE, Reason.CONNECTION),
    ],
)
def test_faults(fault: str, status: Status, reason: Reason) -> None:
    found = http_rules.outcome(capture(0, fault=fault))
    assert found is not None
    assert (found.status, found.reason) == (status, reason)


def test_a_304_says_nothing() -> None:
    assert http_rules.outcome(capture(304)) == http_rules.Outcome(None, None)


def test_a_403_may_be_a_rate_limit_or_a_challenge() -> None:
    limited = http_rules.outcome(capture(403, b"Rate Limit Exceeded"))
    assert limited is not None
    assert limited.retry is Reason.RATE_LIMITED
    walled = http_rules.outcome(capture(403, b"x", (("CF-Mitigated", "challenge"),)))
    assert walled is not None
    assert walled.reason is Reason.CHALLENGE


@pytest.mark.parametrize(
    ("came", "status"),
    [
        ("https://www.page.example/photo/1/", None),
        ("http://page.example/photo/1", None),
        ("https://page.example/", Status.PLACEHOLDER),
        ("https://page.example/login?next=/photo/1", Status.REFUSED),
        ("https://accounts.page.example/x", Status.REFUSED),
        ("https://page.example/photo/new-name-1", Status.MOVED),
    ],
)
def test_where_redirects_led(came: str, status: Status | None) -> None:
    found = http_rules.after_redirects(capture(200, url=came, hops=(URL,)))
    assert (found.status if found is not None else None) == status


@pytest.mark.parametrize(
    "headline",
    [
        "404",
        "404 Not Found",
        "Error 404: Page not found",
        "Page Not Found",
        "Flickr: Page Not Found",
        "Page not found | Example",
        "Oops! 404 - page not found",
        "This photo is no longer available",
        "Sorry, this page doesn't exist",
        "The photo was deleted",
        "We couldn't find that page",
        "Seite nicht gefunden",
        "Example – Página no encontrada",
    ],
)
def test_headlines_that_say_there_is_nothing(headline: str) -> None:
    assert walls.says_not_found(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "",
        "Photo available in large sizes",
        "Lost and found",
        "Room 404 of the old hotel",
        "Peugeot 404 in the rain",
        "The page that was not",
        "Found object, item found on the beach",
        "Not found in any atlas: the island of my youth",
        "A private garden",
    ],
)
def test_headlines_of_photos(headline: str) -> None:
    assert not walls.says_not_found(headline)
    assert not walls.says_private(headline)


def test_logins_and_private_pages() -> None:
    assert walls.says_login("Log in | Example")
    assert walls.says_login("Please sign in")
    assert not walls.says_login("Signs in the snow")
    assert walls.says_private("This photo is private")


def test_a_large_page_with_a_captcha_is_a_page() -> None:
    assert walls.is_challenge(b'<div id="challenge-form">')
    assert not walls.is_challenge(b'<div id="challenge-form">' + b"x" * 60_000)
