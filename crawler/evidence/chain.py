"""The arithmetic of the chain: row hash → Merkle root → entry hash → head. No SQL here.

row    sha256 of the compact JSON ``[table, id, column…]`` (UTF-8, no spaces, bytes as lower-case hex)
root   RFC 6962 §2.1 tree hash over the row hashes of one transaction, in sequence order
entry  sha256 of the compact JSON ``[chain, number, previous, at, first, last, counts, root]``

``json.dumps(value, ensure_ascii=False, separators=(",", ":"))`` gives the same bytes as the quicker encoder
used here, so a dispute can be checked with Python's standard library alone (docs/evidence.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import orjson

Value = str | int | bytes | None
GENESIS = bytes(32)


def row_hash(table: str, row_id: int, values: Sequence[Value]) -> bytes:
    """Hash of one evidence row; 32 bytes."""
    return sha256(
        orjson.dumps([table, row_id, *[v.hex() if type(v) is bytes else v for v in values]])
    ).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """RFC 6962 §2.1 Merkle tree hash; the tree of nothing is sha256(b"")."""
    if not hashes:
        return sha256(b"").digest()
    level = [sha256(b"\x00" + h).digest() for h in hashes]
    while len(level) > 1:
        # Pairing left to right and carrying an odd last node up gives RFC 6962's split at the largest power
        # of two.
        paired = [sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """One write transaction. ``first``…``last`` are the row ids it wrote, without a gap."""

    chain: str
    number: int
    previous: bytes
    at: int
    first: int
    last: int
    counts: str  # JSON object table → rows, keys sorted
    root: bytes

    def hash(self) -> bytes:
        """The entry's hash, which the next entry names as its previous; 32 bytes."""
        return sha256(
            orjson.dumps(
                [
                    self.chain,
                    self.number,
                    self.previous.hex(),
                    self.at,
                    self.first,
                    self.last,
                    self.counts,
                    self.root.hex(),
                ]
            )
        ).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a chain: what must be kept elsewhere to notice a cut tail."""

    chain: str
    number: int
    hash: str  # hex
    at: int

    def __str__(self) -> str:
        return f"{self.chain}:{self.number}:{self.hash}"
