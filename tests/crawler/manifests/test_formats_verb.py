"""``deedwatch formats`` shows how a list would be read."""

import json
from pathlib import Path

from click.testing import CliRunner

from crawler.manifests.discovery import formats
from deedwatch.verbs.formats import command


def test_lists_every_format():
    answer = CliRunner().invoke(command, ["--json"])
    assert answer.exit_code == 0
    assert [one["name"] for one in json.loads(answer.output)] == [one.name for one in formats()]
    assert "coco" in CliRunner().invoke(command, []).output


def test_shows_format_mapping_and_three_rows(root: Path):
    path = str(root / "tests/manifests/table.csv")
    shown = json.loads(CliRunner().invoke(command, [path, "--json", "--map", "title="]).output)
    assert shown["format"] == "table"
    assert shown["mapping"]["key"] == "Image"
    assert "title" not in shown["mapping"]
    assert [row["key"] for row in shown["rows"]] == ["00000", "00001", "00002"]
    text = CliRunner().invoke(command, [path]).output
    assert "key          ← Image" in text
    assert "'00002'" in text


def test_a_problem_is_shown_as_one(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("id,page_url\n,https://x.example.org/\n")
    assert "not usable: " in CliRunner().invoke(command, [str(path)]).output
