"""What somebody does on the first day: the wrong file, the wrong name, half a disk; told in one true sentence."""

from __future__ import annotations

import random
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rehearsal.manifests import write_ffhq
from tests.end_to_end.stage import DB, LIST, ROOT, Done, Stage, rehearsing

#: Every verb that opens an evidence file, with the words it needs.
VERBS = {
    "card": ("--out", "card"),
    "changes": (),
    "decide": (),
    "documents": (),
    "explain": ("00000",),
    "export": ("lists", "--out", "lists"),
    "forget": ("--image", "00000", "--why", "asked"),
    "reread": (),
    "verify": (),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with rehearsing(tmp_path_factory.mktemp("made"), 36) as stage:
        for step in (0, 1):
            stage.go_to(step)
            stage.refreshed("--dataset", "demo", "--db", DB)
        yield stage


@pytest.fixture
def stage(made: Stage, tmp_path: Path) -> Stage:
    shutil.copy(made.db, tmp_path / DB)
    shutil.copy(made.folder / LIST, tmp_path / LIST)
    return replace(made, folder=tmp_path)


def one_sentence(done: Done, code: int) -> str:
    assert done.code == code, (done.code, done.out[-300:], done.err)
    assert done.err.count("\n") == 1, done.err
    assert done.err.startswith("deedwatch: ")
    return done.err


@pytest.mark.parametrize("verb", VERBS)
def test_half_a_scrambled_file_is_damage_and_verify_is_named(stage: Stage, verb: str) -> None:
    rotten = bytearray(stage.db.read_bytes())
    rotten[100_000:-50_000] = random.Random(3).randbytes(len(rotten) - 150_000)
    stage.db.write_bytes(rotten)
    done = stage.run(verb, *VERBS[verb], "--db", DB)
    assert done.code == 4, done.err
    assert DB in done.err
    if verb != "verify":
        assert f"`deedwatch verify --db {DB}`" in one_sentence(done, 4)


def test_rotten_pages_anywhere_are_never_a_bug(stage: Stage) -> None:
    whole, chance = stage.db.read_bytes(), random.Random(8)
    for _ in range(6):
        start = chance.randrange(4096, len(whole) - 20_000)
        rotten = bytearray(whole)
        rotten[start : start + 20_000] = chance.randbytes(20_000)
        for verb in ("decide", "forget", "explain", "reread"):
            stage.db.write_bytes(rotten)
            for left in stage.folder.glob(f"{DB}-[ws]*"):
                left.unlink()
            done = stage.run(verb, *VERBS[verb], "--db", DB)
            assert done.code in (0, 2, 4), (start, verb, done.err)


@pytest.mark.parametrize("verb", [*VERBS, "refresh"])
@pytest.mark.parametrize("content", [b"", b"image_id,page_url\n1,https://a.example/1\n"])
def test_what_is_no_evidence_file_is_a_mistyped_name(stage: Stage, verb: str, content: bytes) -> None:
    other = stage.folder / "other.db"
    other.write_bytes(content)
    words = VERBS.get(verb, (LIST,))
    said = one_sentence(stage.run(verb, *words, "--db", other.name), 2)
    assert "other.db is not an evidence file of deedwatch" in said
    assert other.read_bytes() == content
    assert not list(stage.folder.glob("other.db-*"))


def test_a_real_file_takes_no_rehearsal_and_a_rehearsal_nothing_real(stage: Stage) -> None:
    entries = stage.rows("SELECT count(*) FROM entry")
    real = {"DEEDWATCH_REHEARSAL_ORIGIN": "", "DEEDWATCH_REHEARSAL_RATE": "", "DEEDWATCH_REHEARSAL_NOW": ""}
    said = one_sentence(stage.refresh("--db", DB, **real), 3)
    assert "holds looks at a rehearsal" in said
    assert "--db" in said
    stage.attack("UPDATE refresh SET rehearsal = 0")
    said = one_sentence(stage.refresh("--db", DB), 3)
    assert "holds looks at the real web" in said
    assert stage.rows("SELECT count(*) FROM entry") == entries


@pytest.mark.parametrize("verb", VERBS)
def test_another_datasets_name_is_told(stage: Stage, verb: str) -> None:
    words = (*VERBS[verb], "--db", DB)
    said = one_sentence(stage.run(verb, *words, "--dataset", "other"), 2)
    assert "holds dataset 'demo', not 'other'" in said
    if verb != "forget":
        assert stage.run(verb, *words, "--dataset", "demo").code == 0


@pytest.mark.parametrize("words", [("refresh", LIST), ("decide", LIST, "--declared")])
def test_another_datasets_name_is_told_where_a_list_is_read(stage: Stage, words: tuple[str, ...]) -> None:
    assert "holds dataset 'demo', not 'other'" in one_sentence(
        stage.run(*words, "--db", DB, "--dataset", "other"), 2
    )


def hints(text: str) -> list[list[str]]:
    return [shlex.split(command)[1:] for command in re.findall(r"`(deedwatch [^`]*)`", text)]


@pytest.mark.parametrize("named", [("--db", "my evidence.db"), ("--dataset", "it's mine"), ()])
def test_what_a_refresh_says_to_type_can_be_typed(tmp_path: Path, named: tuple[str, ...]) -> None:
    with rehearsing(tmp_path, 24) as stage:
        found: dict[str, list[str]] = {}
        for step in (0, 1):
            stage.go_to(step)
            said = stage.refresh(*named)
            assert said.code == 0, said.err
            found |= {words[0]: words for words in hints(said.out)}
        assert set(found) == {"changes", "documents"}
        assert "--diff" in found["documents"]  # a license page of the rehearsal changes
        for words in found.values():
            stage.fine(*words)
        wrong = stage.run("documents", "--diff", *(named or ("--dataset", "list")))
        stage.fine(*hints(wrong.err)[0])


def test_nobody_asked_and_the_remedy_is_a_refresh(stage: Stage) -> None:
    said = stage.fine("decide", LIST, "--declared", "--db", "declared.db").out
    assert "What would decide most of the rest: a refresh" in said
    said = stage.fine("decide", "--declared", "--db", DB).out
    assert "What would decide most of the rest: a refresh" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("read", LIST, "--url", "not a url"), "not a url"),
        (("read", LIST, "--url", "ftp://x.example/y"), "ftp://x.example/y"),
        (("read", LIST, "--url", "http://[::1"), "http://[::1"),
        (("read", LIST, "--url", "https://a.example/1", "--image", "nonsense"), "nonsense"),
        (("read", LIST, "--url", "https://a.example/1", "--status", "abc"), "'abc' is not a whole number"),
        (("read", "/dev/zero", "--url", "https://a.example/1"), "more than 8 MiB"),
        (("read", LIST, "--url", "https://a.example/1", "--headers", "/dev/zero"), "more than 1 MiB"),
        (("changes", "--db", DB, "--limit", "-1"), "-1"),
        (("export", "lists", "--db", DB, "--out", "x", "--layer", "nonsense"), '"licence"'),
        (("decide", LIST, "--declared", "--db", "/proc/y.db"), "cannot be written to"),
    ],
)
def test_a_mistake_is_told_as_what_it_is(stage: Stage, words: tuple[str, ...], said: str) -> None:
    assert said in one_sentence(stage.run(*words), 2)


