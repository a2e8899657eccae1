"""``deedwatch documents``: the texts many images hang on, and what changed in them."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from deedwatch.options import dataset_options, json_option


@click.command()
@click.argument("url", required=False)
@click.argument("versions", nargs=-1, type=int, metavar="[N M]")
@dataset_options
@click.option(
    "--diff", "as_diff", is_flag=True, help="What changed: between versions N and M, or the last two."
)
@json_option
def command(
    url: str | None,
    versions: tuple[int, ...],
    dataset: str | None,
    db: Path | None,
    as_diff: bool,
    as_json: bool,
) -> None:
    """List license pages, terms and robots.txt files on record; with URL, show the current text of one.

    A new version is a new readable text. Texts are read from the stored bytes, nothing is asked of the network.
    """
    from crawler.errors import BadInput
    from crawler.evidence.file import EvidenceFile
    from deedwatch import documents
    from deedwatch.main import printable
    from deedwatch.settings import command as hint
    from deedwatch.settings import evidence_path, where

    path = evidence_path(db, dataset, None)
    if as_diff and url is None:
        listing = hint("documents", *where(db, dataset, None))
        raise BadInput(f"--diff needs the address of a document; {listing} lists them.")
    if versions and not as_diff:
        raise BadInput("Numbers of versions go with --diff.")
    with EvidenceFile.read(path) as file:
        if url is None:
            rows = documents.listed(file)
            shown = documents.lines(rows)
            if as_json:
                shown = [json.dumps([dataclasses.asdict(row) for row in rows], indent=2, ensure_ascii=False)]
        else:
            shown = documents.difference(file, url, versions) if as_diff else documents.text_of(file, url)
            if as_json:
                shown = [json.dumps({"url": url, "lines": shown}, indent=2, ensure_ascii=False)]
    for line in shown:
        click.echo(printable(line))
