"""The to-do list of a refresh: it survives the process, and targets come back as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.evidence.coding import findings_from, findings_json, target_from, target_json
from crawler.evidence.file import EvidenceFile
from crawler.evidence.work import WorkList
from crawler.evidence.writer import Writer
from crawler.model import Basis, Findings, Key, LicenseFinding, Reason, Scope, Status, Target

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = st.lists(TEXT, max_size=3).map(tuple)
TARGETS = st.builds(
    Target,
    source=TEXT,
    url=TEXT,
    group=TEXT,
    serves=WORDS,
    basis=st.sampled_from(["robots", "api"]),
    key=st.none()
    | st.builds(Key, setting=TEXT, query=st.none() | TEXT, header=st.none() | TEXT, template=TEXT),
    accept=TEXT,
    depth=st.integers(0, 4),
    context=st.dictionaries(TEXT, st.none() | st.booleans() | st.integers(-9, 9) | TEXT, max_size=3),
)
FINDINGS = st.builds(
    Findings,
    status=st.sampled_from(Status),
    reason=st.sampled_from(Reason),
    license=st.none() | TEXT,
    license_state=TEXT,
    licenses=st.lists(
        st.builds(LicenseFinding, st.none() | TEXT, st.sampled_from(Scope), st.sampled_from(Basis)),
        max_size=2,
    ).map(tuple),
    licenses_before=WORDS,
    opt_outs=WORDS,
    people=WORDS,
    deletion_request=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(TARGETS)
def test_a_target_comes_back_as_it_was(target: Target) -> None:
    assert target_from(target_json(target)) == target


@settings(max_examples=60, deadline=None)
@given(FINDINGS, FINDINGS)
def test_findings_have_one_text(one: Findings, other: Findings) -> None:
    assert findings_from(findings_json(one)) == one
    assert (findings_json(one) == findings_json(other)) == (one == other)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "set.deedwatch.db"


@pytest.fixture
def file(path: Path) -> Iterator[EvidenceFile]:
    with EvidenceFile.write(path, create=True) as opened:
        yield opened


def target(n: int, group: str = "g") -> Target:
    return Target("any_page", f"https://{group}/{n}", group, (f"https://{group}/{n}",))


def test_jobs_outlive_the_process(path: Path) -> None:
    with EvidenceFile.write(path, create=True) as file:
        writer = Writer(file)
        work = WorkList(writer, 7)
        done, later, open_ = (work.add(target(n)) for n in range(3))
        work.add(target(9, "other"), {"https://other/9": ((1, 2), (3, 4))})
        work.done(done)
        work.postpone(later, 5000)
        work.rest("g", 9000, "answered 429")
        writer.commit()
    with EvidenceFile.write(path) as file:
        again = WorkList(Writer(file), 7)
        left = again.left("g")
        assert [(job.id, job.target, job.attempts, job.not_before) for job in left] == [
            (later.id, target(1), 1, 5000),
            (open_.id, target(2), 0, 0),
        ]
        assert again.left("other")[0].looks == {"https://other/9": ((1, 2), (3, 4))}
        assert again.rests() == {"g": (9000, "answered 429")}
        assert WorkList(Writer(file), 8).left("g") == []
        assert again.add(target(4)).id > left[-1].id


def test_uncommitted_jobs_are_asked_for_again(path: Path) -> None:
    with EvidenceFile.write(path, create=True) as file:
        WorkList(Writer(file), 7).add(target(1))
    with EvidenceFile.write(path) as file:
        assert WorkList(Writer(file), 7).left("g") == []


def test_an_ended_refresh_leaves_no_work(file: EvidenceFile) -> None:
    writer = Writer(file)
    for refresh in (7, 8):
        WorkList(writer, refresh).add(target(refresh))
    WorkList(writer, 7).clear()
    writer.commit()
    assert file.db.execute("SELECT refresh FROM work").fetchall() == [(8,)]
