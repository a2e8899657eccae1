"""Facts and a ruleset → a verdict per use, layer by layer, each with its rule and reason.

judge(facts, ruleset, use) → Verdict        action(verdict) → keep · review · drop
judge_cases(cases, rulesets, profile) → Tally
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawler.licenses.registry import by_id
from crawler.model import Case, Use
from dataset_cards.policy.facts import Facts
from dataset_cards.policy.gather import gather
from dataset_cards.policy.match import Words, words
from dataset_cards.policy.profile import Attestation, Profile
from dataset_cards.policy.rule import LAYERS, VALUES, Cell, Rule
from dataset_cards.policy.ruleset import Ruleset

_RANK = {value: rank for rank, value in enumerate(VALUES)}
ACTIONS = ("keep", "review", "drop")
#: The exception under which a license that was offered at collection and can't be revoked is read again.
EARLIER_LICENSE = "earlier-license"
_EARLIER_REASON = (
    "At collection the source offered another license, which cannot be revoked for copies made then."
)


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """One layer's answer. ``value`` is already ``review`` where an assumption isn't attested; those are
    ``unattested``. ``exception`` names what raised the license layer, if anything did.
    """

    layer: str
    value: str
    rule_id: str
    reason: str
    citation: str
    duties: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    unattested: tuple[str, ...] = ()
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The lowest of all layers, and the layers, in the order of ``LAYERS``."""

    use: Use
    ruleset: str
    value: str
    layers: tuple[LayerVerdict, ...]

    @property
    def deciding(self) -> tuple[LayerVerdict, ...]:
        """The layers that are as low as the verdict."""
        return tuple(layer for layer in self.layers if layer.value == self.value)


@dataclass(frozen=True, slots=True)
class Speaking:
    """Which rules speak of one image, whatever the use: what ``judge`` needs, worked out once."""

    layers: tuple[tuple[str, tuple[Rule, ...]], ...]
    exceptions: tuple[tuple[str, tuple[Rule, ...]], ...]
    attestations: tuple[Attestation, ...]
    whys: tuple[tuple[str, str], ...]

    @property
    def shape(self) -> tuple[str, ...]:
        """What verdicts depend on, as one hashable value, the attestations aside."""
        heard = [f"{layer}:{rule.id}" for layer, rules in self.layers for rule in rules]
        raised = [f"{name}:{rule.id}" for name, rules in self.exceptions for rule in rules]
        return (*heard, "|", *raised, "|", *(why for _, why in self.whys))


@dataclass(slots=True)
class Tally:
    """Numbers of images. Keys: use and ruleset id; ``layers`` adds the layer, ``rules`` layer and rule id."""

    images: int = 0
    overall: dict[tuple[Use, str], Counter[str]] = field(default_factory=dict)
    layers: dict[tuple[Use, str, str], Counter[str]] = field(default_factory=dict)
    actions: dict[tuple[Use, str], Counter[str]] = field(default_factory=dict)
    rules: dict[tuple[Use, str, str], Counter[str]] = field(default_factory=dict)

    def add(self, verdict: Verdict, images: int) -> None:
        """Count one verdict for so many images."""
        key = (verdict.use, verdict.ruleset)
        self.overall.setdefault(key, Counter())[verdict.value] += images
        self.actions.setdefault(key, Counter())[action(verdict)] += images
        for layer in verdict.layers:
            self.layers.setdefault((*key, layer.layer), Counter())[layer.value] += images
            self.rules.setdefault((*key, layer.layer), Counter())[layer.rule_id] += images


def action(verdict: Verdict) -> str:
    """keep · review · drop (DESIGN §6). A ``conditional`` here has all its assumptions attested."""
    if verdict.value in ("eligible", "conditional"):
        return "keep"
    return "drop" if verdict.value == "ineligible" else "review"


def judge(facts: Facts, ruleset: Ruleset, use: Use) -> Verdict:
    """One image, one ruleset, one use."""
    return _verdict(speaking(facts, ruleset), ruleset, use)


def judge_uses(facts: Facts, ruleset: Ruleset) -> dict[Use, Verdict]:
    """All six uses at once: the rules that speak are looked up only once."""
    speaks = speaking(facts, ruleset)
    return {use: _verdict(speaks, ruleset, use) for use in Use}


def judge_cases(cases: Iterable[tuple[Case, int]], rulesets: Sequence[Ruleset], profile: Profile) -> Tally:
    """Counts over (case, number of images) pairs: per use, ruleset, layer and value, and per action.

    Each distinct set of facts is judged once, so a million images cost what their few thousand cases cost.
    """
    heard: dict[tuple[str, tuple[str, ...]], tuple[Ruleset, Speaking]] = {}
    numbers: Counter[tuple[str, tuple[str, ...]]] = Counter()
    tally = Tally()
    for case, images in cases:
        tally.images += images
        facts = gather(case, profile)
        for ruleset in rulesets:
            speaks = speaking(facts, ruleset)
            key = (ruleset.hash, speaks.shape)
            heard.setdefault(key, (ruleset, speaks))
            numbers[key] += images
    for key, (ruleset, speaks) in heard.items():
        for use in Use:
            tally.add(_verdict(speaks, ruleset, use), numbers[key])
    return tally


