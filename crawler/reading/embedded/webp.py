"""WebP: the EXIF and XMP chunks of the RIFF container, which stand behind the picture (RFC 9649 §2.7)."""

from __future__ import annotations

from crawler.reading.embedded import blocks, xmp_packet
from crawler.reading.embedded.kept import MAX_SEGMENT, Broken, Finds
from crawler.reading.embedded.windows import Missing, Windows

MAX_STEPS = 20_000
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_XMP_TOO = b"XMP\0"  # as some software writes it (ExifTool's list of RIFF chunks)


def length(head: bytes) -> int:
    """The file's length by its RIFF header of at least 8 bytes."""
    return 8 + int.from_bytes(head[4:8], "little")


def read(windows: Windows, finds: Finds) -> None:
    """Find the chunks that the extended header announces, and others as far as bytes are at hand.

    Raises:
        Missing: announced chunks lie beyond the bytes at hand. Broken: something that is no chunk.
    """
    end = length(windows.take(0, 12))
    announced: set[bytes] | None = None  # not known before the first chunk is read
    at = 12
    try:
        for _ in range(MAX_STEPS):
            if at + 8 > end:
                break
            head = windows.take(at, 8)
            kind, size = head[:4], int.from_bytes(head[4:], "little")
            if kind != _XMP_TOO and not all(0x20 <= byte < 0x7F for byte in kind):
                raise Broken(f"no WebP chunk at byte {at}")
            if kind == b"VP8X":
                flags = windows.take(at + 8, 1)[0]
                announced = {c for c, bit in ((b"EXIF", _EXIF_FLAG), (b"XMP ", _XMP_FLAG)) if flags & bit}
            elif kind in (b"EXIF", b"XMP ", _XMP_TOO):
                kind = b"XMP " if kind == _XMP_TOO else kind
                _one(finds, kind, at + 8, size, windows)
                announced = (announced or set()) - {kind}
            elif kind == b"C2PA":
                finds.miss("C2PA manifest, not read")
            announced = announced or set()
            at += 8 + size + size % 2
        else:
            raise Broken(f"more than {MAX_STEPS} WebP chunks")
    except Missing as gap:
        if announced is None or announced or gap.ended:
            raise
        return
    for kind in sorted(announced or ()):
        finds.miss(f"{kind.decode().strip()}: announced in the header and not there")


def _one(finds: Finds, kind: bytes, at: int, size: int, windows: Windows) -> None:
    if size > MAX_SEGMENT:
        finds.miss(f"{kind.decode().strip()} of {size} bytes, not read")
        return
    body = windows.take(at, size)
    if kind == b"XMP ":
        xmp_packet.keep(finds, at, body)
    else:
        blocks.keep_exif(
            finds, at + (6 if body.startswith(b"Exif\0\0") else 0), body.removeprefix(b"Exif\0\0")
        )
