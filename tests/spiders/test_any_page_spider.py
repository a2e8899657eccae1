"""Any page: redirects, walls, other types, and nonces that must not matter."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Capture, ImageRef, Look, Reason, Status, Target, Wanted
from crawler.reading.findings import findings_of
from crawler.sources.resolve import resolve
from spiders.any_page import AnyPage

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://page.example/photo/1"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def look(
    body: bytes,
    headers: tuple[tuple[str, str], ...] = HTML,
    url: str = URL,
    hops: tuple[str, ...] = (),
    status: int = 200,
) -> Look:
    target = Target("any_page", URL, "page.example", (URL,))
    (only,) = AnyPage().read(Capture(target, url, status, headers, body, NOW, None, hops)).looks
    return only


PAGE = b"""<html><head><meta name="csrf" content="%s"><title>A photo</title></head><body><h1>A photo</h1>
<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">rights</a>
<a rel="tag" href="/t/%s">%s</a><a rel="tag" href="/t/%s">%s</a></body></html>"""


def test_nonces_and_the_order_of_tags_give_equal_findings() -> None:
    one = look(PAGE % (b"n1", b"sea", b"sea", b"wind", b"wind"))
    two = look(PAGE % (b"n2", b"wind", b"wind", b"sea", b"sea"))
    assert findings_of(one) == findings_of(two)
    assert findings_of(one).license == "CC-BY-4.0"


def test_a_moved_page_is_read_and_said_to_have_moved() -> None:
    moved = look(PAGE, url="https://page.example/photo/one", hops=(URL,))
    assert (moved.status, findings_of(moved).license) == (Status.MOVED, "CC-BY-4.0")


def test_the_front_door_instead_of_the_page_is_a_placeholder() -> None:
    assert look(PAGE, url="https://page.example/", hops=(URL,)).reason is Reason.SOFT_404


def test_a_not_found_page_at_another_address_is_a_placeholder_not_a_move() -> None:
    body = b"<html><head><title>Page not found</title></head><body>Nothing here.</body></html>"
    assert look(body, url="https://page.example/sorry", hops=(URL,)).status is Status.PLACEHOLDER


def test_a_photo_whose_title_is_a_404_and_that_has_a_license_is_a_photo() -> None:
    body = (
        b'<html><head><title>404</title><script type="application/ld+json">{"@type":"ImageObject",'
        b'"license":"https://creativecommons.org/licenses/by/4.0/"}</script></head><body>Peugeot 404</body></html>'
    )
    assert look(body).status is Status.AVAILABLE


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("image/jpeg", b"\xff\xd8\xff", Status.UNREADABLE),
        ("application/json", b"{}", Status.UNREADABLE),
        ("application/pdf", b"%PDF", Status.UNREADABLE),
        ("", b"[1]", Status.UNREADABLE),
        ("", b"<!DOCTYPE html><p>" + b"words " * 50, Status.AVAILABLE),
        ("text/html", b"", Status.UNREADABLE),
        (
            "application/xhtml+xml",
            b"<html><body><p>" + b"words " * 50 + b"</p></body></html>",
            Status.AVAILABLE,
        ),
    ],
)
def test_only_pages_are_read(kind: str, body: bytes, status: Status) -> None:
    assert look(body, (("content-type", kind),) if kind else ()).status is status


def test_a_304_leaves_the_earlier_look_standing() -> None:
    assert look(b"", status=304) == Look(URL, None, None)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/html; charset=utf-16", "text/plain", ""]))
def test_no_bytes_make_it_raise(body: bytes, kind: str) -> None:
    findings_of(look(body, (("content-type", kind),)))


GALLERY = b"""<html><head><script type="application/ld+json">[
{"@type":"ImageObject","contentUrl":"/a.jpg","license":"https://creativecommons.org/licenses/by/4.0/"},
{"@type":"ImageObject","contentUrl":"/b.jpg","license":"https://creativecommons.org/licenses/by-nc/4.0/"}]</script></head>
<body><p>Two photos of the same evening.</p></body></html>"""


def test_two_pictures_of_one_page_are_two_photos_and_one_request() -> None:
    rows = [ImageRef(str(n), URL, f"https://cdn.example/{n}.jpg") for n in range(3)]
    refs = [
        *map(resolve, rows),
        resolve(ImageRef("3", URL)),
        resolve(ImageRef("4", "https://page.example/2")),
    ]
    assert [ref.native_id for ref in refs[:2]] == [f"{URL} https://cdn.example/{n}.jpg" for n in range(2)]
    assert {ref.url for ref in refs[:4]} == {URL}
    first, second = AnyPage().targets([Wanted(ref) for ref in refs])
    assert (first.url, first.serves) == (URL, tuple(ref.native_id for ref in refs[:4]))
    assert (second.url, second.serves) == ("https://page.example/2", ("https://page.example/2",))


def test_each_picture_gets_what_is_said_of_it() -> None:
    names = [URL, f"{URL} https://page.example/a.jpg", f"{URL} https://page.example/b.jpg?w=100"]
    target = Target("any_page", URL, "page.example", tuple(names))
    looks = AnyPage().read(Capture(target, URL, 200, HTML, GALLERY, NOW)).looks
    assert [look.native_id for look in looks] == names
    assert [findings_of(look).license for look in looks] == [None, "CC-BY-4.0", "CC-BY-NC-4.0"]
    assert findings_of(looks[0]).license_state == "conflict"
    gone = AnyPage().read(Capture(target, URL, 410, HTML, b"", NOW)).looks
    assert [(look.native_id, look.status) for look in gone] == [(name, Status.GONE) for name in names]


@pytest.mark.parametrize("named", [URL, f"{URL} https://cdn.example/a.jpg"])
def test_a_photo_is_found_again_by_its_native_id(named: str) -> None:
    ref = AnyPage.named(named)
    assert ref is not None
    assert (ref.native_id, ref.url, ref.group) == (named, URL, "page.example")


@pytest.mark.parametrize(
    ("image_url", "native_id"),
    [
        ("https://cdn.example/a b.jpg#x", f"{URL} https://cdn.example/a%20b.jpg"),
        ("", URL),
        ("data:image/png;base64,AAAA", URL),
        ("a\tb", URL),
    ],
)
def test_only_web_addresses_narrow_a_page(image_url: str, native_id: str) -> None:
    ref = AnyPage.claims(URL)
    assert ref is not None
    assert AnyPage.of_image(ref, image_url).native_id == native_id
    narrowed = AnyPage.of_image(ref, "https://cdn.example/z.jpg")
    assert AnyPage.of_image(narrowed, image_url).native_id in (native_id, narrowed.native_id)
