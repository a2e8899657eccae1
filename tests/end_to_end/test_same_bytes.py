"""Equal evidence and inputs give equal bytes: across days, decisions, time zones, locales and hash seeds."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.stage import DB, Stage, rehearsing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Two refreshes a month apart; the card of the first month was written before the second."""
    folder = tmp_path_factory.mktemp("made")
    with rehearsing(folder, 60) as stage:
        stage.refreshed()
        stage.fine("card", "--db", DB, "--out", "then", "--lists")
        stage.fine(
            "export",
            "lists",
            "--db",
            DB,
            "--out",
            "then-lists",
            "--as",
            "csv",
            "--as",
            "jsonl",
            "--as",
            "parquet",
        )
        stage.go_to(1)
        stage.refreshed()
        stage.fine("card", "--db", DB, "--out", "now", "--lists")
        yield stage


@pytest.fixture
def stage(made: Stage, tmp_path: Path) -> Stage:
    shutil.copy(made.db, tmp_path / DB)
    return replace(made, folder=tmp_path)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    "when", ["2026-09-01", "2026-09-15", "2026-09-30T23:59:59+00:00", "2026-10-01T00:00:00Z"]
)
def test_an_earlier_day_gives_the_card_that_was_written_then(stage: Stage, made: Stage, when: str) -> None:
    for uses in ((), ("--use", "evaluation")):
        stage.fine("decide", "--db", DB, *uses)
    stage.fine("card", "--db", DB, "--out", "again", "--lists", "--as-of", when)
    assert digests(stage.folder / "again") == digests(made.folder / "then")
    stage.fine(
        "export",
        "lists",
        "--db",
        DB,
        "--out",
        "lists",
        "--as-of",
        when,
        "--as",
        "csv",
        "--as",
        "jsonl",
        "--as",
        "parquet",
    )
    assert digests(stage.folder / "lists") == digests(made.folder / "then-lists")


def test_decisions_in_between_move_nothing(stage: Stage, made: Stage) -> None:
    stage.fine("decide", "--db", DB)
    stage.fine("export", "lists", "--db", DB, "--out", "lists")
    stage.fine("card", "--db", DB, "--out", "again", "--lists")
    assert digests(stage.folder / "again") == digests(made.folder / "now")
    assert digests(made.folder / "now")["README.md"] != digests(made.folder / "then")["README.md"]


def test_forgetting_is_evidence_and_shows(stage: Stage, made: Stage) -> None:
    stage.fine("forget", "--db", DB, "--image", "00000", "--why", "asked")
    stage.fine("card", "--db", DB, "--out", "again", "--lists")
    assert digests(stage.folder / "again")["README.md"] != digests(made.folder / "now")["README.md"]


@pytest.mark.parametrize(
    "world",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"},
        {"TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONHASHSEED": "0"},
    ],
)
def test_zone_locale_and_hash_seed_move_nothing(stage: Stage, made: Stage, world: dict[str, str]) -> None:
    words = ("card", "--db", DB, "--out", "again", "--lists")
    _, err = (run := stage.start(*words, **world)).communicate(timeout=60)
    assert run.returncode == 0, err[-2000:]
    assert digests(stage.folder / "again") == digests(made.folder / "now")


def test_the_card_loads_on_the_hub_and_carries_its_head(made: Stage) -> None:
    hub = pytest.importorskip("huggingface_hub")
    for name in ("then", "now"):
        path = made.folder / name / "README.md"
        card = hub.DatasetCard.load(path)
        assert "audit" in " ".join(map(str, card.data.to_dict()["tags"]))
        assert "rehearsal" in path.read_text("utf-8").lower()
        front = yaml.safe_load(path.read_text("utf-8").split("---")[1])
        assert isinstance(front, dict)
    assert made.fine("verify", "--db", DB, "--card", "now/README.md").code == 0
    assert made.fine("verify", "--db", DB, "--card", "then/README.md").code == 0


def test_no_names_or_page_addresses_on_a_card(made: Stage) -> None:
    text = (made.folder / "now" / "README.md").read_text("utf-8") + (
        made.folder / "now" / "chart.svg"
    ).read_text("utf-8")
    for row in made.world.rows():
        assert row.photo.owner.name not in text
        assert row.photo.page_url not in text
    assert not re.search(r"<img[^>]+src=\"?http", text)


def test_every_day_before_the_first_look_is_refused(stage: Stage) -> None:
    for when, said in (("2020-01-01", "nothing recorded by 2020-01-01"), ("yesterday", "ISO 8601")):
        done = stage.run("card", "--db", DB, "--out", "never", "--as-of", when)
        assert done.code == 2
        assert said in done.err
    assert not (stage.folder / "never").exists()


def test_explain_as_of_an_earlier_day_shows_what_stood_then(stage: Stage) -> None:
    key, before = stage.rows(
        "SELECT i.key, c.before FROM change_log c JOIN image i ON i.id = c.image WHERE c.kind = 'license-changed'"
    )[0]
    then = stage.fine("explain", key, "--db", DB, "--as-of", "2026-09-02").out
    assert before in then
    assert "license-changed" not in then
