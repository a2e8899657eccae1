"""``forget --author`` reaches whom it names and nobody else: not who shares half a name, a title or a quote."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rehearsal.answer import Reply
from tests.end_to_end.stage import DB, Stage, scripted

NFC, NFD = "Zo\u00eb Quayle", "Zoe\u0308 Quayle"
#: key → (author as the page has it, title, credit line, what the list declares of the author).
PHOTOS = {
    "ann": ("Ann Lee", "Harbour", "", ""),
    "ann-marie": ("Mary Ann Lee", "Harbour 2", "", ""),
    "leeds": ("Ann Leeds", "Harbour 3", "", ""),
    "paris": ("Paris", "Dusk", "", ""),
    "titled": ("Bo Quist", "Paris", "", ""),
    "titled-long": ("Bo Quist", "Paris from above", "", ""),
    "portrait": ("Cy Rook", "Wren", "", ""),
    "wren": ("Wren", "Portrait", "", ""),
    "quote": ('Ada "Ace" O\'Neil\\', "Field", "", ""),
    "lines": ("Ivo\n  Marsh", "Field 2", "", ""),
    "emoji": ("🦊 fox", "Field 3", "", ""),
    "emoji-alone": ("🦊", "Field 4", "", ""),
    "composed": (NFC, "Field 5", "", ""),
    "decomposed": (NFD, "Field 6", "", ""),
    "list-only": ("", "Field 7", "", "Dee Vale"),
    "list-half": ("", "Field 8", "", "Dee Vale-Hunt"),
    "agency-1": ("Ed Stone", "Field 9", "Northlight Agency", ""),
    "agency-2": ("Flo Beck", "Field 10", "Northlight Agency", ""),
    "real-name": ("gus77", "Field 11", "Gus Hollow", ""),
    "number": ("", "1", "", "1"),
}
KEYS = list(PHOTOS)


def _page(author: str, title: str, credit: str) -> Reply:
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "name": title,
        "contentUrl": "https://a.example/1.jpg",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    facts |= {"creator": {"@type": "Person", "name": author}} if author else {}
    facts |= {"creditText": credit} if credit else {}
    return Reply(f'<html><script type="application/ld+json">{json.dumps(facts)}</script></html>'.encode())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    pages = {
        (f"h{n}.example", f"/p/{n}"): _page(author, title, credit)
        for n, (author, title, credit, _) in enumerate(PHOTOS.values())
    }
    with scripted(tmp_path_factory.mktemp("names"), pages) as (stage, _):
        rows = [
            f'"{key}","https://h{n}.example/p/{n}","{author}"'
            for n, (key, (_, _, _, author)) in enumerate(PHOTOS.items())
        ]
        (stage.folder / "list.csv").write_text(
            "\n".join(["image_id,page_url,author", *rows]) + "\n", encoding="utf-8"
        )
        stage.refreshed()
        yield stage


@pytest.fixture
def stage(made: Stage, tmp_path: Path) -> Stage:
    shutil.copy(made.db, tmp_path / DB)
    return replace(made, folder=tmp_path)


def forgotten(stage: Stage) -> set[str]:
    """Keys of the images whose own content was destroyed."""
    gone = stage.rows(
        "SELECT key FROM image i WHERE NOT EXISTS (SELECT 1 FROM content c WHERE c.hash = i.declared_ref)"
    )
    return {key for (key,) in gone}


@pytest.mark.parametrize("option", ["--author", "--image", "--url"])
@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000"])
def test_an_unset_variable_destroys_nothing(stage: Stage, option: str, text: str) -> None:
    before = stage.db.read_bytes()
    done = stage.run("forget", "--db", DB, option, text, "--why", "asked")
    assert done.code == 2
    assert f"{option} is empty" in done.err
    assert done.err.count("\n") == 1
    assert forgotten(stage) == set()
    assert stage.db.read_bytes() == before


@pytest.mark.parametrize(
    ("author", "keys"),
    [
        ("Ann Lee", {"ann"}),
        ("Mary Ann Lee", {"ann-marie"}),
        ("Ann Leeds", {"leeds"}),
        ("Paris", {"paris"}),
        ("Bo Quist", {"titled", "titled-long"}),
        ("Wren", {"wren"}),
        ('Ada "Ace" O\'Neil\\', {"quote"}),
        ("Ivo Marsh", {"lines"}),
        ("Ivo\nMarsh ", {"lines"}),
        ("🦊", {"emoji-alone"}),
        ("🦊 fox", {"emoji"}),
        (NFC, {"composed", "decomposed"}),
        (NFD, {"composed", "decomposed"}),
        ("Dee Vale", {"list-only"}),
        ("Ed Stone", {"agency-1"}),
        ("Gus Hollow", {"real-name"}),
        ("gus77", {"real-name"}),
        ("1", {"number"}),
    ],
)
def test_whom_a_name_reaches(stage: Stage, author: str, keys: set[str]) -> None:
    stage.fine("forget", "--db", DB, "--author", author, "--why", "asked")
    assert forgotten(stage) == keys
    assert "Everything agrees." in stage.fine("verify", "--db", DB).out


@pytest.mark.parametrize(
    "author",
    [
        "Lee", "Ann", "Ann Le", "ann lee", "Harbour", "Field", "Harbour 2", "Quist", '"', "\\", "null", "{}", "[", ",",
        "%", "_", "Portrait", "O'Neil", "Dee", "Northlight Agency", "Northlight", "Person", "a.example",
        "https://a.example/1.jpg", "\ud83e", "NULL", "0",
    ],
)  # fmt: skip
def test_what_is_nobodys_whole_name_reaches_nobody(stage: Stage, author: str) -> None:
    done = stage.run("forget", "--db", DB, "--author", author, "--why", "asked")
    assert done.code == 2, done.out
    assert "nothing was forgotten" in done.err
    assert forgotten(stage) == set()


def test_other_peoples_names_and_titles_stay(stage: Stage) -> None:
    """Of the images that are not the author's, no title and no name goes that only looks alike.

    A text that holds the whole name as words goes, "Mary Ann Lee" too: it may be a joint credit.
    """
    for author in ("Paris", "Ann Lee", "Wren", "1", "Dee Vale", "🦊"):
        stage.fine("forget", "--db", DB, "--author", author, "--why", "asked")
    for key in ("titled", "titled-long", "leeds", "portrait", "emoji", "list-half"):
        author, title, _, declared = PHOTOS[key]
        explained = stage.fine("explain", key, "--db", DB).out
        assert title in explained, key
        assert (author or declared) in explained, key


def test_a_page_is_not_forgotten_with_one_whose_number_it_begins_with(stage: Stage) -> None:
    stage.fine("forget", "--db", DB, "--url", "https://h1.example/p/1", "--why", "asked")
    assert forgotten(stage) == {KEYS[1]}
