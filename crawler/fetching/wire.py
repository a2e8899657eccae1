"""One request through Scrapy: the key goes on at the last moment and never comes back.

``Wire.ask`` turns a target into a capture, whatever happens; a key that an answer echoes is cut out before
anything is hashed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote, quote_plus

from scrapy import Request
from scrapy.http import Response

from crawler.errors import GuardRefused
from crawler.evidence.clock import MILLISECONDS, Clock
from crawler.fetching.transport import RawResponse
from crawler.fetching.transport_fault import TransportFault
from crawler.model import Capture, Target

REDACTED = "[key removed by deedwatch]"
#: A shorter secret would cut holes into ordinary words.
SHORTEST_KEY = 6

Download = Callable[[Request], Awaitable[Response]]


def _spellings(key: str) -> set[str]:
    """The key as it is, and as it stands in addresses, HTML and JSON; most keys have one spelling only."""
    quoted = {quote(key, safe=""), quote_plus(key), quote(key)}
    lower = {re.sub("%[0-9A-F]{2}", lambda code: code[0].lower(), text) for text in quoted}
    listed = json.dumps(key)[1:-1]
    return {key, *quoted, *lower, html.escape(key), listed, listed.replace("/", "\\/")}


class Wire:
    """Sends targets through ``download`` (Scrapy's engine). ``keys``: setting → the user's key."""

    def __init__(self, download: Download, keys: Mapping[str, str], clock: Clock) -> None:
        self._download = download
        self._keys = keys
        self._clock = clock
        secrets = {text for key in keys.values() if len(key) >= SHORTEST_KEY for text in _spellings(key)}
        self._secrets = sorted(secrets, key=len, reverse=True)

    async def ask(self, target: Target, redirected_from: tuple[str, ...] = ()) -> Capture:
        """The exchange as it was. Faults come back in the capture; nothing is raised for what a server does."""
        url, headers = self._with_key(target)
        meta: dict[str, object] = {"verbatim_url": True}
        if target.kind == "picture":
            first, end = target.context["range"]
            headers["Range"] = f"bytes={first}-{end - 1}"
            meta["most_bytes"] = end - first
        request = Request(url, headers=headers, meta=meta)
        try:
            response = await self._download(request)
        except TransportFault as fault:
            return self._capture(target, 0, (), b"", fault.fault, redirected_from)
        except GuardRefused:
            return self._capture(target, 0, (), b"", "private-address", redirected_from)
        raw = response.raw_headers if isinstance(response, RawResponse) else ()
        return self._capture(target, response.status, raw, response.body, None, redirected_from)

    def _with_key(self, target: Target) -> tuple[str, dict[str, str]]:
        headers = {"Accept": target.accept}
        url = target.url
        if target.key is not None:
            key = self._keys[target.key.setting]
            if target.key.query is not None:
                url += f"{'&' if '?' in url else '?'}{target.key.query}={quote(key, safe='')}"
            if target.key.header is not None:
                headers[target.key.header] = target.key.template.format(key)
        return url, headers

    def _capture(
        self,
        target: Target,
        status: int,
        headers: tuple[tuple[str, str], ...],
        body: bytes,
        fault: str | None,
        redirected_from: tuple[str, ...],
    ) -> Capture:
        for secret in self._secrets:
            if secret.encode() in body:
                body = body.replace(secret.encode(), REDACTED.encode())
            headers = tuple((n, v.replace(secret, REDACTED) if secret in v else v) for n, v in headers)
        at = datetime.fromtimestamp(self._clock.now() / MILLISECONDS, UTC)
        return Capture(target, target.url, status, headers, body, at, fault, redirected_from)
