"""One clock: UTC, milliseconds, never backwards within a chain.

``DEEDWATCH_REHEARSAL_NOW`` sets where it starts in a rehearsal (DESIGN §9); it runs on from there at the
normal pace.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from crawler.errors import BadInput

MILLISECONDS = 1000


def parse_time(text: str, what: str) -> int:
    """ISO 8601 date or time → milliseconds since 1970 UTC; a time without zone is UTC. Raises BadInput."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"{what}: {text!r} is not an ISO 8601 date or time, such as 2026-11-23T12:00:00Z."
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * MILLISECONDS)


def iso(at: int) -> str:
    """Milliseconds → "2026-11-23T12:00:00Z" (milliseconds dropped)."""
    return datetime.fromtimestamp(at // MILLISECONDS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Clock:
    """Milliseconds since 1970 UTC that never step back below ``not_before``."""

    def __init__(
        self, *, starts_at: int | None = None, wall: Callable[[], float] = time.time, not_before: int = 0
    ) -> None:
        self._wall = wall
        self._offset = 0 if starts_at is None else starts_at - round(wall() * MILLISECONDS)
        self._last = not_before

    def now(self) -> int:
        """The time, never earlier than any it gave before."""
        self._last = max(self._last, round(self._wall() * MILLISECONDS) + self._offset)
        return self._last

    def not_before(self, at: int) -> None:
        """Raise the floor, to the newest time already recorded in the chain."""
        self._last = max(self._last, at)
