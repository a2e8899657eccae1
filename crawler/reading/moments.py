"""Times as sources write them → ISO 8601, and the calendar days they may have been.

A site's terms change on a day, and a time of upload near that day may lie before it in one time zone and after
it in another. ``days`` names all days it can have been, so that nobody has to guess.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_WRITTEN = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]+([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)? ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEARS = range(1990, 2100)
_DAY = timedelta(days=1)


def iso(raw: str) -> str | None:
    """``2013-05-27T09:57:48-04:00`` → ``2013-05-27T13:57:48Z``; without a zone the time stays as written, a
    day stays a day; ``None`` for what is no time between 1990 and 2099.
    """
    found = _parsed(raw)
    if found is None:
        return None
    moment, clock, zone = found
    if not clock:
        return moment.strftime("%Y-%m-%d")
    if zone:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.strftime("%Y-%m-%dT%H:%M:%S" if raw.count(":") > 1 else "%Y-%m-%dT%H:%M")


def days(raw: str) -> frozenset[date]:
    """The days it may have been: in UTC and where it was written; without a zone the days beside it too. Empty
    for what is no time.
    """
    found = _parsed(raw)
    if found is None:
        return frozenset()
    moment, _, zone = found
    if zone:
        return frozenset({moment.date(), moment.astimezone(UTC).date()})
    here = moment.date()
    return frozenset({here - _DAY, here, here + _DAY})


def _parsed(raw: str) -> tuple[datetime, bool, bool] | None:
    """The moment, whether a time of day was written, and whether a zone was."""
    match = _WRITTEN.fullmatch(raw.strip())
    if match is None or int(match[1]) not in _YEARS:
        return None
    year, month, day, hour, minute, second = (int(match[n] or 0) for n in range(1, 7))
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[7]))
    except ValueError:  # 2013-13-27
        return None
    return moment, match[4] is not None, match[7] is not None


def _zone(written: str | None) -> timezone:
    if written in (None, "Z", "UTC"):
        return UTC
    text = str(written).replace(":", "")
    away = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return timezone(-away if text[0] == "-" else away)
