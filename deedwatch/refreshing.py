"""What ``deedwatch refresh`` says and does, in order."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crawler.errors import BadInput, TermsNotAccepted
from crawler.evidence.record import Recorder
from crawler.evidence.refreshes import images_left
from crawler.fetching.conductor import Conductor
from crawler.manifests.fields import parse_mapping
from crawler.manifests.open import Manifest, open_manifest
from crawler.politeness.identity import require_contact
from crawler.sources.discovery import spiders
from deedwatch import refresh as job
from deedwatch import settings as settings_room
from deedwatch.main import printable
from deedwatch.planning import keyless
from deedwatch.progress import Progress
from deedwatch.summary import summarise

#: Exit code of a run that a signal stopped, as shells have it for Ctrl-C; everything recorded is kept.
STOPPED = 130


def refresh(
    manifest: Path,
    *,
    manifest_format: str | None,
    mapping: tuple[str, ...],
    dataset: str | None,
    db: Path | None,
    contact: str | None,
    accept_terms: tuple[str, ...],
    accept_loss: tuple[str, ...],
    images: str | None = None,
    documents: bool | None = None,
    why: str | None,
    quiet: bool,
) -> None:
    """Run the command to its summary. Raises DeedwatchErrors for people."""
    job.check_sources(accept_terms, "--accept-terms")
    job.check_sources(accept_loss, "--accept-loss")
    if accept_loss and not why:
        raise BadInput("--accept-loss needs --why: the reason stays on the record.")
    settings = settings_room.load(job.key_names())
    if contact is not None:
        settings = settings_room.with_contact(settings, contact)
    settings = settings_room.with_reach(settings, images, documents)
    opened = open_manifest(manifest, manifest_format, parse_mapping(mapping))
    require_contact(settings.contact, rehearsal=settings.rehearsal)
    path = settings_room.evidence_path(db, dataset, manifest)
    with job.open_file(path, create=True) as file:
        job.keep_apart(file, rehearsal=settings.rehearsal)
        recorder = Recorder(file)
        run = job.Run(
            file,
            opened,
            job.name_of(file, dataset, manifest),
            settings,
            frozenset(accept_terms),
            tuple((source, why or "") for source in accept_loss),
            settings_room.where(db, dataset, manifest),
        )
        _introduce(run, opened, path)
        _list(run, recorder)
        _warn(run)
        job.begin(run, recorder, {name: kind.reader() for name, kind in spiders().items()})
        left, listed = images_left(file, run.refresh)
        if run.resumed and left < listed:
            click.echo(
                f"Resuming: {listed - left:,} of {listed:,} images were taken up before the interruption."
            )
        progress = Progress(left)

        def show(conductor: Conductor) -> None:
            if not quiet:
                progress.show(conductor.settled, conductor.requests)

        job.visit(run, recorder, show)
        if not quiet and run.conductor is not None:
            progress.show(run.conductor.settled, run.conductor.requests, last=True)
        for line in summarise(run):
            click.echo(printable(line))
        if not run.whole:
            left, listed = images_left(file, run.refresh)
            click.echo(
                f"Stopped with {left:,} of {listed:,} images to go. Give the same command again to go on."
            )
            sys.exit(STOPPED)


def _introduce(run: job.Run, manifest: Manifest, path: Path) -> None:
    if run.settings.rehearsal:
        click.echo("REHEARSAL: every request goes to a local stand-in; nothing here is about the real web.")
    click.echo(f"Dataset {run.name}, evidence in {path}.")
    shown = ", ".join(f"{field} from {column}" for field, column in manifest.mapping.items())
    click.echo(f"{manifest.path.name} read as {manifest.format}: {shown}.")
    for note in manifest.notes:
        click.echo(f"Note: {note}")


def _list(run: job.Run, recorder: Recorder) -> None:
    listing = job.list_images(run, recorder, lambda n: click.echo(f"{n:,} rows read", err=True))
    if listing is None:
        click.echo("The list is the one already on record.")
        return
    gone = f", {listing.removed:,} rows of the earlier list are no longer in it" if listing.removed else ""
    back = f", {listing.restored:,} came back" if listing.restored else ""
    click.echo(f"{listing.listed:,} images listed, {listing.new:,} of them new{gone}{back}.")
    for problem in run.problems:
        click.echo(printable(f"Problem in the list: {problem}"), err=True)
    if run.problem_count > len(run.problems):
        click.echo(f"… and {run.problem_count - len(run.problems):,} more problems in the list.", err=True)
    if run.broken_off is not None:
        click.echo(
            printable(
                f"THE LIST IS NOT WHOLE: {run.broken_off}. What was read of it is looked at; no row of an earlier list"
                " counts as removed."
            )
        )


def _warn(run: job.Run) -> None:
    """What is missing, said before anything is sent.

    Raises TermsNotAccepted when terms are all that keeps every source of the list off.
    """
    accepted = job.accepted_sources(run)
    by_source = job.photos_by_source(run)
    for source, photos in by_source.items():
        kind = spiders().get(source)
        if kind is None:
            continue
        terms = kind.terms
        if terms.key is not None and terms.key.setting not in run.settings.keys:
            click.echo(keyless(source, photos))
        elif terms.needs_acceptance and source not in accepted:
            sentence = (
                f"{source}: {photos:,} photos will not be looked at until you accept its terms with"
                f" --accept-terms {source}: {terms.allows} ({terms.address})"
            )
            if len(by_source) == 1:
                raise TermsNotAccepted(sentence)
            click.echo(sentence)
