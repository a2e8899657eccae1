"""Retry-After in both its forms (RFC 9110 §10.2.3), read without trusting it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\d{1,10}(\.\d{1,9})?", re.ASCII)


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from ``now`` (UTC) to wait, never negative; ``None`` when absent or unreadable.

    "120" and "0.5" (out of grammar, but sent) are seconds; anything else is tried as an HTTP date. A date in
    the past means now.
    """
    if value is None:
        return None
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        return max(0.0, (when - now).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        # email.utils raises all four for malformed dates, depending on where the text breaks off.
        return None
