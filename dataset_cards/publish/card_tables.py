"""The tables of a card, each from figures to Markdown; every cell is neutralised where it is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dataset_cards.publish.chart import bars
from dataset_cards.publish.figures import OVERALL, Counts, Figures
from dataset_cards.publish.foreign_text import Markdown, code, md
from dataset_cards.publish.words import (
    CHANGES,
    DIFFERS,
    LAYERS,
    LICENSE_STATES,
    REASONS,
    STATUSES,
    USES,
    VERDICTS,
    layer_label,
    number,
    share,
    spelled,
    use_label,
)

Cell = str | int  # a number is grouped and right-aligned, text neutralised, Markdown taken as it is


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], numbers_from: int) -> Markdown:
    """A GFM table whose columns from ``numbers_from`` on are aligned to the right."""
    rule = ["---" if place < numbers_from else "--:" for place in range(len(heads))]
    lines = [list(heads), rule, *([_cell(cell) for cell in row] for row in rows)]
    return Markdown("\n".join("| " + " | ".join(line) + " |" for line in lines))


def date(time: str) -> Markdown:
    """``2026-11-23T10:00:00Z`` → "2026-11-23 10:00 UTC"; anything else as it is, neutralised."""
    match = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)", time, flags=re.ASCII
    )
    return Markdown(f"{match[1]} {match[2]} UTC") if match else md(time)


def actions(figures: Figures, ruleset: str) -> Markdown | None:
    """Keep, review, drop per use under one ruleset."""
    rows = []
    for bar in bars(figures, ruleset):
        meaning = f"<br>{USES[bar.use][1]}" if bar.use in USES else ""
        label = Markdown(f"**{md(use_label(bar.use))}**{meaning}")
        rows.append([label, *(_part(n, bar.total) for n in (bar.keep, bar.review, bar.drop))])
    return table(["Use", "Keep", "Review", "Drop"], rows, 1) if rows else None


@dataclass(frozen=True, slots=True)
class RulesetView:
    """One folded block: the ruleset's name, a mark if it is the publisher's, two tables."""

    name: Markdown
    mark: Markdown
    actions: Markdown | None
    verdicts: Markdown


def rulesets(figures: Figures) -> list[RulesetView]:
    """All rulesets that judged, the publisher's first, then by id."""
    names = {ruleset for ruleset, _, _ in figures.verdicts} | {ruleset for ruleset, _ in figures.actions}
    return [
        RulesetView(
            md(name),
            Markdown(" (the answer above)" if name == figures.ruleset else ""),
            actions(figures, name) if name != figures.ruleset else None,
            _verdicts(figures, name),
        )
        for name in sorted(names, key=lambda name: (name != figures.ruleset, name))
    ]


def licenses(figures: Figures) -> Markdown:
    """Licence × (declared, at the source), the most frequent first, reasons for no licence last."""
    now = dict(figures.licenses_now)
    for state, count in figures.license_states.items():
        if state != "known":
            now[state] = now.get(state, 0) + count
    declared = figures.licenses_declared
    ids = sorted(
        now.keys() | declared.keys(),
        key=lambda word: (word in LICENSE_STATES, -now.get(word, 0) - declared.get(word, 0), word),
    )
    rows: list[list[Cell]] = [
        [
            Markdown(f"*{LICENSE_STATES[word]}*") if word in LICENSE_STATES else code(word),
            _part(declared.get(word, 0), figures.images),
            _part(now.get(word, 0), figures.images),
        ]
        for word in ids
    ]
    return (
        table(["Licence", "In the list", "At the source"], rows, 1) if rows else Markdown("Nothing is known.")
    )


def differs(figures: Figures) -> Markdown:
    """The source against the list."""
    compared = sum(figures.differs.values())
    if not compared:
        return Markdown("No image has a licence known on both sides, so nothing could be compared.")
    words = [*DIFFERS, *sorted(figures.differs.keys() - DIFFERS.keys())]
    rows: list[list[Cell]] = [
        [DIFFERS.get(word, spelled(word)), _part(figures.differs.get(word, 0), compared)]
        for word in words
        if figures.differs.get(word, 0)
    ]
    head = f"{number(compared)} images have a licence known on both sides."
    return Markdown(f"{head}\n\n{table(['At the source', 'Images'], rows, 1)}")


