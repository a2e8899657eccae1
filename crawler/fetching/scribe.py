"""From answers to snapshots: keeps each photo's chain of looks and writes its snapshots when the chain ends.

Also the place where the breaker counts losses (DESIGN §4) and where photos last read by an older reader are
read again, so that a better reader is never taken for a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from crawler.evidence import places, recall
from crawler.evidence.places import Photo, remember_owner
from crawler.evidence.record import Recorder, SnapshotRow
from crawler.fetching.fill_rates import FillRates
from crawler.fetching.pictures_desk import NAME, read_picture
from crawler.fetching.reread import reread, snapshot_reader
from crawler.model import Field, Look, Permission, Reason, Status
from crawler.reading.embedded.look import READER as PICTURE_READER
from crawler.reading.findings import author_of, findings_of, merge
from crawler.sources.spider import SourceSpider

PhotoKey = tuple[str, str]  # (source, native id)
Pair = tuple[int, int]  # (capture, reading) row ids

#: Why a photo was not asked for, or a group rests → what its snapshot says.
UNSEEN = {
    Reason.DNS: Status.UNREACHABLE,
    Reason.TLS: Status.UNREACHABLE,
    Reason.TIMEOUT: Status.UNREACHABLE,
    Reason.CONNECTION: Status.UNREACHABLE,
    Reason.SERVICE_TROUBLE: Status.UNREACHABLE,
    Reason.SUSPECT_OUTAGE: Status.UNREACHABLE,
    Reason.SOURCE_RESTING: Status.REFUSED,
    Reason.RATE_LIMITED: Status.REFUSED,
    Reason.FORBIDDEN: Status.REFUSED,
    Reason.BAD_KEY: Status.DISALLOWED,
}


#: Only photos that are publicly there have a picture worth asking for.
_SHOWN = frozenset({Status.AVAILABLE, Status.MOVED})


@dataclass(slots=True)
class Chain:
    """One photo between its first request and its snapshot. ``open``: targets that are still to be answered.
    ``picture``: what its picture file says, if that was asked for and came.
    """

    photo: Photo
    looks: list[Look] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    open: int = 0
    picture: tuple[Look, Pair] | None = None


class Scribe:
    """Writes snapshots of one refresh.

    ``standing``: per source, listed images that stood at their last conclusive look; ``breaker(lost,
    standing)`` says when losses look like an outage. ``tally`` counts images per (source, status, reason),
    ``filled`` which fields the photos that are there have.
    """

    def __init__(
        self,
        recorder: Recorder,
        refresh: int,
        spiders: Mapping[str, SourceSpider],
        *,
        standing: Mapping[str, int],
        breaker: Callable[[int, int], bool],
        loss_accepted: frozenset[str] = frozenset(),
    ) -> None:
        self._recorder = recorder
        self._refresh = refresh
        self._spiders = spiders
        self._standing = standing
        self._breaker = breaker
        self._accepted = loss_accepted
        self._lost: Counter[str] = Counter()
        self._reread: dict[int, SnapshotRow | None] = {}
        self.chains: dict[PhotoKey, Chain] = {}
        self.tally: Counter[tuple[str, Status, Reason]] = Counter()
        self.filled = FillRates()
        self.outages: set[str] = set()
        self.unknown_license_ids: Counter[str] = Counter()

    def begin(self, photo: Photo) -> Chain:
        """Open a photo's chain."""
        chain = Chain(photo)
        self.chains[photo.wanted.ref.source, photo.wanted.ref.native_id] = chain
        return chain

    def heard(self, key: PhotoKey, look: Look, pair: Pair) -> None:
        """One answer about one photo."""
        chain = self.chains[key]
        chain.looks.append(look)
        chain.pairs.append(pair)

    def pictured(self, key: PhotoKey, look: Look, pair: Pair) -> None:
        """What the photo's picture file says. It has no say in the status, and stands apart from what the page says,
        so that a refresh without pictures and one with them can be compared.
        """
        self.chains[key].picture = (look, pair)

    def shown(self, key: PhotoKey) -> bool:
        """Whether the answers so far say that the photo is publicly there."""
        looks = self.chains[key].looks
        return bool(looks) and merge(looks).status in _SHOWN

    def settle(self, key: PhotoKey, site: tuple[Look, Pair] | None = None) -> None:
        """The chain has ended: write the snapshots. ``site``: what the site's robots.txt says of all its
        pages.
        """
        chain = self.chains.pop(key)
        looks, pairs = chain.looks, chain.pairs
        if site is not None and any(look.status is not None and look.status.conclusive for look in looks):
            looks, pairs = [*looks, replace(site[0], native_id=key[1])], [*pairs, site[1]]
        look = merge(looks) if looks else Look(key[1], Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
        self._write(chain, look, tuple(pairs), None)

    def unseen(self, key: PhotoKey, reason: Reason, permission: Permission | None) -> None:
        """The photo was not asked for, or no more: ``permission`` is the decision that says why."""
        chain = self.chains.pop(key)
        if any(look.status is not None and look.status.conclusive for look in chain.looks):
            # Only a follow-up was denied; what the first answer said stands.
            self._write(chain, merge(chain.looks), tuple(chain.pairs), None)
            return
        status = UNSEEN.get(reason, Status.DISALLOWED)
        row = None if permission is None else self._recorder.permission(permission)
        self._write(chain, Look(key[1], status, reason), tuple(chain.pairs), row)

    def placeless(self, image: int, source: str, *, forgotten: bool) -> None:
        """An image that leads to no page, or whose photo was forgotten on request."""
        if forgotten:
            denied = Permission(
                allowed=False, basis="suppressed", reason=Reason.SUPPRESSED, rule="forgotten on request"
            )
            look = Look("", Status.DISALLOWED, Reason.SUPPRESSED)
            permission = self._recorder.permission(denied)
        else:
            look, permission = Look("", Status.UNSUPPORTED, Reason.NO_SOURCE_PAGE), None
        self._snapshot_of((image,), look, (), permission, self._reader(source))

    def _write(self, chain: Chain, look: Look, pairs: tuple[Pair, ...], permission: int | None) -> None:
        photo = chain.photo
        source = photo.wanted.ref.source
        status = look.status or Status.UNREADABLE
        plain = self._reader(source)
        with_picture = f"{plain}+{PICTURE_READER}"
        seen_before = photo.reader is not None and NAME in photo.reader
        picture = chain.picture if status in _SHOWN else None
        if picture is None and seen_before and status in _SHOWN:
            picture = self._earlier_picture(photo)
        # Where a photo is not there, nobody asks for its picture: what its earlier looks were compared by stays.
        reader = with_picture if picture is not None or (seen_before and status not in _SHOWN) else plain
        if status.conclusive and photo.reader not in (None, plain, with_picture):
            self._supersede(photo)
        self._tell(look, source, photo, status)
        if picture is None:
            self._snapshot_of(photo.images, look, pairs, permission, reader)
            return
        first: list[int] | None = None
        if photo.reader is not None and not seen_before:
            # The first look with pictures after looks without: the page is compared with the page first, and what
            # the picture adds supersedes that within the same look, where it is no change.
            first = self._snapshot_of(photo.images, look, pairs, permission, plain)
        merged, every = merge([look, picture[0]]), (*pairs, picture[1])
        self._snapshot_of(photo.images, merged, every, permission, reader, superseded=first)

    def _tell(self, look: Look, source: str, photo: Photo, status: Status) -> None:
        """What is kept of a photo's look beside its snapshot: tallies, the owner's id, losses."""
        self.filled.count(source, look, there=status is Status.AVAILABLE)
        owner = next((c.value for c in look.claims if c.field is Field.AUTHOR_ID and c.value), None)
        if owner is not None and owner != photo.wanted.ref.owner and not self._recorder.hides(look):
            remember_owner(self._recorder, photo.images, owner)
        if look.reason is Reason.UNKNOWN_LICENSE_ID:
            self.unknown_license_ids.update(
                c.raw for c in look.claims if c.field is Field.LICENSE and c.value is None
            )
        if status.lost and photo.standing:
            self._count_loss(source, len(photo.images))

    def _earlier_picture(self, photo: Photo) -> tuple[Look, Pair] | None:
        """What the picture said when it was last read: a reservation in it does not go because nobody looked again.

        Read again where today's reader is another one; ``None`` where its metadata was forgotten.
        """
        pair = places.picture_look(self._recorder.file, photo.images, NAME)
        if pair is None:
            return None
        ref = photo.wanted.ref
        seen = recall.recalled_look(self._recorder.file, ref.source, ref.native_id, pair)
        if seen.reader == PICTURE_READER:
            return seen.look, pair
        if seen.body_id is None:
            return None
        again = read_picture(seen.capture, ref.native_id)
        return again, (pair[0], self._recorder.reading(PICTURE_READER, again))

    def _snapshot_of(
        self,
        images: tuple[int, ...],
        look: Look,
        pairs: tuple[Pair, ...],
        permission: int | None,
        reader: str,
        *,
        superseded: list[int] | None = None,
    ) -> list[int]:
        """One snapshot for each image, in their order; ``superseded``: those of the same look that they correct."""
        findings = findings_of(look)
        findings_row = self._recorder.findings(findings)
        author = self._recorder.pseudonym(author_of(look))
        source = reader.partition("/")[0]
        rows = []
        for n, image in enumerate(images):
            row = SnapshotRow(
                image,
                self._refresh,
                findings.status,
                findings.reason,
                findings_row,
                author,
                reader,
                pairs,
                permission,
                None if superseded is None else superseded[n],
            )
            rows.append(self._recorder.snapshot(row))
            if superseded is None:
                self.tally[source, findings.status, findings.reason] += 1
        return rows

    def _reader(self, source: str) -> str:
        spider = self._spiders.get(source)
        return snapshot_reader(spider) if spider is not None else f"{source}/0"

    def _count_loss(self, source: str, images: int) -> None:
        self._lost[source] += images
        if source in self._accepted or source in self.outages:
            return
        if self._breaker(self._lost[source], self._standing.get(source, 0)):
            self.outages.add(source)

    def _supersede(self, photo: Photo) -> None:
        """Read the last conclusive look of these images again with today's reader, and append what it says
        now.
        """
        for snapshot in photo.latest:
            old = recall.snapshot(self._recorder.file, snapshot)
            again = reread(
                self._recorder, self._spiders[photo.wanted.ref.source], photo.wanted.ref.native_id, old
            )
            if again is not None:
                self._recorder.snapshot(again)
