"""A ruleset: dated TOML that a lawyer can edit → rules that can be asked.

    name = "strict"
    date = 2026-11-23
    title, summary                      what it stands for, in sentences
    extends = "cc-always-2026-11-23"    optional: that file's rules; one with the same id replaces
    grants_last = true                  a grant that can't be revoked still covers copies made under it
    accepts = ["eu-art4"]               exceptions that count beside the license reading
    required_carriers = ["robots"]      opt-out carriers to be read before "none" is believed

    [[rule]]
    id = "license.by"
    layer = "license"                   one of ``rule.LAYERS``
    when = { kind = "cc", nc = false }  see ``match.KEYS``
    exception = "eu-art4"               optional, license layer only
    sentence = "…"                      the reason, for people
    citation = "…"                      where it comes from
    [rule.verdict]
    evaluation = "eligible"             ineligible · unknown · review · eligible · silent
    redistribution = "conditional: credit, non-commercial"
    all = "review"                      every use not named

All rules of a layer whose ``when`` holds speak, and the lowest counts, so their order never matters.
Exceptions are the one way up: in the license layer the best of the license reading and the accepted
exceptions counts (DESIGN §6). A published file is never edited: copy it under a new date.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path

from dataset_cards.policy.located import Located, own_text, parse, shipped_text
from dataset_cards.policy.rule import LAYERS, Rule, read_rule, read_sentence

_TOP = ("name", "date", "title", "summary", "extends", "grants_last", "accepts", "required_carriers", "rule")
_DATED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*?)-(?P<date>\d{4}-\d\d-\d\d)$")


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
    rules: tuple[Rule, ...] = field(repr=False)
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


def ruleset_names() -> tuple[str, ...]:
    """Names of the shipped rulesets, without dates."""
    return tuple(sorted({match["name"] for match in map(_DATED.match, shipped_rulesets()) if match}))


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
        return read_ruleset(shipped_text("rulesets", shipped), f"{shipped}.toml")
    text = own_text(given, "ruleset", shipped_rulesets())
    ruleset = read_ruleset(text, given)
    if ruleset.id in shipped_rulesets() and ruleset.hash != load_ruleset(ruleset.id).hash:
        # DESIGN §6: a published ruleset is never edited; lists and cards carry this name.
        parse(text, given).refuse(
            ("date",), f"{ruleset.id} is a ruleset that ships; give your own another name or another date."
        )
    return ruleset


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
        rule = read_rule(doc, index)
        if rule.id in own:
            doc.refuse(
                ("rule", index, "id"), f"a second rule calls itself {rule.id!r}; give each its own id."
            )
        own[rule.id] = rule
    kept = [own.pop(rule.id, rule) for rule in (base.rules if base else ())]
    rules = (*kept, *own.values())
    for layer in LAYERS:
        if not any(rule.layer == layer and not rule.exception for rule in rules):
            doc.refuse(
                ("rule",), f"no rule speaks of the layer {layer!r}; add one, or extend a ruleset that has it."
            )
    digest = hashlib.sha256(text.encode())
    digest.update(b"\0" + (base.hash.encode() if base else b""))
    return Ruleset(
        name=_name(doc),
        date=_date(doc),
        title=read_sentence(doc, ("title",)),
        summary=read_sentence(doc, ("summary",)),
        extends=base.id if base else "",
        grants_last=_grants_last(doc, base),
        accepts=_list(doc, "accepts", base.accepts if base else ()),
        required_carriers=_list(doc, "required_carriers", base.required_carriers if base else ()),
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
        doc.refuse(
            ("name",), 'write a short name of small letters, digits and hyphens, such as "our-counsel".'
        )
    return name


def _date(doc: Located) -> date:
    value = doc.data.get("date")
    if not isinstance(value, date) or hasattr(value, "hour"):
        doc.refuse(("date",), "write the day of this version without quotation marks, such as 2026-11-23.")
    return value


def _grants_last(doc: Located, base: Ruleset | None) -> bool:
    value = doc.data.get("grants_last", base.grants_last if base else None)
    if not isinstance(value, bool):
        doc.refuse(("grants_last",), "write true or false.")
    return value


def _list(doc: Located, key: str, inherited: tuple[str, ...]) -> tuple[str, ...]:
    value = doc.data.get(key)
    if value is None:
        return inherited
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        doc.refuse((key,), 'write a list of texts, such as ["a", "b"].')
    return tuple(value)
