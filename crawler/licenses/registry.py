"""The registry of licences: data files in, :class:`License` entries out.

Everything is under ``data/``: ``creative_commons.toml`` says compactly which Creative Commons licences
exist; every other file lists entries (``[[license]]``) or rows that share their facts (``[[group]]``). To
add a licence, add an entry with its conditions, source and date; ``tests/crawler/licenses`` fails for one
that lacks them. The files are read at the first question, not at import.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from crawler.errors import DeedwatchError
from crawler.licenses.license import License

#: The files with licences in them, Creative Commons' own first; the other data files hold words.
_ENTRY_FILES = (
    "public_domain",
    "statements",
    "sites",
    "government",
    "copyleft",
    "database",
    "software",
)
_UNVERSIONED = "unversioned"


class UnknownLicense(DeedwatchError):
    """An id that is not in the registry."""

    def __init__(self, license_id: str) -> None:
        super().__init__(f"The licence registry has no licence with the id {license_id!r}.")
        self.license_id = license_id


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed data file ``data/<name>.toml``."""
    return tomllib.loads(files("crawler.licenses").joinpath("data", f"{name}.toml").read_text("utf-8"))


@cache
def registry_hash() -> str:
    """SHA-256 (hex) over the names and bytes of all data files, in name order."""
    digest = hashlib.sha256()
    folder = files("crawler.licenses").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def by_id(license_id: str) -> License:
    """The licence with exactly this id (case as the registry writes it).

    Raises ``UnknownLicense``.
    """
    found = _creative_commons().get(license_id) or _others().get(license_id)
    if found is None:
        raise UnknownLicense(license_id)
    return found


def all_licenses() -> tuple[License, ...]:
    """Every licence of the registry, Creative Commons first, in the order of the data files."""
    return (*_creative_commons().values(), *_others().values())


def cc(unit: str, version: str | None, jurisdiction: str | None = None) -> License | None:
    """The Creative Commons licence of this unit, version and port, or ``None`` if CC never published it.

    Without a version: the unit's unversioned entry. ``by-nc-nd`` and ``by-nd-nc`` name the same licence
    where only one of them was published (licence facts §2.1, rule 6).
    """
    found = _by_tool().get((unit, version, jurisdiction))
    if found is None and unit in _TWINS:
        found = _by_tool().get((_TWINS[unit], version, jurisdiction))
    return found


_TWINS = {"by-nc-nd": "by-nd-nc", "by-nd-nc": "by-nc-nd"}


@cache
def _creative_commons() -> dict[str, License]:
    """Creative Commons' tools by id: most questions need no other file."""
    return _keyed((*_compact(), *_entries(*_ENTRY_FILES[:1])))


@cache
def _others() -> dict[str, License]:
    return _keyed(_entries(*_ENTRY_FILES[1:]))


def _keyed(entries: Iterable[License]) -> dict[str, License]:
    keyed: dict[str, License] = {}
    for entry in entries:
        if keyed.setdefault(entry.id, entry) is not entry:
            raise DeedwatchError(f"The licence registry has two entries with the id {entry.id!r}.")
    return keyed


@cache
def _by_tool() -> dict[tuple[str, str | None, str | None], License]:
    return {(e.unit, e.version, e.jurisdiction): e for e in _creative_commons().values() if e.unit}


def entries_with_words() -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and raw entry (with ``urls``, ``aliases``, ``quotes``) of all that is not compact CC."""
    for name in _ENTRY_FILES:
        data = table(name)
        for raw in data.get("license", ()):
            yield raw["id"], raw
        for group in data.get("group", ()):
            for license_id, (title, url) in group["licenses"].items():
                yield license_id, {"name": title, "url": url}


def _entries(*names: str) -> Iterator[License]:
    for name in names:
        data = table(name)
        for raw in data.get("license", ()):
            yield _entry(raw, raw["id"], raw["name"], raw.get("url"))
        for group in data.get("group", ()):
            for license_id, (title, url) in group["licenses"].items():
                yield _entry(group, license_id, title, url)


def _entry(raw: dict[str, Any], license_id: str, name: str, url: str | None) -> License:
    return License(
        id=license_id,
        name=name,
        url=url,
        kind=raw["kind"],
        by=raw.get("by", False),
        nc=raw.get("nc", False),
        nd=raw.get("nd", False),
        sa=raw.get("sa", False),
        version=raw.get("version"),
        jurisdiction=raw.get("jurisdiction"),
        revocable=raw["revocable"],
        hub_id=raw.get("hub_id"),
        ai_clause=raw.get("ai_clause"),
        source=raw["source"],
        checked=raw["checked"],
        unit=raw.get("unit"),
        retired=raw.get("retired"),
    )


def _compact() -> Iterator[License]:
    data = table("creative_commons")
    for issue in data["issue"]:
        for unit in issue["units"]:
            for port in issue["ports"]:
                yield _cc_entry(data, issue, unit, port)
    for unit in data["units"]:
        if unit == "by-nd-nc":  # without a version it is by-nc-nd
            continue
        yield _cc_entry(data, {"version": _UNVERSIONED}, unit, "")


def _cc_entry(data: dict[str, Any], issue: dict[str, Any], unit: str, port: str) -> License:
    facts = data["units"][unit]
    version = issue["version"]
    versioned = version != _UNVERSIONED
    parts = ("CC", _spdx_unit(unit, port), version if versioned else _UNVERSIONED, port.upper())
    code = "-".join(part for part in parts if part)
    is_spdx = versioned and ((not port and unit in _SPDX_UNITS) or code in data["spdx"]["ids"])
    path = f"{version}/{port}/" if port else f"{version}/"
    return License(
        id=code if is_spdx else f"LicenseRef-{code}",
        name=_cc_name(data, unit, version, port),
        url=f"https://creativecommons.org/licenses/{unit}/{path}" if versioned else None,
        kind=facts.get("kind", "cc"),
        by=facts.get("by", False),
        nc=facts.get("nc", False),
        nd=facts.get("nd", False),
        sa=facts.get("sa", False),
        version=version if versioned else None,
        jurisdiction=port or None,
        revocable=False,
        hub_id=code.lower() if code in data["hub"]["ids"] else None,
        ai_clause=None,
        source=data["source"],
        checked=data["checked"],
        unit=unit,
        retired=issue.get("retired"),
    )


#: Units whose every unported version SPDX lists.
_SPDX_UNITS = frozenset({"by", "by-nc", "by-nc-nd", "by-nd-nc", "by-nc-sa", "by-nd", "by-sa"})


def _spdx_unit(unit: str, port: str) -> str:
    """SPDX spells 1.0's by-nd-nc as BY-NC-ND. In 2.0 Japan published both: there the spelling is kept."""
    if unit == "by-nd-nc" and port != "jp":
        return "BY-NC-ND"
    return unit.upper().replace("+", "-PLUS")


def _cc_name(data: dict[str, Any], unit: str, version: str, port: str) -> str:
    """The long name as the deeds write it (licence facts §2.2)."""
    facts = data["units"][unit]
    words = dict(data["elements"])
    if version == "4.0":
        words["nd"] = "NoDerivatives"
    title = facts.get("title") or "-".join(words[element] for element in unit.split("-"))
    if version == _UNVERSIONED:
        return f"Creative Commons {title} (no version named)"
    place = data["places"][port] if port else data["unported"].get(version, "")
    return f"Creative Commons {title} {version} {place}".strip()
