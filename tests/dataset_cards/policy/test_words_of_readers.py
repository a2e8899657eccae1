"""Every word that readers write about people, minors, releases and AI is one that rules understand."""

import pytest

from crawler.model import Field, Look, Reason, Scope, Status
from crawler.reading.findings import findings_of
from crawler.reading.words import said_in_words
from dataset_cards.policy.gather import gather
from dataset_cards.policy.profile import Profile
from dataset_cards.policy.signals import minors_word, people_word, release_word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Model release: yes", "stated"),
        ("MR on file", "stated"),
        ("No model release", "none"),
        ("For editorial use only", "none"),
        ("Model release: yes. Editorial use only.", "none"),
        ("Model release: limited", "limited"),
        ("Model release: n/a", ""),
    ],
)
def test_releases(text: str, word: str) -> None:
    claims = tuple(said_in_words.from_text(text, Scope.IMAGE, "/d"))
    findings = findings_of(Look("1", Status.AVAILABLE, Reason.SEEN, claims))
    assert release_word(findings.model_release)[0] == word
    assert ("editorial" in findings.restrictions) == ("ditorial" in text)


@pytest.mark.parametrize(
    ("text", "word"),
    [("AG-A17", "shown"), ("AG-U14", "shown"), ("AG-A25", "adults"), ("7 years old", "keyword")],
)
def test_minors(text: str, word: str) -> None:
    claims = said_in_words.from_text(text, Scope.IMAGE, "/d")
    assert minors_word(f"{c.value}:{c.basis}" for c in claims)[0] == word


def test_people_by_tag_are_shown_by_keyword() -> None:
    claims = [c for c in said_in_words.from_tags(["Women", "sea"], "/t") if c.field is Field.PEOPLE]
    assert people_word(f"{c.value}:{c.basis}" for c in claims) == ("shown", "keyword")


@pytest.mark.parametrize(
    ("said", "value", "basis"),
    [
        (["yes:keyword"], "stated", "keyword"),
        (["yes:keyword", "yes:stated"], "stated", "stated"),
        (["no:stated"], "unknown", ""),
        ([], "unknown", ""),
    ],
)
def test_ai_keeps_its_basis(make_case, said: list[str], value: str, basis: str) -> None:
    fact = gather(make_case(ai_generated=said), Profile()).ai_generated
    assert (fact.value, fact.basis) == (value, basis)
