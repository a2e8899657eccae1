"""The comparison rules of ``dataset_cards.changes``, in the shape in which the evidence room folds them."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.evidence.derive import ChangeRow, Rules
from crawler.model import ImageState, Sighting
from dataset_cards.changes.detect import advance, differs_from_declared

#: Raise it whenever the comparison may come out otherwise for the same evidence: derived tables are then made
#: anew.
VERSION = "changes/1"


def _advance(state: ImageState | None, now: Sighting) -> tuple[ImageState, Sequence[ChangeRow]]:
    after, changes = advance(state, now)
    return after, [(c.kind.value, c.before, c.after, c.before_snapshot, c.snapshot, c.at) for c in changes]


RULES = Rules(_advance, differs_from_declared, VERSION)
