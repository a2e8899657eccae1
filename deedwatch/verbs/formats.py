"""``deedwatch formats``: which lists are known, and how one of the user's own would be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from crawler.manifests.open import Manifest
    from crawler.model import ImageRef, RowProblem

SHOWN = 3


@click.command(name="formats")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_name", metavar="NAME", help="Read FILE as this format, whatever it looks like."
)
@click.option(
    "--map", "words", metavar="FIELD=COLUMN", multiple=True, help="Take a field from another column."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
def command(file: Path | None, format_name: str | None, words: tuple[str, ...], as_json: bool) -> None:
    """List the manifest formats; with FILE, say what it is, which column gives what, and show three rows.

    Formats are recognised by content. What is wrong in the mapping can be put right, here and in the verbs
    that read a manifest: --map key=ImageID --map title= (an empty column takes a field away).
    """
    from crawler.manifests.discovery import formats
    from crawler.manifests.fields import parse_mapping
    from crawler.manifests.open import open_manifest

    if file is None:
        known = [{"name": one.name, "about": one.about} for one in formats()]
        if as_json:
            _print_json(known)
        else:
            width = max(len(one["name"]) for one in known)
            for one in known:
                click.echo(f"{one['name']:{width}}  {one['about']}")
        return
    manifest = open_manifest(file, format_name, parse_mapping(words))
    rows = _first(manifest)
    if as_json:
        _print_json(
            {
                "file": str(file),
                "format": manifest.format,
                "container": str(manifest.peek.container),
                "columns": list(manifest.peek.columns),
                "mapping": manifest.mapping,
                "notes": list(manifest.notes),
                "rows": [_row(row) for row in rows],
            }
        )
        return
    click.echo(f"{file} is read as {manifest.format} ({manifest.peek.container}).")
    for field, column in manifest.mapping.items():
        click.echo(f"  {field:12} ← {column}")
    for note in manifest.notes:
        click.echo(f"Note: {note}")
    for row in rows:
        click.echo()
        for name, value in _row(row).items():
            click.echo(f"  {name:12}   {value!r}" if name != "problem" else f"  not usable: {value}")


def _first(manifest: Manifest) -> list[ImageRef | RowProblem]:
    from itertools import islice

    return list(islice(manifest.rows(), SHOWN))


def _row(row: ImageRef | RowProblem) -> dict[str, Any]:
    """A row as the user wrote it: only what it says."""
    from dataclasses import asdict

    from crawler.model import RowProblem

    if isinstance(row, RowProblem):
        return {"problem": str(row)}
    flat = asdict(row)
    flat |= flat.pop("declared")
    if flat["native"]:
        flat["native"] = ":".join(flat["native"])
    return {name: value for name, value in flat.items() if value not in (None, "", 0)}


def _print_json(shown: object) -> None:
    import json

    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
