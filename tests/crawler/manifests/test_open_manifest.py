"""From a path to rows: ids as written, problems named, hostile content survived."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import BadInput, UnknownFormat, UnreadableManifest
from crawler.manifests.fields import parse_mapping
from crawler.manifests.open import open_manifest
from crawler.model import ImageRef, RowProblem

PAGE = "https://www.flickr.com/photos/invented/{}/"


def _rows(path: Path, data: str | bytes, **options) -> list[ImageRef | RowProblem]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(open_manifest(path, **options).rows())


def _keys(rows: list[ImageRef | RowProblem]) -> list[str]:
    return [row.key for row in rows if isinstance(row, ImageRef)]


def _problems(rows: list[ImageRef | RowProblem]) -> list[tuple[str, str, str]]:
    return [(row.row, row.field, row.problem) for row in rows if isinstance(row, RowProblem)]


def test_json_ids_as_written(tmp_path: Path):
    ids = ['"00012"', "12", "1.0", "1e3", "18446744073709551616", "true"]
    lines = [f'{{"id": {i}, "page_url": "{PAGE.format(n)}"}}' for n, i in enumerate(ids)]
    wanted = ["00012", "12", "1.0", "1e3", "18446744073709551616", "true"]
    assert _keys(_rows(tmp_path / "a.jsonl", "\n".join(lines))) == wanted
    assert _keys(_rows(tmp_path / "a.json", f"[{','.join(lines)}]")) == wanted


def test_duplicates_are_numbered(tmp_path: Path):
    rows = _rows(tmp_path / "a.csv", "id,page_url\n7,\n8,\n7,\n7,\n")
    assert [(row.key, row.ordinal) for row in rows if isinstance(row, ImageRef)] == [
        ("7", 0),
        ("8", 0),
        ("7", 1),
        ("7", 2),
    ]


def test_broken_rows_are_named_and_the_rest_goes_on(tmp_path: Path):
    data = b"id,page_url,title\n1,https://x.example.org/a,t\n2,https://x.example.org/b\n\xff,https://x.example.org/c,t\n"
    data += b"4,https://x.example.org/d,\xff\n,https://x.example.org/e,t\n6,https://x.example.org/\x01,t\n7,,x,y\n8,,t\n"
    rows = _rows(tmp_path / "a.csv", data)
    assert _keys(rows) == ["1", "2", "4", "6", "8"]
    assert _problems(rows) == [
        ("line 4", "key (id)", "holds bytes that are not UTF-8"),
        ("line 5", "title", "holds bytes that are not UTF-8"),
        ("line 6", "key (id)", "is empty, so the image has no name"),
        ("line 7", "page_url", "is an address with a control character in it"),
        ("line 8", "row", "has 4 columns where 3 were expected"),
    ]
    assert all(row.file == str(tmp_path / "a.csv") for row in rows if isinstance(row, RowProblem))


def test_broken_json_lines(tmp_path: Path):
    good = json.dumps({"id": 1, "page_url": PAGE.format(1)})
    rows = _rows(tmp_path / "a.jsonl", f'{good}\n[1]\n{{"id": 2\n\n{good}\n{{"page_url": "x"}}\n')
    assert _keys(rows) == ["1", "1"]
    assert [(row, field) for row, field, _ in _problems(rows)] == [
        ("line 2", "row"),
        ("line 3", "row"),
        ("line 6", "key (id)"),
    ]


def test_ffhq_with_a_broken_record_and_a_repeated_key(tmp_path: Path):
    def record(n: int) -> str:
        meta = {"photo_url": PAGE.format(n), "license": "Attribution License"}
        return json.dumps({"category": "training", "metadata": meta})

    data = f'{{"0": {record(0)}, "1": {record(1)[:-3]}, "2": {record(2)}, "2": {record(3)}, "3": 7}}'
    rows = _rows(tmp_path / "a.json", data)
    assert [(row.key, row.ordinal, row.page_url) for row in rows if isinstance(row, ImageRef)][:3] == [
        ("0", 0, PAGE.format(0)),
        ("2", 0, PAGE.format(2)),
        ("2", 1, PAGE.format(3)),
    ]
    assert _problems(rows)[0][0] == "record '1'"


def test_a_cut_list_keeps_what_came_before_and_names_the_place(tmp_path: Path, root: Path):
    whole = (root / "tests/manifests/ffhq.json").read_bytes()
    rows = _rows(tmp_path / "a.json", whole[: len(whole) * 2 // 3])
    assert _keys(rows) == [str(n) for n in range(6)]
    [(row, field, problem)] = _problems(rows)
    assert (row, field) == ("after record 6", "file")
    assert "breaks off" in problem


@pytest.mark.parametrize("name", ["open_images.csv", "url_caption.jsonl", "coco.json"])
def test_a_cut_gzip_never_yields_half_a_row(tmp_path: Path, root: Path, name: str):
    whole = (root / "tests/manifests" / name).read_bytes()
    everything = list(open_manifest(root / "tests/manifests" / name).rows())
    for share in (0.7, 0.8, 0.9, 0.97):
        packed = gzip.compress(whole)
        path = tmp_path / "cut.gz"
        path.write_bytes(packed[: int(len(packed) * share)])
        try:
            rows = list(open_manifest(path, name.partition(".")[0]).rows())
        except UnreadableManifest:
            continue
        *before, last = rows
        assert isinstance(last, RowProblem)
        assert "end too early" in last.problem
        plain = [(r.key, r.image_url, r.row) for r in before if isinstance(r, ImageRef)]
        assert (
            plain
            == [(r.key, r.image_url, r.row) for r in everything if isinstance(r, ImageRef)][: len(plain)]
        )


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04rest", "zip"),
        (b"PAR1 but not really", "Parquet"),
    ],
)
def test_unreadable_files(tmp_path: Path, data: bytes, word: str):
    with pytest.raises(UnreadableManifest, match=word) as error:
        _rows(tmp_path / "list", data)
    assert str(tmp_path / "list") in str(error.value)
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    "data", ["just a text\nof two lines\n", '{"a": 1}', "{", '{"@context": {}, "x": [{"id": 1}]}']
)
def test_what_no_format_knows(tmp_path: Path, data: str):
    path = tmp_path / "list"
    path.write_text(data)
    with pytest.raises(UnknownFormat, match="not a list of images") as error:
        open_manifest(path)
    assert str(path) in str(error.value)


def test_what_follows_the_end_is_reported(tmp_path: Path):
    rows = _rows(tmp_path / "a.json", '[{"id": 1}]\n[{"id": 2}]')
    assert _keys(rows) == ["1"]
    assert _problems(rows) == [("after record 1", "row", "something follows the end of the list, at byte 12")]


def test_a_cut_record_does_not_become_its_own_parts(tmp_path: Path):
    record = {
        "id": 1,
        "page_url": PAGE.format(1),
        "faces": [{"id": 8, "page_url": "x"}, {"id": 9, "page_url": "x"}],
    }
    text = json.dumps([record, record | {"id": 2}])
    rows = _rows(tmp_path / "a.json", text[:-5])
    assert _keys(rows) == ["1"]
    assert "breaks off" in _problems(rows)[0][2]


def test_missing_file_and_unknown_format(tmp_path: Path):
    with pytest.raises(UnreadableManifest, match="no such file"):
        open_manifest(tmp_path / "none.csv")
    (tmp_path / "a.csv").write_text("id,url\n1,https://x.example.org/1.jpg\n")
    with pytest.raises(UnknownFormat, match="no manifest format 'nonsense'"):
        open_manifest(tmp_path / "a.csv", "nonsense")


def test_the_mapping_can_be_overruled(tmp_path: Path):
    data = "id,name,url,title\n1,one,https://x.example.org/1.jpg,t\n"
    rows = _rows(tmp_path / "a.csv", data, mapping=parse_mapping(["key=name", "title=", "author=title"]))
    [row] = rows
    assert isinstance(row, ImageRef)
    assert (row.key, row.declared.title, row.declared.author) == ("one", None, "t")
    with pytest.raises(BadInput, match="no column 'nope'"):
        open_manifest(tmp_path / "a.csv", mapping={"key": "nope"})


def test_columns_without_headings_are_numbered(tmp_path: Path):
    data = "a,https://x.example.org/1.jpg,me,CC0\nb,https://x.example.org/2.jpg,you,CC0\n"
    manifest_path = tmp_path / "a.csv"
    rows = _rows(manifest_path, data, mapping={"key": "1", "author": "3", "license": "4"})
    assert open_manifest(manifest_path).mapping == {"key": "2", "image_url": "2"}
    assert _keys(rows) == ["a", "b"]
    assert isinstance(rows[1], ImageRef)
    assert rows[1].declared.license == "CC0"


@pytest.mark.parametrize("word", ["key", "nothing=x"])
def test_map_words_are_checked(word: str):
    with pytest.raises(BadInput, match=r"--map"):
        parse_mapping([word])


@pytest.mark.parametrize("cell", ["https://x.example.org/photo/1", "https://x.example.org/1.JPG?s=2"])
def test_a_lone_url_column_goes_by_its_content(tmp_path: Path, cell: str):
    [row] = _rows(tmp_path / "a.csv", f"id,url\n1,{cell}\n")
    assert isinstance(row, ImageRef)
    assert (row.image_url if "JPG" in cell else row.page_url) == cell
    assert (row.page_url if "JPG" in cell else row.image_url) is None


def test_a_list_of_bare_addresses(tmp_path: Path):
    data = "https://x.example.org/1.jpg\nhttps://x.example.org/2.jpg\n"
    assert _keys(_rows(tmp_path / "urls.txt", data)) == data.split()
    assert _keys(_rows(tmp_path / "urls.json", json.dumps(data.split()))) == data.split()


def test_license_that_is_an_address_is_one(tmp_path: Path):
    data = "id,license\n1,https://creativecommons.org/licenses/by/4.0/\n2,CC BY\n"
    first, second = _rows(tmp_path / "a.csv", data)
    assert isinstance(first, ImageRef)
    assert isinstance(second, ImageRef)
    assert (first.declared.license, first.declared.license_url) == (
        None,
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert (second.declared.license, second.declared.license_url) == ("CC BY", None)


def test_nul_and_endless_keys_are_refused_others_kept_verbatim(tmp_path: Path):
    keys = ["a\0b", "x" * 9000, "two\nlines", ' "q" ', "🙂", "\u202e"]
    lines = "\n".join(json.dumps({"id": key, "page_url": PAGE.format(1)}) for key in keys)
    rows = _rows(tmp_path / "a.jsonl", lines)
    assert _keys(rows) == keys[2:]
    assert [problem for _, _, problem in _problems(rows)] == [
        "holds a NUL character",
        "is 9,000 characters long; more than 8,192 are not taken",
    ]


def test_sha256_is_of_the_file_as_it_lies(tmp_path: Path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"id,url\n1,https://x.example.org/1.jpg\n"))
    assert open_manifest(path).sha256() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_rows_may_be_read_twice(root: Path):
    manifest = open_manifest(root / "tests/manifests/laion.parquet")
    assert list(manifest.rows()) == list(manifest.rows())
    assert any("withdrawn" in note for note in manifest.notes)


text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(text.filter(lambda key: key.strip()), min_size=1, max_size=8))
def test_any_key_survives_csv_json_and_json_lines(tmp_path_factory, keys):
    import csv

    folder = tmp_path_factory.mktemp("any")
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows([["id", "page_url", "x"], *[[key, PAGE.format(1), ""] for key in keys]])
    records = [{"id": key, "page_url": PAGE.format(1)} for key in keys]
    (folder / "a.json").write_text(json.dumps(records), encoding="utf-8")
    (folder / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    for name in ("a.csv", "a.json", "a.jsonl"):
        assert _keys(list(open_manifest(folder / name).rows())) == keys, name


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"id,url\n", b'{"id":1}\n', b'[{"id":1},', b'{"a":{"id":1},']),
)
def test_any_bytes_give_rows_or_one_sentence(tmp_path_factory, junk, start):
    path = tmp_path_factory.mktemp("junk") / "list"
    path.write_bytes(start + junk)
    said = ""
    try:
        rows = list(open_manifest(path).rows())
    except BadInput as error:
        said, rows = str(error), []
    assert said.startswith(str(path)) or not said
    assert all(isinstance(row, ImageRef | RowProblem) for row in rows)
