"""Parsing pages: charsets, garbage, depth, and what is collected."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.pages import figures, image_objects, opt_outs, rel_license
from crawler.reading.pages.html import MAX_BYTES, parse, text_of

URL = "https://page.example/a/b"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Écluse</title>".encode(), "text/html; charset=utf-8"),
        ("<title>Écluse</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset=windows-1252><title>Écluse</title>".encode("cp1252"), "text/html"),
        ("<title>Écluse</title>".encode(), ""),
        (b"\xff\xfe" + "<title>Écluse</title>".encode("utf-16-le"), "text/html"),
        (b"\xef\xbb\xbf" + "<title>Écluse</title>".encode(), "text/html; charset=latin-1"),
        ("<title>Écluse</title>".encode(), "text/html; charset=no-such-thing"),
        ("<title>Écl\x00use</title>".encode(), "text/html"),
    ],
)
def test_charsets(body: bytes, content_type: str) -> None:
    assert parse(body, URL, content_type).title == "Écluse"


@settings(max_examples=80)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda t: f"<html>{t}".encode("utf-8", "replace"))
    )
)
def test_no_bytes_make_it_raise(body: bytes) -> None:
    page = parse(body, URL, "text/html; charset=hex")
    rel_license.read(page)
    claims, _ = image_objects.read(page)
    figures.several(page, claims)
    opt_outs.read((), page, page.url)
    page.text_length()


def test_what_stands_deep_in_a_page_is_found() -> None:
    body = b"<div>" * 1500 + b'<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">x</a>'
    claims = rel_license.read(parse(body, URL))
    assert [c.value for c in claims] == ["CC-BY-4.0"]


def test_what_is_not_read_is_said() -> None:
    assert not parse(b"<div>" * 1500, URL).truncated
    assert parse(b"<div>" * 100_000, URL).truncated
    assert parse(b"<p>x</p>" + b" " * MAX_BYTES, URL).truncated


def test_what_is_collected() -> None:
    page = parse(
        b'<html><head><base href="/base/"><title> A  b </title><META NAME="Robots" CONTENT="noai"></head>'
        b'<body><h1>H</h1><A REL="License Nofollow" hRef="x">l</A><!-- <a rel=license href=no> --></body></html>',
        URL,
    )
    assert (page.title, page.heading, page.base) == ("A b", "H", "https://page.example/base/")
    assert page.meta("robots") == "noai"
    assert [(sorted(link.rels), page.absolute(link.href)) for link in page.links] == [
        (["license", "nofollow"], "https://page.example/base/x")
    ]


def test_scripts_are_no_text() -> None:
    page = parse(b"<body><script>var a = 'long text of a script';</script><p>ab</p></body>", URL)
    assert page.text_length() == 2
    assert page.root is not None
    assert text_of(page.root) == "ab"
