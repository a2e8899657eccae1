"""iNaturalist, by its documented API where an observation is known, else by the page of the photo.

A photo is named in three ways: ``111852800`` (a photo, from its page or its picture file),
``observation/83103252/136458117`` (a photo of an observation) and ``observation/83103252`` (all its photos: the
license is known when all state the same one). Observations are asked for up to 100 at a time (v1,
``id=1,2,…``; the API allows 200, but a full observation weighs 13 KB and more in the captures, and the gate takes
8 MiB a body).

The API has no address for a photo by its number alone. There its page is asked, as robots.txt allows. We only
know the page of a photo with all rights reserved; from any other we take the observation it belongs to, and ask
the API for the license.

| answer | read as |
|---|---|
| HTTP 200 with ``total_results`` 0, or an id left out of a whole list | gone, not_found |
| the observation is there, the photo is not in it | the photo's own page decides |
| more results than were sent | unreadable, for those left out |
| a body too large | asked again in two halves |

An observation that is left out is gone, not merely private, because iNaturalist knows no private observations:
``geoprivacy`` hides the place only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from crawler.model import (
    MAX_DEPTH,
    Answer,
    Capture,
    Claim,
    Field,
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
from crawler.reading import http_rules, json_answer, loose_json
from crawler.reading.pages import opt_outs
from crawler.reading.pages.html import Page
from crawler.reading.platforms import inaturalist_list, inaturalist_page
from crawler.reading.platforms.inaturalist_list import NATIVE, observation_of, photo_of
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of, split

API = "https://api.inaturalist.org/v1/observations"
_GROUP = "api.inaturalist.org"
_PICTURES = frozenset({"static.inaturalist.org", "inaturalist-open-data.s3.amazonaws.com"})
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PHOTO_PATH = re.compile(r"(?:/photos/)([0-9]{1,15})(?:/.*|\.[a-z]+)?", re.IGNORECASE)
_OBSERVATION_PATH = re.compile(rf"(?:/v[12])?/observations/([0-9]{{1,15}}|{_UUID})/?", re.IGNORECASE)
_ONE_ID = re.compile(rf"[0-9]{{1,15}}|{_UUID}")


class INaturalist(SourceSpider):
    """Photos on iNaturalist."""

    name = "inaturalist"
    version = 2
    hosts = ("inaturalist.org", "inaturalist-open-data.s3.amazonaws.com")
    terms = Terms(
        address="https://www.inaturalist.org/pages/api+recommended+practices",
        checked="2026-07-20",
        allows="Reading the API without a key, about one request a second and fewer than 10,000 a day.",
        keep="Facts of observations and photos, under the licenses they state; no pictures.",
        api_host="api.inaturalist.org",
        quota=Quota(9_900, 86_400.0),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.98, "author": 0.98}
    batch = 100

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """Photo pages, picture files of both hosts, observation pages, API addresses of one observation."""
        parts, host = split(url), host_of(url)
        if parts is None or not f".{host}".endswith(tuple(f".{known}" for known in cls.hosts)):
            return None
        photo = _PHOTO_PATH.fullmatch(parts.path)
        if host in _PICTURES:
            return cls.named(photo[1]) if photo is not None else None
        observation = _OBSERVATION_PATH.fullmatch(parts.path)
        if observation is not None:
            return cls.named(f"observation/{observation[1].lower()}")
        if parts.path in ("/v1/observations", "/v2/observations"):
            asked = parse_qs(parts.query)
            one = (asked.get("id") or asked.get("uuid") or [""])[0]
            return cls.named(f"observation/{one}") if _ONE_ID.fullmatch(one) else None
        return cls.named(photo[1]) if photo is not None and host != "api.inaturalist.org" else None

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:
        """A photo's number, ``observation/N`` or ``observation/N/PHOTO``."""
        match = NATIVE.fullmatch(native_id)
        if match is None:
            return None
        photo = match[1] or match[3]
        page = f"photos/{photo}" if photo else f"observations/{match[2]}"
        return SourceRef(cls.name, native_id, _GROUP, f"https://www.inaturalist.org/{page}")

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:
        """The photo of an observation that the manifest names by its picture file."""
        photo = cls.claims(image_url)
        whole = NATIVE.fullmatch(ref.native_id)
        if photo is None or not photo.native_id.isdigit() or whole is None or whole[1] or whole[3]:
            return ref
        return cls.named(f"{ref.native_id}/{photo.native_id}") or ref

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """Observations by number, then those by UUID, sorted and cut; photos without one page by page."""
        by_number: dict[str, list[str]] = {}
        by_uuid: dict[str, list[str]] = {}
        for native_id in sorted({want.ref.native_id for want in wanted}):
            observation = observation_of(native_id)
            if observation:
                group = by_number if observation.isdigit() else by_uuid
                group.setdefault(observation, []).append(native_id)
            else:
                yield _page(native_id, native_id, 0)
        numbers = sorted(by_number.items(), key=lambda item: (len(item[0]), item[0]))
        yield from self._lists("id", numbers)
        yield from self._lists("uuid", sorted(by_uuid.items()))

    def _lists(self, name: str, asked: list[tuple[str, list[str]]]) -> Iterator[Target]:
        ids: list[str] = []
        serves: list[str] = []
        for observation, photos in asked:
            if ids and len(serves) + len(photos) > self.batch:
                yield _call(name, ids, serves, 0)
                ids, serves = [], []
            ids.append(observation)
            serves += photos
        if ids:
            yield _call(name, ids, serves, 0)

    def read(self, capture: Capture) -> Answer:
        """The API's lists and single observations, and photo pages."""
        if host_of(capture.url) == "api.inaturalist.org":
            return _api(capture)
        native_id = self.asked(capture)[0]
        decided = http_rules.outcome(capture)
        if decided is not None:
            return Answer(looks=(Look(native_id, decided.status, decided.reason),), retry=decided.retry)
        page = Page.parse(capture)
        signals = tuple(opt_outs.read(capture.headers, page, capture.url))
        told = http_rules.after_redirects(capture)
        if told is not None and told.status is not Status.MOVED:
            return Answer(looks=(Look(native_id, told.status, told.reason, signals),))
        found = inaturalist_page.read(page)
        if found is None or found.number != photo_of(native_id):
            return _silent((native_id,), "not the photo page we know", signals)
        look = Look(native_id, Status.AVAILABLE, Reason.SEEN)
        if found.reserved:
            return Answer(looks=(Look(native_id, look.status, look.reason, (*found.claims, *signals)),))
        if found.observations and capture.target.depth == 0:
            looks = (Look(native_id, look.status, look.reason, (*found.claims, *signals)),)
            follow = _call("id", [found.observations[0]], [native_id], 1)
            return Answer(looks=looks, follow=(follow,))
        unknown = Claim(
            Field.LICENSE, None, found.rights or "(empty)", Scope.IMAGE, "//span[@class='rights']"
        )
        claims = (
            (unknown, *found.claims, *signals) if capture.target.depth == 0 else (*found.claims, *signals)
        )
        return Answer(looks=(Look(native_id, look.status, look.reason, claims),))


