"""Disks that are full, folders nobody may write to, files that are something else."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.stage import DB, LIST, Stage, rehearsing

COMMAND = ("refresh", LIST, "--accept-terms", "flickr")


def one_sentence(err: str) -> str:
    """What a person is told: the last line, beside progress."""
    lines = [
        line
        for line in err.strip().splitlines()
        if not line.startswith(("0 of", "1")) and "requests" not in line
    ]
    assert len(lines) == 1, err[-3000:]
    assert lines[0].startswith("deedwatch: ")
    return lines[0]


def whole(stage: Stage) -> None:
    assert stage.rows("PRAGMA integrity_check") == [("ok",)]
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out


@pytest.mark.parametrize("room", [60_000, 420_000])
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path, room: int) -> None:
    """A limit on file size stands in for a full disk where no disk can be mounted."""
    with rehearsing(tmp_path, 100) as stage:
        run = stage.start(*COMMAND, most_bytes=room)
        _, err = run.communicate(timeout=60)
        assert run.returncode == 2, err[-3000:]
        said = one_sentence(err)
        assert DB in said
        if room > 100_000:
            whole(stage)
        else:  # not even the tables found room
            assert "holds no evidence yet" in stage.run("verify", "--db", DB).err
        stage.refreshed()
        whole(stage)
        assert stage.rows("SELECT count(DISTINCT image) FROM snapshot") == [(100,)]


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_one_sentence_and_the_same_command_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "900k") as disk, rehearsing(disk, 200) as stage:
        (disk / "ballast").write_bytes(bytes(150_000))
        run = stage.start(*COMMAND)
        _, err = run.communicate(timeout=60)
        assert run.returncode == 2, err[-3000:]
        assert "is full" in one_sentence(err)
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        whole(stage)
        stage.refreshed()
        whole(stage)


def test_a_full_disk_while_a_card_is_written(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 20) as stage:
        stage.refreshed()
        with small_disk(tmp_path / "disk", "16k") as disk:
            done = stage.run("card", "--db", DB, "--out", str(disk / "card"), "--lists")
            assert done.code == 2
            assert one_sentence(done.err)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 12) as stage:
        tmp_path.chmod(0o500)
        try:
            done = stage.refresh()
        finally:
            tmp_path.chmod(0o700)
        assert done.code == 2
        assert "cannot be written" in one_sentence(done.err)


def test_a_disk_that_is_read_only(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk, rehearsing(disk, 12) as stage:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        done = stage.refresh()
        assert done.code == 2
        assert str(DB) in one_sentence(done.err)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        stage.refreshed()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for verb in (("changes",), ("verify",), ("explain", "00000")):
            assert stage.run(*verb, "--db", DB).code == 0, verb
        done = stage.run("decide", "--db", DB)
        assert done.code == 2
        one_sentence(done.err)


@pytest.mark.parametrize("name", ["README.md", "folder", "theirs.db", "empty-ending.db"])
def test_files_that_are_something_else_are_left_alone(tmp_path: Path, name: str) -> None:
    with rehearsing(tmp_path, 12) as stage:
        path = tmp_path / name
        if name == "folder":
            path.mkdir()
        elif name == "theirs.db":
            import sqlite3

            with contextlib.closing(sqlite3.connect(path)) as theirs:
                theirs.execute("CREATE TABLE diary (entry TEXT)")
                theirs.commit()
        else:
            path.write_bytes(b"Some text of somebody's, long enough to be no header. " * 9)
        before = None if path.is_dir() else path.read_bytes()
        for verb in (
            COMMAND,
            ("verify",),
            ("decide",),
            ("changes",),
            ("forget", "--image", "1", "--why", "x"),
        ):
            done = stage.run(*verb, "--db", name)
            assert done.code in (2, 4), (verb, done.err)
            assert name in one_sentence(done.err)
        assert before is None or path.read_bytes() == before


def test_a_header_that_was_overwritten(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 12) as stage:
        stage.refreshed()
        whole_bytes = stage.db.read_bytes()
        for verb in (COMMAND, ("verify",), ("decide",), ("changes",), ("card", "--out", "card")):
            stage.db.write_bytes(b"\x00" * 100 + whole_bytes[100:])
            done = stage.run(*verb, "--db", DB)
            assert done.code in (2, 4), (verb, done.err)
            one_sentence(done.err)


def test_the_evidence_of_another_place_is_found_by_name(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 12) as stage:
        done = stage.run("changes", "--dataset", "nobody")
        assert done.code == 2
        assert "nobody.deedwatch.db" in one_sentence(done.err)
        stage.refreshed()
        assert stage.run("changes", "--dataset", "list").code == 0
