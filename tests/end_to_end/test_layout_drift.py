"""A site whose pages lose a field is told about, and the refresh is fine all the same."""

from __future__ import annotations

import json
from pathlib import Path

from rehearsal.answer import NOT_FOUND, Reply
from tests.end_to_end.stage import scripted
from tests.end_to_end.test_manners import PHOTO, A

BARE = Reply(
    b"<!DOCTYPE html><title>A photo</title><h1>A photo</h1><img src=/1.jpg><p>" + b"Nothing said. " * 20
)


def test_a_field_that_pages_lose_is_an_alarm(tmp_path: Path) -> None:
    pages = {(A, "*"): PHOTO, (A, "/robots.txt"): NOT_FOUND}
    with scripted(tmp_path, pages) as (stage, script):
        stage.write_list(*((str(n), f"https://{A}/photo/{n}") for n in range(30)))
        first = stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-01T09:00:00Z")
        assert "ALARM" not in first.out
        script.pages[A, "*"] = BARE
        second = stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-03T09:00:00Z")
        assert (
            "ALARM: any_page gave license for 0.0% of 30 available photos; at least 5% is expected."
            in second.out
        )
        assert (
            "ALARM: any_page gave license for 0% of its available photos, and for 100% in the last"
            in second.out
        )
        details = [
            json.loads(row[0]) for row in stage.rows("SELECT detail FROM refresh WHERE event = 'finished'")
        ]
        counted = [detail["filled"]["any_page"] for detail in details]
        assert [one["photos"] for one in counted] == [30, 30]
        assert [one["fields"].get("license", 0) for one in counted] == [30, 0]


def test_pages_that_nobody_understands_any_more_are_an_alarm(tmp_path: Path) -> None:
    pages = {(A, "*"): PHOTO, (A, "/robots.txt"): NOT_FOUND}
    with scripted(tmp_path, pages) as (stage, script):
        stage.write_list(*((str(n), f"https://{A}/photo/{n}") for n in range(30)))
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-01T09:00:00Z")
        script.pages[A, "*"] = Reply(b"\x00\x01\x02" * 2000)
        second = stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-03T09:00:00Z")
        assert "ALARM: no reader understood the answers about 30 of 30 photos at any_page." in second.out
        assert not stage.rows("SELECT 1 FROM image_state WHERE loss != ''")


def test_reach_from_the_settings_file(tmp_path: Path) -> None:
    with scripted(tmp_path, {(A, "*"): PHOTO}) as (stage, script):
        stage.write_list(("k", f"https://{A}/photo"))
        settings = tmp_path / "deedwatch.toml"
        settings.write_text('images = "metadata"\ndocuments = false\n')
        stage.refreshed()
        detail = json.loads(stage.rows("SELECT detail FROM refresh WHERE event = 'started'")[0][0])
        assert (detail["images"], detail["documents"]) == ("metadata", False)
        assert {host for _, host, _ in script.asked} == {A}
        planned = json.loads(stage.fine("plan", "list.csv", "--json").out)
        assert [extra["what"] for extra in planned["extras"]] == ["pictures"]
        for wrong in ('images = "pixels"', 'documents = "no"'):
            settings.write_text(wrong)
            done = stage.refresh()
            assert done.code == 2
            assert "deedwatch.toml" in done.err


def test_plan_counts_texts_and_pictures(tmp_path: Path) -> None:
    with scripted(tmp_path, {}) as (stage, _):
        rows = "".join(
            f'"{n}","https://{A}/{n}","https://files.example/{n}.jpg","https://creativecommons.org/licenses/by/4.0/"\n'
            for n in range(5)
        )
        (tmp_path / "list.csv").write_text(f"image_id,page_url,image_url,license_url\n{rows}")
        said = stage.fine("plan", "list.csv", "--images", "metadata").out
        assert "License and terms pages: up to 2 requests, 2 s when the photos are done." in said
        assert "Picture metadata: up to 5 requests for the leading bytes" in said
        assert "Picture metadata" not in stage.fine("plan", "list.csv").out
