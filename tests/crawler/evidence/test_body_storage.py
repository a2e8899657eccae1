"""Bodies on disk: what is packed comes back, deltas lean at most two deep, damage is noticed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import EvidenceDamaged
from crawler.evidence.bodies import DeltaCoder, pack, unpack, unpack_delta
from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder
from crawler.model import Capture, Permission, Target

BODIES = st.binary(max_size=3000)
ALLOWED = Permission(allowed=True, basis="robots", rule="no rule matches")


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_what_is_packed_comes_back(base: bytes, data: bytes) -> None:
    assert unpack(pack(data)) == data
    coder = DeltaCoder(lambda _: base)
    if len(base) >= 8:
        assert unpack_delta(coder.once(1, data), base) == data
        assert unpack_delta(coder.shared(1, data), base) == data
        assert unpack_delta(coder.shared(1, data), base) == data


def page(seed: int, size: int = 20_000) -> bytes:
    chance = random.Random(seed)
    words = ["".join(chance.choices('abcdefghij <>/="', k=9)) for _ in range(400)]
    return " ".join(chance.choices(words, k=size // 10)).encode()


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with EvidenceFile.write(tmp_path / "set.deedwatch.db", create=True) as file:
        yield Recorder(file)


def visit(recorder: Recorder, url: str, body: bytes, group: str = "a.example") -> int:
    target = Target("any_page", url, group, (url,))
    headers = (("Content-Type", "text/html"),)
    capture = Capture(target, url, 200, headers, body, datetime(2026, 11, 23, tzinfo=UTC))
    row = recorder.capture(capture, 1, recorder.permission(ALLOWED))
    recorder.writer.commit()
    return int(recorder.file.db.execute("SELECT body FROM capture WHERE id = ?", (row,)).fetchone()[0])


def test_pages_of_a_host_lean_two_deep_at_most_and_decode(recorder: Recorder) -> None:
    stored: dict[int, bytes] = {}
    for host in ("a.example", "b.example"):
        template = page(len(host) + ord(host[0]))
        for n in range(6):
            for nonce in range(3):
                body = template[:9000] + f"<p>photo {n} token {nonce}</p>".encode() * 5 + template[9000:]
                stored[visit(recorder, f"https://{host}/{n}", body, host)] = body
    assert len(stored) == 36
    bases = dict(recorder.file.db.execute("SELECT body, base FROM body_bytes"))
    for body, data in stored.items():
        assert recorder.file.load_body(body) == data
        depth, at = 0, bases[body]
        while at is not None:
            depth, at = depth + 1, bases[at]
        assert depth <= 2
    assert list(bases.values()).count(None) == 2
    small = recorder.file.db.execute(
        "SELECT max(length(data)) FROM body_bytes WHERE base IS NOT NULL"
    ).fetchone()[0]
    assert small < 400


def test_equal_bodies_are_stored_once_wherever_they_come_from(recorder: Recorder) -> None:
    first = visit(recorder, "https://a.example/1", b"Not found" * 50)
    assert visit(recorder, "https://b.example/9", b"Not found" * 50, "b.example") == first
    assert visit(Recorder(recorder.file), "https://a.example/1", b"Not found" * 50) == first
    assert recorder.file.db.execute("SELECT count(*) FROM body_bytes").fetchone() == (1,)


def test_a_page_of_another_kind_is_no_base(recorder: Recorder) -> None:
    visit(recorder, "https://a.example/1", page(1))
    other = visit(recorder, "https://a.example/2", page(2))
    assert recorder.file.db.execute("SELECT base FROM body_bytes WHERE body = ?", (other,)).fetchone() == (
        None,
    )


def test_bytes_that_are_not_there_are_damage(recorder: Recorder) -> None:
    body = visit(recorder, "https://a.example/1", page(1))
    recorder.file.db.execute("UPDATE body_bytes SET data = ? WHERE body = ?", (b"rot", body))
    with pytest.raises(zstandard.ZstdError):
        recorder.file.load_body(body)
    recorder.file.db.execute("DELETE FROM body_bytes WHERE body = ?", (body,))
    with pytest.raises(EvidenceDamaged, match=str(body)):
        recorder.file.load_body(body)
