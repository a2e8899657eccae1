"""``refresh --images metadata``: what picture files say joins the photo, and never decides whether it is there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from crawler.fetching import intake, reread, scribe
from rehearsal.answer import HTML, TEXT, Asked, Reply
from rehearsal.pictures import jpeg, served, webp, xmp
from tests.end_to_end.stage import DB, Page, Script, Stage, everything, rehearsing, scripted
from tests.end_to_end.test_manners import PHOTO, A

FILES = "files.example"
LISTED = f"https://{FILES}/1.jpg"
SAYING = jpeg(xmp("Ada Wren", data_mining="DMI-PROHIBITED-AIMLTRAINING"))
DAYS = [f"2026-09-{day:02}T09:00:00Z" for day in range(1, 28, 2)]


def picture(data: bytes, kind: str = "image/jpeg") -> Callable[[Asked], Reply]:
    return lambda asked: served(asked, data, kind)


def pages(answer: Page) -> dict[tuple[str, str], Page]:
    return {(A, "/photo"): PHOTO, (FILES, "/1.jpg"): answer}


def set_up(stage: Stage) -> None:
    (stage.folder / "list.csv").write_text(
        f'image_id,page_url,image_url\n"k","https://{A}/photo","{LISTED}"\n', encoding="utf-8"
    )


def now(stage: Stage) -> dict[str, object]:
    ((data,),) = stage.rows("SELECT f.data FROM image_state st JOIN findings f ON f.id = st.judged")
    return json.loads(data)


def reserved(stage: Stage) -> bool:
    return any("plus" in word for word in now(stage).get("opt_outs", ()))


def changes(stage: Stage) -> list[str]:
    return [row[0] for row in stage.rows("SELECT kind FROM change_log WHERE image IS NOT NULL ORDER BY id")]


def asked(script: Script) -> int:
    return script.paths(FILES).count("/1.jpg")


def test_off_unless_asked_for(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(picture(SAYING))) as (stage, script):
        set_up(stage)
        stage.refreshed()
        assert script.paths(FILES) == []
        assert not reserved(stage)


def test_what_the_file_says_joins_the_photo(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(picture(SAYING))) as (stage, script):
        set_up(stage)
        stage.refreshed("--images", "metadata")
        assert asked(script) == 1
        found = now(stage)
        assert found["status"] == "available"
        assert found["license"] == "CC-BY-4.0"
        assert reserved(stage)
        assert "plus-datamining" in found["opt_out_carriers"]  # type: ignore[operator]
        ((reader, count),) = stage.rows("SELECT reader, json_array_length(looks) FROM snapshot")
        assert reader.endswith("+picture_file/1")
        assert count == 3  # page, robots.txt of the page's host, picture
        (kind,) = stage.rows("SELECT type FROM body WHERE type LIKE '%picture%'")[0]
        assert kind == "application/vnd.deedwatch.picture-metadata+json"
        (detail,) = stage.rows("SELECT detail FROM refresh WHERE event = 'started'")[0]
        assert json.loads(detail)["images"] == "metadata"
        assert "plus" in stage.fine("explain", "k", "--db", DB).out.lower()
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_no_pixel_is_kept(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(picture(SAYING))) as (stage, _):
        set_up(stage)
        stage.refreshed("--images", "metadata")
        longest = stage.rows("SELECT max(length) FROM body")[0][0]
        assert longest < 5_000


@pytest.mark.parametrize(
    "answer",
    [
        Reply(b"", TEXT, 404), Reply(b"", TEXT, 403), Reply(b"", TEXT, 410), Reply(b"", TEXT, 416),
        Reply(b"<!DOCTYPE html><h1>No hotlinks</h1>"), Reply(b"", TEXT, 206), Reply(b"", HTML, 302),
        Reply(b"", TEXT, 302, (("Location", "http://192.168.0.10/1.jpg"),)),
        Reply(b"", TEXT, 200, (("X-Rehearsal-Fault", "tls"),)),
    ],
)  # fmt: skip
def test_the_pictures_host_proves_nothing(tmp_path: Path, answer: Reply) -> None:
    with scripted(tmp_path, pages(answer)) as (stage, script):
        set_up(stage)
        stage.refreshed("--images", "metadata")
        assert asked(script) == 1
        assert now(stage)["status"] == "available"
        assert now(stage)["license"] == "CC-BY-4.0"
        assert "plus-datamining" not in now(stage).get("opt_out_carriers", ())  # type: ignore[operator]
        assert stage.rows("SELECT count(*) FROM work") == [(0,)]
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_robots_txt_of_the_pictures_host_is_obeyed(tmp_path: Path) -> None:
    closed = {(FILES, "/robots.txt"): Reply(b"User-agent: *\nDisallow: /\n", TEXT)}
    with scripted(tmp_path, pages(picture(SAYING)) | closed) as (stage, script):
        set_up(stage)
        stage.refreshed("--images", "metadata")
        assert script.paths(FILES) == ["/robots.txt"]
        assert now(stage)["status"] == "available"
        robots = [word for word in now(stage)["opt_out_carriers"] if "robots" in word]  # type: ignore[attr-defined]
        assert robots, "what the page's own robots.txt says is kept"


def test_a_redirected_picture_and_metadata_at_its_end(tmp_path: Path) -> None:
    moved = Reply(b"", HTML, 301, (("Location", "https://cdn.example/1.webp"),))
    more = {
        ("cdn.example", "/1.webp"): picture(webp(xmp("Ada Wren", data_mining="DMI-PROHIBITED")), "image/webp")
    }
    with scripted(tmp_path, pages(moved) | more) as (stage, script):
        set_up(stage)
        stage.refreshed("--images", "metadata")
        assert reserved(stage)
        assert script.paths("cdn.example").count("/1.webp") == 2


def test_a_server_that_knows_no_ranges_is_cut_short(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(Reply(SAYING + b"\x55" * 3_000_000, "image/jpeg"))) as (stage, _):
        set_up(stage)
        stage.refreshed("--images", "metadata")
        assert reserved(stage)
        assert stage.rows("SELECT status, fault FROM capture WHERE body IN (SELECT id FROM body WHERE type LIKE"
                          " '%picture%')") == [(200, None)]  # fmt: skip


def test_with_and_without_pictures_in_turns_nothing_has_changed(tmp_path: Path) -> None:
    """A refresh without pictures keeps what the file said, and one with them is compared by the page."""
    with scripted(tmp_path, pages(picture(SAYING))) as (stage, script):
        set_up(stage)
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[1])
        assert reserved(stage)
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[2])
        assert reserved(stage), "nobody looked again; the reservation stands"
        script.pages[FILES, "/1.jpg"] = Reply(b"", TEXT, 403)
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[3])
        assert reserved(stage)
        assert changes(stage) == []
        assert "0 snapshots by older readers" in stage.fine("reread", "--db", DB).out
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_a_change_on_the_page_is_seen_although_pictures_joined_in(tmp_path: Path) -> None:
    narrower = Reply(PHOTO.body.replace(b"licenses/by/4.0", b"licenses/by-nc/4.0"))
    with scripted(tmp_path, pages(picture(SAYING))) as (stage, script):
        set_up(stage)
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        script.pages[A, "/photo"] = narrower
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[1])
        assert changes(stage) == ["license-changed"]
        assert now(stage)["license"] == "CC-BY-NC-4.0"
        assert reserved(stage)
        script.pages[A, "/photo"] = PHOTO
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[2])
        assert changes(stage) == ["license-changed"] * 2
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_a_changed_file_is_a_change_between_two_looks_at_it(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(picture(jpeg(xmp("Ada Wren"))))) as (stage, script):
        set_up(stage)
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        assert not reserved(stage)
        script.pages[FILES, "/1.jpg"] = picture(SAYING)
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[1])
        assert changes(stage) == ["opt-out-changed"]


def test_a_better_reader_of_pictures_is_no_change(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(picture(SAYING))) as (stage, _), contextlib.ExitStack() as newer:
        set_up(stage)
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        for room in (scribe, reread, intake):
            name = "READER" if room is intake else "PICTURE_READER"
            newer.enter_context(mock.patch.object(room, name, "picture_file/2"))
        said = stage.fine("reread", "--db", DB, DEEDWATCH_REHEARSAL_NOW=DAYS[1]).out
        assert "1 snapshot by older readers: 1 read again, 0 of them with other findings" in said
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[2])
        assert reserved(stage)
        assert {row[0].rpartition("+")[2] for row in stage.rows("SELECT reader FROM snapshot")} == {
            "picture_file/1",
            "picture_file/2",
        }
        assert changes(stage) == []


def test_a_photo_that_is_gone_and_comes_back_keeps_what_its_file_said(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(picture(SAYING))) as (stage, script):
        set_up(stage)
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        script.pages[A, "/photo"] = Reply(b"", TEXT, 404)
        stage.refreshed("--images", "metadata", DEEDWATCH_REHEARSAL_NOW=DAYS[1])
        assert asked(script) == 1
        script.pages[A, "/photo"] = PHOTO
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[2])
        assert changes(stage) == ["source-suspected", "reappeared"]
        assert reserved(stage)


def test_a_whole_world_with_pictures_and_a_kill_in_the_middle(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 60, mix={"flickr": 4, "commons": 2, "rel_license": 2}) as stage:
        words = ("refresh", "list.csv", "--accept-terms", "flickr", "--images", "metadata")
        run = stage.start(*words, DEEDWATCH_REHEARSAL_RATE="25")
        while run.poll() is None and sum("staticflickr" in entry[2] for entry in list(stage.web.web.log)) < 8:
            pass
        run.kill()
        run.communicate()
        stage.refreshed("--images", "metadata")
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out
        assert stage.rows("SELECT count(*) FROM work") == [(0,)]
        missing = stage.rows("SELECT count(*) FROM image WHERE id NOT IN (SELECT image FROM snapshot)")
        assert missing == [(0,)]
        without = stage.rows(
            "SELECT reader FROM snapshot s WHERE status = 'available' AND reader NOT LIKE '%picture_file%'"
            " AND NOT EXISTS (SELECT 1 FROM snapshot t WHERE t.supersedes = s.id)"
        )
        assert without == []


def test_forgetting_reaches_the_files_metadata(tmp_path: Path) -> None:
    with scripted(tmp_path, pages(picture(jpeg(xmp("Wilhelmina Unusual"))))) as (stage, _):
        set_up(stage)
        stage.refreshed("--images", "metadata")
        stage.fine("forget", "--author", "Wilhelmina Unusual", "--why", "asked", "--db", DB)
        assert not any(b"Wilhelmina" in data for data in everything(stage).values())
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out
