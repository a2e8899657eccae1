"""The rehearsal world: every photo computed from its number, nothing stored, equal for equal seeds.

Photo *n* belongs to a kind of site by a fixed pattern, so its rank among its kind follows from *n*; ids that
travel over the wire hold *n*, so a request finds its photo without an index. A world of 100,000 images
therefore takes no more memory than one of 300.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rehearsal import deeds, words
from rehearsal.fates import COLLECTED, PASSING, STEPS, fate_of, step_time
from rehearsal.photo import Owner, Photo, Relicensing, Stand

FLICKR_API = "api.flickr.com"
FLICKR_WWW = "www.flickr.com"
COMMONS = "commons.wikimedia.org"
FLICKR_FILES, COMMONS_FILES = "live.staticflickr.com", "upload.wikimedia.org"

#: The one API key this web accepts. It opens nothing anywhere else.
FLICKR_KEY = "0123456789abcdef0123456789abcdef"

#: Shares of the kinds of site: two thirds APIs, the rest plain pages of seven temperaments.
MIX = {
    "flickr": 9, "commons": 4, "rel_license": 2,
    "footer": 1, "barred": 1, "slow": 1, "flaky": 1, "walled": 1, "odd": 1,
}  # fmt: skip

#: Plain hosts by kind, under .example, which leads nowhere outside a rehearsal (RFC 2606).
PLAIN_HOSTS = {
    "rel_license": "meadowlight",
    "footer": "harborprints",
    "barred": "closedgarden",
    "slow": "slowtide",
    "flaky": "flaky-kiln",
    "walled": "members-lane",
    "odd": "oddments",
}
_FLICKR_BASE, _FLICKR_STRIDE = 48_000_000_019, 7_919
_REPEAT_EVERY = 12  # every twelfth row shows the photo of the row before it


@dataclass(frozen=True, slots=True)
class Row:
    """One manifest row: its key and the photo it shows."""

    index: int
    photo: Photo


class World:
    """``images`` manifest rows on Flickr, Commons and ``hosts`` plain hosts; every twelfth is a repeat.

    ``mix`` gives the weight of each kind of site (see ``MIX``); each plain kind in it gets at least one host.
    ``step`` is where the timeline stands, ``start`` the time of day 0, UTC. With ``brief_trouble`` every
    passing trouble (``fates.PASSING``) is over at the second request: a demo cannot wait for long retries.
    """

    def __init__(
        self,
        images: int = 300,
        hosts: int = 7,
        seed: int = 7,
        *,
        mix: Mapping[str, int] = MIX,
        start: datetime = datetime(2026, 9, 1, 9, tzinfo=UTC),
        step: int = 0,
        brief_trouble: bool = False,
    ) -> None:
        self.brief_trouble = brief_trouble
        self.images, self.seed, self.start = images, seed, start
        self.photos = images - images // _REPEAT_EVERY
        self._pattern = _interleaved(mix)
        self._weights = dict(mix)
        self._rank = [self._pattern[:place].count(kind) for place, kind in enumerate(self._pattern)]
        self._places = {
            kind: [place for place, found in enumerate(self._pattern) if found == kind] for kind in mix
        }
        self.plain = _plain_hosts([kind for kind in mix if kind in PLAIN_HOSTS], hosts)
        self._by_kind: dict[str, list[str]] = {}
        for host, kind in self.plain.items():
            self._by_kind.setdefault(kind, []).append(host)
        self.step = 0
        self.go_to(step)

    def go_to(self, step: int) -> None:
        """Set the timeline. Raises ``IndexError`` for a step it does not have."""
        step_time(self.start, step)
        self.step = step

    @property
    def now(self) -> datetime:
        return step_time(self.start, self.step)

    @property
    def collected(self) -> datetime:
        """When the manifests of this world say they were collected."""
        return self.start + timedelta(days=COLLECTED)

    # -- rows and photos

    def row(self, index: int) -> Row:
        return Row(index, self.photo(index - (index + 1) // _REPEAT_EVERY))

    def rows(self) -> Iterator[Row]:
        return map(self.row, range(self.images))

    def photo(self, number: int) -> Photo:
        """Raises ``IndexError`` when the world has no such photo."""
        if not 0 <= number < self.photos:
            raise IndexError(f"the world has {self.photos} photos, no number {number}")
        block, place = divmod(number, len(self._pattern))
        kind = self._pattern[place]
        ordinal = block * self._weights[kind] + self._rank[place]
        seed = self.seed
        owner = self.owner(block * 3 + words.roll(seed, "owner", number) % 3)
        title = words.title(seed, number)
        posted = self.collected - timedelta(
            days=400 + words.roll(seed, "posted", number) % 2000, minutes=number % 997
        )
        if kind == "flickr":
            host, native = FLICKR_WWW, str(_FLICKR_BASE + number * _FLICKR_STRIDE)
            page = f"https://{host}/photos/{owner.path_alias or owner.nsid}/{native}/"
            secret = f"{words.roll(seed, 'secret', number) % 16**10:010x}"
            image = f"https://live.staticflickr.com/65535/{native}_{secret}_b.jpg"
            first = words.pick(deeds.FLICKR_START, seed, "deed", number)
        elif kind == "commons":
            host, native = COMMONS, f"File:{title} ({number:06d}).jpg"
            name = native[5:].replace(" ", "_")
            digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
            page = f"https://{host}/wiki/File:{name}"
            image = f"https://upload.wikimedia.org/wikipedia/commons/{digest[0]}/{digest[:2]}/{name}"
            first = words.pick(deeds.COMMONS_START, seed, "deed", number)
        else:
            fellows = self._by_kind[kind]
            host, native = fellows[ordinal % len(fellows)], f"{number:06d}"
            page = f"https://{host}/photo/{native}"
            image = f"https://{host}/media/{native}.jpg"
            first = words.pick(deeds.PAGE_START, seed, "deed", number)
        return Photo(
            number, kind, host, ordinal, native, page, image, owner, title,
            _description(seed, number), words.tags(seed, number), words.roll(seed, "people", number) % 6 == 0,
            posted - timedelta(days=1 + number % 30), posted, first, fate_of(kind, ordinal),
        )  # fmt: skip

    def owner(self, number: int) -> Owner:
        seed, name = self.seed, words.person(self.seed, number)
        alias = "" if number % 4 == 1 else words.slug(name).replace("-", "") + str(number)
        return Owner(
            number,
            f"{21_000_000 + number * 37}@N0{number % 9}",
            name,
            f"{name.split(' ', maxsplit=1)[0]} {words.pick(words.LAST, seed, 'new', number)} Studio",
            name if number % 3 == 0 else "",
            "".join(letter for letter in alias if letter.isascii()),
            gone_from=1 if number % 16 == 6 else -1,
            renamed_from=1 if number % 11 == 3 else -1,
        )

    # -- from what travels over the wire back to the photo

    def flickr_photo(self, photo_id: str) -> Photo | None:
        if not photo_id.isdecimal():
            return None
        number, rest = divmod(int(photo_id) - _FLICKR_BASE, _FLICKR_STRIDE)
        return None if rest else self._known(number, "flickr")

    def flickr_owner(self, nsid: str) -> Owner | None:
        digits = nsid.partition("@")[0]
        if not digits.isdecimal():
            return None
        number, rest = divmod(int(digits) - 21_000_000, 37)
        blocks = -(-self.photos // len(self._pattern))
        if rest or not 0 <= number < blocks * 3:
            return None
        owner = self.owner(number)
        return owner if owner.nsid == nsid else None

    def owner_photos(self, owner: Owner) -> list[Photo]:
        """Flickr photos of one owner (they lie in one block of the pattern)."""
        start = owner.number // 3 * len(self._pattern)
        numbers = (start + place for place in self._places.get("flickr", ()))
        photos = [self.photo(number) for number in numbers if number < self.photos]
        return [photo for photo in photos if photo.owner == owner]

    def commons_photo(self, title: str) -> Photo | None:
        """``title`` in normal form: spaces, capital first letter, ``File:`` before it."""
        digits = title[-11:-5]
        photo = self._known(int(digits), "commons") if digits.isdecimal() else None
        return photo if photo and title in (photo.native_id, renamed_title(photo)) else None

    def plain_photo(self, host: str, digits: str) -> Photo | None:
        photo = self._known(int(digits), self.plain[host]) if digits.isdecimal() else None
        return photo if photo and photo.host == host else None

    def _known(self, number: int, kind: str) -> Photo | None:
        if not 0 <= number < self.photos or self._pattern[number % len(self._pattern)] != kind:
            return None
        return self.photo(number)

    # -- how things stand

    def stand(self, photo: Photo, step: int | None = None) -> Stand:
        """How ``photo`` stands at ``step`` (default: where the timeline is)."""
        at = self.step if step is None else step
        now, fate, owner = step_time(self.start, at), photo.fate, photo.owner
        history: tuple[Relicensing, ...] = ()
        deed = photo.first
        if fate.relicensed:
            day, way = fate.relicensed
            when = max(
                self.start + timedelta(days=day, minutes=photo.number % 701), photo.posted + timedelta(days=1)
            )
            ways = {"narrower": deeds.NARROWER, "wider": deeds.WIDER, "closed": {}}
            new = (deeds.CORRECTED if photo.kind == "commons" else ways[way]).get(deed, deeds.ARR)
            if when <= now and new != deed:
                history, deed = (Relicensing(when, deed, new),), new
        access = fate.access_at(at)
        if self.brief_trouble and access in PASSING:
            access = "public"
        if photo.kind == "flickr" and owner.gone_at(at) and fate.access_at(0) == "public":
            access = (
                "account_gone"  # a photo nobody ever saw tells no owner whose account could be asked about
            )
        signed = bool(fate.sign) and at >= fate.sign_from
        events = [photo.posted, *(change.at for change in history)]
        if signed and fate.sign_from:
            events.append(self.start + timedelta(days=7))
        return Stand(
            photo, at, access, deed, history, owner.name_at(at),
            (*photo.tags, "no_cv") if signed and fate.sign == "no_cv" else photo.tags,
            signed and fate.sign == "noai", signed and fate.sign == "deletion_request", max(events),
        )  # fmt: skip

    def declared(self, photo: Photo) -> deeds.Deed:
        """What the manifests say: the licence at upload, so wrong where it changed before the collection."""
        return photo.first

    def last_step(self) -> int:
        return len(STEPS) - 1


def renamed_title(photo: Photo) -> str:
    """The title a Commons file carries after it was renamed; its number stays in it."""
    return f"File:{photo.title}, renamed ({photo.number:06d}).jpg"


def _description(seed: int, number: int) -> str:
    dice = words.roll(seed, "text", number) % 14
    if dice == 3:
        return "Signed model release on file for everybody shown."
    if dice == 7:
        return "No model release available."
    return "" if dice % 3 else f"Seen on a {words.pick(words.MOOD, seed, 'walk', number).lower()} walk."


def _interleaved(mix: Mapping[str, int]) -> list[str]:
    """Each kind as often as its weight says, spread evenly: [a, b, a, c, a, …]."""
    places = [((turn + 0.5) / weight, kind) for kind, weight in mix.items() for turn in range(weight)]
    return [kind for _, kind in sorted(places)]


def _plain_hosts(kinds: list[str], hosts: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for turn in range(max(hosts, len(kinds)) if kinds else 0):
        kind = kinds[turn % len(kinds)]
        copy = turn // len(kinds)
        found[f"{PLAIN_HOSTS[kind]}{f'-{copy}' if copy else ''}.example"] = kind
    return found
