"""Words that look like a model release or a child, and are none: a claimed release that isn't is worse than none."""

import pytest

from crawler.model import Field, Scope
from crawler.reading.words import said_in_words


def said(text: str) -> set[tuple[str, str | None]]:
    found = said_in_words.from_text(text, Scope.IMAGE, "/d")
    return {(str(c.field), c.value) for c in found}


@pytest.mark.parametrize(
    "text",
    [
        "Search model released images",
        "Filter: model released only",
        "Model release: yes / no",
        "Model release: yes/no",
        "☐ Model release: yes",
        "[ ] Model release: yes",
        "Model releases available for purchase",
        "Model release available to download",
        "Our photographers have model releases",
        "She has a model release party",
        "New model release is available",
        "The latest iPhone model release is available",
        "BMW new model release: yes",
        "Model release: pending",
        "Model release: unknown",
        "Model release date: 2019",
        "not released",
        "no longer editorial use only",
    ],
)
def test_no_statement(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Model release isn’t available", "no"),
        ("Model release: never signed", "no"),
        ("Model release: not released", "no"),
        ("Model release available for all persons shown", "yes"),
        ("The signed model release is on file", "yes"),
        ("2019, model release on file", "yes"),
        ("Has a model release for both", "yes"),
    ],
)
def test_statements(text: str, value: str) -> None:
    assert said(text) == {("model_release", value)}


@pytest.mark.parametrize(
    "title",
    [
        "Babybel",
        "Prelude in A minor",
        "Young adult",
        "No children",
        "Toddler proof",
        "baby kangaroo",
        "aged 12 years whisky",
        "12-year-old Scotch",
        "A 10 year old laptop",
        "Puppy, 3 months old",
        "Rex the dog, 4 years old",
        "Child labour museum",
    ],
)
def test_titles_without_children(title: str) -> None:
    assert said_in_words.from_title(title, Scope.IMAGE, "/t") == []


@pytest.mark.parametrize(
    ("tags", "raw"),
    [
        (["goat", "kid"], None),
        (["minor", "chord"], None),
        (["babybel", "minor scale", "young adult", "kidney"], None),
        (["kid", "playground"], "kid"),
        (["baby", "goat", "kid"], "baby"),
    ],
)
def test_tags_that_mean_something_else(tags: list[str], raw: str | None) -> None:
    found = [c.raw for c in said_in_words.from_tags(tags, "/t") if c.field is Field.MINORS]
    assert found == ([raw] if raw else [])
