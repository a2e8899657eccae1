"""``deedwatch reread``: today's readers over stored bodies."""

from __future__ import annotations

from pathlib import Path

import click

from deedwatch.options import dataset_options


@click.command()
@dataset_options
def command(dataset: str | None, db: Path | None) -> None:
    """Read stored bodies again with today's readers. Adds readings beside the old ones; nothing found is a
    source change.
    """
    from deedwatch.counted import counted
    from deedwatch.rereading import reread_all
    from deedwatch.settings import evidence_path

    done = reread_all(evidence_path(db, dataset, None))
    click.echo(
        f"{counted(done.snapshots, 'snapshot')} by older readers: {done.superseded:,} read again, {done.different:,} of"
        f" them with other findings, {done.unreadable:,} whose bodies were forgotten."
    )
