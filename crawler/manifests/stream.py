"""A manifest file as a stream of UTF-8 bytes, whatever it was packed or written in.

gzip and bzip2 are told by their first bytes, never by the file's name; a UTF-8 mark is dropped, UTF-16
becomes UTF-8. Damage in the middle (a download that was cut, a wrong checksum) does not lose what came
before: the stream ends there, and ``fault`` says where and why.
"""

from __future__ import annotations

import bz2
import codecs
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from crawler.errors import UnreadableManifest

CHUNK = 1 << 16
#: What one step of unpacking may yield; a bomb then costs time, never memory.
UNPACKED_STEP = 1 << 20
GZIP_MAGIC = b"\x1f\x8b\x08"
BZIP2_MAGIC = b"BZh"


class _Unpacker(Protocol):
    """What zlib's and bz2's decompressors have in common, as this file uses it."""

    eof: bool
    unused_data: bytes

    def more(self, data: bytes) -> Iterator[bytes]: ...


class _Gunzip:
    """One gzip member. When the data break, everything up to the break is still yielded."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=31)
        self.eof = False
        self.unused_data = b""

    def more(self, data: bytes) -> Iterator[bytes]:
        while data:
            before = self._inflate.copy()
            try:
                yield self._inflate.decompress(data, UNPACKED_STEP)
            except zlib.error:
                # zlib drops the output of the call that fails; byte by byte only the last one is lost.
                for at in range(len(data)):
                    yield before.decompress(data[at : at + 1])
                raise
            data = self._inflate.unconsumed_tail
            self.eof, self.unused_data = self._inflate.eof, self._inflate.unused_data
            if self.eof:
                return


class _Bunzip:
    """One bzip2 stream (YFCC100M's list comes so)."""

    def __init__(self) -> None:
        self._inflate = bz2.BZ2Decompressor()
        self.eof = False
        self.unused_data = b""

    def more(self, data: bytes) -> Iterator[bytes]:
        while not self.eof:
            out = self._inflate.decompress(data, UNPACKED_STEP)
            data = b""
            self.eof, self.unused_data = self._inflate.eof, self._inflate.unused_data
            if out:
                yield out
            elif self._inflate.needs_input or self.eof:
                return


class ByteStream(io.RawIOBase):
    """Readable, not seekable; ``fault`` is a sentence once the file turned out to be damaged."""

    def __init__(self, file: io.BufferedReader) -> None:
        super().__init__()
        self.fault: str | None = None
        self._file = file
        self._chunks = self._utf8(self._unpacked())
        self._pending = memoryview(b"")

    def readable(self) -> bool:
        """Always: the file was opened for that."""
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]  # io's is narrower
        """Fill ``into`` with what comes next, unpacked; 0 at the end."""
        while not self._pending:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._pending = memoryview(chunk)
        count = min(len(into), len(self._pending))
        into[:count] = self._pending[:count]
        self._pending = self._pending[count:]
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def _unpacked(self) -> Iterator[bytes]:
        first = self._file.read(CHUNK)
        if first.startswith(GZIP_MAGIC):
            yield from self._unpack(first, _Gunzip, GZIP_MAGIC, "gzip")
        elif first.startswith(BZIP2_MAGIC):
            yield from self._unpack(first, _Bunzip, BZIP2_MAGIC, "bzip2")
        else:
            while first:
                yield first
                first = self._file.read(CHUNK)

    def _unpack(self, data: bytes, kind: type[_Gunzip | _Bunzip], magic: bytes, name: str) -> Iterator[bytes]:
        unpacker: _Unpacker = kind()
        while data:
            try:
                yield from unpacker.more(data)
            except (zlib.error, OSError) as error:
                where = self._file.tell()
                self.fault = f"the {name} data are damaged before byte {where} of the file ({error})"
                return
            data = self._file.read(CHUNK) if not unpacker.eof else unpacker.unused_data
            if unpacker.eof:
                data = data or self._file.read(CHUNK)
                if not data.startswith(magic):  # padding after the last member is allowed
                    return
                unpacker = kind()
        self.fault = f"the {name} data end too early, at byte {self._file.tell()} of the file"

    def _utf8(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        first = next(chunks, b"")
        encoding = _utf16(first)
        if encoding is None:
            yield first.removeprefix(codecs.BOM_UTF8)
            yield from chunks
            return
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        yield decoder.decode(first).removeprefix("\ufeff").encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()


def _utf16(first: bytes) -> str | None:
    """UTF-16 by its mark, or, without one, by every other byte being zero."""
    if first.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if first.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = first[:400]
    if len(sample) >= 8:
        if sample[1::2].count(0) > len(sample) * 0.4 and not sample[::2].count(0):
            return "utf-16-le"
        if sample[::2].count(0) > len(sample) * 0.4 and not sample[1::2].count(0):
            return "utf-16-be"
    return None


def open_stream(path: Path) -> ByteStream:
    """The file unpacked. Raises ``UnreadableManifest`` with one sentence."""
    return ByteStream(open_file(path))


def open_file(path: Path) -> io.BufferedReader:
    """The file's raw bytes. Raises ``UnreadableManifest`` with one sentence."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise UnreadableManifest(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise UnreadableManifest(f"{path} is a folder; name the manifest file in it.") from None
    except PermissionError:
        raise UnreadableManifest(f"{path} may not be read by this user (permission denied).") from None
    except (OSError, ValueError) as error:
        raise UnreadableManifest(f"{path} cannot be opened: {error}.") from None


def head_of(path: Path, size: int) -> bytes:
    """The first ``size`` bytes after unpacking. Raises ``UnreadableManifest`` where there are none."""
    with open_stream(path) as stream:
        parts: list[bytes] = []
        missing = size
        while missing > 0 and (part := stream.read(missing)):
            parts.append(part)
            missing -= len(part)
        if not parts and stream.fault:
            raise UnreadableManifest(f"{path} cannot be unpacked: {stream.fault}.")
    return b"".join(parts)
