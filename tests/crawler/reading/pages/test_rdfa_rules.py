"""RDFa by the processing rules of RDFa Core 1.1 §7.5: whose statement, about what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.pages import rdfa_items
from crawler.reading.pages.html import parse
from crawler.reading.pages.rdfa import license_statements, statements

URL = "https://page.example/photos/1"
BY = "https://creativecommons.org/licenses/by/4.0/"
LINK = f'<a rel="license" href="{BY}">x</a>'


def pairs(body: str, attributes: str = "") -> list[tuple[str, str]]:
    return license_statements(parse(f"<html {attributes}><body>{body}</body></html>".encode(), URL))


def subjects(body: str, attributes: str = "") -> list[str]:
    return [subject for subject, _ in pairs(body, attributes)]


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (LINK, URL),
        (f"<div about='a.jpg'>{LINK}</div>", "https://page.example/photos/a.jpg"),
        (f"<div resource='a.jpg'>{LINK}</div>", "https://page.example/photos/a.jpg"),
        (f"<img src='a.jpg'>{LINK}", URL),
        (f"<div about='a.jpg'><p><b>{LINK}</b></p></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='a.jpg'><div about=''>{LINK}</div></div>", URL),
        (f"<div about='[]'>{LINK}</div>", URL),
        (f"<div about='[nobody:x]'>{LINK}</div>", URL),
        (f"<div about='[ex:a.jpg]' prefix='ex: https://x.example/'>{LINK}</div>", "https://x.example/a.jpg"),
        (f"<div about='ex:a.jpg' xmlns:ex='https://x.example/'>{LINK}</div>", "https://x.example/a.jpg"),
        (f"<a about='a.jpg' rel='license' href='{BY}'>x</a>", "https://page.example/photos/a.jpg"),
        (f"<img src='a.jpg' rel='license' href='{BY}'>", URL),
        (f"<div about='a.jpg' rel='license'><a href='{BY}'>x</a></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='a.jpg' rel='license' resource='{BY}'></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='{BY}' rev='license' resource='a.jpg'></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='g.html' rel='foaf:img'><img src='a.jpg'></div>{LINK}", URL),
        (f"<div about='a.jpg'><span property='cc:license' resource='{BY}'></span></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='a.jpg'><a property='dcterms:license' href='{BY}'>x</a></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='a.jpg' property='schema:license' content='{BY}'></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='a.jpg' vocab='https://schema.org/'><a property='license' href='{BY}'>x</a></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='a.jpg'><a rel='LICENSE' href='{BY}'>x</a></div>", "https://page.example/photos/a.jpg"),
        (f"<div about='a.jpg'><a rel='http://creativecommons.org/ns#license' href='{BY}'>x</a></div>", "https://page.example/photos/a.jpg"),
    ],
)  # fmt: skip
def test_the_subject(body: str, subject: str) -> None:
    assert pairs(body) == [(subject, BY)]


@pytest.mark.parametrize(
    "body",
    [
        f"<div vocab='https://x.example/v#'>{LINK}</div>",
        f"<a rel='nobody:license' href='{BY}'>x</a>",
        f"<a rel='licensed' href='{BY}'>x</a>",
        f"<a property='name' rel='license' href='{BY}'>x</a>",
        f"<a rel='license' inlist='' href='{BY}'>x</a>",
        f"<a rev='license' href='{BY}'>x</a>",
    ],
)
def test_what_is_no_statement_on_this_pages_license(body: str) -> None:
    assert (URL, BY) not in pairs(body)


def test_things_without_a_name_are_things_of_their_own() -> None:
    body = f"<div vocab='https://schema.org/'><p typeof='ImageObject'>{LINK}</p><p typeof='Article'>{LINK}</p></div>"
    one, two = subjects(body)
    assert one.startswith("_:")
    assert two.startswith("_:")
    assert one != two


def test_an_incomplete_statement_waits_for_every_thing_inside() -> None:
    body = f"<div about='a.jpg' rel='license'><p><a href='{BY}'>x</a> or <a href='/terms'>y</a></p></div>"
    photo = "https://page.example/photos/a.jpg"
    assert pairs(body) == [(photo, BY), (photo, "https://page.example/terms")]


def test_old_pages_keep_the_old_rules() -> None:
    old = 'version="XHTML+RDFa 1.0" xmlns:cc="http://creativecommons.org/ns#"'
    photo = "https://page.example/photos/a.jpg"
    assert pairs(f"<img src='a.jpg' rel='license' href='{BY}'>", old) == [(photo, BY)]
    assert pairs(f"<a property='cc:license' href='{BY}'>CC BY</a>", old) == [(BY, "CC BY")]
    assert pairs("<p property='license'>CC BY</p>", old) == []
    # only declared prefixes, and no statements in what is a property's value with its tags
    assert pairs(f"<a rel='dcterms:license' href='{BY}'>x</a>", old) == []
    assert pairs(f"<p property='cc:x'>by {LINK}</p>", old) == []
    assert pairs(f"<p property='cc:x' datatype=''>by {LINK}</p>", old) == [(URL, BY)]


def test_the_base_is_the_page() -> None:
    page = parse(f"<base href='/other/#top'><body>{LINK}</body>".encode(), URL)
    assert license_statements(page) == [("https://page.example/other/", BY)]


def test_pages_without_rdfa_are_not_walked() -> None:
    page = parse(
        f"<html><head><meta property='og:title' content='x'></head><body>{LINK}</body></html>".encode(), URL
    )
    assert rdfa_items.items(page) == []
    assert "rdfa" not in page.kept


_WORDS = st.sampled_from(
    [
        "",
        "license",
        "cc:license",
        "[cc:x]",
        "[",
        "_:a",
        ":license",
        "http://[",
        "a.jpg",
        "ImageObject",
        " ",
        "é:ü",
        "x:y:z",
    ]
)
_NAMES = st.sampled_from(
    [
        "about",
        "resource",
        "href",
        "src",
        "typeof",
        "property",
        "rel",
        "rev",
        "vocab",
        "prefix",
        "content",
        "inlist",
    ]
)
_TAGS = st.recursive(
    st.just("x"),
    lambda inner: st.builds(
        lambda tag, attributes, children: "<{} {}>{}</{}>".format(
            tag, " ".join(f'{k}="{v}"' for k, v in attributes.items()), "".join(children), tag
        ),
        st.sampled_from(["div", "a", "img", "span", "svg", "blockquote"]),
        st.dictionaries(_NAMES, _WORDS, max_size=4),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(_TAGS)
def test_no_mark_up_makes_it_raise(body: str) -> None:
    page = parse(f"<html><body>{body}</body></html>".encode(), URL)
    for each in statements(page):
        assert ":" in each.predicate
    rdfa_items.read(page)
