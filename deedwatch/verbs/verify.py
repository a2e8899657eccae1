"""``deedwatch verify``: recompute the chain, the bodies and the derived tables."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import click

from deedwatch.options import dataset_options, json_option


@click.command()
@dataset_options
@click.option(
    "--head", metavar="HASH", help="A chain head kept elsewhere: CHAIN:NUMBER:HASH or the hash alone."
)
@click.option("--card", type=click.Path(path_type=Path), help="A card whose head the file must still hold.")
@json_option
def command(dataset: str | None, db: Path | None, head: str | None, card: Path | None, as_json: bool) -> None:
    """Check that nothing recorded was edited, inserted, removed or swapped. Ends with 4 if something was."""
    from crawler.errors import BadInput, EvidenceDamaged
    from crawler.evidence.file import EvidenceFile
    from crawler.evidence.verify import verify
    from dataset_cards.publish.card import head_in_card
    from deedwatch.counted import bodies, counted
    from deedwatch.main import printable
    from deedwatch.rules import RULES
    from deedwatch.settings import evidence_path

    if card is not None:
        found = head_in_card(card.read_text("utf-8", "replace"))
        if found is None:
            raise BadInput(f"{card} carries no evidence head; is it a card written by deedwatch?")
        head = found.hash
    if head is not None and not re.fullmatch(r"(.*:)?[0-9a-f]{64}", head.strip().lower()):
        raise BadInput(f"--head {head}: a head ends in a hash of 64 hexadecimal digits.")
    path = evidence_path(db, dataset, None)
    with EvidenceFile.read(path) as file:
        report = verify(file, RULES, head=head)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report), indent=2))
    else:
        for fault in report.faults:
            click.echo(printable(fault), err=True)
        click.echo(
            f"{counted(report.rows, 'row')} in {counted(report.entries, 'entry', 'entries')},"
            f" {counted(report.texts, 'text')}, {bodies(report.bodies)} checked; forgotten:"
            f" {counted(report.forgotten_texts, 'text')}, {bodies(report.forgotten_bodies)}"
            f" ({counted(report.tombstones, 'tombstone')})."
        )
        for line in report.heads:
            click.echo(f"Head: {line}")
        if head is None:
            click.echo(
                "Without a head kept elsewhere (--head or --card) a cut-off end, or a file recomputed as a whole,"
                " cannot be excluded."
            )
    if report.faults:
        raise EvidenceDamaged(f"{path} is damaged: {counted(len(report.faults), 'fault')} found.")
    if not as_json:
        click.echo("Everything agrees.")
