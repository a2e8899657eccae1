"""XMP's RDF/XML → its top-level properties (XMP specification part 1 §7.9; namespaces: part 1 §8, IPTC Photo
Metadata Standard 2023.1, PLUS LDF 2.0.1, CC REL).

Names are "prefix:name" with the prefix that the standard gives the namespace, whatever the file calls it. Values
are texts, lists and structures. Nothing outside the packet is ever looked up: no entities, no document type, no
network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from crawler.reading.embedded.kept import Broken
from crawler.reading.embedded.tiff import decoded

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
#: Address without scheme and final "/" or "#" → prefix. Writers differ in those, never in the rest.
NAMESPACES = {
    "purl.org/dc/elements/1.1": "dc",
    "ns.adobe.com/xap/1.0/rights": "xmpRights",
    "ns.adobe.com/xap/1.0": "xmp",
    "ns.adobe.com/xmp/note": "xmpNote",
    "ns.adobe.com/photoshop/1.0": "photoshop",
    "ns.adobe.com/tiff/1.0": "tiff",
    "ns.adobe.com/exif/1.0": "exif",
    "iptc.org/std/Iptc4xmpCore/1.0/xmlns": "Iptc4xmpCore",
    "iptc.org/std/Iptc4xmpExt/2008-02-29": "Iptc4xmpExt",
    "ns.useplus.org/ldf/xmp/1.0": "plus",
    "creativecommons.org/ns": "cc",
    "web.resource.org/cc": "cc",
    "www.metadataworkinggroup.com/schemas/regions": "mwg-rs",
}
MAX_DEPTH = 16
MAX_ATTRIBUTES = 1_000
MAX_VALUES = 20_000
MAX_TEXT = 20_000

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_START = re.compile(r"<((?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF))\b")
_DECLARATION = re.compile(r"<!(?!--|\[CDATA\[)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Items:
    """A list: ``kind`` is Bag, Seq or Alt; entries are (language or "", value)."""

    kind: str
    entries: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Struct:
    """A structure: (name, value) in the order of the file."""

    fields: tuple[tuple[str, Value], ...]


Value: TypeAlias = "str | Items | Struct"


@dataclass(frozen=True, slots=True)
class Property:
    """One top-level property: "xmpRights:WebStatement" and its value."""

    name: str
    value: Value


def properties(packet: bytes) -> tuple[list[Property], list[str]]:
    """The packet's properties, and what of it was not read.

    Raises:
        Broken: the packet is not well-formed, declares a document type, or nests or counts beyond all bounds.
    """
    root, notes = _root(packet)
    budget = [MAX_VALUES]
    found: list[Property] = []
    # an RDF inside a property's value is quoted there, and speaks of whatever it was quoted from
    tops = [top for top in root.iter(f"{RDF}RDF") if next(top.iterancestors(f"{RDF}RDF"), None) is None]
    if not tops:
        notes.append("XMP without rdf:RDF")
    nodes = [node for top in tops for node in top]
    abouts = [(node.get(f"{RDF}about") or "").strip() for node in nodes]
    ours = "" if "" in abouts else next(iter(abouts), "")
    for node, about in zip(nodes, abouts, strict=True):
        if about != ours and _ADDRESS.match(about) and name_of(str(node.tag)) != "cc:License":
            notes.append("XMP about another resource, not read")  # XMP part 1 §7.4: one packet, one subject
            continue
        found += [Property(name, value) for name, value in _fields(node, 0, budget)]
    return found, notes


def _root(packet: bytes) -> tuple[etree._Element, list[str]]:
    notes: list[str] = []
    try:
        text = packet.decode("utf-8")
    except UnicodeDecodeError:
        text = decoded(packet)
        notes.append("XMP is not UTF-8; read as Windows-1252")
    start = _START.search(text)
    if start is None:
        raise Broken("XMP without a root element")
    end = text.rfind(f"</{start.group(1)}")
    close = text.find(">", end)
    if end < 0 or close < 0:
        raise Broken("XMP is cut off")
    text = _CONTROL.sub("", text[start.start() : close + 1])
    if _DECLARATION.search(text):
        raise Broken("XMP with a document type declaration, not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser), notes
    except etree.XMLSyntaxError as error:
        # the parser's own words may quote the file
        raise Broken(f"XMP is not well-formed at line {error.position[0]}") from error


def name_of(tag: str) -> str:
    """``{namespace}name`` → "prefix:name"; of a namespace that isn't ours, the tag as it is."""
    if not tag.startswith("{"):
        return tag
    uri, _, local = tag[1:].partition("}")
    known = NAMESPACES.get(uri.partition("://")[2].rstrip("/#"))
    return f"{known}:{local}" if known else tag


