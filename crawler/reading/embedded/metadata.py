"""Kept segments → the statements in them, namespaces kept."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.reading.embedded import iim, tiff, xmp
from crawler.reading.embedded.kept import Broken, Kept, Segment

#: Texts and properties of one file; the largest catalogs have some hundreds.
MAX_STATEMENTS = 20_000
#: Notes about what carries no opt-out of ours: they leave the rest of the file read.
_ASIDE = ("C2PA", "JUMBF")


@dataclass(frozen=True, slots=True)
class Metadata:
    """``texts``: (place, text) from EXIF ("EXIF:IFD0:33432"), IPTC-IIM ("IIM:2:116") and PNG texts
    ("PNG:Copyright"), in the order of the file. ``xmp``: all packets' properties. ``unread``: what was met and
    not read. ``sound``: every place was seen and nothing in them was damaged.
    """

    texts: tuple[tuple[str, str], ...]
    xmp: tuple[xmp.Property, ...]
    unread: tuple[str, ...]
    sound: bool


def metadata(kept: Kept) -> Metadata:
    """Read the segments. Damage in one of them is noted and leaves the others."""
    texts: list[tuple[str, str]] = []
    properties: list[xmp.Property] = []
    unread = list(kept.unread)
    for segment in kept.segments:
        if len(texts) + len(properties) > MAX_STATEMENTS:
            unread.append(f"more than {MAX_STATEMENTS} statements; the rest is not read")
            break
        try:
            found, said, notes = _one(segment)
        except Broken as why:
            unread.append(f"{why} (segment at byte {segment.at})")
            continue
        texts += found
        properties += said
        unread += notes
    sound = kept.complete and all(note.startswith(_ASIDE) for note in unread)
    if not kept.complete and not kept.unread:
        unread.append("metadata may lie behind the bytes that were read")
    return Metadata(tuple(texts), tuple(properties), tuple(dict.fromkeys(unread)), sound)


def _one(segment: Segment) -> tuple[list[tuple[str, str]], list[xmp.Property], list[str]]:
    if segment.kind == "xmp":
        properties, notes = xmp.properties(segment.data)
        return [], properties, notes
    if segment.kind == "iim":
        datasets, damage = iim.datasets(segment.data)
        found = [(f"IIM:2:{number}", text) for number, text in iim.texts(datasets)]
        return found, [], [f"IPTC-IIM: {damage}"] if damage else []
    if segment.kind == "exif":
        return [(f"EXIF:IFD0:{tag}", text) for tag, text in tiff.texts(segment.data)], [], []
    text = segment.data.decode("utf-8", "replace").replace("\0", "").strip()
    return ([(f"PNG:{segment.name}", text)] if text else []), [], []
