"""``deedwatch forget``: destroy what is held of somebody or something, visibly."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from deedwatch.options import dataset_options


@click.command()
@dataset_options
@click.option("--image", metavar="KEY", help="The image with this key of the manifest.")
@click.option(
    "--author", metavar="NAME", help="Everything by this author: display name, profile address or id."
)
@click.option("--url", metavar="URL", help="Everything seen at this address.")
@click.option(
    "--credit-only",
    is_flag=True,
    help="Destroy names and the bodies that hold them; keep titles and addresses.",
)
@click.option("--why", required=True, help="The reason, kept on the record; write no name in it.")
@click.option("--who", help="Who decided; default: the user running this.")
def command(
    dataset: str | None,
    db: Path | None,
    image: str | None,
    author: str | None,
    url: str | None,
    credit_only: bool,
    why: str,
    who: str | None,
) -> None:
    """Destroy personal content, keep the proof that something stood there, and never fetch it again."""
    from crawler.errors import BadInput
    from crawler.evidence.forget import What, forget
    from deedwatch.counted import bodies, counted
    from deedwatch.refresh import open_file
    from deedwatch.settings import evidence_path

    named: list[tuple[What, str]] = []
    if image is not None:
        named.append(("image", image))
    if author is not None:
        named.append(("author", author))
    if url is not None:
        named.append(("url", url))
    if len(named) != 1:
        raise BadInput("Say one of --image, --author and --url.")
    what, text = named[0]
    with open_file(evidence_path(db, dataset, None), create=False) as file:
        gone = forget(file, what, text, why=why, who=who or getpass.getuser(), credit_only=credit_only)
        click.echo(
            f"Forgotten: {counted(gone.images, 'image')}, {counted(gone.texts, 'text')}, {bodies(gone.bodies)}"
            f" destroyed; {counted(gone.restored_bodies, 'other body', 'other bodies')} stored anew."
            " A tombstone keeps the reason, and no refresh restores it."
        )
        click.echo(f"Chain head, keep it elsewhere: {', '.join(map(str, file.heads()))}")
        click.echo("Cards and lists written earlier, and copies of this file, are not reached from here.")
