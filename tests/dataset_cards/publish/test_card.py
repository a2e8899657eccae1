import json
import os
import re
import subprocess
import sys

import pytest
from huggingface_hub import DatasetCard
from markdown_it import MarkdownIt

from crawler.model import Reason, Status, Use
from dataset_cards.changes.kinds import ChangeKind
from dataset_cards.policy.rule import LAYERS
from dataset_cards.publish import words
from dataset_cards.publish.card import FLICKR_NOTICE, head_in_card, render_card
from dataset_cards.publish.figures import (
    OVERALL,
    Figures,
    Hashed,
    Head,
    ListFile,
    NotKnown,
    RefreshRun,
    SourceState,
)
from dataset_cards.publish.table import date
from tests.dataset_cards.publish.example_figures import example

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def shape(card: str) -> list[str]:
    """The structure of a card without its words: headings, tables, rows, cells, lists, HTML blocks."""
    body = card.split("\n---\n", 1)[1]
    kinds = (
        "heading_open",
        "th_open",
        "td_open",
        "tr_open",
        "list_item_open",
        "blockquote_open",
        "image",
        "link_open",
    )
    found = []
    for token in MARKDOWN.parse(body):
        for each in (token, *(token.children or [])):
            if each.type in kinds:
                found.append(each.tag)
            elif each.type == "html_block":
                found.append(re.sub(r">[^<]+<", "><", each.content.replace("<!-- -->", "")))
    return found


def section(card: str, heading: str) -> str:
    return re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ )", card, re.M | re.S)[1]


def test_every_word_of_our_vocabularies_has_words() -> None:
    assert set(words.USES) == set(Use)
    assert set(words.STATUSES) == set(Status)
    assert set(words.REASONS) == set(Reason)
    assert set(words.CHANGES) == set(ChangeKind)
    assert set(words.LAYERS) == {OVERALL, *LAYERS}


def test_the_answer_comes_first_and_its_numbers_are_there() -> None:
    card = render_card(example())
    assert card.index("## The answer") < card.index("## Licences")
    answer = section(card, "The answer")
    assert "Of 70,000 images, under the ruleset `cc-where-required-2026-11-01`" in answer
    row = next(line for line in answer.splitlines() if "**Internal research**" in line)
    assert [cell.strip() for cell in row.split("|")[2:5]] == ["106 (0.2%)", "69,460 (99.2%)", "434 (0.6%)"]
    assert "](chart.svg)" in answer
    assert "![Commercial training: keep 0, review 69,566, drop 434." in answer


def test_two_percent_coverage_is_said_plainly() -> None:
    card = render_card(example())
    assert "1,400 of 70,000 images (2.0%) were taken up; 1,310 (93.6%) of them gave a conclusive" in card
    assert "| any | *unknown* | nobody has looked yet | 68,600 (98.0%) |" in section(
        card, "Where the images come from"
    )
    assert section(card, "What is not known").startswith("\nUnknown is never yes")
    assert "- 68,600 images (98.0%): nobody has looked" in section(card, "What is not known")


def test_nothing_visited_and_all_visited() -> None:
    none = render_card(example(visited=0, statuses={}))
    assert "None of the 70,000 images has been looked at yet" in none
    full = render_card(example(visited=70_000))
    assert "All 70,000 images were taken up" in full
    assert "nobody has looked yet" not in full


def test_images_nobody_may_look_at_count_as_taken_up_only() -> None:
    statuses = {
        ("flickr", Status.AVAILABLE, Reason.SEEN): 270,
        ("flickr", Status.UNREACHABLE, Reason.TIMEOUT): 9,
        ("any_page", Status.DISALLOWED, Reason.ROBOTS): 14,
        ("any_page", Status.UNREACHABLE, Reason.ROBOTS_UNREACHABLE): 2,
        ("none", Status.UNSUPPORTED, Reason.NO_SOURCE_PAGE): 5,
    }
    card = render_card(example(images=300, visited=300, statuses=statuses))
    assert "looked at" not in card.split("**Coverage.**")[1].splitlines()[0]
    assert "All 300 images were taken up; 279 of them (93.0%) could be asked about" in card
    assert "and 270 (96.8%) of these gave a conclusive answer" in card
    closed = {("flickr", Status.DISALLOWED, Reason.NO_KEY): 300}
    none = render_card(example(images=300, visited=300, statuses=closed))
    assert "All 300 images were taken up; none of them could be asked about" in none


def test_an_apostrophe_stays_one() -> None:
    statuses = {("flickr", Status.GONE, Reason.ACCOUNT_GONE): 1}
    card = render_card(example(statuses=statuses))
    assert "the owner's account is gone" in card
    assert "&#39;" not in card


