"""Flickr, by its documented API and the user's own key.

www.flickr.com/robots.txt is an allow-list that bars unnamed agents, pages and oEmbed alike, so the API is the
way in. It answers HTTP 200 for every error: the verdict is ``stat`` and ``err/@code``, and code 1 alone means
three things (field notes §0–1):

| code | message | read as |
|---|---|---|
| 1 | not found | not_public: deleted, private or never existed; the owner's account may tell more |
| 1 | Required parameter missing | our mistake |
| 2 | Photo is private · Permission denied (EXIF only) | private · the photo is there |
| 5 | User deleted | gone, account_gone |
| 98, 99, 100 | login, permissions, invalid key | the source rests: bad key |
| 0, 105, 106, 201 | service trouble | asked again |
| 95–97, 111–116 | SSL, signature, format, method, bad URL | our mistake |

One ``getInfo`` per photo; the license history only when it can matter. When Flickr adds a license, follow
``crawler/licenses/flickr.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from crawler.reading import flickr_page, flickr_photo, http_rules
from crawler.reading.flickr_answers import Rsp, parse, record, records, text
from crawler.reading.html import Page
from crawler.sources.flickr_urls import NSID, classify, photo_of
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of

API = "https://api.flickr.com/services/rest/"
_KEY = Key(setting="FLICKR_API_KEY", query="api_key")
_BAD_KEY = frozenset({"98", "99", "100"})
_TROUBLE = frozenset({"0", "105", "106", "201"})
_MISTAKE = frozenset({"95", "96", "97", "111", "112", "113", "114", "115", "116"})


class Flickr(SourceSpider):
    """Photos on Flickr."""

    name = "flickr"
    version = 1
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
    expects: ClassVar[Mapping[str, float]] = {"license": 1.0, "author_id": 1.0, "author": 0.95}

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
        parts = urlsplit(capture.url)
        host = host_of(capture.url)
        if host == "api.flickr.com" or parts.path.startswith("/services/rest"):
            return _aside(self._api(capture), capture.target)
        if parts.path.startswith("/services/oembed"):
            return self._oembed(capture)
        return self._page(capture)

    def _api(self, capture: Capture) -> Answer:
        asked = parse_qs(urlsplit(capture.url).query)
        method = asked.get("method", [""])[0]
        serves = capture.target.serves
        native_id = (
            serves[0] if serves else (asked.get("photo_id") or asked.get("user_id") or [capture.url])[0]
        )
        decided = http_rules.outcome(capture)
        if decided is not None:
            if decided.status is Status.GONE:  # the API itself is not there: nothing is said of a photo
                return _trouble(native_id)
            return Answer(looks=(Look(native_id, decided.status, decided.reason),), retry=decided.retry)
        rsp = parse(capture.body)
        if rsp is None:
            if not capture.body.strip() or b"<html" in capture.body[:2000].lower():
                return _trouble(native_id)
            return Answer(looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD),))
        if not rsp.ok:
            return _failure(rsp, method, native_id, capture.target)
        return self._ok(rsp, method, native_id, capture)

    def _ok(self, rsp: Rsp, method: str, native_id: str, capture: Capture) -> Answer:
        data = rsp.data
        photo = record(data.get("photo"))
        if "owner" in photo and isinstance(photo["owner"], dict):
            itself = text(photo.get("id"))
            if native_id == capture.url and itself:
                native_id = itself  # a stored answer whose address was not kept whole
            if itself and itself != native_id:
                other = f"the answer is about photo {itself}"
                return Answer(
                    looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=(other,)),)
                )
            return self._photo(photo, rsp, native_id, capture.target)
        if "license_history" in data or method.endswith("getLicenseHistory"):
            # an answer for a photo that could not be seen would have been code 1
            claims = tuple(flickr_photo.history(rsp))
            return Answer(looks=(Look(native_id, Status.AVAILABLE, Reason.SEEN, claims),))
        for name in ("photos", "photoset", "gallery"):
            if records(record(data.get(name)).get("photo")):
                return self._list(record(data[name]), rsp, name)
        if "person" in data:
            # the account exists: that says nothing of the photo that was not found
            follows = bool(capture.target.context.get("account_of"))
            status = (None, None) if follows else (Status.UNSUPPORTED, Reason.NOT_A_PHOTO)
            return Answer(looks=(Look(native_id, *status),))
        if "exif" in photo or "sizes" in data or "people" in data:
            claims = (*_people(data, rsp), *flickr_photo.exif(photo, rsp))
            return Answer(looks=(Look(native_id, Status.AVAILABLE, Reason.SEEN, claims),))
        return Answer(
            looks=(Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO, unread=tuple(sorted(data))),)
        )

    def _photo(self, photo: dict[str, Any], rsp: Rsp, native_id: str, target: Target) -> Answer:
        claims, unread = flickr_photo.claims(photo, rsp)
        try:
            licensed = flickr_photo.license_claim(photo, rsp, "photo")
        except UnknownFlickrLicense as unknown:
            self.logger.error("%s Photo %s is left unread.", unknown, native_id)  # noqa: TRY400 - the sentence says it all
            loud = (flickr_photo.unknown_license(photo, rsp, "photo"), *claims)
            return Answer(
                looks=(Look(native_id, Status.UNREADABLE, Reason.UNKNOWN_LICENSE_ID, loud, tuple(unread)),)
            )
        status, reason = Status.AVAILABLE, Reason.SEEN
        if text(record(photo.get("visibility")).get("ispublic")) == "0":
            status, reason = Status.PRIVATE, Reason.MARKED_PRIVATE
        look = Look(native_id, status, reason, (*licensed, *claims), tuple(unread))
        follow: tuple[Target, ...] = ()
        if (
            status is Status.AVAILABLE
            and target.depth < MAX_DEPTH
            and _history_matters(photo, licensed, target.context)
        ):
            method = "flickr.photos.licenses.getLicenseHistory"
            follow = (
                _call(
                    method, f"photo_id={native_id}", native_id, target.depth + 1, {"history_of": native_id}
                ),
            )
        return Answer(looks=(look,), follow=follow)

    def _list(self, entries: dict[str, Any], rsp: Rsp, name: str) -> Answer:
        looks: list[Look] = []
        for index, photo in enumerate(records(entries.get("photo"))):
            if "owner" not in photo and entries.get("owner"):
                photo = {**photo, "owner": entries["owner"]}  # noqa: PLW2901 - an album names its owner once
            where = (name, "photo", str(index))
            claims = flickr_photo.listed(photo, rsp, *where)
            status, reason = Status.AVAILABLE, Reason.SEEN
            try:
                claims = [*flickr_photo.license_claim(photo, rsp, *where), *claims]
            except UnknownFlickrLicense as unknown:
                self.logger.error("%s Photo %s is left unread.", unknown, photo.get("id"))  # noqa: TRY400
                claims = [flickr_photo.unknown_license(photo, rsp, *where), *claims]
                status, reason = Status.UNREADABLE, Reason.UNKNOWN_LICENSE_ID
            if text(photo.get("ispublic")) == "0":
                status, reason = Status.PRIVATE, Reason.MARKED_PRIVATE
            if text(photo.get("id")):
                looks.append(Look(text(photo["id"]), status, reason, tuple(claims)))
        return Answer(looks=tuple(looks))

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
        data = flickr_page.oembed(capture.body)
        if data is None:
            return Answer(looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD),))
        # trailing rubbish in the address asked is ignored by Flickr: the identity is web_page
        itself = photo_of(data.get("web_page", "")) or wanted
        if data.get("flickr_type", data.get("type")) != "photo" or itself is None:
            return Answer(looks=(Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO),))
        return Answer(looks=(self._look(itself[0], lambda: flickr_page.oembed_claims(data)),))

    def _look(self, native_id: str, claims: Callable[[], list[Claim]]) -> Look:
        try:
            return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims()))
        except UnknownFlickrLicense as unknown:
            self.logger.error("%s Photo %s is left unread.", unknown, native_id)  # noqa: TRY400
            loud = Claim(Field.LICENSE, None, unknown.license_id, Scope.IMAGE, "license")
            return Look(native_id, Status.UNREADABLE, Reason.UNKNOWN_LICENSE_ID, (loud,))

    def _page(self, capture: Capture) -> Answer:
        found = photo_of(capture.url)
        native_id = found[0] if found else (capture.target.serves or (capture.url,))[0]
        decided = http_rules.outcome(capture)
        if decided is not None:
            return Answer(looks=(Look(native_id, decided.status, decided.reason),), retry=decided.retry)
        kind = capture.header("content-type") or "text/html"
        if "html" not in kind:
            return Answer(looks=(Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD),))
        if found is None:
            reason = (
                Reason.NOT_A_PHOTO if classify(capture.url).kind != "not-flickr" else Reason.NO_SOURCE_PAGE
            )
            return Answer(looks=(Look(native_id, Status.UNSUPPORTED, reason),))
        page = Page.parse(capture)
        public: list[bool | None] = []

        def claims() -> list[Claim]:
            said, seen_by_all = flickr_page.read(page, capture.body, found[0])
            public.append(seen_by_all)
            return [*said, *flickr_page.signals(page, capture.headers)]

        look = self._look(native_id, claims)
        if public == [False]:
            look = Look(native_id, Status.PRIVATE, Reason.MARKED_PRIVATE, look.claims)
        elif look.status is Status.AVAILABLE and not any(c.field in _SHOWS for c in look.claims):
            look = Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, look.claims)
        return Answer(looks=(look,))


#: A photo page that names neither license nor author is a layout nobody has taught us.
_SHOWS = frozenset({Field.LICENSE, Field.AUTHOR, Field.AUTHOR_ID})


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


def _trouble(native_id: str) -> Answer:
    look = Look(native_id, Status.UNREACHABLE, Reason.SERVICE_TROUBLE)
    return Answer(looks=(look,), retry=Reason.SERVICE_TROUBLE)


def _failure(rsp: Rsp, method: str, native_id: str, target: Target) -> Answer:
    """What an error says. An unknown code is ``unreadable``: nobody may guess a photo's fate from it."""
    code, message = rsp.code, rsp.message.lower()

    def answer(status: Status, reason: Reason) -> Answer:
        quote = f'code="{rsp.code}" msg="{rsp.message}"'
        return Answer(
            looks=(Look(native_id, status, reason, unread=(quote,) if status is Status.UNREADABLE else ()),)
        )

    if code in _BAD_KEY:
        return Answer(looks=(Look(native_id, Status.DISALLOWED, Reason.BAD_KEY),), halt=Reason.BAD_KEY)
    if code in _TROUBLE or "not currently available" in message or "temporarily unavailable" in message:
        return _trouble(native_id)
    if code in _MISTAKE or "required parameter" in message or "required argument" in message:
        return answer(Status.UNREACHABLE, Reason.OUR_MISTAKE)
    people = method.startswith("flickr.people.") or bool(target.context.get("account_of"))
    if code == "5" and (people or "user deleted" in message):
        return answer(Status.GONE, Reason.ACCOUNT_GONE)
    if code == "1" and people:
        # "User not found": the id may have been wrong from the start, so nothing is said of the photo
        follows = bool(target.context.get("account_of"))
        return (
            Answer(looks=(Look(native_id, None, None),))
            if follows
            else answer(Status.NOT_PUBLIC, Reason.NOT_FOUND)
        )
    if code == "1" and (method.startswith("flickr.photos.") or "photo" in message):
        return _not_found(native_id, target)
    if code == "2" and "private" in message:
        return answer(Status.PRIVATE, Reason.MARKED_PRIVATE)
    if code == "2" and "getExif" in method:
        return answer(Status.AVAILABLE, Reason.SEEN)  # the owner hides EXIF of a photo that is there
    return answer(Status.UNREADABLE, Reason.NOT_UNDERSTOOD)


