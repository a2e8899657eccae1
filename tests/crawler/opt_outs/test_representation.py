import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Field, Scope
from crawler.opt_outs.agents import PRODUCT, ai_agents, is_ai_agent
from crawler.opt_outs.representation import from_headers, from_page
from crawler.opt_outs.signal import claim
from crawler.opt_outs.url_patterns import covers
from crawler.politeness import identity
from crawler.reading.pages.html import parse

URL = "https://s.example/p/1"


def of_page(html):
    page = parse(html.encode(), URL, "text/html; charset=utf-8")
    return from_page(page.metas, page.links, page.base, page.locate)


def test_all_header_carriers_in_any_case():
    headers = [
        ("x-robots-TAG", "noai"),
        ("CONTENT-usage", "train-ai=n"),
        ("Tdm-Reservation", "1"),
        ("tdm-policy", "https://s.example/policy"),
        ("LINK", '</l.xml>; rel=license; type="application/rsl+xml"'),
        ("server", "noai"),
    ]
    found = from_headers(headers, URL)
    assert [s.value for s in found] == [
        "x-robots-tag=noai",
        "content-usage-header=train-ai:n",
        "tdm-header=1",
        "rsl-header=declared",
    ]
    assert found[3].terms == "https://s.example/l.xml"
    assert from_headers([("content-type", "text/html")], URL) == ()


@pytest.mark.parametrize(
    ("html", "values"),
    [
        ("<head><META NAME=Robots content='index, NOAI'>", ["meta-robots=noai"]),
        ("<body><p>text<meta name=robots content=noimageai>", ["meta-robots=noimageai"]),
        ("<head><template><meta name=robots content=noai></template>", []),
        ("<head><!-- <meta name=robots content=noai> -->", []),
        ("<head><script>'<meta name=robots content=noai>'</script>", []),
        ("<head><meta name=description content=noai>", []),
        ("<head><meta name=tdm-reservation content=1>", ["tdm-meta=1"]),
        ("<head><meta name=tdm-reservation content=true>", ["tdm-meta=malformed", "tdm-meta-lenient=1"]),
        ("<head><meta name=GPTBot content=noindex>", ["meta-robots-agents=disallow"]),
        ("<head><link rel=license type=application/rsl+xml href=/l.xml>", ["rsl-link=declared"]),
        ("<head><link rel=license href=https://creativecommons.org/licenses/by/4.0/>", []),
        ("<a rel=license type=application/rsl+xml href=/l.xml>x</a>", []),
    ],
)
def test_pages(html, values):
    assert [signal.value for signal in of_page(html)] == values


def test_claims():
    (signal,) = of_page("<head><meta name=robots content='noai, all'>")
    found = claim(signal, Scope.PAGE)
    assert (found.field, found.value, found.scope) == (Field.OPT_OUT, "meta-robots=noai", Scope.PAGE)
    assert (found.raw, found.quote, found.locator) == ("noai, all", "noai, all", "/html/head/meta")


def test_our_token_is_the_one_we_send():
    assert identity.PRODUCT == PRODUCT


def test_the_list_of_agents_has_no_everyday_words():
    names = ai_agents()
    assert len(names) > 150
    assert {"GPTBot", "CCBot", "Google-Extended", "img2dataset", "ClaudeBot"} <= set(names)
    assert not {"Code", "Spider", "Operator", "Scrapy"} & set(names)
    assert is_ai_agent("gptbot/1.2")
    assert not is_ai_agent("NotGPTBot")


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/a", "/ab", True),
        ("/a$", "/ab", False),
        ("/%61", "/a", True),
        ("/x-%2A.html", "/x-*.html", True),
        ("/x-%2A.html", "/x-y.html", False),
        ("/*.jpg$", "/a/b.jpg", True),
        ("", "/", True),
    ],
)
def test_patterns(pattern, path, expected):
    assert covers(pattern, path) is expected


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["X-Robots-Tag", "Content-Usage", "TDM-Reservation", "tdm-policy", "Link"]),
            st.text(max_size=40),
        ),
        max_size=4,
    ),
    st.text(max_size=20),
)
def test_no_headers_make_it_raise(headers, url):
    for signal in from_headers(headers, url):
        assert signal.value
        assert len(signal.raw) <= 2_000
