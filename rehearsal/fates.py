"""What happens to the photos of the world, and when.

Day 0 is the first step; other days count from it. A fate says how a photo answers at each step (``access``,
the last word repeats), when its licence changes, and which signs its owner adds from step 1 on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Name of each step and its distance from the first, in days. Step 2 is far enough from step 1 (more than
#: 24 hours) to confirm a loss.
STEPS = (("day 0", 0), ("a month later", 30), ("two days after that", 32), ("half a year later", 183))

#: When the manifests of this world were collected, in days (autumn 2018 for a day 0 in autumn 2026).
COLLECTED = -2880


@dataclass(frozen=True, slots=True)
class Fate:
    """One course of events.

    ``access``: public · deleted · private1 · private2 (Flickr's codes) · removed (410) · moved · soft_404 ·
    the words of ``PASSING``, ``LASTING``, ``WALLS``. ``relicensed``: (day, "narrower" | "wider" | "closed").
    ``sign``: "" | "noai" | "no_cv" | "deletion_request", shown from step ``sign_from`` on.
    """

    name: str
    access: tuple[str, ...] = ("public",)
    relicensed: tuple[int, str] | None = None
    sign: str = ""
    sign_from: int = 1

    def access_at(self, step: int) -> str:
        return self.access[min(step, len(self.access) - 1)]


STEADY = Fate("steady")
_DELETED = Fate("deleted", ("public", "deleted"))
_RESTORED = Fate("restored", ("public", "deleted", "deleted", "public"))
_NARROWED = Fate("narrowed", relicensed=(12, "narrower"))
_WIDENED = Fate("widened", relicensed=(20, "wider"))

_FLICKR = (
    _NARROWED,
    _DELETED,
    Fate("closed", relicensed=(15, "closed")),
    Fate("narrowed_since_collection", relicensed=(-1500, "narrower")),
    Fate("made_private", ("public", "private2")),
    Fate("differed_at_collection", relicensed=(-3100, "narrower")),
    _RESTORED,
    Fate("gone_before", ("deleted",)),
    Fate("no_cv_added", sign="no_cv"),
    _WIDENED,
    Fate("made_private_unsaid", ("public", "private1")),
    Fate("closed_since_collection", relicensed=(-700, "closed")),
    Fate("no_cv_before", sign="no_cv", sign_from=0),
    Fate("private_before", ("private2",)),
)
_COMMONS = (
    _NARROWED,
    _DELETED,
    Fate("renamed_file", ("public", "moved")),
    Fate("nominated", sign="deletion_request"),
    _RESTORED,
    Fate("gone_before", ("deleted",)),
    _WIDENED,
)
_PAGES = (
    _NARROWED,
    Fate("removed", ("public", "removed")),
    Fate("noai_added", sign="noai"),
    Fate("page_moved", ("public", "moved")),
    Fate("emptied", ("public", "soft_404")),
    _RESTORED,
    _WIDENED,
)
#: How the pages of the odd host answer. Trouble of the first kind is over a month later, the other stays.
PASSING = ("dns", "timeout", "reset", "cut_body", "server_error")
LASTING = (
    "missing", "removed", "legal", "front_door", "tls", "private_address", "into_private_network", "bot_wall",
)  # fmt: skip
WALLS = ("login_redirect", "unauthorized", "forbidden")


def _spaced(events: tuple[Fate, ...], steady: int) -> tuple[Fate, ...]:
    """A cycle in which every event is followed by ``steady`` photos to which nothing happens."""
    return tuple(fate for event in events for fate in (event, *(STEADY,) * steady))


CYCLES: dict[str, tuple[Fate, ...]] = {
    "flickr": _spaced(_FLICKR, 3),
    "commons": _spaced(_COMMONS, 4),
    "rel_license": _spaced(_PAGES, 2),
    "slow": _spaced((_NARROWED,), 5),
    "flaky": _spaced((_WIDENED, _DELETED), 4),
    "footer": (STEADY,),
    "barred": (STEADY,),
    "walled": tuple(Fate(name, (name,)) for name in WALLS),
    "odd": (
        *(Fate(name, (name,)) for name in LASTING),
        *(Fate(name, (name, "public")) for name in PASSING),
    ),
}


def fate_of(kind: str, ordinal: int) -> Fate:
    """The fate of the ``ordinal``-th photo of a kind of site: a cycle, so that small worlds see all."""
    cycle = CYCLES[kind]
    return cycle[ordinal % len(cycle)]


def step_time(start: datetime, step: int) -> datetime:
    """When a step happens. Raises ``IndexError`` for a step the timeline does not have."""
    if step < 0:
        raise IndexError(f"step {step} lies before day 0")
    return start + timedelta(days=STEPS[step][1])
