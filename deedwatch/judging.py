"""Evidence as of a day × profile × rulesets → cases, verdicts and their tallies, for ``decide``, ``card`` and
``export``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler.evidence import as_of, queries
from crawler.evidence.clock import iso
from crawler.evidence.file import EvidenceFile
from crawler.licenses.registry import registry_hash
from crawler.model import Case, Use
from dataset_cards.policy.evaluate import Tally, judge_cases
from dataset_cards.policy.profile import Profile, load_profile
from dataset_cards.policy.ruleset import Ruleset, load_ruleset, ruleset_names
from deedwatch.rules import RULES

#: A conclusive look older than this is stale: a licence page may have changed twice in a year and nobody
#: would know.
FRESH_DAYS = 365
#: The ruleset a card leads with unless the user names one: Creative Commons' own primer, followed always.
PUBLISHERS = "cc-always"


@dataclass(slots=True)
class Judgement:
    """What was judged and what came out; ``inputs`` is what a decision on record says of it."""

    view: as_of.View
    profile: Profile
    rulesets: tuple[Ruleset, ...]
    declared_only: bool
    tally: Tally
    cases: list[tuple[Case, int]] = field(default_factory=list)

    @property
    def leading(self) -> Ruleset:
        """The publisher's ruleset."""
        return self.rulesets[0]

    @property
    def inputs(self) -> dict[str, Any]:
        """Hashes and names of everything that went in, for the decision's row."""
        head = self.view.as_of.head
        return {
            "as_of": iso(self.view.as_of.at),
            "head": {"chain": head.chain, "number": head.number, "hash": head.hash},
            "rulesets": {r.id: r.hash for r in self.rulesets},
            "profile": {"name": self.profile.name, "sha256": self.profile.hash},
            "registry": registry_hash(),
            "fresh_days": FRESH_DAYS,
            "declared_only": self.declared_only,
            "version": version(),
        }


def version() -> str:
    """The installed version of deedwatch."""
    from crawler.politeness.identity import version as installed

    return installed()


def judge(
    file: EvidenceFile,
    *,
    when: str | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    declared_only: bool = False,
) -> Judgement:
    """Judge all listed images. Raises BadInput / BadRuleset for what the user named wrongly."""
    chosen, known = named(rulesets, profile)
    view = as_of.View(file, RULES, as_of.find(file, when))
    cases = list(_cases(view, declared_only=declared_only))
    return Judgement(view, known, chosen, declared_only, judge_cases(cases, chosen, known), cases)


def named(rulesets: tuple[str, ...], profile: str | None) -> tuple[tuple[Ruleset, ...], Profile]:
    """What the user named to judge by. Raises BadRuleset."""
    return _rulesets(rulesets), load_profile(profile)


def _rulesets(names: tuple[str, ...]) -> tuple[Ruleset, ...]:
    """The named rulesets, the first of them leading; all that ship when none is named."""
    if names:
        return tuple(load_ruleset(name) for name in names)
    shipped = [load_ruleset(name) for name in ruleset_names()]
    return tuple(sorted(shipped, key=lambda ruleset: (ruleset.name != PUBLISHERS, ruleset.name)))


def _cases(view: as_of.View, *, declared_only: bool) -> Iterator[tuple[Case, int]]:
    for case, images in queries.case_counts(view, fresh_days=FRESH_DAYS):
        yield (on_the_lists_word(case) if declared_only else case), images


def on_the_lists_word(case: Case) -> Case:
    """The case as if nobody had looked yet: what the manifest declares and nothing else."""
    return replace(case, findings=None, standing=None, loss="", stale=False, licenses_ever=(), differs="")


def write_output(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)


def verdict_table(
    tally: Tally, rulesets: tuple[Ruleset, ...]
) -> Mapping[tuple[str, str, str], Mapping[str, int]]:
    """{(ruleset id, use, layer or "overall"): {verdict: images}}."""
    table: dict[tuple[str, str, str], Mapping[str, int]] = {}
    for ruleset in rulesets:
        for use in Use:
            key = (use, ruleset.id)
            table[ruleset.id, use.value, "overall"] = tally.overall.get(key, {})
            for (u, r, layer), counts in tally.layers.items():
                if (u, r) == key:
                    table[ruleset.id, use.value, layer] = counts
    return table
