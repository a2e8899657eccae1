"""How many of a source's photos have each field, and what their readers left unread: layout drift shows here first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from crawler.model import Look, Status

#: Different unread entries remembered per source; beyond twice as many the rarest are dropped.
MOST_UNREAD = 500
#: What a finished refresh records of them.
RECORDED_UNREAD = 10
LONGEST_NAME = 120


class FillRates:
    """Counts photos. A field is filled where a claim of it was understood."""

    def __init__(self) -> None:
        self.photos: Counter[str] = Counter()
        self.unreadable: Counter[str] = Counter()
        self.fields: dict[str, Counter[str]] = {}
        self.unread: dict[str, Counter[str]] = {}

    def count(self, source: str, look: Look, *, there: bool) -> None:
        """One photo's look; ``there``: it is available, so that its fields count. A photo whose answer no reader
        understood has no fields to count, and is counted as such: a layout may change as a whole.
        """
        if look.status is Status.UNREADABLE:
            self.unreadable[source] += 1
        if there:
            self.photos[source] += 1
            filled = {claim.field.value for claim in look.claims if claim.value is not None}
            self.fields.setdefault(source, Counter()).update(filled)
        if look.unread:
            names = self.unread.setdefault(source, Counter())
            names.update({name[:LONGEST_NAME] for name in look.unread})
            if len(names) > 2 * MOST_UNREAD:
                self.unread[source] = Counter(dict(names.most_common(MOST_UNREAD)))

    def detail(self) -> dict[str, Any]:
        """As a refresh's event records it: {source: {"photos", "unreadable", "fields", "unread"}}."""
        return {
            source: {
                "photos": self.photos[source],
                "unreadable": self.unreadable[source],
                "fields": dict(sorted(self.fields.get(source, Counter()).items())),
                "unread": self.unread.get(source, Counter()).most_common(RECORDED_UNREAD),
            }
            for source in sorted(self.photos.keys() | self.unreadable.keys() | self.unread.keys())
        }

    def add(self, detail: Mapping[str, Any]) -> None:
        """What an earlier, interrupted part of the same refresh had counted."""
        for source, counted in detail.items():
            self.photos[source] += counted["photos"]
            self.unreadable[source] += counted.get("unreadable", 0)  # not counted before 2026-11-24
            self.fields.setdefault(source, Counter()).update(counted["fields"])
            if counted["unread"]:
                self.unread.setdefault(source, Counter()).update(dict(counted["unread"]))