def _not_found(native_id: str, target: Target) -> Answer:
    """Code 1. The owner's account may tell more, but only where we know it and this is a planned look."""
    look = Look(native_id, Status.NOT_PUBLIC, Reason.NOT_FOUND)
    owner = target.context.get("owner")
    if not owner or target.depth >= MAX_DEPTH:
        return Answer(looks=(look,))
    context = {"account_of": native_id}
    call = _call(
        "flickr.people.getInfo", f"user_id={quote(str(owner), safe='')}", native_id, target.depth + 1, context
    )
    return Answer(looks=(look,), follow=(call,))


def _history_matters(photo: Mapping[str, Any], licensed: Sequence[Claim], context: Mapping[str, Any]) -> bool:
    """Only where the license differs from the declared or the last one, or the photo was touched since our
    last look.
    """
    if "declared" not in context or not licensed:
        return False
    now = licensed[0].value
    declared, last = context.get("declared") or [], context.get("last_license")
    if (declared and now not in declared) or (last is not None and now != last):
        return True
    updated = text(record(photo.get("dates")).get("lastupdate"))
    seen = context.get("last_look")
    return seen is not None and updated.isdigit() and int(updated) > float(seen)


def _people(data: Mapping[str, Any], rsp: Rsp) -> list[Claim]:
    """photos.people.getList: somebody is tagged; who is nobody's business here."""
    persons = records(record(data.get("people")).get("person"))
    if not persons:
        return []
    raw = str(len(persons))
    return [Claim(Field.PEOPLE, "tagged", raw, Scope.IMAGE, rsp.place("people", "person", attribute=False))]
