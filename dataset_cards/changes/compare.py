"""Two looks at one image → what differs. Pure, and a tagged union: same, changed, or not comparable."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Findings, Reason, Sighting, Status
from dataset_cards.changes.kinds import Change, ChangeKind


@dataclass(frozen=True, slots=True)
class Same:
    """Both looks say the same."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The looks differ; ``changes`` is never empty and stands in the order of ``ChangeKind``."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class NotComparable:
    """Nothing may be concluded; ``why`` is one sentence."""

    why: str


Comparison = Same | Changed | NotComparable


def compare(before: Sighting, now: Sighting) -> Comparison:
    """What two looks at one image, taken alone, say of change (DESIGN §4).

    Readings of different reader versions are never compared: the caller reads the earlier body again
    first. A loss is only ever *suspected* here unless the owner's account is gone; ``advance`` confirms it.
    """
    for side, name in ((before, "earlier"), (now, "later")):
        if not side.findings.status.conclusive:
            return NotComparable(f"The {name} look is inconclusive ({side.findings.reason.value}).")
        if not side.counts:
            return NotComparable(f"The {name} look was set aside as a suspected outage of the source.")
    if before.reader != now.reader:
        return NotComparable(f"Read by different readers ({before.reader}, then {now.reader}).")
    changes = tuple(_changes(before, now))
    return Changed(changes) if changes else Same()


def _changes(before: Sighting, now: Sighting) -> list[Change]:
    was, is_ = before.findings, now.findings

    def change(kind: ChangeKind, old: str, new: str) -> Change:
        return Change(kind, old, new, before.snapshot, now.snapshot, now.at)

    if is_.status.lost:
        if was.status.lost:
            return []
        confirmed = is_.reason is Reason.ACCOUNT_GONE
        kind = ChangeKind.SOURCE_LOST if confirmed else ChangeKind.SOURCE_SUSPECTED
        return [change(kind, was.status.value, is_.status.value)]
    if is_.status is Status.REPLACED:
        # Another picture: its license and author say nothing about ours.
        if was.status is Status.REPLACED:
            return []
        return [change(ChangeKind.REPLACED, was.status.value, is_.status.value)]
    if was.status.lost or was.status is Status.REPLACED:
        return [change(ChangeKind.REAPPEARED, was.status.value, is_.status.value)]

    found: list[Change] = []
    if license_word(was) != license_word(is_) and "not_observed" not in (
        was.license_state,
        is_.license_state,
    ):
        found.append(change(ChangeKind.LICENSE_CHANGED, license_word(was), license_word(is_)))
    # A missing pseudonym may have been forgotten on request, so only two names are compared.
    if before.author is not None and now.author is not None and before.author != now.author:
        found.append(change(ChangeKind.AUTHOR_CHANGED, before.author, now.author))
    if was.model_release != is_.model_release:
        words = ", ".join(was.model_release), ", ".join(is_.model_release)
        found.append(change(ChangeKind.MODEL_RELEASE_CHANGED, *words))
    gone, new = _opt_outs(was, is_)
    if gone or new:
        found.append(change(ChangeKind.OPT_OUT_CHANGED, ", ".join(gone), ", ".join(new)))
    if was.withdrawal != is_.withdrawal:
        words = ", ".join(was.withdrawal), ", ".join(is_.withdrawal)
        found.append(change(ChangeKind.WITHDRAWAL_SIGNAL, *words))
    if is_.status is Status.MOVED and was.status is not Status.MOVED:
        found.append(change(ChangeKind.MOVED, was.status.value, is_.status.value))
    return found


def license_word(findings: Findings) -> str:
    """The license id that counts, or the state word when there is none."""
    return findings.license if findings.license is not None else findings.license_state


def _opt_outs(was: Findings, is_: Findings) -> tuple[list[str], list[str]]:
    """Signals that went and that came, judged only by carriers that were read both times.

    A robots.txt that could not be fetched today doesn't mean that yesterday's signal was lifted.
    """
    before, now = set(was.opt_outs), set(is_.opt_outs)
    carriers_before, carriers_now = set(was.opt_out_carriers), set(is_.opt_out_carriers)
    gone = sorted(before - now) if carriers_before <= carriers_now else []
    came = sorted(now - before) if carriers_now <= carriers_before else []
    return gone, came
