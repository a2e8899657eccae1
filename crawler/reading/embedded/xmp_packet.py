"""An XMP packet's bytes → what is kept of it (XMP specification part 1 §7, part 3 §1.1.3).

A packet is UTF-8 in JPEG and may be UTF-16 or UTF-32 elsewhere. Runs of base64 are pictures (thumbnails, depth
maps), not statements: they are cut.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from crawler.reading.embedded.kept import MAX_SEGMENT, Broken, Finds

_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/=\r\n]++|&#(?:xA|xD|10|13);)++")
#: Longer than any signature, identifier or code word; a thumbnail of 10 × 10 pixels has more.
_PICTURE = 1024
_EXTENDED = re.compile(rb"HasExtendedXMP\s*(?:=\s*[\"']|>)\s*([0-9A-Fa-f]{32})")


def utf8(packet: bytes) -> bytes:
    """The packet in UTF-8, whichever Unicode encoding its first bytes show; other bytes are left as they are."""
    head = packet[:4]
    for mark, codec in (
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
        (b"<\0\0\0", "utf-32-le"),
        (b"\0\0\0<", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            return packet.decode(codec, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return packet


def keep(finds: Finds, at: int, packet: bytes, name: str = "") -> None:
    """Add the packet that stands at offset ``at`` of the file.

    Raises:
        Broken: there is more metadata than a picture has.
    """
    text = utf8(packet)
    kept = _BASE64.sub(lambda run: b"" if len(run[0]) >= _PICTURE else run[0], text)
    finds.add("xmp", at, packet, kept, name=name, left_out=len(text) - len(kept))


def extension_named(packet: bytes) -> str | None:
    """The digest of the extension that a main packet says belongs to it, in capitals."""
    found = _EXTENDED.search(packet)
    return found.group(1).decode("ascii").upper() if found else None


def keep_extension(finds: Finds, pieces: Iterable[tuple[int, bytes]], named: str) -> None:
    """Put ExtendedXMP together from its pieces (offset in the file, bytes from the digest on) and add it.

    Each piece begins with the digest (32 hex digits), the full length and its own offset. Pieces of other digests
    belong to another, older packet. A sum that isn't as promised is not read.

    Raises:
        Broken: there is more metadata than a picture has.
    """
    whole: bytearray | None = None
    first = covered = 0
    for at, piece in pieces:
        if len(piece) < 40 or piece[:32].decode("ascii", "replace").upper() != named:
            finds.miss("ExtendedXMP that belongs to no packet of the file, not read")
            continue
        full, offset = int.from_bytes(piece[32:36], "big"), int.from_bytes(piece[36:40], "big")
        if full > MAX_SEGMENT:
            finds.miss(f"ExtendedXMP of {full} bytes, not read")
            return
        if whole is None:
            whole, first = bytearray(full), at
        if offset + len(piece) - 40 > len(whole):
            finds.miss("ExtendedXMP: a piece lies outside the whole; not read")
            return
        whole[offset : offset + len(piece) - 40] = piece[40:]
        covered += len(piece) - 40
    if whole is None or covered < len(whole):
        finds.miss("ExtendedXMP is not complete; not read")
        return
    if hashlib.md5(whole, usedforsecurity=False).hexdigest().upper() != named:
        finds.miss("ExtendedXMP does not agree with its digest; not read")
        return
    keep(finds, first, bytes(whole), name="extended")


def hold(size: int) -> None:
    """Refuse a packet of more bytes than statements about rights need.

    Raises:
        Broken: it is longer than ``MAX_SEGMENT``.
    """
    if size > MAX_SEGMENT:
        raise Broken(f"XMP of {size} bytes, not read")
