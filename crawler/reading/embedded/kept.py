"""What is kept of a picture file: its metadata segments, in the order in which they stand, and their hashes.

Never pixels: of an EXIF block only the rights entries of its first directory are kept (no preview, no place),
of IPTC-IIM no preview datasets, and from XMP long runs of base64 (embedded pictures, depth maps) are cut.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

#: A picture's rights fit in a few kilobytes; 1 MiB a segment and 4 MiB a file bound what a hostile one can cost.
MAX_SEGMENT = 1 << 20
MAX_KEPT = 4 << 20
MAX_SEGMENTS = 200
#: Bytes inflated from one file, kept or not: what compressed pieces may cost together.
MAX_INFLATED = 2 * MAX_KEPT


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of metadata.

    ``kind``: "exif" (a TIFF block with the kept entries), "iim" (kept datasets, as IIM writes them), "xmp" (the
    packet in UTF-8) or "text" (a PNG text in UTF-8, its keyword in ``name``). ``at`` is the byte offset of the
    segment or chunk of the file in which it stands; ``length`` and ``sha256`` are those of the block itself before
    anything was left out (inflated and put together, where the file had it in pieces); ``left_out`` counts the
    bytes that are not in ``data`` because they are no rights metadata.
    """

    kind: str
    at: int
    length: int
    sha256: str
    data: bytes
    name: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The metadata found in the bytes that were given.

    ``container``: jpeg · png · webp · tiff · xmp · avif · heic · gif · unknown. ``complete``: every place where
    this kind of file can hold metadata that we read was seen. ``whole``: the file itself was given from its
    first byte to its last. ``next``: the byte range ``(start, end)``, end excluded, to ask for next when more
    metadata may lie there, ``None`` when nothing more can be found or no one place is known. ``unread``: what was
    met and not read, damage included, one sentence part each; never words of the file's own.
    """

    container: str
    segments: tuple[Segment, ...] = ()
    complete: bool = False
    whole: bool = False
    next: tuple[int, int] | None = None
    unread: tuple[str, ...] = ()


class Broken(Exception):
    """A part of the file breaks its own format; the message says which and where, and quotes nothing."""


@dataclass(slots=True)
class Finds:
    """What a container's reader has found so far."""

    segments: list[Segment] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    inflated: int = 0

    def add(
        self, kind: str, at: int, original: bytes, data: bytes, *, name: str = "", left_out: int = 0
    ) -> None:
        """Keep ``data`` of the segment ``original`` that stands at offset ``at``.

        Raises:
            Broken: there is more than a picture file's metadata can be.
        """
        kept = sum(len(segment.data) for segment in self.segments)
        if len(self.segments) >= MAX_SEGMENTS or kept + len(data) > MAX_KEPT:
            raise Broken(
                f"more metadata than {MAX_SEGMENTS} segments or {MAX_KEPT} bytes; the rest is not read"
            )
        digest = hashlib.sha256(original).hexdigest()
        self.segments.append(Segment(kind, at, len(original), digest, data, name, left_out))

    def miss(self, what: str) -> None:
        """Note what is there and not read."""
        if what not in self.unread and len(self.unread) < MAX_SEGMENTS:
            self.unread.append(what)
