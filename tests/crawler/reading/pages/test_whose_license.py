"""Whose license it is: the image's, the page's, the site's, or another page's."""

import json

import pytest

from crawler.model import Claim, Field, Scope
from crawler.reading.findings import SEVERAL_IMAGES
from crawler.reading.pages import attribution, figures, image_objects, json_ld, open_graph, rel_license
from crawler.reading.pages.html import Page, parse

URL = "https://page.example/photo/1"
CC = "https://creativecommons.org/licenses/by/4.0/"
LINK = f'<a rel="license" href="{CC}">license</a>'


def stated(page: Page) -> list[Claim]:
    """What vocabularies and links say together; an element is heard once."""
    return [*image_objects.read(page)[0], *rel_license.read(page)]


def licenses(claims: list[Claim]) -> list[tuple[str | None, Scope]]:
    return [(c.value, c.scope) for c in claims if c.field is Field.LICENSE]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{LINK}</p>", [("CC-BY-4.0", Scope.PAGE)]),
        (f"<figure><img>{LINK}</figure>", [("CC-BY-4.0", Scope.IMAGE)]),
        (f"<footer>{LINK}</footer>", [("CC-BY-4.0", Scope.SITE)]),
        (f"<div id='site-footer'><p>{LINK}</p></div>", [("CC-BY-4.0", Scope.SITE)]),
        (f"<article><footer>{LINK}</footer></article>", [("CC-BY-4.0", Scope.PAGE)]),
        (f"<div about='/img/a.jpg'>{LINK}</div>", [("CC-BY-4.0", Scope.IMAGE)]),
        (f"<div about='{URL}'>{LINK}</div>", [("CC-BY-4.0", Scope.PAGE)]),
        (f"<div about='other.html'>{LINK}</div>", []),
        (f"<p>Released under <a href='{CC}'>CC BY</a></p>", [("CC-BY-4.0", Scope.PAGE)]),
        (f"<p>Compare <a href='{CC}'>what others do</a>, as we never would</p>", []),
        ("<a rel='license' href=''>x</a>", []),
        ("<a rel='license' href='/terms'>x</a>", [(None, Scope.PAGE)]),
        ("<link rel='license' type='application/rsl+xml' href='/license.xml'>", []),
        (f"<a rel='cc:license' href='{CC}'>x</a>", [("CC-BY-4.0", Scope.PAGE)]),
    ],
)
def test_links(body: str, expected: list[tuple[str | None, Scope]]) -> None:
    assert licenses(stated(parse(f"<html><body>{body}</body></html>".encode(), URL))) == expected


TRAPS = [
    f"<div id='comments'><article class='comment'><p>{LINK}</p></article></div>",
    f"<blockquote class='twitter-tweet'><p>{LINK}</p></blockquote>",
    f"<blockquote cite='https://other.example/'>{LINK}</blockquote>",
    f"<ul class='related'><li><figure><img src=b.jpg>{LINK}</figure></li></ul>",
    f"<!-- {LINK} -->",
    f"<div about='https://other.example/work'>{LINK}</div>",
    f"<div resource='https://other.example/work'>{LINK}</div>",
    f"<div typeof='schema:Comment'>{LINK}</div>",
    f"<div itemscope itemtype='https://schema.org/VideoObject'><a itemprop=license href='{CC}'>x</a></div>",
    f"<div itemscope itemtype='https://schema.org/Comment'><a itemprop=license href='{CC}'>x</a></div>",
]


@pytest.mark.parametrize("body", TRAPS)
def test_a_license_of_something_else_is_nobodys_here(body: str) -> None:
    page = parse(f"<html><body><main>{body}</main></body></html>".encode(), URL)
    assert licenses(stated(page)) == []


@pytest.mark.parametrize(
    "box", ["footer", "aside", "nav", "div class='sidebar'", "div id='text-2' class='widget'"]
)
def test_what_the_site_says_everywhere_is_the_sites(box: str) -> None:
    page = parse(f"<html><body><{box}>{LINK}</{box.split(maxsplit=1)[0]}></body></html>".encode(), URL)
    assert licenses(stated(page)) == [("CC-BY-4.0", Scope.SITE)]


def test_a_link_in_the_head_is_about_the_page() -> None:
    page = parse(f"<html><head><link rel=license href='{CC}'></head><body></body></html>".encode(), URL)
    assert licenses(stated(page)) == [("CC-BY-4.0", Scope.PAGE)]


def test_a_help_page_under_rel_license_is_no_license() -> None:
    page = parse(b"<a rel=license href='https://page.example/help/using-photos'>All rights</a>", URL)
    assert licenses(stated(page)) == [(None, Scope.PAGE)]


FIGURES = f"""<html><body><main><figure><img src="/a.jpg"></figure>
<figure><img srcset="/b-small.jpg 1x, /b.jpg 2x"><figcaption>{LINK}</figcaption></figure></main></body></html>"""


def test_a_figure_speaks_of_its_own_picture() -> None:
    page = parse(FIGURES.encode(), URL)
    assert licenses(stated(page.for_image("https://page.example/b.jpg"))) == [("CC-BY-4.0", Scope.IMAGE)]
    assert licenses(stated(page.for_image("/a.jpg?w=300"))) == []
    undecided = stated(page)
    assert licenses(undecided) == [("CC-BY-4.0", Scope.IMAGE)]
    assert [c.value for c in figures.several(page, undecided)] == [SEVERAL_IMAGES]
    assert figures.several(page.for_image("/a.jpg"), []) == []


