"""Photos come with the picture file that their rows name, where that is wanted, at one query for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.evidence import places
from crawler.evidence.file import EvidenceFile
from crawler.evidence.listing import ListingBook, ManifestFacts, ReadImage
from crawler.evidence.record import Recorder
from crawler.model import ImageRef, SourceRef

GROUP, PHOTOS = "g.example", 40
FACTS = ManifestFacts("list", "list.csv", bytes(32), "csv", {})
EVERY = ("told", "quiet")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[EvidenceFile]:
    """``PHOTOS`` of each of two sources with two rows each, of which the second names a picture; one names none."""
    with EvidenceFile.write(tmp_path / "list.deedwatch.db", create=True) as opened:
        recorder = Recorder(opened)
        book = ListingBook(recorder, FACTS)
        for source in EVERY:
            for n in range(PHOTOS):
                place = SourceRef(source, f"{n:02}", GROUP, f"https://g.example/{n}")
                for row in range(2):
                    picture = f"https://files.example/{source}-{n}-{row}.jpg" if row and n != 3 else None
                    ref = ImageRef(f"{source}-{n}-{row}", place.url, picture)
                    book.add(ReadImage(ref, place, None, "not_stated"))
        book.close(0)
        yield opened


def asked(file: EvidenceFile, sources: tuple[str, ...]) -> tuple[list[places.Photo], list[str]]:
    said: list[str] = []
    file.db.set_trace_callback(said.append)
    found = places.photos(file, 0, GROUP, ("", ""), 1000, pictures=sources)
    file.db.set_trace_callback(None)
    return found, [statement for statement in said if not statement.startswith("--")]


def test_a_page_of_photos_costs_one_query_more_and_only_where_wanted(file: EvidenceFile) -> None:
    without, plain = asked(file, ())
    assert [photo.wanted.image_url for photo in without] == [None] * PHOTOS * 2
    found, more = asked(file, ("told",))
    assert len(more) == len(plain) + 1
    pictures = {(p.wanted.ref.source, p.wanted.ref.native_id): p.wanted.image_url for p in found}
    assert pictures == {
        (source, f"{n:02}"): f"https://files.example/told-{n}-1.jpg" if source == "told" and n != 3 else None
        for source in EVERY
        for n in range(PHOTOS)
    }
    assert len(asked(file, EVERY)[1]) == len(more)
    assert len(asked(file, ("another",))[1]) == len(plain)


def test_a_photo_taken_up_again_comes_with_its_picture_too(file: EvidenceFile) -> None:
    for sources, picture in ((("told",), "https://files.example/told-7-1.jpg"), ((), None)):
        photo = places.photo(file, 0, GROUP, "told", "07", pictures=sources)
        assert photo is not None
        assert photo.wanted.image_url == picture
