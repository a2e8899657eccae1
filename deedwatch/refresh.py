"""The main job, put together from the rooms: manifest → listing → visits → snapshots → changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.errors import BadInput, MixedEvidence
from crawler.evidence import derive, listing, places, refreshes
from crawler.evidence.clock import MILLISECONDS
from crawler.evidence.file import EvidenceFile
from crawler.evidence.forget import retain
from crawler.evidence.record import Recorder
from crawler.licenses.recognise import recognise
from crawler.manifests.open import WHOLE_FILE, Manifest
from crawler.model import ImageRef, RowProblem, SourceRef
from crawler.politeness.gate import Gate
from crawler.politeness.identity import require_contact
from crawler.politeness.pacing import Pacing, rehearsal_rate
from crawler.sources.discovery import spiders as find_spiders
from crawler.sources.resolve import resolve
from dataset_cards.changes.detect import breaker_trips
from deedwatch.rules import RULES
from deedwatch.settings import IMAGES, Settings, dataset_name

if TYPE_CHECKING:
    from crawler.fetching.conductor import Conductor
    from crawler.fetching.fill_rates import FillRates
    from crawler.fetching.wire import Download

#: Row problems shown in full; the others are counted.
SHOWN_PROBLEMS = 10


@dataclass(slots=True)
class Run:
    """One ``refresh`` command from its start to its summary."""

    file: EvidenceFile
    manifest: Manifest
    name: str
    settings: Settings
    accept_terms: frozenset[str] = frozenset()
    accept_loss: tuple[tuple[str, str], ...] = ()  # (source, why)
    where: tuple[str, ...] = ()  # how the user named the evidence file: ("--db", FILE) or ("--dataset", NAME)
    problems: list[RowProblem] = field(default_factory=list)
    problem_count: int = 0
    broken_off: RowProblem | None = None
    resumed: bool = False
    refresh: int = 0
    whole: bool = False
    retained: dict[str, int] = field(default_factory=dict)  # source → images whose free text went
    conductor: Conductor | None = None
    filled: FillRates | None = None  # of the whole refresh, once it has ended


def key_names() -> tuple[str, ...]:
    """The environment variables of all sources' API keys."""
    terms = (spider.terms for spider in find_spiders().values())
    return tuple(sorted({t.key.setting for t in terms if t.key is not None}))


def check_sources(names: tuple[str, ...], flag: str) -> None:
    """Raise BadInput when a flag names a source there is none of."""
    known = find_spiders()
    for name in names:
        if name not in known:
            raise BadInput(f"{flag} {name}: there is no such source; there are {', '.join(sorted(known))}.")


def name_of(file: EvidenceFile, asked: str | None, manifest: Path) -> str:
    """The dataset's name: as asked, else the one on record, else the manifest's file name.

    Raises BadInput for a name other than the one on record: rows of one list would be missing rows of the other.
    """
    known = refreshes.dataset_name(file)
    if asked is not None and known is not None and asked != known:
        raise BadInput(
            f"{file.path} holds dataset {known!r}, not {asked!r}; give {asked!r} a file of its own (--db)."
        )
    return asked or known or dataset_name(manifest)


def keep_apart(file: EvidenceFile, *, rehearsal: bool) -> None:
    """Raise MixedEvidence where looks of the other kind are on record: evidence of nothing real must not stand beside
    evidence of something.
    """
    if refreshes.kinds(file) - {rehearsal}:
        there, here = ("the real web", "a rehearsal") if rehearsal else ("a rehearsal", "the real web")
        raise MixedEvidence(
            f"{file.path} holds looks at {there}, and this would be {here}: give it an evidence file of its own (--db)."
        )


def list_images(run: Run, recorder: Recorder, show: Callable[[int], None]) -> listing.Listing | None:
    """Read the manifest into the file; ``None`` when it is the one already on record."""
    manifest = run.manifest
    facts = listing.ManifestFacts(
        run.name,
        manifest.path.name,
        bytes.fromhex(manifest.sha256()),
        manifest.format,
        dict(manifest.mapping),
    )
    if listing.same_manifest(run.file, facts):
        return None
    book = listing.ListingBook(recorder, facts)
    count = 0
    for image in _images(run):
        book.add(read_image(image))
        count += 1
        if count % 5000 == 0:
            show(count)
    if count == 0:
        raise BadInput(f"{manifest.path} was read as {manifest.format} and holds no image rows{_first(run)}.")
    return book.close(run.problem_count, whole=run.broken_off is None)


def _first(run: Run) -> str:
    return f"; the first problem: {run.problems[0]}" if run.problems else ""


def _images(run: Run) -> Iterator[ImageRef]:
    for row in run.manifest.rows():
        if isinstance(row, RowProblem):
            run.problem_count += 1
            if row.field == WHOLE_FILE:
                run.broken_off = row
            if len(run.problems) < SHOWN_PROBLEMS:
                run.problems.append(row)
        else:
            yield row


def read_image(ref: ImageRef) -> listing.ReadImage:
    """A manifest row with its place and what it declares."""
    license_id, state = declared_license(ref.declared.license_url, ref.declared.license)
    place = resolve(ref)
    if place.source == "none":
        place = SourceRef("none", place.native_id or "", "", None, None)
    return listing.ReadImage(ref, place, license_id, state)