def _page(photo: str, native_id: str, depth: int) -> Target:
    return Target(
        source=INaturalist.name,
        url=f"https://www.inaturalist.org/photos/{photo}",
        group=_GROUP,
        serves=(native_id,),
        accept="text/html",
        depth=depth,
    )


def _call(name: str, ids: Sequence[str], serves: Sequence[str], depth: int) -> Target:
    return Target(
        source=INaturalist.name,
        url=f"{API}?{name}={'%2C'.join(ids)}&per_page=200",
        group=_GROUP,
        serves=tuple(serves),
        basis="api",
        accept="application/json",
        depth=depth,
    )


def _silent(photos: Sequence[str], why: str, claims: tuple[Claim, ...] = ()) -> Answer:
    return Answer(
        looks=tuple(Look(p, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, claims, (why,)) for p in photos)
    )


def _api(capture: Capture) -> Answer:
    photos = INaturalist.asked(capture)
    decided = http_rules.outcome(capture)
    if decided is not None:
        halves = _halves(capture) if decided.reason is Reason.TOO_LARGE else ()
        if halves:
            return Answer(follow=halves)
        status, reason, retry = decided.status, decided.reason, decided.retry
        alone = _OBSERVATION_PATH.fullmatch(urlsplit(capture.url).path) is not None
        if status is Status.GONE and not (alone and json_answer.no_word(capture) == ""):
            # a list that is not there says nothing of its photos
            status, reason, retry = Status.UNREACHABLE, Reason.SERVICE_TROUBLE, Reason.SERVICE_TROUBLE
        return Answer(looks=tuple(Look(p, status, reason) for p in photos), retry=retry)
    data = loose_json.load(capture.body) if capture.body.strip() else None
    if not isinstance(data, dict):
        return _silent(photos, "no JSON object")
    observations, whole = inaturalist_list.observations(data)
    if observations is None:
        return _silent(photos, *(sorted(f"/{name}" for name in data)[:1] or ("an empty object",)))
    if not capture.target.serves and photos == (capture.url,):
        # an answer whose question was not kept: each observation answers for itself
        looks = [
            inaturalist_list.look(f"observation/{o.text('id')}", [o], whole=whole)
            for o in observations
            if o.text("id")
        ]
        return Answer(looks=tuple(looks)) if looks else _silent(photos, "no observation")
    whole = whole and inaturalist_list.answers(observations, photos)
    looks = [inaturalist_list.look(photo, observations, whole=whole) for photo in photos]
    follow = tuple(
        _page(photo_of(look.native_id), look.native_id, capture.target.depth + 1)
        for look in looks
        if look.status is None and observation_of(look.native_id) and capture.target.depth < MAX_DEPTH
    )
    return Answer(looks=tuple(looks), follow=follow)


def _halves(capture: Capture) -> tuple[Target, ...]:
    """The same question in two parts, for an answer that was too large."""
    target = capture.target
    ids = list(dict.fromkeys(observation_of(photo) for photo in target.serves))
    if len(ids) < 2 or not all(ids) or target.depth >= MAX_DEPTH:
        return ()
    name = "id" if ids[0].isdigit() else "uuid"
    middle = len(ids) // 2
    return tuple(
        _call(
            name,
            part,
            [p for p in target.serves if observation_of(p) in part],
            target.depth + 1,
        )
        for part in (ids[:middle], ids[middle:])
    )
