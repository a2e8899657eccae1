"""May this address be visited at all? Manifest rows and redirects are hostile input (DESIGN §7).

Two questions, both pure. ``check_url`` judges what is written: scheme, userinfo, port, special names, and
addresses in every spelling. ``check_address`` judges what a name resolved to: the transport asks it about
every address a look-up returned and connects to exactly those.

Ports other than 80 and 443 are refused: no source we know serves photo pages elsewhere, and every other
port is somebody's database, proxy or printer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from crawler.errors import GuardRefused
from crawler.model import Reason

MAX_URL = 16_384  # characters; fifty Commons titles in one query stay below 10,000
_PORTS = frozenset({"", "80", "443"})

_SHAPE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*", re.ASCII)
_PLAIN_V4 = re.compile(r"(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}", re.ASCII)
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.ASCII)

#: Names that never mean a public site (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal) or that clouds use
#: for instance metadata. ``test``, ``example`` and ``invalid`` are not here: they lead nowhere by themselves,
#: and the rehearsal web uses them.
_SPECIAL_SUFFIXES = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
    "in-addr.arpa",
    "ip6.arpa",
    "onion",
    "metadata.goog",
)

#: Public by number, but answered inside a cloud (Azure's wire server).
_METADATA = frozenset({IPv4Address("168.63.129.16")})
_V4_REFUSED = tuple(
    IPv4Network(n)
    for n in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598; Alibaba's metadata lies in it
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; instance metadata of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_V6_REFUSED = tuple(
    IPv6Network(n)
    for n in (
        "::/128",
        "::1/128",
        "64:ff9b:1::/48",  # local-use NAT64, RFC 8215
        "100::/64",
        "2001::/23",  # protocol assignments, Teredo among them: embeds somebody's IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4, RFC 7526: embeds an IPv4 address and leads through a relay nobody runs
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
#: Prefixes whose last 32 bits are an IPv4 address that decides (mapped, compatible, NAT64 RFC 6052).
_V4_INSIDE = tuple(IPv6Network(n) for n in ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96"))


def check_url(url: str) -> None:
    """Raise ``GuardRefused`` unless ``url`` is a plain http(s) address of something public by name."""
    if len(url) > MAX_URL:
        raise GuardRefused(url[:80] + "…", Reason.GUARD, f"it is longer than {MAX_URL} characters")
    if _UNPRINTABLE.search(url):
        shown = _UNPRINTABLE.sub("?", url)
        raise GuardRefused(shown, Reason.GUARD, "it holds a space, backslash or control character")
    shape = _SHAPE.match(url)
    if shape is None:
        raise GuardRefused(url, Reason.GUARD, "it has no scheme")
    why = _judge(shape[1].lower(), shape[2])
    if why:
        raise GuardRefused(_without_userinfo(url), Reason.GUARD, why)


def check_address(ip: str) -> None:
    """Raise ``GuardRefused`` unless ``ip``, as a resolver gave it, is a public unicast address."""
    why = _judge_address(ip)
    if why:
        raise GuardRefused(ip, Reason.GUARD, why)


def _without_userinfo(url: str) -> str:
    return re.sub(r"//[^/?#]*@", "//…@", url, count=1)


@lru_cache(maxsize=4096)
def _judge(scheme: str, authority: str | None) -> str | None:
    """Why this scheme and authority are refused, or ``None``."""
    if scheme not in ("http", "https"):
        return f"only http and https are visited, not {scheme}"
    if not authority:
        return "it names no host"
    if "@" in authority:
        return "it carries a user name or password"
    host, port = authority, ""
    if authority.startswith("["):
        host, bracket, rest = authority.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            return "its host cannot be read"
        host, port = host[1:], rest[1:]
        if rest == ":":
            return "its port is empty"
        return _bad_port(port) or _judge_address(host)
    if ":" in authority:
        host, _, port = authority.rpartition(":")
        if not port:
            return "its port is empty"
    return _bad_port(port) or _judge_host(host)


def _bad_port(port: str) -> str | None:
    return None if port in _PORTS else "only the ports 80 and 443 are visited"


def _judge_host(host: str) -> str | None:
    # ⓔxample.com and １２７.０.０.１ are read by some resolvers as their plain forms: so do we.
    host = unicodedata.normalize("NFKC", host).replace("。", ".").casefold().rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return "its host cannot be read"
    if not _HOST.fullmatch(host):
        return "its host cannot be read"
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        if not _PLAIN_V4.fullmatch(host):
            return "its host is a number in disguise (decimal, octal, hexadecimal or shortened)"
        return _judge_address(host)
    for special in _SPECIAL_SUFFIXES:
        if host == special or host.endswith("." + special):
            return f"names under {special} are not on the public web"
    if len(labels) == 1:
        return "a name without a dot belongs to a private network"
    return None


@lru_cache(maxsize=4096)
def _judge_address(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return "its address cannot be read"
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return "its address names a network interface"
        inside = _embedded(address)
        if inside is None:
            return _refused_v6(address)
        address = inside
    if address in _METADATA or any(address in network for network in _V4_REFUSED):
        return f"{text} is not a public address"
    return None


def _refused_v6(address: IPv6Address) -> str | None:
    if any(address in network for network in _V6_REFUSED) or not address.is_global:
        return f"{address} is not a public address"
    # ISATAP (RFC 5214) hides an IPv4 address behind 0:5efe in any prefix.
    if (int(address) >> 32) & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE):
        return f"{address} tunnels to an IPv4 address"
    return None


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if any(address in network for network in _V4_INSIDE) and int(address) > 1:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
