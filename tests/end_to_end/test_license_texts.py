"""License and terms pages as documents: asked for once, politely, told when they change, never by mistake."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from pathlib import Path
from unittest import mock

import pytest

from crawler.evidence.file import EvidenceFile
from crawler.fetching import documents_desk
from rehearsal.answer import TEXT, Reply, fault
from rehearsal.texts import CHANGING, CREATIVE_COMMONS, USA_GOV
from tests.end_to_end.stage import DB, LIST, Page, Stage, rehearsing, scripted
from tests.end_to_end.test_manners import PHOTO, A

BY = "https://creativecommons.org/licenses/by/4.0/"
DEED = b"<!DOCTYPE html><title>CC BY 4.0</title><h1>CC BY 4.0</h1><p>You are free to share and adapt.</p>"
WORDS = b"<p>" + b"You must give appropriate credit. " * 5 + b"</p>"


def deed(more: str = "", nonce: str = "1") -> Reply:
    return Reply(DEED + WORDS + f'<p>{more}</p><script nonce="{nonce}"></script><nav>{nonce}</nav>'.encode())


def looks(stage: Stage) -> dict[str, tuple[str, str]]:
    """Address → (status, reason) of the latest time it was asked for."""
    return {
        url: (status, reason)
        for url, status, reason in stage.rows(
            "SELECT d.url, l.status, l.reason FROM document_look l JOIN document d ON d.id = l.document"
            " WHERE d.kind != 'robots' AND l.permission IS NOT NULL ORDER BY l.at, l.id"
        )
    }


def changes(stage: Stage) -> list[str]:
    return [row[0] for row in stage.rows("SELECT before FROM change_log WHERE kind = 'document-changed'")]


@contextlib.contextmanager
def visiting(folder: Path, answer: Page, **more: Page):
    """A list of one photo under CC BY 4.0, whose deed is answered so."""
    pages: dict[tuple[str, str], Page] = {
        (A, "/photo"): PHOTO,
        (CREATIVE_COMMONS, "/licenses/by/4.0/"): answer,
    }
    pages |= {(CREATIVE_COMMONS, path): page for path, page in more.items()}
    with scripted(folder, pages) as (stage, script):
        stage.write_list(("k", f"https://{A}/photo"))
        yield stage, script


def test_texts_that_photos_hang_on_are_kept_and_a_change_is_told(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 60, mix={"flickr": 4, "commons": 2, "rel_license": 2}) as stage:
        first = stage.refreshed().out
        assert "License and terms pages: " in first
        assert "HAS CHANGED" not in first
        assert changes(stage) == []
        stage.go_to(1)
        second = stage.refreshed().out
        assert f"THE TEXT OF {CHANGING} HAS CHANGED since 2026-09-01" in second
        assert changes(stage) == [f"license {CHANGING} as of 2026-09-01T09:00:00Z"]
        told = stage.fine("documents", CHANGING, "--diff", "--db", DB).out
        assert "- Nothing on this page limits what exceptions to copyright allow.\n" in told
        assert "+ Nothing on this page limits what exceptions to copyright allow, training of models" in told
        assert stage.fine("documents", CHANGING, "--diff", "1", "2", "--db", DB).out == told
        assert "training of models included" in stage.fine("documents", CHANGING, "--db", DB).out
        rows = json.loads(stage.fine("documents", "--json", "--db", DB).out)
        assert {row["kind"] for row in rows} >= {"license", "legalcode", "robots"}
        assert next(row["versions"] for row in rows if row["url"] == CHANGING) == 2
        assert "document-changed" in stage.fine("changes", "--db", DB).out
        assert stage.run("changes", "--db", DB, "--fail-on", "document-changed").code == 1
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_nothing_is_asked_for_twice_within_a_day(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 30, mix={"flickr": 1}) as stage:
        stage.refreshed()
        stage.refreshed()
        asked = Counter((entry[2], entry[3]) for entry in stage.web.web.log)
        texts = {
            what: n
            for what, n in asked.items()
            if what[0] in (CREATIVE_COMMONS, USA_GOV) and "robots" not in what[1]
        }
        assert texts
        assert set(texts.values()) == {1}


def test_no_documents_on_request(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 12, mix={"flickr": 1}) as stage:
        out = stage.refreshed("--no-documents").out
        assert "License and terms pages" not in out
        assert looks(stage) == {}
        assert CREATIVE_COMMONS not in {entry[2] for entry in stage.web.web.log}
        (detail,) = stage.rows("SELECT detail FROM refresh WHERE event = 'started'")[0]
        assert json.loads(detail)["documents"] is False


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Reply(b"", TEXT, 404), ("gone", "not_found")),
        (Reply(b"no", TEXT, 403), ("refused", "forbidden")),
        (fault("tls"), ("unreachable", "tls")),
        (Reply(b"<!DOCTYPE html><div id=root></div><script></script>"), ("unreadable", "not_understood")),
        (
            Reply(
                b"<!DOCTYPE html><h1>Before you continue</h1><p>" + b"We and our partners use cookies. " * 9
            ),
            ("unreadable", "not_understood"),
        ),
    ],
)
def test_what_cannot_be_read_says_nothing(tmp_path: Path, answer: Reply, state: tuple[str, str]) -> None:
    with visiting(tmp_path, deed()) as (stage, script):
        stage.refreshed()
        assert looks(stage)[BY] == ("available", "seen")
        script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = answer
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-03T09:00:00Z")
        assert looks(stage)[BY] == state
        assert changes(stage) == []
        shown = stage.fine("documents", "--db", DB).out
        assert f"{BY}  1 version" in shown
        assert state[1] in shown
        script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = deed(nonce="3")
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-05T09:00:00Z")
        assert changes(stage) == []
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_robots_txt_decides_about_documents_too(tmp_path: Path) -> None:
    closed = Reply(b"User-agent: *\nDisallow: /licenses/\n", TEXT)
    with visiting(tmp_path, deed(), **{"/robots.txt": closed}) as (stage, script):
        stage.refreshed()
        assert script.paths(CREATIVE_COMMONS) == ["/robots.txt"]
        assert looks(stage)[BY] == ("disallowed", "robots")
        assert "disallowed (robots)" in stage.fine("documents", "--db", DB).out
        assert "never read: disallowed" in stage.run("documents", BY, "--db", DB).err


def test_a_text_that_comes_back_is_another_change(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.")) as (stage, script):
        for day, words in enumerate(("One.", "Two.", "One.", "One."), start=1):
            script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = deed(words, nonce=str(day))
            stage.refreshed(DEEDWATCH_REHEARSAL_NOW=f"2026-09-{2 * day:02}T09:00:00Z")
        assert len(changes(stage)) == 2
        told = stage.fine("documents", BY, "--diff", "--db", DB).out
        assert "- Two." in told
        assert "+ One." in told
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_a_better_reader_is_no_change_of_terms(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.")) as (stage, script):
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-01T09:00:00Z")
        newer = mock.patch.multiple(
            documents_desk,
            READABLE="readable/2",
            readable=lambda body, kind: documents_desk_text(body, kind).upper(),
        )
        documents_desk_text = documents_desk.readable
        with newer:
            stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-03T09:00:00Z")
            assert changes(stage) == []
            assert len(stage.rows("SELECT id FROM document_version v WHERE document IN"
                                  " (SELECT id FROM document WHERE url = ?)", BY)) == 2  # fmt: skip
            script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = deed("Two.")
            stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-05T09:00:00Z")
            assert changes(stage) == [f"license {BY} as of 2026-09-01T09:00:00Z"]
        with newer:
            script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = deed("Three.")
            stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-07T09:00:00Z")
            assert len(changes(stage)) == 2
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_both_at_once_a_newer_reader_and_a_new_text(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.")) as (stage, script):
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-01T09:00:00Z")
        script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = deed("Two.")
        older = documents_desk.readable
        with mock.patch.multiple(
            documents_desk, READABLE="readable/2", readable=lambda b, k: older(b, k).upper()
        ):
            stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-03T09:00:00Z")
        assert len(changes(stage)) == 1
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    slow = {"DEEDWATCH_REHEARSAL_RATE": "4"}
    with rehearsing(tmp_path, 8, mix={"flickr": 1}) as stage:
        run = stage.start("refresh", LIST, "--accept-terms", "flickr", **slow)
        for _ in range(400):
            if sum(entry[2] == CREATIVE_COMMONS for entry in list(stage.web.web.log)) >= 3:
                break
            with contextlib.suppress(Exception):
                run.wait(0.05)
        run.kill()
        run.communicate()
        stage.refreshed()
        asked = Counter(entry[3] for entry in stage.web.web.log if entry[2] == CREATIVE_COMMONS)
        assert max(n for path, n in asked.items() if path != "/robots.txt") <= 2
        assert set(looks(stage).values()) <= {("available", "seen"), ("disallowed", "robots")}
        assert len(stage.rows("SELECT id FROM refresh WHERE event = 'started'")) == 1
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def as_before(db: Path) -> None:
    """The file as a version without document looks would have left it: no rows of that table, and no table."""
    with contextlib.closing(sqlite3.connect(db)) as connection:
        connection.execute("DROP TABLE document_look")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_document_looks'")
        connection.commit()


def test_files_made_before_keep_opening(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, _):
        with mock.patch("crawler.evidence.record.Recorder.document_look", return_value=0):
            stage.refreshed("--no-documents")
        as_before(stage.db)
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out
        assert "robots" in stage.fine("documents", "--db", DB).out
        stage.fine("changes", "--db", DB)
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-11-03T09:00:00Z")
        assert looks(stage)[BY] == ("available", "seen")
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out


def test_a_dropped_table_is_damage(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, _):
        stage.refreshed()
        as_before(stage.db)
        assert stage.run("verify", "--db", DB).code == 4


def test_mistakes_are_told_in_one_sentence(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, _):
        stage.refreshed()
        for words in (
            ("https://nowhere.example/",),
            ("--diff",),
            (BY, "--diff", "1"),
            (BY, "--diff", "1", "9"),
            (BY, "2"),
        ):
            done = stage.run("documents", *words, "--db", DB)
            assert done.code == 2, words
            assert done.err.count("\n") == 1
        assert "has had one text only" in stage.fine("documents", BY, "--diff", "--db", DB).out


def test_bodies_of_documents_are_the_bytes_that_came(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.", "7")) as (stage, _):
        stage.refreshed()
        ((body,),) = stage.rows(
            "SELECT c.body FROM capture c JOIN document_look l ON l.capture = c.id JOIN document d ON d.id = l.document"
            " WHERE d.url = ?", BY,
        )  # fmt: skip
        with EvidenceFile.read(stage.db) as file:
            assert file.load_body(body) == deed("One.", "7").body


def test_a_hostile_text_is_told_in_visible_codes(tmp_path: Path) -> None:
    with visiting(tmp_path, deed("One.")) as (stage, script):
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-01T09:00:00Z")
        script.pages[CREATIVE_COMMONS, "/licenses/by/4.0/"] = deed(
            "Two.&#27;[2J \x1b[31m \u2066 \u0085 evil."
        )
        stage.refreshed(DEEDWATCH_REHEARSAL_NOW="2026-09-03T09:00:00Z")
        for words in ((BY,), (BY, "--diff"), (BY, "--diff", "1", "2")):
            out = stage.fine("documents", *words, "--db", DB).out
            assert "\\u001b[31m" in out
            assert all(c.isprintable() or c == "\n" for c in out)


def test_a_list_without_documents_says_so(tmp_path: Path) -> None:
    with visiting(tmp_path, deed()) as (stage, _):
        stage.refreshed("--no-documents")
        assert "1 document. The same command with an address" in stage.fine("documents", "--db", DB).out
        with mock.patch("crawler.evidence.documents.documents", return_value=[]):
            assert "No documents are on record yet" in stage.fine("documents", "--db", DB).out
