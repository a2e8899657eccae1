"""``deedwatch verify`` against somebody who edits the file with SQLite at hand, and against rotting disks."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from crawler.evidence.chain import GENESIS, Entry, root, row_hash
from crawler.evidence.schema import EVIDENCE
from tests.end_to_end.stage import DB, Done, Stage, attack, query, rehearsing

LICENSE_CLAIM = "(SELECT min(id) FROM claim WHERE field = 'license')"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A file with two refreshes, changes, body deltas, a forgotten image and a card. Only copies are attacked."""
    folder = tmp_path_factory.mktemp("made")
    with rehearsing(folder, 36) as stage:
        for step in (0, 1):
            stage.go_to(step)
            stage.refreshed()
        stage.fine("card", "--db", DB, "--out", "card")
        stage.fine("forget", "--db", DB, "--image", "00020", "--why", "asked")
        yield stage


@pytest.fixture
def stage(made: Stage, tmp_path: Path) -> Stage:
    """An own copy."""
    shutil.copy(made.db, tmp_path / DB)
    return replace(made, folder=tmp_path)


def damaged(stage: Stage, *words: str) -> Done:
    """``verify`` must notice, say so in sentences and end with 4."""
    done = stage.run("verify", "--db", DB, *words)
    assert done.code == 4, (done.code, done.out[-500:], done.err[-2000:])
    last = done.err.strip().splitlines()[-1]
    assert last.startswith("deedwatch: ")
    assert "Traceback" not in done.err
    return done


def first(stage: Stage, sql: str) -> int:
    return int(stage.rows(sql)[0][0])


def test_a_whole_file_passes_and_says_what_it_cannot_exclude(stage: Stage, made: Stage) -> None:
    done = stage.fine("verify", "--db", DB)
    assert "Everything agrees." in done.out
    assert "Without a head kept elsewhere" in done.out
    assert "tombstones)" in done.out
    for words in (
        ("--head", done.head),
        ("--head", done.head.rpartition(":")[2]),
        ("--card", made.folder / "card" / "README.md"),
    ):
        kept = stage.fine("verify", "--db", DB, *words)
        assert "Everything agrees." in kept.out
        assert "Without a head" not in kept.out


def test_verify_as_json(stage: Stage) -> None:
    report = orjson.loads(stage.fine("verify", "--db", DB, "--json").out)
    assert report["faults"] == []
    assert report["rows"] > 300
    assert report["forgotten_texts"] > 0
    stage.attack(f"UPDATE claim SET value = 'MIT' WHERE id = {LICENSE_CLAIM}")
    done = stage.run("verify", "--db", DB, "--json")
    assert done.code == 4
    assert any("was edited" in fault for fault in orjson.loads(done.out)["faults"])


def test_an_edited_claim(stage: Stage) -> None:
    row = first(stage, f"SELECT {LICENSE_CLAIM}")
    stage.attack(f"UPDATE claim SET value = 'CC0-1.0-or-so' WHERE id = {row}")
    assert f"Row {row} of table claim" in damaged(stage).err


def test_an_edited_claim_with_its_own_hash_made_anew(stage: Stage) -> None:
    row = first(stage, f"SELECT {LICENSE_CLAIM}")
    table = next(t for t in EVIDENCE if t.name == "claim")
    stage.attack(f"UPDATE claim SET value = 'MIT' WHERE id = {row}")
    values = stage.rows(f"{table.select_sql} WHERE id = {row}")[0]
    stage.attack(f"UPDATE claim SET hash = x'{row_hash('claim', row, values[1:-1]).hex()}' WHERE id = {row}")
    assert "does not have the root of its rows" in damaged(stage).err


def test_a_deleted_snapshot(stage: Stage) -> None:
    row = first(stage, "SELECT max(id) FROM snapshot")
    stage.attack(f"DELETE FROM snapshot WHERE id = {row}")
    assert f"Row {row} is missing" in damaged(stage).err


@pytest.mark.parametrize(
    "number", ["(SELECT max(last) + 1 FROM entry)", "7 << 32 | 1", "-1", "(SELECT min(id) FROM claim)"]
)
def test_an_inserted_row(stage: Stage, number: str) -> None:
    row = first(stage, f"SELECT {number}")
    stage.attack(f"INSERT INTO label VALUES ({row}, 1, 'me', 'age', 'adult', 0, x'00')")
    said = damaged(stage).err
    assert str(row) in said or "a chain" in said


def test_swapped_body_bytes(stage: Stage) -> None:
    one, other = (
        r[0] for r in stage.rows("SELECT body FROM body_bytes WHERE base IS NULL ORDER BY body LIMIT 2")
    )
    stage.attack(
        "CREATE TABLE hand AS SELECT body, data FROM body_bytes",
        f"UPDATE body_bytes SET data = (SELECT data FROM hand WHERE body = {other}) WHERE body = {one}",
        f"UPDATE body_bytes SET data = (SELECT data FROM hand WHERE body = {one}) WHERE body = {other}",
        "DROP TABLE hand",
    )
    said = damaged(stage).err
    assert f"body {one} " in said
    assert f"body {other} " in said


