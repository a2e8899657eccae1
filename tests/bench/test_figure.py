"""A figure is judged by its bar, and never against another unit."""

from __future__ import annotations

import pytest

from bench.figure import row


@pytest.mark.parametrize(
    ("measured", "bar", "meets"),
    [
        ("14.99 KB a page", "≤ 15 KB a page", True),
        ("15.01 KB a page", "≤ 15 KB a page", False),
        ("0.60 ×", "≥ 0.60 ×", True),
        ("29,999 rows", "≥ 30,000 rows", False),
        ("70,000", "70,000", True),
        ("69,999", "70,000", False),
        ("12 s", "", None),
    ],
)
def test_bars(measured: str, bar: str, meets: bool | None) -> None:
    assert row("x", measured, bar).meets is meets


@pytest.mark.parametrize(("measured", "bar"), [("900 KB", "≤ 1 MB"), ("fast", "≤ 1 s"), ("≤ 1 s", "≤ 1 s")])
def test_a_value_of_another_unit_is_refused(measured: str, bar: str) -> None:
    with pytest.raises(ValueError, match="held against"):
        row("x", measured, bar)