@pytest.mark.parametrize("layer", ["licence", "license", "site-terms", "site and API terms", "Opt-outs"])
def test_a_layer_goes_by_the_name_people_see(stage: Stage, layer: str) -> None:
    out = stage.fine("export", "lists", "--db", DB, "--out", "l", "--use", "evaluation", "--layer", layer).out
    assert "-only-keep--evaluation" in out


def picture(size: int) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(size)


def test_a_picture_may_be_larger_than_a_page(stage: Stage) -> None:
    (stage.folder / "large.jpg").write_bytes(picture(9 << 20))
    assert "picture_file" in _process(stage, "deedwatch", "read", "large.jpg", stdout=subprocess.PIPE).stdout
    with (stage.folder / "huge.jpg").open("wb") as file:
        file.write(picture(0))
        file.truncate(65 << 20)
    assert "more than 64 MiB" in one_sentence(stage.run("read", "huge.jpg"), 2)


@pytest.mark.parametrize(
    "words",
    [
        ("decide", "README.md", "--declared", "--dataset", "zz"),
        ("decide", "empty.csv", "--declared", "--dataset", "zz"),
        ("decide", LIST, "--declared", "--dataset", "zz", "--ruleset", "nonsense"),
        ("decide", LIST, "--declared", "--dataset", "zz", "--profile", "nonsense"),
        ("decide", LIST, "--declared", "--dataset", "zz", "--as-of", "soon"),
        ("refresh", "README.md", "--dataset", "zz"),
        ("refresh", "empty.csv", "--dataset", "zz"),
    ],
)
def test_a_refused_command_leaves_nothing_behind(stage: Stage, words: tuple[str, ...]) -> None:
    (stage.folder / "README.md").write_text("# Not a list\n\nWords.\n", "utf-8")
    (stage.folder / "empty.csv").write_text("image_id,page_url\n", "utf-8")
    before = sorted(path.name for path in stage.folder.iterdir())
    one_sentence(stage.run(*words), 2)
    assert sorted(path.name for path in stage.folder.iterdir()) == before


