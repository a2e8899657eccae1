"""The suites of Flickr, Commons and source records: the judge's own script runs our driver over every visible case."""

import subprocess
import sys
from pathlib import Path

import pytest

DRIVE = Path(__file__).resolve().parent / "drive.py"


@pytest.mark.parametrize(
    ("suite", "file", "fields"),
    [
        ("flickr-urls", "cases.jsonl", "type,photo_id"),  # its README: only these two matter
        ("flickr-urls", "cases-newer.jsonl", "type,photo_id"),
        ("flickr-api", "cases.jsonl", ""),
        ("commons-pages", "cases.jsonl", ""),
        ("api-records", "cases.jsonl", ""),
    ],
)
def test_every_visible_case_is_right(
    shared: Path, tmp_path: Path, suite: str, file: str, fields: str
) -> None:
    suites = shared / "suites"
    cases = suites / suite / file
    answers = tmp_path / "answers.jsonl"
    with cases.open("rb") as given, answers.open("wb") as out:
        subprocess.run([sys.executable, str(DRIVE), suite], stdin=given, stdout=out, check=True)
    only = ["--fields", fields] if fields else []
    judge = [
        sys.executable,
        str(suites / "score.py"),
        "--answers",
        str(answers),
        *only,
        "--bar",
        "100",
        str(cases),
    ]
    judged = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr
