"""Which answers are worth asking again for, and when. One predicate, one wait strategy.

Never retried, because they are answers: 401 and 403 (you may not), 404 and 410 (not here), 451 (the law), and
every other status not listed below. Nor are: a certificate that does not verify, a body beyond the cap, an
address the guard refuses, a flood of headers. Asking again would not change what we know.
"""

from __future__ import annotations

from typing import Final

from tenacity import RetryCallState, Retrying, wait_exponential_jitter

from crawler.model import Reason

MAX_ATTEMPTS: Final = 3

#: 408 and 425 ask for another try; 429 and 503 carry Retry-After; 52x are a CDN's words for a dead origin.
TRANSIENT_STATUSES: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
TRANSIENT_FAULTS: Final = frozenset({"dns", "timeout", "reset", "cut_body"})
NEVER_RETRIED: Final = frozenset({401, 403, 404, 410, 451})

#: First wait 4 to 6 s, second 8 to 10 s; never more than two minutes by ourselves.
_WAIT = wait_exponential_jitter(multiplier=4.0, max=120.0, jitter=2.0)

_FAULT_REASONS: Final = {
    "dns": Reason.DNS,
    "tls": Reason.TLS,
    "timeout": Reason.TIMEOUT,
    "reset": Reason.CONNECTION,
    "cut_body": Reason.CUT_BODY,
    "too_large": Reason.TOO_LARGE,
    "private-address": Reason.GUARD,
    "header_flood": Reason.TOO_LARGE,
}


def is_transient(status: int, fault: str | None) -> bool:
    """Whether the same request may be answered better later. ``status`` is 0 when nothing came back."""
    if fault is not None:
        return fault in TRANSIENT_FAULTS
    return status in TRANSIENT_STATUSES


def next_attempt(attempts: int, retry_after: float | None) -> float | None:
    """Seconds to wait before asking again, or ``None`` when ``attempts`` requests were enough.

    ``attempts`` counts requests already made for this target, at least 1. A Retry-After is a lower bound:
    the longer of the two waits holds.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    return max(back_off(attempts), retry_after or 0.0)


def back_off(times: int) -> float:
    """Jittered exponential wait in seconds after ``times`` failures in a row (1, 2, …), at most 120."""
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = max(1, times)
    return float(_WAIT(state))


def reason_of(fault: str) -> Reason:
    """The closed-list word for a transport fault."""
    return _FAULT_REASONS[fault]
