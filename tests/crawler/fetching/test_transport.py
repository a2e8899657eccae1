"""The transport against servers that misbehave, all on loopback."""

import asyncio
import contextlib
import datetime as dt
import gzip
import os
import socket
import ssl
import subprocess
import sys
import threading
import zlib

import aiohttp
import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import GuardRefused, Refused
from crawler.fetching.decoding import decode_body
from crawler.fetching.rehearsal import rehearsal_origin
from crawler.fetching.transport import Transport
from crawler.fetching.transport_fault import TransportFault

US = (("User-Agent", "deedwatch/test (+mailto:a@example.org)"),)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Web:
    """A loopback server in threads that plays one raw answer per request and remembers what it was asked.

    An answer is bytes, pieces of bytes, or ``None``: hang up.

    ``pause`` seconds pass between the pieces of an answer; ``close`` ends the connection after each answer.
    """

    def __init__(self, *answers, pause=0.0, close=True, tls=None):
        self.answers, self.pause, self.close, self.tls = answers, pause, close, tls
        self.asked: list[bytes] = []
        self._threads: list[threading.Thread] = []
        self._over = threading.Event()

    async def __aenter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self._start(self._accept)
        return self

    async def __aexit__(self, *exc):
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join, 5)

    def _start(self, target, *args):
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                self._start(self._serve, self._listener.accept()[0])

    def _serve(self, plain):
        with plain, contextlib.suppress(OSError):
            plain.settimeout(2)
            with self.tls.wrap_socket(plain, server_side=True) if self.tls else plain as line:
                while head := self._head(line):
                    self.asked.append(head)
                    answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
                    if answer is None:
                        return
                    for piece in [answer] if isinstance(answer, bytes) else answer:
                        line.sendall(piece)
                        if self._over.wait(self.pause):
                            return
                    if self.close:
                        return

    @staticmethod
    def _head(line):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            more = line.recv(65536)
            if not more:
                return b""
            head += more
        return head


def fetch(web, url="http://photos.example/1", *, times=1, headers=(), total=5.0, **options):
    """Outcome of fetching ``url`` through the rehearsal door to ``web``: Received, or the exception."""

    async def run():
        async with web:
            transport = Transport(US, origin=web.origin, **options)
            try:
                limits = aiohttp.ClientTimeout(total=total, sock_connect=2)
                return [await transport.fetch(url, headers, timeout=limits) for _ in range(times)][-1]
            except (TransportFault, GuardRefused) as error:
                return error
            finally:
                await transport.close()

    return asyncio.run(run())


def answer(body=b"", *headers, status=b"200 OK", length=True):
    lines = [b"HTTP/1.1 " + status, *headers]
    if length:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"", body])


# -- the rehearsal door ---------------------------------------------------------------------------


def test_host_path_and_query_go_out_byte_for_byte():
    web = Web(OK)
    url = "https://Photos.Example:443/a%2fb/../c//d;x?q=%7e&r=a|b&s=%zz#fragment"
    received = fetch(
        web, url, headers=[("Accept", "text/html"), ("User-Agent", "Mozilla"), ("Cookie", "a=b")]
    )
    assert received.body == b"ok"
    head = web.asked[0].decode().split("\r\n")
    assert head[0] == "GET /a%2fb/../c//d;x?q=%7e&r=a|b&s=%zz HTTP/1.1"
    assert sorted(head[1:-2]) == [
        "Accept-Encoding: gzip, deflate, br, zstd",
        "Accept: text/html",
        "Host: Photos.Example:443",
        "User-Agent: deedwatch/test (+mailto:a@example.org)",
        "X-Forwarded-Proto: https",
    ]


@pytest.mark.parametrize(
    ("url", "first_line"),
    [
        ("http://a.example", b"GET / HTTP/1.1"),
        ("http://a.example?x=1", b"GET /?x=1 HTTP/1.1"),
        ("http://a.example/%E2%82%AC#x?y/z", b"GET /%E2%82%AC HTTP/1.1"),
    ],
)
def test_odd_paths(url, first_line):
    web = Web(OK)
    fetch(web, url)
    assert web.asked[0].split(b"\r\n")[0] == first_line
    assert b"\r\nHost: a.example\r\n" in web.asked[0]


