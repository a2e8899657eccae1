"""The suite of opt-outs by the judge's own script: verbatim and published cases all right, the rest to 98 %."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

DRIVE = Path(__file__).resolve().parent / "drive.py"


@pytest.mark.parametrize(("certain", "bar"), [(True, "100"), (False, "98")])
def test_opt_outs(shared: Path, tmp_path: Path, certain: bool, bar: str) -> None:
    lines = (shared / "suites" / "opt-outs" / "cases.jsonl").read_text("utf-8").splitlines()
    chosen = [line for line in lines if _is_certain(json.loads(line)) is certain]
    assert chosen
    cases, answers = tmp_path / "cases.jsonl", tmp_path / "answers.jsonl"
    cases.write_text("\n".join(chosen) + "\n", "utf-8")
    with cases.open("rb") as given, answers.open("wb") as out:
        subprocess.run([sys.executable, str(DRIVE), "opt-outs"], stdin=given, stdout=out, check=True)
    score = str(shared / "suites" / "score.py")
    judge = [sys.executable, score, "--answers", str(answers), "--bar", bar, str(cases)]
    judged = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr


def _is_certain(case: dict) -> bool:
    return case["basis"].startswith(("verbatim", "published"))
