"""Answers of Flickr's API, XML or JSON, in one shape.

Both forms become the JSON form of the documentation: attributes are plain fields, texts lie under
``_content``, repeated elements are lists. Flickr sometimes sends a JSON error to an XML request, so the first
byte decides, never the content type. JSON numbers may be strings (``"license":"0"``) and texts may be plain
or wrapped (field notes §1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from crawler.reading import loose_json

_LISTS = frozenset(
    {
        "tag",
        "url",
        "note",
        "photo",
        "license",
        "size",
        "person",
        "exif",
        "license_history",
        "tag_raw",
        "error",
        "argument",
    }
)
# the name is Flickr's own unless the caller asked for another (jsoncallback)
_CALLBACK = re.compile(rb"^\s*[A-Za-z_$][\w.$]{0,80}\s*\((.*)\)\s*;?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rsp:
    """One answer. ``code`` and ``message`` are set when ``ok`` is false; ``xml`` tells how locators are
    written.
    """

    ok: bool
    data: dict[str, Any]
    xml: bool
    code: str = ""
    message: str = ""

    def place(self, *steps: str, attribute: bool = True) -> str:
        """Where a field stands: ``/rsp/photos/photo[1]/@license`` in XML, ``/photos/photo/0/license`` in
        JSON.
        """
        if not self.xml:
            return "/" + "/".join(steps if attribute else (*steps, "_content"))
        path = "/rsp"
        for step in steps[:-1] if attribute else steps:
            path += f"[{int(step) + 1}]" if step.isdigit() else f"/{step}"
        return f"{path}/@{steps[-1]}" if attribute else path


def parse(body: bytes) -> Rsp | None:
    """The answer in these bytes; ``None`` when they are neither Flickr's XML nor its JSON. Never raises."""
    text = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    wrapped = _CALLBACK.match(text)
    if wrapped:
        text = wrapped.group(1).strip()
    if text[:1] == b"{":
        return _from_json(text)
    if text[:1] == b"<" and b"<rsp" in text[:300]:
        return _from_xml(text)
    return None


def _from_json(text: bytes) -> Rsp | None:
    data = loose_json.load(text)
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("rsp"), dict):
        data = data["rsp"]
    stat = data.get("stat")
    error = record(data.get("err")) or data
    if stat == "fail" or (stat is None and "code" in error):
        message = error.get("message", error.get("msg", ""))
        return Rsp(ok=False, data=data, xml=False, code=str(error.get("code", "")), message=str(message))
    return Rsp(ok=True, data=data, xml=False)


def _from_xml(text: bytes) -> Rsp | None:
    # no DTD, no entities, no network: these bytes come from outside
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != "rsp":
        return None
    if root.get("stat") == "ok":
        return Rsp(ok=True, data=_children(root), xml=True)
    error = root.find("err")
    if error is None:
        return None
    return Rsp(ok=False, data={}, xml=True, code=error.get("code") or "", message=error.get("msg") or "")


def _children(element: etree._Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        value: dict[str, Any] = {str(k): str(v) for k, v in child.attrib.items()}
        value |= _children(child)
        if child.text and child.text.strip():
            value["_content"] = child.text
        if child.tag in _LISTS and not (child.tag == "photo" and element.tag == "rsp"):
            found.setdefault(child.tag, []).append(value)
        else:
            found[child.tag] = value
    return {str(key): value for key, value in found.items()}


def text(value: object) -> str:
    """The text of a field, plain or wrapped in ``_content``; "" for ``None``."""
    if isinstance(value, dict):
        value = value.get("_content")
    return "" if value is None else str(value)


def record(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[dict[str, Any]]:
    """The objects of a list; of one object alone, that one."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
