"""The command line as such: help, JSON, exit codes, one sentence for every mistake."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deedwatch.main import ABOUT, Verbs, cli, printable
from tests.end_to_end.stage import DB, LIST, ROOT, Stage, rehearsing

VERBS = sorted(path.stem for path in (ROOT / "deedwatch" / "verbs").glob("[a-z]*.py"))
GROUPS = {"rulesets": ("show",)}
#: Verbs that list or tell something, with the words they need.
LISTING = {
    "changes": ("--db", DB),
    "decide": ("--db", DB),
    "explain": ("00000", "--db", DB),
    "formats": (),
    "license": ("CC BY 4.0",),
    "plan": (LIST,),
    "rulesets": (),
    "sources": (),
    "verify": ("--db", DB),
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with rehearsing(tmp_path_factory.mktemp("verbs"), 12) as made:
        made.refreshed()
        yield made


def test_every_verb_is_told_of(stage: Stage) -> None:
    assert sorted(ABOUT) == VERBS
    assert isinstance(cli, Verbs)
    said = stage.fine("--help").out
    for verb in VERBS:
        assert f"  {verb} " in said
        assert ABOUT[verb] in said


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_has_help(stage: Stage, verb: str) -> None:
    said = stage.fine(verb, "--help")
    assert "Usage: deedwatch" in said.out
    command = cli.get_command(None, verb)  # type: ignore[arg-type]
    assert command is not None
    assert command.help
    for option in command.params:
        if option.param_type_name == "option":
            assert getattr(option, "help", None), (verb, option.name)


def test_without_words_help_is_printed(stage: Stage) -> None:
    said = stage.run()
    assert said.code == 0
    assert said.out == stage.run("--help").out
    assert "deedwatch VERB --help" in said.out


@pytest.mark.parametrize("verb", sorted(LISTING))
def test_every_listing_verb_speaks_json(stage: Stage, verb: str) -> None:
    words = LISTING[verb]
    plain = stage.fine(verb, *words).out
    said = stage.fine(verb, *words) if verb == "license" else stage.fine(verb, *words, "--json")
    assert json.loads(said.out) is not None
    assert verb == "license" or plain != said.out


@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_option_is_one_sentence_and_exit_2(stage: Stage, verb: str) -> None:
    done = stage.run(verb, "--no-such-option")
    assert done.code == 2
    assert done.err.startswith("deedwatch: ")
    assert done.err.count("\n") == 1
    assert "--no-such-option" in done.err
    assert f"deedwatch {verb} --help" in done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("no-such-verb",), 2, "no-such-verb"),
        (("refresh",), 2, "MANIFEST"),
        (("refresh", "none.csv"), 2, "none.csv"),
        (("refresh", "."), 2, "."),
        (("refresh", LIST, "--format", "nonsense"), 2, "nonsense"),
        (("refresh", LIST, "--map", "nonsense"), 2, "nonsense"),
        (("refresh", LIST, "--map", "key=no_such_column"), 2, "no_such_column"),
        (("refresh", LIST, "--accept-terms", "nobody"), 2, "nobody"),
        (("refresh", LIST, "--contact", "not a contact"), 3, "contact"),
        (("refresh", LIST, "--db", "no/such/folder/x.db"), 2, "no/such/folder"),
        (("plan", "none.csv"), 2, "none.csv"),
        (("changes",), 2, "--dataset"),
        (("changes", "--db", "none.db"), 2, "none.db"),
        (("changes", "--db", DB, "--since", "last tuesday"), 2, "last tuesday"),
        (("changes", "--db", DB, "--limit", "many"), 2, "many"),
        (("decide", "--db", DB, "--use", "nonsense"), 2, "nonsense"),
        (("decide", "--db", DB, "--ruleset", "nonsense"), 2, "nonsense"),
        (("decide", "--db", DB, "--profile", "nonsense"), 2, "nonsense"),
        (("decide", LIST, "--db", DB), 2, "--declared"),
        (("explain",), 2, "KEY"),
        (("explain", "nothing", "--db", DB), 2, "nothing"),
        (("card", "--db", DB), 2, "--out"),
        (("card", "--db", DB, "--out", LIST), 2, LIST),
        (("card", "--db", DB, "--out", "c", "--as-of", "soon"), 2, "soon"),
        (("export", "pictures", "--db", DB, "--out", "x"), 2, "pictures"),
        (("export", "lists", "--db", DB, "--out", "x", "--as", "xlsx"), 2, "xlsx"),
        (("export", "lists", "--db", DB, "--out", "x", "--layer", "nonsense"), 2, "nonsense"),
        (("forget", "--db", DB, "--image", "00000"), 2, "--why"),
        (("verify", "--db", LIST), 2, LIST),
        (("verify", "--db", DB, "--card", LIST), 2, LIST),
        (("reread", "--db", "none.db"), 2, "none.db"),
        (("read", "none.html", "--url", "https://a.example/"), 2, "none.html"),
        (("read", LIST), 2, "--url"),
        (("rulesets", "show", "nonsense"), 2, "nonsense"),
    ],
)
def test_every_mistake_is_one_sentence_that_names_it(
    stage: Stage, words: tuple[str, ...], code: int, said: str
) -> None:
    done = stage.run(*words)
    assert done.code == code, done.err
    lines = done.err.strip().splitlines()
    assert len(lines) == 1, done.err
    assert lines[0].startswith("deedwatch: ")
    assert said in lines[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contact = 5\n", "contact"),
        ("[keys]\nFLICKR_API_KEY = 7\n", "FLICKR_API_KEY"),
        ("keys = 3\n", "keys"),
        ('accept_terms = "flickr"\n', "accept_terms"),
        ("contact = \n", "not valid TOML"),
    ],
)
def test_a_broken_settings_file_names_file_and_field(stage: Stage, text: str, said: str) -> None:
    path = stage.folder / "deedwatch.toml"
    path.write_text(text, "utf-8")
    try:
        done = stage.refresh(DEEDWATCH_CONTACT="", FLICKR_API_KEY="")
    finally:
        path.unlink()
    assert done.code == 2
    assert "deedwatch.toml" in done.err
    assert said in done.err
    assert done.err.strip().count("\n") == 0


def test_settings_come_from_flags_then_environment_then_file(stage: Stage) -> None:
    path = stage.folder / "deedwatch.toml"
    path.write_text('contact = "file@deedwatch.example"\naccept_terms = ["flickr"]\n', "utf-8")
    try:
        for words, env, agent in (
            ((), {"DEEDWATCH_CONTACT": ""}, "file@"),
            ((), {"DEEDWATCH_CONTACT": "env@deedwatch.example"}, "env@"),
            (
                ("--contact", "flag@deedwatch.example"),
                {"DEEDWATCH_CONTACT": "env@deedwatch.example"},
                "flag@",
            ),
        ):
            stage.fine("refresh", LIST, *words, **env)
            assert agent in list(stage.web.web.log)[-1][4]
    finally:
        path.unlink()
    assert ("available",) in stage.rows("SELECT status FROM image_state WHERE source = 'flickr'")


def test_the_version(stage: Stage) -> None:
    assert re.fullmatch(r"deedwatch \d[\d.]*\n", stage.fine("--version").out)


def test_help_is_quick_and_imports_no_crawler(stage: Stage) -> None:
    code = (
        "import sys; sys.argv = ['deedwatch', '--help']\nfrom deedwatch.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'scrapy', 'twisted', 'aiohttp', 'pyarrow', 'lxml', 'jinja2', 'sqlite_utils'} & set(sys.modules)\n"
        "sys.exit(f'{heavy} loaded' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_printable_shows_what_a_terminal_would_obey() -> None:
    assert printable("a\x1b[31mb\u202ec\nd") == "a\\u001b[31mb\\u202ec\nd"


def test_the_whole_run_in_a_pipe_is_plain_lines(tmp_path: Path) -> None:
    with rehearsing(tmp_path, 12) as stage:
        done = stage.refreshed()
        assert "\x1b" not in done.out + done.err
        assert "\r" not in done.out + done.err
        quiet = stage.refreshed("--quiet")
        assert quiet.err == ""
