"""Cases and rulesets for the tests of judging."""

from collections.abc import Callable

import pytest

from crawler.model import Case, Findings, Reason, Status
from dataset_cards.policy.ruleset import Ruleset, load_ruleset, shipped_rulesets


@pytest.fixture(scope="session")
def rulesets() -> dict[str, Ruleset]:
    """The shipped rulesets by name."""
    return {ruleset.name: ruleset for ruleset in map(load_ruleset, shipped_rulesets())}


@pytest.fixture(scope="session")
def make_findings() -> Callable[..., Findings]:
    """One look; publicly there, robots.txt read, no people, unless told otherwise."""

    def make(status: str = "available", license_id: str | None = "CC-BY-2.0", **more: object) -> Findings:
        there = status in ("available", "moved")
        given = {
            "reason": Reason.SEEN if there else Reason.NOT_FOUND,
            "license": license_id if there else None,
            "license_state": ("known" if license_id else "not_stated") if there else "not_observed",
            "opt_out_carriers": ("robots",),
            "people": ("none:stated",),
            **{key: tuple(value) if isinstance(value, list) else value for key, value in more.items()},
        }
        return Findings(status=Status(status), **given)

    return make


@pytest.fixture(scope="session")
def make_case(make_findings) -> Callable[..., Case]:
    """``make_case(license_id="…", status="…", source="…", loss="…", declared="…", stale=…, …findings)``."""

    def make(**given: object) -> Case:
        source = given.pop("source", "flickr")
        loss = given.pop("loss", "")
        declared = given.pop("declared", None)
        stale = given.pop("stale", False)
        differs = given.pop("differs", "")
        looked = given.pop("looked", True)
        standing = given.pop("standing", None)
        findings = make_findings(**given) if looked else None
        if standing is not None:
            standing = make_findings(license_id=standing)
        elif findings is not None and findings.status in (Status.AVAILABLE, Status.MOVED):
            standing = findings
        return Case(
            source=source,
            findings=findings,
            standing=standing,
            loss=loss,
            declared=declared,
            declared_state="known" if declared else "not_stated",
            stale=stale,
            licenses_ever=(),
            differs=differs,
        )

    return make
