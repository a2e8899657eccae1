"""Photo pages for benches, drawn to the statistics of real ones. Not changed together with what it measures.

Measured on the HTML captures of ../shared/captures on 2026-11-23 (zstandard level 9, one page alone):

    page                          bytes  ratio  script  style  tags  links
    Flickr photo, 2013          220,893  0.191    57 %    0 %  1011    193
    Flickr photo, 2023          390,540  0.196    28 %   30 %   836     98
    Flickr "not found", 2023    109,530  0.229    89 %    0 %   214     52
    Flickr "not found", 2025    196,923  0.309    48 %    0 %   385     57
    Commons file page, long      61,737  0.197     0 %    0 %   596    243
    Commons, short (median)      14,000  0.255     0 %    0 %   140     23
    iNaturalist photo            35,043  0.205     5 %    1 %   500    104
    SmugMug gallery              47,019  0.243    39 %    5 %   357     40

So: script-heavy sites have 2–5 tags a kilobyte, DOM-heavy ones 8–14. Two Flickr pages of one layout share
87–91 % of their bytes (runs of 24 bytes or more), and one leans on the other down to 1.5–2.2 % of raw; two
short Commons pages share 39 %. DESIGN §10 fixes the rest: plain zstd-9 gives 20–25 % of raw, half the sites
script-heavy and half DOM-heavy, 90–390 KB with the mode near 100 KB.

Here pages of one site share a template (70–85 % of the bytes); title, author, tags, comments, related photos
and JSON state are the page's own and make it lean on its neighbor at 3.5–6 % of raw; ``nonce`` alone decides
four values: CSRF token, request id, time and stylesheet hash. Every page names its licence by ``rel=license``
and in a JSON-LD ``ImageObject``.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import lru_cache

LICENSES = tuple(
    f"https://creativecommons.org/licenses/{terms}/4.0/" for terms in ("by", "by-nc", "by-sa", "by-nc-nd")
)
#: Share of a page that is its own, not the template's.
OWN = 0.21
_TEMPLATES = 64  # sites kept ready; a template takes 0.1–0.3 MB
_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va",
    "we", "xi", "yo", "zu", "bra", "cle", "dro", "fli", "gra", "ple", "sto", "tri",
)  # fmt: skip
_PROPS = (
    "margin", "padding", "color", "border-radius", "background", "font-size", "line-height",
    "flex-basis", "max-width", "opacity",
)  # fmt: skip
_CALLS = (
    "createElement", "dispatch", "subscribe", "resolve", "render", "setState", "getModel",
    "observe", "fetchPage", "hydrate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A site's template in nine pieces; the page's own parts go between them."""

    number: int
    host: str
    script_heavy: bool
    size: int
    pieces: tuple[bytes, ...]
    words: tuple[str, ...]


def page(site: int, number: int, nonce: int) -> bytes:
    """Photo page ``number`` of ``site``: 90–390 KB, equal bytes for equal arguments."""
    return _fill(_site(site, _site_size(site)), number, nonce)


def page_100kb(site: int, number: int, nonce: int) -> bytes:
    """The same, always close to 100,000 bytes: for figures given per page."""
    return _fill(_site(site, 97_500), number, nonce)


def page_url(site: int, number: int) -> str:
    return f"https://{_host(site)}/photo/{number:06d}"


def _host(site: int) -> str:
    return f"pages-{site}.example"


def _site_size(site: int) -> int:
    """Three sites in five near 100 KB, the others spread up to 370 KB."""
    dice = random.Random(f"size {site}")
    if dice.random() < 0.6:
        return dice.randint(97_000, 108_000)
    return int(108_000 + 262_000 * dice.random() ** 1.6)


