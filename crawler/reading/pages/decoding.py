"""The bytes of a page → UTF-8 that a parser can take.

The charset is found by the order of the HTML standard (§13.2.3): BOM, HTTP header, meta, then a guess. Never raises.
"""

from __future__ import annotations

import codecs
import re

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,30})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([a-zA-Z0-9_.:-]{2,30})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_.:-]{2,30})", re.IGNORECASE)
# What browsers read under these labels (Encoding standard, names and labels); UTF-7 they don't read at all.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-7": "utf-8",
}
# libxml2 compares each attribute of a tag with all before it (2.14.6: 16,000 take a second).
_LONG_TAG = 4_096
_MOST_ATTRIBUTES = 1_000
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


def as_utf8(body: bytes, content_type: str) -> bytes:
    """The body as UTF-8 without NULs."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _clean(body[len(bom) :], name)
    named = _HEADER_CHARSET.search(content_type)
    if named:
        return _clean(body, named.group(1))
    found = _META_CHARSET.search(body[:4096]) or _XML_CHARSET.match(body[:200])
    name = found.group(1).decode("ascii") if found else "utf-8"
    # bytes in which "<meta" could be read are no UTF-16 (HTML standard §13.2.3.2)
    return _clean(body, "utf-8" if name.lower().startswith("utf-16") else name)


def _clean(body: bytes, charset: str) -> bytes:
    try:
        name = codecs.lookup(charset).name
    except LookupError:  # a charset that nobody knows
        name = "utf-8"
    name = _LARGER.get(name, name)
    if name.startswith(("utf-16", "utf-32")) and b"\x00" not in body[:1000]:
        name = "utf-8"  # the label lies: every "<" would have a NUL beside it
    if name == "utf-8" and b"\x00" not in body:
        try:
            body.decode()
        except UnicodeDecodeError:
            return body.decode("utf-8", "replace").encode()
        return body
    try:
        text = body.decode(name, "replace")
    except (LookupError, ValueError, AssertionError):  # "hex", "idna" and other codecs that are not charsets
        text = body.decode("utf-8", "replace")
    return text.replace("\x00", "").encode("utf-8", "replace")


def without_monsters(data: bytes) -> tuple[bytes, bool]:
    """The page without tags of more than a thousand attributes, and whether there was one."""
    monsters: list[tuple[int, int]] = []
    position = 0
    while position < len(data):
        # every chunk of an ordinary page has a ">" in it
        if data.find(b">", position, position + _LONG_TAG) >= 0:
            position += _LONG_TAG
            continue
        end = data.find(b">", position + _LONG_TAG)
        end = len(data) if end < 0 else end + 1
        start = data.find(b"<", data.rfind(b">", 0, position) + 1, end)
        if start >= 0 and len(_QUOTED.sub(b"", data[start:end]).split()) > _MOST_ATTRIBUTES:
            monsters.append((start, end))
        position = max(end, position + _LONG_TAG)
    for start, end in reversed(monsters):
        data = data[:start] + data[end:]
    return data, bool(monsters)