def _fields(element: etree._Element, depth: int, budget: list[int]) -> Iterator[tuple[str, Value]]:
    """What a node (a description or a structure) says, by attribute and by child element."""
    if len(element.attrib) > MAX_ATTRIBUTES:  # asking for each is quadratic in their number
        raise Broken(f"XMP with more than {MAX_ATTRIBUTES} attributes on one element")
    for key, text in element.attrib.items():
        if not str(key).startswith((RDF, _XML)):
            _spend(budget)
            yield name_of(str(key)), str(text)[:MAX_TEXT].strip()
    for child in element:
        if isinstance(child.tag, str):
            yield name_of(child.tag), _value(child, depth + 1, budget)


def _value(element: etree._Element, depth: int, budget: list[int]) -> Value:
    """The value of a property element or of a list's item."""
    _spend(budget)
    if depth > MAX_DEPTH:
        raise Broken(f"XMP nested deeper than {MAX_DEPTH}")
    resource = element.get(f"{RDF}resource")
    if resource is not None:
        return resource[:MAX_TEXT].strip()
    if element.get(f"{RDF}parseType") == "Resource":
        return _struct(element, depth, budget)
    child = next((c for c in element if isinstance(c.tag, str)), None)
    if child is None:
        if any(not str(key).startswith((RDF, _XML)) for key in element.attrib):
            return _struct(element, depth, budget)
        given = element.get(f"{RDF}value")
        return ((element.text or "") if given is None else given)[:MAX_TEXT].strip()
    if child.tag in (f"{RDF}Bag", f"{RDF}Seq", f"{RDF}Alt"):
        entries = tuple(
            (item.get(f"{_XML}lang") or "", _value(item, depth + 1, budget))
            for item in child
            if item.tag == f"{RDF}li"
        )
        return Items(child.tag.removeprefix(RDF), entries)
    inside = any(isinstance(c.tag, str) for c in child) or len(child.attrib) > 0
    if child.tag != f"{RDF}Description" and (child.tag.startswith(RDF) or not inside):
        return _struct(element, depth, budget)  # fields without a node around them: parseType was left out
    return _struct(child, depth, budget)


def _struct(element: etree._Element, depth: int, budget: list[int]) -> Value:
    fields = tuple(_fields(element, depth, budget))
    # a value with qualifiers: only the value speaks
    plain = next((value for name, value in fields if name == f"{RDF}value"), None)
    return Struct(fields) if plain is None else plain


def _spend(budget: list[int]) -> None:
    budget[0] -= 1
    if budget[0] < 0:
        raise Broken(f"XMP of more than {MAX_VALUES} values")


def texts(value: Value, place: str = "") -> Iterator[tuple[str, str]]:
    """``(place, text)`` of the texts of a value that is a text or a list of texts.

    ``place`` grows "[1]" in bags and sequences, "[x-default]" in alternatives by language. Alternatives that say
    the same in several languages are given once.
    """
    if isinstance(value, str):
        if value:
            yield place, value
    elif isinstance(value, Items):
        said: set[str] = set()
        for index, (language, item) in enumerate(value.entries, start=1):
            if isinstance(item, str) and item and not (value.kind == "Alt" and item in said):
                said.add(item)
                where = language if value.kind == "Alt" and language else str(index)
                yield f"{place}[{where}]", item


def structs(value: Value, place: str = "") -> Iterator[tuple[str, Struct]]:
    """``(place, structure)`` of a value that is a structure or a list of them."""
    if isinstance(value, Struct):
        yield place, value
    elif isinstance(value, Items):
        for index, (_, item) in enumerate(value.entries, start=1):
            if isinstance(item, Struct):
                yield f"{place}[{index}]", item
