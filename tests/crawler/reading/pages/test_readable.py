"""License pages → the text a person reads, whatever nonces, menus and scripts come with it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.pages.readable import readable

PAGE = """<!DOCTYPE html><html><head><title>License</title><script nonce="{nonce}">var x = "{nonce}";</script></head>
<body data-visit="{nonce}"><header><a href="/">Site</a></header><nav>Photos <b>{nonce}</b></nav>
<div id="cookie-banner">We use cookies, visitor {nonce}.</div>
<main><h1>License</h1>
<p>All photos can be used <em>for free</em>,{gap}
commercially or not.</p><!-- built {nonce} --><ul><li>No permission needed</li><li>No   resale</li></ul>
<form><input name="csrf" value="{nonce}"></form><p hidden>{nonce}</p><p style="display: none">{nonce}</p>
<table><tr><td>AI</td><td>not allowed</td></tr></table></main>
<footer>&copy; visitor {nonce}</footer></body></html>"""
TEXT = """License
All photos can be used for free, commercially or not.
No permission needed
No resale
AI
not allowed"""
MUCH = "The text itself. " * 8 + "The text itself."


def page(nonce: str = "a1", gap: str = " ") -> bytes:
    return PAGE.format(nonce=nonce, gap=gap).encode()


def test_only_the_text_is_left() -> None:
    assert readable(page(), "text/html; charset=utf-8") == TEXT


@settings(max_examples=20, deadline=None)
@given(st.text("abcdef0123456789", min_size=1, max_size=20), st.text(" \n\t\u200b", min_size=1, max_size=5))
def test_nonces_and_white_space_change_nothing(nonce: str, gap: str) -> None:
    assert readable(page(nonce, gap + " "), "text/html") == TEXT


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["text/html", "text/plain", "", "application/pdf", "text/html; charset=x"]),
)
def test_no_bytes_are_too_strange(body: bytes, kind: str) -> None:
    text = readable(body, kind)
    assert text == "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b"Licence\r\n\r\n  You   may.\n", "text/plain", "Licence\nYou may."),
        ("Für alle".encode("latin-1"), "text/plain; charset=latin-1", "Für alle"),
        (b"<!doctype html><p>One</p>Two", "", "One\nTwo"),
        (b"<html><body><article>Teaser</article><p>" + MUCH.encode(), "text/html", f"Teaser\n{MUCH}"),
        (b"<body><header><h1>CC BY</h1></header><p>Share<br>Adapt", "text/html", "CC BY\nShare\nAdapt"),
        (b"%PDF-1.7 \x00", "application/pdf", ""),
        (b"\x89PNG\r\n", "image/png", ""),
        (b"", "text/html", ""),
    ],
)  # fmt: skip
def test_kinds_of_documents(body: bytes, kind: str, text: str) -> None:
    assert readable(body, kind) == text


def test_one_changed_word_changes_the_text() -> None:
    assert readable(page().replace(b"for free", b"for a fee"), "text/html") != TEXT


@pytest.mark.parametrize("piece", [b"<b>a", b"<header>a", b"<header>a</header>", b"<main>a", b"<nav>a</nav>"])
def test_pages_of_one_element_nested_without_end(piece: bytes) -> None:
    start = time.process_time()
    readable(b"<!DOCTYPE html>" + piece * 20_000, "text/html")
    assert time.process_time() - start < 5  # these took half a minute and more, and 2 MiB hours
