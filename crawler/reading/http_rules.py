"""What the HTTP exchange alone says, before any body is read. One table for all sources.

| exchange | status | reason |
|---|---|---|
| no answer | unreachable | dns, tls, timeout, connection, cut_body, too_large |
| the guard refused | disallowed | guard |
| 2xx | read the body | |
| other 3xx | moved (to a login page: refused/login_wall; without an address: unreadable) | redirected |
| 304 | nothing: the earlier body stands | |
| 401, 402, 403, 407 | refused | forbidden; by the body: rate_limited, challenge |
| 404 | gone | not_found |
| 410 | gone | removed |
| 429 | refused, ask again | rate_limited |
| 451 | withheld | legal |
| other 4xx | unreachable | our_mistake |
| 408, 425, 5xx | unreachable, ask again | timeout, server_error |

A web page that answers 404 says "gone" by DESIGN §4; only an API that answers the same for deleted and
private says
"not_public". 403 is not "private": Unsplash's rate limit is a 403 with plain text (field notes §4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.model import Capture, Reason, Status
from crawler.reading.pages.walls import is_challenge, is_login_address

_FAULTS = {
    "dns": (Status.UNREACHABLE, Reason.DNS),
    "tls": (Status.UNREACHABLE, Reason.TLS),
    "timeout": (Status.UNREACHABLE, Reason.TIMEOUT),
    "reset": (Status.UNREACHABLE, Reason.CONNECTION),
    "cut_body": (Status.UNREACHABLE, Reason.CUT_BODY),
    "too_large": (Status.UNREACHABLE, Reason.TOO_LARGE),
    "private-address": (Status.DISALLOWED, Reason.GUARD),
}
_ASK_AGAIN = frozenset({Reason.DNS, Reason.TIMEOUT, Reason.CONNECTION, Reason.CUT_BODY})
_RATE = re.compile(rb"rate limit|too many requests|quota exceeded|slow down", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``status`` is ``None`` for a 304, which says nothing new. ``retry`` asks the gate to come again."""

    status: Status | None
    reason: Reason | None
    retry: Reason | None = None


def outcome(capture: Capture) -> Outcome | None:
    """What the exchange alone decides; ``None`` when there is a body worth reading (2xx)."""
    if capture.fault is not None or capture.status == 0:
        status, reason = _FAULTS.get(capture.fault or "", (Status.UNREACHABLE, Reason.CONNECTION))
        return Outcome(status, reason, reason if reason in _ASK_AGAIN else None)
    code = capture.status
    if 200 <= code < 300:
        return None
    if code == 304:
        return Outcome(None, None)
    if 300 <= code < 400:
        return _redirect(capture)
    if code in (401, 402, 403, 407):
        return _forbidden(capture)
    if code == 404:
        return Outcome(Status.GONE, Reason.NOT_FOUND)
    if code == 410:
        return Outcome(Status.GONE, Reason.REMOVED)
    if code == 451:
        return Outcome(Status.WITHHELD, Reason.LEGAL)
    if code == 429:
        return Outcome(Status.REFUSED, Reason.RATE_LIMITED, Reason.RATE_LIMITED)
    if code in (408, 425):
        return Outcome(Status.UNREACHABLE, Reason.TIMEOUT, Reason.TIMEOUT)
    if 400 <= code < 500:
        return Outcome(Status.UNREACHABLE, Reason.OUR_MISTAKE)
    if code == 503 and is_challenge(capture.body, capture.headers):
        return Outcome(Status.REFUSED, Reason.CHALLENGE)
    return Outcome(Status.UNREACHABLE, Reason.SERVER_ERROR, Reason.SERVER_ERROR)


def _redirect(capture: Capture) -> Outcome:
    to = capture.header("location")
    if not to:  # a redirect to nowhere says nothing of the page
        return Outcome(Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    if is_login_address(to):
        return Outcome(Status.REFUSED, Reason.LOGIN_WALL)
    return Outcome(Status.MOVED, Reason.REDIRECTED)


def _forbidden(capture: Capture) -> Outcome:
    if is_challenge(capture.body, capture.headers):
        return Outcome(Status.REFUSED, Reason.CHALLENGE)
    if len(capture.body) < 2_000 and _RATE.search(capture.body):
        return Outcome(Status.REFUSED, Reason.RATE_LIMITED, Reason.RATE_LIMITED)
    return Outcome(Status.REFUSED, Reason.FORBIDDEN)


def after_redirects(capture: Capture) -> Outcome | None:
    """What redirects we followed say: a login page, the front door instead of the page, or another address.

    A change of scheme, of ``www.``, of a trailing slash or of letter case only is the same page (``None``).
    """
    if not capture.redirected_from:
        return None
    asked, came = capture.redirected_from[0], urljoin(capture.redirected_from[0], capture.url)
    if _same_page(asked, came):
        return None
    if is_login_address(came):
        return Outcome(Status.REFUSED, Reason.LOGIN_WALL)
    if urlsplit(came).path in ("", "/") and urlsplit(asked).path not in ("", "/"):
        return Outcome(Status.PLACEHOLDER, Reason.SOFT_404)
    return Outcome(Status.MOVED, Reason.REDIRECTED)


def _same_page(one: str, other: str) -> bool:
    def core(url: str) -> tuple[str, str, str]:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        return host, parts.path.rstrip("/").lower(), parts.query

    return core(one) == core(other)
