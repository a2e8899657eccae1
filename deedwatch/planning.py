"""What a refresh would ask of whom, for how long, and what is missing: computed before a byte is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from crawler.fetching.documents import texts
from crawler.model import SourceRef, Wanted
from crawler.politeness.pacing import DEFAULT_RATE
from crawler.sources.discovery import spiders
from crawler.sources.urls import host_of, registrable
from deedwatch.progress import duration


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """One source's share. ``seconds`` at the polite rate of its busiest group; ``missing`` sentences with
    remedies.
    """

    source: str
    images: int
    photos: int
    groups: int
    requests: int
    seconds: float
    allows: str
    missing: tuple[str, ...]


def plan(places: Iterable[SourceRef], keys: Mapping[str, str], accepted: frozenset[str]) -> list[SourcePlan]:
    """Plans per source, most images first. ``places``: one per manifest row. robots.txt requests are not
    counted.
    """
    photos: dict[str, dict[str, SourceRef]] = {}
    images: Counter[str] = Counter()
    for place in places:
        images[place.source] += 1
        photos.setdefault(place.source, {}).setdefault(place.native_id, place)
    return [
        _source(name, count, photos[name].values(), keys, accepted) for name, count in images.most_common()
    ]


def _source(
    name: str,
    images: int,
    photos: Collection[SourceRef],
    keys: Mapping[str, str],
    accepted: frozenset[str],
) -> SourcePlan:
    kind = spiders().get(name)
    if kind is None:
        return SourcePlan(
            name, images, len(photos), 0, 0, 0.0, "No source page can be derived from the list.", ()
        )
    terms = kind.terms
    interval = 1 / DEFAULT_RATE
    if terms.quota is not None:
        interval = max(interval, terms.quota.seconds / terms.quota.requests)
    # the spider's own first requests: only it knows what it can batch; follow-ups depend on the answers
    groups = Counter(target.group for target in kind().targets([Wanted(ref) for ref in photos]))
    missing = []
    if terms.key is not None and terms.key.setting not in keys:
        missing.append(keyless(name, len(photos)))
    if terms.needs_acceptance and name not in accepted:
        missing.append(
            f"{name}: accept its terms with --accept-terms {name}. {terms.allows} ({terms.address})"
        )
    return SourcePlan(
        name,
        images,
        len(photos),
        len(groups),
        groups.total(),
        max(groups.values(), default=0) * interval,
        terms.allows,
        tuple(missing),
    )


@dataclass(frozen=True, slots=True)
class ExtraPlan:
    """Requests beside the photos' own: ``what`` is "documents" or "pictures"; ``seconds`` at the polite rate of the
    busiest host, one after another.
    """

    what: str
    requests: int
    groups: int
    seconds: float


def documents(places: Iterable[SourceRef], licenses: Mapping[str | None, int]) -> ExtraPlan:
    """License and terms pages of the list's sources, and of the licences the list declares (id → rows); the sources
    may state others. Pages read within the last day are not asked for again.
    """
    used = Counter(place.source for place in places)
    declared = [name for name, _ in Counter(licenses).most_common() if name is not None]
    terms = [spiders()[name].terms for name, _ in used.most_common() if name in spiders()]
    urls = [text.url for text in texts(terms, declared)]
    return _extra("documents", urls)


def pictures(urls: Iterable[str]) -> ExtraPlan:
    """The picture files that rows of the list name: ``--images metadata`` asks for the leading bytes of those whose
    photo is there, and a second time where metadata stands further back.
    """
    return _extra("pictures", [url for url in urls if url.lower().startswith(("http://", "https://"))])


def _extra(what: str, urls: list[str]) -> ExtraPlan:
    groups = Counter(registrable(host_of(url)) for url in urls)
    return ExtraPlan(what, len(urls), len(groups), max(groups.values(), default=0) / DEFAULT_RATE)


def extra_sentence(extra: ExtraPlan) -> str:
    """One line for people."""
    hosts = f" in {extra.groups:,} politeness groups" if extra.groups > 1 else ""
    if extra.what == "documents":
        return (
            f"License and terms pages: up to {extra.requests:,} requests{hosts}, {duration(extra.seconds)} when the"
            " photos are done."
        )
    return (
        f"Picture metadata: up to {extra.requests:,} requests{hosts} for the leading bytes of the pictures,"
        f" {duration(extra.seconds)} at the polite rate, beside the pages."
    )


def keyless(name: str, photos: int) -> str:
    """One sentence for a source that answers only with a key; said before anything is sent."""
    setting = spiders()[name].terms.key
    assert setting is not None
    if name == "flickr":
        return (
            f"flickr: {photos:,} photos will not be looked at, because Flickr's robots.txt bars every crawler it does"
            f" not name and means its API instead: set {setting.setting} to a key of your own"
            " (https://www.flickr.com/services/apps/create/), and they will be."
        )
    return f"{name}: {photos:,} photos will not be looked at without a key of your own in {setting.setting}."


def sentences(plans: list[SourcePlan]) -> list[str]:
    """The plan as lines for people."""
    lines = []
    for p in plans:
        if p.source == "none":
            lines.append(f"{p.images:,} images lead to no source page; they stay as they are declared.")
            continue
        hosts = f" in {p.groups:,} politeness groups" if p.groups > 1 else ""
        lines.append(
            f"{p.source}: {p.images:,} images, {p.photos:,} photos, {p.requests:,} requests{hosts},"
            f" {duration(p.seconds)} at the polite rate."
        )
    longest = max((p.seconds for p in plans), default=0.0)
    lines.append(
        f"All sources run side by side: about {duration(longest)} in all, robots.txt and retries apart."
    )
    return lines
