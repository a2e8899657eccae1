"""Structured data of a Commons file (``wbgetentities``) → a look.

An entity ``missing`` under an M id is a file without statements; under "-1" there is no such file (field notes §5).
P275 states the license. P6216 states the copyright status: only "public domain" says something when P275 is silent.
Other properties are listed as unread by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crawler.licenses.codes import from_wikidata_item
from crawler.model import Claim, Field, Look, Reason, Scope, Status
from crawler.reading.platforms.commons_licenses import choice

# Item of P6216 (Wikidata; names by flickypedia, 2026-04-01; platforms.md §6)
_PUBLIC_DOMAIN = "Q19652"
_READ = frozenset({"P275", "P6216"})


def _license(item: str) -> str | None:
    entry = from_wikidata_item(item)
    return entry.id if entry is not None else None


def look(key: str, entity: object, of_title: Callable[[str], str | None], asked: str) -> Look:
    """``asked`` is the native id to answer for where the entity names no title; ``of_title`` makes one of a title."""
    value = entity if isinstance(entity, dict) else {}
    native_id = of_title(str(value.get("title") or "")) or asked
    if not value.keys() & {"statements", "title", "missing"}:
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=(f"/entities/{key}",))
    if "missing" in value and value["missing"] is not False:
        if key.startswith("-"):
            return Look(native_id, Status.GONE, Reason.NOT_FOUND)
        return Look(native_id, Status.AVAILABLE, Reason.SEEN)
    given = value.get("statements")
    statements = given if isinstance(given, dict) else {}
    licenses = [
        Claim(Field.LICENSE, _license(item), item, Scope.IMAGE, place, f"P275: {item}")
        for item, place in _items(statements, "P275", key)
    ]
    if not licenses:
        licenses = [
            Claim(Field.LICENSE, "LicenseRef-public-domain", item, Scope.IMAGE, place, f"P6216: {item}")
            for item, place in _items(statements, "P6216", key)
            if item == _PUBLIC_DOMAIN
        ]
    unread = tuple(sorted(str(name) for name, said in statements.items() if said and name not in _READ))
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, (*licenses, *choice(licenses)), unread)


def _items(statements: Mapping[str, Any], name: str, key: str) -> Iterator[tuple[str, str]]:
    """The items a property names, deprecated ones left out, each with its place."""
    given = statements.get(name)
    for index, statement in enumerate(given if isinstance(given, list) else ()):
        if not isinstance(statement, dict) or statement.get("rank") == "deprecated":
            continue
        try:
            item = statement["mainsnak"]["datavalue"]["value"]["id"]
        except (KeyError, TypeError):  # "somevalue" and "novalue" have no datavalue
            continue
        if isinstance(item, str):
            yield item, f"/entities/{key}/statements/{name}/{index}/mainsnak/datavalue/value/id"