def test_the_shared_picture_tells_which_figure_is_the_photo() -> None:
    shared = FIGURES.replace("<body>", '<head><meta property="og:image" content="/a.jpg"></head><body>')
    assert licenses(stated(parse(shared.encode(), URL))) == []


def ld(data: object) -> list[tuple[str | None, Scope]]:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return licenses(json_ld.read(parse(f"<html><head>{script}</head></html>".encode(), URL))[0])


def image(**fields: object) -> dict[str, object]:
    return {"@type": "ImageObject", "license": CC, **fields}


NC = "https://creativecommons.org/licenses/by-nc/4.0/"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (image(), [("CC-BY-4.0", Scope.IMAGE)]),
        ({"@graph": [image(license={"@id": CC})]}, [("CC-BY-4.0", Scope.IMAGE)]),
        ({"@type": ["WebPage"], "license": CC}, [("CC-BY-4.0", Scope.PAGE)]),
        ({"@type": "WebSite", "license": CC}, [("CC-BY-4.0", Scope.SITE)]),
        ({"@type": "Article", "publisher": {"@type": "Organization", "logo": image()}}, []),
        ([image(), image(license=NC)], [("CC-BY-4.0", Scope.IMAGE), ("CC-BY-NC-4.0", Scope.IMAGE)]),
        ([image(url=URL), image(license=NC)], [("CC-BY-4.0", Scope.IMAGE)]),
        (
            {
                "@graph": [
                    {"@type": "WebPage", "primaryImageOfPage": {"@id": "#i"}},
                    image(**{"@id": "#i"}),
                    image(license=NC),
                ]
            },
            [("CC-BY-4.0", Scope.IMAGE)],
        ),
        (image(license="https://page.example/terms"), [(None, Scope.IMAGE)]),
        (image(license=["", None, 5]), []),
        ({"@type": "ItemList", "itemListElement": [{"item": {"@type": "Article", "license": CC}}]}, []),
        (
            {
                "@type": "WebPage",
                "about": {"@type": "Article", "url": "https://page.example/2", "license": CC},
            },
            [],
        ),
        (
            {"@type": "WebPage", "mainEntity": {"@type": "Article", "license": CC}},
            [("CC-BY-4.0", Scope.PAGE)],
        ),
        ({"@type": "WebPage", "citation": {"@type": "CreativeWork", "license": CC}}, []),
        ({"@type": "Person", "image": image()}, []),
        (image(license={"@type": "CreativeWork", "name": "CC BY 4.0"}), [("CC-BY-4.0", Scope.IMAGE)]),
        ({"@type": "http://schema.org/ImageObject", "license": CC}, [("CC-BY-4.0", Scope.IMAGE)]),
    ],
)
def test_json_ld(data: object, expected: list[tuple[str | None, Scope]]) -> None:
    assert ld(data) == expected


def test_broken_scripts_are_named_and_wrapped_ones_are_read() -> None:
    page = parse(
        b'<script type="application/ld+json">{"@type": </script>'
        b'<script type="application/ld+json">//<![CDATA[\n{"@type":"ImageObject","license":"CC BY 4.0"}\n//]]></script>'
        b'<script type="application/ld+json">{"@type":"ImageObject","creator":"A\nB \\ud800"}</script>',
        URL,
    )
    claims, unread = json_ld.read(page)
    assert licenses(claims) == [("CC-BY-4.0", Scope.IMAGE)]
    assert len(unread) == 1
    assert [(c.value, c.raw) for c in claims if c.field is Field.AUTHOR] == [("A B ?", "A\nB ?")]


def test_deep_json_does_not_raise() -> None:
    script = '<script type="application/ld+json">' + '{"a":' * 5000 + "1" + "}" * 5000 + "</script>"
    json_ld.read(parse(script.encode(), URL))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"<div itemscope itemtype='https://schema.org/ImageObject'><a itemprop=license href='{CC}'>x</a></div>",
            Scope.IMAGE,
        ),
        (
            f"<div itemscope itemtype='https://schema.org/Article'><link itemprop=license href='{CC}'></div>",
            Scope.PAGE,
        ),
        (
            f"<div typeof='dcmitype:StillImage' about='#i'><span property='dct:license' resource='{CC}'></span></div>",
            Scope.IMAGE,
        ),
        (f"<span property='http://creativecommons.org/ns#license' content='{CC}'></span>", Scope.PAGE),
    ],
)
def test_microdata_and_rdfa(body: str, expected: Scope) -> None:
    page = parse(f"<html><body>{body}</body></html>".encode(), URL)
    assert licenses(stated(page)) == [("CC-BY-4.0", expected)]


def test_meta() -> None:
    body = f'<meta name="DCTERMS.license" content="{CC}"><meta name="copyright" content="2020 A. Person">'
    claims = open_graph.read(parse(body.encode(), URL))
    assert licenses(claims) == [("CC-BY-4.0", Scope.PAGE)]
    assert [c.raw for c in claims if c.field is Field.COPYRIGHT_NOTICE] == ["2020 A. Person"]


def test_a_caption_credits_and_licenses_its_picture() -> None:
    body = b"<figure><img src=a.jpg><figcaption>Photo: Jo Test / CC BY 4.0</figcaption></figure>"
    claims = attribution.read(parse(body, URL))
    assert licenses(claims) == [("CC-BY-4.0", Scope.IMAGE)]
    assert [c.scope for c in claims if c.field is Field.CREDIT] == [Scope.IMAGE]
