"""Diffs of texts, and fields that too few photos have."""

from __future__ import annotations

from typing import Any

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


def counted(photos: int, unread: list[list[Any]] | None = None, **fields: int) -> dict[str, Any]:
    return {"flickr": {"photos": photos, "fields": fields, "unread": unread or []}}


FULL = dict.fromkeys(spiders()["flickr"].expects, 100)


def test_a_field_that_too_few_have_raises_an_alarm() -> None:
    (line,) = sentences(counted(100, **(FULL | {"author": 40})), {})
    assert line.startswith("ALARM: flickr gave author for 40.0% of 100 available photos; at least")
    assert sentences(counted(100, **FULL), {}) == []


def test_a_handful_of_photos_says_nothing() -> None:
    assert sentences(counted(LEAST_PHOTOS - 1, license=0), counted(100, **FULL)) == []


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
