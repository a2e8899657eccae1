"""Fields counted photo by photo, and what was left unread."""

from __future__ import annotations

from crawler.fetching.fill_rates import MOST_UNREAD, RECORDED_UNREAD, FillRates
from crawler.model import Claim, Field, Look, Reason, Scope, Status


def look(*values: str | None, unread: tuple[str, ...] = ()) -> Look:
    claims = tuple(Claim(Field.LICENSE, value, value or "?", Scope.IMAGE, "") for value in values)
    return Look("1", Status.AVAILABLE, Reason.SEEN, claims, unread)


def test_a_field_counts_once_a_photo_and_only_where_it_was_understood() -> None:
    rates = FillRates()
    rates.count("here", look("CC-BY-4.0", "CC0-1.0"), there=True)
    rates.count("here", look(None), there=True)
    rates.count("here", look("CC-BY-4.0"), there=False)
    assert rates.detail() == {"here": {"photos": 2, "unreadable": 0, "fields": {"license": 1}, "unread": []}}


def test_parts_of_an_interrupted_refresh_add_up() -> None:
    one, other = FillRates(), FillRates()
    one.count("here", look("CC-BY-4.0", unread=("a", "b")), there=True)
    other.count("here", look("CC-BY-4.0", unread=("a",)), there=True)
    one.count("here", Look("2", Status.UNREADABLE, Reason.NOT_UNDERSTOOD), there=False)
    other.add(one.detail())
    assert other.detail()["here"] == {
        "photos": 2,
        "unreadable": 1,
        "fields": {"license": 2},
        "unread": [("a", 2), ("b", 1)],
    }


def test_memory_does_not_grow_with_what_is_unread() -> None:
    rates = FillRates()
    for n in range(10 * MOST_UNREAD):
        rates.count("here", look(unread=("often", f"name {n}" + "x" * 500)), there=False)
    assert len(rates.unread["here"]) <= 2 * MOST_UNREAD + 1
    told = rates.detail()["here"]["unread"]
    assert told[0][0] == "often"
    assert len(told) == RECORDED_UNREAD
