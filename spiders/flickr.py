"""Flickr, by its documented API and the user's own key.

www.flickr.com/robots.txt is an allow-list that bars unnamed agents, pages and oEmbed alike, so the API is the
way in. It answers HTTP 200 for every error; ``crawler/reading/platforms/flickr_errors.py`` has the table.
One ``getInfo`` per photo; the license history only when it can matter; the owner's account where a photo is not
found. When Flickr adds a license, follow ``crawler/licenses/flickr.py``.

**Why no owner lists.** ``people.getPublicPhotos`` gives up to 500 photos of one owner with their license in one
request, and for many sets that would save most requests: counted on real lists (2026-11-24), at most 3,284 of FSXL's
3,784 (500 owners) and 1,234 of 2,400 Open Images rows (1,165 owners), if no owner's photos needed a second page;
within the 256 photos that are planned at a time 2,616 and 853. COCO names no owners, and of the Open Images rows 214
name an id rather than an alias that must be looked up first. But an entry of a list lacks two facts that
``getInfo`` states and rules judge by: tagged persons (``people/@haspeople``) and switched-off downloads
(``usage/@candownload``); no ``extras`` give them [seen in flickr-api/lists/*], and it holds tags folded. A look by
list after one by ``getInfo`` would therefore take findings away though nothing changed at the source, and a first
look by list would never learn them. On a revisit, an entry with the license of the last look and a ``last_update``
before it could stand for "as before", but a look can't say that yet. So lists are read where somebody holds them
and are never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, urlsplit

from crawler.errors import UnknownFlickrLicense
from crawler.model import (
    MAX_DEPTH,
    Answer,
    Capture,
    Claim,
    Field,
    Key,
    Look,
    Quota,
    Reason,
    Scope,
    SourceRef,
    Status,
    Target,
    Terms,
    Wanted,
)
from crawler.reading import http_rules
from crawler.reading.pages.html import Page
from crawler.reading.platforms import flickr_errors, flickr_oembed, flickr_page, flickr_rest
from crawler.reading.platforms.flickr_answers import parse
from crawler.sources.flickr_urls import NSID, classify, photo_of
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of

API = "https://api.flickr.com/services/rest/"
_KEY = Key(setting="FLICKR_API_KEY", query="api_key")
_HISTORY = "flickr.photos.licenses.getLicenseHistory"


class Flickr(SourceSpider):
    """Photos on Flickr."""

    name = "flickr"
    version = 3
    hosts = ("flickr.com", "staticflickr.com", "flic.kr", "flickr.org")
    terms = Terms(
        address="https://www.flickr.com/help/terms/api",
        checked="2026-11-23",
        allows="Reading photo facts with the user's own key, 3,600 requests an hour; "
        "commercial use needs Flickr's agreement.",
        keep="Facts only as long as reasonable; once a photo is no longer public, free text is forgotten and "
        "license, owner id, dates and hashes stay.",
        api_host="api.flickr.com",
        quota=Quota(3600, 3600.0),
        key=_KEY,
        needs_acceptance=True,
        forget_when_lost=True,
    )
    expects: ClassVar[Mapping[str, float]] = {
        "license": 1.0,
        "author_id": 1.0,
        "author": 0.95,
        "page_url": 0.95,
        "uploaded": 0.95,
        "updated": 0.95,
        "media": 0.95,
    }

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Photo pages, static files, short links and API addresses of one photo; albums and people are no
        photos.
        """
        found = photo_of(url)
        if found is None:
            return None
        photo_id, owner = found
        return cls._ref(photo_id, owner)

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:
        """Photo ids suffice: decimal digits."""
        return cls._ref(native_id, None) if re.fullmatch(r"[0-9]{1,20}", native_id) else None

    @classmethod
    def _ref(cls, photo_id: str, owner: str | None) -> SourceRef:
        page = f"https://www.flickr.com/photos/{quote(owner, safe='@')}/{photo_id}/" if owner else None
        return SourceRef(
            source=cls.name,
            native_id=photo_id,
            group="api.flickr.com",
            url=page or f"https://www.flickr.com/photo.gne?id={photo_id}",
            owner=owner,
        )

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """One ``getInfo`` a photo: Flickr has no call for several ids."""
        for want in wanted:
            owner = next((o for o in (want.last_owner, want.ref.owner) if o and NSID.fullmatch(o)), None)
            context = {
                "declared": list(want.declared_licenses),
                "last_license": want.last_license,
                "last_look": want.last_look.timestamp() if want.last_look is not None else None,
                "owner": owner,
            }
            yield _call(
                "flickr.photos.getInfo", f"photo_id={want.ref.native_id}", want.ref.native_id, 0, context
            )

    def read(self, capture: Capture) -> Answer:
        """Any answer of the API, oEmbed, or a stored photo page."""
        path = urlsplit(capture.url).path
        if host_of(capture.url) == "api.flickr.com" or path.startswith("/services/rest"):
            return _aside(_api(capture), capture.target)
        if path.startswith("/services/oembed"):
            return self._oembed(capture)
        return self._page(capture)

    def _oembed(self, capture: Capture) -> Answer:
        asked = parse_qs(urlsplit(capture.url).query).get("url", [capture.url])[0]
        wanted = photo_of(asked)
        native_id = wanted[0] if wanted else asked
        decided = http_rules.outcome(capture)
        if decided is not None:
            if decided.status is Status.GONE:
                # one 404 of oEmbed is no deletion: the same address answered 200 weeks later (field notes §3)
                return Answer(looks=(Look(native_id, Status.NOT_PUBLIC, Reason.NOT_FOUND),))
            return Answer(looks=(Look(native_id, decided.status, decided.reason),), retry=decided.retry)
        data = flickr_oembed.fields(capture.body)
        if data is None:
            return Answer(looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD),))
        # trailing rubbish in the address asked is ignored by Flickr: the identity is web_page
        itself = photo_of(data.get("web_page", "")) or wanted
        if data.get("flickr_type", data.get("type")) != "photo" or itself is None:
            return Answer(looks=(Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO),))
        try:
            claims = tuple(flickr_oembed.claims(data))
        except UnknownFlickrLicense as unknown:
            return Answer(looks=(self._loud(itself[0], unknown),))
        look = Look(itself[0], Status.AVAILABLE, Reason.SEEN, claims, flickr_oembed.unread(data))
        return Answer(looks=(look,))

    def _loud(self, native_id: str, unknown: UnknownFlickrLicense) -> Look:
        self.logger.error("%s Photo %s is left unread.", unknown, native_id)
        claim = Claim(Field.LICENSE, None, unknown.license_id, Scope.IMAGE, "license")
        return Look(native_id, Status.UNREADABLE, Reason.UNKNOWN_LICENSE_ID, (claim,))

    def _page(self, capture: Capture) -> Answer:
        found = photo_of(capture.url)
        native_id = found[0] if found else (capture.target.serves or (capture.url,))[0]
        decided = http_rules.outcome(capture)
        if decided is not None:
            return Answer(looks=(Look(native_id, decided.status, decided.reason),), retry=decided.retry)
        if "html" not in (capture.header("content-type") or "text/html"):
            return Answer(looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD),))
        if found is None:
            elsewhere = classify(capture.url).kind == "not-flickr"
            reason = Reason.NO_SOURCE_PAGE if elsewhere else Reason.NOT_A_PHOTO
            return Answer(looks=(Look(native_id, Status.UNSUPPORTED, reason),))
        page = Page.parse(capture)
        try:
            said, public = flickr_page.read(page, capture.body, native_id)
        except UnknownFlickrLicense as unknown:
            return Answer(looks=(self._loud(native_id, unknown),))
        claims = (*said, *flickr_page.signals(page, capture.headers))
        if public is False:
            return Answer(looks=(Look(native_id, Status.PRIVATE, Reason.MARKED_PRIVATE, claims),))
        if not any(c.field in _SHOWS for c in claims):
            return Answer(looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, claims),))
        return Answer(looks=(Look(native_id, Status.AVAILABLE, Reason.SEEN, claims),))


