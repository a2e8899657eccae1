"""How bodies lie on disk: zstd alone, or as a delta against one earlier body.

A page fetched again differs from itself by a few nonces, and pages of one host share their template. So the
first body of an address leans on its host's base, and later bodies of an address lean on its first: at most
two steps back to a body stored alone, never more (docs/architecture.md tells why two).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import zstandard

#: Alone a higher level pays; against a base level 2 gives the same size as 3 and takes a third less time
#: (measured on pages of 100 KB, 2026-11-23).
LEVEL, DELTA_LEVEL = 3, 2
MAX_DEPTH = 2
ZSTD_MAGIC = bytes.fromhex("28b52ffd")  # RFC 8878 §3.1.1
#: Under this size a delta saves nothing worth a dependency.
WORTH_A_BASE = 256
#: A delta worse than this share of the raw body means that the base is of another kind of page.
POOR_DELTA = 0.18

_alone = zstandard.ZstdCompressor(level=LEVEL)
_plain = zstandard.ZstdDecompressor()


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def pack(data: bytes) -> bytes:
    """Compress a body or text alone."""
    return _alone.compress(data)


def unpack(packed: bytes) -> bytes:
    """Undo ``pack``. Raises ``zstandard.ZstdError`` on damage."""
    return _plain.decompress(packed)


def unpack_delta(packed: bytes, base: bytes) -> bytes:
    """Undo a delta against ``base``. Raises ``zstandard.ZstdError`` on damage."""
    return zstandard.ZstdDecompressor(dict_data=_dictionary(base)).decompress(packed)


@dataclass(slots=True)
class _Base:
    data: bytes
    compressor: zstandard.ZstdCompressor


class DeltaCoder:
    """Compresses against bases, keeping the last few ready for use; ``load`` fetches a body by row id."""

    def __init__(self, load: Callable[[int], bytes], keep: int = 32) -> None:
        self._load = load
        self._keep = keep
        self._ready: OrderedDict[int, _Base] = OrderedDict()

    def shared(self, base: int, data: bytes) -> bytes:
        """Delta against a host's base: prepared once, used for many bodies."""
        ready = self._ready.get(base)
        if ready is None:
            raw = self._load(base)
            dictionary = _dictionary(raw)
            dictionary.precompute_compress(level=DELTA_LEVEL)
            ready = _Base(raw, zstandard.ZstdCompressor(level=DELTA_LEVEL, dict_data=dictionary))
            self._ready[base] = ready
            if len(self._ready) > self._keep:
                self._ready.popitem(last=False)
        else:
            self._ready.move_to_end(base)
        return ready.compressor.compress(data)

    def once(self, base: int, data: bytes) -> bytes:
        """Delta against an address's own first body: used this once."""
        return zstandard.ZstdCompressor(level=DELTA_LEVEL, dict_data=_dictionary(self._load(base))).compress(
            data
        )
