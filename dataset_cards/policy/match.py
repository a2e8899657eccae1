"""The small vocabulary in which rules say when they speak, and whether they do.

    when = { kind = "cc", nc = false, not_version = ["4.0"] }

Every key must hold; a list means "any of these"; ``not_`` turns one round; ``id`` and ``source`` may use "*".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import translate
from functools import cache

from crawler.licenses.registry import by_id
from dataset_cards.policy.facts import Facts
from dataset_cards.policy.profile import ACTORS, ADAPTATIONS, COPIES_FROM, COVERS, PURPOSES, TERMS
from dataset_cards.policy.signals import OPT_OUT_WEIGHT, carriers_unread

KINDS = (
    *("cc", "limited", "public-domain-tool", "statement", "government", "site", "reserved"),
    *("copyleft", "database", "software"),
)
_YES_NO = ("yes", "no")
_LICENSE: dict[str, tuple[str, ...] | None] = {
    "id": None,
    "kind": KINDS,
    "by": _YES_NO,
    "nc": _YES_NO,
    "nd": _YES_NO,
    "sa": _YES_NO,
    "version": None,
    "revocable": _YES_NO,
}
#: Every key a rule may use, with the words it may hold; ``None``: any text.
KEYS: dict[str, tuple[str, ...] | None] = {
    **_LICENSE,
    "state": ("known", "not_stated", "not_understood", "conflict", "not_observed"),
    "basis": ("stated", "terms", "seen-earlier", "declared", ""),
    "scope": ("image", "page", "site", "none"),
    "differs": ("", "same", "changed_after", "already_different", "undated"),
    "source": None,
    "presence": ("public", "replaced", "lost-suspected", "lost-confirmed", "not-reached", "never-looked"),
    "seen": _YES_NO,
    "evidence": ("fresh", "stale", "lost-unseen", "replaced", "declared-only", "nothing"),
    "people": ("shown", "none", "unknown"),
    "minors": ("shown", "keyword", "among-them", "adults", "none", "unknown"),
    "release": ("held", "stated", "claimed", "limited", "unclear", "none", "withdrawn", "not-held"),
    "opt_outs": (*OPT_OUT_WEIGHT[:-1], "none-found"),
    "carriers": ("read", "partly-read", "not-observed"),
    "restricted": _YES_NO,
    "restrictions": None,
    "ai_generated": ("stated", "unknown"),
    "withdrawal": ("yes", "no", "unknown"),
    "deletion_request": _YES_NO,
    "dataset": ("license", "terms", "none", "not-bound", "unknown"),
    **{f"dataset_{key}": words for key, words in _LICENSE.items()},
    "dataset_covers": COVERS,
    "dataset_terms": TERMS,
    "copies_from": COPIES_FROM,
    "actor": ACTORS,
    "purpose": PURPOSES,
    "adaptation": ADAPTATIONS,
}

Words = Mapping[str, str | frozenset[str]]


@dataclass(frozen=True, slots=True)
class Clause:
    """One key of a ``when``. ``patterns`` are those of ``values`` that hold "*"."""

    key: str
    values: frozenset[str]
    negate: bool = False
    pattern: re.Pattern[str] | None = None

    def holds(self, words: Words) -> bool:
        """Whether the facts are so."""
        value = words[self.key]
        if isinstance(value, frozenset):
            found = not self.values.isdisjoint(value)
        else:
            found = value in self.values or (self.pattern is not None and bool(self.pattern.match(value)))
        return found is not self.negate


def clause(key: str, values: tuple[str, ...], *, negate: bool) -> Clause:
    """A clause with its patterns compiled."""
    starred = [translate(value) for value in values if "*" in value]
    pattern = re.compile("|".join(starred)) if starred else None
    return Clause(key, frozenset(values), negate, pattern)


def words(
    facts: Facts, required_carriers: tuple[str, ...], license_id: str | None = None
) -> dict[str, str | frozenset[str]]:
    """Facts as the words of ``KEYS``.

    ``required_carriers`` are those of opt-outs that a ruleset wants read before it believes "none".
    ``license_id`` asks about another license than the one that counts now (the one at collection).
    """
    dataset = facts.dataset.value
    has_license = dataset not in ("none", "terms", "not-bound", "unknown")
    opt_outs = facts.opt_outs.value
    carriers = "partly-read" if carriers_unread(facts.opt_out_carriers, required_carriers) else "read"
    return {
        **license_words(facts.license.value if license_id is None else license_id),
        "state": facts.license_state if license_id is None else "known",
        "basis": facts.license.basis,
        "scope": facts.license_scope if license_id is None else "image",
        "differs": facts.differs,
        "source": facts.source.value,
        "presence": facts.presence.value,
        "seen": "yes" if facts.seen else "no",
        "evidence": facts.evidence.value,
        "people": facts.people.value,
        "minors": facts.minors.value,
        "release": facts.release.value,
        "opt_outs": "none-found" if opt_outs in ("clear", "not-observed") else opt_outs,
        "carriers": carriers if facts.opt_out_carriers else "not-observed",
        "restricted": "yes" if facts.restrictions else "no",
        "restrictions": frozenset(facts.restrictions),
        "ai_generated": facts.ai_generated.value,
        "withdrawal": facts.withdrawal.value,
        "deletion_request": "yes" if facts.deletion_request else "no",
        "dataset": "license" if has_license else dataset,
        **license_words(dataset if has_license else "", "dataset_"),
        "dataset_covers": facts.dataset_covers,
        "dataset_terms": frozenset(facts.dataset_terms),
        "copies_from": facts.copies_from.value,
        "actor": facts.actor.value,
        "purpose": facts.purpose.value,
        "adaptation": facts.adaptation.value,
    }


@cache
def license_words(license_id: str, prefix: str = "") -> dict[str, str]:
    """A license's conditions as words for rules; without a license every one is ""."""
    keys = ("id", "kind", "by", "nc", "nd", "sa", "version", "revocable")
    if not license_id:
        return {prefix + key: "" for key in keys}
    found = by_id(license_id)
    values = (
        found.id,
        found.kind,
        _YES_NO[not found.by],
        _YES_NO[not found.nc],
        _YES_NO[not found.nd],
        _YES_NO[not found.sa],
        found.version or "",
        _YES_NO[not found.revocable],
    )
    return {prefix + key: value for key, value in zip(keys, values, strict=True)}
