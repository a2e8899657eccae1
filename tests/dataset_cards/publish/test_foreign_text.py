import csv
import html
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dataset_cards.publish.foreign_text import code, csv_cell, csv_value, md, terminal, visible, xml

ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates included
NASTY = st.text(
    st.sampled_from("=+-@'\"\\\t\r\n\x00\x1b\u202e\u200b\ud800|`*_[](){}<>&#!$~ :/.www@aZ1\ufeff"),
    max_size=25,
)
EITHER = st.one_of(ANY_TEXT, NASTY)
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\uffff]"
)
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def rendered(markdown: str) -> str:
    return html.unescape(MARKDOWN.render(markdown).replace("<!-- -->", ""))


@given(EITHER)
@settings(max_examples=150)
def test_nothing_unseen_survives_and_what_is_seen_stays(text: str) -> None:
    shown = visible(text)
    assert not UNSEEN.search(shown)
    shown.encode("utf-8")
    plain = "".join(char for char in text if char.isalnum())
    assert plain == "".join(
        char for char in re.sub(r"⟨U\+[0-9A-F]+⟩", "", shown) if char.isalnum()
    ) or re.search("[\u115f\u1160\u3164\uffa0]", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain näme 田中 👩🏽", "plain näme 田中 👩🏽"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\r\nb\x7f", "a␍␊b␡"),
        ("safe\u202egpj.exe", "safe⟨U+202E⟩gpj.exe"),
        ("\ud800\u0085\uffff", "⟨U+D800⟩⟨U+0085⟩⟨U+FFFF⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
    ],
)
def test_unseen_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_long_texts_are_cut() -> None:
    assert visible("x" * 50, 10) == "x" * 9 + "…"


def test_a_terminal_gets_one_line() -> None:
    assert terminal("  <a>\n\t  text\x1b]0;title\x07 ") == "<a> text␛]0;title␇"


@given(EITHER)
@settings(max_examples=200)
def test_md_is_one_paragraph_of_exactly_the_visible_text(text: str) -> None:
    shown = visible(text).strip()
    if not shown:
        return
    assert rendered(md(text, limit=None)) == f"<p>{shown}</p>\n"


@given(EITHER)
@settings(max_examples=150)
def test_md_stays_in_its_heading_its_cell_and_its_summary(text: str) -> None:
    safe = md(text, limit=None)
    tokens = MARKDOWN.parse(
        f"# t {safe}\n\n| a | b |\n| --- | --- |\n| {safe} | 1 |\n\n<summary>{safe}</summary>\n"
    )
    kinds = [token.type for token in tokens]
    assert kinds.count("heading_open") == 1
    assert kinds.count("td_open") == 2
    assert kinds.count("html_block") == 1
    inline = {child.type for token in tokens for child in token.children or []}
    assert inline <= {"text", "text_special", "html_inline"}
    assert {c.content for t in tokens for c in t.children or [] if c.type == "html_inline"} <= {"<!-- -->"}


@given(EITHER)
@settings(max_examples=100)
def test_code_shows_the_visible_text(text: str) -> None:
    shown = visible(text).strip()
    if shown:
        assert rendered(f"x {code(text, limit=None)}") == f"<p>x <code>{shown}</code></p>\n"


@pytest.mark.parametrize(
    "text", ["http://evil.example", "www.evil.example", "a.b@evil.example", "HTTPS://x.example"]
)
def test_no_address_is_left_for_autolinkers(text: str) -> None:
    # What mdast-util-gfm-autolink-literal looks for, in each text node (a comment parts nodes).
    for node in md(text).split("<!-- -->"):
        seen = html.unescape(node)
        assert not re.search(r"(https?://|www(?=\.))[-.\w]+", seen, re.I)
        assert not re.search(r"[-.\w+]+@[-\w]+\.", seen)


def test_file_names_and_versions_stay_readable() -> None:
    assert md("ffhq-dataset-v2.json") == "ffhq-dataset-v2.json"
    assert md("deedwatch 0.1.0, a_b") == "deedwatch 0.1.0, a_b"
    assert md("0.1.0") == "0.1.0"
    assert md("1. one") == "1&#46; one"
    assert code("v2_final (1).json") == "`v2_final (1).json`"


def test_xml_escapes_attributes_too() -> None:
    assert xml("<a b=\"c\" d='e'>&\x00") == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;␀"


@given(EITHER)
@settings(max_examples=200)
def test_csv_cells_round_trip_and_start_no_formula(text: str) -> None:
    cell = csv_cell(text)
    assert csv_value(cell) == text
    assert not re.match(r"[\s\ufeff]*[=+\-@＝＋－＠]", cell)
    assert not UNSEEN.search(cell)
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerow([cell, "1"])
    assert next(csv.reader(io.StringIO(buffer.getvalue(), newline=""))) == [cell, "1"]
    cell.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("00012", "00012"),
        ("C:\\x\\y", "C:\\x\\y"),
        ("=1+1", "'=1+1"),
        ("-12", "'-12"),
        ("'quoted'", "''quoted'"),
        (" =A1", "' =A1"),
        ("a\nb", "'a\\u000ab"),
        ("-\\u0041", "'-\\\\u0041"),
    ],
)
def test_csv_guard(text: str, cell: str) -> None:
    assert csv_cell(text) == cell
    assert csv_value(cell) == text


def test_md_on_the_shared_hostile_strings(shared) -> None:
    for line in (shared / "suites/hostile-strings/strings.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["input"]["string"]
        shown = visible(text).strip()
        assert not UNSEEN.search(shown)
        if shown:
            assert rendered(md(text, limit=None)) == f"<p>{shown}</p>\n"
        assert csv_value(csv_cell(text)) == text
