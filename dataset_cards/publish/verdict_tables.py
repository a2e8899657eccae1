"""What the rulesets say, as tables: the answer per use, all layers, the comparison, the lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dataset_cards.publish.chart import bars
from dataset_cards.publish.figures import OVERALL, Figures, ListFile
from dataset_cards.publish.foreign_text import Markdown, code, md
from dataset_cards.publish.table import Cell, part, place, table
from dataset_cards.publish.words import ACTIONS, LAYERS, USES, VERDICTS, layer_label, number, use_label


def actions(figures: Figures, ruleset: str) -> Markdown | None:
    """Keep, review, drop per use under one ruleset."""
    rows = []
    for bar in bars(figures, ruleset):
        meaning = f"<br>{USES[bar.use][1]}" if bar.use in USES else ""
        label = Markdown(f"**{md(use_label(bar.use))}**{meaning}")
        rows.append([label, *(part(n, bar.total) for n in (bar.keep, bar.review, bar.drop))])
    return table(["Use", "Keep", "Review", "Drop"], rows, 1) if rows else None


@dataclass(frozen=True, slots=True)
class RulesetView:
    """One folded block: the ruleset's name, a mark if it is the publisher's, two tables."""

    name: Markdown
    mark: Markdown
    actions: Markdown | None
    verdicts: Markdown


def rulesets(figures: Figures) -> list[RulesetView]:
    """What each ruleset that judged says in full, the publisher's first."""
    return [
        RulesetView(
            md(name),
            Markdown(" (the answer above)" if name == figures.ruleset else ""),
            actions(figures, name) if name != figures.ruleset else None,
            _verdicts(figures, name),
        )
        for name in _rulesets(figures)
    ]


def comparison(figures: Figures) -> Markdown | None:
    """Use × ruleset: how many images each ruleset would keep; ``None`` if only one judged."""
    names = _rulesets(figures)
    kept = {(bar.use, name): part(bar.keep, bar.total) for name in names for bar in bars(figures, name)}
    uses = sorted({use for use, _ in kept}, key=lambda use: (place(use, USES), use))
    rows = [[use_label(use), *(kept.get((use, name), "–") for name in names)] for use in uses]
    return table(["Keep, under", *(code(name) for name in names)], rows, 1) if len(names) > 1 else None


def lists(figures: Figures) -> Markdown | None:
    """One row per use, ruleset and layer; under each action the number of keys and a link per format.

    The column of rulesets is left out where all lists follow the publisher's.
    """
    groups: dict[tuple[str, str, str], list[ListFile]] = {}
    for file in sorted(figures.lists, key=_list_order):
        groups.setdefault((file.use, file.ruleset, file.layer or ""), []).append(file)
    several = {file.ruleset for file in figures.lists} != {figures.ruleset}
    rows: list[list[Cell]] = []
    for (use, ruleset, layer), group in groups.items():
        only = f" ({layer_label(layer)} only)" if layer else ""
        links = [_links([file for file in group if file.action == action]) for action in ACTIONS]
        rows.append([use_label(use) + only, *([code(ruleset)] if several else []), *links])
    heads = ["Use", *(["Ruleset"] if several else []), "Keep", "Review", "Drop"]
    return table(heads, rows, len(heads) - 3) if rows else None


def list_hashes(figures: Figures) -> Markdown:
    """The published files with their SHA-256."""
    ordered = sorted(figures.lists, key=_list_order)
    return table(["File", "SHA-256"], [[code(file.name), code(file.sha256)] for file in ordered], 2)


def _list_order(file: ListFile) -> tuple[str, str, int, str, int, str]:
    use, action = place(file.use, USES), place(file.action, ACTIONS)
    return (file.layer or "", file.ruleset, use, file.use, action, file.name)


_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]+")


def _links(files: list[ListFile]) -> Markdown:
    if not files:
        return Markdown("–")
    shown = [
        f"[{md(file.format)}]({file.name})" if _PLAIN_NAME.fullmatch(file.name) else code(file.name)
        for file in files
    ]
    return Markdown(" ".join([number(files[0].rows), *shown]))


def _rulesets(figures: Figures) -> list[str]:
    """All rulesets that judged, the publisher's first, then by id."""
    names = {ruleset for ruleset, _, _ in figures.verdicts} | {ruleset for ruleset, _ in figures.actions}
    return sorted(names, key=lambda name: (name != figures.ruleset, name))


def _verdicts(figures: Figures, ruleset: str) -> Markdown:
    judged = {(use, layer): n for (name, use, layer), n in figures.verdicts.items() if name == ruleset}
    ordered = sorted(
        judged.items(),
        key=lambda item: (
            place(item[0][0], USES),
            item[0][0],
            place(layer_label(item[0][1]), LAYERS.values()),
            item[0][1],
        ),
    )
    rows: list[list[Cell]] = []
    for (use, layer), counts in ordered:
        label = md(layer_label(layer))
        bold = Markdown(f"**{label}**") if layer == OVERALL else label
        rows.append([use_label(use), bold, *(counts.get(verdict, 0) for verdict in VERDICTS)])
    return table(["Use", "Layer", *(verdict.capitalize() for verdict in VERDICTS)], rows, 2)
