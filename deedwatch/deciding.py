"""Counts of verdicts per use, ruleset and layer, as ``decide`` shows and records them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import BadInput
from crawler.evidence import queries
from crawler.evidence.clock import parse_time
from crawler.evidence.record import Recorder
from crawler.manifests.open import open_manifest
from crawler.model import Use
from dataset_cards.policy.evaluate import Tally
from dataset_cards.policy.explain import NOT_LEGAL_ADVICE
from dataset_cards.policy.rule import LAYERS, VALUES
from deedwatch import judging
from deedwatch import refresh as job
from deedwatch.settings import load

_BEST_FIRST = tuple(reversed(VALUES))


@dataclass(frozen=True, slots=True)
class Decided:
    """A judgement with the uses asked for and the row it was recorded in."""

    judgement: judging.Judgement
    uses: tuple[Use, ...]
    decision: int
    dataset: str

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        tally = self.judgement.tally
        wanted = set(self.uses)
        return {
            "dataset": self.dataset,
            "images": tally.images,
            "inputs": self.judgement.inputs,
            "decision": self.decision,
            "overall": [
                {"ruleset": r, "use": u.value, "verdicts": dict(c), "actions": dict(tally.actions[u, r])}
                for (u, r), c in tally.overall.items()
                if u in wanted
            ],
            "layers": [
                {
                    "ruleset": r,
                    "use": u.value,
                    "layer": layer,
                    "verdicts": dict(c),
                    "rules": dict(tally.rules[u, r, layer]),
                }
                for (u, r, layer), c in tally.layers.items()
                if u in wanted
            ],
        }


def decide(
    path: Path,
    *,
    manifest: Path | None,
    dataset: str | None,
    when: str | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    uses: tuple[str, ...],
    declared: bool,
) -> Decided:
    """Judge and put on record. Raises BadInput, BadRuleset, FileInUse."""
    wanted = chosen_uses(uses)
    if manifest is not None and not declared:
        raise BadInput("decide judges an evidence file; with --declared it may read a manifest directly.")
    judging.named(rulesets, profile)  # what is wrong is told before a file is made
    if when is not None:
        parse_time(when, "--as-of")
    opened = None if manifest is None else open_manifest(manifest)
    with job.open_file(path, create=manifest is not None) as file:
        recorder = Recorder(file)
        if manifest is not None and opened is not None:
            run = job.Run(file, opened, job.name_of(file, dataset, manifest), load(job.key_names()))
            job.list_images(run, recorder, lambda _: None)
        judged = judging.judge(file, when=when, profile=profile, rulesets=rulesets, declared_only=declared)
        name = queries.dataset(judged.view).name
        outputs = {
            "uses": [use.value for use in wanted],
            "overall": {
                f"{r} {u.value}": dict(c) for (u, r), c in judged.tally.overall.items() if u in wanted
            },
        }
        row = recorder.decision("decide", judged.view.as_of.at, judged.inputs, outputs)
    return Decided(judged, wanted, row, name)


def chosen_uses(words: tuple[str, ...]) -> tuple[Use, ...]:
    """The named uses, or all six. Raises BadInput for a word that is none."""
    for word in words:
        if word not in list(Use):
            raise BadInput(f"--use {word}: there is no such use; there are {', '.join(Use)}.")
    return tuple(Use(word) for word in words) or tuple(Use)


def show(decided: Decided, *, layers: bool) -> list[str]:
    """The counts as lines for people."""
    judged = decided.judgement
    tally = judged.tally
    lines = []
    if judged.declared_only:
        lines.append(
            "ON THE LIST'S WORD ALONE: no look at any source counts, so no image gets beyond review."
        )
    lines.append(
        f"{decided.dataset}: {tally.images:,} images as of {judged.inputs['as_of']}, profile {judged.profile.name}."
    )
    for ruleset in judged.rulesets:
        lines += ["", f"{ruleset.id}: {ruleset.title}"]
        for use in decided.uses:
            key = (use, ruleset.id)
            lines.append(
                f"  {use.value:<20} {_counts(tally.overall.get(key, Counter()))}   {_actions(tally, key)}"
            )
            if layers:
                lines += [
                    f"    {layer:<18} {_counts(tally.layers[(*key, layer)])}"
                    for layer in LAYERS
                    if (*key, layer) in tally.layers
                ]
    lines += ["", _closing(judged, decided.uses), NOT_LEGAL_ADVICE]
    return lines


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{value} {counts[value]:,}" for value in _BEST_FIRST if counts.get(value)) or "nothing"


def _actions(tally: Tally, key: tuple[Use, str]) -> str:
    actions = tally.actions.get(key, Counter())
    return "→ " + " · ".join(f"{word} {actions[word]:,}" for word in ("keep", "review", "drop"))


#: The layer and value that hold most undecided images → what a person can do about it.
_ACTS = {
    ("license", "unknown"): "a refresh, for a look at what their sources state today.",
    ("license", "review"): "attestations in the profile, or a person's reading of the licences under review.",
    ("dataset-terms", "unknown"): "a profile that states the dataset's own licence and terms (--profile).",
    ("dataset-terms", "review"): "a person's reading of the dataset's own terms for this use.",
    ("site-terms", "unknown"): "a refresh, for a look at their sources.",
    ("site-terms", "review"): "a person's reading of the terms of the sites they stand on.",
    ("opt-outs", "unknown"): "a refresh that can read the opt-outs the ruleset requires.",
    (
        "opt-outs",
        "review",
    ): "a person's decision about opt-outs that their sites state for every crawler or for AI.",
    ("people", "unknown"): "a profile line that says who is shown: [shows] people.",
    ("people", "review"): "model releases for the people shown, or a person's review.",
    ("minors", "unknown"): "a profile line that says whether minors are shown: [shows] minors.",
    ("minors", "review"): "a person's review of the images that may show minors.",
    ("freshness", "unknown"): "a refresh: nobody has looked at their sources.",
    ("freshness", "review"): "a refresh: the evidence is missing or old.",
}


def _closing(judged: judging.Judgement, uses: tuple[Use, ...]) -> str:
    """The share decided under the leading ruleset, and the one act that would decide most of the rest."""
    tally, ruleset = judged.tally, judged.leading
    decided = total = 0
    holds: Counter[tuple[str, str]] = Counter()
    unseen = sum(n for case, n in judged.cases if case.findings is None)
    for use in uses:
        counts = tally.overall.get((use, ruleset.id), Counter())
        total += counts.total()
        decided += sum(counts[value] for value in ("eligible", "conditional", "ineligible"))
        for layer in LAYERS:
            layer_counts = tally.layers.get((use, ruleset.id, layer), Counter())
            for value in ("review", "unknown"):
                holds[layer, value] += layer_counts[value]
    share = f"{decided / total:.1%}" if total else "0%"
    said = f"Decided under {ruleset.id}: {share} of the questions (images × uses)."
    if decided == total or not holds:
        return f"{said} Nothing is left open."
    if 2 * unseen > tally.images:  # whatever the layers say: no site was asked
        return f"{said} What would decide most of the rest: a refresh, for a look at their sources."
    return f"{said} What would decide most of the rest: {_ACTS[holds.most_common(1)[0][0]]}"
