"""Pictures a page describes: the same facts in every syntax, and only the facts of the picture asked for."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Claim, Field, Look, Reason, Scope, Status
from crawler.reading.findings import SEVERAL_IMAGES, findings_of
from crawler.reading.pages import image_objects
from crawler.reading.pages.html import Page, parse
from crawler.reading.pages.image_objects import ImageObject, image_of, images

URL = "https://page.example/photos/"
BY, NC = "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by-nc/2.0/"


@dataclass(frozen=True)
class Facts:
    """What one picture says of itself; the renderings below must all be read as this."""

    content: str
    license: str | None
    offer: str | None
    credit: str | None
    creator: str | None
    notice: str | None

    def as_read(self) -> ImageObject:
        return ImageObject(
            URL + self.content,
            self.license,
            self.offer,
            self.credit,
            (self.creator,) if self.creator else (),
            self.notice,
            url=URL + self.content,
        )


def node(facts: Facts, kind: object = "ImageObject", prefix: str = "") -> dict[str, object]:
    creator = {"@type": "Person", f"{prefix}name": facts.creator} if facts.creator else None
    fields = {
        "contentUrl": facts.content,
        "license": facts.license,
        "acquireLicensePage": facts.offer,
        "creditText": facts.credit,
        "creator": creator,
        "copyrightNotice": facts.notice,
    }
    return {"@type": kind, **{f"{prefix}{k}": v for k, v in fields.items() if v}}


def script(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def single(all_facts: list[Facts]) -> str:
    return "".join(script({"@context": "https://schema.org", **node(f)}) for f in all_facts)


def listed(all_facts: list[Facts]) -> str:
    return script([{"@context": "http://schema.org/", **node(f, ["ImageObject"])} for f in all_facts])


def graph(all_facts: list[Facts]) -> str:
    page = {"@type": "WebPage", "license": "https://page.example/terms", "name": "page"}
    return script(
        {"@context": "https://schema.org", "@graph": [page, *(node(f, "Photograph") for f in all_facts)]}
    )


def prefixed(all_facts: list[Facts]) -> str:
    nodes = [node(f, "s:ImageObject", "s:") for f in all_facts]
    return script({"@context": {"s": "http://schema.org/"}, "@graph": nodes})


def referring(all_facts: list[Facts]) -> str:
    nodes: list[dict[str, object]] = []
    for number, facts in enumerate(all_facts):
        picture = node(facts)
        if facts.creator:
            nodes.append({"@id": f"#p{number}", "@type": "Organization", "name": facts.creator})
            picture["creator"] = {"@id": f"#p{number}"}
        nodes.append(picture)
    return script({"@context": "https://schema.org", "@graph": nodes})


def nested(all_facts: list[Facts]) -> str:
    return script(
        {"@context": "https://schema.org", "@type": "Article", "image": [node(f) for f in all_facts]}
    )


def microdata(all_facts: list[Facts]) -> str:
    parts = []
    for f in all_facts:
        parts.append('<div itemscope itemtype="https://schema.org/ImageObject">')
        parts.append(f'<img itemprop="contentUrl" src="{f.content}">')
        parts += [f'<a itemprop="license" href="{f.license}">x</a>'] if f.license else []
        parts += [f'<a itemprop="acquireLicensePage" href="{f.offer}">x</a>'] if f.offer else []
        parts += [f'<span itemprop="creditText">{escape(f.credit)}</span>'] if f.credit else []
        if f.creator:
            person = '<span itemprop="creator" itemscope itemtype="http://schema.org/Person">'
            parts.append(f'{person}<meta itemprop="name" content="{escape(f.creator)}"></span>')
        parts += [f'<meta itemprop="copyrightNotice" content="{escape(f.notice)}">'] if f.notice else []
        parts.append("</div>")
    return "".join(parts)


def rdfa(all_facts: list[Facts]) -> str:
    parts = []
    for f in all_facts:
        parts.append('<div vocab="https://schema.org/" typeof="ImageObject">')
        parts.append(f'<img property="contentUrl" src="{f.content}">')
        parts += [f'<a property="license" href="{f.license}">x</a>'] if f.license else []
        parts += [f'<a rel="schema:acquireLicensePage" href="{f.offer}">x</a>'] if f.offer else []
        parts += [f'<span property="schema:creditText">{escape(f.credit)}</span>'] if f.credit else []
        if f.creator:
            name = f'<meta property="schema:name" content="{escape(f.creator)}">'
            parts.append(f'<span rel="schema:creator"><span typeof="schema:Person">{name}</span></span>')
        parts += [f'<span property="copyrightNotice">{escape(f.notice)}</span>'] if f.notice else []
        parts.append("</div>")
    return "".join(parts)


RENDERINGS = [single, listed, graph, prefixed, referring, nested, microdata, rdfa]
ARTICLE = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","license":'
    '"https://page.example/article","image":{"@type":"ImageObject","url":"https://page.example/other.jpg"}}</script>'
)
DECOYS = [
    ARTICLE,
    "",
    f'<a rel="license" href="{NC}">site text licence</a>',
    "<footer>Text is available under CC BY-SA 4.0. Photos: see each photo.</footer>",
]
_NAMES = st.one_of(
    st.sampled_from(
        [
            "Zoë Brontë-O’Hara",
            "山田 太郎",
            "محمد علي",
            "O'Neil; DROP TABLE images;--",
            'Ana "Nana" L',
            "A/B",
            "a & b <c>",
        ]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=12),
)
_FACTS = st.builds(
    Facts,
    content=st.sampled_from(["a.jpg", "b%20c.png", "img?id=4"]),
    license=st.none() | st.sampled_from([BY, NC, "https://page.example/license"]),
    offer=st.none() | st.just("https://page.example/buy"),
    credit=st.none() | _NAMES,
    creator=st.none() | _NAMES,
    notice=st.none() | _NAMES,
)


def page_of(body: str) -> Page:
    return parse(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), URL)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_FACTS, min_size=1, max_size=3, unique_by=lambda f: f.content),
    st.sampled_from(RENDERINGS),
    st.sampled_from(DECOYS),
)
def test_every_syntax_says_the_same(
    all_facts: list[Facts], rendering: Callable[[list[Facts]], str], decoy: str
) -> None:
    page = page_of(rendering(all_facts) + decoy)
    for facts in all_facts:
        assert image_of(page, URL + facts.content) == facts.as_read()
    shown = [image for image in images(page) if image.says_anything or image.content_url]
    assert shown == [facts.as_read() for facts in all_facts]


@settings(max_examples=40, deadline=None)
@given(_FACTS, st.sampled_from(RENDERINGS))
def test_every_syntax_makes_the_same_claims(facts: Facts, rendering: Callable[[list[Facts]], str]) -> None:
    page = page_of(rendering([facts])).for_image(URL + facts.content)
    claims = image_objects.read(page)[0]
    said = {
        (c.field, c.value if c.field is Field.LICENSE else c.raw) for c in claims if c.scope is Scope.IMAGE
    }
    known = {BY: "CC-BY-4.0", NC: "CC-BY-NC-2.0"}
    wanted = {
        (Field.LICENSE, known.get(facts.license)) if facts.license else None,
        (Field.LICENSE_OFFER, facts.offer) if facts.offer else None,
        (Field.CREDIT, facts.credit) if facts.credit else None,
        (Field.AUTHOR, facts.creator) if facts.creator else None,
        (Field.COPYRIGHT_NOTICE, facts.notice) if facts.notice else None,
    }
    assert said == wanted - {None}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(RENDERINGS), st.data())
def test_a_mangled_page_never_raises(rendering: Callable[[list[Facts]], str], data: st.DataObject) -> None:
    body = rendering([Facts("a.jpg", BY, None, "c", "d", "e")]).encode()
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    page = parse(body[:start] + data.draw(st.binary(max_size=6)) + body[end:], URL)
    image_objects.read(page)
    image_objects.read(page.for_image("a.jpg"))
    images(page)


@pytest.mark.parametrize(
    ("fields", "creators"),
    [
        ({"creator": "Jo Test"}, ("Jo Test",)),
        ({"author": {"name": "Jo Test"}}, ("Jo Test",)),
        ({"creator": [{"name": "Jo Test"}, "Ann Other"]}, ("Jo Test", "Ann Other")),
        ({"creator": {"@type": "Person", "givenName": "Jo", "familyName": "Test"}}, ("Jo Test",)),
        ({"creator": {"@list": [{"name": "Jo Test"}]}}, ("Jo Test",)),
        ({"creator": {"@value": "Jo Test", "@language": "en"}}, ("Jo Test",)),
        ({"creator": {"@type": "Person", "url": "https://jo.example/"}}, ("https://jo.example/",)),
        ({"creator": [None, 5, {}]}, ()),
    ],
)
def test_makers(fields: dict[str, object], creators: tuple[str, ...]) -> None:
    page = page_of(script({"@type": "ImageObject", "contentUrl": "a.jpg", **fields}))
    found = image_of(page, URL + "a.jpg")
    assert found is not None
    assert found.creators == creators


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ("https://page.example/photos/a.jpg", "http://page.example/photos/a.jpg#full"),
        ("/photos/ü.jpg", "https://page.example/photos/%C3%BC.jpg"),
        ("a.jpg?w=300", "https://page.example/photos/a.jpg"),
        ("a.jpg", "https://PAGE.example:443/photos/a.jpg?w=1200&h=4"),
        ("//page.example/photos/a.jpg", "a.jpg"),
    ],
)
def test_one_picture_has_several_spellings(stated: str, asked: str) -> None:
    for key in ("contentUrl", "url", "@id"):
        assert (
            image_of(page_of(script({"@type": "ImageObject", key: stated, "license": BY})), asked) is not None
        )


@pytest.mark.parametrize(
    "asked", ["b.jpg", "a.jpeg", "a.jpg/", "img?id=2", "https://other.example/photos/a.jpg"]
)
def test_another_address_is_another_picture(asked: str) -> None:
    page = page_of(
        script([{"@type": "ImageObject", "contentUrl": u, "license": BY} for u in ("a.jpg", "img?id=1")])
    )
    assert image_of(page, asked) is None


def test_two_sizes_are_not_told_apart_by_guessing() -> None:
    sizes = [{"@type": "ImageObject", "contentUrl": f"a.jpg?v={n}", "license": n} for n in (BY, NC)]
    assert image_of(page_of(script(sizes)), "a.jpg") is None


def licenses(claims: list[Claim]) -> list[tuple[str | None, Scope]]:
    return [(c.value, c.scope) for c in claims if c.field is Field.LICENSE]


def decided(page: Page) -> tuple[str | None, str]:
    found = findings_of(Look("x", Status.AVAILABLE, Reason.SEEN, tuple(image_objects.read(page)[0])))
    return found.license, found.license_state


TWO = [
    {"@type": "ImageObject", "contentUrl": "a.jpg", "license": BY},
    {"@type": "ImageObject", "contentUrl": "b.jpg"},
    {"@type": "WebPage", "license": NC},
]


def test_a_page_of_many_pictures_is_not_one_picture() -> None:
    page = page_of(script(TWO))
    assert decided(page.for_image("a.jpg")) == ("CC-BY-4.0", "known")
    assert decided(page.for_image("b.jpg")) == (None, "not_stated")
    assert decided(page) == (None, "conflict")
    assert SEVERAL_IMAGES in [c.value for c in image_objects.read(page)[0]]
    assert decided(page_of(script([TWO[0], {**TWO[1], "license": BY}]))) == ("CC-BY-4.0", "known")
    assert decided(page_of(script(TWO[1:]))) == ("CC-BY-NC-2.0", "known")


def test_the_pages_own_picture_needs_no_asking() -> None:
    shared = '<meta property="og:image" content="/photos/a.jpg">'
    assert decided(page_of(script(TWO) + shared)) == ("CC-BY-4.0", "known")
    main = {"@type": "WebPage", "primaryImageOfPage": {"@id": "#a"}}
    assert decided(page_of(script([main, {**TWO[0], "@id": "#a"}, TWO[1]]))) == ("CC-BY-4.0", "known")


def test_a_logo_named_by_reference_is_nobodys_photo() -> None:
    logo = {"@type": "ImageObject", "@id": "#logo", "contentUrl": "logo.png", "license": BY}
    site = {"@type": "Organization", "logo": {"@id": "#logo"}, "image": {"@id": "#logo"}}
    assert licenses(image_objects.read(page_of(script({"@graph": [site, logo]})))[0]) == []


def test_itemref_lends_what_stands_elsewhere() -> None:
    body = (
        "<div itemscope itemtype='https://schema.org/ImageObject' itemref='terms'>"
        "<img itemprop=contentUrl src=a.jpg></div>"
        f"<p id=terms><a itemprop=license href='{BY}'>x</a></p>"
    )
    assert image_of(page_of(body), "a.jpg") == ImageObject(
        URL + "a.jpg", BY, None, None, (), None, url=URL + "a.jpg"
    )


def test_htmls_own_vocabulary_for_works() -> None:
    body = (
        f"<figure itemscope itemtype='http://n.whatwg.org/work'><img itemprop=work src=a.jpg>"
        f"<figcaption itemprop=title>Weir</figcaption><a itemprop=license href='{BY}'>x</a></figure>"
    )
    page = page_of(body)
    assert licenses(image_objects.read(page)[0]) == [("CC-BY-4.0", Scope.IMAGE)]


def test_rights_nobody_reads_are_named() -> None:
    data = {
        "@type": "ImageObject",
        "contentUrl": "a.jpg",
        "usageInfo": "https://page.example/tdm",
        "license": BY,
    }
    claims, unread = image_objects.read(
        page_of(script(data) + '<script type="application/ld+json">{no</script>')
    )
    assert licenses(claims) == [("CC-BY-4.0", Scope.IMAGE)]
    assert [place.rpartition("#")[2] for place in unread] == ["/html/body/script[2]", "/usageInfo"]
