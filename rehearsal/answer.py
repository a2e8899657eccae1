"""One HTTP answer before it becomes bytes on the wire."""

from __future__ import annotations

from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
XML = "text/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: ``path`` without query, ``query`` with the last value of each name, header names in
    lower case.

    ``nonce`` counts the requests of this server: what differs between two visits although nothing changed.
    """

    host: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    nonce: int
    scheme: str = "https"


@dataclass(frozen=True, slots=True)
class Reply:
    """``delay`` seconds before it is sent; ``cut`` promises the whole body and closes after half of it."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    cut: bool = field(default=False)


NOT_FOUND = Reply(b"", TEXT, 404)


def fault(name: str) -> Reply:
    """Plays what a loopback server cannot: dns, tls, timeout, reset, private-address (DESIGN §9)."""
    return Reply(b"", TEXT, 200, (("X-Rehearsal-Fault", name),))