def speaking(facts: Facts, ruleset: Ruleset) -> Speaking:
    """The rules that speak of these facts, by layer and by exception."""
    now = words(facts, ruleset.required_carriers)
    layers: dict[str, list[Rule]] = {layer: [] for layer in LAYERS}
    exceptions: dict[str, list[Rule]] = {name: [] for name in ruleset.accepts}
    for rule in ruleset.rules:
        if rule.exception:
            if rule.exception in exceptions and _holds(rule, now):
                exceptions[rule.exception].append(rule)
        elif _holds(rule, now):
            layers[rule.layer].append(rule)
    earlier = facts.license_at_collection.value
    if ruleset.grants_last and facts.differs == "changed_after" and earlier and not by_id(earlier).revocable:
        then = words(facts, ruleset.required_carriers, earlier)
        readings = [rule for rule in ruleset.rules if rule.layer == "license" and not rule.exception]
        exceptions[EARLIER_LICENSE] = [rule for rule in readings if _holds(rule, then)]
    return Speaking(
        tuple((layer, tuple(rules)) for layer, rules in layers.items()),
        tuple((name, tuple(rules)) for name, rules in exceptions.items() if rules),
        facts.attestations,
        _whys(facts),
    )


def _holds(rule: Rule, now: Words) -> bool:
    # A plain loop, and not all(…): this runs a million times for a large dataset and is twice as fast.
    for clause in rule.when:  # noqa: SIM110
        if not clause.holds(now):
            return False
    return True


def _whys(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Per layer, why a fact it needs is not known."""
    said = (
        ("license", facts.license),
        ("dataset-terms", facts.dataset),
        ("opt-outs", facts.opt_outs),
        ("people", facts.people),
        ("minors", facts.minors),
        ("freshness", facts.evidence),
    )
    return tuple((layer, fact.why) for layer, fact in said if fact.why)


def _verdict(speaks: Speaking, ruleset: Ruleset, use: Use) -> Verdict:
    layers = tuple(_layer(layer, rules, speaks, use) for layer, rules in speaks.layers)
    lowest = min(layers, key=lambda layer: _RANK[layer.value])
    return Verdict(use, ruleset.id, lowest.value, layers)


def _layer(layer: str, rules: tuple[Rule, ...], speaks: Speaking, use: Use) -> LayerVerdict:
    best = _lowest(layer, tuple(rule for rule in rules if use in rule.verdict), speaks, use)
    if layer != "license":
        return best
    for name, exceptions in speaks.exceptions:
        heard = tuple(rule for rule in exceptions if use in rule.verdict)
        if not heard:
            continue
        extra = ("copied-while-licensed",) if name == EARLIER_LICENSE else ()
        other = _lowest(layer, heard, speaks, use, exception=name, extra=extra)
        if _RANK[other.value] > _RANK[best.value]:
            best = other
    return best


def _lowest(
    layer: str,
    rules: tuple[Rule, ...],
    speaks: Speaking,
    use: Use,
    *,
    exception: str = "",
    extra: tuple[str, ...] = (),
) -> LayerVerdict:
    """What the rules that speak amount to: the lowest of them, with the duties and assumptions of all."""
    if not rules:
        why = " ".join(text for name, text in speaks.whys if name == layer)
        return LayerVerdict(layer, "unknown", "none", f"No rule speaks of these facts. {why}".strip(), "")
    deciding, value = rules[0], "eligible"
    duties: list[str] = []
    assumptions: list[str] = []
    for rule in rules:
        cell = _with(rule.verdict[use], extra)
        open_ = [word for word in cell.assumptions if not _attested(speaks, word, use)]
        reached = "review" if open_ else cell.value
        if _RANK[reached] < _RANK[value] or rule is rules[0]:
            deciding, value = rule, reached
        duties.extend(word for word in cell.duties if word not in duties)
        assumptions.extend(word for word in cell.assumptions if word not in assumptions)
    if value in ("ineligible", "unknown"):
        duties, assumptions = [], []
    reason = deciding.sentence if not extra else f"{_EARLIER_REASON} {deciding.sentence}"
    if value == "unknown":
        reason = " ".join([reason, *(text for name, text in speaks.whys if name == layer)])
    return LayerVerdict(
        layer=layer,
        value=value,
        rule_id=deciding.id,
        reason=reason,
        citation=deciding.citation,
        duties=tuple(duties),
        assumptions=tuple(assumptions),
        unattested=tuple(word for word in assumptions if not _attested(speaks, word, use)),
        exception=exception,
    )


def _with(cell: Cell, extra: tuple[str, ...]) -> Cell:
    if not extra or cell.value not in ("eligible", "conditional"):
        return cell
    return Cell("conditional", cell.duties, (*cell.assumptions, *extra))


def _attested(speaks: Speaking, word: str, use: Use) -> bool:
    return any(given.what == word and given.covers(use) for given in speaks.attestations)
