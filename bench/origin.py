"""One loopback server that holds pages of ``bench.pages`` ready in memory, in a process of its own.

``python -m bench.origin --sites 4 --pages 3000 --nonce 0 [--maker page_100kb]`` prints its port and serves until its
standard input closes. A page is asked for by ``Host`` (a rehearsal origin) or by a first path segment (a client that
cannot be told another host): the bytes of the answer are the same.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AbstractContextManager
from typing import Final

from bench import pages
from bench.measured import served

MAKERS: Final = {"page": pages.page, "page_100kb": pages.page_100kb}
_HEAD: Final = (
    "HTTP/1.1 200 OK\r\nServer: bench\r\nDate: Mon, 23 Nov 2026 10:00:00 GMT\r\n"
    "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-cache\r\nVary: Accept-Encoding\r\n"
    "Content-Length: {}\r\n\r\n"
)
_NOT_FOUND: Final = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


def urls(sites: int, count: int) -> list[str]:
    """The addresses of ``count`` pages, one site after another in turn."""
    return [pages.page_url(number % sites, number) for number in range(count)]


def _answers(maker: str, sites: int, count: int, nonce: int) -> dict[str, bytes]:
    """``host/path`` → the whole answer."""
    make = MAKERS[maker]
    found = {}
    for number, url in enumerate(urls(sites, count)):
        body = make(number % sites, number, nonce)
        found[url.partition("://")[2]] = _HEAD.format(len(body)).encode() + body
    return found


class _Wire(asyncio.Protocol):
    def __init__(self, answers: dict[str, bytes]) -> None:
        self._answers = answers
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            host = next((line[5:].strip() for line in lines if line[:5].lower() == "host:"), "")
            found = self._answers.get(path[1:]) or self._answers.get(host + path) or _NOT_FOUND
            self._transport.write(found)


async def _serve(answers: dict[str, bytes]) -> None:
    server = await asyncio.get_running_loop().create_server(
        lambda: _Wire(answers), "127.0.0.1", 0, backlog=512
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


def serving(*, sites: int, count: int, nonce: int = 0, maker: str = "page") -> AbstractContextManager[int]:
    """The port of a server of these pages in a process of its own, ended with the block."""
    words = ("--sites", sites, "--pages", count, "--nonce", nonce, "--maker", maker)
    return served([sys.executable, "-m", "bench.origin", *map(str, words)])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.origin", description="Serve bench pages.")
    parser.add_argument("--sites", type=int, required=True)
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--nonce", type=int, default=0)
    parser.add_argument("--maker", choices=sorted(MAKERS), default="page")
    chosen = parser.parse_args()
    asyncio.run(_serve(_answers(chosen.maker, chosen.sites, chosen.pages, chosen.nonce)))


if __name__ == "__main__":
    main()
