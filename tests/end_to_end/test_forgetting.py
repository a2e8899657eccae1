"""``deedwatch forget``: afterwards no byte of the file tells who it was, everything else still adds up, and no
later refresh brings it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from rehearsal.answer import Reply
from rehearsal.manifests import row_key, write_csv
from rehearsal.world import Row
from tests.end_to_end.stage import DB, LIST, Stage, everything, rehearsing, scripted


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A world looked at twice, so that bodies lean on earlier ones and the log has changes."""
    with rehearsing(tmp_path, 72) as made:
        for step in (0, 1):
            made.go_to(step)
            made.refreshed()
        yield made


def traces(stage: Stage, words: Iterable[str]) -> list[tuple[str, str]]:
    """(where, word) of every word that can still be found."""
    return [
        (where, word) for where, data in everything(stage).items() for word in words if word.encode() in data
    ]


def told_of(row: Row) -> set[str]:
    """What names the author or leads to the photo: name, account, profile, page, picture."""
    photo = row.photo
    owner = photo.owner
    said = {owner.name, owner.new_name, photo.page_url, photo.image_url}
    if photo.kind == "flickr":
        said |= {owner.nsid, f"flickr.com/photos/{owner.path_alias or owner.nsid}", photo.native_id}
        said |= {owner.realname} - {""}
    return said


def rows_by(stage: Stage, kind: str) -> list[Row]:
    return [row for row in stage.world.rows() if row.photo.kind == kind]


def verified(stage: Stage) -> str:
    done = stage.fine("verify", "--db", DB)
    assert "Everything agrees." in done.out
    return done.out


def read_again_and_changed(stage: Stage) -> None:
    """The manifest read anew because it changed: one more row, and the order turned round."""
    lines = (stage.folder / LIST).read_text("utf-8").splitlines()
    extra = lines[1].replace(lines[1].partition(",")[0], "a-new-row", 1)
    (stage.folder / LIST).write_text("\n".join([lines[0], *reversed(lines[1:]), extra]) + "\n", "utf-8")


@pytest.mark.parametrize("kind", ["flickr", "commons", "rel_license"])
def test_an_author_is_forgotten_for_good(stage: Stage, kind: str) -> None:
    row = next(row for row in rows_by(stage, kind)[1:] if row.photo.fate.name == "steady")
    owner = row.photo.owner.name_at(1)
    words = set().union(
        *(
            told_of(other)
            for other in stage.world.rows()
            if owner in (other.photo.owner.name, other.photo.owner.new_name)
        )
    )
    assert traces(stage, words)
    done = stage.fine("forget", "--db", DB, "--author", owner, "--why", "they asked")
    assert owner not in done.out
    assert traces(stage, words) == []
    out = verified(stage)
    assert "forgotten" in out
    assert " 0 texts, 0 bodies (" not in out
    stage.go_to(2)
    stage.refreshed()
    assert traces(stage, words) == []
    read_again_and_changed(stage)
    stage.go_to(3)
    said = stage.refreshed()
    assert "1 of them new" in said.out or "of them new" in said.out
    assert traces(stage, words) == []
    verified(stage)
    again = stage.run("forget", "--db", DB, "--author", owner, "--why", "again")
    assert again.code in (0, 2), again.err
    assert traces(stage, words) == []
    verified(stage)


@pytest.mark.parametrize("kind", ["flickr", "rel_license"])
@pytest.mark.parametrize("way", ["image", "url"])
def test_one_photo_is_forgotten_for_good(stage: Stage, kind: str, way: str) -> None:
    row = next(row for row in rows_by(stage, kind)[1:] if row.photo.fate.name == "steady")
    photo = row.photo
    words = {photo.page_url, photo.image_url, photo.native_id} - (
        {photo.native_id} if kind != "flickr" else set()
    )
    assert traces(stage, words)
    text = row_key(row) if way == "image" else photo.page_url
    stage.fine("forget", "--db", DB, f"--{way}", text, "--why", "asked")
    assert traces(stage, words) == []
    verified(stage)
    before = stage.web.web.total
    stage.refreshed()
    asked = [entry for entry in list(stage.web.web.log)[before:] if photo.native_id in entry[3]]
    assert asked == []
    read_again_and_changed(stage)
    stage.refreshed()
    assert traces(stage, words) == []
    verified(stage)
    explained = stage.fine("explain", "--db", DB, row_key(row))
    assert "forgotten" in explained.out
    assert photo.title not in explained.out


def test_credit_only_takes_the_name_and_leaves_the_photo(stage: Stage) -> None:
    row = next(row for row in rows_by(stage, "flickr")[1:] if row.photo.fate.name == "steady")
    owner = row.photo.owner.name_at(1)
    names = {owner, row.photo.owner.name, row.photo.owner.realname} - {""}
    stage.fine("forget", "--db", DB, "--author", owner, "--credit-only", "--why", "asked for the name only")
    assert traces(stage, names) == []
    verified(stage)
    stage.refreshed()
    assert traces(stage, names) == []
    snapshots = stage.rows(
        "SELECT s.status FROM snapshot s JOIN image i ON i.id = s.image WHERE i.key = ? ORDER BY s.id DESC",
        row_key(row),
    )
    assert snapshots[0] == ("available",)
    assert len(snapshots) == 3


