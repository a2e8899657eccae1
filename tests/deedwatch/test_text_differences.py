"""Diffs of texts, and fields that too few photos have."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.sources.discovery import spiders
from deedwatch.drift import LEAST_PHOTOS, sentences
from deedwatch.word_diff import diff

NAMES = ("version 1", "version 2")
LONG = "The license lasts as long as copyright does. " + "It says so in very many words. " * 6


def test_one_sentence_of_a_paragraph_is_told_alone() -> None:
    lines = diff(LONG + "You may not train.", LONG + "You may train.", names=NAMES)
    assert [line for line in lines if line[:2] in ("- ", "+ ")] == [
        "- You may not train.",
        "+ You may train.",
    ]
    assert all(len(line) <= 102 for line in lines)


def test_a_paragraph_laid_out_anew_is_no_difference() -> None:
    assert diff("One thing. Another thing.", "One thing.\nAnother thing.", names=NAMES) == []


def test_long_sentences_are_wrapped_under_their_sign() -> None:
    lines = diff("", "word " * 60, names=NAMES)
    added = [line for line in lines if line.startswith("+ ")]
    assert len(added) >= 3
    assert all(len(line) <= 102 for line in added)


def test_a_texts_own_dashes_are_no_heading() -> None:
    lines = diff("Same.\n-- version 9, never " + "x" * 9, "Same.\n++ forged", names=NAMES)
    assert lines[:2] == ["--- version 1", "+++ version 2"]
    assert [line for line in lines if line.startswith(("- -- ", "+ ++ "))] == [
        "- -- version 9, never " + "x" * 9,
        "+ ++ forged",
    ]
    assert not any(line.startswith(("--- ", "+++ ")) for line in lines[2:])


def counted(photos: int, unread: list[list[Any]] | None = None, **fields: int) -> dict[str, Any]:
    return {"flickr": {"photos": photos, "fields": fields, "unread": unread or []}}


FULL = dict.fromkeys(spiders()["flickr"].expects, 100)


def test_a_field_that_too_few_have_raises_an_alarm() -> None:
    (line,) = sentences(counted(100, **(FULL | {"author": 40})), {})
    assert line.startswith("ALARM: flickr gave author for 40.0% of 100 available photos; at least")
    assert sentences(counted(100, **FULL), {}) == []


def test_a_handful_of_photos_says_nothing() -> None:
    assert sentences(counted(LEAST_PHOTOS - 1, license=0), counted(100, **FULL)) == []


@pytest.mark.parametrize("photos", [20, 25, 40])
def test_one_photo_without_a_field_cries_no_wolf(photos: int) -> None:
    full = dict.fromkeys(spiders()["flickr"].expects, photos)
    name = "author"  # promised for 95 %
    assert sentences(counted(photos, **(full | {name: photos - 1})), {}) == []
    (line,) = sentences(counted(photos, **(full | {name: photos // 2})), {})
    assert f"gave {name} for" in line


def test_two_small_samples_differ_by_chance() -> None:
    full = dict.fromkeys(spiders()["flickr"].expects, 20)
    assert sentences(counted(20, **full, credit=8), counted(20, **full, credit=13)) == []
    (line,) = sentences(counted(20, **full, credit=2), counted(20, **full, credit=16))
    assert "credit for 10%" in line


def test_a_fall_since_the_last_refresh_is_told() -> None:
    before = counted(100, **FULL, credit=80)
    (line,) = sentences(counted(100, **FULL, credit=59), before)
    assert (
        line == "ALARM: flickr gave credit for 59% of its available photos, and for 80% in the last refresh."
    )
    assert sentences(counted(100, **FULL, credit=60), before) == []


def test_what_is_left_unread_most_is_named() -> None:
    unread = [["photo.new", 90], ["photo.b", 4], ["photo.c", 3], ["photo.d", 1]]
    (line,) = sentences(counted(100, unread, **FULL), {})
    assert line.endswith("photo.new (90), photo.b (4), photo.c (3).")


def test_answers_that_nobody_understands_are_told_of_when_they_rise() -> None:
    def answers(understood: int, lost: int) -> dict[str, Any]:
        fields = {"license": understood}
        return {"any_page": {"photos": understood, "unreadable": lost, "fields": fields, "unread": []}}

    (line,) = sentences(answers(60, 40), answers(100, 0))
    assert "40 of 100 photos at any_page" in line
    assert sentences(answers(60, 40), answers(60, 40)) == []
    assert sentences(answers(9, 10), answers(100, 0)) == []  # a handful
    assert sentences(answers(0, 100), {}) != []
    uncounted = {"any_page": {"photos": 100, "fields": {"license": 100}, "unread": []}}
    assert sentences(uncounted, answers(0, 100)) == []
