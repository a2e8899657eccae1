"""The demo runs the real command line: what it runs, with which settings, and how it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dataset_cards.policy.profile import load_profile
from rehearsal import demo
from rehearsal.fates import STEPS
from rehearsal.truth import truth_of
from rehearsal.world import FLICKR_KEY, World


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    commands: list[tuple[list[str], dict[str, str]]] = []

    def record(command: list[str], *, env: dict[str, str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        commands.append((command, env))
        return subprocess.CompletedProcess(command, 3 if command[3] == "decide" else 0)

    monkeypatch.setattr(demo.subprocess, "run", record)
    return commands


def test_it_looks_twice_a_month_apart_and_stops_at_the_first_failure(
    ran: list[tuple[list[str], dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "--out", str(tmp_path / "out")])
    assert demo.main() == 3
    assert [command[3] for command, _ in ran] == [
        "refresh", "refresh", "changes", "documents", "explain", "decide",
    ]  # fmt: skip
    assert all(command[:3] == [sys.executable, "-m", "deedwatch"] for command, _ in ran)
    days = [env["DEEDWATCH_REHEARSAL_NOW"] for _, env in ran]
    assert days[:2] == ["2026-09-01T09:00:00Z", "2026-10-01T09:00:00Z"]
    assert all(env["DEEDWATCH_REHEARSAL_ORIGIN"].startswith("http://127.0.0.1:") for _, env in ran)
    assert ran[0][1]["FLICKR_API_KEY"] == FLICKR_KEY
    said = capsys.readouterr().out
    lines = said.strip().splitlines()
    assert lines[0] == lines[-1] == demo.BANNER
    assert "$ deedwatch refresh " in said
    assert "exit code 3" in said
    assert (tmp_path / "out" / demo.MANIFEST).read_text().count("\n") == 301


def test_a_former_rehearsal_is_cleared_away(
    ran: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / demo.EVIDENCE).write_text("old")
    monkeypatch.setattr(sys, "argv", ["demo", "--out", str(tmp_path), "--images", "24"])
    demo.main()
    assert not (tmp_path / demo.EVIDENCE).exists()
    assert ran


@pytest.mark.parametrize("last", range(1, len(STEPS)))
def test_the_image_it_explains_has_a_story(last: int) -> None:
    world = World()
    sheet = truth_of(world, world.row(int(demo.told_of(world, last))))
    assert "license-changed" in sheet["changes"][1]
    assert sheet["kind"] == "flickr"


def test_everything_that_judges_is_given_the_profile_of_the_demo(
    ran: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        demo.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(ran.append((command, {})), 0)
    )
    monkeypatch.setattr(sys, "argv", ["demo", "--out", str(tmp_path), "--images", "24"])
    assert demo.main() == 0
    verbs = {command[3]: command for command, _ in ran}
    assert list(verbs) == [
        "refresh", "changes", "documents", "explain", "decide", "export", "card", "verify",
    ]  # fmt: skip
    for verb in ("explain", "decide", "export", "card"):
        given = verbs[verb][verbs[verb].index("--profile") + 1]
        assert load_profile(given).name == "Rehearsal set"
    assert verbs["verify"][-1] == str(tmp_path / demo.CARD / "README.md")
