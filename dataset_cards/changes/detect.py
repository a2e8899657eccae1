"""The fold: where one image stands after one more look, and what that look changed.

    advance(advance(None, first)[0], second) → (state, changes)

Rules (DESIGN §4), and what they mean here:

- An inconclusive look, and one whose loss the breaker set aside, only becomes ``last`` and changes nothing.
- The first conclusive look is a beginning, not a change: a photo that was gone before we ever came shows
  in counts of statuses, never in the list of changes, however often we confirm it.
- A loss is *suspected* until another refresh, at least 24 hours later, sees it again, or until the
  source says that the owner's account is gone.
- A photo that comes back is ``reappeared`` when its loss had been reported, suspected or confirmed.
- Licenses, authors and signals are compared with ``standing``, the last look that saw the photo publicly
  there, so a photo that vanished and returned under another license shows both.
- A second reading of a look already folded in (same refresh) corrects the state and is never a change.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.model import ImageState, Reason, Sighting, Status
from dataset_cards.changes.compare import Changed, Comparison, NotComparable, Same, compare
from dataset_cards.changes.declared import differs_from_declared
from dataset_cards.changes.kinds import Change, ChangeKind

__all__ = [
    "CONFIRM_AFTER",
    "Changed",
    "Comparison",
    "NotComparable",
    "Same",
    "advance",
    "breaker_trips",
    "compare",
    "differs_from_declared",
]

#: Seconds between the first sighting of a loss and the one that may confirm it (DESIGN §4).
CONFIRM_AFTER = 24 * 60 * 60


def breaker_trips(lost: int, standing: int) -> bool:
    """Whether a source's losses of one refresh look like an outage (DESIGN §4).

    ``standing``: images of that source whose last conclusive snapshot was not lost; ``lost``: how many of
    them this refresh would lose. True above 20 % *and* above 50 images.
    """
    return lost > 50 and lost * 5 > standing


def advance(state: ImageState | None, now: Sighting) -> tuple[ImageState, tuple[Change, ...]]:
    """Fold one more sighting into an image's state.

    Sightings come in the order of their looks; a reread of an earlier look may come at any time and is
    recognised by its refresh. Deterministic and pure.
    """
    if state is not None:
        if _same_look(state, now):
            return _corrected(state, now), ()
        if now.at < state.last.at:
            return state, ()
    if not now.findings.status.conclusive or not now.counts:
        return (ImageState(last=now) if state is None else replace(state, last=now)), ()
    if state is None or state.conclusive is None:
        return _first(now), ()
    if now.findings.status.lost:
        return _lost(state, now)
    return _there(state, now)


def _first(now: Sighting) -> ImageState:
    if not now.findings.status.lost:
        return ImageState(last=now, conclusive=now, standing=now if _standing(now) else None)
    return ImageState(
        last=now,
        conclusive=now,
        loss="confirmed" if _at_once(now) else "suspected",
        loss_at=now.at,
        loss_refresh=now.refresh,
    )


def _lost(state: ImageState, now: Sighting) -> tuple[ImageState, tuple[Change, ...]]:
    before = state.standing
    if before is not None and not state.loss and _only_the_reader_changed(state, before, now):
        return replace(state, last=now), ()
    known = replace(state, last=now, conclusive=now)
    if state.loss == "confirmed":
        return known, ()
    first_at = now.at if state.loss_at is None else state.loss_at
    again = bool(state.loss) and now.refresh != state.loss_refresh and now.at - first_at >= CONFIRM_AFTER
    confirmed = again or _at_once(now)
    if not state.loss:
        known = replace(known, loss_at=now.at, loss_refresh=now.refresh)
    elif not confirmed:
        return known, ()
    known = replace(known, loss="confirmed" if confirmed else "suspected")
    if before is None:
        return known, ()
    kind = ChangeKind.SOURCE_LOST if confirmed else ChangeKind.SOURCE_SUSPECTED
    was, is_ = before.findings.status.value, now.findings.status.value
    return known, (Change(kind, was, is_, before.snapshot, now.snapshot, now.at),)


def _there(state: ImageState, now: Sighting) -> tuple[ImageState, tuple[Change, ...]]:
    changes: list[Change] = []
    away = state.conclusive
    if away is not None and _reported_away(state, away, now):
        words = away.findings.status.value, now.findings.status.value
        changes.append(Change(ChangeKind.REAPPEARED, *words, away.snapshot, now.snapshot, now.at))
    base = state.standing
    if now.findings.status is Status.REPLACED and away is not None:
        base = away if not away.findings.status.lost else base
    if base is not None:
        found = compare(base, now)
        if isinstance(found, Changed):
            changes.extend(change for change in found.changes if change.kind is not ChangeKind.REAPPEARED)
    after = replace(state, last=now, conclusive=now, loss="", loss_at=None, loss_refresh=None)
    if _standing(now):
        after = replace(after, standing=now)
    return after, tuple(changes)


def _reported_away(state: ImageState, away: Sighting, now: Sighting) -> bool:
    """Whether people were told that the photo had gone, and ``now`` shows it again."""
    if not _standing(now):
        return False
    if away.reader != now.reader and away.findings.status is Status.PLACEHOLDER:
        return False  # what changed is our idea of a soft 404
    if away.findings.status is Status.REPLACED:
        return state.standing is not None
    return state.loss == "confirmed" or (state.loss == "suspected" and state.standing is not None)


def _only_the_reader_changed(state: ImageState, before: Sighting, now: Sighting) -> bool:
    """A soft 404 is a reader's judgement: a new reader's first one is held back until it is seen twice."""
    if now.findings.status is not Status.PLACEHOLDER or before.reader == now.reader:
        return False
    held = state.last
    return not (held.reader == now.reader and held.findings.status.lost)


def _standing(sighting: Sighting) -> bool:
    """Whether this look saw *the* photo publicly there; another picture under its address is not it."""
    return sighting.findings.status in (Status.AVAILABLE, Status.MOVED)


def _at_once(now: Sighting) -> bool:
    """The second path of DESIGN §4: the owner's account is gone."""
    return now.findings.reason is Reason.ACCOUNT_GONE


def _same_look(state: ImageState, now: Sighting) -> bool:
    slots = (state.last, state.conclusive, state.standing)
    return any(slot is not None and slot.refresh == now.refresh for slot in slots)


def _corrected(state: ImageState, now: Sighting) -> ImageState:
    """Put a later reading of a look in the place of the earlier one, wherever that look is remembered."""

    def mine(slot: Sighting | None) -> bool:
        return slot is not None and slot.refresh == now.refresh and now.snapshot > slot.snapshot

    counts = now.findings.status.conclusive and now.counts
    after = state
    if mine(state.last):
        after = replace(after, last=now)
    if mine(state.conclusive) or (mine(state.last) and counts):
        after = replace(after, conclusive=now if counts else None)
        if counts and now.findings.status.lost:
            after = _with_loss(after, now)
        elif counts or state.loss_refresh == now.refresh:
            after = replace(after, loss="", loss_at=None, loss_refresh=None)
    if mine(state.standing) or (mine(state.last) and counts and _standing(now)):
        after = replace(after, standing=now if counts and _standing(now) else None)
    if after.conclusive is None and after.standing is not None:
        after = replace(after, conclusive=after.standing)
    return after


def _with_loss(state: ImageState, now: Sighting) -> ImageState:
    if state.loss:
        return replace(state, loss="confirmed") if _at_once(now) else state
    word = "confirmed" if _at_once(now) else "suspected"
    return replace(state, loss=word, loss_at=now.at, loss_refresh=now.refresh)
