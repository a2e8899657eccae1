"""``deedwatch refresh``: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from deedwatch.options import dataset_options, manifest_options


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@manifest_options
@dataset_options
@click.option(
    "--contact", help="Mail or web address a site operator can reach you at; also DEEDWATCH_CONTACT."
)
@click.option(
    "--accept-terms",
    "accept_terms",
    multiple=True,
    metavar="SOURCE",
    help="Accept a source's terms, on the record; `deedwatch plan` shows them.",
)
@click.option(
    "--accept-loss",
    "accept_loss",
    multiple=True,
    metavar="SOURCE",
    help="A mass loss of this source is real, not an outage; needs --why.",
)
@click.option(
    "--images",
    type=click.Choice(["none", "metadata"]),
    help="metadata: also read the rights metadata in the leading bytes of each picture; never a pixel is kept.",
)
@click.option(
    "--documents/--no-documents",
    "documents",
    default=None,
    help="Whether license and terms pages are kept as documents; they are by default.",
)
@click.option("--why", help="The reason, kept on the record.")
@click.option("--quiet", is_flag=True, help="No progress; the summary only.")
def command(
    manifest: Path,
    manifest_format: str | None,
    mapping: tuple[str, ...],
    dataset: str | None,
    db: Path | None,
    contact: str | None,
    accept_terms: tuple[str, ...],
    accept_loss: tuple[str, ...],
    images: str | None,
    documents: bool | None,
    why: str | None,
    quiet: bool,
) -> None:
    """Visit the source of every image in MANIFEST, and keep what it says as evidence.

    Reads the list as it is (FFHQ, COCO, Open Images, any table), asks each photo once, politely, records what
    came, and sums up what changed. An interrupted refresh goes on where it stopped when the same command is
    given again.
    """
    from deedwatch.refreshing import refresh

    refresh(
        manifest,
        manifest_format=manifest_format,
        mapping=mapping,
        dataset=dataset,
        db=db,
        contact=contact,
        accept_terms=accept_terms,
        accept_loss=accept_loss,
        images=images,
        documents=documents,
        why=why,
        quiet=quiet,
    )
