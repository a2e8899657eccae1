"""The form in which a picture's metadata is kept as evidence: JSON, readable, without a single pixel.

    {"complete": true, "container": "jpeg", "deedwatch": "picture-metadata/1",
     "segments": [{"at": 20, "kind": "xmp", "left_out": 0, "length": 4244, "name": "", "sha256": "…",
                   "text": "<?xpacket …"}, {"base64": "…", "kind": "iim", …}],
     "unread": ["C2PA manifest, not read"]}

Keys are sorted, no white space, UTF-8: equal metadata gives equal bytes, whichever ranges were fetched to find
it. A segment's bytes stand in ``text`` where they are UTF-8 and in ``base64`` where not.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from crawler.reading.embedded.kept import MAX_KEPT, MAX_SEGMENTS, Kept, Segment

MEDIA_TYPE = "application/vnd.deedwatch.picture-metadata+json"
_FORM = "picture-metadata/1"
_KINDS = frozenset({"exif", "iim", "xmp", "text"})
#: Base64 and JSON escapes lengthen what is kept, six times at the worst.
_MAX_PACKED = 6 * MAX_KEPT + 100_000


def pack(kept: Kept) -> bytes:
    """``kept`` as bytes. ``whole`` and ``next`` tell of the fetching, not of the file, and are not in it."""
    doc = {
        "deedwatch": _FORM,
        "container": kept.container,
        "complete": kept.complete,
        "segments": [_shown(segment) for segment in kept.segments],
        "unread": list(kept.unread),
    }
    return json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def is_packed(data: bytes) -> bool:
    """Whether these bytes were written by ``pack`` (by the looks of them)."""
    return data.startswith(b'{"complete":') and b'"deedwatch":"picture-metadata/' in data


def unpack(data: bytes) -> Kept:
    """What ``pack`` was given, but for ``whole`` and ``next``.

    Raises:
        ValueError: the bytes are not of this form.
    """
    if len(data) > _MAX_PACKED:
        raise ValueError(f"{len(data)} bytes are more than picture metadata can have.")
    try:
        doc = json.loads(data)
        if doc["deedwatch"] != _FORM or len(doc["segments"]) > MAX_SEGMENTS:
            raise ValueError("The form is not one that this version reads.")
        return Kept(
            str(doc["container"]),
            tuple(_segment(entry) for entry in doc["segments"]),
            complete=doc["complete"] is True,
            unread=tuple(str(note) for note in doc["unread"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise ValueError(f"No picture metadata as kept in evidence: {type(error).__name__}.") from error


def _shown(segment: Segment) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kind": segment.kind,
        "name": segment.name,
        "at": segment.at,
        "length": segment.length,
        "sha256": segment.sha256,
        "left_out": segment.left_out,
    }
    try:
        shown["text"] = segment.data.decode("utf-8")
    except UnicodeDecodeError:
        shown["base64"] = base64.b64encode(segment.data).decode("ascii")
    return shown


def _segment(entry: dict[str, Any]) -> Segment:
    if entry["kind"] not in _KINDS:
        raise ValueError("A segment of a kind that this version does not know.")
    text = entry.get("text")
    data = text.encode() if text is not None else base64.b64decode(entry["base64"], validate=True)
    numbers = (int(entry["at"]), int(entry["length"]), int(entry["left_out"]))
    return Segment(
        entry["kind"], numbers[0], numbers[1], str(entry["sha256"]), data, str(entry["name"]), numbers[2]
    )
