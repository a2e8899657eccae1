"""Stock sites by day of upload."""

from datetime import date

import pytest

from crawler.licenses import registry
from crawler.licenses.sites import from_site


@pytest.mark.parametrize(
    ("site", "day", "expected"),
    [
        ("unsplash", date(2016, 3, 1), "CC0-1.0"),
        ("unsplash", date(2017, 6, 10), None),
        ("unsplash", date(2017, 7, 1), "LicenseRef-unsplash"),
        ("unsplash", None, None),
        ("pixabay", date(2019, 1, 8), "CC0-1.0"),
        ("pixabay", date(2019, 1, 9), "LicenseRef-pixabay"),
        ("pexels", None, "LicenseRef-pexels"),
        ("stocksnap", None, "CC0-1.0"),
        ("wordpress_photos", date(2022, 1, 1), "CC0-1.0"),
        ("nowhere", date(2020, 1, 1), None),
    ],
)
def test_by_day_of_upload(site: str, day: date | None, expected: str | None) -> None:
    found = from_site(site, day)
    assert (found.id if found else None) == expected


def test_every_period_has_a_source_and_an_entry() -> None:
    for period in registry.table("sites")["period"]:
        assert period["source"]
        assert registry.by_id(period["id"])
