"""``deedwatch export``: keep, review and drop lists."""

from __future__ import annotations

from pathlib import Path

import click

from deedwatch.options import dataset_options, judging_options


@click.command()
@click.argument("what", type=click.Choice(["lists"]))
@dataset_options
@judging_options
@click.option("--use", "uses", multiple=True, metavar="USE", help="Only this use; may be repeated.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files."
)
@click.option(
    "--as",
    "kinds",
    multiple=True,
    default=("csv",),
    show_default=True,
    help="csv, jsonl or parquet; may be repeated.",
)
@click.option("--layer", metavar="LAYER", help="One layer alone, such as licence; the file names say so.")
@click.option("--declared", is_flag=True, help="On the manifest's word alone.")
def command(
    what: str,  # noqa: ARG001 - one kind of export so far; the word keeps room for the others
    dataset: str | None,
    db: Path | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    as_of: str | None,
    uses: tuple[str, ...],
    out: Path,
    kinds: tuple[str, ...],
    layer: str | None,
    declared: bool,
) -> None:
    """Write lists of key and action: keep = eligible, or conditional with attested assumptions; drop =
    ineligible; review = rest.
    """
    from deedwatch.carding import export_lists
    from deedwatch.deciding import chosen_uses
    from deedwatch.settings import evidence_path

    written = export_lists(
        evidence_path(db, dataset, None),
        out,
        when=as_of,
        profile=profile,
        rulesets=rulesets,
        uses=chosen_uses(uses),
        kinds=kinds,
        layer=layer,
        declared=declared,
    )
    for item in written:
        click.echo(f"{item.rows:>9,}  {out / item.name}")
