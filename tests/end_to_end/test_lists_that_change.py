"""The manifest between two refreshes, and rows nobody should write."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal import texts
from rehearsal.manifests import row_key
from tests.end_to_end.stage import DB, LIST, Stage, rehearsing


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with rehearsing(tmp_path, 36) as made:
        yield made


def lines_of(stage: Stage) -> list[str]:
    return (stage.folder / LIST).read_text("utf-8").splitlines()


def put(stage: Stage, lines: list[str]) -> None:
    (stage.folder / LIST).write_text("\n".join(lines) + "\n", "utf-8")


def listed(stage: Stage) -> list[str]:
    return [
        row[0]
        for row in stage.rows(
            "SELECT i.key FROM image i JOIN place p ON p.image = i.id WHERE p.listed != 0 ORDER BY i.key"
        )
    ]


def test_an_unchanged_list_is_not_read_again(stage: Stage) -> None:
    stage.refreshed()
    assert "The list is the one already on record." in stage.refreshed().out
    assert stage.rows("SELECT count(*) FROM image") == [(36,)]


def test_sorting_the_list_changes_nothing(stage: Stage) -> None:
    stage.refreshed()
    head, *rows = lines_of(stage)
    put(stage, [head, *reversed(rows)])
    said = stage.refreshed().out
    assert "36 images listed, 0 of them new." in said
    assert "Changes in this refresh: none." in said
    assert stage.rows("SELECT count(*) FROM image") == [(36,)]


def test_removed_added_changed_and_restored_rows(stage: Stage) -> None:
    stage.refreshed()
    head, *rows = lines_of(stage)
    put(stage, [head, *rows[3:]])
    said = stage.refreshed().out
    assert "33 images listed, 0 of them new, 3 rows of the earlier list are no longer in it." in said
    assert "Changes in this refresh: none." in said  # a removed row is not a lost image
    assert len(listed(stage)) == 33
    assert stage.run("explain", rows[0].partition(",")[0], "--db", DB).code == 2

    changed = rows[5].split(",")
    changed[3] = "CC0 1.0 Universal"
    changed[4] = "https://creativecommons.org/publicdomain/zero/1.0/"
    extra = ["new-key", *rows[4].split(",")[1:]]
    put(stage, [head, *rows[:5], ",".join(changed), *rows[6:], ",".join(extra)])
    said = stage.refreshed().out
    assert (
        "37 images listed, 2 of them new, 1 rows of the earlier list are no longer in it, 3 came back."
        in said
    )
    assert "Changes in this refresh: none." in said
    assert len(listed(stage)) == 37
    assert "CC0-1.0" in stage.fine("explain", changed[0], "--db", DB).out

    put(stage, [head, *rows])
    said = stage.refreshed().out
    assert "36 images listed, 0 of them new" in said
    assert "1 came back" in said
    assert sorted(listed(stage)) == sorted(row.partition(",")[0] for row in rows)
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out
    images = json.loads(stage.fine("decide", "--db", DB, "--json").out)["images"]
    assert images == 36


def test_equal_keys_are_told_apart_by_their_order(stage: Stage) -> None:
    stage.write_list(
        ("k", "https://meadowlight.example/photo/1"), ("k", "https://meadowlight.example/photo/2")
    )
    stage.refreshed()
    shown = json.loads(stage.fine("explain", "k", "--db", DB, "--json").out)
    assert [one["ordinal"] for one in shown] == [0, 1]


HOSTILE = [
    ("quote \" and ' in it", "https://meadowlight.example/photo/000002"),
    ("new\nline", "https://meadowlight.example/photo/000002"),
    ("tab\tand\x1b[31mescape", "https://meadowlight.example/photo/000002"),
    ("👩‍👩‍👧 ﷽ 𝔘", "https://meadowlight.example/photo/000002"),
    ("'; DROP TABLE image; --", "https://meadowlight.example/photo/'; DROP TABLE snapshot; --"),
    ("../../etc/passwd", "https://meadowlight.example/../../../etc/passwd"),
    ("<script>alert(1)</script>", "javascript:alert(1)"),
    ("{{ 7 * 7 }} {% raw %}", "file:///etc/passwd"),
    ("=HYPERLINK(1)", "http://127.0.0.1/"),
    ("%s %n %(x)s \\u0000", "http://169.254.169.254/latest/meta-data/"),
    ("[link](x) | a `b` |", "http://[::1]:8080/x"),
    ("a" * 5000, "https://meadowlight.example/" + "a" * 9000),
    ("--help", "http://user:secret@meadowlight.example/photo/000002"),
    ("\u202eright to left\u202c", "https://xn--/"),
    ("K\u212a", "https://meadowlight.example:99999/photo"),
    ("private name", "http://router.local/x"),
    ("numbers", "http://2130706433/"),
    ("gopher", "gopher://meadowlight.example/"),
    ("relative", "//meadowlight.example/photo/000002"),
    ("nothing", "   "),
]


def test_hostile_rows_are_recorded_and_never_crash_anything(stage: Stage) -> None:
    with (stage.folder / LIST).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["image_id", "page_url"])
        writer.writerows(HOSTILE)
    said = stage.refreshed()
    assert f"{len(HOSTILE)} images listed" in said.out
    assert "\x1b[31m" not in said.out + said.err
    assert "Traceback" not in said.err
    keys = [row[0] for row in stage.rows("SELECT key FROM image ORDER BY id")]
    assert keys == [key for key, _ in HOSTILE]
    for key, _ in HOSTILE:
        shown = stage.fine("explain", "--db", DB, "--", key)
        assert "\x1b" not in shown.out
        one = json.loads(stage.fine("explain", "--db", DB, "--json", "--", key).out)
        assert one[0]["key"] == key
    asked = {entry[2] for entry in stage.web.web.log}
    assert asked - texts.HOSTS <= {"meadowlight.example", "user:secret@meadowlight.example"}
    bad = stage.rows(
        "SELECT s.status FROM snapshot s JOIN image i ON i.id = s.image WHERE i.key = '=HYPERLINK(1)'"
    )
    assert bad == [("disallowed",)]
    for verb in (("changes",), ("decide",), ("card", "--out", "card", "--lists"), ("verify",), ("reread",)):
        done = stage.fine(*verb, "--db", DB)
        assert "\x1b" not in done.out
    card = (stage.folder / "card" / "README.md").read_text("utf-8")
    assert "<script>" not in card
    stage.refreshed()
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_rows_no_text_can_hold_are_skipped_with_file_row_and_field(stage: Stage) -> None:
    rows = [
        {"image_id": "nul\x00key", "page_url": "https://meadowlight.example/photo/000002"},
        {"image_id": "half\ud83d", "page_url": "https://meadowlight.example/photo/000002"},
        {"image_id": "plain", "page_url": "https://meadowlight.example/photo/000002", "author": "\ud800 A"},
    ]
    (stage.folder / "odd.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    done = stage.fine("refresh", "odd.jsonl", "--db", DB)
    assert "odd.jsonl, line 1, key (image_id): holds a NUL character" in done.err
    assert "odd.jsonl, line 2, key (image_id): holds bytes that are not UTF-8" in done.err
    assert "odd.jsonl, line 3, author" in done.err
    assert stage.rows("SELECT key FROM image") == [("plain",)]
    for verb, key in (("explain", "half\ud83d"), ("explain", "nul\x00key")):
        assert stage.run(verb, "--db", DB, "--", key).code == 2
    assert stage.run("forget", "--db", DB, "--author", "\udcff", "--why", "x").code == 2
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "list.csv"),
        (b"\x00\xff\xfe binary \x80", "list.csv"),
        (b"image_id,page_url\n", "holds no image rows"),
        (b'{"a": [1, 2', "list.csv"),
        (b"\x1f\x8b\x08 broken gzip", "list.csv"),
        (b"PAR1 not parquet PAR1", "list.csv"),
    ],
)
def test_an_unusable_list_is_one_sentence_and_makes_no_refresh(
    stage: Stage, content: bytes, said: str
) -> None:
    (stage.folder / LIST).write_bytes(content)
    done = stage.refresh()
    assert done.code == 2
    assert said in done.err
    assert done.err.strip().count("\n") == 0, done.err
    (stage.folder / LIST).write_text(
        "image_id,page_url\n1,https://meadowlight.example/photo/000002\n", "utf-8"
    )
    stage.refreshed()
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_a_list_of_another_dataset_on_the_same_file(stage: Stage) -> None:
    """Two names on one evidence file would make one dataset's rows the other's removed rows."""
    stage.refreshed()
    before = listed(stage)
    (stage.folder / "other.csv").write_text(
        "image_id,page_url\nx,https://meadowlight.example/photo/000002\n", "utf-8"
    )
    done = stage.run("refresh", "other.csv", "--db", DB, "--dataset", "other")
    assert done.code == 2
    assert "list" in done.err
    assert "other" in done.err
    assert listed(stage) == before


def test_every_key_of_the_list_explains(stage: Stage) -> None:
    stage.refreshed()
    for row in list(stage.world.rows())[:6]:
        assert stage.fine("explain", row_key(row), "--db", DB).out.startswith("REHEARSAL")
