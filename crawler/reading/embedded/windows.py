"""A file of which only some byte ranges are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class Missing(Exception):
    """Bytes ``start`` to ``end`` (excluded) are not at hand; ``ended``: the file ends before ``end``.
    ``behind_pixels``: pieces of the picture's pixels lie before them, and may go on there.
    """

    def __init__(self, start: int, end: int, *, ended: bool) -> None:
        super().__init__(f"bytes {start} to {end}")
        self.start = start
        self.end = end
        self.ended = ended
        self.behind_pixels = False


@dataclass(frozen=True, slots=True)
class Window:
    """Bytes of a file from offset ``start`` on (a range answer)."""

    start: int
    data: bytes


class Windows:
    """The leading bytes and any further windows; ``size`` is the length of the whole file where it is known."""

    def __init__(self, data: bytes, size: int | None = None, more: Sequence[Window] = ()) -> None:
        self._windows = _joined([Window(0, data), *more])
        self.size = size

    def take(self, start: int, length: int) -> bytes:
        """Exactly ``length`` bytes from ``start``.

        Raises:
            Missing: they are not at hand, or the file ends before.
        """
        for window in self._windows:
            offset = start - window.start
            if offset >= 0 and offset + length <= len(window.data):
                return window.data[offset : offset + length]
        ended = self.size is not None and start + length > self.size
        raise Missing(start, start + length, ended=ended)

    def rest(self, start: int) -> bytes:
        """What is at hand from ``start`` on without a gap, possibly nothing."""
        for window in self._windows:
            offset = start - window.start
            if 0 <= offset <= len(window.data):
                return window.data[offset:]
        return b""

    @property
    def whole(self) -> bool:
        """Whether all of the file is at hand; False where its size is not known."""
        return self.size is not None and len(self.rest(0)) >= self.size


def _joined(windows: list[Window]) -> list[Window]:
    """In order, those that touch or overlap made one."""
    joined: list[Window] = []
    for window in sorted(windows, key=lambda w: w.start):
        if joined and window.start <= (end := joined[-1].start + len(joined[-1].data)):
            first = joined[-1]
            joined[-1] = Window(first.start, first.data + window.data[end - window.start :])
        else:
            joined.append(window)
    return joined
