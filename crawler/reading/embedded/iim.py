"""IPTC-IIM datasets, bare or inside Photoshop's image resources (IIM 4.2 §1.5; Photoshop file format, resource
0x0404).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from crawler.reading.embedded.kept import Broken
from crawler.reading.embedded.tiff import decoded

CHARSET = (1, 90)
#: Many times what a caption writer with thousands of keywords fills.
MAX_DATASETS = 10_000
_MARK = 0x1C
_RESOURCE = 0x0404
_SIGNATURES = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
#: ESC % G and its kin: UTF-8 (ISO 2022 escapes, IIM 4.2 dataset 1:90).
_UTF8 = (b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I")
_LATIN1 = (b"\x1b.A", b"\x1b-A")


@dataclass(frozen=True, slots=True)
class Dataset:
    """Record and dataset number with the value's bytes."""

    record: int
    number: int
    data: bytes


def datasets(block: bytes) -> tuple[list[Dataset], str]:
    """The datasets of an IIM block, and what broke it off ("" when it was read to its end).

    Zero bytes after the last dataset are padding.
    """
    found: list[Dataset] = []
    at = 0
    while at + 5 <= len(block):
        if len(found) >= MAX_DATASETS:
            return found, f"more than {MAX_DATASETS} datasets; the rest is not read"
        if block[at] != _MARK:
            return found, "" if not block[at:].strip(b"\0") else f"no dataset at byte {at} of the IIM block"
        record, number, length = struct.unpack(">BBH", block[at + 1 : at + 5])
        at += 5
        if length & 0x8000:
            width = length & 0x7FFF
            if width > 4 or at + width > len(block):
                return found, f"a dataset length of {width} bytes at byte {at} of the IIM block"
            length = int.from_bytes(block[at : at + width], "big")
            at += width
        if at + length > len(block):
            return found, f"dataset {record}:{number} ends outside the IIM block"
        found.append(Dataset(record, number, block[at : at + length]))
        at += length
    return found, ""


def kept(found: list[Dataset]) -> bytes:
    """The charset and the application record (2) without its preview (2:200 to 2:202), as an IIM block."""
    return b"".join(
        struct.pack(">BBBH", _MARK, item.record, item.number, len(item.data)) + item.data
        for item in found
        if (item.record, item.number) == CHARSET or (item.record == 2 and item.number < 200)
        if len(item.data) < 0x8000
    )


def texts(found: list[Dataset]) -> list[tuple[int, str]]:
    """``(dataset number, text)`` of record 2, decoded by the declared charset or by what the bytes show."""
    charset = next((d.data for d in found if (d.record, d.number) == CHARSET), b"")
    latin = charset in _LATIN1 and charset not in _UTF8
    return [
        (item.number, text)
        for item in found
        if item.record == 2
        and item.number != 0
        and (text := _text(item.data, latin=latin).replace("\0", "").strip())
    ]


def _text(raw: bytes, *, latin: bool) -> str:
    # a declared Latin-1 is taken at its word only where the bytes aren't UTF-8: writers forget to change it
    return raw.decode("latin-1") if latin and not _is_utf8(raw) else decoded(raw)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def in_resources(block: bytes) -> bytes | None:
    """The IIM block among Photoshop's image resources, ``None`` where there is none.

    Raises:
        Broken: the resources end in the middle, and no IIM block came before.
    """
    at = 0
    while at + 12 <= len(block):
        if block[at : at + 4] not in _SIGNATURES:
            if not block[at:].strip(b"\0"):
                return None
            raise Broken(f"no image resource at byte {at} of the Photoshop block")
        number = int.from_bytes(block[at + 4 : at + 6], "big")
        name = 1 + block[at + 6]
        start = at + 6 + name + name % 2
        length = int.from_bytes(block[start : start + 4], "big")
        start += 4
        if start + length > len(block):
            raise Broken(f"image resource {number} ends outside the Photoshop block")
        if number == _RESOURCE:
            return block[start : start + length]
        at = start + length + length % 2
    return None


def swapped(raw: bytes) -> bytes:
    """An IIM block that a little-endian TIFF writer stored as 32-bit numbers, put right (seen by ExifTool)."""
    if raw[:1] == bytes([_MARK]) or raw[3:4] != bytes([_MARK]) or len(raw) % 4:
        return raw
    return b"".join(raw[i : i + 4][::-1] for i in range(0, len(raw), 4))