@lru_cache(maxsize=4096)
def declared_license(url: str | None, name: str | None) -> tuple[str | None, str]:
    """(canonical id, known · not_understood · not_stated) of a declared licence; the URL says it more
    exactly.
    """
    stated = [text for text in (url, name) if text and text.strip()]
    for text in stated:
        found = recognise(text)
        if found.license is not None:
            return found.license.id, "known"
    return None, "not_understood" if stated else "not_stated"


def begin(run: Run, recorder: Recorder, versions: dict[str, str]) -> None:
    """Start a refresh, or resume the last one if it never finished."""
    rehearsal = run.settings.rehearsal
    reach = {"images": IMAGES[run.settings.pictures], "documents": run.settings.documents}
    left = refreshes.unfinished(run.file)
    if left is not None:
        run.refresh, run.resumed = left.id, True
        recorder.refresh_event(run.refresh, "resumed", rehearsal=rehearsal, detail=reach)
    else:
        run.refresh = recorder.refresh_event(
            None, "started", rehearsal=rehearsal, detail={"versions": versions, **reach}
        )
    for source in sorted(run.accept_terms):
        terms = find_spiders()[source].terms
        recorder.refresh_event(
            run.refresh,
            "terms_accepted",
            rehearsal=rehearsal,
            source=source,
            detail={"address": terms.address, "read": terms.checked},
        )
    for source, why in run.accept_loss:
        tripped = refreshes.last_outage(run.file, source)
        for refresh in dict.fromkeys(r for r in (tripped, run.refresh) if r is not None):
            recorder.refresh_event(
                refresh, "loss_accepted", rehearsal=rehearsal, source=source, detail={"why": why}
            )
    recorder.writer.commit()


def accepted_sources(run: Run) -> frozenset[str]:
    """Sources whose terms were accepted: now, in the settings file, or earlier on the record for the same
    terms.
    """
    on_record = refreshes.accepted_terms(run.file)
    earlier = {name for name, spider in find_spiders().items() if (name, spider.terms.checked) in on_record}
    return run.accept_terms | set(run.settings.accept_terms) | earlier


def visit(run: Run, recorder: Recorder, progress: Callable[[Conductor], None]) -> None:
    """Visit every photo that has no snapshot in this refresh yet; ``run.whole`` says whether all were."""
    from crawler.fetching import documents
    from crawler.fetching.conductor import Conductor
    from crawler.fetching.run import run as conduct
    from crawler.fetching.scribe import Scribe
    from crawler.fetching.wire import Wire

    contact = require_contact(run.settings.contact, rehearsal=run.settings.rehearsal)
    kinds = find_spiders()
    spiders = {name: kind() for name, kind in kinds.items()}
    accepted = accepted_sources(run)
    terms = {name: kind.terms for name, kind in kinds.items()} | {documents.SOURCE: documents.TERMS}

    def build(download: Download) -> Conductor:
        clock = run.file.clock
        pacing = Pacing(
            asyncio.get_running_loop().time,
            lambda: datetime.fromtimestamp(clock.now() / MILLISECONDS, UTC),
            rate=rehearsal_rate() if run.settings.rehearsal else None,
        )
        scribe = Scribe(
            recorder,
            run.refresh,
            spiders,
            standing=places.standing_images(run.file),
            breaker=breaker_trips,
            loss_accepted=frozenset(source for source, _ in run.accept_loss),
        )
        run.conductor = Conductor(
            recorder,
            run.refresh,
            spiders=spiders,
            gate=Gate(terms, run.settings.keys, accepted),
            pacing=pacing,
            wire=Wire(download, run.settings.keys, clock),
            scribe=scribe,
            pictures=run.settings.pictures,
            documents=run.settings.documents,
            rehearsal=run.settings.rehearsal,
            progress=lambda: progress(run.conductor) if run.conductor else None,
        )
        return run.conductor

    run.whole = conduct(build, contact=contact)
    detail: dict[str, Any] = {"requests": run.conductor.requests if run.conductor else 0}
    if run.conductor is not None:
        run.filled = run.conductor.scribe.filled
        for earlier in refreshes.interrupted_counts(run.file, run.refresh) if run.whole else ():
            run.filled.add(earlier)
        detail["filled"] = run.filled.detail()
    event = "finished" if run.whole else "interrupted"
    recorder.refresh_event(run.refresh, event, rehearsal=run.settings.rehearsal, detail=detail)
    recorder.writer.commit()
    derive.catch_up(run.file, RULES)
    for name, kind in kinds.items():
        if kind.terms.forget_when_lost:
            why = f"terms at {kind.terms.address}, as known to us on {kind.terms.checked}: {kind.terms.keep}"
            run.retained[name] = retain(run.file, name, why).images


def photos_by_source(run: Run) -> dict[str, int]:
    """Photos per source among the listed images."""
    return refreshes.photos_by_source(run.file)


def open_file(path: Path, *, create: bool) -> EvidenceFile:
    """The evidence file for writing, with derived tables up to date."""
    from deedwatch.settings import clock

    with ExitStack() as stack:
        file = stack.enter_context(EvidenceFile.write(path, clock=clock(), create=create))
        derive.catch_up(file, RULES)
        stack.pop_all()
    return file
