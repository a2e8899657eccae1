"""JSON-LD: the objects of a page's scripts as items.

Read as pages use it, not as a JSON-LD processor would: no context is fetched; plain keys are schema.org's, prefixes
and terms are those the script itself declares, references by ``@id`` lead to the object of that id in any script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.model import Claim
from crawler.reading import loose_json
from crawler.reading.pages.html import Page
from crawler.reading.pages.item_claims import ADDRESSES, READ, claims
from crawler.reading.pages.items import Item, Said
from crawler.reading.pages.vocabulary import name_of

_WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/);?\s*$"
)
# Strings are kept whole; what is found besides is left out.
_STRING = r'"(?:[^"\\]|\\.)*"'
_COMMENTS = re.compile(rf"{_STRING}|//[^\n]*|/\*.*?\*/", re.DOTALL)
_LAST_COMMAS = re.compile(rf"{_STRING}|,(?=\s*[}}\]])", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = re.compile(r"\s*[\[{\s]*&(?:quot|#34|#x22);", re.IGNORECASE)
#: Longer scripts are not mended.
_MENDED = 1_000_000
_MAX_NODES = 4_000
#: Terms that a context takes out of use name nothing.
_NOTHING = "null:"
_MAX_DEPTH = 40
_MAX_TEXT = 500
_BARE = frozenset({"@id", "@type", "id", "type"})
#: Keywords under which stand objects of their own (JSON-LD 1.1 §9.4 and §9.5).
_NESTING = frozenset({"@graph", "@included"})
#: Keywords that a context may give another name (JSON-LD 1.1 §4.1.6).
_RENAMED = _NESTING | {"@id", "@type"}

#: An object, the item it fills, its pointer, and the terms declared around it.
_Open = tuple[dict[str, Any], Item, str, Mapping[str, str]]


def read(page: Page) -> tuple[list[Claim], list[str]]:
    """``(claims, unread)`` of the JSON-LD of a page alone."""
    found, unread = items(page)
    said, more = claims(found, page)
    return said, [*unread, *more]


def items(page: Page) -> tuple[list[Item], list[str]]:
    """``(items, unread)``: all objects of all scripts, and the places of scripts that are no JSON; walked once a
    page.
    """
    if not page.json_ld:
        return [], []
    kept = page.kept.get("json_ld")
    if kept is None:
        kept = page.kept["json_ld"] = _Scripts(page).result()
    found: tuple[list[Item], list[str]] = kept
    return found


def load(text: str) -> object:
    """The value of one script, mended where sites commonly break it (comment marks, control characters);
    ``None`` if it is no JSON.
    """
    value = loose_json.load(text)
    if value is not None:
        return value
    bare = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip("\ufeff \xa0\t\r\n").rstrip(";")
    value = loose_json.load(bare)
    if value is None and len(bare) <= _MENDED:
        value = loose_json.load(_mended(html.unescape(bare) if _ESCAPED.match(bare) else bare))
    return value


def _mended(text: str) -> str:
    """JSON without comments and the commas after last members, and without escapes that JSON doesn't have."""
    return _LAST_COMMAS.sub(_strings_only, _COMMENTS.sub(_strings_only, text))


def _strings_only(piece: re.Match[str]) -> str:
    return _ESCAPE.sub(_known_escape, piece[0]) if piece[0][0] == '"' else ""


def _known_escape(escape: re.Match[str]) -> str:
    return escape[0] if escape[1] in '"\\/bfnrtu' else escape[1]


