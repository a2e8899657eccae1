"""Takes the wanted members out of a large JSON object without parsing the rest.

Of an FFHQ record of 3.8 kB, 300 bytes matter; the rest is landmarks, and making Python objects of them is
half the work of reading the list. Both steps are exact or decline, in which case the caller parses it all.
"""

from __future__ import annotations

import re
from collections.abc import Set

_NOT_STRUCTURE = bytes(set(range(256)) - set(b'"{}'))
_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_OPEN = re.compile(rb"\{[ \t\r\n]*+")
_NAME = re.compile(rb'"([^"\\]*+)"[ \t\r\n]*+:[ \t\r\n]*+')
_COMMA = re.compile(rb"[ \t\r\n]*+,[ \t\r\n]*+")
#: A value without objects in arrays, objects at most two deep: what records consist of.
_FLAT = rb'\{[^"{}]*+(?:' + _STRING + rb'[^"{}]*+)*+\}'
_NESTED = rb'\{[^"{}]*+(?:(?:' + _STRING + rb"|" + _FLAT + rb')[^"{}]*+)*+\}'
_VALUE = re.compile(_STRING + rb"|" + _NESTED + rb'|[^\s,:\[\]{}"]++', re.DOTALL)


def is_one_object(text: bytes) -> bool:
    """Whether a text from ``{`` to ``}`` is exactly one object, by its quotes and braces alone.

    Only quotes and braces are kept. If all quotes then fall away in pairs, an even number stood before every
    brace, so no brace is inside a string; and if the braces between the outer two cancel out, the first is
    closed by the last. ``False`` also means "cannot tell" (a brace in a title, for example).
    """
    at = text.find(b"\\")
    while at >= 0 and text[at + 1 : at + 2] not in {b"\\", b'"'}:  # \u00e9 and its like hide nothing
        at = text.find(b"\\", at + 2)
    if at >= 0:
        text = text.replace(rb"\\", b"").replace(rb"\"", b"")
    braces = text.translate(None, _NOT_STRUCTURE).replace(b'""', b"")
    if b'"' in braces or braces[:1] != b"{" or braces[-1:] != b"}":
        return False
    braces = braces[1:-1]
    while b"{}" in braces:
        braces = braces.replace(b"{}", b"")
    return not braces


def members(text: bytes, wanted: Set[bytes]) -> bytes | None:
    """An object with the wanted members of ``text``, looked for up to the last of them; ``None`` if unsure."""
    found: list[bytes] = []
    opening = _OPEN.match(text)
    at = opening.end() if opening else 0
    while True:
        name = _NAME.match(text, at)
        value = _VALUE.match(text, name.end()) if name else None
        if name is None or value is None:
            return None
        if name[1] in wanted:
            found.append(text[at : value.end()])
            if len(found) == len(wanted):
                return b"{" + b",".join(found) + b"}"
        comma = _COMMA.match(text, value.end())
        if comma is None:
            return None
        at = comma.end()
