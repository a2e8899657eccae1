"""Counts how often a key came before, in memory that stays flat.

Sixteen to thirty-two bytes a key: an open table of 64-bit fingerprints, instead of the keys themselves.
Two different keys with one fingerprint would give the later an ordinal of 1 instead of 0, the same on every
run: among ten million keys the chance of that is one in 400,000, and the row stays distinct all the same.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b


class Ordinals:
    """``next(key)`` is 0 the first time a key is met, then 1, 2, …"""

    def __init__(self) -> None:
        self._size = 1 << 12
        self._table = array("Q", bytes(8 * self._size))
        self._used = 0
        self._repeated: dict[int, int] = {}

    def next(self, key: str) -> int:
        """How many times this key was met before."""
        digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        mark = int.from_bytes(digest, "little") or 1  # zero marks an empty place
        if self._add(mark):
            return 0
        count = self._repeated.get(mark, 0) + 1
        self._repeated[mark] = count
        return count

    def _add(self, mark: int) -> bool:
        if self._used * 2 >= self._size:
            self._grow()
        table, mask = self._table, self._size - 1
        at = mark & mask
        while (there := table[at]) != 0:
            if there == mark:
                return False
            at = (at + 1) & mask
        table[at] = mark
        self._used += 1
        return True

    def _grow(self) -> None:
        old = self._table
        self._size *= 2
        self._table = array("Q", bytes(8 * self._size))
        self._used = 0
        for mark in old:
            if mark:
                self._add(mark)
