"""Photo sites without an API, one temperament per kind of host.

    rel_license  rel=license on the image, JSON-LD ImageObject; honest 404, 410, 301, a soft 404; ETag and 304
    footer       the licence stands in the footer only: it speaks of the site, not of a photo
    barred       robots.txt lets nobody in
    slow         answers after a quarter of a second, gzip; microdata; bars an AI agent from step 1 on
    flaky        every third photo answers 503 with Retry-After first; TDM reservation in /.well-known
    walled       redirect to a login page, 401, 403
    odd          each way of not answering, one after another (``fates.PASSING`` and ``fates.LASTING``)

Each page carries a CSRF token, a request id, a time and an order of tags that differ at every request.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from html import escape

from rehearsal.answer import HTML, JSON, NOT_FOUND, TEXT, Asked, Reply, fault
from rehearsal.photo import Photo, Stand
from rehearsal.pictures import of_photo, served
from rehearsal.words import roll, slug, turned
from rehearsal.world import World

SLOWNESS = 0.25
PageMaker = Callable[[int, int, int], bytes]

_ROBOTS = {
    "footer": "User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n",
    "barred": "User-agent: *\nDisallow: /\n",
    "slow": "User-agent: *\nDisallow: /admin/\nCrawl-delay: 0.1\n",
    "odd": "User-agent: *\nDisallow:\n",
}


class PlainSites:
    """Answers for all plain hosts. ``big_pages(host number, photo number, nonce)`` replaces the pages of
    ``rel_license`` hosts, for benches."""

    def __init__(self, world: World, big_pages: PageMaker | None = None) -> None:
        self.world, self.big_pages = world, big_pages
        self._numbers = {host: number for number, host in enumerate(world.plain)}
        self._refused_once: set[tuple[int, int]] = set()  # (step, photo): few, as only troubled ones

    def answer(self, asked: Asked) -> Reply:
        kind, path = self.world.plain[asked.host], asked.path
        if path == "/robots.txt":
            return self._robots(kind)
        if path == "/.well-known/tdmrep.json" and kind == "flaky":
            return Reply(json.dumps([{"location": "/*", "tdm-reservation": 1}]).encode(), JSON)
        if path.startswith("/login"):
            return Reply(
                b"<!DOCTYPE html><title>Log in</title><form action=/login><input type=password></form>"
            )
        if path == "/":
            return Reply(b"<!DOCTYPE html><title>Welcome</title><h1>All our photos</h1>")
        section, _, name = path.strip("/").partition("/")
        photo = self.world.plain_photo(asked.host, name.partition("-")[0].removesuffix(".jpg"))
        if photo is not None and section == "media":
            return served(asked, of_photo(photo))
        if photo is None or section not in ("photo", "gallery"):
            return _not_found()
        return self._photo(asked, photo, renamed=section == "gallery")

    def _robots(self, kind: str) -> Reply:
        text = _ROBOTS.get(kind)
        if kind == "slow" and self.world.step >= 1:
            text = f"{text}\nUser-agent: GPTBot\nDisallow: /\n"
        return Reply(text.encode(), TEXT) if text else NOT_FOUND

    def _photo(self, asked: Asked, photo: Photo, *, renamed: bool) -> Reply:
        stand = self.world.stand(photo)
        if photo.kind == "flaky" and photo.ordinal % 3 == 0 and self._first_time(stand):
            return Reply(b"busy", TEXT, 503, (("Retry-After", "1"),))
        passing = photo.fate.access_at(stand.step)
        if passing != stand.access and self._first_time(stand):
            return _TROUBLES[passing](stand)  # a brief trouble: the second request meets the photo
        if stand.access == "moved" and not renamed:
            return _redirect(_page_url(stand), 301)
        if renamed and stand.access != "moved":
            return _not_found()
        trouble = _TROUBLES.get(stand.access)
        if trouble is not None:
            return trouble(stand)
        if photo.kind == "rel_license":
            return self._rel_license(asked, stand)
        page = _PAGES[photo.kind](stand, asked.nonce)
        if photo.kind != "slow":
            return Reply(page)
        if "gzip" in asked.headers.get("accept-encoding", ""):
            return Reply(gzip.compress(page, 6), headers=(("Content-Encoding", "gzip"),), delay=SLOWNESS)
        return Reply(page, delay=SLOWNESS)

    def _first_time(self, stand: Stand) -> bool:
        """Whether this photo is asked for the first time in this step."""
        before = len(self._refused_once)
        self._refused_once.add((stand.step, stand.photo.number))
        return len(self._refused_once) > before

    def _rel_license(self, asked: Asked, stand: Stand) -> Reply:
        # weak, as the nonces differ while the photo does not (RFC 9110 §8.8.1)
        facts = (stand.deed.id, stand.author, stand.noai, stand.access)
        etag = f'W/"{roll(stand.photo.number, *facts):x}"'
        headers = (("ETag", etag), *((("X-Robots-Tag", "noai"),) if stand.noai else ()))
        if asked.headers.get("if-none-match") == etag:
            return Reply(b"", HTML, 304, headers)
        if self.big_pages is None:
            return Reply(_rel_license_page(stand, asked.nonce), headers=headers)
        return Reply(
            self.big_pages(self._numbers[asked.host], stand.photo.number, asked.nonce), headers=headers
        )


def _not_found() -> Reply:
    return Reply(b"<!DOCTYPE html><title>404 Not Found</title><h1>Not found</h1>", HTML, 404)


def _redirect(where: str, status: int = 302) -> Reply:
    return Reply(b"", HTML, status, (("Location", where),))


_TROUBLES: dict[str, Callable[[Stand], Reply]] = {
    "deleted": lambda _: _not_found(),
    "missing": lambda _: _not_found(),
    "removed": lambda _: Reply(b"<!DOCTYPE html><title>Removed</title><h1>By its owner</h1>", HTML, 410),
    "legal": lambda _: Reply(b"<!DOCTYPE html><title>Unavailable for legal reasons</title>", HTML, 451),
    "soft_404": lambda _: Reply(
        b"<!DOCTYPE html><title>Photo not found</title><h1>This photo is no longer available</h1>"
        b"<p>The page you are looking for does not exist. <a href=/>Home</a></p>"
    ),
    "front_door": lambda _: _redirect("/"),
    "into_private_network": lambda _: _redirect("http://192.168.0.10/photo.html"),
    "bot_wall": lambda _: Reply(
        b"<!DOCTYPE html><title>Just a moment...</title><p>Verify you are human by completing this.</p>",
        HTML, 403, (("cf-mitigated", "challenge"), ("Server", "cloudflare")),
    ),
    "server_error": lambda _: Reply(b"<!DOCTYPE html><title>500</title>", HTML, 500),
    "cut_body": lambda stand: Reply(_rel_license_page(stand, 0), cut=True),
    "dns": lambda _: fault("dns"),
    "tls": lambda _: fault("tls"),
    "timeout": lambda _: fault("timeout"),
    "reset": lambda _: fault("reset"),
    "private_address": lambda _: fault("private-address"),
    "login_redirect": lambda stand: _redirect(f"/login?next=/photo/{stand.photo.native_id}"),
    "unauthorized": lambda _: Reply(b"<!DOCTYPE html><title>Members only</title>", HTML, 401),
    "forbidden": lambda _: Reply(b"<!DOCTYPE html><title>403 Forbidden</title>", HTML, 403),
}  # fmt: skip


def _page_url(stand: Stand) -> str:
    photo = stand.photo
    if stand.access != "moved":
        return photo.page_url
    return f"https://{photo.host}/gallery/{photo.native_id}-{slug(photo.title)}"


def _frame(stand: Stand, nonce: int, head: str, body: str, footer: str = "") -> bytes:
    photo = stand.photo
    noai = '<meta name="robots" content="noai, noimageai">' if stand.noai else ""
    tags = "".join(f'<li><a rel="tag" href="/tag/{tag}">{tag}</a></li>' for tag in turned(stand.tags, nonce))
    token = roll(photo.number, "csrf", nonce)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(photo.title)} by '
        f'{escape(stand.author)}</title><link rel="canonical" href="{_page_url(stand)}">'
        f'<meta name="csrf-token" content="{token:016x}">{noai}{head}</head>\n'
        f'<body data-request="{nonce}-{token % 997}"><header><a href="/">{photo.host}</a> '
        '<nav><a href="/about">About</a> <a href="/terms">Terms</a></nav></header>'
        f"<main><h1>{escape(photo.title)}</h1>"
        f'<figure><img src="{photo.image_url}" alt="{escape(photo.title)}"></figure>{body}'
        f'<p class="description">{escape(photo.description)}</p><ul class="tags">{tags}</ul></main>'
        f'<footer>{footer}<span class="served">{1_790_000_000 + nonce}</span></footer></body></html>\n'
    ).encode()


def _json_ld(stand: Stand) -> str:
    photo = stand.photo
    facts = {
        "@context": "https://schema.org", "@type": "ImageObject", "name": photo.title,
        "contentUrl": photo.image_url, "url": _page_url(stand), "license": stand.deed.url,
        "creator": {"@type": "Person", "name": stand.author}, "creditText": stand.author,
        "uploadDate": photo.posted.date().isoformat(),
    }  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'


def _by(stand: Stand) -> str:
    return f'<p>Photo by <a rel="author" href="/by/{slug(stand.author)}">{escape(stand.author)}</a></p>'


def _rel_license_page(stand: Stand, nonce: int) -> bytes:
    deed = stand.deed
    body = f'{_by(stand)}<p><a rel="license" href="{deed.url}">{escape(deed.name)}</a></p>'
    return _frame(stand, nonce, _json_ld(stand), body)


def _footer_page(stand: Stand, nonce: int) -> bytes:
    site = (
        'Except where noted, content on this site is licensed under <a rel="license" '
        'href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>. '
    )
    return _frame(stand, nonce, "", _by(stand), site)


def _microdata_page(stand: Stand, nonce: int) -> bytes:
    photo, deed = stand.photo, stand.deed
    head = (
        f'<meta name="DC.creator" content="{escape(stand.author)}"><meta name="DC.type" content="StillImage">'
    )
    body = (
        '<div itemscope itemtype="https://schema.org/ImageObject">'
        f'<link itemprop="contentUrl" href="{photo.image_url}"><a itemprop="license" href="{deed.url}">'
        f'{escape(deed.name)}</a> <span itemprop="creator">{escape(stand.author)}</span></div>'
    )
    return _frame(stand, nonce, head, body)


def _json_ld_page(stand: Stand, nonce: int) -> bytes:
    return _frame(stand, nonce, _json_ld(stand), _by(stand))


_PAGES = {
    "footer": _footer_page,
    "barred": _rel_license_page,
    "slow": _microdata_page,
    "flaky": _json_ld_page,
    "walled": _rel_license_page,
    "odd": _rel_license_page,
}