def leading(most, *answers, **options):
    """Outcome of asking for the first bytes of a body only, and what the server was sent."""

    async def run():
        async with Web(*answers, **options) as web:
            transport = Transport(US, origin=web.origin)
            try:
                return await transport.fetch("http://photos.example/1.jpg", most_bytes=most), web.asked
            except TransportFault as fault:
                return fault, web.asked
            finally:
                await transport.close()

    return asyncio.run(run())


def test_no_more_than_the_first_bytes_are_read_although_all_is_sent():
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n" + b"x" * 500_000
    got, asked = leading(1000, whole)
    assert got.body == b"x" * 1000
    assert dict(got.headers)["Content-Length"] == "500000"
    assert b"accept-encoding: identity" in asked[0].lower()
    assert b"gzip" not in asked[0].lower()


def test_an_endless_body_is_left_where_enough_has_come():
    endless = [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 10_000] * 200]
    got, _ = leading(65_536, endless)
    assert len(got.body) == 65_536


def test_a_file_shorter_than_the_first_bytes_comes_whole():
    got, _ = leading(1000, OK)
    assert got.body == b"ok"


def test_the_beginning_of_a_coded_body_is_of_no_use():
    coded = gzip.compress(os.urandom(5000))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(coded)
    assert leading(1000, head + coded)[0].body == b""
    assert len(leading(9000, head + coded)[0].body) == 5000


def test_first_bytes_that_do_not_all_come_are_a_fault():
    got, _ = leading(1000, b"HTTP/1.1 206 Partial Content\r\nContent-Length: 900\r\n\r\nxx")
    assert got.fault == "cut_body"


def test_headers_come_back_in_order_and_complete():
    web = Web(answer(b"x", b"X-Robots-Tag: noai", b"set-cookie: a=1", b"X-Robots-Tag: b\xc3\xa9", b"Y: \xe9"))
    received = fetch(web)
    assert received.headers == (
        ("X-Robots-Tag", "noai"),
        ("set-cookie", "a=1"),
        ("X-Robots-Tag", "bé"),
        ("Y", "é"),
        ("Content-Length", "1"),
    )


@pytest.mark.parametrize("fault", ["dns", "tls", "timeout", "reset", "private-address"])
def test_played_faults(fault):
    assert fetch(Web(answer(b"x", b"X-Rehearsal-Fault: " + fault.encode()))).fault == fault


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://localhost/",
        "http://2130706433/",
        "file:///etc/passwd",
        "http://photos.example:8080/",
        "http://user@photos.example/",
    ],
)
def test_the_guard_judges_before_the_door(url):
    web = Web(OK)
    assert isinstance(fetch(web, url), GuardRefused)
    assert web.asked == []


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.9.9.9:1/", "http://127.9.9.9:1"),
        ("http://localhost:81", "http://127.0.0.1:81"),
        ("http://[::1]:9", "http://[::1]:9"),
        ("", None),
    ],
)
def test_loopback_origins(text, origin):
    assert rehearsal_origin({"DEEDWATCH_REHEARSAL_ORIGIN": text}) == origin


@pytest.mark.parametrize(
    "text",
    [
        "http://93.184.216.34:80",
        "http://example.org",
        "https://127.0.0.1:8000",
        "127.0.0.1:8000",
        "http://127.0.0.1:8000/path",
        "http://u@127.0.0.1:8000",
        "http://0.0.0.0:80",
        "http://127.0.0.1:99999",
        "http://localhost.example.org:80",
    ],
)
def test_other_origins_are_refused(text):
    with pytest.raises(Refused, match="REHEARSAL_ORIGIN"):
        rehearsal_origin({"DEEDWATCH_REHEARSAL_ORIGIN": text})


# -- answers that break ---------------------------------------------------------------------------

CASES = {
    "length beyond the body": (answer(b"half", b"Content-Length: 10", length=False), "cut_body"),
    "chunks that stop": (answer(b"5\r\nhello\r\n", b"Transfer-Encoding: chunked", length=False), "cut_body"),
    "cut gzip": (answer(gzip.compress(b"x" * 999)[:-9], b"Content-Encoding: gzip"), "cut_body"),
    "gzip that is none": (answer(b"plain text", b"Content-Encoding: gzip"), "cut_body"),
    "announced too large": (answer(b"x", b"Content-Length: 99999999", length=False), "too_large"),
    "gzip bomb": (answer(gzip.compress(bytes(5_000_000)), b"Content-Encoding: gzip"), "too_large"),
    "bomb in a bomb": (
        answer(gzip.compress(gzip.compress(bytes(9_000_000))), b"Content-Encoding: gzip, gzip"),
        "too_large",
    ),
    "no status line": (b"<html>hello</html>", "reset"),
    "nothing": (b"", "reset"),
    "no HTTP": (b"220 mail.example ESMTP\r\n\r\n", "reset"),
    "200 headers": (answer(b"x", *[b"X-%d: y" % i for i in range(200)]), "header_flood"),
    "one endless header": (answer(b"x", b"X: " + b"y" * 50_000), "header_flood"),
}