def _fill(site: Site, number: int, nonce: int) -> bytes:
    dice = random.Random(f"{site.number} {number}")
    own = int(site.size * OWN * dice.uniform(0.75, 1.3))
    title = " ".join(dice.choices(site.words, k=4)).capitalize()
    author = " ".join(dice.choices(site.words, k=2)).title()
    license_url = LICENSES[dice.getrandbits(16) % len(LICENSES)]
    address = page_url(site.number, number)
    fresh = random.Random(f"nonce {site.number} {number} {nonce}")
    facts = {
        "@context": "https://schema.org", "@type": "ImageObject", "name": title, "url": address,
        "contentUrl": f"https://cdn.{site.host}/{dice.getrandbits(64):016x}_b.jpg", "license": license_url,
        "creator": {"@type": "Person", "name": author},
    }  # fmt: skip
    state = 0.62 if site.script_heavy else 0.2
    head = (
        f'<title>{title} by {author}</title><link rel="canonical" href="{address}">'
        f'<meta name="csrf-token" content="{fresh.getrandbits(160):040x}">'
        f'<link rel="stylesheet" href="/assets/main.{fresh.getrandbits(32):08x}.css">'
    )
    credit = (
        f'<h1>{title}</h1><a rel="author" href="/by/{author.replace(" ", "-").lower()}">{author}</a>'
        f'<a rel="license" href="{license_url}">Some rights reserved</a>'
    )
    served = 1_790_000_000 + nonce * 86_413 + fresh.getrandbits(12)
    parts = (
        head,
        f'<script type="application/ld+json">{json.dumps(facts)}</script>',
        credit,
        _tags(site, dice, own // 20),
        _related(site, dice, int(own * (0.95 - state) * 0.6)),
        _comments(site, dice, int(own * (0.95 - state) * 0.4)),
        _state(site, dice, int(own * state)),
        f"<!-- request {fresh.getrandbits(128):032x} at {served} -->",
    )
    pieces = site.pieces
    filled = [pieces[0]]
    for part, piece in zip(parts, pieces[1:], strict=True):
        filled += (part.encode(), piece)
    return b"".join(filled)


def _tags(site: Site, dice: random.Random, size: int) -> str:
    names = dice.choices(site.words, k=max(3, size // 46))
    return "".join(f'<a class="tag" href="/tags/{name}">{name}</a>' for name in names)


def _related(site: Site, dice: random.Random, size: int) -> str:
    cards, made = [], 0
    while made < size:
        bits, words = dice.getrandbits(96), dice.choices(site.words, k=3)
        card = (
            f'<li class="related-card" data-id="{bits % 10**11}">'
            f'<a href="/photo/{bits % 10**6}" title="{" ".join(words)}"><img loading="lazy" '
            f'src="https://cdn.{site.host}/{bits >> 32:016x}_n.jpg" width="{bits % 320}" alt=""></a>'
            f'<span class="by">{words[0]} {words[2]}</span><span class="faves">{bits % 4099}</span></li>'
        )
        cards.append(card)
        made += len(card)
    return f'<ul class="related">{"".join(cards)}</ul>'


def _comments(site: Site, dice: random.Random, size: int) -> str:
    said, made = [], 0
    while made < size:
        words = dice.choices(site.words, k=8 + dice.getrandbits(4))
        text = (
            f'<div class="comment" id="c{dice.getrandbits(40)}"><a href="/by/{words[0]}">{words[0]}</a>'
            f"<p>{' '.join(words)}.</p></div>"
        )
        said.append(text)
        made += len(text)
    return f'<section class="comments">{"".join(said)}</section>'


def _state(site: Site, dice: random.Random, size: int) -> str:
    models, made = [], 0
    while made < size:
        bits, words = dice.getrandbits(128), dice.choices(site.words, k=2)
        model = (
            f'{{"_modelRegistry":"photo-lite-models","id":"{bits % 10**11}","secret":"{bits >> 88:010x}",'
            f'"title":"{words[0]} {words[1]}","owner":{{"$ref":"~{bits % 97}"}},"isPublic":true,'
            f'"width":{bits % 4000},"height":{bits % 3001},"favesCount":{bits % 211},"license":{bits % 17}}}'
        )
        models.append(model)
        made += len(model)
    return f'<script>window.modelExport={{"main":[{",".join(models)}]}};</script>'


@lru_cache(maxsize=_TEMPLATES)
def _site(number: int, size: int) -> Site:
    dice = random.Random(f"site {number}")
    words = tuple("".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(1400))
    heavy = number % 2 == 0
    shares = {"script": 0.7, "style": 0.13} if heavy else {"script": 0.1, "style": 0.1}
    shared = size * (1 - OWN)
    script = _script(dice, words, int(shared * shares["script"]))
    style = _style(dice, words, int(shared * shares["style"]))
    markup = _markup(dice, words, int(shared * (1 - sum(shares.values()))))
    half, third = len(markup) // 2, len(script) // 2
    top, bottom = "".join(markup[:half]), "".join(markup[half:])
    pieces = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        f"<style>{style}</style>",
        f"<script>{''.join(script[:third])}</script></head><body><header>{top}</header><main>",
        '<div class="tags">',
        "</div>",
        "",
        f"</main><footer>{bottom}</footer>",
        f"<script>{''.join(script[third:])}</script>",
        "</body></html>\n",
    )
    return Site(number, _host(number), heavy, size, tuple(piece.encode() for piece in pieces), words)


def _script(dice: random.Random, words: tuple[str, ...], size: int) -> list[str]:
    """Minified modules: few shapes, many names, now and then a hash."""
    found, made = [], 0
    while made < size:
        one, two, three = dice.choices(words[:180], k=3)
        a, b, c = dice.choices("abcdefghijklmnopqrstuvwxyz", k=3)
        bits = dice.getrandbits(64)
        shape = bits % 5
        if shape == 0:
            text = (
                f'{bits % 99991}:function({a},{b},{c}){{"use strict";'
                f'Object.defineProperty({b},"__esModule",{{value:!0}});'
                f"var {one}={c}({bits >> 47});{b}.{two}={one}.{three}}},"
            )
        elif shape == 1:
            text = (
                f'function {one}({a},{b}){{return {a}.{dice.choice(_CALLS)}("{two}-{three}",'
                f'{{className:{b}.{one},onClick:function(){{return {b}.dispatch("{three}")}}}})}}'
            )
        elif shape == 2:
            text = (
                f"if(null!=={a}.{one}&&void 0!=={b}.{two}){{"
                f"this.{dice.choice(_CALLS)}({a}.{three},{bits % 907});return {c}}}"
            )
        elif shape == 3:
            value = ("true", "false")[bits >> 63]
            text = f'{{"flag":"enable-{one}-{two}","value":{value},"bucket":{bits % 100}}},'
        else:
            text = f'"{one}":"https://cdn.assets.example/{two}.{bits >> 32:08x}.js",'
        found.append(text)
        made += len(text)
    return found


def _style(dice: random.Random, words: tuple[str, ...], size: int) -> str:
    found, made = [], 0
    while made < size:
        one, two = dice.choices(words, k=2)
        bits = dice.getrandbits(48)
        first, second = _PROPS[bits % 10], _PROPS[bits // 10 % 10]
        text = f".{one}-view .{two}{{{first}:{bits % 31}px;{second}:#{bits >> 24:06x}}}"
        found.append(text)
        made += len(text)
    return "".join(found)


def _markup(dice: random.Random, words: tuple[str, ...], size: int) -> list[str]:
    """Menus, language lists, footers: nested elements with classes and addresses."""
    found, made = [], 0
    while made < size:
        one, two, three, four, five, six, seven = dice.choices(words, k=7)
        bits = dice.getrandbits(32)
        text = (
            f'<li class="menu-item menu-item--{one} js-nav" id="m{bits % 9973}" aria-label="{two} {five}">'
            f'<a class="menu-link menu-link--{one}" href="/{two}/{three}?ref=nav{bits % 61}" '
            f'data-track="{four}-{bits >> 16}"><b>{two} {four} {six}, {five} {seven}</b></a></li>\n'
        )
        found.append(text)
        made += len(text)
    return found
