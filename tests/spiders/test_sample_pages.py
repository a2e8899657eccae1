"""Every spider reads its sample pages as expected, and has pages enough.

A case is a folder ``tests/pages/<source>/<case>/`` with ``page.*``, ``meta.json`` (url, status, headers) and
``claims.json`` (what must be found). For a new page, write the first two and run ``python
tests/spiders/test_sample_pages.py <source>/<case>``: it prints a ``claims.json`` to check by eye and save.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Answer, Capture, Target
from crawler.reading.findings import findings_of
from crawler.sources.discovery import spiders

PAGES = Path(__file__).resolve().parent.parent / "pages"
CASES = sorted(meta.parent for meta in PAGES.glob("*/*/meta.json"))
NEEDED = ("stated-", "gone-", "unreadable-")


def answered(case: Path) -> Answer:
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    kind = spiders()[case.parent.name]
    (page,) = case.glob("page.*")
    ref = kind.claims(meta["url"])
    serves = tuple(meta.get("serves") or ((ref.native_id,) if ref is not None else ()))
    target = Target(kind.name, meta["url"], "group", serves)
    headers = tuple(meta["headers"].items())
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return kind().read(Capture(target, meta["url"], meta["status"], headers, page.read_bytes(), now))


def found(case: Path) -> dict[str, Any]:
    answer = answered(case)
    looks = []
    for look in answer.looks:
        findings = findings_of(look)
        looks.append(
            {
                "native_id": look.native_id,
                "status": None if look.status is None else str(look.status),
                "reason": None if look.reason is None else str(look.reason),
                "license": findings.license,
                "license_state": findings.license_state,
                "claims": [f"{c.scope} {c.field} = {c.value} ({c.basis})" for c in look.claims],
            }
        )
    return {
        "looks": looks,
        "follow": [target.url for target in answer.follow],
        "retry": None if answer.retry is None else str(answer.retry),
        "halt": None if answer.halt is None else str(answer.halt),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_sample_page_is_read_as_expected(case: Path) -> None:
    expected = json.loads((case / "claims.json").read_text("utf-8"))
    assert found(case) == expected


@pytest.mark.parametrize("source", sorted(spiders()))
@pytest.mark.parametrize("kind", NEEDED)
def test_every_spider_has_sample_pages(source: str, kind: str) -> None:
    cases = [case.name for case in CASES if case.parent.name == source and case.name.startswith(kind)]
    assert cases, f"Spider {source!r} has no sample page {kind}* under tests/pages/{source}/."


def test_no_sample_page_is_left_without_a_spider() -> None:
    assert {case.parent.name for case in CASES} <= set(spiders())
    assert {page.parent.parent for page in PAGES.glob("*/*/page.*")} <= {case.parent for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_every_claim_points_at_bytes(case: Path) -> None:
    for look in answered(case).looks:
        for claim in look.claims:
            if claim.field != "opt_out_carriers":
                assert claim.raw, claim
                assert claim.locator, claim


if __name__ == "__main__":
    print(json.dumps(found(PAGES / sys.argv[1]), ensure_ascii=False, indent=1))
