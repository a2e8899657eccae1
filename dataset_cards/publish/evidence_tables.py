"""What the evidence says, as tables: licences, sources, changes, people, opt-outs, and what is not known."""

from __future__ import annotations

from dataset_cards.publish.figures import Figures
from dataset_cards.publish.foreign_text import Markdown, code, md
from dataset_cards.publish.table import Cell, date, part, percent, ranked, table
from dataset_cards.publish.words import (
    BASES,
    CHANGES,
    DIFFERS,
    LICENSE_STATES,
    REASONS,
    STATUSES,
    number,
    spelled,
)


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
            part(declared.get(word, 0), figures.images),
            part(now.get(word, 0), figures.images),
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
        [DIFFERS.get(word, spelled(word)), part(figures.differs.get(word, 0), compared)]
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
            part(count, figures.images),
        ]
        for (source, status, reason), count in ranked
        if count
    ]
    if figures.not_visited:
        unseen = part(figures.not_visited, figures.images)
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
        [CHANGES.get(kind, spelled(kind)), count] for kind, count in ranked(figures.changes)
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
        found = [[topic, *_fact(word), part(count, figures.images)] for word, count in ranked(counts)]
        rows += found or [[topic, Markdown("*no statement on record*"), "–", "–"]]
    return table(["About", "Evidence", "Basis", "Images"], rows, 3)


def _fact(word: str) -> list[Cell]:
    """``minor:keyword`` → what is said, and how we know."""
    said, _, basis = word.rpartition(":")
    return [spelled(said), BASES[basis]] if said and basis in BASES else [spelled(word), "–"]


def opt_outs(figures: Figures) -> Markdown:
    """Opt-out signals, or why none is listed."""
    rows = [[code(signal), part(count, figures.images)] for signal, count in ranked(figures.opt_outs)]
    if rows:
        return table(["Signal (where it stands : what it says)", "Images"], rows, 1)
    return Markdown("No opt-out signal was found in the carriers read. Carriers not read may hold some.")


def carriers(figures: Figures) -> Markdown:
    """Which carriers of opt-outs were read, for how many images, and which could not be."""
    read = ", ".join(f"{code(name)} ({number(count)})" for name, count in ranked(figures.carriers_read))
    unread = ", ".join(f"{code(name)} ({number(count)})" for name, count in ranked(figures.carriers_unread))
    text = f"Carriers read (images): {read}." if read else "No carrier of opt-outs has been read yet."
    return Markdown(text + (f" Not readable (images): {unread}." if unread else ""))


def withdrawals(figures: Figures) -> Markdown:
    """Signals by which uploaders take an image out of the dataset, by the dataset's own rules."""
    rows: list[list[Cell]] = [[code(signal), count] for signal, count in ranked(figures.withdrawals)]
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
        f"- {number(images)} images ({percent(images, figures.images)}): {md(sentence.rstrip('. '), 400)}."
        for images, sentence in sorted(gaps, key=lambda gap: (-gap[0], gap[1]))
    ]
    if figures.not_visited:
        unseen = f"- {number(figures.not_visited)} images ({percent(figures.not_visited, figures.images)}): "
        lines.insert(0, unseen + "nobody has looked at them yet; nothing about them rests on their source.")
    lines.append("- All images: whether the uploader held the rights that the stated licence gives away.")
    return Markdown("\n".join(lines))


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
