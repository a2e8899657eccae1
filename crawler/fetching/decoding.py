"""Content codings undone with a bound on what comes out (RFC 9110 §8.4.1, RFC 8878, RFC 7932).

A body that ends before its coding does was cut on the way and is no evidence; one that grows beyond the
cap is a bomb. Both raise ``TransportFault``; neither ever holds more than the cap and one buffer.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

import brotli
import zstandard

from crawler.fetching.transport_fault import TransportFault

#: What we ask for, and nothing we cannot decode.
ACCEPT_ENCODING: Final = "gzip, deflate, br, zstd"
MAX_CODINGS: Final = 3
_ZSTD_WINDOW: Final = 8 * 1024 * 1024  # RFC 9659 §3


def decode_body(codings: str, wire: bytes, cap: int) -> bytes:
    """Undo the codings of a Content-Encoding header value, last one first.

    ``cap`` bounds every intermediate and the final size in bytes. Words that name no coding ("utf-8", "none",
    as some servers send) leave the bytes alone, as browsers do. Raises ``TransportFault`` too_large or
    cut_body.
    """
    names = [name.strip().lower() for name in codings.split(",")]
    names = [name for name in names if name in _DECODERS]
    if len(names) > MAX_CODINGS:
        raise TransportFault("too_large", f"{len(names)} content codings one around the other")
    for name in reversed(names):
        if wire:  # an empty body carries no coding (304, HEAD, empty pages)
            wire = _DECODERS[name](wire, cap)
    return wire


def _bounded(data: bytes, cap: int) -> bytes:
    if len(data) > cap:
        raise TransportFault("too_large", f"more than {cap} bytes after decoding")
    return data


def _gzip(wire: bytes, cap: int) -> bytes:
    """One or more members; what follows the last whole one (padding, mostly) is ignored."""
    out = b""
    rest = wire
    while rest[:2] == b"\x1f\x8b" or not out:
        member, rest = _inflate(rest, cap - len(out), zlib.MAX_WBITS | 16)
        out += member
        if not rest:
            break
    return out


def _deflate(wire: bytes, cap: int) -> bytes:
    """zlib format as the standard says, raw DEFLATE as some servers send."""
    zlib_header = wire[0] & 0x0F == 8 and int.from_bytes(wire[:2].ljust(2, b"\0"), "big") % 31 == 0
    return _inflate(wire, cap, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)[0]


def _inflate(wire: bytes, cap: int, bits: int) -> tuple[bytes, bytes]:
    inflater = zlib.decompressobj(bits)
    try:
        out = _bounded(inflater.decompress(wire, cap + 1), cap)
        # zlib may stop at the limit with the trailer still unread.
        while not inflater.eof and inflater.unconsumed_tail:
            out = _bounded(out + inflater.decompress(inflater.unconsumed_tail, cap + 1 - len(out)), cap)
    except zlib.error as error:
        raise TransportFault("cut_body", f"its deflate data is broken ({error})") from error
    if not inflater.eof:
        raise TransportFault("cut_body", "its compressed data ends early")
    return out, inflater.unused_data


def _brotli(wire: bytes, cap: int) -> bytes:
    decoder = brotli.Decompressor()
    try:
        out = decoder.process(wire, output_buffer_limit=cap + 1)
        while not decoder.is_finished() and len(out) <= cap:
            more = decoder.process(b"", output_buffer_limit=cap + 1 - len(out))
            if not more:
                break
            out += more
    except brotli.error as error:
        raise TransportFault("cut_body", "its brotli data is broken") from error
    if not decoder.is_finished() and len(out) <= cap:
        raise TransportFault("cut_body", "its compressed data ends early")
    return _bounded(out, cap)


def _zstd(wire: bytes, cap: int) -> bytes:
    """The reader bounds the size but is silent about a cut frame; a second pass, now safe, sees the end."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    try:
        with decompressor.stream_reader(wire, read_across_frames=True) as reader:
            out = _bounded(reader.read(cap + 1), cap)
        rest = wire
        while rest:
            frame = decompressor.decompressobj()
            frame.decompress(rest)
            if not frame.eof:
                raise TransportFault("cut_body", "its compressed data ends early")
            rest = frame.unused_data
    except zstandard.ZstdError as error:
        raise TransportFault("cut_body", "its zstd data is broken") from error
    return bytes(out)


_DECODERS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
