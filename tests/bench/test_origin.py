"""The bench's server gives the same bytes by host and by path, and the two ways cost it nothing else."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from bench.origin import serving, urls
from bench.pages import page


def ask(port: int, path: str, host: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_pages_are_found_by_host_and_by_path() -> None:
    with serving(sites=2, count=3, nonce=5) as port:
        for number, url in enumerate(urls(2, 3)):
            parts = urlsplit(url)
            by_host = ask(port, parts.path, parts.netloc)
            by_path = ask(port, f"/{parts.netloc}{parts.path}", f"127.0.0.1:{port}")
            assert by_host == by_path == (200, page(number % 2, number, 5))
        assert ask(port, "/robots.txt", "pages-0.example")[0] == 404