#: A photo page that names neither license nor author is a layout nobody has taught us.
_SHOWS = frozenset({Field.LICENSE, Field.AUTHOR, Field.AUTHOR_ID})


def _api(capture: Capture) -> Answer:
    target, asked = capture.target, parse_qs(urlsplit(capture.url).query)
    method = asked.get("method", [""])[0]
    named = target.serves or tuple(asked.get("photo_id") or asked.get("user_id") or ())
    native_id = named[0] if named else capture.url
    about_account = bool(target.context.get("account_of"))
    decided = http_rules.outcome(capture)
    if decided is not None:
        if decided.status is Status.GONE:  # the API itself is not there: nothing is said of a photo
            return flickr_errors.trouble(native_id)
        return Answer(looks=(Look(native_id, decided.status, decided.reason),), retry=decided.retry)
    rsp = parse(capture.body)
    if rsp is None:
        if not capture.body.strip() or b"<html" in capture.body[:2000].lower():
            return flickr_errors.trouble(native_id)
        return Answer(looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD),))
    if not rsp.ok:
        found = flickr_errors.answer(rsp, method, native_id, about_account=about_account)
    else:
        looks = flickr_rest.looks(rsp, method, native_id, named=bool(named), about_account=about_account)
        found = Answer(looks=looks)
    return replace(found, follow=tuple(_follow(found, target)))


