"""Sites that give all their photos one license: what their terms gave a photo of that upload day.

Unsplash, Pixabay, Pexels, StockSnap and the WordPress Photo Directory state no license per photo (field notes §0,
§4). Their terms do, for all photos uploaded on a day (``crawler.licenses.sites``). Such a claim has basis
``terms`` and counts only where the photo's own page or record states nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from crawler.licenses.sites import from_site
from crawler.model import Basis, Claim, Field, Look, Scope, Status
from crawler.reading.api_record import ApiRecord


def claims(site: str, raw: str, locator: str, uploaded: Collection[date] = ()) -> list[Claim]:
    """At most one claim. ``raw`` and ``locator``: the text that tells the day, or that names the photo where
    the site's terms never changed. ``uploaded``: the days it may have been.

    When these days fall under different licenses, or the day is not known and the license changed, the claim
    is one that was not understood, never the likelier of two licenses.
    """
    if not raw:
        return []
    possible = {from_site(site, day) for day in uploaded} or {from_site(site, None)}
    held = possible.pop() if len(possible) == 1 else None
    quote = f"{raw[:200]} (site terms of {site})"
    value = held.id if held is not None else None
    return [Claim(Field.LICENSE, value, raw[:500], Scope.IMAGE, locator, quote, Basis.TERMS)]


def of_record(
    site: str, record: ApiRecord, raw: str, locator: str, uploaded: Collection[date] = ()
) -> list[Claim]:
    """The same for a record of an API that has no license field. A field by that name nobody has seen yet: what
    stands there is kept, not understood, and the terms stand back until a reader has learnt it.
    """
    named = [name for name in record.data if _LICENSE.search(str(name)) and record.data[name] not in _EMPTY]
    if not named:
        return claims(site, raw, locator, uploaded)
    place = f"{record.pointer}/{named[0]}"
    said = str(record.data[named[0]])[:500]
    return [Claim(Field.LICENSE, None, said, Scope.IMAGE, place, f"{named[0]}: {said[:200]}")]


_LICENSE = re.compile(r"licen[cs]e", re.IGNORECASE)
_EMPTY: tuple[object, ...] = (None, "", [], {})


def on_page(site: str, look: Look, photo: str) -> Look:
    """The look at a photo's page, with the claim that the site's terms make, where no terms ever changed.

    Only of a page that is there and names the photo as its own (``og:url``): a front door, a search page or a "not
    found" with HTTP 200 would otherwise be licensed.
    """
    if look.status is not Status.AVAILABLE:
        return look
    for claim in look.claims:
        if claim.field is Field.PAGE_URL and photo.lower() in claim.raw.lower():
            return replace(look, claims=(*look.claims, *claims(site, claim.raw, claim.locator)))
    return look
