"""EXIF, Photoshop and IIM blocks, wherever a container puts them → what is kept of them.

Damage in one block is noted and ends nothing else.
"""

from __future__ import annotations

from crawler.reading.embedded import iim, tiff
from crawler.reading.embedded.kept import Broken, Finds
from crawler.reading.embedded.windows import Missing, Windows


def keep_exif(finds: Finds, at: int, block: bytes) -> None:
    """Add the rights entries of an EXIF block."""
    try:
        directory = tiff.first_directory(Windows(block, len(block)), tiff.RIGHTS)
    except Missing as gap:
        finds.miss(f"EXIF: the block ends before its byte {gap.end}")
        return
    except Broken as why:
        finds.miss(f"EXIF: {why}")
        return
    for note in directory.unread:
        finds.miss(f"EXIF: {note}")
    if directory.entries:
        kept = tiff.block(directory.order, directory.entries)
        finds.add("exif", at, block, kept, left_out=max(0, len(block) - len(kept)))


def keep_resources(finds: Finds, at: int, block: bytes) -> None:
    """Add the IIM block among Photoshop's image resources."""
    try:
        found = iim.in_resources(block)
    except Broken as why:
        finds.miss(f"Photoshop: {why}")
        return
    if found:
        keep_iim(finds, at, found)


def keep_iim(finds: Finds, at: int, block: bytes) -> None:
    """Add the kept datasets of an IIM block; what stands before damage is taken."""
    found, damage = iim.datasets(block)
    if damage:
        finds.miss(f"IPTC-IIM: {damage}")
    kept = iim.kept(found)
    if kept:
        finds.add("iim", at, block, kept, left_out=max(0, len(block) - len(kept)))