def test_licences_in_the_list_and_at_the_source() -> None:
    table = section(render_card(example()), "Licences: in the list and at the source")
    assert "| `CC-BY-NC-2.0` | 32,301 (46.1%) | 499 (0.7%) |" in table
    assert "| *not seen by us* | 0 (0%) | 68,799 (98.3%) |" in table
    assert "known |" not in table.replace("*not", "")
    split = section(render_card(example()), "Does the source differ from the list?")
    assert "1,091 images have a licence known on both sides" in split
    assert "| changed by the uploader after the dataset was collected | 71 (6.5%) |" in split


def test_all_rulesets_uses_and_layers_are_folded_in() -> None:
    card = render_card(example())
    assert card.count("<details>") == card.count("</details>") == 5
    first = re.search(r"<summary>(.*?)</summary>", card.split("### All rulesets")[1])[1]
    assert first == "cc-where-required-2026-11-01 (the answer above)"
    rows = [
        line
        for line in card.splitlines()
        if re.match(r"\| (Commercial training|Internal research) \| ", line)
    ]
    layered = [line for line in rows if line.count("|") == 8]
    assert len(layered) == 4 * 2 * 8
    assert "| Internal research | **overall** | 53 | 53 | 860 | 68,600 | 434 |" in rows
    assert "| Internal research | 106 (0.2%) | 212 (0.3%) | 70 (0.1%) | 53 (&lt;0.1%) |" in card


def test_what_must_be_said_is_said() -> None:
    card = render_card(example())
    assert "\n# Licence and source audit of FFHQ\n" in card
    assert "**not made by FFHQ's authors**" in card
    assert "Uploaders stated these licences; nobody verified that they held the rights." in card
    assert "not legal advice" in card
    assert FLICKR_NOTICE in card
    assert FLICKR_NOTICE not in render_card(example(flickr_used=False))
    assert "This is a rehearsal" not in card
    assert "**This is a rehearsal.**" in render_card(example(rehearsal=True))
    assert (
        "No opt-out signal was found in the carriers read. Carriers not read may hold some."
        in render_card(example(opt_outs={}))
    )
    for item in example().rulesets:
        assert item.sha256 in card
    assert "0d" * 32 in card


def test_the_head_can_be_read_back() -> None:
    assert head_in_card(render_card(example())) == Head("5f0c1a7e", 1412, "ab" * 32)
    assert head_in_card("# Some other card\n") is None


def test_changes() -> None:
    changes = section(render_card(example()), "Changes")
    assert "Seen since 2026-10-20 08:00 UTC" in changes
    assert "| no longer public (confirmed) | 31 |" in changes
    first = render_card(example(changes={}, changes_since=None))
    assert "There was one refresh so far" in section(first, "Changes")
    assert "No change was seen since 2026-10-20 08:00 UTC" in section(
        render_card(example(changes={})), "Changes"
    )


def test_people_carry_their_basis() -> None:
    people = section(render_card(example()), "People, minors and model releases")
    assert "| Minors | minor | a keyword, not a statement | 44 (&lt;0.1%) |" in people
    assert "| Model release | not held | – | 70,000 (100%) |" in people
    assert "*no statement on record*" in section(
        render_card(example(people={})), "People, minors and model releases"
    )


def test_a_card_of_nothing_still_reads() -> None:
    empty = Figures(
        "x", "2026-01-01T00:00:00Z", Head("a", 0, "b"), "0.1.0", "m.csv", "c", "table", 0, 0, "strict"
    )
    card = render_card(empty)
    assert "No use has been judged under the ruleset `strict` yet." in card
    assert "has not said under which terms" in card
    assert DatasetCard(card).data.to_dict()["size_categories"] == ["n<1K"]


def test_the_hubs_own_reader_loads_it() -> None:
    card = DatasetCard(render_card(example()))
    data = card.data.to_dict()
    assert data["license"] == "cc0-1.0"
    assert data["configs"][0]["data_files"][0]["split"] == "keep"
    assert card.text.lstrip().startswith("# Licence and source audit of FFHQ")


