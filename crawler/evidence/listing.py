"""The dataset's list as evidence: one row per manifest row as it stood, and which rows the newest manifest lists.

Image rows are evidence; where we believe an image comes from is our own reading of its URL, so it lies in the
replaceable table ``place``. ``place.listed`` holds the generation (id of the dataset row) that last listed
the image, 0 for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

import orjson

from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder
from crawler.evidence.writer import speakable
from crawler.model import Declared, ImageRef, SourceRef

#: A user name or password written into an address is a secret, and no part of what the row says of its image.
_CREDENTIALS = re.compile(r"(?<=[a-z])://[^/?#@\s]*@", re.IGNORECASE)
_DECLARED = tuple(field.name for field in fields(Declared))
_FIND = (
    "SELECT p.image, p.row_digest, p.listed FROM image i JOIN place p ON p.image = i.id"
    " WHERE i.key = ? AND i.ordinal = ?"
)


@dataclass(frozen=True, slots=True)
class ManifestFacts:
    """What is recorded of the manifest a refresh reads. ``sha256`` is of the file as it is, 32 bytes."""

    name: str
    file: str
    sha256: bytes
    format: str
    mapping: dict[str, str]

    def mapping_json(self) -> str:
        """The mapping as the dataset row keeps it."""
        return orjson.dumps(self.mapping, option=orjson.OPT_SORT_KEYS).decode()


@dataclass(frozen=True, slots=True)
class ReadImage:
    """One manifest row with its resolved place and the canonical id of its declared licence."""

    ref: ImageRef
    place: SourceRef
    declared_license: str | None
    declared_state: str  # known · not_understood · not_stated


@dataclass(frozen=True, slots=True)
class Listing:
    """What came of reading a manifest: images listed, new image rows, left, came back."""

    listed: int
    new: int
    removed: int
    restored: int


def same_manifest(file: EvidenceFile, facts: ManifestFacts) -> bool:
    """Whether the newest whole listing on record is of the same bytes, format and mapping: then it need not
    be read.
    """
    row = file.db.execute(
        "SELECT sha256, format, mapping, name FROM dataset WHERE listed IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return row is not None and (bytes(row[0]), row[1], row[2], row[3]) == (
        facts.sha256,
        facts.format,
        facts.mapping_json(),
        facts.name,
    )


class ListingBook:
    """Writes one manifest's images: ``add`` each row, then ``close`` with the number of unusable rows.

    A row whose content is unchanged keeps its image; a changed row is a new image, and the old one is no
    longer listed (DESIGN §4: a removed manifest row is not a lost image). Until ``close`` has run the listing
    does not count, and a repeated command reads the manifest again.
    """

    def __init__(self, recorder: Recorder, facts: ManifestFacts) -> None:
        self._recorder = recorder
        self._writer = recorder.writer
        self._facts = facts
        self._new = self._listed = 0
        self._restored: list[int] = []
        self.generation = self._dataset_row(None, None, (), ())
        self._first_time = self._writer.file.db.execute("SELECT count(*) FROM place").fetchone()[0] == 0

    def _dataset_row(
        self, listed: int | None, problems: int | None, removed: Iterable[int], restored: Iterable[int]
    ) -> int:
        facts = self._facts
        return self._writer.append(
            "dataset",
            facts.name,
            facts.file,
            facts.sha256,
            facts.format,
            facts.mapping_json(),
            listed,
            problems,
            orjson.dumps(list(removed)).decode(),
            orjson.dumps(list(restored)).decode(),
            self._writer.file.clock.now(),
        )

    def add(self, image: ReadImage) -> None:
        """Record one image row."""
        ref = image.ref
        stated, whole, credit = _declared_json(ref)
        digest = self._recorder.digest("row", ref.key, str(ref.ordinal), stated, credit)
        self._listed += 1
        with self._writer.storage() as storage:
            found = None
            if not self._first_time:
                rows = storage.db.execute(_FIND, (ref.key, ref.ordinal)).fetchall()
                found = next((row for row in rows if bytes(row[1]) == digest), None)
            if found is not None:
                image_id = found[0]
                if found[2] == 0:
                    self._restored.append(image_id)
                storage.db.execute(
                    "UPDATE place SET listed=?, source=?, grp=?, native=?, url=?, owner=? WHERE image=?",
                    (self.generation, *self._place_columns(image), image_id),
                )
            else:
                image_id = self._image_row(image, whole, credit)
                storage.db.execute(
                    "INSERT INTO place VALUES (?,?,?,?,?,?,?,?)",
                    (image_id, self.generation, digest, *self._place_columns(image)),
                )
        self._writer.commit_if_due()

    def _suppressed(self, ref: ImageRef, place: SourceRef) -> bool:
        asks = self._recorder.suppressed
        return asks("photo", place.source, place.native_id) or any(
            asks(kind, text)
            for kind, text in (
                ("url", ref.page_url),
                ("url", ref.image_url),
                ("author", ref.declared.author),
                ("author", place.owner),
            )
            if text
        )

    def _place_columns(self, image: ReadImage) -> tuple[str | None, ...]:
        place = image.place
        if self._suppressed(image.ref, place):
            return (place.source, "", None, None, None)
        return (place.source, place.group, place.native_id, place.url, place.owner)

    def _image_row(self, image: ReadImage, declared: bytes, credit: bytes) -> int:
        self._new += 1
        hidden = self._suppressed(image.ref, image.place)
        return self._writer.append(
            "image",
            self.generation,
            image.ref.key,
            image.ref.ordinal,
            image.declared_license,
            image.declared_state,
            image.ref.declared.collected,
            None if hidden else self._writer.content("declared", declared),
            None if hidden or not credit else self._writer.content("credit", credit),
        )

    def close(self, problems: int, *, whole: bool = True) -> Listing:
        """Make the listing count: note which images left or came back.

        A list that breaks off (``whole`` False) takes no image away: its missing rows may stand in the missing part.
        """
        self._writer.flush()
        with self._writer.storage() as storage:
            db, generation = storage.db, (self.generation,)
            gone = "FROM place WHERE listed NOT IN (0, ?)"
            removed = [row[0] for row in db.execute(f"SELECT image {gone} ORDER BY image", generation)]
            if whole:
                db.execute("UPDATE place SET listed = 0 WHERE listed NOT IN (0, ?)", generation)
            else:
                removed = []
        self._dataset_row(self._listed, problems, removed, sorted(self._restored))
        self._writer.commit()
        return Listing(self._listed, self._new, len(removed), len(self._restored))


def _declared_json(ref: ImageRef) -> tuple[bytes, bytes, bytes]:
    """The row as the manifest has it: all but the author; the same with the place where the row stands, which may
    change while the row stays; and the author (empty if none is named).
    """
    row = {"page_url": ref.page_url, "image_url": ref.image_url}
    row |= {name: getattr(ref.declared, name) for name in _DECLARED}
    told = {name: _CREDENTIALS.sub("://", speakable(text)) for name, text in row.items() if text}
    credit = {name: told.pop(name) for name in ("author", "author_url") if name in told}
    stated = orjson.dumps(told)
    return stated, orjson.dumps(told | {"row": ref.row}), orjson.dumps(credit) if credit else b""
