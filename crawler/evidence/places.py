"""Which photo each listed image shows, and which photos a refresh still has to look at."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from crawler.evidence.clock import MILLISECONDS
from crawler.evidence.coding import findings_from
from crawler.evidence.file import EvidenceFile
from crawler.evidence.recall import RecalledSnapshot
from crawler.evidence.record import Recorder
from crawler.model import SourceRef, Status, Wanted


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo to look at and the images that show it."""

    wanted: Wanted
    images: tuple[int, ...]
    standing: bool  # publicly there at the last conclusive look
    reader: str | None  # reader version of the last conclusive snapshot
    latest: tuple[int, ...]  # the last conclusive snapshot of each image


_PHOTOS = """
SELECT p.source, p.native, p.url, p.owner, json_group_array(p.image),
       json_group_array(DISTINCT i.declared_license), json_group_array(st.conclusive),
       max(st.standing = st.conclusive)
FROM place p JOIN image i ON i.id = p.image LEFT JOIN image_state st ON st.image = p.image
WHERE p.grp = :grp AND (p.source, p.native) > (:source, :native) AND p.listed != 0
  AND (p.native = :only OR :only IS NULL)
  AND NOT EXISTS (SELECT 1 FROM snapshot s WHERE s.image = p.image AND s.refresh = :refresh)
GROUP BY p.source, p.native ORDER BY p.source, p.native LIMIT :limit
"""


def photos(
    file: EvidenceFile,
    refresh: int,
    group: str,
    after: tuple[str, str],
    limit: int,
    *,
    pictures: Container[str] = (),
) -> list[Photo]:
    """The next photos of a politeness group that have no snapshot in this refresh, in (source, native id)
    order. ``pictures``: sources whose photos come with the address of the picture file that the manifest names.
    """
    asked = {
        "grp": group,
        "source": after[0],
        "native": after[1],
        "refresh": refresh,
        "limit": limit,
        "only": None,
    }
    found = [_photo(file, group, row) for row in file.db.execute(_PHOTOS, asked).fetchall()]
    return _with_pictures(file, found, pictures)


def photo(
    file: EvidenceFile, refresh: int, group: str, source: str, native: str, *, pictures: Container[str] = ()
) -> Photo | None:
    """One photo, if it still lacks a snapshot in this refresh; ``pictures`` as of ``photos``."""
    asked = {"grp": group, "source": source, "native": "", "refresh": refresh, "limit": 1, "only": native}
    row = file.db.execute(_PHOTOS, asked).fetchone()
    return None if row is None else _with_pictures(file, [_photo(file, group, row)], pictures)[0]


def _photo(file: EvidenceFile, group: str, row: tuple[Any, ...]) -> Photo:
    source, native, url, owner, images, declared, conclusive, standing = row
    license_now = last_look = reader = None
    latest = tuple(sorted({i for i in orjson.loads(conclusive) if i is not None}))
    if latest:
        at, reader, data = file.db.execute(
            "SELECT s.at, s.reader, f.data FROM snapshot s JOIN findings f ON f.id = s.findings WHERE s.id = ?",
            (latest[-1],),
        ).fetchone()
        license_now = findings_from(data).license
        last_look = datetime.fromtimestamp(at / MILLISECONDS, UTC)
    wanted = Wanted(
        ref=SourceRef(source, native, group, url, owner),
        declared_licenses=tuple(sorted(d for d in orjson.loads(declared) if d)),
        last_license=license_now,
        last_look=last_look,
        last_owner=owner,
    )
    return Photo(wanted, tuple(sorted(orjson.loads(images))), bool(standing), reader, latest)


def _with_pictures(file: EvidenceFile, found: list[Photo], sources: Container[str]) -> list[Photo]:
    """The same photos; those of ``sources`` with the picture file that their first row naming one names."""
    images = [image for photo in found if photo.wanted.ref.source in sources for image in photo.images]
    if not images:
        return found
    named = _named_pictures(file, images)
    return [
        replace(photo, wanted=replace(photo.wanted, image_url=_first(named, photo.images)))
        if photo.wanted.ref.source in sources
        else photo
        for photo in found
    ]


def _first(named: dict[int, str], images: Iterable[int]) -> str | None:
    return next((named[image] for image in images if image in named), None)


def _named_pictures(file: EvidenceFile, images: Sequence[int]) -> dict[int, str]:
    """image → the address of the picture file that its row names; one query however many they are."""
    rows = file.db.execute(
        "SELECT i.id, c.data FROM json_each(?) j JOIN image i ON i.id = j.value"
        " JOIN content c ON c.hash = i.declared_ref",
        (orjson.dumps(images).decode(),),
    )
    named = ((image, orjson.loads(data).get("image_url")) for image, data in rows)
    return {image: url for image, url in named if url}


