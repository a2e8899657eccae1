"""``deedwatch explain``: one image, from verdict to the quote in its text."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from deedwatch.options import dataset_options, json_option, judging_options


@click.command()
@click.argument("key")
@dataset_options
@judging_options
@click.option("--use", "uses", multiple=True, metavar="USE", help="Only this use; may be repeated.")
@click.option(
    "--body",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the newest stored page or answer here.",
)
@json_option
def command(
    key: str,
    dataset: str | None,
    db: Path | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    as_of: str | None,
    uses: tuple[str, ...],
    body: Path | None,
    as_json: bool,
) -> None:
    """Explain the image with this KEY of the manifest: verdict, layers, rules, claims, quotes, bytes,
    permissions.
    """
    from dataset_cards.publish.explain_view import render_explanation
    from deedwatch.explaining import explain
    from deedwatch.settings import evidence_path

    explained = explain(
        evidence_path(db, dataset, None),
        key,
        when=as_of,
        profile=profile,
        rulesets=rulesets,
        uses=uses,
        body=body,
    )
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(e) for e in explained], indent=2, ensure_ascii=False))
        return
    for explanation in explained:
        click.echo(render_explanation(explanation), nl=False)
    if body is not None:
        click.echo(f"The newest stored page or answer was written to {body}.")
