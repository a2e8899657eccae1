"""Rules cite what a reader can open: a public source, or an anchor of docs/principles.md that exists."""

import re
from pathlib import Path

from dataset_cards.policy.ruleset import load_ruleset, shipped_rulesets

ANCHOR = re.compile(r"docs/principles\.md#([a-z0-9-]+)")


def anchors(root: Path) -> set[str]:
    """Anchors as GitHub makes them from headings: lower case, punctuation dropped, spaces as hyphens."""
    text = (root / "docs" / "principles.md").read_text("utf-8")
    titles = re.findall(r"^### (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def cited() -> dict[str, str]:
    """{ruleset and rule: citation} of all that ship."""
    return {
        f"{ruleset.id} {rule.id}": rule.citation
        for ruleset in map(load_ruleset, shipped_rulesets())
        for rule in ruleset.rules
    }


def test_every_anchor_cited_exists_and_every_principle_is_cited(root: Path) -> None:
    used = {anchor for citation in cited().values() for anchor in ANCHOR.findall(citation)}
    assert used == anchors(root)


def test_no_citation_names_a_file_that_readers_do_not_have(root: Path) -> None:
    for rule, citation in cited().items():
        ours = ANCHOR.sub("", citation)
        assert "design" not in ours.lower(), rule
        for name in re.findall(r"[\w./-]+\.md", ours):
            assert name == "TERMS.md", f"{rule} cites {name}"
