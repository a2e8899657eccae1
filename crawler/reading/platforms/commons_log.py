"""The deletion log of one file (``list=logevents``), XML or JSON → a look: its newest entry decides.

An empty log says nothing about the file; a restored file is there as far as the log goes, which is no look at it.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from crawler.model import Look, Reason, Status


def from_xml(body: bytes) -> tuple[str | None, list[dict[str, str]]] | None:
    """``(error code or None, entries)``; ``None`` when this is no log."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    error = root.find("error")
    if error is not None:
        return error.get("code") or "", []
    if root.find("query/logevents") is None:
        return None
    return None, [{str(k): str(v) for k, v in item.attrib.items()} for item in root.iter("item")]


def look(events: list[dict[str, str]], of_title: Callable[[str], str | None], asked: str) -> Look:
    """What the entries say of the file they name, or of ``asked``; ``of_title`` makes a title a native id."""
    newest = max(events, key=lambda e: e.get("timestamp", ""), default=None)
    native_id = (of_title(newest.get("title", "")) if newest else None) or asked
    if newest is None or newest.get("action") not in ("delete", "restore"):
        return Look(native_id, None, None)
    quote = f"{newest.get('timestamp', '')} {newest.get('action', '')}: {newest.get('comment', '')}".strip()
    if newest["action"] == "restore":
        return Look(native_id, None, None, unread=(quote,))
    return Look(native_id, Status.GONE, Reason.REMOVED, unread=(quote,))
