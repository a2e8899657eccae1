"""Fills a card's ``Figures`` from a judgement: counts over cases, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.evidence import queries
from crawler.evidence.clock import iso
from crawler.licenses.registry import registry_hash
from crawler.model import Case, Findings, Reason, Status
from dataset_cards.publish.figures import (
    EvidenceAge,
    Figures,
    Hashed,
    Head,
    ListFile,
    NotKnown,
    RefreshRun,
    SourceState,
)
from deedwatch.judging import Judgement, verdict_table, version


@dataclass(frozen=True, slots=True)
class Publisher:
    """What only the publisher can say of a card: licence of the lists, the audited dataset's name on the Hub,
    contact.
    """

    lists_license: str | None = None
    lists_license_name: str | None = None
    lists_license_link: str | None = None
    source_dataset: str | None = None
    contact: str | None = None


@dataclass(slots=True)
class _Counts:
    """Counters over cases."""

    visited: int = 0
    now: Counter[str] = field(default_factory=Counter)
    declared: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    differs: Counter[str] = field(default_factory=Counter)
    opt_outs: Counter[str] = field(default_factory=Counter)
    carriers: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    minors: Counter[str] = field(default_factory=Counter)
    releases: Counter[str] = field(default_factory=Counter)
    withdrawals: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    unread_carriers: int = 0


def figures(judged: Judgement, publisher: Publisher, lists: tuple[ListFile, ...] = ()) -> Figures:
    """Everything the card prints. Equal evidence and inputs give equal figures."""
    view = judged.view
    facts = queries.dataset(view)
    counts = _count(judged.cases)
    runs = queries.refreshes(view)
    statuses = {(source, status, reason): n for source, status, reason, n in queries.statuses(view)}
    ages = queries.look_ages(view)
    last = runs[-1] if runs else None
    photos = sum(n for _, _, n in queries.sources(view))
    return Figures(
        dataset=facts.name,
        as_of=iso(view.as_of.at),
        head=Head(view.as_of.head.chain, view.as_of.head.number, view.as_of.head.hash),
        version=version(),
        manifest_name=facts.file,
        manifest_sha256=facts.sha256,
        manifest_format=facts.format,
        images=facts.images,
        photos=photos,
        ruleset=judged.leading.id,
        rulesets=tuple(Hashed(r.id, r.hash) for r in judged.rulesets),
        registry=Hashed("crawler/licenses/data", registry_hash()),
        profile=Hashed(judged.profile.name, judged.profile.hash) if judged.profile.hash else None,
        rehearsal=any(run.rehearsal for run in runs),
        row_problems=facts.problems,
        visited=sum(statuses.values()),
        statuses=statuses,
        source_states=_source_states(runs, statuses),
        licenses_now=counts.now,
        licenses_declared=counts.declared,
        license_states=counts.states,
        differs=counts.differs,
        lost_suspected=counts.lost["suspected"],
        lost_confirmed=counts.lost["confirmed"],
        changes=queries.change_counts(view, last.id) if last else {},
        changes_since=iso(runs[-2].started) if len(runs) > 1 else None,
        age=None if ages is None else EvidenceAge(*(iso(at) for at in ages)),
        opt_outs=counts.opt_outs,
        carriers_read=counts.carriers,
        carriers_unread={"all carriers": counts.unread_carriers} if counts.unread_carriers else {},
        people=counts.people,
        minors=counts.minors,
        model_releases=counts.releases,
        withdrawals=counts.withdrawals,
        verdicts=verdict_table(judged.tally, judged.rulesets),
        actions={(r, u.value): c for (u, r), c in judged.tally.actions.items()},
        refreshes=tuple(
            RefreshRun(
                run.number,
                iso(run.started),
                None if run.finished is None else iso(run.finished),
                run.requests,
            )
            for run in runs
        ),
        not_known=_not_known(counts),
        flickr_used=any(source == "flickr" and Status(status).conclusive for source, status, _ in statuses),
        lists=lists,
        lists_license=publisher.lists_license,
        lists_license_name=publisher.lists_license_name,
        lists_license_link=publisher.lists_license_link,
        source_dataset=publisher.source_dataset,
        contact=publisher.contact,
    )


def _count(cases: Iterable[tuple[Case, int]]) -> _Counts:
    counts = _Counts()
    for case, n in cases:
        if case.declared is not None:
            counts.declared[case.declared] += n
        else:
            counts.declared[case.declared_state] += n
        if case.differs:
            counts.differs[case.differs] += n
        if case.loss:
            counts.lost[case.loss] += n
        if case.findings is not None:
            counts.visited += n
        _count_findings(counts, case.findings, n)
        _count_gaps(counts, case, n)
    return counts


def _count_findings(counts: _Counts, findings: Findings | None, n: int) -> None:
    counts.states["not_observed" if findings is None else findings.license_state] += n
    if findings is None:
        return
    if findings.license is not None:
        counts.now[findings.license] += n
    for words, counter in (
        (findings.opt_outs, counts.opt_outs),
        (findings.opt_out_carriers, counts.carriers),
        (findings.people, counts.people),
        (findings.minors, counts.minors),
        (findings.model_release, counts.releases),
        (findings.withdrawal, counts.withdrawals),
    ):
        for word in words:
            counter[word] += n
    if findings.status.conclusive and not findings.status.lost and not findings.opt_out_carriers:
        counts.unread_carriers += n


_GAPS = {
    "licence": "the source was looked at and states no licence for the image that we understand",
    "inconclusive": (
        "no look at the source said anything about the image (not allowed, refused, not reached or not understood)"
    ),
    "people": "nobody states whether people are shown",
    "minors": "nobody states whether minors are shown",
    "release": "no model release is stated by the source",
    "carriers": "no carrier of opt-outs could be read",
    "suspected": "the source no longer shows the photo, seen once and not yet confirmed",
}


def _count_gaps(counts: _Counts, case: Case, n: int) -> None:
    findings = case.findings
    if case.loss == "suspected":
        counts.gaps["suspected"] += n
    if findings is None:
        return
    if not findings.status.conclusive:
        counts.gaps["inconclusive"] += n
        return
    if findings.license is None and not findings.status.lost:
        counts.gaps["licence"] += n
    if not findings.people:
        counts.gaps["people"] += n
    if not findings.minors:
        counts.gaps["minors"] += n
    if not findings.model_release:
        counts.gaps["release"] += n
    if not findings.opt_out_carriers and not findings.status.lost:
        counts.gaps["carriers"] += n


def _not_known(counts: _Counts) -> tuple[NotKnown, ...]:
    return tuple(NotKnown(_GAPS[name], n) for name, n in sorted(counts.gaps.items()))


def _source_states(
    runs: list[queries.RefreshFacts], statuses: dict[tuple[str, str, str], int]
) -> tuple[SourceState, ...]:
    """Sources in suspected outage in the last refresh, at rest, or closed to us."""
    states = []
    outages = {
        source for event, source, _ in (runs[-1].events if runs else ()) if event == "outage" and source
    }
    for source in sorted(outages):
        images = sum(
            n for (s, _, reason), n in statuses.items() if s == source and reason == Reason.SUSPECT_OUTAGE
        )
        states.append(SourceState(source, "suspect_outage", Reason.SUSPECT_OUTAGE.value, images))
    for (source, status, reason), n in sorted(statuses.items()):
        if status == Status.DISALLOWED and reason in (
            Reason.NO_KEY,
            Reason.TERMS,
            Reason.BAD_KEY,
            Reason.ROBOTS,
        ):
            states.append(SourceState(source, "disallowed", reason, n))
        if reason in (Reason.SOURCE_RESTING, Reason.RATE_LIMITED):
            states.append(SourceState(source, "resting", reason, n))
    return tuple(states)
