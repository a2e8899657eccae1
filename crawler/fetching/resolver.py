"""Names looked up once, every address judged, and connections made to exactly those."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

from aiohttp.abc import AbstractResolver, ResolveResult

from crawler.errors import GuardRefused

#: Host name and port → addresses as text.
Lookup = Callable[[str, int], Awaitable[list[str]]]


class ForbiddenAddressError(OSError):
    """The name leads to an address the guard refuses. An OSError, so that aiohttp reports it as such."""


async def system_lookup(host: str, port: int) -> list[str]:
    """The operating system's resolver; raises ``OSError`` when the name does not exist."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for _, _, _, _, address in answers]


class GuardedResolver(AbstractResolver):
    """aiohttp resolver that lets a name through only if *all* its addresses are public.

    One forbidden address among many is refused as a whole: that mixture is what DNS rebinding looks like.
    aiohttp keeps the answer and connects to it without a second look-up.
    """

    def __init__(self, check_address: Callable[[str], None], lookup: Lookup = system_lookup) -> None:
        self._check_address = check_address
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Judged addresses of ``host``; raises ``OSError`` when there are none or one is forbidden."""
        addresses = list(dict.fromkeys(await self._lookup(host, port)))
        if not addresses:
            raise OSError(f"{host} has no address")
        try:
            for address in addresses:
                self._check_address(address)
        except GuardRefused as refused:
            raise ForbiddenAddressError(str(refused)) from refused
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in addresses
            if family in (socket.AF_UNSPEC, socket.AF_INET6 if ":" in address else socket.AF_INET)
        ]

    async def close(self) -> None:
        """Nothing to close."""
