"""One image put together for ``explain``: what is on record of it, judged now."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from crawler.errors import BadInput
from crawler.evidence import as_of, queries, recall
from crawler.evidence.clock import iso
from crawler.evidence.file import EvidenceFile
from crawler.model import Case, Findings, Permission, Status, Use
from dataset_cards.policy.conditions import CONDITIONS
from dataset_cards.policy.evaluate import action, judge
from dataset_cards.policy.facts import Facts
from dataset_cards.policy.gather import gather
from dataset_cards.policy.grounds import grounds
from dataset_cards.policy.profile import load_profile
from dataset_cards.policy.ruleset import Ruleset, load_ruleset
from dataset_cards.publish.explanation import (
    Explanation,
    ShownChange,
    ShownClaim,
    ShownGround,
    ShownLayer,
    ShownLook,
    ShownText,
    ShownVerdict,
)
from deedwatch.deciding import chosen_uses
from deedwatch.judging import FRESH_DAYS, PUBLISHERS
from deedwatch.license_texts import texts_behind
from deedwatch.rules import RULES


def explain(
    path: Path,
    key: str,
    *,
    when: str | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    uses: tuple[str, ...],
    body: Path | None,
) -> list[Explanation]:
    """One explanation per image of that key and ruleset. Writes the newest body to ``body`` if asked to."""
    wanted = chosen_uses(uses)
    chosen = [load_ruleset(name) for name in rulesets or (PUBLISHERS,)]
    known = load_profile(profile)
    explained = []
    with EvidenceFile.read(path) as file:
        view = as_of.View(file, RULES, as_of.find(file, when))
        for image in recall.images(view, key):
            case = queries.case_of(view, image.id, fresh_days=FRESH_DAYS)
            snapshots = recall.snapshots(view, image.id)
            looks = _looks(file, image, snapshots)
            if body is not None:
                _write_body(body, looks, key)
            shown = _shown_looks(looks, _judged(case, snapshots))
            texts = texts_behind(view, image.source, _found_by(_licensing(case), snapshots))
            facts = gather(case, known)
            for ruleset in chosen:
                verdicts = _verdicts(facts, ruleset, wanted, shown)
                explained.append(_explanation(view, image, snapshots, shown, texts, ruleset, verdicts))
    return explained


def _licensing(case: Case) -> Findings | None:
    """The findings whose licence is judged: those of now, or where the photo is gone, of when it was there."""
    look = case.findings
    return look if look is not None and look.status in (Status.AVAILABLE, Status.MOVED) else case.standing


def _found_by(
    findings: Findings | None, snapshots: list[recall.RecalledSnapshot]
) -> recall.RecalledSnapshot | None:
    """The newest snapshot that found just this."""
    return next((snapshot for snapshot in snapshots if snapshot.findings == findings), None)


def _judged(case: Case, snapshots: list[recall.RecalledSnapshot]) -> frozenset[int]:
    """Row ids of the snapshots that the facts were gathered from."""
    found = (_found_by(findings, snapshots) for findings in (case.findings, case.standing))
    return frozenset(snapshot.id for snapshot in found if snapshot is not None)


def _verdicts(
    facts: Facts, ruleset: Ruleset, uses: tuple[Use, ...], looks: tuple[ShownLook, ...]
) -> tuple[ShownVerdict, ...]:
    judged = [claim for look in looks if look.judged for claim in look.claims]
    shown = []
    for use in uses:
        verdict = judge(facts, ruleset, use)
        layers = tuple(
            ShownLayer(
                layer.layer,
                layer.value,
                layer.rule_id,
                layer.reason,
                layer.citation,
                tuple(CONDITIONS[word].sentence for word in (*layer.duties, *layer.assumptions)),
                tuple(
                    ShownGround(
                        ground.name,
                        ground.fact.value,
                        ground.fact.basis,
                        ground.fact.why,
                        ground.fact.rests,
                        tuple(claim.number for claim in judged if claim.field in ground.fact.rests),
                    )
                    for ground in grounds(facts, ruleset, layer, use)
                ),
            )
            for layer in verdict.layers
        )
        shown.append(ShownVerdict(use.value, verdict.value, action(verdict), layers))
    return tuple(shown)


def _looks(
    file: EvidenceFile, image: recall.RecalledImage, snapshots: list[recall.RecalledSnapshot]
) -> list[tuple[recall.RecalledSnapshot, recall.RecalledLook | None]]:
    """Every answer of every snapshot, oldest first; ``None`` for a snapshot that rests on a decision alone."""
    found: list[tuple[recall.RecalledSnapshot, recall.RecalledLook | None]] = []
    for snapshot in reversed(snapshots):
        pairs = [
            recall.recalled_look(file, image.source, image.native or "", pair) for pair in snapshot.looks
        ]
        found += [(snapshot, look) for look in pairs]
        if snapshot.permission is not None:
            found.append((snapshot, None))
    return found


def _write_body(
    path: Path, looks: list[tuple[recall.RecalledSnapshot, recall.RecalledLook | None]], key: str
) -> None:
    bodies = [
        look
        for _, look in looks
        if look is not None
        and look.body_id is not None
        and not look.reader.startswith(("robots/", "picture_file/"))
    ]
    if not bodies:
        raise BadInput(f'No page or answer is stored for "{key[:80]}": it was never fetched, or forgotten.')
    path.write_bytes(bodies[-1].capture.body)


def _explanation(
    view: as_of.View,
    image: recall.RecalledImage,
    snapshots: list[recall.RecalledSnapshot],
    looks: tuple[ShownLook, ...],
    texts: tuple[ShownText, ...],
    ruleset: Ruleset,
    verdicts: tuple[ShownVerdict, ...],
) -> Explanation:
    head = view.as_of.head
    latest = snapshots[0] if snapshots else None
    status, reason = (
        ("not looked at", "no refresh has come to it yet")
        if latest is None
        else (latest.status, latest.reason)
    )
    entry = queries.entry_of(view, latest.id) if latest is not None else None
    runs = queries.refreshes(view)
    declared = tuple((name, value) for name, value in sorted(image.declared.items()) if name != "row")
    if image.declared_license:
        declared = (*declared, ("read as", image.declared_license))
    return Explanation(
        key=image.key,
        dataset=queries.dataset(view).name,
        ruleset=ruleset.id,
        as_of=iso(view.as_of.at),
        source=image.source,
        status=str(status),
        reason=str(reason),
        head=(head.chain, head.number, head.hash),
        ordinal=image.ordinal,
        row=image.declared.get("row", ""),
        native_id=image.native or "",
        declared=declared,
        verdicts=verdicts,
        looks=looks,
        texts=texts,
        changes=tuple(
            ShownChange(iso(c.at), c.kind, c.before, c.after) for c in queries.changes_of(view, image.id)
        ),
        entry=entry,
        rehearsal=any(run.rehearsal for run in runs),
    )


def _shown_looks(
    looks: list[tuple[recall.RecalledSnapshot, recall.RecalledLook | None]], judged: frozenset[int]
) -> tuple[ShownLook, ...]:
    """The looks with their claims numbered throughout, from 1."""
    number = itertools.count(1)
    return tuple(_shown(snapshot, look, number, snapshot.id in judged) for snapshot, look in looks)


def _shown(
    snapshot: recall.RecalledSnapshot,
    look: recall.RecalledLook | None,
    number: Iterator[int],
    judged: bool,
) -> ShownLook:
    if look is None:
        assert snapshot.permission is not None
        said = permission_words(snapshot.permission)
        return ShownLook(iso(snapshot.at), "(not asked)", 0, None, said, judged=judged)
    capture = look.capture
    return ShownLook(
        iso(round(capture.fetched_at.timestamp() * 1000)),
        capture.url,
        capture.status,
        look.body_sha256,
        permission_words(look.permission)
        + (f"; nothing whole came back ({capture.fault})" if capture.fault else ""),
        tuple(
            ShownClaim(
                c.field.value, c.value, c.raw, c.scope.value, c.locator, c.quote, c.basis.value, next(number)
            )
            for c in look.look.claims
        ),
        judged,
    )


def permission_words(permission: Permission) -> str:
    """A decision of the gate as a sentence part: allowed or not, by what, in which version."""
    verdict = "allowed" if permission.allowed else "not allowed"
    parts = [f"{verdict} by {permission.basis.replace('_', ' ')}: {permission.rule}"]
    if permission.agent_group:
        parts.append(f"group {permission.agent_group}")
    if permission.document:
        parts.append(f"robots.txt sha256 {permission.document}")
    return ", ".join(parts)
