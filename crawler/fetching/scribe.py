"""From answers to snapshots: keeps each photo's chain of looks and writes its snapshots when the chain ends.

Also the place where the breaker counts losses (DESIGN §4) and where photos last read by an older reader are
read again, so that a better reader is never taken for a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from crawler.evidence import recall
from crawler.evidence.places import Photo, remember_owner
from crawler.evidence.record import Recorder, SnapshotRow
from crawler.fetching.robots_desk import READER, read_site
from crawler.model import Field, Look, Permission, Reason, Status
from crawler.reading.findings import author_of, findings_of, merge
from crawler.sources.spider import SourceSpider

PhotoKey = tuple[str, str]  # (source, native id)
Pair = tuple[int, int]  # (capture, reading) row ids

#: Why a photo was not asked for, or a group rests → what its snapshot says.
_UNSEEN = {
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


@dataclass(slots=True)
class Chain:
    """One photo between its first request and its snapshot. ``open``: targets that are still to be answered."""

    photo: Photo
    looks: list[Look] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    open: int = 0


class Scribe:
    """Writes snapshots of one refresh.

    ``standing``: per source, listed images that stood at their last conclusive look; ``breaker(lost,
    standing)`` says when losses look like an outage. ``tally`` counts images per (source, status, reason).
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

    def settle(self, key: PhotoKey, site: tuple[Look, Pair] | None = None) -> None:
        """The chain has ended: write the snapshots. ``site``: what the site's robots.txt says of all its
        pages.
        """
        chain = self.chains.pop(key)
        looks, pairs = chain.looks, chain.pairs
        if site is not None and any(look.status is not None and look.status.conclusive for look in looks):
            looks, pairs = [*looks, replace(site[0], native_id=key[1])], [*pairs, site[1]]
        look = merge(looks) if looks else Look(key[1], Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
        self._write(chain.photo, look, tuple(pairs), None)

    def unseen(self, key: PhotoKey, reason: Reason, permission: Permission | None) -> None:
        """The photo was not asked for, or no more: ``permission`` is the decision that says why."""
        chain = self.chains.pop(key)
        if any(look.status is not None and look.status.conclusive for look in chain.looks):
            # Only a follow-up was denied; what the first answer said stands.
            self._write(chain.photo, merge(chain.looks), tuple(chain.pairs), None)
            return
        status = _UNSEEN.get(reason, Status.DISALLOWED)
        row = None if permission is None else self._recorder.permission(permission)
        self._write(chain.photo, Look(key[1], status, reason), tuple(chain.pairs), row)

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

    def _write(self, photo: Photo, look: Look, pairs: tuple[Pair, ...], permission: int | None) -> None:
        source = photo.wanted.ref.source
        status = look.status or Status.UNREADABLE
        if status.conclusive and photo.reader not in (None, self._reader(source)):
            self._supersede(photo)
        self._snapshot_of(photo.images, look, pairs, permission, self._reader(source))
        owner = next((c.value for c in look.claims if c.field is Field.AUTHOR_ID and c.value), None)
        if owner is not None and owner != photo.wanted.ref.owner and not self._recorder.hides(look):
            remember_owner(self._recorder, photo.images, owner)
        if look.reason is Reason.UNKNOWN_LICENSE_ID:
            self.unknown_license_ids.update(
                c.raw for c in look.claims if c.field is Field.LICENSE and c.value is None
            )
        if status.lost and photo.standing:
            self._count_loss(source, len(photo.images))

    def _snapshot_of(
        self,
        images: tuple[int, ...],
        look: Look,
        pairs: tuple[Pair, ...],
        permission: int | None,
        reader: str,
    ) -> None:
        findings = findings_of(look)
        findings_row = self._recorder.findings(findings)
        author = self._recorder.pseudonym(author_of(look))
        source = reader.partition("/")[0]
        for image in images:
            self._recorder.snapshot(
                SnapshotRow(
                    image,
                    self._refresh,
                    findings.status,
                    findings.reason,
                    findings_row,
                    author,
                    reader,
                    pairs,
                    permission,
                )
            )
            self.tally[source, findings.status, findings.reason] += 1

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


def snapshot_reader(spider: SourceSpider) -> str:
    """The reader versions a snapshot of this source rests on, such as "flickr/1+robots/1"."""
    return f"{spider.reader()}+{READER}"


def reread(
    recorder: Recorder, spider: SourceSpider, native_id: str, old: recall.RecalledSnapshot
) -> SnapshotRow | None:
    """The same look through today's reader, as a superseding snapshot; ``None`` when a body it needs was
    forgotten.
    """
    looks: list[Look] = []
    pairs: list[Pair] = []
    for pair in old.looks:
        seen = recall.recalled_look(recorder.file, spider.name, native_id, pair)
        if seen.reader in (spider.reader(), READER):
            looks.append(seen.look)  # read by today's reader already
            pairs.append(pair)
            continue
        if seen.body_sha256 is not None and seen.body_id is None:
            return None
        if seen.reader.startswith("robots/"):
            found, reader = [read_site(seen.capture, native_id)[1]], READER
        else:
            answer = spider.read(seen.capture)
            found, reader = [look for look in answer.looks if look.native_id == native_id], spider.reader()
        looks += found
        pairs += [(seen.capture_id, recorder.reading(reader, look)) for look in found]
    if not looks:
        return None
    look = merge(looks)
    findings = findings_of(look)
    return SnapshotRow(
        old.image,
        old.refresh,
        findings.status,
        findings.reason,
        recorder.findings(findings),
        recorder.pseudonym(author_of(look)),
        snapshot_reader(spider),
        tuple(pairs),
        None,
        old.id,
        old.at,
    )
