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
from typing import Any, ClassVar
from urllib.parse import parse_qs

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
from crawler.reading import http_rules, loose_json
from crawler.reading.api_record import ApiRecord
from crawler.reading.pages import opt_outs
from crawler.reading.pages.html import Page
from crawler.reading.platforms import inaturalist_observation, inaturalist_page
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of, split

API = "https://api.inaturalist.org/v1/observations"
_GROUP = "api.inaturalist.org"
_PICTURES = frozenset({"static.inaturalist.org", "inaturalist-open-data.s3.amazonaws.com"})
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PHOTO_PATH = re.compile(r"(?:/photos/)([0-9]{1,15})(?:/.*|\.[a-z]+)?", re.IGNORECASE)
_OBSERVATION_PATH = re.compile(rf"(?:/v[12])?/observations/([0-9]{{1,15}}|{_UUID})/?", re.IGNORECASE)
_ONE_ID = re.compile(rf"[0-9]{{1,15}}|{_UUID}")
_NATIVE = re.compile(rf"([0-9]{{1,15}})|observation/([0-9]{{1,15}}|{_UUID})(?:/([0-9]{{1,15}}))?")


class INaturalist(SourceSpider):
    """Photos on iNaturalist."""

    name = "inaturalist"
    version = 1
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
        match = _NATIVE.fullmatch(native_id)
        if match is None:
            return None
        photo = match[1] or match[3]
        page = f"photos/{photo}" if photo else f"observations/{match[2]}"
        return SourceRef(cls.name, native_id, _GROUP, f"https://www.inaturalist.org/{page}")

    @classmethod
    def of_image(cls, ref: SourceRef, image_url: str) -> SourceRef:
        """The photo of an observation that the manifest names by its picture file."""
        photo = cls.claims(image_url)
        whole = _NATIVE.fullmatch(ref.native_id)
        if photo is None or not photo.native_id.isdigit() or whole is None or whole[1] or whole[3]:
            return ref
        return cls.named(f"{ref.native_id}/{photo.native_id}") or ref

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """Observations by number, then those by UUID, sorted and cut; photos without one page by page."""
        by_number: dict[str, list[str]] = {}
        by_uuid: dict[str, list[str]] = {}
        for native_id in sorted({want.ref.native_id for want in wanted}):
            observation = _observation(native_id)
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
        native_id = (capture.target.serves or _asked(capture.url))[0]
        decided = http_rules.outcome(capture)
        if decided is not None:
            return Answer(looks=(Look(native_id, decided.status, decided.reason),), retry=decided.retry)
        page = Page.parse(capture)
        signals = tuple(opt_outs.read(capture.headers, page))
        told = http_rules.after_redirects(capture)
        if told is not None and told.status is not Status.MOVED:
            return Answer(looks=(Look(native_id, told.status, told.reason, signals),))
        found = inaturalist_page.read(page)
        if found is None or found.number != _photo(native_id):
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


def _observation(native_id: str) -> str:
    match = _NATIVE.fullmatch(native_id)
    return (match[2] or "") if match is not None else ""


def _photo(native_id: str) -> str:
    match = _NATIVE.fullmatch(native_id)
    return (match[1] or match[3] or "") if match is not None else ""


def _asked(url: str) -> tuple[str, ...]:
    ref = INaturalist.claims(url)
    return (ref.native_id,) if ref is not None else (url,)


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
    photos = capture.target.serves or _asked(capture.url)
    decided = http_rules.outcome(capture)
    if decided is not None:
        halves = _halves(capture) if decided.reason is Reason.TOO_LARGE else ()
        if halves:
            return Answer(follow=halves)
        status, reason, retry = decided.status, decided.reason, decided.retry
        if status is Status.GONE and len(photos) > 1:  # a list that is not there says nothing of its photos
            status, reason, retry = Status.UNREACHABLE, Reason.SERVICE_TROUBLE, Reason.SERVICE_TROUBLE
        return Answer(looks=tuple(Look(p, status, reason) for p in photos), retry=retry)
    data = loose_json.load(capture.body) if capture.body.strip() else None
    if not isinstance(data, dict):
        return _silent(photos, "no JSON object")
    observations, whole = _observations(data)
    if observations is None:
        return _silent(photos, *(sorted(f"/{name}" for name in data)[:1] or ("an empty object",)))
    if not capture.target.serves and photos == (capture.url,):
        # an answer whose question was not kept: each observation answers for itself
        looks = [_look(f"observation/{o.text('id')}", [o], whole=whole) for o in observations if o.text("id")]
        return Answer(looks=tuple(looks)) if looks else _silent(photos, "no observation")
    looks = [_look(photo, observations, whole=whole) for photo in photos]
    follow = tuple(
        _page(_photo(look.native_id), look.native_id, capture.target.depth + 1)
        for look in looks
        if look.status is None and _observation(look.native_id) and capture.target.depth < MAX_DEPTH
    )
    return Answer(looks=tuple(looks), follow=follow)


def _observations(data: dict[str, Any]) -> tuple[list[ApiRecord] | None, bool]:
    """The observations, and whether these are all there are; ``None`` when this is no answer we know."""
    results, total = data.get("results"), data.get("total_results")
    if isinstance(results, list) and isinstance(total, int) and not isinstance(total, bool):
        found = [o for o in ApiRecord(data).records("results") if o.text("id")]
        return found, len(found) == len(results) >= total
    if ("photos" in data or "observation_photos" in data) and data.get(
        "id"
    ):  # one observation by itself, as people store it
        return [ApiRecord(data)], False
    return None, False


def _look(native_id: str, observations: Sequence[ApiRecord], *, whole: bool) -> Look:
    wanted, photo = _observation(native_id), _photo(native_id)
    for observation in observations:
        if wanted and wanted not in (observation.text("id"), observation.text("uuid").lower()):
            continue
        shown = inaturalist_observation.photos(observation)
        if photo and photo not in shown:
            if wanted:
                return Look(native_id, None, None, unread=(f"photo {photo} is not in the observation",))
            continue
        # records are read anew for each photo, so that each has its own account of unread fields
        itself = ApiRecord(observation.data, observation.pointer)
        photos = [p for n, p in inaturalist_observation.photos(itself).items() if not photo or n == photo]
        if not photos:
            return Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO, unread=("/photos is empty",))
        claims, unread = inaturalist_observation.claims(itself, photos)
        page = f"https://www.inaturalist.org/photos/{photo}" if photo else ""
        claims += (
            photos[0].claim(Field.PAGE_URL, "id", page) if photo else itself.claim(Field.PAGE_URL, "uri")
        )
        return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(claims), unread)
    if not wanted:  # we came from the photo's page, and the observation it named does not show it
        return Look(native_id, None, None, unread=("the photo is in no observation of the answer",))
    if not whole:
        return Look(
            native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=("the list does not name it",)
        )
    return Look(native_id, Status.GONE, Reason.NOT_FOUND)


def _halves(capture: Capture) -> tuple[Target, ...]:
    """The same question in two parts, for an answer that was too large."""
    target = capture.target
    ids = list(dict.fromkeys(_observation(photo) for photo in target.serves))
    if len(ids) < 2 or not all(ids) or target.depth >= MAX_DEPTH:
        return ()
    name = "id" if ids[0].isdigit() else "uuid"
    middle = len(ids) // 2
    return tuple(
        _call(name, part, [p for p in target.serves if _observation(p) in part], target.depth + 1)
        for part in (ids[:middle], ids[middle:])
    )
