import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.opt_outs import rsl, rsl_links
from crawler.opt_outs.link_header import read_links

FILE = "https://s.example/license.xml"


def document(inner, root='<rsl xmlns="https://rslstandard.org/rsl">', end="</rsl>"):
    return f"{root}{inner}{end}".encode()


def content(url, inner, attributes=""):
    return f'<content url="{url}" {attributes}>{inner}</content>'


def said(body, url="https://s.example/images/a.jpg"):
    return [s.value for s in rsl.signals(body, url, FILE)]


ALL = "<license><permits type='usage'>all</permits></license>"
NO_TRAIN = (
    "<license><permits type='usage'>search</permits>"
    "<prohibits type='usage'>ai-train, ai-input</prohibits></license>"
)
TRAIN = "<permits type='usage'>ai-train</permits>"


def test_the_longest_pattern_decides():
    body = document(
        content("/", ALL) + content("/images/*", NO_TRAIN) + content("https://s.example/b", NO_TRAIN)
    )
    read = rsl.read_document(body)
    assert read.permits("https://s.example/x") == {"all"}
    assert read.permits("https://s.example/images/a.jpg") == {"search"}
    assert read.prohibits("https://s.example/images/a.jpg") == {"ai-train", "ai-input"}
    assert read.prohibits("https://s.example/b/c") == {"ai-train", "ai-input"}
    assert read.prohibits("https://other.example/b/c") == frozenset()
    assert said(body) == ["rsl.ai-input=disallow", "rsl.ai-train=disallow", "rsl.search=allow"]


@pytest.mark.parametrize(
    ("inner", "attributes", "values"),
    [
        ("<permits type='usage'>AI-Train search</permits>", "", ["rsl.ai-train=allow", "rsl.search=allow"]),
        (TRAIN + "<payment type='purchase'/>", "", ["rsl.ai-train=constrained"]),
        (TRAIN + "<payment type='attribution'/>", "", ["rsl.ai-train=constrained"]),
        (TRAIN + "<payment type='free'/>", "", ["rsl.ai-train=allow"]),
        (TRAIN + "<permits type='user'>education</permits>", "", ["rsl.ai-train=constrained"]),
        (TRAIN + "<prohibits type='geo'>EU</prohibits>", "", ["rsl.ai-train=constrained"]),
        (TRAIN, "server='https://l.example'", ["rsl.ai-train=constrained"]),
        (TRAIN + "<prohibits type='usage'>ai-train</prohibits>", "", ["rsl.ai-train=disallow"]),
        (TRAIN + "</license><license><prohibits>ai-train</prohibits>", "", ["rsl.ai-train=constrained"]),
        ("<payment type='purchase'/>", "", ["rsl=unknown"]),
        ("", "", ["rsl=unknown"]),
    ],
)
def test_answers(inner, attributes, values):
    inner = f"<license>{inner}</license>"
    assert said(document(content("/images/", inner, attributes))) == values


def test_other_paths_are_unknown_and_shapes_are_told_apart():
    assert said(document("")) == ["rsl=unknown"]
    assert said(document(content("/other/", ALL))) == ["rsl=unknown"]
    plain = document(content("/", NO_TRAIN), root="<rsl>")
    assert said(plain)[:2] == ["rsl=malformed", "rsl-lenient.ai-input=disallow"]
    inner = (
        "<r:content url='/'><r:license><r:prohibits type='usage'>all</r:prohibits></r:license></r:content>"
    )
    name = "xmlns:r='https://rslstandard.org/rsl'"
    assert said(document(inner, f"<r:rsl {name}>", "</r:rsl>")) == ["rsl.all=disallow"]
    feed = document(inner, f"<rss {name}><channel><item>", "</item></channel></rss>")
    assert said(feed) == ["rsl.all=disallow"]


@pytest.mark.parametrize(
    "body",
    [
        b"<rsl",
        b"",
        b"<html><body>404</body></html>",
        b"not xml",
        document(content("/", ALL), root='<rsl xmlns="https://other.example/">'),
        b'<!DOCTYPE rsl [<!ENTITY a "b">]>' + document(content("/", ALL)),
        b'<!DOCTYPE rsl [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + document("<content url='/'>&x;</content>"),
        document("<a>" * 5_000 + "</a>" * 5_000),
        document(" " * rsl.MAX_BYTES),
        b"\x00\x01\x02",
        b"<?xml version='1.0' encoding='no-such'?>" + document(content("/", ALL)),
    ],
)
def test_what_is_no_license_file_is_malformed(body):
    assert said(body) == ["rsl=malformed"]


def test_laughter_stays_short():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE rsl [<!ENTITY l0 "ha">{laughs}]>'.encode() + document(content("&l11;", ALL))
    assert said(body) == ["rsl=malformed"]


def test_a_doctype_without_entities_is_no_harm():
    assert said(b"<!DOCTYPE rsl>" + document(content("/", ALL))) == ["rsl.all=allow"]


LINK = '<{}>; rel="{}"; type="{}"'


def test_link_headers_with_several_values():
    value = ", ".join(
        [
            '<https://a.example/x,y>; rel=preload; as="im,age"',
            '</l.xml>; REL="next License"; type="application/rsl+xml; charset=utf-8"',
            LINK.format("https://creativecommons.org/licenses/by/4.0/", "license", "text/html"),
            "<https://creativecommons.org/licenses/by/4.0/>; rel=license",
        ]
    )
    headers = [("Link", value), ("link", LINK.format("http://[", "license", "application/rsl+xml"))]
    assert len(read_links(headers)) == 5
    signals = rsl_links.from_headers(headers, "https://s.example/p/1")
    assert [(s.value, s.terms) for s in signals] == [
        ("rsl-header=declared", "https://s.example/l.xml"),
        ("rsl-header=malformed", ""),
    ]


def test_link_elements():
    links = [
        (frozenset({"license"}), "application/rsl+xml", "l.xml", "/1"),
        (frozenset({"license"}), "", "https://creativecommons.org/licenses/by/4.0/", "/2"),
        (frozenset({"license"}), "application/rsl+xml", "javascript:x", "/3"),
    ]
    signals = rsl_links.from_links(links, "https://s.example/p/", str)
    assert [(s.value, s.terms, s.locator) for s in signals] == [
        ("rsl-link=declared", "https://s.example/p/l.xml", "/1"),
        ("rsl-link=malformed", "", "/3"),
    ]


@settings(max_examples=150)
@given(st.binary(max_size=60), st.text(max_size=60))
def test_nothing_makes_it_raise(body, text):
    assert said(body)
    assert said(document(content("/", "<license>") + text), text)
    assert said(document(f"<content url='{text}'/>"), text)
    rsl_links.from_headers(
        [("Link", text), ("Link", f"<{text}>;{text};rel=license;type=application/rsl+xml")], text
    )
    rsl_links.from_links([(frozenset({"license"}), "application/rsl+xml", text, 0)], text, str)