class _Scripts:
    """All scripts of one page. An object that only names an id stands for the object that has it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._whole: list[Item] = []
        self._bare: list[Item] = []
        self._unread: list[str] = []
        for text, element in page.json_ld:
            place = page.locate(element)
            data = load(text)
            if data is None:
                self._unread.append(place)
            elif not self._walk(data, place):
                self._unread.append(f"{place} beyond {_MAX_NODES} nodes")
                break

    def result(self) -> tuple[list[Item], list[str]]:
        by_id = {item.id: item for item in reversed(self._whole) if item.id}
        alone: list[Item] = []
        for bare in self._bare:
            whole = by_id.get(bare.id)
            if whole is None:
                alone.append(bare)
                continue
            whole.under |= bare.under
            whole.holders |= bare.holders
            bare.values = whole.values
        return [*self._whole, *alone], self._unread

    def _walk(self, data: object, place: str) -> bool:
        """Whether the whole script was walked."""
        stack: list[_Open] = [
            (fields, Item("", frozenset(), place), at, {}) for fields, at in _objects(data, f"{place}#")
        ]
        stack.reverse()
        while stack:
            if len(self._whole) + len(self._bare) >= _MAX_NODES:
                return False
            fields, item, pointer, terms = stack.pop()
            terms = _terms(fields.get("@context"), terms)
            fields = _plain(fields, terms)
            item.id = self._id(fields)
            item.types |= _types(fields, terms)
            item.locator = pointer
            inner: list[_Open] = []
            for key, value in fields.items():
                keyword = terms.get(key, key)
                if keyword[:1] == "@" and keyword not in _NESTING:
                    continue
                name = keyword if keyword in _NESTING else _name(key, terms)
                if isinstance(value, (dict, list)):
                    inner += self._below(item, name, value, f"{pointer}/{key}", terms)
                elif name in READ:
                    self._say(item, name, value, f"{pointer}/{key}")
            (self._bare if set(fields) <= _BARE and item.under else self._whole).append(item)
            if pointer.count("/") < _MAX_DEPTH + place.count("/"):
                stack.extend(reversed(inner))
        return True

    def _below(
        self, item: Item, name: str, value: object, pointer: str, terms: Mapping[str, str]
    ) -> Iterator[_Open]:
        """Objects under a property, each with the item it will fill; texts among them are noted."""
        for one, at in _values(value, pointer):
            if not isinstance(one, dict):
                if name in READ:
                    self._say(item, name, one, at)
                continue
            if "@value" in one:
                if name in READ:
                    self._say(item, name, one["@value"], f"{at}/@value")
                continue
            child = Item("", frozenset(), at)
            if name not in _NESTING:
                child.hang(name, item)
                if name in READ:
                    item.say(name, Said("", _quote(one), at, item=child))
            yield one, child, at, terms

    def _say(self, item: Item, name: str, value: object, at: str) -> None:
        if isinstance(value, bool):
            value = str(value).lower()
        if not isinstance(value, str) or not value.strip():
            return
        raw = value.strip()[:_MAX_TEXT]
        address = name in ADDRESSES or (name == "license" and raw[:1] in ("/", "."))
        text = self._page.absolute(raw) if address else raw
        item.say(name, Said(text, raw, at, f"{_kind(item)}: {name} {raw[:200]}"))

    def _id(self, fields: Mapping[str, Any]) -> str:
        given = fields.get("@id", fields.get("id"))
        if not isinstance(given, str) or not given.strip():
            return ""
        return given if given.startswith("_:") else self._page.absolute(given.strip())


def _objects(data: object, pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    yield from ((one, at) for one, at in _values(data, pointer) if isinstance(one, dict))


def _values(value: object, pointer: str, depth: int = 0) -> Iterator[tuple[object, str]]:
    """The values of a list, of lists in it, of ``@list`` and ``@set``, each with its pointer."""
    if isinstance(value, dict):
        inner = value.get("@list", value.get("@set"))
        if isinstance(inner, list):
            yield from _values(inner, f"{pointer}/{'@list' if '@list' in value else '@set'}", depth)
            return
    if not isinstance(value, list):
        yield value, pointer
    elif depth < _MAX_DEPTH:
        for index, one in enumerate(value):
            yield from _values(one, f"{pointer}/{index}", depth + 1)


def _types(fields: Mapping[str, Any], terms: Mapping[str, str]) -> frozenset[str]:
    given = fields.get("@type", fields.get("type"))
    listed = given if isinstance(given, list) else [given]
    return frozenset(_name(word, terms) for word in listed if isinstance(word, str))


def _name(word: str, terms: Mapping[str, str]) -> str:
    """A key or type by its own context, then by what everybody knows."""
    known = terms.get(word)
    if known is None:
        prefix, colon, rest = word.partition(":")
        if not colon:
            return name_of(terms.get("@vocab", "") + word)
        known = terms[prefix] + rest if prefix in terms else word
    return name_of(known)


def _plain(fields: dict[str, Any], terms: Mapping[str, str]) -> dict[str, Any]:
    """The same object with keywords under their own names."""
    if not any(terms.get(key) in _RENAMED for key in fields):
        return fields
    return {known if (known := terms.get(key, key)) in _RENAMED else key: v for key, v in fields.items()}


def _terms(context: object, outer: Mapping[str, str]) -> Mapping[str, str]:
    """Terms and prefixes that ``@context`` declares here; contexts behind addresses are not fetched."""
    if context is None:
        return outer
    declared = dict(outer)
    for one, _ in _values(context, ""):
        if isinstance(one, str):  # the terms of a context elsewhere come before any vocabulary
            declared["@vocab"] = ""
        for key, value in one.items() if isinstance(one, dict) else ():
            target = value.get("@id") if isinstance(value, dict) else value
            if key == "@vocab" and declared.get(key) != "" and isinstance(target, str):
                declared[key] = target
            elif value is None or (isinstance(value, dict) and "@id" in value and target is None):
                declared[key] = f"{_NOTHING}{key}"
            elif isinstance(target, str) and target and not key.startswith("@"):
                prefix, colon, rest = target.partition(":")
                declared[key] = declared[prefix] + rest if colon and prefix in declared else target
    return declared if declared != outer else outer


def _kind(item: Item) -> str:
    return "/".join(sorted(item.types)) or "object"


def _quote(fields: Mapping[str, Any]) -> str:
    """A nested object in short: its own texts."""
    return ", ".join(f"{k}: {v}" for k, v in fields.items() if isinstance(v, str))[:200]
