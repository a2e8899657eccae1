"""License statements recognised a CPU-second, each made into a claim that keeps its raw text and its place.

"As stated" is what manifests and pages hold: some dozens of licenses again and again, among captions and credit
lines that are all different. "All different" repeats nothing, so that no answer is remembered; there every
kind is a row of its own, because notices in prose cost many times what an address costs. Made before the
clock starts, from nothing remembered; the best of several rounds counts.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from crawler.licenses import codes, flickr, recognise, registry
from crawler.licenses.license import License
from crawler.model import Scope
from crawler.reading import license_claims

_TEXT = (
    "the quick river garden portrait of a child with an old bicycle near the public market by night in soft spring "
    "light photo taken during our long walk through city streets and shown here for everyone who likes colour film"
)
_PEOPLE = ("Anna", "Jane Doe", "Müller", "José Pérez", "山田", "Studio North", "B. Okafor")
_FORMS = ("", "deed.en", "deed.de", "legalcode", "?ref=chooser-v1", "#top")
_BAR = "≥ 100,000 statements"


def figures(*, quick: bool = False) -> list[tuple[str, str, str]]:
    """Statements a CPU-second: the mix as stated, then each kind all different."""
    many, rounds = (5_000, 3) if quick else (20_000, 5)
    dice = random.Random(20_170_601)
    kinds = _different(many, dice)
    short = [text for name, texts in kinds if name not in _PROSE for text in texts]
    rows = [
        ("license statements as manifests and pages state them", _rate(_stated(many * 5, dice), rounds), _BAR)
    ]
    rows.append(("  all different: addresses, ids, names, codes, captions", _rate(short, rounds), _BAR))
    rows += [(f"  all different: {name}", _rate(texts, rounds), "") for name, texts in kinds]
    rows.append(("  platform codes (Flickr, iNaturalist, Openverse)", _platforms(many, rounds), _BAR))
    return [(what, f"{rate:,.0f} statements", bar) for what, rate, bar in rows]


_PROSE = frozenset({"credit lines", "notices in prose", "notices in HTML", "rights of others"})


def _different(many: int, dice: random.Random) -> list[tuple[str, list[str]]]:
    entries = [entry for entry in registry.all_licenses() if entry.kind == "cc" and entry.url]
    others = [entry for entry in registry.all_licenses() if entry.url]
    scale = range(many)

    def each(make: Callable[[int, License], str], of: Sequence[License] = entries) -> list[str]:
        return [make(number, dice.choice(of)) for number in scale]

    return [
        ("license addresses", each(lambda n, e: f"{e.url}{dice.choice(_FORMS[:4])}?n={n}")),
        ("other addresses", [f"https://www.example{n}.org/photos/{n}/in/album" for n in scale]),
        ("ids, names and codes", [text for entry in others for text in _spelled(entry)][: many // 4]),
        ("captions that name no license", [f"DSC_{n:05} {_said(dice, 12)}" for n in scale]),
        ("descriptions that name no license (200 characters)", [f"{_said(dice, 36)} {n}" for n in scale]),
        ("credit lines", each(lambda n, e: f"Photo {n} by {dice.choice(_PEOPLE)} / {_code(e)}")),
        (
            "notices in prose",
            each(lambda n, e: f"© {dice.choice(_PEOPLE)} {n}. This work is under a {e.name} License."),
        ),
        ("notices in HTML", each(lambda n, e: f'<a rel="license" href="{e.url}">{e.name}</a> {n}')),
        (
            "rights of others",
            [f"© {1990 + n % 30} {dice.choice(_PEOPLE)} {n}. All rights reserved." for n in scale],
        ),
    ]


def _spelled(entry: License) -> tuple[str, ...]:
    return (entry.id, entry.name, _code(entry)) if entry.kind == "cc" else (entry.id, entry.name)


def _code(entry: License) -> str:
    return f"CC {(entry.unit or '').upper()} {entry.version} {(entry.jurisdiction or '').upper()}".strip()


def _said(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(_TEXT.split(), k=words))


def _stated(many: int, dice: random.Random) -> list[str]:
    """Seven in ten name one of forty licenses, two are captions, one is a credit line or a notice."""
    entries = [
        entry
        for entry in registry.all_licenses()
        if entry.kind == "cc" and entry.url and not entry.jurisdiction
    ]
    usual = [
        text for entry in dice.sample(entries, 14) for text in (f"{entry.url}", entry.name, _code(entry))
    ]
    made = []
    for number in range(many):
        turn = number % 10
        if turn < 7:
            made.append(dice.choice(usual))
        elif turn < 9:
            made.append(f"IMG_{number} {_said(dice, 8)}")
        else:
            made.append(f"Photo {number} by {dice.choice(_PEOPLE)}, {dice.choice(usual)}")
    return made


def _rate(texts: list[str], rounds: int) -> float:
    """Statements a CPU-second of the best round, each begun with nothing remembered."""
    best = float("inf")
    for _ in range(rounds):
        for remembered in (recognise.recognise, recognise._behind, license_claims.recognised):
            remembered.cache_clear()
        began = time.process_time()
        for number, text in enumerate(texts):
            license_claims.stated(text, Scope.IMAGE, "/photos/license", text, pointer=number % 2 == 0)
        best = min(best, time.process_time() - began)
    return len(texts) / best


def _platforms(many: int, rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for number in range(many):
            flickr.from_flickr_id(str(number % 17))
            flickr.from_flickr_label("Attribution-NonCommercial License")
            codes.from_inaturalist("cc-by-nc")
            codes.from_openverse("by-nc", "2.0")
        best = min(best, time.process_time() - began)
    return many * 4 / best
