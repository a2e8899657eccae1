"""One HTTP exchange at a time, bounded on every side, as a Scrapy download handler on aiohttp.

What it never does: follow a redirect, keep a cookie, use a proxy from the environment, repeat a request, skip
certificate checks, look a name up twice, or hand over half a body. The gate does the rest.

Limits: 15 s to connect and 60 s in all (a slow drip is stopped by the second), 8 MiB on the wire and 8 MiB
decoded, 8 KiB a header line, 128 headers; bodies beyond 512 KiB take turns, so that less than 64 MiB are in
flight.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp
from multidict import CIMultiDict
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Headers, Request, Response
from yarl import URL

from crawler.errors import GuardRefused
from crawler.fetching.body import IN_FLIGHT, MAX_BODY, BodyReader
from crawler.fetching.decoding import ACCEPT_ENCODING, decode_body
from crawler.fetching.rehearsal import play_fault, rehearsal_origin
from crawler.fetching.resolver import ForbiddenAddressError, GuardedResolver, Lookup, system_lookup
from crawler.fetching.transport_fault import TransportFault
from crawler.politeness import guard
from crawler.politeness.identity import identity_headers, require_contact
from crawler.politeness.robots_paths import path_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

CONNECT_TIMEOUT: Final = 15.0
TOTAL_TIMEOUT: Final = 60.0
MAX_HEADER_LINE: Final = 8 * 1024
MAX_HEADERS: Final = 128

#: Ours alone to set; a request that carries them is corrected, not obeyed.
_OURS: Final = frozenset({"user-agent", "from", "accept-encoding", "host", "cookie", "connection"})


@dataclass(frozen=True, slots=True)
class Received:
    """A whole answer: ``headers`` as received, in order; ``body`` after transfer and content decoding."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class RawResponse(Response):
    """A Scrapy response that keeps the headers as received; Scrapy's own table is made when asked for."""

    __slots__ = ("raw_headers",)

    def __init__(self, request: Request, received: Received) -> None:
        super().__init__(request.url, received.status, body=received.body, request=request)
        self.raw_headers = received.headers

    def _scrapy_headers(self) -> Headers:
        """Scrapy's view: names title-cased, order lost. Evidence uses ``raw_headers``."""
        if self._headers is None:
            self._headers = Headers(list(self.raw_headers))
        return self._headers

    headers = property(_scrapy_headers)


class Transport:
    """Makes single GET requests. Create it inside a running event loop; ``close`` it there.

    ``identity`` are the headers that say who we are. ``origin`` is the rehearsal's loopback origin or
    ``None``. The other arguments are for tests: a look-up, judges and a TLS context of their own.
    """

    def __init__(
        self,
        identity: Iterable[tuple[str, str]],
        *,
        origin: str | None = None,
        lookup: Lookup = system_lookup,
        check_url: Callable[[str], None] = guard.check_url,
        check_address: Callable[[str], None] = guard.check_address,
        tls: ssl.SSLContext | None = None,
        max_body: int = MAX_BODY,
        in_flight: int = IN_FLIGHT,
    ) -> None:
        self._origin = origin
        self._check_url = check_url
        self._max_body = max_body
        self._bodies = BodyReader(max_body, in_flight)
        connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(check_address, lookup),
            ssl=tls or ssl.create_default_context(),
            limit=0,  # the gate says how many; a limit here would only hide a queue
            ttl_dns_cache=300,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=[*identity, ("Accept-Encoding", ACCEPT_ENCODING)],
            skip_auto_headers=("Accept", "Content-Type", "User-Agent"),
            auto_decompress=False,
            trust_env=False,
            max_line_size=MAX_HEADER_LINE,
            max_field_size=MAX_HEADER_LINE,
            max_headers=MAX_HEADERS,
            timeout=aiohttp.ClientTimeout(total=TOTAL_TIMEOUT, sock_connect=CONNECT_TIMEOUT),
        )
        # aiohttp repeats a GET once when a kept connection turns out closed (client.py, 3.14). Repeating is
        # the gate's business alone, and there is no public switch.
        self._session._retry_connection = False

    async def fetch(
        self,
        url: str,
        headers: Iterable[tuple[str, str]] = (),
        *,
        method: str = "GET",
        timeout: aiohttp.ClientTimeout | None = None,
        most_bytes: int | None = None,
    ) -> Received:
        """One exchange. Raises ``GuardRefused`` (nothing was sent) or ``TransportFault``.

        With ``most_bytes`` no more of the body than that is read, uncoded, even where more is sent.
        """
        self._check_url(url)
        sent = CIMultiDict((name, value) for name, value in headers if name.lower() not in _OURS)
        if most_bytes is not None:
            sent["Accept-Encoding"] = "identity"  # the beginning of a coded body could not be decoded
        address = self._address(url, sent)
        whole = False
        try:
            async with self._session.request(
                method,
                address,
                headers=sent,
                allow_redirects=False,
                timeout=timeout or self._session.timeout,
            ) as response:
                if self._origin is not None:
                    play_fault(response.headers.get("X-Rehearsal-Fault"))
                whole = True
                ended = True
                if most_bytes is None:
                    wire = await self._bodies.read(response)
                else:
                    wire, ended = await self._bodies.leading(response, most_bytes)
                received = tuple((_text(name), _text(value)) for name, value in response.raw_headers)
                codings = response.headers.getall("Content-Encoding", None)
                if codings and not ended:
                    codings, wire = None, b""
                body = decode_body(",".join(codings), wire, self._max_body) if codings else wire
                return Received(response.status, received, body)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise _fault(error, in_body=whole) from error

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    def _address(self, url: str, headers: CIMultiDict[str]) -> URL:
        """Where to connect. Path and query go out byte for byte (yarl drops but a lone "?" at the end)."""
        if self._origin is None:
            if not url.isascii():  # yarl then escapes the path and writes the host as IDNA
                return URL(url.partition("#")[0])
            return URL(url.partition("#")[0], encoded=True)
        scheme, _, rest = url.partition("://")
        headers["Host"] = rest[: min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))]
        headers["X-Forwarded-Proto"] = scheme.lower()
        return URL(self._origin + path_of(url), encoded=True)


