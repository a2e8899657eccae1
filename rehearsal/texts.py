"""License pages of the rehearsal: what photos hang on. Short texts of our own; the real ones say more.

Each visit carries another nonce in a script, a menu and white space, which say nothing. From step 1 on, the deed of
CC BY 2.0 has another sentence: the one document of this world that changes between visits.
"""

from __future__ import annotations

from rehearsal import deeds
from rehearsal.answer import HTML, NOT_FOUND, TEXT, Asked, Reply
from rehearsal.world import World

CREATIVE_COMMONS = "creativecommons.org"
USA_GOV = "www.usa.gov"
HOSTS = frozenset({CREATIVE_COMMONS, USA_GOV})
CHANGING = deeds.BY.url

_ROBOTS = b"User-agent: *\nDisallow: /search\n"
_PATHS = {
    deed.url.removeprefix("https://creativecommons.org"): deed
    for deed in vars(deeds).values()
    if isinstance(deed, deeds.Deed) and deed.url.startswith(deeds.CC)
}


def site(world: World, asked: Asked) -> Reply:
    """The page at this address as the timeline has it."""
    if asked.path == "/robots.txt":
        return Reply(_ROBOTS, TEXT) if asked.host == CREATIVE_COMMONS else NOT_FOUND
    if asked.host == USA_GOV:
        known = asked.path.rstrip("/") == "/government-copyright"
        return _page("Government works", _GOVERNMENT, asked.nonce) if known else NOT_FOUND
    path = asked.path.removesuffix("legalcode")
    deed = _PATHS.get(path)
    if deed is None:
        return NOT_FOUND
    if path != asked.path:
        return NOT_FOUND if deed is deeds.PDM else _page(f"{deed.name} Legal Code", _code(deed), asked.nonce)
    return _page(deed.name, _deed(deed, world.step), asked.nonce)


def _deed(deed: deeds.Deed, step: int) -> tuple[str, ...]:
    words = deed.id.split("-")
    told = ["This page sums the license up in a rehearsal; it is no substitute for the license itself."]
    told.append("You are free to share the material: copy and pass it on in any medium or format.")
    if "ND" in words:
        told.append("If you change the material, you may not distribute what you made.")
    else:
        told.append("You are free to adapt the material: change it and build upon it.")
    if "BY" in words:
        told.append(
            "You must give appropriate credit. You must link to the license and say what you changed."
        )
    if "NC" in words:
        told.append("You may not use the material for commercial purposes.")
    if "SA" in words:
        told.append("What you make of the material must be distributed under the same license.")
    if deed.url == CHANGING and step >= 1:
        told.append(
            "Nothing on this page limits what exceptions to copyright allow, training of models included."
        )
    else:
        told.append("Nothing on this page limits what exceptions to copyright allow.")
    return tuple(told)


def _code(deed: deeds.Deed) -> tuple[str, ...]:
    return (
        f"1. Definitions. The words of this rehearsal's {deed.id} mean what they say.",
        "2. Grant. The licensor allows everybody, for as long as copyright lasts, what the deed sums up.",
        "3. Restrictions. The grant is made subject to the conditions that the deed names.",
        "4. Warranties. The work is offered as it is.",
    )


_GOVERNMENT = (
    "Works that officers of the government prepared as part of their duties are free of copyright in their country.",
    "Not everything on a government's site is such a work: pictures by others keep their own licenses.",
)


def _page(title: str, paragraphs: tuple[str, ...], nonce: int) -> Reply:
    text = "".join(f"<p>{paragraph}</p>\n{' ' * (nonce % 3)}" for paragraph in paragraphs)
    return Reply(
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title><script nonce="n{nonce}">var visit = {nonce};'
        f'</script></head><body><nav><a href="/">Home</a> visitor {nonce}</nav><main><h1>{title}</h1>\n{text}</main>'
        f"<footer>Made for visitor {nonce}</footer></body></html>".encode(),
        HTML,
    )
