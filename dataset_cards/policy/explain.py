"""A verdict → sentences a person can read aloud."""

from __future__ import annotations

from dataset_cards.policy.conditions import CONDITIONS
from dataset_cards.policy.evaluate import LayerVerdict, Verdict, action
from dataset_cards.policy.rule import VALUES

NOT_LEGAL_ADVICE = "This is a reading of evidence under written rules, not legal advice."

_LAYER_NAMES = {
    "license": "License",
    "dataset-terms": "Dataset terms",
    "site-terms": "Site terms",
    "opt-outs": "Opt-outs",
    "people": "People",
    "minors": "Minors",
    "freshness": "Evidence",
}
_ACTIONS = {"keep": "keep it", "review": "have a person look at it", "drop": "leave it out"}


def explain(verdict: Verdict) -> list[str]:
    """The verdict first, then every layer, lowest first, each with reason, conditions and citation."""
    deciding = " and ".join(_LAYER_NAMES[layer.layer].lower() for layer in verdict.deciding)
    advice = _ACTIONS[action(verdict)]
    first = f"For {verdict.use.value} under {verdict.ruleset} this image is {verdict.value}: {advice}."
    low_first = [layer for value in VALUES for layer in verdict.layers if layer.value == value]
    layers = [explain_layer(layer) for layer in low_first]
    return [f"{first} What decides is {deciding}.", *layers, NOT_LEGAL_ADVICE]


def explain_layer(layer: LayerVerdict) -> str:
    """One layer in one paragraph."""
    parts = [f"{_LAYER_NAMES[layer.layer]}: {layer.value}. {layer.reason}"]
    if layer.exception:
        parts.append(f"This rests on the exception {layer.exception}.")
    if layer.duties:
        parts.append(f"You must {_joined(layer.duties)}.")
    attested = [word for word in layer.assumptions if word not in layer.unattested]
    if attested:
        parts.append(f"The profile attests that {_joined(attested)}.")
    if layer.unattested:
        parts.append(f"Nobody has attested that {_joined(layer.unattested)}.")
    source = f" [{layer.citation}]" if layer.citation else ""
    return f"{' '.join(parts)} (rule {layer.rule_id}){source}"


def _joined(words: tuple[str, ...] | list[str]) -> str:
    return "; ".join(CONDITIONS[word].sentence for word in words)