def test_it_is_clean_text() -> None:
    card = render_card(example())
    assert card.endswith("\n")
    assert not card.endswith("\n\n")
    assert "\r" not in card
    assert "\n\n\n" not in card
    assert not [line for line in card.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns"])
def test_bytes_do_not_depend_on_zone_locale_or_hash_seed(zone: str, root) -> None:
    script = (
        "import hashlib, locale\n"
        "try: locale.setlocale(locale.LC_ALL, '')\n"
        "except locale.Error: pass\n"
        "from tests.dataset_cards.publish.example_figures import example\n"
        "from dataset_cards.publish.card import render_card\n"
        "from dataset_cards.publish.chart import render_chart\n"
        "text = render_card(example()) + render_chart(example())\n"
        "print(hashlib.sha256(text.encode()).hexdigest())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env=os.environ | {"TZ": zone, "LANG": lang, "LC_ALL": lang, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for lang, seed in (("C", "1"), ("de_DE.UTF-8", "2"), ("tr_TR.UTF-8", "3"))
    }
    assert len(seen) == 1


def hostile(text: str) -> Figures:
    """The example with every string that comes from outside replaced, sources and reasons included."""
    plain = example()
    return example(
        dataset=text,
        manifest_name=text,
        manifest_format=text,
        version=text,
        source_dataset=text,
        contact=text,
        profile=Hashed(text, text),
        rulesets=(Hashed(text, text),),
        statuses={(text, Status.AVAILABLE, text): 1},
        source_states=(SourceState(text, text, text, 1),),
        licenses_now={text: 5},
        licenses_declared={},
        license_states={},
        changes={text: 2},
        opt_outs={text: 1},
        carriers_read={text: 1},
        people={text: 1},
        minors={text: 1},
        model_releases={text: 1},
        withdrawals={text: 1},
        ruleset=text,
        actions={(text, text): {"keep": 1, "drop": 2}},
        verdicts={(text, text, text): {"eligible": 1}, (text, text, "overall"): {"eligible": 1}},
        refreshes=(RefreshRun(1, text, text, 3),),
        not_known=(NotKnown(text, 3),),
        lists=(
            ListFile("keep.csv", text, text, "keep", text, 1, text),
            ListFile("../x y", text, text, "drop", "csv", 1, ""),
        ),
        changes_since=text,
        as_of=text,
        head=Head(text, plain.head.number, text),
    )


def same_shape_as_harmless(text: str, harmless: list[str]) -> None:
    card = render_card(hostile(text))
    assert shape(card) == harmless, text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", card)
    assert not re.search(
        r"<(?!/?(details|summary|code|br)>|!-- -->)", card.split("\n---\n", 1)[1].replace("* < *", "")
    )
    data = DatasetCard(card).data.to_dict()
    assert data["license"] == "cc0-1.0"
    assert data["pretty_name"].startswith("Licence and source audit of")
    card.encode("utf-8")


def test_hostile_strings_of_our_own_change_no_structure() -> None:
    harmless = shape(render_card(hostile("harm less")))
    for text in (
        "Jane\n---\nlicense: mit\n---\n# pwned",
        "| a | b |\n|---|---|\n| c |",
        "</td></tr></table><script>alert(1)</script>",
        "</summary></details><img src=x onerror=alert(1)>",
        "![x](http://evil.example/p.png) [y](javascript:alert(1))",
        "``` `a` ``b`` ~~~",
        "*a* _b_ **c** __d__ ~~e~~ $$x$$ \\(y\\)",
        "\x1b]0;title\x07 \x1b[31m \u202e",
        "{{ f.images }} {% raw %} {# c #}",
        "- [ ] task",
        "1) one",
        "&lt;b&gt; &#x3c;",
        "<!-- x --> --> <!-- ",
        "[ref]: http://evil.example",
        "\\",
        "trailing \\",
        "x`",
        "\ud800\ufffe",
    ):
        same_shape_as_harmless(text, harmless)


def test_the_shared_hostile_strings_change_no_structure(shared) -> None:
    harmless = shape(render_card(hostile("harm less")))
    lines = (shared / "suites/hostile-strings/strings.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        text = json.loads(line)["input"]["string"]
        if text.strip():
            same_shape_as_harmless(text, harmless)


def test_dates() -> None:
    assert date("2026-11-23T10:41:07.250Z") == "2026-11-23 10:41 UTC"
    assert date("<b>") == "&#60;b&#62;"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 5, "0%"),
        (5, 5, "100%"),
        (1, 70_000, "<0.1%"),
        (69_999, 70_000, ">99.9%"),
        (1, 3, "33.3%"),
        (0, 0, "–"),
    ],
)
def test_shares_never_round_to_nothing_or_all(part: int, whole: int, shown: str) -> None:
    assert words.share(part, whole) == shown


def test_lists_are_linked_and_hashed() -> None:
    card = render_card(example())
    lists = section(card, "The lists")
    row = next(line for line in lists.splitlines() if line.startswith("| Internal research |"))
    assert row.count("](") == 6
    assert "106 [csv](keep--internal-research--cc-where-required-2026-11-01.csv)" in row
    assert "| Use | Keep | Review | Drop |" in lists
    assert lists.count("ee" * 32) == 36
    other = ListFile("keep--evaluation--strict.csv", "evaluation", "strict", "keep", "csv", 3, "aa")
    assert "| Use | Ruleset | Keep | Review | Drop |" in render_card(example(lists=(other,)))
    assert "### The lists" not in render_card(example(lists=()))


def test_a_card_carries_no_address_and_no_markup_of_a_picture_but_the_chart() -> None:
    body = render_card(example()).split("\n---\n", 1)[1]
    assert "http" not in body.replace("HTTP", "")
    assert re.findall(r"!\[[^\]]*\]\(([^)]*)\)", body) == ["chart.svg"]
    assert "<img" not in body
