"""Each format reads its own ten rows in ``tests/manifests``, and says of them what they say."""

from pathlib import Path

import pytest

from crawler.manifests.discovery import formats
from crawler.manifests.open import open_manifest
from crawler.model import Declared, ImageRef

FORMATS = [one.name for one in formats()]


@pytest.fixture
def samples(root: Path) -> Path:
    return root / "tests" / "manifests"


def _images(path: Path) -> list[ImageRef]:
    rows = list(open_manifest(path).rows())
    assert all(isinstance(row, ImageRef) for row in rows), rows
    return [row for row in rows if isinstance(row, ImageRef)]


@pytest.mark.parametrize("name", FORMATS)
def test_sample_is_recognised_and_read_whole(name: str, samples: Path):
    found = [path for path in samples.iterdir() if path.name.split(".")[0] == name]
    assert len(found) == 1, f"tests/manifests needs one sample of the format {name!r}"
    manifest = open_manifest(found[0])
    assert manifest.format == name
    rows = list(manifest.rows())
    assert len(rows) == 10
    assert all(isinstance(row, ImageRef) for row in rows), rows


def test_names_are_unique_and_the_general_table_comes_last():
    assert len(set(FORMATS)) == len(FORMATS)
    assert FORMATS[-1] == "table"


def test_forcing_a_format_gives_the_same_rows(samples: Path):
    path = samples / "open_images.csv"
    assert list(open_manifest(path, "open_images").rows()) == list(open_manifest(path).rows())


def test_ffhq(samples: Path):
    row = _images(samples / "ffhq.json")[4]
    assert row.key == "4"
    assert row.page_url == "https://www.flickr.com/photos/invented_0/90000000004/"
    assert row.declared == Declared(
        license="Attribution License",
        license_url="https://creativecommons.org/licenses/by/2.0/",
        author="Invented Person 0",
        title="Ünïcödé 🙂",
        uploaded="2016-02-03",
        collected="2018-10-10",
    )


def test_ffhq_records_in_an_array_are_known_by_their_page(tmp_path: Path, samples: Path):
    text = (samples / "ffhq.json").read_text(encoding="utf-8")
    path = tmp_path / "pd.json"
    import json

    path.write_text(json.dumps(list(json.loads(text).values()) * 2), encoding="utf-8")
    rows = _images(path)
    assert open_manifest(path).format == "ffhq"
    assert len(rows) == 20
    assert rows[13].key == rows[13].page_url
    assert [row.ordinal for row in rows] == [0] * 10 + [1] * 10


def test_coco_license_of_a_missing_number_is_declared_as_it_stands(samples: Path):
    rows = _images(samples / "coco.json")
    assert rows[0].declared.license == "Attribution-NonCommercial-ShareAlike License"
    assert rows[1].declared.license_url == "http://creativecommons.org/licenses/by/2.0/"
    assert rows[2].declared.license == "license 3"
    assert (rows[9].key, rows[9].page_url) == ("509", None)


def test_open_images_title_over_two_lines(samples: Path):
    rows = _images(samples / "open_images.csv")
    assert rows[3].declared.title == "Two\nlines"
    assert (rows[3].row, rows[4].row) == ("line 5", "line 7")


def test_yfcc_texts_are_decoded(samples: Path):
    row = _images(samples / "yfcc100m.tsv")[2]
    assert row.declared.title == "Title & more 2"
    assert row.declared.author == "invented 2"
    assert row.native == ("flickr", "90000000002")


def test_yfcc_with_25_columns(tmp_path: Path, samples: Path):
    lines = (samples / "yfcc100m.tsv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "list"
    cells = [line.split("\t") for line in lines]
    path.write_text("".join("\t".join([str(n), c[0], "f" * 32, *c[1:]]) + "\n" for n, c in enumerate(cells)))
    assert open_manifest(path).format == "yfcc100m"
    assert [row.page_url for row in _images(path)] == [
        row.page_url for row in _images(samples / "yfcc100m.tsv")
    ]


def test_openverse_null_and_scheme(samples: Path):
    row = _images(samples / "openverse.tsv")[1]
    assert row.page_url == "https://www.flickr.com/photos/invented_1/90000000001"
    assert row.declared.license == "PDM 1.0"
    assert row.declared.author_url is None


def test_conceptual_captions_the_other_way_round(tmp_path: Path):
    path = tmp_path / "cc12m.tsv"
    path.write_text('https://a.example.org/1\tsaid "yes\nhttps://a.example.org/2\t"no" said\n')
    assert [row.image_url for row in _images(path)] == ["https://a.example.org/1", "https://a.example.org/2"]


def test_sbu_page_is_owner_and_id(samples: Path):
    assert _images(samples / "sbu.json")[3].page_url == "https://www.flickr.com/photos/10003@N00/80000003/"


def test_parquet_integers_are_decimal_and_pictures_stay_unread(samples: Path):
    row = _images(samples / "commoncatalog.parquet")[0]
    assert row.key == "90000000000"
    assert row.declared.content_hash == f"sha256:{'0' * 64}"


def test_general_table_shows_its_mapping_and_keeps_zeros(samples: Path):
    manifest = open_manifest(samples / "table.csv")
    assert manifest.mapping == {
        "key": "Image",
        "page_url": "Photo URL",
        "license": "Licence",
        "author": "Author",
        "title": "Title",
    }
    assert _images(samples / "table.csv")[7].key == "00007"


def test_unsplash_name_with_a_stray_quotation_mark(samples: Path):
    rows = _images(samples / "unsplash.tsv000")
    assert rows[3].declared.author == 'Invented "P3'
    assert rows[2].declared.author == "invented_2"
