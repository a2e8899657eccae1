"""HTTP/1.1 for a rehearsal: as much of RFC 9112 as answering GETs takes, keep-alive and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import unquote, unquote_plus

from rehearsal.answer import Asked, Reply

MOST_HEAD = 64 * 1024
_NO_BODY = frozenset({204, 304})


class Wire(asyncio.Protocol):
    """One connection; a later request waits for a slow one.

    ``answer(method, asked, body, target)`` makes the reply, ``count`` gives the nonce; ``connections`` holds
    whatever is open, so that the server can end it.
    """

    def __init__(
        self,
        answer: Callable[[str, Asked, bytes, str], Reply],
        count: Callable[[], int],
        connections: set[Wire],
    ) -> None:
        self._answer, self._count, self._open = answer, count, connections
        self._buffer = b""
        self._busy = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._transport = None
        self._open.discard(self)

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._next()

    def _next(self) -> None:
        while not self._busy and self._transport is not None:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                if len(self._buffer) > MOST_HEAD:
                    self._transport.close()
                return
            lines = head.decode("latin-1").split("\r\n")
            headers = {}
            for line in lines[1:]:
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            length = headers.get("content-length", "0")
            size = int(length) if length.isdecimal() else 0
            if len(rest) < size:
                return
            body, self._buffer = rest[:size], rest[size:]
            first = lines[0].split(" ")
            if len(first) != 3 or not first[1].startswith("/"):
                self._transport.write(
                    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
                self._transport.close()
                return
            method, target, version = first
            keep = headers.get("connection", "").lower() != "close" and version == "HTTP/1.1"
            reply = self._answer(method, asked_of(target, headers, self._count()), body, target)
            if reply.delay:
                self._busy = True
                asyncio.get_running_loop().call_later(reply.delay, self._late, reply, method, keep)
            else:
                self._send(reply, method, keep=keep)

    def _late(self, reply: Reply, method: str, keep: bool) -> None:  # noqa: FBT001 - call_later takes no keywords
        self._busy = False
        self._send(reply, method, keep=keep)
        self._next()

    def _send(self, reply: Reply, method: str, *, keep: bool) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        body = reply.body
        lines = [_first_line(reply.status), f"Content-Type: {reply.content_type}"]
        if reply.status not in _NO_BODY:
            lines.append(f"Content-Length: {len(body)}")
        lines.extend(f"{name}: {value}" for name, value in reply.headers)
        keep = keep and not reply.cut
        if not keep:
            lines.append("Connection: close")
        if method == "HEAD" or reply.status in _NO_BODY:
            body = b""
        elif reply.cut:
            body = body[: len(body) // 2]
        self._transport.write("\r\n".join((*lines, "\r\n")).encode("latin-1") + body)
        if not keep:
            self._transport.close()


def asked_of(target: str, headers: dict[str, str], nonce: int) -> Asked:
    path, _, query = target.partition("?")
    values = {}
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        values[unquote_plus(name)] = unquote_plus(value)
    host = headers.get("host", "").partition(":")[0].lower()
    return Asked(host, unquote(path), values, headers, nonce, headers.get("x-forwarded-proto", "https"))


@lru_cache(maxsize=64)
def _first_line(status: int) -> str:
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"
