"""Pages made to cost time or to lie: each is read within seconds, none raises, and none gives a wrong license."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Capture, Claim, Field, Look, Reason, Scope, Status, Target
from crawler.reading.findings import findings_of
from crawler.reading.pages import rel_license, web_page
from crawler.reading.pages.decoding import without_monsters
from crawler.reading.pages.html import parse

URL = "https://page.example/photo/1"
BY = "https://creativecommons.org/licenses/by/4.0/"
LINK = f'<a rel="license" href="{BY}">x</a>'


def look(body: str | bytes, content_type: str = "text/html; charset=utf-8", asked: str = "") -> Look:
    raw = body.encode() if isinstance(body, str) else body
    headers = (("content-type", content_type),)
    exchange = Capture(Target("any_page", URL, "g"), URL, 200, headers, raw, datetime(2026, 1, 1, tzinfo=UTC))
    return web_page.look(exchange, "1", asked)


def licenses(found: Look) -> set[tuple[str | None, Scope]]:
    return {(c.value, c.scope) for c in found.claims if c.field is Field.LICENSE}


# Each took from three seconds to minutes before 2026-11-24; the bound leaves room for slow machines.
COSTLY = {
    "links deep in a page": "<div>" * 1_900 + LINK * 10_000,
    "one tag of many attributes": "<p " + " ".join(f"a{n}" for n in range(60_000)) + ">x</p>" + LINK,
    "prefixes": "".join(f'<div prefix="p{n}: https://x.example/{n}" property="cc:license">' for n in range(1_900)),
    "many different licenses": "".join(f"<p><a rel=license href=/l/{n}>x</a></p>" for n in range(10_000)),
    "one picture, many licenses": "<div about=a.jpg>" + LINK * 10_000 + "</div>",
    "nested literals": '<div property="cc:license">' * 1_000 + "x" * 900_000,
    "an item of many licenses": '<div itemscope itemtype="https://schema.org/ImageObject">'
    + f"<p itemprop=license>{LINK}</p>" * 20_000,
    "references": '<div itemscope itemref="r0 r1 r2 r3 r4 r5 r6 r7 r8 r9"></div>' * 2_000
    + "".join(f"<div id=r{n}>" + "<p itemprop=license>x</p>" * 200 + "</div>" for n in range(10)),
    "nested properties": "<div itemprop=license>" * 1_900 + "y" * 500_000,
    "figures": "<figure><img src=a.jpg><figcaption>Photo: A, CC BY 4.0</figcaption></figure>" * 10_000,
    "metas": '<meta name=license content="CC BY 4.0">' * 30_000,
    "a long base": '<base href="https://x.example/' + "a/" * 200_000 + '">' + "<a rel=license href=b>x</a>" * 2_000,
    "a long class": '<div class="' + "foo-bar_baz " * 80_000 + '">' + LINK * 2_000 + "</div>",
}  # fmt: skip


@pytest.mark.parametrize("name", COSTLY)
def test_no_page_costs_more_than_others(name: str) -> None:
    begun = time.process_time()
    found = look(COSTLY[name])
    assert time.process_time() - begun < 4
    assert found.status in (Status.AVAILABLE, Status.UNREADABLE)
    assert len(found.claims) < 2_000


@pytest.mark.parametrize(
    "name", ["one tag of many attributes", "many different licenses", "metas", "references"]
)
def test_what_was_too_much_is_named_as_unread(name: str) -> None:
    assert look(COSTLY[name]).unread


def test_a_tag_of_a_thousand_attributes_goes_and_a_long_attribute_stays() -> None:
    monster = "<p " + " ".join(f"a{n}" for n in range(5_000)) + ">"
    assert without_monsters(f"<b>x</b>{monster}y</p>".encode()) == (b"<b>x</b>y</p>", True)
    data = f"<div data-state='{'a b ' * 5_000}'>x</div><script>{'f(1, 2); ' * 5_000}</script>".encode()
    assert without_monsters(data) == (data, False)


_TREES = st.recursive(
    st.sampled_from(["<i>a</i>", "b", "<hr>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "b"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(_TREES)
def test_places_are_written_as_libxml2_writes_them(body: str) -> None:
    page = parse(f"<html><body>{body}</body></html>".encode(), URL)
    assert page.root is not None
    page.kept["paths asked"] = 10_000
    for element in page.root.iter():
        assert page.locate(element) == element.getroottree().getpath(element)


@pytest.mark.parametrize(
    "href",
    [
        f"javascript:location='{BY}'",
        f" JavaScript:void('{BY}')",
        f"data:text/html,{BY}",
        f"mailto:a@b.example?subject={BY}",
    ],
)
def test_a_license_stands_at_an_address_of_the_web(href: str) -> None:
    assert licenses(look(f'<p>x</p><a rel="license" href="{href}">CC BY</a>')) == {(None, Scope.PAGE)}
    about = f'<div about="a.jpg"><a rel="license" href="{href}">CC BY</a></div>'
    assert licenses(look(about)) == {(None, Scope.IMAGE)}
    assert rel_license.read(parse(f'<p>CC BY: <a href="{href}">x</a></p>'.encode(), URL)) == []


def test_what_stands_in_a_template_is_not_on_the_page() -> None:
    hidden = f"<p>a</p><template>{LINK}<figure><img src=a.jpg><figcaption>CC BY 4.0</figcaption></figure></template>"
    data = '{"@type":"ImageObject","license":"CC BY 4.0"}'
    script = f'<template><script type="application/ld+json">{data}</script></template>'
    assert licenses(look(hidden + script + "b")) == set()
    page = parse(f"<p>a<template>x</template>b<template>y</template>c</p>{LINK}".encode(), URL)
    assert page.root is not None
    assert "".join(page.root.itertext()) == "abcx"
    assert licenses(look(f'<div><template shadowrootmode="open"><p>{LINK}</p></template></div>')) == {
        ("CC-BY-4.0", Scope.PAGE)
    }


def test_several_pictures_of_which_none_is_the_one_asked_for() -> None:
    def described(name: str) -> str:
        data = f'{{"@type":"ImageObject","contentUrl":"/{name}","license":"{BY}"}}'
        return f'<script type="application/ld+json">{data}</script>'

    related = described("r1.jpg") + described("r2.jpg")
    assert findings_of(look(related, asked="https://page.example/a.jpg")).license_state == "conflict"
    assert findings_of(look(related, asked="https://page.example/r2.jpg")).license == "CC-BY-4.0"
    # one picture in another size than the list names is still the page's picture
    assert findings_of(look(described("full.jpg"), asked="https://page.example/a.jpg")).license == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"@type": "ImageObject", "license": "CC BY 4.0"}', "text/html"),
        (b'[{"html": "<a rel=license href=x>"}]', "text/html"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF<x>", "text/html"),
        (b"%PDF-1.4 <x>", "application/xhtml+xml"),
        (b"x", "text/html"),
        (b"\x00", "text/html"),
        (f"<!doctype html>{LINK}".encode(), "application/json"),
        (b"", "text/html"),
    ],
)
def test_what_is_no_page_is_not_read_as_one(body: bytes, content_type: str) -> None:
    found = look(body, content_type)
    assert (found.status, licenses(found)) == (Status.UNREADABLE, set())


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (f"<p>é</p>{LINK}".encode(), "text/html; charset=utf-16"),
        (f"<meta charset=utf-16><p>é</p>{LINK}".encode(), "text/html"),
        (f"<p>é</p>{LINK}".encode("utf-16"), "text/html"),
        (f"<p>é</p>{LINK}".encode("utf-16-be"), "text/html; charset=utf-16be"),
        (f'<?xml version="1.0" encoding="ISO-8859-1"?><html><p>é</p>{LINK}'.encode("latin-1"), "text/html"),
    ],
)
def test_labels_that_lie_hide_nothing(body: bytes, content_type: str) -> None:
    assert licenses(look(body, content_type)) == {("CC-BY-4.0", Scope.PAGE)}
    page = parse(body, URL, content_type)
    assert page.root is not None
    assert "é" in "".join(page.root.itertext())


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("<title>Are you human?</title><p>Tick the box</p>", Status.REFUSED, Reason.CHALLENGE),
        ("<h1>Security check | Example</h1>", Status.REFUSED, Reason.CHALLENGE),
        ("<title>Security check at the airport</title><p>x</p>", Status.AVAILABLE, Reason.SEEN),
        ("<meta http-equiv=refresh content='0; url=/login?next=1'><p>wait</p>", Status.REFUSED, Reason.LOGIN_WALL),
        ("<meta http-equiv=Refresh content='0;URL=\"//other.example/\"'><p>x</p>", Status.MOVED, Reason.REDIRECTED),
        ("<meta http-equiv=refresh content=300><p>x</p>", Status.AVAILABLE, Reason.SEEN),
        (f"<meta http-equiv=refresh content='0;url={URL}'><p>x</p>", Status.AVAILABLE, Reason.SEEN),
        ("<noscript><meta http-equiv=refresh content='0;url=/nojs'></noscript><p>x</p>", Status.AVAILABLE, Reason.SEEN),
        ("<meta http-equiv=refresh content='50'><p>x</p>", Status.AVAILABLE, Reason.SEEN),
        ("<base href=/b/><meta http-equiv=refresh content='0;'><p>x</p>", Status.AVAILABLE, Reason.SEEN),
    ],
)  # fmt: skip
def test_what_stands_where_the_page_should_be(body: str, status: Status, reason: Reason) -> None:
    found = look(body)
    assert (found.status, found.reason) == (status, reason)


def test_names_are_kept_as_they_stood_and_shown_as_meant() -> None:
    def authors(body: str) -> list[tuple[str | None, str]]:
        return [(c.value, c.raw) for c in look(body).claims if c.field is Field.AUTHOR]

    name = "\u202bJo\u200b Test\u202c"
    assert authors(f'<meta name=author content="{name}"><p>x</p>') == [("Jo Test", name)]
    assert authors(f"<p><a rel=author href=/u>{name}</a></p>") == [("Jo Test", name)]
    data = f'{{"@type":"ImageObject","creator":"{name} &amp; Co"}}'
    assert authors(f'<p>x</p><script type="application/ld+json">{data}</script>') == [
        ("Jo Test & Co", f"{name} &amp; Co")
    ]


def test_a_model_is_no_algorithm() -> None:
    def flags(kind: str) -> list[Claim]:
        data = f'{{"@type":"ImageObject","digitalSourceType":"{kind}"}}'
        found = look(f'<p>x</p><script type="application/ld+json">{data}</script>')
        return [c for c in found.claims if c.field is Field.AI_GENERATED]

    base = "http://cv.iptc.org/newscodes/digitalsourcetype/"
    assert [c.value for c in flags(f"{base}trainedAlgorithmicMedia")] == ["yes"]
    assert flags(f"{base}algorithmicMedia") == []


def test_a_page_that_does_not_name_the_picture_asked_for_says_so() -> None:
    page = b"<figure><img src=/a%20b.jpg><figcaption>Photo: Ann, CC BY 4.0</figcaption></figure>"
    note = "the picture asked for: its file name is nowhere on the page"
    for asked in ("https://x.example/c.jpg", "https://x.example/d.jpg?w=9"):
        assert note in look(page, asked=asked).unread
    for asked in ("", "https://x.example/a b.jpg", "https://cdn.example/s/a%20b.jpg?w=9#top"):
        assert note not in look(page, asked=asked).unread