def _follow(answer: Answer, target: Target) -> Iterator[Target]:
    """What else must be asked of a planned photo: its license history, or its owner's account."""
    if "declared" not in target.context or target.depth >= MAX_DEPTH or len(answer.looks) != 1:
        return
    look, depth, owner = answer.looks[0], target.depth + 1, target.context.get("owner")
    native_id = look.native_id
    if look.status is Status.NOT_PUBLIC and owner:
        asked = f"user_id={quote(str(owner), safe='')}"
        yield _call("flickr.people.getInfo", asked, native_id, depth, {"account_of": native_id})
    elif look.status is Status.AVAILABLE and _history_matters(look, target.context):
        yield _call(_HISTORY, f"photo_id={native_id}", native_id, depth, {"history_of": native_id})


def _history_matters(look: Look, context: Mapping[str, Any]) -> bool:
    """Only where the license differs from the declared or the last one, or the photo was touched since our
    last look.
    """
    said = {claim.field: claim for claim in reversed(look.claims)}
    if Field.LICENSE not in said:
        return False
    now = said[Field.LICENSE].value
    declared, last = context.get("declared") or [], context.get("last_license")
    if (declared and now not in declared) or (last is not None and now != last):
        return True
    updated = said[Field.UPDATED].raw if Field.UPDATED in said else ""
    seen = context.get("last_look")
    return seen is not None and updated.isdecimal() and int(updated) > float(seen)


def _call(method: str, query: str, native_id: str, depth: int, context: Mapping[str, Any]) -> Target:
    return Target(
        source=Flickr.name,
        url=f"{API}?method={method}&{query}&format=json&nojsoncallback=1",
        group="api.flickr.com",
        serves=(native_id,),
        basis="api",
        key=_KEY,
        accept="application/json",
        depth=depth,
        context=context,
    )


def _aside(answer: Answer, target: Target) -> Answer:
    """A follow-up that comes to nothing leaves standing what getInfo said, and its failure is named in ``unread``."""
    if not ("history_of" in target.context or "account_of" in target.context):
        return answer
    method = parse_qs(urlsplit(target.url).query).get("method", [""])[0]
    looks = tuple(
        look
        if look.status is None or look.status.conclusive
        else Look(look.native_id, None, None, look.claims, (*look.unread, f"{method}: {look.reason}"))
        for look in answer.looks
    )
    return replace(answer, looks=looks)