@pytest.mark.parametrize("name", CASES)
def test_broken_answers(name):
    raw, fault = CASES[name]
    assert fetch(Web(raw), max_body=1_000_000).fault == fault


def test_a_chunk_that_is_no_number_is_no_whole_body():
    """aiohttp 3.14 forgets to wake the reader of a body that breaks in the parser: the time limit does."""
    head = answer(b"1\r\nx\r\n", b"Transfer-Encoding: chunked", length=False)
    assert fetch(Web([head, b"zz\r\n"], pause=0.05), total=0.4).fault in {"cut_body", "timeout"}


def test_an_endless_body_is_stopped_at_the_cap():
    def endless():
        yield answer(b"", b"Transfer-Encoding: chunked", length=False)
        while True:
            yield b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    assert fetch(Web(endless()), max_body=700_000).fault == "too_large"


def test_an_endless_body_without_length_is_stopped_at_the_cap():
    def endless():
        yield answer(b"", length=False)
        while True:
            yield b"x" * 0x10000

    assert fetch(Web(endless()), max_body=700_000).fault == "too_large"


def test_endless_headers_are_stopped():
    def endless():
        yield b"HTTP/1.1 200 OK\r\n"
        while True:
            yield b"X-Flood: y\r\n" * 100

    assert fetch(Web(endless())).fault == "header_flood"


def test_a_drip_is_stopped_by_the_total_time():
    drip = [answer(b"", b"Content-Length: 100", length=False), *[b"x"] * 100]
    assert fetch(Web(drip, pause=0.05), total=0.3).fault == "timeout"


def test_silence_is_a_timeout():
    assert fetch(Web([b""], pause=1.0), total=0.2).fault == "timeout"


def test_a_large_body_within_the_cap_arrives_whole():
    body = os.urandom(900_000)
    assert fetch(Web(answer(body)), max_body=1_000_000).body == body
    chunked = b"".join(
        b"%x\r\n%s\r\n" % (len(body[i : i + 7000]), body[i : i + 7000]) for i in range(0, 900_000, 7000)
    )
    raw = answer(chunked + b"0\r\n\r\n", b"Transfer-Encoding: chunked", length=False)
    assert fetch(Web(raw), max_body=1_000_000).body == body


def test_large_bodies_share_a_budget_and_all_arrive():
    bodies = [os.urandom(1_500_000) for _ in range(8)]
    drip = [answer(b"", b"Content-Length: 900000", length=False), b"x" * 600_000, *[b"x"] * 100]

    async def run():
        async with Web(drip, pause=0.05) as slow, contextlib.AsyncExitStack() as stack:
            webs = [await stack.enter_async_context(Web(answer(body))) for body in bodies]
            transport = Transport(US, check_url=lambda url: None, in_flight=2_000_000)
            limits = aiohttp.ClientTimeout(total=1.0)
            try:
                asks = [transport.fetch(web.origin + "/", timeout=limits) for web in (slow, *webs)]
                return await asyncio.gather(*asks, return_exceptions=True)
            finally:
                await transport.close()

    stopped, *arrived = asyncio.run(run())
    assert stopped.fault == "timeout"
    assert [received.body for received in arrived] == bodies


@pytest.mark.parametrize("status", [b"301 Moved", b"302 Found", b"307 T", b"308 P"])
def test_redirects_are_answers(status):
    web = Web(answer(b"", b"Location: http://photos.example/2", status=status))
    received = fetch(web)
    assert received.status == int(status[:3])
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("line", "status"), [(b"999 Request Denied", 999), (b"451 L", 451), (b"204 No", 204)]
)
def test_unusual_statuses(line, status):
    assert fetch(Web(answer(b"", status=line))).status == status


def test_cookies_are_not_kept():
    web = Web(answer(b"x", b"Set-Cookie: id=1; Path=/"), close=False)
    fetch(web, times=2)
    assert len(web.asked) == 2
    assert b"Cookie" not in web.asked[1]


