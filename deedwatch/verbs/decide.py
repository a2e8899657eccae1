"""``deedwatch decide``: verdicts, counted and put on record."""

from __future__ import annotations

import json
from pathlib import Path

import click

from deedwatch.options import dataset_options, json_option, judging_options


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path), required=False)
@dataset_options
@judging_options
@click.option("--use", "uses", multiple=True, metavar="USE", help="Only this use; may be repeated.")
@click.option(
    "--declared", is_flag=True, help="On the manifest's word alone, marked so: no look at any source counts."
)
@click.option("--layers", is_flag=True, help="Show every layer, not only the overall verdict.")
@json_option
def command(
    manifest: Path | None,
    dataset: str | None,
    db: Path | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    as_of: str | None,
    uses: tuple[str, ...],
    declared: bool,
    layers: bool,
    as_json: bool,
) -> None:
    """Judge every image for every use under the rulesets; the judgement is put on record.

    With --declared and a MANIFEST nothing needs to have been refreshed: the list is judged as it declares
    itself. Not legal advice.
    """
    from deedwatch.deciding import decide, show
    from deedwatch.main import printable
    from deedwatch.settings import evidence_path

    decided = decide(
        evidence_path(db, dataset, manifest),
        manifest=manifest,
        dataset=dataset,
        when=as_of,
        profile=profile,
        rulesets=rulesets,
        uses=uses,
        declared=declared,
    )
    if as_json:
        click.echo(json.dumps(decided.as_json(), indent=2, ensure_ascii=False))
        return
    for line in show(decided, layers=layers):
        click.echo(printable(line))
