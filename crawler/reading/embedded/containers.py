"""A file's leading bytes → its kind and the metadata segments in them.

A caller who holds only the beginning of a file asks for ``Kept.next`` and calls again with what came, a few
times at most:

    kept = segments(first, size=total)
    while kept.next and rounds_left:
        more.append(Window(kept.next[0], fetched(kept.next)))
        kept = segments(first, size=total, more=more)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crawler.reading.embedded import jpeg, png, tiff_file, webp, xmp_packet
from crawler.reading.embedded.kept import Broken, Finds, Kept
from crawler.reading.embedded.windows import Missing, Window, Windows

#: The least worth asking for in one further request.
STEP = 65_536

_XMP_START = re.compile(rb"\s*(?:<\?xpacket\b|<(?:\w+:)?(?:xmpmeta|xapmeta)\b|<(?:\w+:)?RDF\b)")
_XMP_INSIDE = re.compile(rb"<(?:\w+:)?(?:xmpmeta|xapmeta)\b")
_XMP_ROOT = re.compile(rb"<((?:\w+:)?(?:xmpmeta|xapmeta|RDF))\b")
_AVIF = frozenset({b"avif", b"avis"})
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_NOT_READ = {
    "avif": "AVIF metadata, not read",
    "heic": "HEIC metadata, not read",
    "gif": "GIF metadata, not read",
    "unknown": "no kind of picture file that is read",
}


def kind_of(data: bytes) -> str:
    """jpeg · png · webp · tiff · xmp · avif · heic · gif · unknown, by the first bytes alone."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "tiff"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if data[4:8] == b"ftyp":
        brands = {data[8:12], *(data[i : i + 4] for i in range(16, min(64, len(data)), 4))}
        return "avif" if brands & _AVIF else "heic" if brands & _HEIC else "unknown"
    head = xmp_packet.utf8(data[:4096]).removeprefix(b"\xef\xbb\xbf")
    if _XMP_START.match(head) or (head.lstrip().startswith(b"<?xml") and _XMP_INSIDE.search(head)):
        return "xmp"
    return "unknown"


def is_picture(data: bytes) -> bool:
    """Whether these are the first bytes of a picture file or of an XMP sidecar."""
    return kind_of(data) != "unknown"


def segments(data: bytes, *, size: int | None = None, more: Sequence[Window] = ()) -> Kept:
    """The metadata segments in the leading bytes ``data`` of a file and in ``more`` windows of it.

    ``size`` is the length of the whole file where it is known: give ``len(data)`` for a file at hand, so that a
    damaged file is told from one that was given in part. Never raises; equal bytes give equal answers.
    """
    windows, finds, container = Windows(data, size, more), Finds(), kind_of(data)
    complete, following = False, None
    reader = _READERS.get(container)
    if reader is None:
        finds.miss(_NOT_READ[container])
    else:
        try:
            reader(windows, finds)
            complete = True
        except Missing as gap:
            if gap.ended:
                finds.miss(f"the file ends before its byte {gap.end}")
            else:
                following = _next(gap, container, data, size)
        except Broken as why:
            finds.miss(str(why))
    return Kept(
        container,
        tuple(finds.segments),
        complete=complete,
        whole=windows.whole if size is not None else _ends(container, data),
        next=following,
        unread=tuple(finds.unread),
    )


def _sidecar(windows: Windows, finds: Finds) -> None:
    """The packet to the end of its root element; the padding behind it is no part of it."""
    packet = windows.rest(0)
    xmp_packet.hold(windows.size or len(packet))
    end = _root_end(packet)
    if not windows.whole and (windows.size is not None or end is None):
        raise Missing(len(packet), len(packet) + 1, ended=False)
    xmp_packet.keep(finds, 0, packet[:end])


def _root_end(packet: bytes) -> int | None:
    """Where the root element ends; ``None`` where it does not, or in another encoding than UTF-8."""
    root = _XMP_ROOT.search(packet)
    if root is None:
        return None
    at = packet.rfind(b"</" + root.group(1))
    close = packet.find(b">", at)
    return close + 1 if at >= 0 and close >= 0 else None


_READERS: dict[str, Callable[[Windows, Finds], None]] = {
    "jpeg": jpeg.read,
    "png": png.read,
    "webp": webp.read,
    "tiff": tiff_file.read,
    "xmp": _sidecar,
}


def _next(gap: Missing, container: str, data: bytes, size: int | None) -> tuple[int, int] | None:
    """The range to ask for: what is missing, widened to one useful step, within the file.

    Behind pixels only the last step of a file is asked for: to go on through them would fetch the picture.
    """
    if gap.behind_pixels and (size is None or size - gap.start > STEP):
        return None
    end = max(gap.end, gap.start + STEP)
    known = size
    if known is None and container == "webp" and len(data) >= 12:
        known = webp.length(data)
    return gap.start, min(end, known) if known is not None and known >= gap.end else end


def _ends(container: str, data: bytes) -> bool:
    """Whether the bytes end as such a file ends, where nobody told its size."""
    if container == "jpeg":
        return data.endswith(b"\xff\xd9")
    if container == "png":
        return b"IEND" in data[-12:]
    if container == "webp":
        return len(data) >= webp.length(data)
    return container == "xmp" and _root_end(data) is not None
