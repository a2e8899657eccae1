"""Whatever a list is packed in, its bytes come out; what is damaged ends early and says so."""

import bz2
import gzip
from pathlib import Path

import pytest

from crawler.errors import UnreadableManifest
from crawler.manifests.stream import head_of, open_stream

TEXT = "".join(f"{n},ünïcode 🙂\n" for n in range(20_000)).encode()


def _all(path: Path) -> tuple[bytes, str | None]:
    with open_stream(path) as stream:
        return stream.readall() or b"", stream.fault


@pytest.mark.parametrize(
    "packed",
    [
        TEXT,
        gzip.compress(TEXT),
        gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]),
        gzip.compress(TEXT) + b"\0" * 100,
        bz2.compress(TEXT),
        bz2.compress(TEXT[:1000]) + bz2.compress(TEXT[1000:]),
        b"\xef\xbb\xbf" + TEXT,
        gzip.compress(b"\xef\xbb\xbf" + TEXT),
        TEXT.decode().encode("utf-16"),
        TEXT.decode().encode("utf-16-be"),
        TEXT.decode().encode("utf-16-le"),
    ],
    ids=[
        "plain",
        "gzip",
        "members",
        "padded",
        "bzip2",
        "streams",
        "mark",
        "gzip-mark",
        "u16",
        "u16be",
        "u16le",
    ],
)
def test_unpacked(tmp_path: Path, packed: bytes):
    path = tmp_path / "list"
    path.write_bytes(packed)
    assert _all(path) == (TEXT, None)
    assert head_of(path, 100) == TEXT[:100]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_cut_file_ends_early_and_says_so(tmp_path: Path, pack):
    path = tmp_path / "list"
    packed = pack(TEXT)
    path.write_bytes(packed[: len(packed) * 2 // 3])
    found, fault = _all(path)
    assert TEXT.startswith(found)
    assert fault is not None
    assert "end too early" in fault


def test_a_damaged_file_gives_all_before_the_damage(tmp_path: Path):
    path = tmp_path / "list"
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 0xFF  # the checksum
    path.write_bytes(packed)
    found, fault = _all(path)
    assert found == TEXT
    assert fault is not None
    assert "damaged" in fault


@pytest.mark.parametrize(("name", "word"), [("missing", "no such file"), (".", "folder")])
def test_what_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path, name: str, word: str):
    with pytest.raises(UnreadableManifest, match=word):
        open_stream(tmp_path / name)


def test_gzip_of_rubbish(tmp_path: Path):
    path = tmp_path / "list.gz"
    path.write_bytes(b"\x1f\x8b\x08" + b"\xff" * 50)
    with pytest.raises(UnreadableManifest, match="cannot be unpacked"):
        head_of(path, 100)