#: All listed rows of the photo that one image shows, and that image itself, for its row may have left the list.
_ROWS = """
SELECT p.source, p.native, p.grp, p.url, p.owner, q.image, i.declared_license FROM place p
JOIN place q ON q.grp = p.grp AND q.source = p.source AND q.native = p.native AND (q.listed != 0 OR q.image = p.image)
JOIN image i ON i.id = q.image WHERE p.image = ? ORDER BY q.image
"""
_LOOK_BEFORE = """
SELECT s.at, f.data FROM snapshot s JOIN findings f ON f.id = s.findings
WHERE s.image IN (SELECT value FROM json_each(:images)) AND s.at < :at AND s.refresh != :refresh
  AND s.status IN (SELECT value FROM json_each(:conclusive)) ORDER BY s.at DESC, s.id DESC LIMIT 1
"""
_CONCLUSIVE = orjson.dumps([status for status in Status if status.conclusive]).decode()


def wanted_then(file: EvidenceFile, old: RecalledSnapshot) -> Wanted | None:
    """The photo of a snapshot as it was wanted before that look: what the list's rows say of it, and the last
    conclusive look then. ``None`` where the row leads to no photo any more.

    With this a spider plans the look's requests again, so that what it read beside the answer needs no row of its own.
    """
    rows = file.db.execute(_ROWS, (old.image,)).fetchall()
    if not rows:
        return None
    images = [row[5] for row in rows]
    asked = {
        "images": orjson.dumps(images).decode(),
        "at": old.at,
        "refresh": old.refresh,
        "conclusive": _CONCLUSIVE,
    }
    before = file.db.execute(_LOOK_BEFORE, asked).fetchone()
    source, native, group, url, owner = rows[0][:5]
    return Wanted(
        ref=SourceRef(source, native, group, url, owner),
        declared_licenses=tuple(sorted({row[6] for row in rows if row[6]})),
        last_license=None if before is None else findings_from(before[1]).license,
        last_look=None if before is None else datetime.fromtimestamp(before[0] / MILLISECONDS, UTC),
        last_owner=owner,
        image_url=_first(_named_pictures(file, images), images),
    )


def picture_look(file: EvidenceFile, images: Iterable[int], reader: str) -> tuple[int, int] | None:
    """The newest (capture, reading) of a picture file that snapshots of these images rest on; ``reader`` is the
    name of the reader of pictures, without its version.
    """
    for image in images:
        row = file.db.execute(
            "SELECT j.value FROM snapshot s, json_each(s.looks) j"
            " JOIN reading r ON r.id = json_extract(j.value, '$[1]')"
            " WHERE s.image = ? AND r.reader LIKE ? || '/%' ORDER BY s.id DESC LIMIT 1",
            (image, reader),
        ).fetchone()
        if row is not None:
            capture, reading = orjson.loads(row[0])
            return capture, reading
    return None


def standing_images(file: EvidenceFile) -> dict[str, int]:
    """Per source, listed images whose last conclusive look that counts saw the photo publicly there."""
    return dict(
        file.db.execute(
            "SELECT p.source, count(*) FROM image_state st JOIN place p ON p.image = st.image"
            " WHERE p.listed != 0 AND st.standing = st.conclusive GROUP BY p.source"
        ).fetchall()
    )


def placeless(file: EvidenceFile, refresh: int, limit: int) -> list[tuple[int, str]]:
    """(image, source) of listed images that lead nowhere: no source page ("none"), or forgotten on request."""
    return [
        (row[0], row[1])
        for row in file.db.execute(
            "SELECT p.image, p.source FROM place p WHERE p.grp = '' AND p.listed != 0 AND NOT EXISTS"
            " (SELECT 1 FROM snapshot s WHERE s.image = p.image AND s.refresh = ?) ORDER BY p.image LIMIT ?",
            (refresh, limit),
        )
    ]


def groups_to_visit(file: EvidenceFile, refresh: int) -> list[tuple[str, str, int]]:
    """(politeness group, source, images without a snapshot in this refresh), biggest first."""
    return [
        (row[0], row[1], row[2])
        for row in file.db.execute(
            "SELECT p.grp, p.source, count(*) FROM place p WHERE p.listed != 0 AND p.grp != '' AND NOT EXISTS"
            " (SELECT 1 FROM snapshot s WHERE s.image = p.image AND s.refresh = ?)"
            " GROUP BY p.grp, p.source ORDER BY count(*) DESC, p.grp",
            (refresh,),
        )
    ]


def remember_owner(recorder: Recorder, images: Iterable[int], owner: str) -> None:
    """Keep the owner's stable id, so that a later look can ask whether the account still exists."""
    with recorder.writer.storage() as storage:
        storage.db.executemany(
            "UPDATE place SET owner = ? WHERE image = ? AND owner IS NOT ?",
            [(owner, i, owner) for i in images],
        )


def read_by_others(file: EvidenceFile, source: str, readers: tuple[str, str]) -> list[tuple[int, str]]:
    """(snapshot, native id) of images of a source that other reader versions read than today's, which are named
    without and with the reader of pictures.

    The latest conclusive look, and the latest of all where that one could not be read.
    """
    return file.db.execute(
        "SELECT s.id, p.native FROM image_state st"
        " JOIN snapshot s ON s.id = st.conclusive OR (s.id = st.last AND s.status = 'unreadable')"
        " JOIN place p ON p.image = st.image"
        " WHERE p.source = ? AND p.native IS NOT NULL AND s.reader NOT IN (?, ?) ORDER BY s.id",
        (source, *readers),
    ).fetchall()
