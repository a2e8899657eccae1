"""Findings and targets as compact JSON and back; the only place that knows both shapes."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Any

import orjson

from crawler.model import Basis, Findings, Key, LicenseFinding, Reason, Scope, Status, Target

_DEFAULTS = {
    field.name: field.default
    for field in dataclasses.fields(Findings)
    if field.name not in {"status", "reason"}
}


@lru_cache(maxsize=8192)
def findings_json(findings: Findings) -> str:
    """Canonical JSON of findings: keys sorted, defaults left out, so equal findings have equal text."""
    data: dict[str, Any] = {"status": findings.status.value, "reason": findings.reason.value}
    for name, default in _DEFAULTS.items():
        value = getattr(findings, name)
        if value != default:
            data[name] = (
                [[f.id, f.scope.value, f.basis.value] for f in value] if name == "licenses" else value
            )
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode()


@lru_cache(maxsize=8192)
def findings_from(text: str) -> Findings:
    """Undo ``findings_json``."""
    data: dict[str, Any] = orjson.loads(text)
    status, reason = Status(data.pop("status")), Reason(data.pop("reason"))
    licenses = tuple(LicenseFinding(i, Scope(s), Basis(b)) for i, s, b in data.pop("licenses", ()))
    others: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Findings(status, reason, licenses=licenses, **others)


def target_json(target: Target) -> str:
    """A target as JSON, without anything secret (targets carry none)."""
    return orjson.dumps(dataclasses.asdict(target)).decode()


def target_from(text: str) -> Target:
    """Undo ``target_json``."""
    data = orjson.loads(text)
    key = data.pop("key")
    data["serves"] = tuple(data["serves"])
    return Target(**data, key=Key(**key) if key else None)
