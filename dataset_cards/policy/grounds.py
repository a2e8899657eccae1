"""What a layer's verdict rests on: the facts that its rules asked for, and the fields of claims behind each."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Use
from dataset_cards.policy.evaluate import LayerVerdict, speaking
from dataset_cards.policy.facts import DELETION_REQUEST, RESTRICTION, Fact, Facts
from dataset_cards.policy.match import KEYS
from dataset_cards.policy.ruleset import Ruleset

#: Words of rules that ask for another fact than the one they are named after.
_ASKS_FOR = {
    **dict.fromkeys(("id", "kind", "by", "nc", "nd", "sa", "version", "revocable"), "license"),
    **dict.fromkeys(("state", "basis", "scope"), "license"),
    "differs": "license_at_collection",
    "seen": "presence",
    "carriers": "opt_outs",
    "restricted": "restrictions",
    **{key: "dataset" for key in KEYS if key.startswith("dataset_")},
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact with its name. ``fact.rests``: fields of the claims it follows from, whatever the fact's own name."""

    name: str
    fact: Fact


def grounds(facts: Facts, ruleset: Ruleset, layer: LayerVerdict, use: Use) -> tuple[Ground, ...]:
    """The facts that the rules behind this verdict asked for, those of the deciding rule first, each once."""
    speaks = speaking(facts, ruleset)
    raised = dict(speaks.exceptions).get(layer.exception, ()) if layer.exception else ()
    heard = [rule for rule in raised or dict(speaks.layers)[layer.layer] if use in rule.verdict]
    heard.sort(key=lambda rule: rule.id != layer.rule_id)
    names = (_ASKS_FOR.get(clause.key, clause.key) for rule in heard for clause in rule.when)
    if layer.exception and any(rule.layer == "license" and not rule.exception for rule in raised):
        names = ("license_at_collection" if name == "license" else name for name in names)
    return tuple(Ground(name, _fact(facts, name)) for name in dict.fromkeys(names))


def _fact(facts: Facts, name: str) -> Fact:
    if name == "license":
        return Fact(
            facts.license.value or facts.license_state,
            facts.license.basis,
            facts.license.why,
            facts.license.rests,
        )
    if name == "source":
        return Fact(facts.source.value, "address")
    if name == "restrictions":
        return Fact(", ".join(facts.restrictions) or "none", "stated", "", RESTRICTION)
    if name == "deletion_request":
        return Fact("yes" if facts.deletion_request else "no", "stated", "", DELETION_REQUEST)
    found = getattr(facts, name)
    assert isinstance(found, Fact)  # every other word of a rule is the name of a fact, which a test holds
    return found
