"""Sightings for the tests of the fold."""

from collections.abc import Callable

import pytest

from crawler.model import Findings, Reason, Sighting, Status

DAY = 86_400.0

_REASONS = {
    Status.AVAILABLE: Reason.SEEN,
    Status.GONE: Reason.REMOVED,
    Status.NOT_PUBLIC: Reason.NOT_FOUND,
    Status.PLACEHOLDER: Reason.SOFT_404,
    Status.MOVED: Reason.REDIRECTED,
    Status.REPLACED: Reason.OTHER_PICTURE,
    Status.UNREACHABLE: Reason.TIMEOUT,
}


@pytest.fixture(scope="session")
def sighting() -> Callable[..., Sighting]:
    """``sighting(refresh, status, license, …)``: one look, a day per refresh unless ``at`` says otherwise."""

    def make(
        refresh: int,
        status: Status = Status.AVAILABLE,
        license_id: str | None = "CC-BY-2.0",
        *,
        at: float | None = None,
        snapshot: int | None = None,
        reader: str = "flickr/1",
        author: str | None = "a1",
        counts: bool = True,
        reason: Reason | None = None,
        **more: object,
    ) -> Sighting:
        there = status in (Status.AVAILABLE, Status.MOVED)
        findings = Findings(
            status=status,
            reason=reason or _REASONS.get(status, Reason.SEEN),
            license=license_id if there else None,
            license_state=("known" if license_id else "not_stated") if there else "not_observed",
            **more,
        )
        return Sighting(
            snapshot=refresh * 10 if snapshot is None else snapshot,
            refresh=refresh,
            at=refresh * 2 * DAY if at is None else at,
            findings=findings,
            author=author if there else None,
            reader=reader,
            counts=counts,
        )

    return make
