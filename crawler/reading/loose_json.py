"""JSON as it is found in the wild: read strictly where possible, leniently where not, never with an
exception.
"""

from __future__ import annotations

import json

import orjson

_MARK = "\ufeff".encode()


def load(text: bytes | str) -> object:
    """The value, or ``None`` when this is no JSON (or the JSON ``null``, which says as little).

    A byte order mark before it and control characters inside strings are accepted. Lone surrogates
    (``"\\ud800"``), which no database takes, become "?".
    """
    text = text.removeprefix(_MARK) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    try:
        strict: object = orjson.loads(text)
    except ValueError:
        strict = None
    if strict is not None:
        return strict
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    try:
        value: object = json.loads(text, strict=False)
        clean: object = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return clean
