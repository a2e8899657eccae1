"""The closed list of what may change about an image's source, and one change as a value."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class ChangeKind(enum.StrEnum):
    """What changed between two conclusive looks read by the same reader version (DESIGN §4)."""

    LICENSE_CHANGED = "license-changed"
    AUTHOR_CHANGED = "author-changed"
    MODEL_RELEASE_CHANGED = "model-release-changed"
    OPT_OUT_CHANGED = "opt-out-changed"
    WITHDRAWAL_SIGNAL = "withdrawal-signal"
    SOURCE_SUSPECTED = "source-suspected"
    SOURCE_LOST = "source-lost"
    REAPPEARED = "reappeared"
    MOVED = "moved"
    REPLACED = "replaced"
    DOCUMENT_CHANGED = "document-changed"

    @property
    def meaning(self) -> str:
        """One line for a list or a help text."""
        return MEANINGS[self]


MEANINGS: dict[ChangeKind, str] = {
    ChangeKind.LICENSE_CHANGED: "The source states another license than at the last look, or none any more.",
    ChangeKind.AUTHOR_CHANGED: "The source names another author.",
    ChangeKind.MODEL_RELEASE_CHANGED: "The source says something else about model releases.",
    ChangeKind.OPT_OUT_CHANGED: "A machine-readable opt-out appeared or went.",
    ChangeKind.WITHDRAWAL_SIGNAL: "A sign that the photo is to be taken out of the dataset appeared or went.",
    ChangeKind.SOURCE_SUSPECTED: "The photo is no longer public; one look, not yet confirmed.",
    ChangeKind.SOURCE_LOST: "The photo is no longer public; confirmed.",
    ChangeKind.REAPPEARED: "A photo reported as lost or replaced is publicly there again.",
    ChangeKind.MOVED: "The photo lives at another address now.",
    ChangeKind.REPLACED: "Another picture lies under the same address.",
    ChangeKind.DOCUMENT_CHANGED: "A text that many images hang on has a new version.",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``before`` and ``after`` are canonical words (license ids, statuses, signals, the
    author's pseudonym), "" for nothing; ``snapshot`` is the look that showed it, ``before_snapshot`` the
    look it is compared with; ``at`` seconds since the epoch, UTC.
    """

    kind: ChangeKind
    before: str
    after: str
    before_snapshot: int | None
    snapshot: int
    at: float
