"""What a reader is told beside the answer: the list's own picture address, and why a follow-up was asked. It is there
at the visit without ``--images metadata``, and again when the stored answer is read by a later reader.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from crawler.politeness import pacing, retries
from crawler.sources.discovery import spiders
from rehearsal.answer import HTML, JSON, TEXT, Reply
from tests.end_to_end.stage import DB, Page, Script, Stage, scripted

DAYS = [f"2026-09-{day:02}T09:00:00Z" for day in (1, 3, 5, 7)]
SAMPLES = Path(__file__).resolve().parent.parent / "pages"
CDN, PLUS = "cdn.pixabay.com", "plus.unsplash.com"
OLD_GATE = f"https://{CDN}/photo/2018/11/30/10/10/gate-8500004_640.jpg"
NEW_GATE = f"https://{CDN}/photo/2023/11/30/10/10/gate-8500004_640.jpg"
PREMIUM = f"https://{PLUS}/premium_photo-1661300000000-0011223344ff?w=1080"
KEYS = {"PIXABAY_API_KEY": "pixabay-key-1", "UNSPLASH_ACCESS_KEY": "unsplash-key-1"}
PIXABAY_PAGE = "https://pixabay.com/photos/gate-fog-8500004/"
UNSPLASH_PAGE = "https://unsplash.com/photos/Gate-_dawn1"
#: page, picture in the list → license, state
TOLD = {
    "a day before the change": (PIXABAY_PAGE, OLD_GATE, "CC0-1.0", "known"),
    "a day after the change": (PIXABAY_PAGE, NEW_GATE, "LicenseRef-pixabay", "known"),
    "the file alone": ("", OLD_GATE, "CC0-1.0", "known"),
    "no picture in the list": (PIXABAY_PAGE, "", None, "not_stated"),
    "Unsplash+": (UNSPLASH_PAGE, PREMIUM, "LicenseRef-unsplash-plus", "known"),
    "Unsplash": (UNSPLASH_PAGE, "", "LicenseRef-unsplash", "known"),
}


@pytest.fixture(autouse=True)
def _no_long_waits() -> Iterator[None]:
    with (
        mock.patch.object(retries, "back_off", return_value=0.02),
        mock.patch.object(pacing, "back_off", return_value=0.02),
    ):
        yield


@contextlib.contextmanager
def photo_sites(folder: Path) -> Iterator[tuple[Stage, Script]]:
    """Answers that tell neither the day (Pixabay) nor Unsplash+: only the list's picture address does."""
    free = json.loads((SAMPLES / "unsplash/stated-unsplash-license/page.json").read_bytes())
    del free["plus"], free["premium"]
    pages: dict[tuple[str, str], Page] = {
        ("pixabay.com", "*"): Reply((SAMPLES / "pixabay/stated-day-not-told/page.json").read_bytes(), JSON),
        ("api.unsplash.com", "*"): Reply(json.dumps(free).encode(), JSON),
        ("pixabay.com", "/robots.txt"): Reply(b"", TEXT, 404),
    }
    with scripted(folder, pages) as (stage, script):
        stage.settings |= KEYS
        yield stage, script


