import csv
import hashlib
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import BadInput
from dataset_cards.publish.foreign_text import csv_value
from dataset_cards.publish.lists import FORMATS, ListRow, list_name, settle, write_list, write_lists

ROWS = [
    ListRow("00012", 0, "keep", "cc-by: allowed"),
    ListRow("=HYPERLINK(1)", 0, "keep", "secret reason"),
    ListRow('a\nb,"c"', 1, "keep", "r"),
    ListRow("-7", 0, "keep", "r"),
    ListRow("ключ", 0, "keep", "r"),
]


def keys(path, kind: str) -> list[str]:
    if kind == "csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [csv_value(row["key"]) for row in csv.DictReader(file)]
    if kind == "jsonl":
        return [json.loads(line)["key"] for line in path.read_text().splitlines()]
    return pq.read_table(path).column("key").to_pylist()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_list_holds_keys_and_actions_only_and_reads_back(kind: str, tmp_path) -> None:
    path = tmp_path / f"keep.{kind}"
    digest = write_list(path, ROWS, kind)
    assert keys(path, kind) == [row.key for row in ROWS]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert b"secret reason" not in path.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    if kind == "parquet":
        table = pq.read_table(path)
        assert table.column_names == ["key", "action"]
        assert not table.schema.metadata
        assert not pq.read_metadata(path).metadata


@pytest.mark.parametrize("kind", FORMATS)
def test_equal_rows_give_equal_bytes(kind: str, tmp_path) -> None:
    many = [ListRow(str(n), 0, "drop") for n in range(120_000)]
    assert write_list(tmp_path / "a", many, kind) == write_list(tmp_path / "b", iter(many), kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_list_is_a_valid_file(kind: str, tmp_path) -> None:
    path = tmp_path / "empty"
    write_list(path, [], kind)
    assert keys(path, kind) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_a_private_list_has_ordinals_and_reasons(kind: str, tmp_path) -> None:
    path = tmp_path / "private"
    write_list(path, ROWS, kind, private=True)
    if kind == "parquet":
        assert pq.read_table(path).to_pylist()[2] == {
            "key": 'a\nb,"c"',
            "ordinal": 1,
            "action": "keep",
            "reason": "r",
        }
    elif kind == "jsonl":
        assert json.loads(path.read_text().splitlines()[1])["reason"] == "secret reason"
    else:
        assert path.read_text(encoding="utf-8").startswith(
            "key,ordinal,action,reason\n00012,0,keep,cc-by: allowed\n"
        )


def test_no_csv_cell_is_a_formula(tmp_path) -> None:
    write_list(tmp_path / "x.csv", ROWS, "csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        assert not [
            cell for row in csv.reader(file) for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")
        ]


@given(st.lists(st.text(st.characters(), min_size=1, max_size=20), unique=True, max_size=8))
@settings(max_examples=40, deadline=None)
def test_any_key_reads_back(tmp_path_factory, found: list[str]) -> None:
    directory = tmp_path_factory.mktemp("lists")
    rows = [ListRow(key, 0, "review") for key in found]
    for kind in FORMATS:
        write_list(directory / kind, rows, kind)
        expected = found
        if kind == "parquet":  # documented: strings in Parquet are UTF-8
            expected = [
                "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in key) for key in found
            ]
        assert keys(directory / kind, kind) == expected


def test_names() -> None:
    assert list_name("keep", "internal-research", "strict-2026-11-01", "csv") == (
        "keep--internal-research--strict-2026-11-01.csv"
    )
    assert (
        list_name("drop", "evaluation", "strict", "jsonl", "license")
        == "licence-only-drop--evaluation--strict.jsonl"
    )
    with pytest.raises(BadInput, match=r"\.\./x"):
        list_name("keep", "evaluation", "../x", "csv")
    with pytest.raises(BadInput, match="xlsx"):
        list_name("keep", "evaluation", "strict", "xlsx")


def test_a_key_with_two_verdicts_gets_the_strictest() -> None:
    rows = [
        ListRow("a", 0, "keep"),
        ListRow("b", 0, "review"),
        ListRow("a", 1, "drop"),
        ListRow("b", 1, "keep"),
    ]
    assert [(row.key, row.action) for row in settle(rows)] == [("a", "drop"), ("b", "review")]


def test_write_lists_writes_three_actions_in_each_format(tmp_path) -> None:
    rows = [
        ListRow("a", 0, "keep"),
        ListRow("b", 0, "drop"),
        ListRow("c", 0, "keep"),
        ListRow("c", 1, "review"),
    ]
    written = write_lists(tmp_path, rows, use="evaluation", ruleset="strict", kinds=("csv", "jsonl"))
    assert {(file.action, file.format): file.rows for file in written} == {
        ("keep", "csv"): 1,
        ("keep", "jsonl"): 1,
        ("review", "csv"): 1,
        ("review", "jsonl"): 1,
        ("drop", "csv"): 1,
        ("drop", "jsonl"): 1,
    }
    assert sorted(file.name for file in written) == sorted(path.name for path in tmp_path.iterdir())
    assert (tmp_path / "review--evaluation--strict.csv").read_text() == "key,action\nc,review\n"


def test_the_shared_hostile_strings_read_back(shared, tmp_path) -> None:
    lines = (shared / "suites/hostile-strings/strings.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line)["input"]["string"] for line in lines]
    for kind in ("csv", "jsonl"):
        write_list(tmp_path / kind, [ListRow(key, 0, "keep") for key in found], kind)
        assert keys(tmp_path / kind, kind) == found
