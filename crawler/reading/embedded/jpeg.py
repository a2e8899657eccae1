"""JPEG: the application segments before the first scan (ITU-T T.81 annex B; JEITA EXIF 2.32 §4.7; XMP part 3)."""

from __future__ import annotations

from crawler.reading.embedded import blocks, xmp_packet
from crawler.reading.embedded.kept import Broken, Finds
from crawler.reading.embedded.windows import Windows

_EXIF = b"Exif\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_APP1, _APP11, _APP13, _SOS, _EOI = 0xE1, 0xEB, 0xED, 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
MAX_STEPS = 5_000


def read(windows: Windows, finds: Finds) -> None:
    """Find the metadata up to the first scan; behind it no writer puts any.

    Raises:
        Missing: the segments go on beyond the bytes at hand. Broken: something that is no segment.
    """
    extension: list[tuple[int, bytes]] = []
    resources: list[tuple[int, bytes]] = []
    try:
        _segments(windows, finds, extension, resources)
    finally:
        # what came before the damage or the cut is whole by itself
        blocks.keep_resources(
            finds, resources[0][0] if resources else 0, b"".join(part for _, part in resources)
        )
    named = next(
        (n for s in finds.segments if s.kind == "xmp" and (n := xmp_packet.extension_named(s.data))), ""
    )
    if extension or named:
        xmp_packet.keep_extension(finds, extension, named)


def _segments(
    windows: Windows, finds: Finds, extension: list[tuple[int, bytes]], resources: list[tuple[int, bytes]]
) -> None:
    at = 2
    for _ in range(MAX_STEPS):
        mark = windows.take(at, 2)
        if mark[0] != 0xFF:
            raise Broken(f"no JPEG marker at byte {at}")
        if mark[1] == 0xFF:  # fill byte
            at += 1
            continue
        if mark[1] in (_SOS, _EOI):
            return
        if mark[1] in _ALONE:
            at += 2
            continue
        length = int.from_bytes(windows.take(at + 2, 2), "big")
        if length < 2:
            raise Broken(f"a JPEG segment of {length} bytes at byte {at}")
        if mark[1] in (_APP1, _APP11, _APP13):
            body = windows.take(at + 4, length - 2)
            _one(finds, mark[1], at + 4, body, extension, resources)
        at += 2 + length
    raise Broken(f"more than {MAX_STEPS} JPEG segments")


def _one(
    finds: Finds,
    mark: int,
    at: int,
    body: bytes,
    extension: list[tuple[int, bytes]],
    resources: list[tuple[int, bytes]],
) -> None:
    if mark == _APP11:
        if body[:2] == b"JP":  # JUMBF boxes, ISO 19566-5
            finds.miss("C2PA manifest, not read" if b"c2pa" in body else "JUMBF box, not read")
    elif mark == _APP13:
        if body.startswith(_PHOTOSHOP):
            resources.append((at, body[len(_PHOTOSHOP) :]))
    elif body.startswith(_EXIF):
        blocks.keep_exif(finds, at + 6, body[6:])
    elif body.startswith(_XMP):
        xmp_packet.keep(finds, at + len(_XMP), body[len(_XMP) :])
    elif body.startswith(_XMP_EXTENSION):
        extension.append((at, body[len(_XMP_EXTENSION) :]))
