"""``deedwatch plan``: what a refresh would do, before a byte is sent."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path

import click

from deedwatch.options import json_option, manifest_options


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@manifest_options
@click.option(
    "--images",
    type=click.Choice(["none", "metadata"]),
    help="metadata: count the pictures whose leading bytes would be asked for.",
)
@json_option
def command(
    manifest: Path,
    manifest_format: str | None,
    mapping: tuple[str, ...],
    images: str | None,
    as_json: bool,
) -> None:
    """Say what refreshing MANIFEST would ask of whom, for how long, and which keys and terms are missing."""
    from crawler.manifests.fields import parse_mapping
    from crawler.manifests.open import WHOLE_FILE, open_manifest
    from crawler.model import RowProblem
    from deedwatch import planning, refresh, settings
    from deedwatch.counted import counted
    from deedwatch.main import printable
    from deedwatch.planning import plan, sentences

    found = settings.with_reach(settings.load(refresh.key_names()), images, None)
    opened = open_manifest(manifest, manifest_format, parse_mapping(mapping))
    problems: list[RowProblem] = []
    places = []
    licenses: Counter[str | None] = Counter()
    pictures: set[str] = set()
    for row in opened.rows():
        if isinstance(row, RowProblem):
            problems.append(row)
        else:
            read = refresh.read_image(row)
            places.append(read.place)
            licenses[read.declared_license] += 1
            if found.pictures and row.image_url:
                pictures.add(row.image_url)
    extras = [planning.documents(places, licenses)] if found.documents else []
    extras += [planning.pictures(pictures)] if found.pictures else []
    plans = plan(places, found.keys, frozenset(found.accept_terms))
    if as_json:
        click.echo(
            json.dumps(
                {
                    "format": opened.format,
                    "mapping": dict(opened.mapping),
                    "images": len(places),
                    "problems": [str(problem) for problem in problems],
                    "sources": [dataclasses.asdict(p) for p in plans],
                    "extras": [dataclasses.asdict(extra) for extra in extras],
                },
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    shown = ", ".join(f"{field} from {column}" for field, column in opened.mapping.items())
    click.echo(f"{manifest.name} read as {opened.format}: {shown}.")
    troubled = f", {counted(len(problems), 'problem')} in its rows" if problems else ""
    click.echo(f"{counted(len(places), 'image')}{troubled}.")
    whole_file = [problem for problem in problems if problem.field == WHOLE_FILE]
    for problem in problems[:10] if not whole_file else [*problems[:9], *whole_file]:
        click.echo(printable(f"  {problem}"))
    for line in sentences(plans):
        click.echo(line)
    for extra in extras:
        click.echo(planning.extra_sentence(extra))
    for p in plans:
        for sentence in p.missing:
            click.echo(f"Missing: {sentence}")
    if not found.contact and not found.rehearsal:
        click.echo("Missing: DEEDWATCH_CONTACT, a mail or web address a site operator can reach you at.")
