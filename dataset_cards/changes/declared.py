"""The source against the manifest: changed after collection, already different then, or undated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawler.model import Findings

History = Sequence[tuple[str, str | None, str | None]]

_YEAR_FIRST = re.compile(
    r"^\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ][\d:.,]*\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?\s*$"
)


def differs_from_declared(
    declared: str | None, collected: str | None, now: Findings, history: History
) -> str:
    """How the license the source states relates to the one the manifest declares (DESIGN §1).

    ``declared``: canonical id or ``None``. ``collected``: when the manifest's row was collected, as written
    there (``parse_span``). ``history``: the source's own list of license changes, each (ISO date, old, new),
    in any order; an entry without ``new`` is the upload, whose ``old`` is the license at that time
    (Flickr, field notes §1 and licences.md §3.4).

    Returns "" (nothing to compare) · same · changed_after · already_different · undated.
    """
    if declared is None or now.license is None:
        return ""
    if declared == now.license:
        return "same"
    span = parse_span(collected)
    if span is None:
        return "undated"
    then = _license_during(span, now.license, history)
    if then is None:
        return "undated"
    return "changed_after" if then == declared else "already_different"


def _license_during(span: tuple[date, date], now: str, history: History) -> str | None:
    """The one license that held during all of ``span``; ``None`` if that can't be said."""
    changes: list[tuple[date, str, str]] = []
    uploaded: tuple[date, str] | None = None
    for when, old, new in history:
        day = parse_span(when)
        if day is None or not old:
            return None
        if new:
            changes.append((day[0], old, new))
        else:
            uploaded = (day[0], old)
    first, last = span
    if uploaded and last < uploaded[0]:
        return None
    if not changes:
        # No history at all proves nothing; an upload entry alone says that nothing ever changed.
        return uploaded[1] if uploaded and uploaded[1] == now else None
    changes = _ordered(changes)
    if not changes or changes[-1][2] != now:
        return None
    # Days are all we compare: a change on the very day of collection may be before or after it.
    before = [new for day, _, new in changes if day < first]
    if any(first <= day <= last for day, _, _ in changes):
        return None
    return before[-1] if before else changes[0][1]


def _ordered(changes: list[tuple[date, str, str]]) -> list[tuple[date, str, str]]:
    """By day, and within a day so that each change starts where the one before it ended; [] if it can't."""
    rest = sorted(changes, key=lambda change: change[0])
    chain: list[tuple[date, str, str]] = []
    while rest:
        today = [change for change in rest if change[0] == rest[0][0]]
        if chain:
            fitting = [change for change in today if change[1] == chain[-1][2]]
        else:
            ends = {change[2] for change in today}
            fitting = [change for change in today if change[1] not in ends] or today
        if not fitting:
            return []
        chain.append(fitting[0])
        rest.remove(fitting[0])
    return chain


def parse_span(text: str | None) -> tuple[date, date] | None:
    """First and last day a date text may mean, or ``None`` if it is not certain.

    "2018-03" is a whole month; "2015/2016" in ISO 8601 interval form two years; "03/04/2015" is refused
    because two customs read it differently. A text with a time is widened by a day on both sides when it
    names no zone.
    """
    if text is None or not text.strip():
        return None
    stripped = text.strip()
    interval = re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)/(\d{4}(?:-\d\d(?:-\d\d)?)?)", stripped)
    if interval:
        start, end = parse_span(interval[1]), parse_span(interval[2])
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None
    found = _YEAR_FIRST.match(stripped)
    if found:
        return _calendar_span(found[1], found[2], found[3], stripped)
    if re.fullmatch(r"1[0-9]{9}", stripped):
        day = datetime.fromtimestamp(int(stripped), UTC).date()
        return day, day
    if re.match(r"^[A-Za-z]{3}, ", stripped):
        try:
            day = parsedate_to_datetime(stripped).date()
        except (TypeError, ValueError):
            return None
        return day, day
    return None


def _calendar_span(year: str, month: str | None, day: str | None, text: str) -> tuple[date, date] | None:
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        first = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    if day is None:
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, after - timedelta(days=1)
    has_time = ":" in text
    zoned = re.search(r"(Z|UTC|[+-]\d\d:?\d\d)\s*$", text[10:]) is not None
    if has_time and zoned:
        try:
            moment = datetime.fromisoformat(text.replace("UTC", "+00:00").replace("/", "-"))
        except ValueError:
            return first - timedelta(days=1), first + timedelta(days=1)
        exact = moment.astimezone(UTC).date()
        return exact, exact
    if has_time:
        return first - timedelta(days=1), first + timedelta(days=1)
    return first, first
