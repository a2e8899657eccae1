"""Processes that die, are stopped, or meet on one file."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal import texts
from rehearsal.answer import Reply
from tests.end_to_end.stage import DB, LIST, Stage, rehearsing, scripted

COMMAND = ("refresh", LIST, "--accept-terms", "flickr")
#: Slow enough to be caught in the middle.
SLOW = {"DEEDWATCH_REHEARSAL_RATE": "25"}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with rehearsing(tmp_path, 120, mix={"flickr": 8, "commons": 3, "rel_license": 3, "footer": 2}) as made:
        yield made


def wait_for(stage: Stage, requests: int) -> None:
    """Until so many requests were answered in all."""
    until = time.monotonic() + 20
    while stage.web.web.total < requests:
        assert time.monotonic() < until, "the run makes no progress"
        time.sleep(0.02)


def whole(stage: Stage) -> None:
    """Integrity ok, chain whole, every image exactly one snapshot that nothing supersedes."""
    assert stage.rows("PRAGMA integrity_check") == [("ok",)]
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out
    counts = Counter(
        row[0]
        for row in stage.rows(
            "SELECT image FROM snapshot s WHERE NOT EXISTS (SELECT 1 FROM snapshot t WHERE t.supersedes = s.id)"
        )
    )
    images = {row[0] for row in stage.rows("SELECT id FROM image")}
    assert set(counts) == images
    assert set(counts.values()) == {1}
    assert stage.rows("SELECT count(*) FROM work") == [(0,)]
    assert len(stage.rows("SELECT id FROM refresh WHERE event = 'started'")) == 1


def test_kills_at_any_moment_lose_nothing(stage: Stage) -> None:
    chance = random.Random(3)
    for turn in range(5):
        run = stage.start(*COMMAND, **SLOW)
        if turn:  # the first may die before it ever asked
            wait_for(stage, stage.web.web.total + 1)
        time.sleep(chance.uniform(0.0, 0.8))
        run.kill()
        run.communicate()
        assert run.returncode == -signal.SIGKILL
    kept = stage.rows("SELECT count(DISTINCT image) FROM snapshot")[0][0]
    assert kept > 0
    assert f"Resuming: {kept} of 120 images" in stage.refreshed().out
    whole(stage)
    asked = Counter((entry[2], entry[3]) for entry in stage.web.web.log)
    repeated = {what: n for what, n in asked.items() if n > 1 and not what[1].endswith("robots.txt")}
    # What was under way or less than half a second old at one of five kills, at 25 requests a second and group.
    assert sum(n - 1 for n in repeated.values()) <= 5 * 25 * 4
    assert max(asked.values()) <= 6


def test_a_second_refresh_on_the_same_file_is_refused(stage: Stage) -> None:
    first = stage.start(*COMMAND, **SLOW)
    wait_for(stage, 3)
    second = stage.refresh()
    assert second.code == 3
    assert "Another deedwatch process is writing" in second.err
    assert second.err.count("\n") == 1
    for verb in (
        ("decide",),
        ("card", "--out", "card"),
        ("forget", "--image", "00000", "--why", "x"),
        ("reread",),
    ):
        assert stage.run(*verb, "--db", DB).code == 3
    looking = stage.run("changes", "--db", DB)  # readers are welcome at any time
    assert looking.code == 0, looking.err
    out, err = first.communicate(timeout=60)
    assert first.returncode == 0, err[-1000:]
    assert "Changes in this refresh: none." in out
    whole(stage)


def test_looking_while_a_refresh_writes_finds_no_damage(stage: Stage) -> None:
    """A reader sees the file as of one moment, however much is written meanwhile."""
    run = stage.start(*COMMAND, DEEDWATCH_REHEARSAL_RATE="60")
    wait_for(stage, 12)
    looks = 0
    while run.poll() is None and looks < 6:
        done = stage.run("verify", "--db", DB)
        assert done.code == 0 or "holds no evidence yet" in done.err, done.err
        assert stage.run("changes", "--db", DB, "--json").code == 0
        looks += 1
    assert looks > 1
    out, err = run.communicate(timeout=60)
    assert run.returncode == 0, err[-1000:]
    assert "Changes in this refresh: none." in out
    whole(stage)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_everything_resumable_and_says_how(stage: Stage, number: signal.Signals) -> None:
    run = stage.start(*COMMAND, **SLOW)
    wait_for(stage, 20)
    run.send_signal(number)
    began = time.monotonic()
    out, err = run.communicate(timeout=20)
    assert time.monotonic() - began < 8
    assert run.returncode == 130, err[-1000:]
    assert "Traceback" not in err
    assert "Give the same command again to go on." in out
    assert "Chain head, keep it elsewhere" in out
    left = int(out.rpartition("Stopped with ")[2].split(" of ")[0])
    assert 0 < left < 120
    seen = len(stage.rows("SELECT DISTINCT image FROM snapshot"))
    assert seen == 120 - left
    stage.fine("verify", "--db", DB)
    stage.fine("card", "--db", DB, "--out", "card")
    before = len(stage.web.web.log)
    resumed = stage.refreshed()
    assert f"Resuming: {seen} of 120 images were taken up before the interruption." in resumed.out
    whole(stage)
    asked = Counter((entry[2], entry[3]) for entry in stage.web.web.log)
    assert [what for what, n in asked.items() if n > 2] == []
    since = [entry for entry in list(stage.web.web.log)[before:] if entry[2] not in texts.HOSTS]
    assert len(since) <= left + 20  # robots.txt of each host, and the odd follow-up


def test_an_impatient_second_signal_is_no_crash_either(stage: Stage) -> None:
    run = stage.start(*COMMAND, **SLOW)
    wait_for(stage, 20)
    for _ in range(3):
        run.send_signal(signal.SIGINT)
        time.sleep(0.01)
    _, err = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "Traceback" not in err, err[-3000:]
    stage.refreshed()
    whole(stage)


def test_a_signal_before_the_first_request(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 12) as stage:
        run = stage.start(*COMMAND)
        time.sleep(0.15)  # Python is still starting
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=20)
        assert run.returncode in (0, 130, -signal.SIGINT, 1), err[-500:]
        stage.refreshed()
        whole(stage)


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 60) as stage:
        stage.refreshed()
        run = stage.start("explain", "00001", "--db", DB)
        assert run.stdout is not None
        run.stdout.close()
        run.wait(timeout=20)
        assert run.stderr is not None
        said = run.stderr.read()
        run.stderr.close()
        assert "Traceback" not in said
        assert run.returncode in (0, 141)  # as shells have it for SIGPIPE


def test_a_signal_while_the_list_is_being_read(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 20) as stage:
        rows = "".join(f'{n},"https://closedgarden.example/{n}"\n' for n in range(60_000))
        (tmp_path / LIST).write_text(f"image_id,page_url\n{rows}", "utf-8")
        run = stage.start(*COMMAND)
        until = time.monotonic() + 20
        log = stage.folder / f"{DB}-wal"
        while not log.is_file() or log.stat().st_size < 300_000:  # the schema alone is half as big
            assert time.monotonic() < until
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=20)
        assert run.returncode == 130, err[-500:]
        assert "Traceback" not in err
        stage.fine("verify", "--db", DB)
        (tmp_path / LIST).write_text('image_id,page_url\n1,"https://closedgarden.example/1"\n', "utf-8")
        stage.refreshed()
        assert stage.rows("SELECT count(*) FROM place WHERE listed != 0") == [(1,)]


def test_two_commands_started_at_the_same_moment(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 24) as stage:
        runs = [stage.start(*COMMAND, **SLOW) for _ in range(2)]
        codes = []
        for run in runs:
            _, err = run.communicate(timeout=60)
            codes.append(run.returncode)
            assert "Traceback" not in err, err[-1000:]
        assert sorted(codes) == [0, 3]
        whole(stage)


@pytest.mark.parametrize("slow", ["come back in a minute", "a robots.txt that never comes", "a page"])
def test_a_signal_does_not_wait_for_a_host_that_makes_us_wait(tmp_path: Path, slow: str) -> None:
    host = "slow.example"
    if slow == "come back in a minute":
        pages = {(host, "/robots.txt"): Reply(b"busy", status=503, headers=(("Retry-After", "60"),))}
    elif slow == "a page":
        pages = {(host, "/1"): Reply(b"<title>late</title>", delay=40)}
    else:
        pages = {(host, "/robots.txt"): Reply(b"", delay=40)}
    with scripted(tmp_path, pages) as (stage, script):
        stage.write_list(("k", f"https://{host}/1"))
        run = stage.start("refresh", LIST)
        until = time.monotonic() + 20
        while not script.asked or (slow == "a page" and len(script.asked) < 2):
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        time.sleep(0.3)
        if slow != "come back in a minute":
            run.send_signal(signal.SIGINT)  # once is enough, but then answers on their way get five seconds
        began = time.monotonic()
        _, err = run.communicate(timeout=30)
        assert time.monotonic() - began < 4
        assert run.returncode == 130, err[-2000:]
        assert "Traceback" not in err, err[-2000:]
        assert stage.rows("SELECT count(*) FROM snapshot") == [(0,)]
        stage.fine("verify", "--db", DB)