def list_rows(stage: Stage, *rows: tuple[str, str, str]) -> None:
    lines = ["image_id,page_url,image_url", *(",".join(row) for row in rows)]
    (stage.folder / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def refresh(stage: Stage, day: str, *words: str) -> None:
    accepted = [word for source in ("pixabay", "unsplash") for word in ("--accept-terms", source)]
    stage.refreshed(*accepted, *words, DEEDWATCH_REHEARSAL_NOW=day)


def judged(stage: Stage) -> list[dict[str, object]]:
    rows = stage.rows(
        "SELECT f.data FROM image_state st JOIN findings f ON f.id = st.judged ORDER BY st.image"
    )
    return [json.loads(row[0]) for row in rows]


def changes(stage: Stage) -> list[tuple[str, str, str]]:
    return stage.rows("SELECT kind, before, after FROM change_log WHERE image IS NOT NULL ORDER BY id")


@contextlib.contextmanager
def readers(version: int, *sources: str) -> Iterator[None]:
    with contextlib.ExitStack() as patched:
        for source in sources:
            patched.enter_context(mock.patch.object(spiders()[source], "version", version))
        yield


@pytest.mark.parametrize("case", TOLD)
def test_the_lists_picture_address_is_read_at_the_visit_and_when_read_again(
    tmp_path: Path, case: str
) -> None:
    page, picture, license_id, state = TOLD[case]
    with photo_sites(tmp_path) as (stage, script):
        list_rows(stage, ("k", page, picture))
        refresh(stage, DAYS[0])
        (first,) = judged(stage)
        assert (first["status"], first.get("license"), first["license_state"]) == (
            "available",
            license_id,
            state,
        )
        assert script.paths(CDN) == script.paths(PLUS) == [], "no picture was asked for"
        with readers(991, "pixabay", "unsplash"):
            said = stage.fine("reread", "--db", DB, DEEDWATCH_REHEARSAL_NOW=DAYS[1]).out
            assert "1 read again, 0 of them with other findings" in said
            assert judged(stage) == [first]
            refresh(stage, DAYS[2])
        with readers(992, "pixabay", "unsplash"):
            refresh(stage, DAYS[3])  # the look before is read again first
        assert judged(stage) == [first]
        assert changes(stage) == []
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


@pytest.mark.parametrize("case", ["a day before the change", "Unsplash+"])
def test_looks_by_readers_who_were_not_told_are_read_again_and_are_no_change(
    tmp_path: Path, case: str
) -> None:
    page, picture, license_id, _ = TOLD[case]
    with photo_sites(tmp_path) as (stage, _script), contextlib.ExitStack() as before:
        list_rows(stage, ("k", page, picture))
        for source in ("pixabay", "unsplash"):
            before.enter_context(readers(1, source))
            before.enter_context(mock.patch.object(spiders()[source], "wants_picture_address", False))
        refresh(stage, DAYS[0])
        assert judged(stage)[0].get("license") != license_id
        before.close()
        refresh(stage, DAYS[1])
        assert judged(stage)[0]["license"] == license_id
        assert changes(stage) == []
        superseding = (
            "SELECT f.data FROM snapshot s JOIN findings f ON f.id = s.findings WHERE supersedes IS NOT NULL"
        )
        assert [json.loads(row[0])["license"] for row in stage.rows(superseding)] == [license_id]


def test_two_rows_of_one_photo_are_told_the_same_and_a_delisted_row_its_own(tmp_path: Path) -> None:
    with photo_sites(tmp_path) as (stage, _):
        list_rows(stage, ("face-1", PIXABAY_PAGE, ""), ("face-2", PIXABAY_PAGE, OLD_GATE))
        refresh(stage, DAYS[0])
        assert [found["license"] for found in judged(stage)] == ["CC0-1.0"] * 2
        with readers(991, "pixabay"):
            stage.fine("reread", "--db", DB, DEEDWATCH_REHEARSAL_NOW=DAYS[1])
        assert [found["license"] for found in judged(stage)] == ["CC0-1.0"] * 2
        list_rows(stage, ("other", "https://pixabay.com/photos/gate-8500005/", ""))
        refresh(stage, DAYS[2])
        with readers(992, "pixabay"):
            stage.fine("reread", "--db", DB, DEEDWATCH_REHEARSAL_NOW=DAYS[3])
        assert judged(stage)[1]["license"] == "CC0-1.0"
        assert changes(stage) == []


PHOTO, OWNER = "46000000001", "11111111@N01"
INFO, PEOPLE = "flickr.photos.getInfo", "flickr.people.getInfo"
HISTORY = "flickr.photos.licenses.getLicenseHistory"


def failed(code: int, message: str) -> bytes:
    return json.dumps({"stat": "fail", "code": code, "message": message}).encode()


LOST = failed(1, "Photo not found")
THERE = (SAMPLES / "flickr/stated-by-nc-json/page.json").read_bytes()
#: answers by method → status and reason of the photo
CHAINS = {
    "lost, the account is there": (
        {INFO: LOST, PEOPLE: b'{"stat":"ok","person":{"nsid":"11111111@N01"}}'},
        ("not_public", "not_found"),
    ),
    "lost, the account is unknown": (
        {INFO: LOST, PEOPLE: failed(1, "User not found")},
        ("not_public", "not_found"),
    ),
    "lost with its account": ({INFO: LOST, PEOPLE: failed(5, "User deleted")}, ("gone", "account_gone")),
    "its history is refused": ({INFO: THERE, HISTORY: failed(777, "Sorry")}, ("available", "seen")),
}


@pytest.mark.parametrize("case", CHAINS)
def test_a_flickr_follow_up_is_read_again_for_what_it_was_asked(tmp_path: Path, case: str) -> None:
    answers, expected = CHAINS[case]
    pages: dict[tuple[str, str], Page] = {
        ("api.flickr.com", "*"): lambda asked: Reply(answers[asked.query["method"]], JSON)
    }
    with scripted(tmp_path, pages) as (stage, script):
        (stage.folder / "list.csv").write_text(
            f"image_id,page_url,license\nk,https://www.flickr.com/photos/{OWNER}/{PHOTO}/,"
            "https://creativecommons.org/licenses/by/2.0/\n",
            encoding="utf-8",
        )
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        assert len(script.paths("api.flickr.com")) == len(answers) == 2, "a chain of two"
        (first,) = judged(stage)
        assert (first["status"], first["reason"]) == expected
        with readers(991, "flickr"):
            said = stage.fine("reread", "--db", DB, DEEDWATCH_REHEARSAL_NOW=DAYS[1]).out
        assert "1 read again, 0 of them with other findings" in said
        assert judged(stage) == [first]
        assert changes(stage) == []


def test_why_a_license_history_was_asked_is_told_as_of_that_look(tmp_path: Path) -> None:
    """The second look asked because the license differed from the first one's, and was refused."""
    answers = {INFO: THERE.replace(b'"license": "2"', b'"license": "4"'), HISTORY: failed(777, "Sorry")}
    pages: dict[tuple[str, str], Page] = {
        ("api.flickr.com", "*"): lambda asked: Reply(answers[asked.query["method"]], JSON)
    }
    with scripted(tmp_path, pages) as (stage, script):
        stage.write_list(("k", f"https://www.flickr.com/photos/{OWNER}/{PHOTO}/"))
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        answers[INFO] = THERE
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[1])
        assert sum("getLicenseHistory" in path for path in script.paths("api.flickr.com")) == 1
        (second,) = judged(stage)
        assert second["status"] == "available"
        told = changes(stage)
        assert [change[0] for change in told] == ["license-changed"]
        with readers(991, "flickr"):
            stage.fine("reread", "--db", DB, DEEDWATCH_REHEARSAL_NOW=DAYS[2])
        assert judged(stage) == [second]
        assert changes(stage) == told