def _text(raw: bytes) -> str:
    """Header bytes as text: UTF-8 where it is, else Latin-1, so that no byte is lost (RFC 9110 §5.5)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _fault(error: Exception, *, in_body: bool) -> TransportFault:
    """The closed-list word for what aiohttp raised; details name no URL."""
    if isinstance(error, TimeoutError):
        return TransportFault("timeout", "the time limit passed")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        if isinstance(error.os_error, ForbiddenAddressError):
            return TransportFault("private-address", "the name leads to an address that is not public")
        return TransportFault("dns", "the name could not be resolved")
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return TransportFault("tls", "the TLS connection or its certificate is not valid")
    if isinstance(error, aiohttp.ClientPayloadError) or in_body:
        return TransportFault("cut_body", "the body ended early")
    if isinstance(error, aiohttp.ClientResponseError):
        if "more than" in error.message or "Too many headers" in error.message:
            return TransportFault("header_flood", "its headers are too many or too long")
        return TransportFault("reset", "the answer is not HTTP")
    return TransportFault("reset", f"the connection failed ({type(error).__name__})")


class DownloadHandler(BaseDownloadHandler):
    """``Transport`` as Scrapy wants it: one request in, one ``RawResponse`` out.

    ``request.meta`` may hold ``download_timeout`` and ``connect_timeout`` in seconds, and ``most_bytes`` to read no
    more of the body than that; with ``verbatim_url`` Scrapy leaves the URL as the gate wrote it. The contact comes
    from the setting ``DEEDWATCH_CONTACT``, the rehearsal origin from the environment; raises ``NoContact`` before
    anything is sent.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        origin = rehearsal_origin()
        contact = require_contact(crawler.settings.get("DEEDWATCH_CONTACT"), rehearsal=origin is not None)
        self.transport = Transport(identity_headers(contact), origin=origin)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Raises ``TransportFault`` or ``GuardRefused``; sets ``download_latency`` in the request's meta."""
        meta = request.meta
        started = time.perf_counter()
        timeout = None
        if "download_timeout" in meta or "connect_timeout" in meta:
            timeout = aiohttp.ClientTimeout(
                total=meta.get("download_timeout", TOTAL_TIMEOUT),
                sock_connect=meta.get("connect_timeout", CONNECT_TIMEOUT),
            )
        headers = (
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in request.headers.items()
            for value in values
        )
        received = await self.transport.fetch(
            request.url, headers, method=request.method, timeout=timeout, most_bytes=meta.get("most_bytes")
        )
        meta["download_latency"] = time.perf_counter() - started
        return RawResponse(request, received)

    async def close(self) -> None:
        """Close all connections; called by Scrapy when the engine stops."""
        await self.transport.close()


__all__ = ["DownloadHandler", "GuardRefused", "RawResponse", "Received", "Transport", "TransportFault"]
