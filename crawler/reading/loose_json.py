"""JSON as it is found in the wild: read strictly where possible, leniently where not, never with an exception."""

from __future__ import annotations

import json
from typing import Any

import orjson


def load(text: bytes | str) -> Any:
    """The value, or ``None`` when this is no JSON (or the JSON ``null``, which says as little).

    Control characters inside strings are accepted. Lone surrogates (``"\\ud800"``), which no database takes, become U+FFFD.
    """
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    try:
        value = json.loads(text, strict=False)
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