def test_a_proxy_in_the_environment_is_ignored(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch(Web(OK)).body == b"ok"


def test_nothing_is_asked_twice_when_a_kept_connection_dies():
    web = Web(OK, None, close=False)

    async def run():
        async with web:
            transport = Transport(US, origin=web.origin)
            try:
                assert (await transport.fetch("http://a.example/1")).body == b"ok"
                with pytest.raises(TransportFault) as caught:
                    await transport.fetch("http://a.example/2")
                return caught.value.fault
            finally:
                await transport.close()

    assert asyncio.run(run()) == "reset"
    assert len(web.asked) == 2


def test_fault_sentences_carry_no_address():
    outcome = fetch(Web(b""), "http://photos.example/1?api_key=canary")
    assert "canary" not in str(outcome)
    assert "photos.example" not in str(outcome)


# -- names and addresses --------------------------------------------------------------------------


def resolve(addresses, times=1):
    """Outcome and look-ups of asking a host whose name leads to ``addresses``."""
    asked = []

    async def lookup(host, port):
        asked.append(host)
        if not addresses:
            raise OSError("no such name")
        return addresses[min(len(asked), len(addresses)) - 1]

    async def run():
        transport = Transport(US, lookup=lookup)
        faults = []
        try:
            for _ in range(times):
                try:
                    await transport.fetch(
                        "http://rebind.example.org/",
                        timeout=aiohttp.ClientTimeout(total=0.3, sock_connect=0.2),
                    )
                except TransportFault as fault:
                    faults.append(fault.fault)
            return faults
        finally:
            await transport.close()

    return asyncio.run(run()), asked


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:10.0.0.1"],
        ["93.184.216.34", "127.0.0.1"],
    ],
)
def test_private_addresses_are_refused_after_resolution(addresses):
    assert resolve([addresses]) == (["private-address"], ["rebind.example.org"])


def test_unknown_names_are_dns_faults():
    assert resolve([])[0] == ["dns"]


