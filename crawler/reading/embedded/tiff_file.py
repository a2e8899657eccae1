"""A TIFF file: the rights entries of its first directory, and its XMP (700), IPTC (33723) and Photoshop (34377)."""

from __future__ import annotations

from crawler.reading.embedded import blocks, iim, tiff, xmp_packet
from crawler.reading.embedded.kept import MAX_SEGMENT, Broken, Finds
from crawler.reading.embedded.windows import Windows

_WANTED = {**tiff.RIGHTS, tiff.XMP: MAX_SEGMENT, tiff.IPTC: MAX_SEGMENT, tiff.PHOTOSHOP: MAX_SEGMENT}


def read(windows: Windows, finds: Finds) -> None:
    """Find the metadata of the first picture in the file. The directory often stands behind the pixels.

    Raises:
        Missing: the directory or a value lies beyond the bytes at hand. Broken: no directory.
    """
    directory = tiff.first_directory(windows, _WANTED)
    for note in directory.unread:
        finds.miss(f"TIFF: {note}")
    texts = tuple(entry for entry in directory.entries if entry.tag in tiff.RIGHTS)
    if texts:
        finds.add("exif", directory.at + 2, directory.raw, tiff.block(directory.order, texts))
    by_tag = {entry.tag: entry for entry in directory.entries}
    if (xmp := by_tag.get(tiff.XMP)) is not None:
        xmp_packet.keep(finds, xmp.at, xmp.data)
    bare = by_tag.get(tiff.IPTC)
    if bare is not None:
        data = iim.swapped(bare.data) if bare.type == tiff.LONG and directory.order == "<" else bare.data
        if data.startswith(b"8BIM"):
            blocks.keep_resources(finds, bare.at, data)
        else:
            blocks.keep_iim(finds, bare.at, data)
    if bare is None and (photoshop := by_tag.get(tiff.PHOTOSHOP)) is not None:
        try:
            blocks.keep_resources(finds, photoshop.at, photoshop.data)
        except Broken as why:
            finds.miss(f"Photoshop: {why}")
    if directory.missing is not None:
        raise directory.missing
