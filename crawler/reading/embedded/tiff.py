"""The first directory of a TIFF structure: an EXIF block, or a TIFF file itself (TIFF 6.0; EXIF 2.32 §4.5).

Only the first directory (IFD0) is read and no pointer of it is followed, so that no loop can arise: Artist and
Copyright, and in TIFF files XMP, IPTC and Photoshop blocks, stand there.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.reading.embedded.kept import Broken
from crawler.reading.embedded.windows import Missing, Windows

ARTIST, COPYRIGHT, XP_AUTHOR = 315, 33432, 40093
XMP, IPTC, PHOTOSHOP = 700, 33723, 34377
#: Texts about rights, with the most bytes we take of each.
RIGHTS = {ARTIST: 65_536, COPYRIGHT: 65_536, XP_AUTHOR: 65_536}

LONG = 4
_SIZES = {1: 1, 2: 1, 3: 2, LONG: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a directory: tag number, type, count, where its value stands, and the value's bytes."""

    tag: int
    type: int
    count: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Directory:
    """``order`` is "<" (II) or ">" (MM); ``at`` and ``raw`` are the directory's own bytes; ``unread`` says
    what was not taken; ``missing`` is the first value that lies beyond the bytes at hand.
    """

    order: str
    at: int
    raw: bytes
    entries: tuple[Entry, ...]
    unread: tuple[str, ...] = ()
    missing: Missing | None = None


def first_directory(windows: Windows, wanted: Mapping[int, int]) -> Directory:
    """The entries of IFD0 whose tags are ``wanted`` (tag → the most bytes of a value).

    Raises:
        Broken: no TIFF structure. Missing: the header or the directory itself is not at hand.
    """
    head = windows.take(0, 8)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None:
        raise Broken("byte order is neither II nor MM")
    magic, at = struct.unpack(order + "HI", head[2:])
    if magic == 43:
        raise Broken("BigTIFF, not read")
    if magic != 42 or at < 8:
        raise Broken("no TIFF header")
    (count,) = struct.unpack(order + "H", windows.take(at, 2))
    raw = windows.take(at + 2, 12 * count)
    entries: dict[int, Entry] = {}
    unread: list[str] = []
    missing: Missing | None = None
    for index in range(count):
        start = 12 * index
        tag, kind, number = struct.unpack(order + "HHI", raw[start : start + 8])
        if tag not in wanted or tag in entries or kind not in _SIZES:
            continue
        length = _SIZES[kind] * number
        if length > wanted[tag]:
            unread.append(f"tag {tag} of {length} bytes, not read")
            continue
        place = at + 2 + start + 8
        if length > 4:
            (place,) = struct.unpack(order + "I", raw[start + 8 : start + 12])
        try:
            entries[tag] = Entry(tag, kind, number, place, windows.take(place, length))
        except Missing as gap:
            if gap.ended:
                unread.append(f"tag {tag}: its value lies outside the file")
            else:
                missing = missing or gap
    return Directory(order, at, raw, tuple(entries.values()), tuple(unread), missing)


def block(order: str, entries: tuple[Entry, ...]) -> bytes:
    """A TIFF structure that holds these entries and nothing else, tags ascending."""
    chosen = sorted(entries, key=lambda entry: entry.tag)
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    directory = struct.pack(order + "H", len(chosen))
    values = b""
    base = 8 + 2 + 12 * len(chosen) + 4
    for entry in chosen:
        directory += struct.pack(order + "HHI", entry.tag, entry.type, entry.count)
        if len(entry.data) <= 4:
            directory += entry.data.ljust(4, b"\0")
        else:
            directory += struct.pack(order + "I", base + len(values))
            values += entry.data + b"\0" * (len(entry.data) % 2)
    return head + directory + struct.pack(order + "I", 0) + values


def texts(data: bytes) -> list[tuple[int, str]]:
    """``(tag, text)`` of the rights texts in an EXIF block; empty ones left out.

    A photographer's and an editor's copyright are parted by NUL in one value (EXIF 2.32 §4.6.4 D); they become
    two lines. Bytes are read as UTF-8, and as Windows-1252 where they are not.

    Raises:
        Broken: no TIFF structure, or one that ends too early.
    """
    try:
        directory = first_directory(Windows(data, len(data)), RIGHTS)
    except Missing as gap:
        raise Broken(f"ends before byte {gap.end}") from gap
    found: list[tuple[int, str]] = []
    for entry in directory.entries:
        if entry.type not in (1, 2, 7, 129):
            continue
        if entry.tag == XP_AUTHOR:
            text = entry.data.decode("utf-16-le", "replace").partition("\0")[0]
        else:
            parts = entry.data.split(b"\0")
            parts = parts[:2] if entry.tag == COPYRIGHT else parts[:1]
            text = "\n".join(plain for part in parts if (plain := decoded(part).strip()))
        if text.strip():
            found.append((entry.tag, text.strip()))
    return found


def decoded(raw: bytes) -> str:
    """UTF-8 where the bytes are, else Windows-1252 with Latin-1 for the five bytes it leaves open.

    Field notes §8: texts without a declared charset may still be UTF-8, and other text is hardly ever valid
    UTF-8 by chance.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1").translate(_CP1252)


_CP1252 = {byte: text for byte in range(0x80, 0xA0) if (text := bytes([byte]).decode("cp1252", "ignore"))}