def test_a_page_asked_for_after_a_batch_is_read_again_as_a_follow_up(tmp_path: Path) -> None:
    """Depth is told beside the answer too: a license that a follow-up's page does not show is not its word."""
    observation = (SAMPLES / "inaturalist/follow-photo-not-in-observation/page.json").read_bytes()
    layout = (SAMPLES / "inaturalist/stated-licensed-page-asks-the-api/page.html").read_bytes()
    alone = layout.replace(b"9101", b"9150").replace(b'<a href="/observations/7001">Ardea cinerea</a>', b"")
    pages: dict[tuple[str, str], Page] = {
        ("api.inaturalist.org", "*"): Reply(observation, JSON),
        ("www.inaturalist.org", "/photos/9150"): Reply(alone, HTML),
    }
    pictures = "https://inaturalist-open-data.s3.amazonaws.com/photos"
    page = "https://www.inaturalist.org/observations/7001"
    with scripted(tmp_path, pages) as (stage, script):
        list_rows(stage, ("k", page, f"{pictures}/9101/large.jpg"), ("l", page, f"{pictures}/9150/large.jpg"))
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW=DAYS[0])
        assert "/photos/9150" in script.paths("www.inaturalist.org")
        first = judged(stage)
        assert [found["license_state"] for found in first] == ["known", "not_stated"]
        with readers(991, "inaturalist"):
            said = stage.fine("reread", "--db", DB, DEEDWATCH_REHEARSAL_NOW=DAYS[1]).out
        assert "2 read again, 0 of them with other findings" in said
        assert judged(stage) == first
        assert changes(stage) == []
