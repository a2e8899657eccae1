"""One rule of a ruleset: its parts, and how they are read from TOML with errors that name the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.model import Use
from dataset_cards.policy.conditions import CONDITIONS
from dataset_cards.policy.located import Located
from dataset_cards.policy.located import Path as At
from dataset_cards.policy.match import KEYS, Clause, clause

LAYERS = ("license", "dataset-terms", "site-terms", "opt-outs", "people", "minors", "freshness")
#: Lowest first (DESIGN §6).
VALUES = ("ineligible", "unknown", "review", "conditional", "eligible")

#: What a rule writes for a use that it says nothing about.
SILENT = "silent"

_RULE = ("id", "layer", "when", "exception", "sentence", "citation", "verdict")


@dataclass(frozen=True, slots=True)
class Cell:
    """One verdict with what it depends on."""

    value: str
    duties: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``verdict`` lacks the uses on which the rule is silent."""

    id: str
    layer: str
    when: tuple[Clause, ...]
    sentence: str
    citation: str
    verdict: Mapping[Use, Cell]
    exception: str = ""


def read_rule(doc: Located, index: int) -> Rule:
    """The rule at this place of the document. Raises ``BadRuleset``."""
    at = ("rule", index)
    raw = doc.data["rule"][index]
    for key in raw:
        if key not in _RULE:
            doc.refuse((*at, key), f"unknown key; a rule has {', '.join(_RULE)}.")
    rule_id = read_sentence(doc, (*at, "id"))
    layer = raw.get("layer")
    if layer not in LAYERS:
        doc.refuse((*at, "layer"), f"{layer!r} is not one of {', '.join(LAYERS)}.")
    exception = raw.get("exception", "")
    if not isinstance(exception, str) or (exception and layer != "license"):
        doc.refuse((*at, "exception"), "only a rule of the license layer may rest on an exception.")
    return Rule(
        id=rule_id,
        layer=layer,
        when=_when(doc, (*at, "when"), raw.get("when")),
        sentence=read_sentence(doc, (*at, "sentence")),
        citation=read_sentence(doc, (*at, "citation")),
        verdict=_verdict(doc, (*at, "verdict"), raw.get("verdict"), partial=bool(exception)),
        exception=exception,
    )


def _when(doc: Located, at: At, raw: object) -> tuple[Clause, ...]:
    if not isinstance(raw, dict) or not raw:
        doc.refuse(at, 'write when the rule speaks, such as when = { kind = "cc", nc = true }.')
    clauses = []
    for written, value in raw.items():
        negate = written.startswith("not_") and written not in KEYS
        key = written[4:] if negate else written
        if key not in KEYS:
            doc.refuse((*at, written), f"unknown fact; a rule may ask for {', '.join(KEYS)}.")
        listed = value if isinstance(value, list) else [value]
        values = []
        for item in listed:
            word = {True: "yes", False: "no"}[item] if isinstance(item, bool) else item
            allowed = KEYS[key]
            if not isinstance(word, str) or (allowed is not None and word not in allowed):
                said = "any text" if allowed is None else _said(allowed)
                doc.refuse((*at, written), f"{item!r} is not something {key} can be; write {said}.")
            values.append(word)
        if not values:
            doc.refuse((*at, written), "the list is empty, so the rule would never speak.")
        clauses.append(clause(key, tuple(values), negate=negate))
    return tuple(clauses)


def _said(allowed: tuple[str, ...]) -> str:
    return "true or false" if allowed == ("yes", "no") else ", ".join(repr(word) for word in allowed)


def _verdict(doc: Located, at: At, raw: object, *, partial: bool) -> dict[Use, Cell]:
    if not isinstance(raw, dict) or not raw:
        doc.refuse(at, 'write [rule.verdict] with a verdict for each use, or all = "review".')
    for key in raw:
        if key != "all" and key not in tuple(Use):
            doc.refuse((*at, key), f"unknown use; the uses are {', '.join(Use)}, and all for the rest.")
    cells = {}
    for use in Use:
        key = use.value if use.value in raw else "all"
        if raw.get(key) == SILENT:
            continue
        if key in raw:
            cells[use] = _cell(doc, (*at, key), raw[key])
        elif not partial:
            doc.refuse(at, f"no verdict for {use.value}; name it, or add all = … for the uses not named.")
    if not cells:
        doc.refuse(at, "the rule is silent on every use, so it would never speak.")
    return cells


def _cell(doc: Located, at: At, written: object) -> Cell:
    if not isinstance(written, str):
        doc.refuse(at, f"write one of {', '.join(VALUES)} in quotation marks.")
    value, colon, rest = (part.strip() for part in written.partition(":"))
    if value not in VALUES:
        doc.refuse(at, f"{value!r} is not one of {', '.join(VALUES)}, {SILENT}.")
    listed = [word.strip() for word in rest.split(",") if word.strip()]
    if bool(listed) is not (value == "conditional") or (colon and not listed):
        remedy = 'write "conditional: credit", with its conditions after a colon; other verdicts have none.'
        doc.refuse(at, remedy)
    for word in listed:
        if word not in CONDITIONS:
            doc.refuse(at, f"{word!r} is not a condition; those are {', '.join(CONDITIONS)}.")
    duties = tuple(word for word in listed if CONDITIONS[word].kind == "duty")
    return Cell(value, duties, tuple(word for word in listed if CONDITIONS[word].kind == "assumption"))


def read_sentence(doc: Located, path: At) -> str:
    """A text that must not be empty. Raises ``BadRuleset``."""
    value = doc.at(path)
    if not isinstance(value, str) or not value.strip():
        doc.refuse(path, "write a sentence here; nothing is judged without a reason.")
    return " ".join(value.split())
