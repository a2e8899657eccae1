"""Which addresses the guard lets through, as tables."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import GuardRefused
from crawler.politeness.guard import MAX_URL, check_address, check_url

PUBLIC = [
    "http://www.flickr.com/photos/1/2",
    "https://upload.wikimedia.org:443/x",
    "HTTP://Example.COM:80",
    "https://a_b.example.org/?u=http://127.0.0.1/",
    "https://example.org./x#@localhost",
    "https://münchen.example/ü",
    "http://93.184.216.34/",
    "http://[2606:4700:4700::1111]/",
    "http://[64:ff9b::808:808]/",
    "http://1e100.example/",
    "http://photos.test/",
]

REFUSED = {
    "scheme": [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "gopher://example.org/",
        "//example.org/x",
        "example.org/x",
        "",
    ],
    "no host": ["http:///x", "http:x", "https://", "http://?x", "http://:80/"],
    "userinfo": ["http://user@example.org/", "http://a:b@example.org/", "http://example.org@127.0.0.1/"],
    "port": [
        "http://example.org:22/",
        "http://example.org:8080/",
        "https://example.org:/",
        "http://a.b:80a/",
    ],
    "loopback in every spelling": [
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.255.255.254/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7F.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.0.0.1.:80/",
        "http://１２７.０.０.１/",
        "http://127。0。0。1/",
        "http://①②⑦.0.0.1/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[::]/",
        "http://0/",
        "http://0.0.0.0/",
    ],
    "private, link-local, metadata": [
        "http://10.0.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0xa9fea9fe/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://192.0.0.192/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/",
        "http://[2002:7f00:1::]/",
        "http://[ff02::1]/",
    ],
    "other numbers": [
        "http://999.1.1.1/",
        "http://1.2.3.4.5/",
        "http://08.8.8.8/",
        "http://0x/",
        "http://8.8.8/",
    ],
    "special names": [
        "http://localhost/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://metadata/",
        "http://intranet/",
        "http://router.home.arpa/",
        "http://x.onion/",
        "http://ⓛocalhost/",
    ],
    "unreadable": [
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\x00",
        "http://example.org/\r\nHost: x",
        "http://%31%32%37.0.0.1/",
        "http://[::1",
        "http://[zz]/",
        "http://..example.org/",
        "http://a..b/",
        "http://" + "a" * 64 + ".org/",
        "http://example.org/" + "x" * MAX_URL,
    ],
}


@pytest.mark.parametrize("url", PUBLIC)
def test_public_addresses_pass(url):
    check_url(url)


@pytest.mark.parametrize("url", [url for urls in REFUSED.values() for url in urls])
def test_everything_else_is_refused_with_a_reason(url):
    with pytest.raises(GuardRefused) as refused:
        check_url(url)
    assert refused.value.reason == "guard"
    assert str(refused.value).endswith(".")


def test_the_refusal_repeats_no_password():
    with pytest.raises(GuardRefused) as refused:
        check_url("https://user:canary@example.org/x")
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_answers_pass(ip):
    check_address(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "255.255.255.255",
        "0.0.0.0",
        "::",
        "::1",
        "::ffff:192.168.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2001:0:53aa:64c:0:fbff:7f00:1",
        "2002:a00:1::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "2606:4700::5efe:7f00:1",
        "not an address",
        "",
    ],
)
def test_other_answers_are_refused(ip):
    with pytest.raises(GuardRefused):
        check_address(ip)


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1))
def test_every_non_global_ipv4_is_refused_in_every_spelling(number):
    address = IPv4Address(number)
    if address.is_global:
        return
    spellings = [str(address), f"{number}", f"0x{number:x}", f"0{number:o}", f"{address}."]
    spellings += [f"[{IPv6Address(base + number)}]" for base in (0xFFFF << 32, 0x64FF9B << 96)]
    for host in spellings:
        with pytest.raises(GuardRefused):
            check_url(f"http://{host}/")


@settings(max_examples=150)
@given(st.integers(0, 2**128 - 1))
def test_no_ipv6_address_passes_that_is_not_global(number):
    address = IPv6Address(number)
    try:
        check_address(str(address))
    except GuardRefused:
        return
    assert address.is_global
    assert not address.is_multicast
    assert address not in IPv6Network("2002::/16")


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_no_text_escapes_as_another_error(text):
    for url in (text, "http://" + text):
        try:
            check_url(url)
        except GuardRefused:
            continue
        assert url.lower().startswith(("http://", "https://"))
