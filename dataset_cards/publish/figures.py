"""Everything a card prints, as plain data. Whoever fills it asks the evidence; whoever prints it asks nobody.

Counts are mappings from words to numbers of images (a ``Counter`` will do); a missing word is zero. Times
are ISO 8601 in UTC ("2026-11-23T10:00:00Z"). No field takes a name of a person, a title or the address of
an image: what is not here cannot be published by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.model import Reason, Status

OVERALL = "overall"
#: Statuses and reasons of images that no request could be made about.
_NOT_ASKED = frozenset(
    {Status.DISALLOWED, Status.UNSUPPORTED, Reason.ROBOTS_UNREACHABLE, Reason.SOURCE_RESTING}
)
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Hashed:
    """A ruleset, profile or registry by its id and the SHA-256 (hex) of its bytes."""

    id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last chain entry the card rests on."""

    chain: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class RefreshRun:
    """One run over the dataset. ``finished`` is ``None`` if it was stopped and not yet resumed."""

    number: int
    started: str
    finished: str | None
    requests: int


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source that could not be asked as it should: ``state`` is resting · suspect_outage · disallowed."""

    source: str
    state: str
    reason: str
    images: int = 0


@dataclass(frozen=True, slots=True)
class NotKnown:
    """One thing nobody knows yet: a whole sentence without a number, and how many images it is true of."""

    sentence: str
    images: int


@dataclass(frozen=True, slots=True)
class ListFile:
    """A published list beside the card (as ``lists.write_lists`` returns it). ``rows`` counts keys."""

    name: str
    use: str
    ruleset: str
    action: str
    format: str
    rows: int
    sha256: str
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceAge:
    """Times of the oldest, median and newest of the looks that count, one per image looked at."""

    oldest: str
    median: str
    newest: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What one card says.

    ``images``: rows of the manifest that became images; ``photos``: distinct photos behind them.
    ``visited``: images taken up: with a look on record, or the decision that forbade one; the others are
    ``not_visited``.
    ``statuses``: {(source, status, reason): n} of the latest look of each visited image.
    ``license_states``: {known · not_stated · not_understood · conflict · not_observed: n} of all images.
    ``differs``: {same · changed_after · already_different · undated: n} of images with both sides known.
    ``verdicts``: {(ruleset, use, layer or "overall"): {verdict: n}}; ``actions``: {(ruleset, use):
    {keep · review · drop: n}}. ``ruleset`` is the publisher's; all of ``rulesets`` are shown.
    ``lists_license``: SPDX or Hub id of the *published lists*, ``None`` if the publisher has not said;
    ``lists_license_name`` and ``_link`` belong to an id the Hub does not know.
    """

    dataset: str
    as_of: str
    head: Head
    version: str
    manifest_name: str
    manifest_sha256: str
    manifest_format: str
    images: int
    photos: int
    ruleset: str
    rulesets: tuple[Hashed, ...] = ()
    registry: Hashed | None = None
    profile: Hashed | None = None
    rehearsal: bool = False
    row_problems: int = 0
    visited: int = 0
    statuses: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    source_states: tuple[SourceState, ...] = ()
    licenses_now: Counts = field(default_factory=dict)
    licenses_declared: Counts = field(default_factory=dict)
    license_states: Counts = field(default_factory=dict)
    differs: Counts = field(default_factory=dict)
    lost_suspected: int = 0
    lost_confirmed: int = 0
    changes: Counts = field(default_factory=dict)
    changes_since: str | None = None
    age: EvidenceAge | None = None
    opt_outs: Counts = field(default_factory=dict)
    carriers_read: Counts = field(default_factory=dict)
    carriers_unread: Counts = field(default_factory=dict)
    people: Counts = field(default_factory=dict)
    minors: Counts = field(default_factory=dict)
    model_releases: Counts = field(default_factory=dict)
    withdrawals: Counts = field(default_factory=dict)
    verdicts: Mapping[tuple[str, str, str], Counts] = field(default_factory=dict)
    actions: Mapping[tuple[str, str], Counts] = field(default_factory=dict)
    refreshes: tuple[RefreshRun, ...] = ()
    not_known: tuple[NotKnown, ...] = ()
    flickr_used: bool = False
    lists: tuple[ListFile, ...] = ()
    lists_license: str | None = None
    lists_license_name: str | None = None
    lists_license_link: str | None = None
    source_dataset: str | None = None
    task_categories: tuple[str, ...] = ()
    contact: str | None = None

    @property
    def not_visited(self) -> int:
        """Images nobody has looked at yet."""
        return self.images - self.visited

    @property
    def asked(self) -> int:
        """Visited images whose source could be asked: we were allowed to, and knew where to look."""
        return self.visited - sum(
            n
            for (_, status, reason), n in self.statuses.items()
            if status in _NOT_ASKED or reason in _NOT_ASKED
        )

    @property
    def conclusive(self) -> int:
        """Visited images whose latest look said something about the image (DESIGN §4)."""
        return sum(n for (_, status, _), n in self.statuses.items() if Status(status).conclusive)
