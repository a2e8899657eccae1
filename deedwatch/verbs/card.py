"""``deedwatch card``: the dataset card, from evidence alone."""

from __future__ import annotations

from pathlib import Path

import click

from deedwatch.options import dataset_options, judging_options


@click.command()
@dataset_options
@judging_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for README.md and chart.svg.",
)
@click.option(
    "--lists",
    is_flag=True,
    help="Also write the keep, review and drop lists of every use under the leading ruleset.",
)
@click.option("--lists-license", metavar="ID", help="Licence of the lists you publish; it licenses no image.")
@click.option("--lists-license-name", metavar="NAME", help="Its name, if the Hub has no id for it.")
@click.option("--lists-license-link", metavar="URL", help="Its address, if the Hub has no id for it.")
@click.option("--source-dataset", metavar="NAME", help="The audited dataset's name on the Hub.")
@click.option(
    "--publish-contact", metavar="ADDRESS", help="Where people can ask for removal; printed on the card."
)
def command(
    dataset: str | None,
    db: Path | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    as_of: str | None,
    out: Path,
    lists: bool,
    lists_license: str | None,
    lists_license_name: str | None,
    lists_license_link: str | None,
    source_dataset: str | None,
    publish_contact: str | None,
) -> None:
    """Write README.md with front matter for the Hugging Face Hub, and its chart. Every number comes from the
    evidence file.

    An audit of somebody else's dataset: no photo, no names, no addresses of images. Not legal advice.
    """
    from deedwatch.carding import write_card
    from deedwatch.figures import Publisher
    from deedwatch.settings import evidence_path

    written = write_card(
        evidence_path(db, dataset, None),
        out,
        when=as_of,
        profile=profile,
        rulesets=rulesets,
        publisher=Publisher(
            lists_license, lists_license_name, lists_license_link, source_dataset, publish_contact
        ),
        with_lists=lists,
    )
    for path in written:
        click.echo(f"Wrote {path}")
