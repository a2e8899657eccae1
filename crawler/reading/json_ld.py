"""JSON-LD (schema.org): whose license, by the type of the node that states it.

``ImageObject`` and its like speak of an image, ``WebSite`` and ``Organization`` of the site, everything else
of the page. A node named as the page's main image (``primaryImageOfPage``, ``mainEntity``,
``representativeOfPage``, or an address equal to the page's) silences the other images of the page. Logos,
avatars and thumbnails are nobody's photo.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawler.model import Claim, Field, Scope
from crawler.reading import loose_json
from crawler.reading.html import Page
from crawler.reading.license_claims import stated

_IMAGES = frozenset(
    {
        "ImageObject",
        "Photograph",
        "Photo",
        "VisualArtwork",
        "Painting",
        "Drawing",
        "MediaObject",
        "ImageObjectSnapshot",
    }
)
_SITES = frozenset(
    {
        "WebSite",
        "Organization",
        "NewsMediaOrganization",
        "Corporation",
        "Person",
        "Brand",
        "Store",
        "LocalBusiness",
    }
)
_NOT_PHOTOS = frozenset(
    {
        "logo",
        "thumbnail",
        "publisher",
        "author",
        "creator",
        "copyrightHolder",
        "provider",
        "sponsor",
        "brand",
        "isPartOf",
    }
)
_PRIMARY = frozenset({"primaryImageOfPage", "mainEntity"})
_WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/);?\s*$"
)
_MAX_NODES = 4_000
_MAX_DEPTH = 40
_AI_SOURCE = re.compile(
    r"(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|algorithmicMedia)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the graph: its fields, its types, the property it hangs on and its JSON pointer."""

    fields: dict[str, Any]
    types: frozenset[str]
    under: str
    pointer: str

    @property
    def scope(self) -> Scope:
        """Whom a statement of this node is about."""
        if self.types & _IMAGES:
            return Scope.IMAGE
        return Scope.SITE if self.types & _SITES else Scope.PAGE


def nodes(page: Page) -> tuple[list[Node], list[str]]:
    """``(nodes, unread)``: all objects of all scripts, and the places of scripts that are no JSON."""
    found: list[Node] = []
    unread: list[str] = []
    for text, element in page.json_ld:
        place = page.locate(element)
        data = load(text)
        if data is None:
            unread.append(place)
            continue
        for node in _walk(data, place):
            found.append(node)
            if len(found) >= _MAX_NODES:
                return found, [*unread, f"{place} beyond {_MAX_NODES} nodes"]
    return found, unread


def load(text: str) -> object:
    """The value of one script, mended where sites commonly break it (comment marks, control characters);
    ``None`` if it is no JSON.
    """
    value = loose_json.load(text)
    if value is not None:
        return value
    return loose_json.load(_WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";"))


def _walk(data: object, place: str) -> Iterator[Node]:
    stack: list[tuple[object, str, str, int]] = [(data, "", "", 0)]
    while stack:
        value, under, pointer, depth = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        if isinstance(value, list):
            stack.extend(
                (item, under, f"{pointer}/{i}", depth + 1) for i, item in reversed(list(enumerate(value)))
            )
        elif isinstance(value, dict):
            yield Node(value, _types(value), under, f"{place}#{pointer}")
            stack.extend(
                (child, key if key != "@graph" else under, f"{pointer}/{key}", depth + 1)
                for key, child in reversed(value.items())
                if isinstance(child, (dict, list)) and key != "@context"
            )


def _types(value: dict[str, Any]) -> frozenset[str]:
    given = value.get("@type", value.get("type"))
    names = given if isinstance(given, list) else [given]
    return frozenset(re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str))


def read(page: Page) -> tuple[list[Claim], list[str]]:
    """``(claims, unread)`` of all JSON-LD of a page."""
    if not page.json_ld:
        return [], []
    found, unread = nodes(page)
    main = _main_images(found, page)
    claims: list[Claim] = []
    for node in found:
        if node.under in _NOT_PHOTOS and node.types & _IMAGES:
            continue
        if node.types & _IMAGES and main and id(node.fields) not in main:
            continue
        if not node.types and node.under not in ("", "image", *_PRIMARY):
            continue
        claims += _claims(node)
    return claims, unread


def _main_images(found: list[Node], page: Page) -> set[int]:
    """Identities of the nodes that are the page's own image; empty when no node is named as such."""
    here = _plain(page.url)
    named: set[str] = set()
    main: set[int] = set()
    for node in found:
        for key in _PRIMARY:
            value = node.fields.get(key)
            if (
                isinstance(value, dict)
                and set(value) <= {"@id", "@type"}
                and isinstance(value.get("@id"), str)
            ):
                named.add(value["@id"])
    for node in found:
        if not node.types & _IMAGES or node.under in _NOT_PHOTOS:
            continue
        fields = node.fields
        addresses = [fields.get(key) for key in ("@id", "url", "mainEntityOfPage")]
        own = any(isinstance(a, str) and _plain(a) == here for a in addresses)
        if (
            node.under in _PRIMARY
            or fields.get("@id") in named
            or fields.get("representativeOfPage") in (True, "true", "True")
            or own
        ):
            main.add(id(fields))
    return main


def _plain(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.partition("#")[0]).rstrip("/").lower()


def _claims(node: Node) -> list[Claim]:
    claims: list[Claim] = []
    scope = node.scope
    for index, raw in _texts(node.fields.get("license")):
        claim = stated(raw, scope, f"{node.pointer}/license{index}", _quote(node, "license"), pointer=True)
        if claim is not None:
            claims.append(claim)
    if scope is Scope.SITE:
        return claims
    for key in ("creator", "author"):
        for index, raw in _texts(node.fields.get(key), name=True):
            claims.append(Claim(Field.AUTHOR, raw, raw, scope, f"{node.pointer}/{key}{index}"))
        if any(c.field is Field.AUTHOR for c in claims):
            break
    for key, field in _PLAIN_FIELDS:
        for index, raw in _texts(node.fields.get(key), name=True):
            claims.append(Claim(field, raw, raw, scope, f"{node.pointer}/{key}{index}"))
    for index, raw in _texts(node.fields.get("digitalSourceType")):
        if scope is Scope.IMAGE and _AI_SOURCE.search(raw):
            claims.append(
                Claim(Field.AI_GENERATED, "yes", raw, scope, f"{node.pointer}/digitalSourceType{index}")
            )
    return claims


_PLAIN_FIELDS = (
    ("creditText", Field.CREDIT),
    ("copyrightNotice", Field.COPYRIGHT_NOTICE),
    ("name", Field.TITLE),
    ("uploadDate", Field.UPLOADED),
)


def _texts(value: object, *, name: bool = False) -> Iterator[tuple[str, str]]:
    """``(pointer suffix, text)`` of a value that may be a text, an object with an address or a name, or a
    list of these.
    """
    items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
    for index, item in items[:50]:
        suffix = "" if index is None else f"/{index}"
        if isinstance(item, str) and item.strip():
            yield suffix, item.strip()[:500]
        elif isinstance(item, dict):
            for key in ("name", "url", "@id") if name else ("@id", "url", "sameAs", "name"):
                inner = item.get(key)
                if isinstance(inner, str) and inner.strip():
                    yield f"{suffix}/{key}", inner.strip()[:500]
                    break


def _quote(node: Node, key: str) -> str:
    types = "/".join(sorted(node.types)) or "object"
    return f"{types}: {json.dumps({key: node.fields.get(key)}, ensure_ascii=False)[:200]}"
