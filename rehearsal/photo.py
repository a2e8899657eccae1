"""One photo of the world: what never changes about it, and how it stands at a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rehearsal.deeds import Deed
from rehearsal.fates import Fate

#: Access words under which the source shows the photo.
SHOWN = frozenset({"public", "moved"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Who put photos there. ``gone_from`` and ``renamed_from`` are steps, or -1 for never."""

    number: int
    nsid: str
    name: str
    new_name: str
    realname: str
    path_alias: str
    gone_from: int
    renamed_from: int

    def name_at(self, step: int) -> str:
        return self.new_name if 0 <= self.renamed_from <= step else self.name

    def gone_at(self, step: int) -> bool:
        return 0 <= self.gone_from <= step


@dataclass(frozen=True, slots=True)
class Photo:
    """The part that no step changes. ``ordinal`` is its rank among the photos of its ``kind`` of site."""

    number: int
    kind: str
    host: str
    ordinal: int
    native_id: str
    page_url: str
    image_url: str
    owner: Owner
    title: str
    description: str
    tags: tuple[str, ...]
    haspeople: bool
    taken: datetime
    posted: datetime
    first: Deed
    fate: Fate


@dataclass(frozen=True, slots=True)
class Relicensing:
    at: datetime
    old: Deed
    new: Deed


@dataclass(frozen=True, slots=True)
class Stand:
    """How a photo stands at one step.

    ``access`` is a word of ``fates.Fate`` or "account_gone"; ``history`` holds the licence changes so far,
    oldest first; ``noai`` and ``deletion_request`` are signs on the page, ``tags`` may hold ``no_cv``.
    """

    photo: Photo
    step: int
    access: str
    deed: Deed
    history: tuple[Relicensing, ...]
    author: str
    tags: tuple[str, ...]
    noai: bool
    deletion_request: bool
    updated: datetime

    @property
    def shown(self) -> bool:
        return self.access in SHOWN
