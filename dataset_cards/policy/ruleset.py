"""A ruleset: dated TOML that a lawyer can edit → rules that can be asked.

    name = "strict"                     date = 2026-11-23
    title, summary                      what it stands for, in sentences
    extends = "cc-always-2026-11-23"    optional: start from that file; a rule with the same id replaces its rule
    grants_last = true                  a license that can't be revoked still covers copies made under it
    accepts = ["eu-art4"]               exceptions that count beside the license reading
    required_carriers = ["robots"]      opt-out carriers that must have been read before "none" is believed

    [[rule]]
    id = "license.by"
    layer = "license"                   license · dataset-terms · site-terms · opt-outs · people · minors · freshness
    when = { kind = "cc", nc = false }  see ``match.KEYS``
    exception = "eu-art4"               optional, license layer only
    sentence = "…"                      the reason, for people
    citation = "…"                      where it comes from
    [rule.verdict]                      ineligible · unknown · review · eligible · "conditional: credit, non-commercial"
    all = "review"                      any use not named
    evaluation = "eligible"

All rules of a layer whose ``when`` holds speak, and the lowest counts, so their order never matters. Exceptions are the
one way up: in the license layer the best of the license reading and the accepted exceptions counts (DESIGN §6).
A published file is never edited: copy it under a new date.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from crawler.errors import BadRuleset
from crawler.model import Use
from dataset_cards.policy.conditions import CONDITIONS
from dataset_cards.policy.located import Located, parse
from dataset_cards.policy.match import KEYS, Clause, clause

LAYERS = ("license", "dataset-terms", "site-terms", "opt-outs", "people", "minors", "freshness")
#: Lowest first (DESIGN §6).
VALUES = ("ineligible", "unknown", "review", "conditional", "eligible")

_TOP = ("name", "date", "title", "summary", "extends", "grants_last", "accepts", "required_carriers", "rule")
_RULE = ("id", "layer", "when", "exception", "sentence", "citation", "verdict")
_DATED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*?)-(?P<date>\d{4}-\d\d-\d\d)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One verdict with what it depends on."""

    value: str
    duties: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``verdict`` has all six uses, except for an exception's rule, which may be silent on some."""

    id: str
    layer: str
    when: tuple[Clause, ...]
    sentence: str
    citation: str
    verdict: Mapping[Use, Cell]
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A ruleset as loaded, the rules of what it extends included. ``hash`` covers its text and theirs."""

    name: str
    date: date
    title: str
    summary: str
    extends: str
    grants_last: bool
    accepts: tuple[str, ...]
    required_carriers: tuple[str, ...]
    rules: tuple[Rule, ...]
    hash: str

    @property
    def id(self) -> str:
        """Name and date: how decisions and cards call it."""
        return f"{self.name}-{self.date.isoformat()}"

    def __hash__(self) -> int:
        return hash(self.hash)


def shipped_rulesets() -> tuple[str, ...]:
    """Ids (name and date) of the rulesets that come with deedwatch."""
    room = resources.files("dataset_cards.policy") / "rulesets"
    return tuple(sorted(item.name[:-5] for item in room.iterdir() if item.name.endswith(".toml")))


def latest(name: str) -> str | None:
    """The id of the newest shipped ruleset of this name, or ``None``."""
    dated = [match for match in map(_DATED.match, shipped_rulesets()) if match and match["name"] == name]
    return max(dated, key=lambda match: match["date"])[0] if dated else None


def load_ruleset(name_or_path: str | Path) -> Ruleset:
    """A shipped ruleset by id or by name (the latest date), or the user's own by path.

    Raises ``BadRuleset`` naming file, line and field.
    """
    given = str(name_or_path)
    shipped = given if given in shipped_rulesets() else latest(given)
    if shipped is not None:
        text = (resources.files("dataset_cards.policy") / "rulesets" / f"{shipped}.toml").read_text("utf-8")
        return read_ruleset(text, f"{shipped}.toml")
    path = Path(name_or_path)
    if not path.is_file():
        known = ", ".join(shipped_rulesets())
        raise BadRuleset(f"There is no ruleset {given!r}: give a file, or one of {known}.")
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRuleset(f"{path} cannot be read as a UTF-8 text file ({error}).") from error
    return read_ruleset(text, str(path))


def read_ruleset(text: str, name: str) -> Ruleset:
    """A ruleset from its TOML text; ``name`` is what errors call the file."""
    doc = parse(text, name)
    for key in doc.data:
        if key not in _TOP:
            doc.refuse((key,), f"unknown key; the keys here are {', '.join(_TOP)}.")
    base = _base(doc)
    given = doc.data.get("rule", [])
    if not isinstance(given, list) or not all(isinstance(rule, dict) for rule in given):
        doc.refuse(("rule",), "write [[rule]] with two brackets, once for each rule.")
    own: dict[str, Rule] = {}
    for index in range(len(given)):
        rule = _rule(doc, index)
        if rule.id in own:
            doc.refuse(("rule", index, "id"), f"a second rule calls itself {rule.id!r}; give each its own id.")
        own[rule.id] = rule
    kept = [own.pop(rule.id, rule) for rule in (base.rules if base else ())]
    rules = (*kept, *own.values())
    for layer in LAYERS:
        if not any(rule.layer == layer and not rule.exception for rule in rules):
            doc.refuse(("rule",), f"no rule speaks of the layer {layer!r}; add one, or extend a ruleset that has it.")
    digest = hashlib.sha256(text.encode())
    digest.update(b"\0" + (base.hash.encode() if base else b""))
    return Ruleset(
        name=_name(doc),
        date=_date(doc),
        title=_sentence(doc, ("title",)),
        summary=_sentence(doc, ("summary",)),
        extends=base.id if base else "",
        grants_last=_flag(doc, base.grants_last if base else None),
        accepts=_list(doc, ("accepts",), base.accepts if base else ()),
        required_carriers=_list(doc, ("required_carriers",), base.required_carriers if base else ()),
        rules=rules,
        hash=digest.hexdigest(),
    )


def _base(doc: Located) -> Ruleset | None:
    extends = doc.data.get("extends")
    if extends is None:
        return None
    if extends not in shipped_rulesets():
        known = ", ".join(shipped_rulesets())
        doc.refuse(("extends",), f"{extends!r} is not a shipped ruleset with its date; those are {known}.")
    if _DATED.match(str(extends)) and doc.name == f"{extends}.toml":
        doc.refuse(("extends",), "a ruleset cannot extend itself.")
    return load_ruleset(extends)


def _name(doc: Located) -> str:
    name = doc.data.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        doc.refuse(("name",), 'write a short name of small letters, digits and hyphens, such as "our-counsel".')
    return name


def _date(doc: Located) -> date:
    value = doc.data.get("date")
    if not isinstance(value, date) or hasattr(value, "hour"):
        doc.refuse(("date",), "write the day of this version without quotation marks, such as 2026-11-23.")
    return value


def _flag(doc: Located, inherited: bool | None) -> bool:
    value = doc.data.get("grants_last", inherited)
    if not isinstance(value, bool):
        doc.refuse(("grants_last",), "write true or false.")
    return value


def _list(doc: Located, path: tuple[str | int, ...], inherited: tuple[str, ...]) -> tuple[str, ...]:
    value = doc.data.get(str(path[-1]))
    if value is None:
        return inherited
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        doc.refuse(path, 'write a list of texts, such as ["a", "b"].')
    return tuple(value)


def _sentence(doc: Located, path: tuple[str | int, ...]) -> str:
    value: Any = doc.data
    for part in path:
        value = value.get(part) if isinstance(part, str) else value[part]
    if not isinstance(value, str) or not value.strip():
        doc.refuse(path, "write a sentence here; nothing is judged without a reason.")
    return " ".join(value.split())


def _rule(doc: Located, index: int) -> Rule:
    at = ("rule", index)
    raw = doc.data["rule"][index]
    for key in raw:
        if key not in _RULE:
            doc.refuse((*at, key), f"unknown key; a rule has {', '.join(_RULE)}.")
    rule_id = _sentence(doc, (*at, "id"))
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
        sentence=_sentence(doc, (*at, "sentence")),
        citation=_sentence(doc, (*at, "citation")),
        verdict=_verdict(doc, (*at, "verdict"), raw.get("verdict"), partial=bool(exception)),
        exception=exception,
    )


def _when(doc: Located, at: tuple[str | int, ...], raw: Any) -> tuple[Clause, ...]:
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


def _verdict(doc: Located, at: tuple[str | int, ...], raw: Any, *, partial: bool) -> dict[Use, Cell]:
    if not isinstance(raw, dict) or not raw:
        doc.refuse(at, 'write [rule.verdict] with a verdict for each use, or all = "review".')
    for key in raw:
        if key != "all" and key not in tuple(Use):
            doc.refuse((*at, key), f"unknown use; the uses are {', '.join(Use)}, and all for the rest.")
    cells = {}
    for use in Use:
        key = use.value if use.value in raw else "all"
        if key in raw:
            cells[use] = _cell(doc, (*at, key), raw[key])
        elif not partial:
            doc.refuse(at, f"no verdict for {use.value}; name it, or add all = … for the uses not named.")
    return cells


def _cell(doc: Located, at: tuple[str | int, ...], written: Any) -> Cell:
    if not isinstance(written, str):
        doc.refuse(at, f"write one of {', '.join(VALUES)} in quotation marks.")
    value, colon, rest = (part.strip() for part in written.partition(":"))
    if value not in VALUES:
        doc.refuse(at, f"{value!r} is not one of {', '.join(VALUES)}.")
    listed = [word.strip() for word in rest.split(",") if word.strip()]
    if bool(listed) is not (value == "conditional") or (colon and not listed):
        remedy = 'write "conditional: credit", with its conditions after a colon; other verdicts have none.'
        doc.refuse(at, remedy)
    for word in listed:
        if word not in CONDITIONS:
            doc.refuse(at, f"{word!r} is not a condition; those are {', '.join(CONDITIONS)}.")
    duties = tuple(word for word in listed if CONDITIONS[word].kind == "duty")
    return Cell(value, duties, tuple(word for word in listed if CONDITIONS[word].kind == "assumption"))