def test_a_body_that_leans_on_itself(stage: Stage) -> None:
    body = first(stage, "SELECT body FROM body_bytes WHERE base IS NOT NULL")
    stage.attack(f"UPDATE body_bytes SET base = body WHERE body = {body}")
    assert f"body {body} " in damaged(stage).err


def test_removed_body_bytes_without_a_tombstone(stage: Stage) -> None:
    body = first(stage, "SELECT max(body) FROM body_bytes")
    stage.attack(f"DELETE FROM body_bytes WHERE body = {body}")
    assert f"body {body} are missing, and no tombstone" in damaged(stage).err


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE image_state SET status = 'gone' WHERE image = (SELECT max(image) FROM image_state)",
        "UPDATE image_state SET judged = (SELECT min(id) FROM findings)",
        "DELETE FROM image_state WHERE image = (SELECT max(image) FROM image_state)",
        "UPDATE change_log SET after = 'CC0-1.0' WHERE kind = 'license-changed'",
        "DELETE FROM change_log WHERE id = (SELECT max(id) FROM change_log)",
        (
            "INSERT INTO change_log (image, refresh, kind, before, after, snapshot, at, before_snapshot) SELECT"
            " image, refresh, kind, before, after, snapshot, at, before_snapshot FROM change_log LIMIT 1"
        ),
    ],
)
def test_an_edited_derived_row(stage: Stage, statement: str) -> None:
    stage.attack(statement)
    assert "derived table" in damaged(stage).err


def test_an_edited_text(stage: Stage) -> None:
    stage.attack("UPDATE content SET data = data || x'20' WHERE hash = (SELECT min(hash) FROM content)")
    digest = stage.rows("SELECT hex(min(hash)) FROM content")[0][0].lower()
    assert f"Text {digest[:16]}" in damaged(stage).err


def test_a_removed_text(stage: Stage) -> None:
    image = first(stage, "SELECT max(id) FROM image")
    stage.attack(f"DELETE FROM content WHERE hash = (SELECT declared_ref FROM image WHERE id = {image})")
    assert f"row {image} of table image is missing, and no tombstone" in damaged(stage).err


@pytest.mark.parametrize("share", [0.999, 0.9, 0.5, 0.1])
def test_a_truncated_file(stage: Stage, share: float) -> None:
    whole = stage.db.read_bytes()
    stage.db.write_bytes(whole[: int(len(whole) * share)])
    damaged(stage)


