"""PNG: eXIf, iTXt, tEXt and zTXt chunks (PNG 3rd edition §11.3; XMP part 3 §1.1.5).

ImageMagick writes IPTC and EXIF as hexadecimal texts named "Raw profile type …"; they are read too.
"""

from __future__ import annotations

import re
import zlib

from crawler.reading.embedded import blocks, xmp_packet
from crawler.reading.embedded.kept import MAX_INFLATED, MAX_SEGMENT, Broken, Finds
from crawler.reading.embedded.windows import Missing, Windows

_XMP = "XML:com.adobe.xmp"
_TEXTS = frozenset({"Title", "Author", "Copyright", "Disclaimer"})
_RAW = "Raw profile type "
_RAW_HEAD = re.compile(rb"\s*[\w ]{1,40}\n\s*(\d{1,8})\n")
_TYPE = re.compile(rb"[A-Za-z]{4}")
MAX_STEPS = 20_000


def read(windows: Windows, finds: Finds) -> None:
    """Find the metadata from the first chunk to IEND; texts may stand behind the picture.

    Raises:
        Missing: the chunks go on beyond the bytes at hand. Broken: something that is no chunk.
    """
    at, pixels = 8, False
    for _ in range(MAX_STEPS):
        try:
            head = windows.take(at, 8)
        except Missing as gap:
            gap.behind_pixels = pixels
            raise
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if length > 0x7FFFFFFF or not _TYPE.fullmatch(kind):
            raise Broken(f"no PNG chunk at byte {at}")
        if kind == b"IEND":
            return
        if kind in (b"eXIf", b"iTXt", b"tEXt", b"zTXt"):
            name = kind.decode("ascii")
            if length > MAX_SEGMENT:
                finds.miss(f"{name} of {length} bytes, not read")
            else:
                _one(finds, name, at + 8, windows.take(at + 8, length))
        elif kind == b"IDAT":
            pixels = True
        elif kind == b"caBX":
            finds.miss("C2PA manifest, not read")
        at += 12 + length
    raise Broken(f"more than {MAX_STEPS} PNG chunks")


def _one(finds: Finds, kind: str, at: int, body: bytes) -> None:
    if kind == "eXIf":
        blocks.keep_exif(finds, at, body.removeprefix(b"Exif\0\0"))
        return
    keyword, _, rest = body.partition(b"\0")
    name = keyword.decode("latin-1")
    if name != _XMP and name not in _TEXTS and not name.startswith(_RAW):
        return
    try:
        value = _value(finds, kind, rest)
    except Broken as why:
        finds.miss(f"PNG {kind}: {why}")
        return
    if name == _XMP:
        xmp_packet.keep(finds, at, value)
    elif name.startswith(_RAW):
        _raw_profile(finds, at, name.removeprefix(_RAW).strip().lower(), value)
    else:
        text = value if kind == "iTXt" else value.decode("latin-1").encode()
        finds.add("text", at, body, text[:MAX_SEGMENT], name=name)


def _value(finds: Finds, kind: str, rest: bytes) -> bytes:
    """The text's bytes, inflated where they are compressed."""
    if kind == "tEXt":
        return rest
    if kind == "zTXt":
        if rest[:1] != b"\0":
            raise Broken("an unknown compression")
        return _inflated(finds, rest[1:])
    flags, rest = rest[:2], rest[2:]
    _language, _, rest = rest.partition(b"\0")
    _translated, _, value = rest.partition(b"\0")
    if flags[:1] == b"\0":
        return value
    if flags != b"\1\0":
        raise Broken("an unknown compression")
    return _inflated(finds, value)


def _inflated(finds: Finds, data: bytes) -> bytes:
    """Inflate no more than ``MAX_SEGMENT`` bytes, and ``MAX_INFLATED`` in one file.

    Raises:
        Broken: the data is damaged or longer.
    """
    if finds.inflated >= MAX_INFLATED:
        raise Broken(f"more than {MAX_INFLATED} bytes inflated before, not read")
    inflater = zlib.decompressobj()
    try:
        value = inflater.decompress(data, MAX_SEGMENT)
    except zlib.error as error:
        raise Broken("compressed data is damaged") from error
    finds.inflated += len(value)
    if inflater.unconsumed_tail:
        raise Broken(f"more than {MAX_SEGMENT} bytes when inflated, not read")
    if not inflater.eof:
        raise Broken("compressed data ends too early")
    return value


def _raw_profile(finds: Finds, at: int, name: str, text: bytes) -> None:
    head = _RAW_HEAD.match(text)
    digits = b"".join(text[head.end() :].split()) if head else b""
    try:
        block = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        head = None
    if head is None or len(block) != int(head.group(1)):
        finds.miss(
            f"PNG raw profile {name!r}: not the bytes it announces" if name in _RAWS else "PNG raw profile"
        )
        return
    if block.startswith(b"Exif\0\0"):
        blocks.keep_exif(finds, at, block[6:])
    elif block.startswith(b"8BIM"):
        blocks.keep_resources(finds, at, block)
    elif block.startswith(b"\x1c"):
        blocks.keep_iim(finds, at, block)
    elif name in ("exif", "app1") and block[:2] in (b"II", b"MM"):
        blocks.keep_exif(finds, at, block)
    elif name in ("xmp", "app1"):
        xmp_packet.keep(finds, at, block.removeprefix(b"http://ns.adobe.com/xap/1.0/\0"))


_RAWS = frozenset({"iptc", "8bim", "exif", "app1", "xmp"})
