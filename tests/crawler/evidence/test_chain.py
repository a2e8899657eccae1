"""The chain's arithmetic against second implementations: the standard library's JSON, RFC 6962 as it is written."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.evidence.chain import Entry, Head, root, row_hash

#: SQLite's integers.
INTEGERS = st.integers(-(2**63), 2**63 - 1)
#: Every string a file can hold: lone surrogates are written out before they come here.
STRINGS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.one_of(st.none(), INTEGERS, STRINGS, st.binary(max_size=40))
HASHES = st.binary(min_size=32, max_size=32)


def compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@settings(max_examples=150, deadline=None)
@given(STRINGS, INTEGERS, st.lists(VALUES, max_size=6))
@example("image", 1, ['\x00\x01\x1f\x7f\x80\x85\u2028\u2029\ufeff\\"/', "😀 👩‍👩‍👧", "e\u0301", "\U0010ffff"])
def test_the_standard_library_gives_the_row_hash(table: str, row_id: int, values: list) -> None:
    readable = [table, row_id, *[v.hex() if isinstance(v, bytes) else v for v in values]]
    assert row_hash(table, row_id, values) == sha256(compact(readable)).digest()


def test_every_character_is_encoded_alike() -> None:
    for start in range(0, 0x110000, 0x1000):
        text = "".join(chr(c) for c in range(start, start + 0x1000) if not 0xD800 <= c < 0xE000)
        assert row_hash("t", 1, [text]) == sha256(compact(["t", 1, text])).digest()


@settings(max_examples=50, deadline=None)
@given(STRINGS, INTEGERS, HASHES, INTEGERS, INTEGERS, INTEGERS, STRINGS, HASHES)
def test_the_standard_library_gives_the_entry_hash(
    chain: str, number: int, previous: bytes, at: int, first: int, last: int, counts: str, tree: bytes
) -> None:
    entry = Entry(chain, number, previous, at, first, last, counts, tree)
    readable = [chain, number, previous.hex(), at, first, last, counts, tree.hex()]
    assert entry.hash() == sha256(compact(readable)).digest()


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word: k is the largest power of two smaller than n."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


@pytest.mark.parametrize("leaves", [*range(35), 63, 64, 65, 127, 129, 255, 257, 500])
def test_the_root_is_the_tree_hash_of_rfc_6962(leaves: int) -> None:
    hashes = [sha256(str(n).encode()).digest() for n in range(leaves)]
    assert root(hashes) == naive_root(hashes)


def test_the_root_of_the_rfcs_test_vectors() -> None:
    """The empty tree and the tree of one empty leaf, as published in Certificate Transparency's own tests."""
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root([b""]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    two = root([b"", b"\x00"]).hex()
    assert two == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


@settings(max_examples=50, deadline=None)
@given(st.lists(HASHES, min_size=2, max_size=20, unique=True), st.data())
def test_order_and_membership_move_the_root(hashes: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(hashes) - 2))
    swapped = [*hashes]
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    assert root(hashes) != root(swapped)
    assert root(hashes) != root(hashes[:-1])
    assert root(hashes) != root([*hashes, hashes[-1]])


def test_a_head_is_one_word() -> None:
    assert str(Head("c", 7, "ab" * 32, 0)) == f"c:7:{'ab' * 32}"
