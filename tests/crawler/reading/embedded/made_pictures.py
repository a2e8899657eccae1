"""Small picture files with the metadata a test asks for, and the pixels of none."""

import hashlib
import struct
import zlib

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "cc": "http://creativecommons.org/ns#",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
}


def xmp(inner: str = "", attributes: str = "") -> bytes:
    """A packet with one description: properties as elements, as attributes, or both."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about="" {declared} {attributes}>{inner}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end='w'?>"
    ).encode()


def items(name: str, *values: str, kind: str = "Bag") -> str:
    return f"<{name}><rdf:{kind}>{''.join(f'<rdf:li>{v}</rdf:li>' for v in values)}</rdf:{kind}></{name}>"


def words(name: str, **by_language: str) -> str:
    entries = "".join(
        f'<rdf:li xml:lang="{language.replace("_", "-")}">{text}</rdf:li>'
        for language, text in by_language.items()
    )
    return f"<{name}><rdf:Alt>{entries}</rdf:Alt></{name}>"


def exif(texts: dict[int, bytes], order: str = ">", more: bytes = b"") -> bytes:
    """A TIFF structure whose first directory holds these texts; ``more`` follows behind it (a preview, say)."""
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    directory, values = struct.pack(order + "H", len(texts)), b""
    base = 8 + 2 + 12 * len(texts) + 4
    for tag, text in sorted(texts.items()):
        directory += struct.pack(order + "HHI", tag, 2, len(text))
        if len(text) <= 4:
            directory += text.ljust(4, b"\0")
        else:
            directory += struct.pack(order + "I", base + len(values))
            values += text
    return head + directory + struct.pack(order + "I", 0) + values + more


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    return b"".join(struct.pack(">BBBH", 0x1C, r, n, len(v)) + v for r, n, v in datasets)


def resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def segment(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def jpeg(
    *, xmp: bytes = b"", exif: bytes = b"", iim: bytes = b"", extension: bytes = b"", more: bytes = b""
) -> bytes:
    found = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    if exif:
        found += segment(0xE1, b"Exif\0\0" + exif)
    if iim:
        found += segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, iim))
    if xmp:
        found += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp)
    if extension:
        digest = hashlib.md5(extension).hexdigest().upper().encode()
        half = len(extension) // 2
        for start, part in ((half, extension[half:]), (0, extension[:half])):
            head = digest + struct.pack(">II", len(extension), start)
            found += segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + head + part)
    return b"\xff\xd8" + found + more + segment(0xDA, b"\1\1\0\0\x3f\0") + b"pixels" * 20 + b"\xff\xd9"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def itxt(text: bytes, keyword: bytes = b"XML:com.adobe.xmp", *, packed: bool = False) -> bytes:
    value = zlib.compress(text) if packed else text
    return chunk(b"iTXt", keyword + b"\0" + (b"\1\0" if packed else b"\0\0") + b"\0\0" + value)


def raw_profile(name: bytes, data: bytes) -> bytes:
    digits = data.hex().encode()
    lines = b"\n".join(digits[i : i + 72] for i in range(0, len(digits), 72))
    return chunk(
        b"zTXt",
        b"Raw profile type " + name + b"\0\0" + zlib.compress(b"\n%s\n%8d\n%s\n" % (name, len(data), lines)),
    )


def png(*before: bytes, after: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(before) + pixels + after + chunk(b"IEND", b"")


def riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(*, xmp: bytes = b"", exif: bytes = b"", pixels: int = 100) -> bytes:
    flags = (0x04 if xmp else 0) | (0x08 if exif else 0)
    body = b"WEBP" + riff(b"VP8X", bytes([flags]) + b"\0" * 9) + riff(b"VP8 ", b"p" * pixels)
    body += (riff(b"EXIF", exif) if exif else b"") + (riff(b"XMP ", xmp) if xmp else b"")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff(entries: dict[int, tuple[int, bytes]], order: str = "<", pixels: int = 50) -> bytes:
    """A TIFF file: pixels, then the values, then the directory at the end. ``entries``: tag → (type, bytes)."""
    sizes = {1: 1, 2: 1, 4: 4, 7: 1}
    values, directory = b"p" * pixels, struct.pack(order + "H", len(entries))
    for tag, (kind, data) in sorted(entries.items()):
        directory += struct.pack(order + "HHI", tag, kind, len(data) // sizes[kind])
        if len(data) <= 4:
            directory += data.ljust(4, b"\0")
        else:
            directory += struct.pack(order + "I", 8 + len(values))
            values += data
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8 + len(values))
    return head + values + directory + struct.pack(order + "I", 0)
