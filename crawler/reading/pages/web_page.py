"""A whole web page → one look: every reader of pages, the walls that may stand in its place, and its status.

What is read: JSON-LD, microdata, RDFa, ``rel=license``, ``<meta>``, captions, what is said in words, opt-outs in
headers and meta. What is stated for the image, the page and the site is kept apart, and what is stated for another
picture of the page is left out. Shared by ``any_page`` and by spiders of sites whose pages say what they say in the
vocabularies of the web. The body is parsed once, however many photos are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Answer, Capture, Claim, Field, Look, Reason, Scope, Status
from crawler.reading import http_rules
from crawler.reading.pages import (
    attribution,
    figures,
    image_objects,
    open_graph,
    opt_outs,
    rel_license,
    walls,
)
from crawler.reading.pages.html import Page
from crawler.reading.pages.picture_urls import names_file, same_page
from crawler.reading.words import minors, said_in_words

#: A page with scripts, fewer readable characters than this and not a single statement is a shell that scripts
# would fill.
_SHELL_TEXT = 120
#: How JSON, pictures, PDF and archives begin, in lower case.
_OTHER_FORMATS = (
    b'{"', b'[{"', b'["', b"\xff\xd8\xff", b"\x89png", b"gif8", b"riff", b"%pdf-", b"\x1f\x8b", b"pk\x03\x04",
)  # fmt: skip
#: A page with fewer readable characters may stand in another's place.
_SHORT = 1_500


def answer(capture: Capture, native_id: str, image_url: str = "") -> Answer:
    """What the exchange and its page say of one photo. A redirect to another address, a login page and a "not
    found" with HTTP 200 are told apart. ``image_url`` is the picture asked for, where the list names one.
    """
    return answer_all(capture, [(native_id, image_url)])


def answer_all(capture: Capture, photos: Sequence[tuple[str, str]]) -> Answer:
    """The same for several photos of one page: ``(native id, address of the picture or "")`` each."""
    decided = http_rules.outcome(capture)
    if decided is not None:
        looks = tuple(Look(native, decided.status, decided.reason) for native, _ in photos)
        return Answer(looks=looks, retry=decided.retry)
    page = _page(capture)
    return Answer(looks=tuple(_look(capture, page, native, asked) for native, asked in photos))


def look(capture: Capture, native_id: str, image_url: str = "") -> Look:
    """What the page of a 2xx answer says of one photo."""
    return _look(capture, _page(capture), native_id, image_url)


def _page(capture: Capture) -> Page | None:
    """The page, ``None`` when this is none."""
    return Page.parse(capture) if _is_html(_kind(capture), capture.body) else None


def _kind(capture: Capture) -> str:
    return (capture.header("content-type") or "").partition(";")[0].strip().lower()


def _look(capture: Capture, page: Page | None, native_id: str, image_url: str) -> Look:
    if page is None:
        claims = tuple(opt_outs.read(capture.headers, None, capture.url))
        unread = (_kind(capture) or "no content-type",)
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, claims, unread)
    if image_url:
        page = page.for_image(image_url)
    claims_read, left = _statements(page, capture.body)
    signals = opt_outs.read(capture.headers, page, capture.url)
    told = http_rules.after_redirects(capture)
    if told is None or told.status is Status.MOVED:
        told = _wall(capture, page, claims_read) or told
    if told is not None and told.status is not Status.MOVED:
        return Look(native_id, told.status, told.reason, tuple(signals))
    if page.truncated:
        left = [*left, "the end of the page"]
    if image_url and not names_file(capture.body, image_url):
        left = [*left, "the picture asked for: its file name is nowhere on the page"]
    left = [*left, *page.left]
    claims = tuple(_once([*claims_read, *signals]))
    if told is not None:
        return Look(native_id, told.status, told.reason, claims, tuple(left))
    if not _says_anything(claims_read) and _is_empty(page):
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, claims, tuple(left))
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, claims, tuple(left))


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Without repeats: one element may say one thing in two vocabularies."""
    kept = {
        (c.field, c.value or c.raw, c.scope, c.locator.removesuffix("/@href"), c.basis): c
        for c in reversed(claims)
    }
    return list(reversed(kept.values()))


def _is_html(kind: str, body: bytes) -> bool:
    """Whether these bytes are a page; an answer without a type is one if it begins with a tag."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_OTHER_FORMATS) or (start and b"<" not in body):
        return False  # whatever it is called
    if kind in ("text/html", "application/xhtml+xml"):
        return True
    if kind in ("", "text/plain", "application/xml", "text/xml"):
        return (
            start.startswith(b"<!doctype html") or b"<html" in start or (not kind and start.startswith(b"<"))
        )
    return False


def _is_empty(page: Page) -> bool:
    length = page.text_length()
    return page.root is None or length == 0 or (page.scripts > 0 and length < _SHELL_TEXT)


def _statements(page: Page, body: bytes) -> tuple[list[Claim], list[str]]:
    described, unread = image_objects.read(page)
    claims = [
        *described,
        *rel_license.read(page),
        *open_graph.read(page),
        *attribution.read(page),
        *said_in_words.read(page, body),
        *minors.read(page),
    ]
    return [*claims, *figures.several(page, claims)], unread


def _says_anything(claims: Sequence[Claim]) -> bool:
    return any(c.field in (Field.LICENSE, Field.AUTHOR, Field.CREDIT) for c in claims)


def _wall(capture: Capture, page: Page, claims: Sequence[Claim]) -> http_rules.Outcome | None:
    """A page that stands where the photo's page should be; never one that states a license for an image."""
    if any(c.field is Field.LICENSE and c.scope is Scope.IMAGE for c in claims):
        return None
    if page.text_length() < _SHORT and walls.is_challenge(capture.body, capture.headers):
        return http_rules.Outcome(Status.REFUSED, Reason.CHALLENGE)
    short = page.text_length() < _SHORT
    if short and any(walls.says_prove_yourself(headline) for headline in (page.title, page.heading)):
        return http_rules.Outcome(Status.REFUSED, Reason.CHALLENGE)
    sent = _sent_on(page) if short else ""
    if sent:
        login = walls.is_login_address(sent)
        return (
            http_rules.Outcome(Status.REFUSED, Reason.LOGIN_WALL)
            if login
            else http_rules.Outcome(Status.MOVED, Reason.REDIRECTED)
        )
    for headline in (page.title, page.heading):
        if walls.says_not_found(headline):
            return http_rules.Outcome(Status.PLACEHOLDER, Reason.SOFT_404)
        if walls.says_private(headline):
            return http_rules.Outcome(Status.PRIVATE, Reason.MARKED_PRIVATE)
        if walls.says_login(headline):
            return http_rules.Outcome(Status.REFUSED, Reason.LOGIN_WALL)
    return None


def _sent_on(page: Page) -> str:
    """Another address to which the page sends its visitor at once; not for visitors without scripts alone."""
    for meta in page.metas:
        if meta.key == "refresh" and next(meta.element.iterancestors("noscript"), None) is None:
            to = walls.refreshed_to(meta.value)
            if to and not same_page(page.absolute(to), page.url):
                return page.absolute(to)
    return ""
