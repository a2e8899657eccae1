"""How far a run is: a line that renews itself on a terminal, a plain line now and then otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

PLAIN_EVERY = 15.0
TERMINAL_EVERY = 0.2


class Progress:
    """Counts images against a total; ``show`` may be called as often as one likes."""

    def __init__(
        self, total: int, *, what: str = "images", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = total
        self._what = what
        self._clock = clock
        self._started = self._shown = clock()
        self._terminal = sys.stderr.isatty()

    def show(self, done: int, requests: int, *, last: bool = False) -> None:
        """Print if it is time to; rate and time left come from this run alone."""
        now = self._clock()
        every = TERMINAL_EVERY if self._terminal else PLAIN_EVERY
        if not last and now - self._shown < every:
            return
        self._shown = now
        line = self._line(done, requests, now - self._started)
        if self._terminal:
            click.echo(f"\r\x1b[K{line}", err=True, nl=last)
        else:
            click.echo(line, err=True)

    def _line(self, done: int, requests: int, seconds: float) -> str:
        rate = requests / seconds if seconds > 0 else 0.0
        left = ""
        if done and done < self._total:
            left = f", about {duration(seconds / done * (self._total - done))} left"
        share = f"{done / self._total:.0%}" if self._total else "100%"
        return f"{done:,} of {self._total:,} {self._what} ({share}), {requests:,} requests, {rate:.1f} a second{left}"


def duration(seconds: float) -> str:
    """ "45 s", "12 min", "19 h 30 min", "3 days": what a person would say."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{hours / 24:.0f} days"