def cut(db: Path) -> None:
    """Take the newest refresh away with everything that speaks of it, as if it had never been."""
    last = query(db, "SELECT min(id) - 1 FROM refresh WHERE run = (SELECT max(run) FROM refresh)")[0][0]
    last = query(db, f"SELECT max(last) FROM entry WHERE last <= {last}")[0][0]
    with closing(sqlite3.connect(db)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        sql = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for table in EVIDENCE:
            connection.execute(f"DELETE FROM {table.name} WHERE id > {last}")
        connection.execute(f"DELETE FROM entry WHERE last > {last}")
        connection.execute("DELETE FROM body_bytes WHERE body NOT IN (SELECT id FROM body)")
        for table in ("image_state", "change_log", "derived_upto"):
            connection.execute(f"DELETE FROM {table}")
        for statement in sql:
            connection.execute(statement)
        connection.commit()


def test_a_cut_tail_shows_against_a_head_kept_elsewhere(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 24) as stage:
        stage.refreshed()
        stage.go_to(1)
        head = stage.refreshed().head
        stage.fine("card", "--db", DB, "--out", "card")
        cut(stage.db)
        unaware = stage.fine("verify", "--db", DB)
        assert "a cut-off end" in unaware.out
        assert "cannot be excluded" in unaware.out
        for words in (("--head", head), ("--card", "card/README.md")):
            assert "entries were cut off" in damaged(stage, *words).err


def recompute(db: Path) -> None:
    """Make every hash of the file agree with its rows again: the perfect forgery."""
    with closing(sqlite3.connect(db)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        hashes: dict[int, bytes] = {}
        for table in EVIDENCE:
            for row in connection.execute(table.select_sql).fetchall():
                hashes[row[0]] = row_hash(table.name, row[0], row[1:-1])
                connection.execute(f"UPDATE {table.name} SET hash = ? WHERE id = ?", (hashes[row[0]], row[0]))
        chain = connection.execute("SELECT id FROM chain").fetchone()[0]
        previous = GENESIS
        for number, at, begin, last, counts in connection.execute(
            "SELECT number, at, first, last, counts FROM entry ORDER BY number"
        ).fetchall():
            tree = root([hashes[n] for n in range(begin, last + 1)])
            entry = Entry(chain, number, previous, at, begin, last, counts, tree)
            connection.execute(
                "UPDATE entry SET previous = ?, root = ?, hash = ? WHERE number = ?",
                (previous, tree, entry.hash(), number),
            )
            previous = entry.hash()
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def test_a_chain_recomputed_as_a_whole_shows_against_a_head_kept_elsewhere(stage: Stage, made: Stage) -> None:
    head = stage.fine("verify", "--db", DB).head
    stage.attack("UPDATE tombstone SET why = 'another reason'")
    damaged(stage)
    recompute(stage.db)
    assert "recomputed as a whole" in stage.fine("verify", "--db", DB).out
    assert "recomputed" in damaged(stage, "--head", head).err
    damaged(stage, "--card", str(made.folder / "card" / "README.md"))


def test_one_recomputed_entry_breaks_the_next(stage: Stage) -> None:
    row = stage.rows(
        "SELECT chain, number, previous, at, first, last, counts, root FROM entry WHERE number = 2"
    )[0]
    chain = stage.rows("SELECT id FROM chain")[0][0]
    forged = Entry(chain, 2, row[2], row[3] + 1, *row[4:])
    stage.attack(f"UPDATE entry SET at = {row[3] + 1}, hash = x'{forged.hash().hex()}' WHERE number = 2")
    assert "Entry 3 does not follow the entry before it" in damaged(stage).err


def test_a_missing_trigger(stage: Stage) -> None:
    with closing(sqlite3.connect(stage.db)) as connection:
        connection.execute("DROP TRIGGER claim_no_update")
    assert "keeps table claim from updates is missing" in damaged(stage).err


def test_a_head_of_another_file(stage: Stage) -> None:
    assert "belongs to another file" in damaged(stage, "--head", "ab" * 32).err


def test_a_card_without_a_head(stage: Stage) -> None:
    (stage.folder / "README.md").write_text("# Not a card\n", encoding="utf-8")
    done = stage.run("verify", "--db", DB, "--card", "README.md")
    assert done.code == 2
    assert "carries no evidence head" in done.err
    missing = stage.run("verify", "--db", DB, "--card", "none.md")
    assert missing.code == 2
    assert "none.md" in missing.err


#: Tables that verify reads in ways of their own; of the others, whose rows are hashed alike, ``capture`` stands.
READ_APART = (
    "chain", "entry", "content", "body", "body_bytes", "tombstone", "capture", "image_state", "change_log",
    "derived_upto",
)  # fmt: skip
#: Columns no hash covers: they say nothing of what was seen.
UNCOVERED = {("chain", "made_at"), ("content", "kind"), ("change_log", "id"), ("derived_upto", "value")}


def columns(db: Path) -> list[tuple[str, str]]:
    return [
        (table, row[0])
        for table in READ_APART
        for row in query(db, f"SELECT name FROM pragma_table_info('{table}') WHERE NOT pk")
    ]


def test_wrong_types_in_any_column_are_damage_and_never_a_crash(stage: Stage) -> None:
    whole = stage.db.read_bytes()
    chance = random.Random(5)
    missed = []
    for table, column in columns(stage.db):
        value = chance.choice(["'x'", "x'ff00'", "NULL", "9000000000000000001", "1.5", "'{'"])
        with closing(sqlite3.connect(stage.db)) as connection:
            rows = connection.execute(
                f"SELECT count(*) FROM {table} WHERE {column} IS NOT {value}"
            ).fetchone()[0]
        if not rows:
            continue
        try:
            attack(
                stage.db,
                f"UPDATE {table} SET {column} = {value} WHERE rowid = (SELECT rowid FROM {table}"
                f" WHERE {column} IS NOT {value} LIMIT 1)"
                if table not in ("content", "entry")
                else f"UPDATE {table} SET {column} = {value} WHERE hash = (SELECT hash FROM {table}"
                f" WHERE {column} IS NOT {value} LIMIT 1)",
            )
        except sqlite3.Error:
            continue  # NOT NULL, or no rowid
        done = stage.run("verify", "--db", DB)
        assert done.code in (0, 4), (table, column, value, done.err)
        if done.code == 0 and (table, column) not in UNCOVERED:
            missed.append((table, column, value))
        stage.db.write_bytes(whole)
    assert missed == []


def test_random_bytes_never_make_it_crash(stage: Stage) -> None:
    whole = stage.db.read_bytes()
    chance = random.Random(11)
    places = [chance.randrange(100) for _ in range(6)] + [chance.randrange(len(whole)) for _ in range(30)]
    found = 0
    for place in places:
        rotten = bytearray(whole)
        rotten[place] ^= 1 << chance.randrange(8)
        stage.db.write_bytes(rotten)
        done = stage.run("verify", "--db", DB)
        told = (place, done.code, done.err[-1500:])
        assert done.code in (0, 2, 4), told
        if done.code == 2:
            assert "evidence file" in done.err, told
        found += done.code == 4
    assert found > 3


@pytest.mark.parametrize(
    "verb", ["changes", "decide", "explain", "card", "export", "reread", "forget", "verify"]
)
def test_other_verbs_say_a_sentence_about_a_broken_file(stage: Stage, verb: str) -> None:
    words = {
        "explain": ("00000",),
        "card": ("--out", "card"),
        "export": ("lists", "--out", "lists"),
        "forget": ("--image", "00000", "--why", "asked"),
    }.get(verb, ())
    whole = stage.db.read_bytes()
    stage.db.write_bytes(whole[: len(whole) // 3])
    done = stage.run(verb, *words, "--db", DB)
    assert done.code in (2, 4), done.err
    assert "Traceback" not in done.err