def statuses(figures: Figures) -> Markdown:
    """Source, status, reason of the latest look; what nobody looked at stands last."""
    ranked = sorted(figures.statuses.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    rows: list[list[Cell]] = [
        [
            code(source),
            STATUSES.get(status, spelled(status)),
            REASONS.get(reason, spelled(reason)),
            _part(count, figures.images),
        ]
        for (source, status, reason), count in ranked
        if count
    ]
    if figures.not_visited:
        unseen = _part(figures.not_visited, figures.images)
        rows.append(["any", Markdown("*unknown*"), "nobody has looked yet", unseen])
    if not rows:
        return Markdown("The list holds no image.")
    return table(["Source", "Status", "Why", "Images"], rows, 3)


def source_states(figures: Figures) -> Markdown | None:
    """Resting, suspect or disallowed sources."""
    rows: list[list[Cell]] = [
        [code(state.source), spelled(state.state), REASONS.get(state.reason, state.reason), state.images]
        for state in sorted(
            figures.source_states, key=lambda state: (state.source, state.state, state.reason)
        )
    ]
    return table(["Source", "State", "Why", "Images"], rows, 3) if rows else None


def changes(figures: Figures) -> Markdown:
    """Changes by kind since the refresh before."""
    if figures.changes_since is None and not any(figures.changes.values()):
        return Markdown("There was one refresh so far, so nothing can be compared yet.")
    since = f" since {date(figures.changes_since)}" if figures.changes_since else ""
    rows: list[list[Cell]] = [
        [CHANGES.get(kind, spelled(kind)), count] for kind, count in _ranked(figures.changes)
    ]
    if not rows:
        return Markdown(f"No change was seen{since} in the images looked at again.")
    return Markdown(f"Seen{since}:\n\n{table(['Change', 'Count'], rows, 1)}")


def people(figures: Figures) -> Markdown:
    """What the evidence says on people, minors and model releases."""
    topics = (
        ("People", figures.people),
        ("Minors", figures.minors),
        ("Model release", figures.model_releases),
    )
    rows: list[list[Cell]] = []
    for topic, counts in topics:
        found: list[list[Cell]] = [
            [topic, code(word), _part(count, figures.images)] for word, count in _ranked(counts)
        ]
        rows += found or [[topic, Markdown("*no statement on record*"), Markdown("–")]]
    return table(["About", "Evidence", "Images"], rows, 2)


def opt_outs(figures: Figures) -> Markdown:
    """Opt-out signals, or why none is listed."""
    rows = [[code(signal), _part(count, figures.images)] for signal, count in _ranked(figures.opt_outs)]
    if rows:
        return table(["Signal (where it stands : what it says)", "Images"], rows, 1)
    return Markdown("No opt-out signal was found in the carriers read. Carriers not read may hold some.")


def carriers(figures: Figures) -> Markdown:
    """Which carriers of opt-outs were read, for how many images, and which could not be."""
    read = ", ".join(f"{code(name)} ({number(count)})" for name, count in _ranked(figures.carriers_read))
    unread = ", ".join(f"{code(name)} ({number(count)})" for name, count in _ranked(figures.carriers_unread))
    text = f"Carriers read (images): {read}." if read else "No carrier of opt-outs has been read yet."
    return Markdown(text + (f" Not readable (images): {unread}." if unread else ""))


def withdrawals(figures: Figures) -> Markdown:
    """Signals by which uploaders take an image out of the dataset, by the dataset's own rules."""
    rows: list[list[Cell]] = [[code(signal), count] for signal, count in _ranked(figures.withdrawals)]
    if not rows:
        return Markdown("No withdrawal signal was seen in the images looked at.")
    return Markdown(
        "Signals by which uploaders withdrew images, under the dataset's own rules:\n\n"
        + table(["Withdrawal signal", "Images"], rows, 1)
    )


def not_known(figures: Figures) -> Markdown:
    """What nobody knows, the largest gap first; never looked at is always named."""
    gaps = [(item.images, item.sentence) for item in figures.not_known if item.images]
    lines = [
        f"- {number(images)} images ({share(images, figures.images)}): {md(sentence, 400)}"
        for images, sentence in sorted(gaps, key=lambda gap: (-gap[0], gap[1]))
    ]
    if figures.not_visited:
        unseen = f"- {number(figures.not_visited)} images ({share(figures.not_visited, figures.images)}): "
        lines.insert(0, unseen + "nobody has looked at them yet; nothing about them rests on their source.")
    lines.append("- All images: whether the uploader held the rights that the stated licence gives away.")
    return Markdown("\n".join(lines))


def lists(figures: Figures) -> Markdown | None:
    """The published files with their hashes."""
    ordered = sorted(
        figures.lists,
        key=lambda file: (file.layer or "", file.ruleset, _place(file.use, [*USES]), file.use, file.name),
    )
    rows: list[list[Cell]] = [[code(file.name), file.rows, code(file.sha256[:16])] for file in ordered]
    return table(["File", "Keys", "SHA-256 (start)"], rows, 1) if rows else None


def refreshes(figures: Figures) -> Markdown | None:
    """The runs this evidence comes from."""
    rows: list[list[Cell]] = [
        [
            run.number,
            date(run.started),
            date(run.finished) if run.finished else Markdown("*not finished*"),
            run.requests,
        ]
        for run in sorted(figures.refreshes, key=lambda run: run.number)
    ]
    return table(["Refresh", "Started", "Finished", "Requests"], rows, 0) if rows else None


def _verdicts(figures: Figures, ruleset: str) -> Markdown:
    judged = {(use, layer): n for (name, use, layer), n in figures.verdicts.items() if name == ruleset}
    ordered = sorted(
        judged.items(),
        key=lambda item: (
            _place(item[0][0], [*USES]),
            item[0][0],
            _place(layer_label(item[0][1]), [*LAYERS.values()]),
            item[0][1],
        ),
    )
    rows: list[list[Cell]] = []
    for (use, layer), counts in ordered:
        label = md(layer_label(layer))
        bold = Markdown(f"**{label}**") if layer == OVERALL else label
        rows.append([use_label(use), bold, *(counts.get(verdict, 0) for verdict in VERDICTS)])
    return table(["Use", "Layer", *(verdict.capitalize() for verdict in VERDICTS)], rows, 2)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Markdown):
        return cell
    return number(cell) if isinstance(cell, int) else md(cell)


def _part(count: int, whole: int) -> Markdown:
    return Markdown(f"{number(count)} ({share(count, whole).replace('<', '&lt;').replace('>', '&gt;')})")


def _ranked(counts: Counts) -> list[tuple[str, int]]:
    return sorted(((word, n) for word, n in counts.items() if n), key=lambda item: (-item[1], item[0]))


def _place(word: str, order: list[str]) -> int:
    return order.index(word) if word in order else len(order)
