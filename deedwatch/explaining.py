"""One image put together for ``explain``: what is on record of it, judged now."""

from __future__ import annotations

from pathlib import Path

from crawler.errors import BadInput
from crawler.evidence import as_of, queries, recall
from crawler.evidence.clock import iso
from crawler.evidence.file import EvidenceFile
from crawler.model import Case, Permission, Use
from dataset_cards.policy.conditions import CONDITIONS
from dataset_cards.policy.evaluate import action, judge
from dataset_cards.policy.gather import gather
from dataset_cards.policy.profile import Profile, load_profile
from dataset_cards.policy.ruleset import Ruleset, load_ruleset
from dataset_cards.publish.explain_view import (
    Explanation,
    ShownChange,
    ShownClaim,
    ShownLayer,
    ShownLook,
    ShownVerdict,
)
from deedwatch.deciding import chosen_uses
from deedwatch.judging import FRESH_DAYS, PUBLISHERS
from deedwatch.rules import RULES

#: Which claims each layer read, so that the view can point from verdict to claim.
_FIELDS = {
    "license": ("license", "license_choice", "license_history"),
    "people": ("people", "model_release", "withdrawal"),
    "minors": ("minors",),
    "opt-outs": ("opt_out", "opt_out_carriers"),
    "site-terms": ("restriction", "property_release", "ai_generated"),
    "dataset-terms": (),
    "freshness": (),
}


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
            for ruleset in chosen:
                explained.append(
                    _explanation(
                        view, image, snapshots, looks, ruleset, _verdicts(case, known, ruleset, wanted)
                    )
                )
    return explained


def _verdicts(
    case: Case, profile: Profile, ruleset: Ruleset, uses: tuple[Use, ...]
) -> tuple[ShownVerdict, ...]:
    facts = gather(case, profile)
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
                _FIELDS.get(layer.layer, ()),
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
    looks: list[tuple[recall.RecalledSnapshot, recall.RecalledLook | None]],
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
        looks=tuple(_shown(snapshot, look) for snapshot, look in looks),
        changes=tuple(
            ShownChange(iso(c.at), c.kind, c.before, c.after) for c in queries.changes_of(view, image.id)
        ),
        entry=entry,
        rehearsal=any(run.rehearsal for run in runs),
    )


def _shown(snapshot: recall.RecalledSnapshot, look: recall.RecalledLook | None) -> ShownLook:
    if look is None:
        assert snapshot.permission is not None
        return ShownLook(iso(snapshot.at), "(not asked)", 0, None, permission_words(snapshot.permission))
    capture = look.capture
    return ShownLook(
        iso(round(capture.fetched_at.timestamp() * 1000)),
        capture.url,
        capture.status,
        look.body_sha256,
        permission_words(look.permission)
        + (f"; nothing whole came back ({capture.fault})" if capture.fault else ""),
        tuple(
            ShownClaim(c.field.value, c.value, c.raw, c.scope.value, c.locator, c.quote, c.basis.value)
            for c in look.look.claims
        ),
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
