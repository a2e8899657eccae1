"""Bodies read from the wire, each up to a cap and all together within a budget."""

from __future__ import annotations

import asyncio
from typing import Final

import aiohttp

from crawler.fetching.transport_fault import TransportFault

MAX_BODY: Final = 8 * 1024 * 1024
#: Bytes of unfinished large bodies, all together; the eldest may always go on, so less than 64 MiB in all.
IN_FLIGHT: Final = 48 * 1024 * 1024
#: Smaller bodies are not counted: a page is a tenth of this.
LARGE: Final = 512 * 1024


class BodyReader:
    """Reads bodies; beyond ``LARGE`` bytes they count against ``in_flight`` and wait when it is used up.

    The eldest large body never waits, so there is no deadlock; a drip that is the eldest is ended by
    its own time limit.
    """

    def __init__(self, max_body: int = MAX_BODY, in_flight: int = IN_FLIGHT) -> None:
        self._max_body = max_body
        self._in_flight = in_flight
        self._held: dict[object, int] = {}  # large bodies being read, eldest first
        self._room = asyncio.Event()

    async def read(self, response: aiohttp.ClientResponse) -> bytes:
        """The body as sent. Raises ``TransportFault`` too_large; aiohttp's errors when it ends early."""
        length = response.content_length
        if length is not None and length > self._max_body:
            response.close()
            raise TransportFault("too_large", f"{length} bytes announced")
        if length is not None and length <= LARGE and "Transfer-Encoding" not in response.headers:
            return await response.read()
        chunks: list[bytes] = []
        size = 0
        while size <= min(LARGE, self._max_body):
            chunk = await response.content.readany()
            if not chunk:
                return b"".join(chunks)
            chunks.append(chunk)
            size += len(chunk)
        await self._read_large(response, chunks, size)
        return b"".join(chunks)

    async def leading(self, response: aiohttp.ClientResponse, most: int) -> tuple[bytes, bool]:
        """The first ``most`` bytes, and whether the body ends there: no more is read, however much is sent."""
        chunks: list[bytes] = []
        size = 0
        while size <= most:
            chunk = await response.content.readany()
            if not chunk:
                return b"".join(chunks), True
            chunks.append(chunk)
            size += len(chunk)
        response.close()  # what is still on its way is not wanted
        return b"".join(chunks)[:most], False

    async def _read_large(self, response: aiohttp.ClientResponse, chunks: list[bytes], size: int) -> None:
        me = object()
        self._held[me] = size
        try:
            while size <= self._max_body:
                while sum(self._held.values()) > self._in_flight and next(iter(self._held)) is not me:
                    await self._room.wait()
                chunk = await response.content.readany()
                if not chunk:
                    return
                chunks.append(chunk)
                size += len(chunk)
                self._held[me] = size
        finally:
            del self._held[me]
            self._room.set()  # wakes those who wait now,
            self._room.clear()  # and nobody later
        response.close()
        raise TransportFault("too_large", f"more than {self._max_body} bytes on the wire")