def test_the_judged_addresses_are_the_ones_connected_to():
    """A server that changes its name's address after the check gains nothing: there is no second look-up."""
    web = Web(OK, close=False)
    asked = []

    async def lookup(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.9.9.9"]

    async def run():
        async with web:
            judged = []
            transport = Transport(US, lookup=lookup, check_url=lambda url: None, check_address=judged.append)
            try:
                for _ in range(3):
                    await transport.fetch(f"http://rebind.example.org:{web.port}/")
                return judged
            finally:
                await transport.close()

    assert asyncio.run(run()) == ["127.0.0.1"]
    assert asked == ["rebind.example.org"]
    assert len(web.asked) == 3


def test_a_closed_port_is_a_reset():
    async def run():
        async with Web(OK) as web:
            origin = web.origin
        transport = Transport(US, origin=origin)
        try:
            with pytest.raises(TransportFault) as caught:
                await transport.fetch("http://a.example/")
            return caught.value.fault
        finally:
            await transport.close()

    assert asyncio.run(run()) == "reset"


# -- TLS ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A throw-away CA and a certificate for photos.example: (server context, CA file)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder = tmp_path_factory.mktemp("tls")
    now = dt.datetime.now(dt.UTC)

    def named(text):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def issue(subject, key, issuer, signer, extensions):
        builder = (
            x509.CertificateBuilder()
            .subject_name(named(subject))
            .issuer_name(named(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(signer, hashes.SHA256())

    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    signs = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    ca = issue(
        "test ca",
        ca_key,
        "test ca",
        ca_key,
        [(x509.BasicConstraints(ca=True, path_length=0), True), (signs, True)],
    )
    names = x509.SubjectAlternativeName([x509.DNSName("photos.example")])
    leaf = issue("photos.example", key, "test ca", ca_key, [(names, False)])
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (folder / "leaf.pem").write_bytes(
        leaf.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "leaf.pem")
    return server, folder / "ca.pem"


@pytest.mark.parametrize(
    ("host", "trusted", "outcome"),
    [("photos.example", True, b"ok"), ("other.example", True, "tls"), ("photos.example", False, "tls")],
)
def test_certificates_are_verified(authority, host, trusted, outcome):
    server, ca_file = authority

    async def lookup(name, port):
        return ["127.0.0.1"]

    async def run():
        async with Web(OK, tls=server) as web:
            transport = Transport(
                US,
                lookup=lookup,
                check_url=lambda url: None,
                check_address=lambda ip: None,
                tls=ssl.create_default_context(cafile=ca_file) if trusted else None,
            )
            try:
                return (await transport.fetch(f"https://{host}:{web.port}/")).body
            except TransportFault as fault:
                return fault.fault
            finally:
                await transport.close()

    assert asyncio.run(run()) == outcome


# -- decoding -------------------------------------------------------------------------------------


def raw_deflate(data):
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeezer.compress(data) + squeezer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": lambda data: brotli.compress(data, quality=4),
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", PACKERS)
@settings(max_examples=25, deadline=None)
@given(data=st.binary(min_size=1, max_size=3000))
def test_whole_bodies_decode_and_cut_ones_never_do(coding, data):
    packed = PACKERS[coding](data)
    assert decode_body(coding, packed, 3000) == data
    for cut in {1, len(packed) // 2, len(packed) - 1} - {len(packed)}:
        with pytest.raises(TransportFault) as caught:
            decode_body(coding, packed[:cut], 3000)
        assert caught.value.fault == "cut_body"
    with pytest.raises(TransportFault) as caught:
        decode_body(coding, packed, len(data) - 1)
    assert caught.value.fault == "too_large"


@pytest.mark.parametrize("coding", PACKERS)
def test_bombs_stop_at_the_cap(coding):
    with pytest.raises(TransportFault) as caught:
        decode_body(coding, PACKERS[coding](bytes(50_000_000)), 1_000_000)
    assert caught.value.fault == "too_large"


@pytest.mark.parametrize("coding", PACKERS)
@settings(max_examples=40, deadline=None)
@given(junk=st.binary(max_size=200))
def test_junk_never_escapes_as_another_error(coding, junk):
    try:
        assert len(decode_body(coding, junk, 10_000)) <= 10_000
    except TransportFault as fault:
        assert fault.fault in {"cut_body", "too_large"}  # noqa: PT017


def test_coding_oddities():
    two = gzip.compress(b"a") + gzip.compress(b"b")
    assert decode_body("gzip", two + b"\0\0padding", 10) == b"ab"
    assert decode_body("zstd", zstandard.compress(b"a") + zstandard.compress(b"b"), 10) == b"ab"
    assert decode_body("deflate, GZIP", gzip.compress(zlib.compress(b"ab")), 100) == b"ab"
    assert decode_body("utf-8", b"plain", 10) == b"plain"
    assert decode_body("gzip", b"", 10) == b""
    with pytest.raises(TransportFault, match="codings"):
        decode_body("gzip,gzip,gzip,gzip", b"x", 10)


# -- inside Scrapy --------------------------------------------------------------------------------

SCRIPT = """
import asyncio, os, socket, sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from crawler.fetching.settings import scrapy_settings

def listening():
    found = 0
    for fd in os.listdir("/proc/self/fd"):
        try:
            with socket.socket(fileno=os.dup(int(fd))) as one:
                found += one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        except OSError:
            pass
    return found

class Once(Spider):
    name = "once"

    async def start(self):
        asks = [
            self.crawler.engine.download_async(
                Request(f"https://photos.example/{n}", headers={"Accept": "a/b"}, meta={"verbatim_url": True})
            )
            for n in range(3)
        ]
        for answer in await asyncio.gather(*asks):
            print(answer.status, answer.body.decode(), answer.raw_headers[0], answer.headers[b"x-one"])
        print("listening", listening())
        return
        yield

async def main():
    await AsyncCrawlerRunner(scrapy_settings("a@example.org", {"SPIDER_MODULES": []})).crawl(Once)

asyncio.run(main())
"""


def test_inside_scrapy_without_a_port_opened(root):
    web = Web(answer(b"ok", b"X-One: 1"))

    async def run():
        async with web:
            environ = os.environ | {"DEEDWATCH_REHEARSAL_ORIGIN": web.origin, "PYTHONPATH": str(root)}
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-c", SCRIPT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            return (await child.communicate())[0].decode()

    said = asyncio.run(run())
    assert said.splitlines() == ["200 ok ('X-One', '1') b'1'"] * 3 + ["listening 0"], said
    assert all(b"User-Agent: deedwatch/" in asked and b"From: a@example.org" in asked for asked in web.asked)
    assert not any(b"Scrapy" in asked for asked in web.asked)