def _process(stage: Stage, *words: str, **streams: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        env={**stage.environ({}), "PYTHONPATH": str(ROOT)},
        cwd=stage.folder,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **streams,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("words", [("license", "x"), ("sources", "--json"), ("--help",)])
def test_a_full_output_is_one_sentence(stage: Stage, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = _process(stage, "deedwatch", *words, stdout=full)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    assert "output" in done.stderr


def test_a_license_on_standard_input_is_read_to_a_limit(stage: Stage) -> None:
    told = _process(
        stage, "deedwatch", "license", "-", input="Licensed under CC BY-SA 4.0.\n", stdout=subprocess.PIPE
    )
    assert '"id": "CC-BY-SA-4.0"' in told.stdout
    with Path("/dev/zero").open("rb") as endless:
        done = _process(stage, "deedwatch", "license", "-", stdin=endless, stdout=subprocess.PIPE)
    assert done.returncode == 2
    assert "more than 1 MiB" in done.stderr


def test_the_rehearsals_list_never_replaces_a_real_one(stage: Stage) -> None:
    real = stage.folder / "ffhq-dataset-v2.json"
    real.write_text('{"0": {"metadata": {}}}', "utf-8")
    done = _process(stage, "rehearsal.web", "--port", "0", "--list", real.name, stdout=subprocess.PIPE)
    assert done.returncode == 2
    assert "was not written by a rehearsal" in done.stderr
    assert real.read_text("utf-8") == '{"0": {"metadata": {}}}'


@pytest.mark.parametrize("there", [False, True])
def test_the_rehearsals_list_replaces_its_own(stage: Stage, there: bool) -> None:
    path = stage.folder / "demo-out" / "ffhq-dataset-v2.json"
    if there:
        path.parent.mkdir()
        write_ffhq(stage.world, path)
    process = subprocess.Popen(
        [sys.executable, "-m", "rehearsal.web", "--port", "0", "--images", "12", "--list", str(path)],
        env={**stage.environ({}), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = [process.stdout.readline() for _ in range(4)]
    finally:
        process.kill()
        process.communicate()
    assert said[3] == f"cd {shlex.quote(str(path.parent))}\n"
    assert path.stat().st_size < 100_000


def test_help_breaks_no_word(stage: Stage) -> None:
    assert "withdrawal-signal" in stage.fine("changes", "--help").out


def test_one_is_not_several(stage: Stage) -> None:
    said = stage.fine("forget", "--db", DB, "--image", "00000", "--why", "asked").out
    said += stage.fine("verify", "--db", DB).out + stage.fine("plan", LIST).out
    assert re.search(r"\(1 tombstone\)|\([2-9] tombstones\)", said)
    assert not re.search(r"\b1 (images|texts|bodies|other bodies|tombstones)\b", said)
    assert "0 problems" not in said
