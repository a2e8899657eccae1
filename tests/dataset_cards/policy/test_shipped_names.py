"""A ruleset of the user's own cannot pass as one that ships: lists and cards carry its name (DESIGN §6)."""

from pathlib import Path

import pytest

from crawler.errors import BadRuleset
from dataset_cards.policy.located import shipped_text
from dataset_cards.policy.ruleset import load_ruleset, ruleset_names

SHIPPED = "strict-2026-11-23"


def test_an_edited_copy_must_take_another_name_or_date(tmp_path: Path):
    mine = tmp_path / "mine.toml"
    text = shipped_text("rulesets", SHIPPED)
    edited = text.replace('title = "Every act needs permission"', 'title = "Every act, ours"')
    assert edited != text
    mine.write_text(edited, "utf-8")
    with pytest.raises(
        BadRuleset, match=r"mine\.toml, line \d+, date: strict-2026-11-23 is a ruleset that ships"
    ):
        load_ruleset(mine)
    mine.write_text(edited.replace('name = "strict"', 'name = "ours"'), "utf-8")
    assert load_ruleset(mine).id == "ours-2026-11-23"


def test_an_exact_copy_is_the_shipped_one(tmp_path: Path):
    copy = tmp_path / "copy.toml"
    copy.write_text(shipped_text("rulesets", SHIPPED), "utf-8")
    assert load_ruleset(copy).hash == load_ruleset("strict").hash


def test_names_come_without_dates():
    assert ruleset_names() == ("cc-always", "cc-where-required", "strict", "tdm-eu")