def test_bodies_that_leaned_on_a_forgotten_one_still_decode(stage: Stage) -> None:
    key, body = stage.rows(
        "SELECT i.key, b.base FROM body_bytes b JOIN capture c ON c.body = b.base JOIN snapshot s"
        " ON s.looks LIKE '%[' || c.id || ',%' JOIN image i ON i.id = s.image WHERE b.base IS NOT NULL"
        " GROUP BY b.base ORDER BY count(*) DESC LIMIT 1"
    )[0]
    dependants = [row[0] for row in stage.rows("SELECT body FROM body_bytes WHERE base = ?", body)]
    assert dependants
    done = stage.fine("forget", "--db", DB, "--image", key, "--why", "asked")
    assert " 0 other bodies stored anew" not in done.out
    assert stage.rows("SELECT 1 FROM body_bytes WHERE body = ?", body) == []
    verified(stage)
    stage.refreshed()
    verified(stage)
    depth = stage.rows(
        "SELECT count(*) FROM body_bytes a JOIN body_bytes b ON b.body = a.base JOIN body_bytes c ON c.body = b.base"
        " WHERE c.base IS NOT NULL"
    )
    assert depth == [(0,)]


def test_every_image_forgotten_one_after_another(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 18) as stage:
        for step in (0, 1):
            stage.go_to(step)
            stage.refreshed()
        for row in stage.world.rows():
            assert stage.run("forget", "--db", DB, "--image", row_key(row), "--why", "all").code == 0
        verified(stage)
        words = set().union(*({row.photo.page_url, row.photo.title} for row in stage.world.rows()))
        assert traces(stage, words) == []
        stage.refreshed()
        assert traces(stage, words) == []
        verified(stage)
        assert "forgotten" in stage.fine("explain", "--db", DB, "00000").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--image", "no such key"), "no such key"),
        (("--author", "Nobody At All"), "nothing was forgotten"),
        (("--url", "https://nowhere.example/"), "https://nowhere.example/"),
        ((), "Say one of"),
        (("--image", "00000", "--author", "A"), "Say one of"),
    ],
)
def test_nothing_to_forget_is_bad_input(stage: Stage, words: tuple[str, ...], said: str) -> None:
    before = stage.rows("SELECT count(*) FROM entry")
    done = stage.run("forget", "--db", DB, *words, "--why", "asked")
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert stage.rows("SELECT count(*) FROM entry") == before


def test_changes_and_cards_go_on_without_the_forgotten(stage: Stage) -> None:
    row = next(row for row in stage.world.rows() if row.photo.fate.name == "narrowed")
    stage.fine("forget", "--db", DB, "--image", row_key(row), "--why", "asked")
    stage.fine("changes", "--db", DB)
    stage.fine("decide", "--db", DB)
    stage.fine("card", "--db", DB, "--out", "card")
    stage.fine("reread", "--db", DB)
    verified(stage)


def test_a_list_of_the_same_world_under_other_keys_does_not_bring_a_photo_back(stage: Stage) -> None:
    row = next(row for row in rows_by(stage, "flickr")[1:] if row.photo.fate.name == "steady")
    stage.fine("forget", "--db", DB, "--image", row_key(row), "--why", "asked")
    write_csv(stage.world, stage.folder / LIST)
    text = (stage.folder / LIST).read_text("utf-8")
    lines = [lines if not n else f"k{lines}" for n, lines in enumerate(text.splitlines())]
    (stage.folder / LIST).write_text("\n".join(lines) + "\n", "utf-8")
    stage.refreshed()
    assert traces(stage, {row.photo.page_url, row.photo.native_id}) == []
    verified(stage)


def test_a_forgotten_author_does_not_come_back_with_a_photo_nobody_had_listed(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 72) as stage:
        rows = rows_by(stage, "flickr")
        one, other = next(
            (a, b)
            for a in rows
            for b in rows
            if a.photo.number != b.photo.number
            and a.photo.owner == b.photo.owner
            and {a.photo.fate.name, b.photo.fate.name} == {"steady"}
        )
        page = f"https://www.flickr.com/photo.gne?id={other.photo.native_id}"
        stage.write_list(("one", one.photo.page_url))
        stage.refreshed()
        owner = one.photo.owner
        stage.fine("forget", "--db", DB, "--author", owner.name, "--why", "asked")
        stage.write_list(("one", one.photo.page_url), ("other", page))
        stage.refreshed()
        assert stage.rows("SELECT status FROM snapshot ORDER BY id DESC LIMIT 1") == [("available",)]
        words = {owner.name, owner.nsid, owner.realname, one.photo.page_url} - {""}
        assert traces(stage, words) == []
        verified(stage)


def page(author: str, credit: str) -> Reply:
    facts = {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "name": f"Photo by {author}",
        "contentUrl": "https://a.example/1.jpg",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": {"@type": "Person", "name": author},
        "creditText": credit,
    }
    return Reply(f'<html><script type="application/ld+json">{json.dumps(facts)}</script></html>'.encode())


def test_an_agencys_credit_line_is_nobodys_name(tmp_path: Path) -> None:
    pages = {
        ("a.example", "/1"): page("Ada Penrose", "Northlight Agency"),
        ("a.example", "/2"): page("Bo Quist", "Northlight Agency"),
        ("a.example", "/3"): page("Ada Penrose", "Ada P. Penrose-Hall"),
        ("b.example", "/4"): page("Cy Rook", "Ada P. Penrose-Hall and friends"),
    }
    with scripted(tmp_path, pages) as (stage, _):
        stage.write_list(*((str(n), f"https://{host}{path}") for n, (host, path) in enumerate(pages)))
        stage.refreshed()
        stage.fine("forget", "--db", DB, "--author", "Ada Penrose", "--why", "asked")
        assert traces(stage, {"Ada Penrose"}) == []
        assert [where for where, _ in traces(stage, {"Northlight Agency"}) if where.startswith("credit")]
        assert [where for where, _ in traces(stage, {"Penrose-Hall"}) if where.startswith("credit")] == []
        verified(stage)
