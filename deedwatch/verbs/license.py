"""``deedwatch license``: any licence URL, name, id or notice → what it is, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from crawler.licenses.license import Recognition


@click.command(name="license")
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
def command(texts: tuple[str, ...]) -> None:
    """Say which licence each TEXT names: a URL, a name, an id, a badge, or a notice in prose ("-": standard input).

    Prints a JSON list, one entry per TEXT, in order. "state" is known, not_understood or not_a_license;
    "matched" is the part of the text that decided, "how" the kind of match, and "sure" is exact, stated
    or weak. An SPDX expression of several known licences is no one licence: "expression" then lists the ways
    to use it, any one of them, each a list of ids that hold together. "hub_id" is what a Hugging Face card
    may write under "license" (null: "other").
    """
    import json

    from crawler.licenses.recognise import recognise
    from deedwatch.input_files import MIB, read_at_most

    if "-" in texts:  # a license may be long, but none is longer than this
        given = read_at_most("-", MIB, "TEXT").decode("utf-8", "replace")
        texts = tuple(given if text == "-" else text for text in texts)
    answers = [_shown(text, recognise(text)) for text in texts]
    click.echo(json.dumps(answers, ensure_ascii=False, indent=2))


def _shown(text: str, answer: Recognition) -> dict[str, Any]:
    entry = answer.license
    shown: dict[str, Any] = {
        "text": text,
        "state": answer.state,
        "id": None if entry is None else entry.id,
        "matched": answer.matched,
        "how": answer.how,
        "sure": answer.sure,
    }
    if answer.ways:
        shown["expression"] = [[each.id for each in way] for way in answer.ways]
    if entry is None:
        return shown
    shown |= {
        "name": entry.name,
        "kind": entry.kind,
        "conditions": {"by": entry.by, "nc": entry.nc, "nd": entry.nd, "sa": entry.sa},
        "version": entry.version,
        "jurisdiction": entry.jurisdiction,
        "url": entry.url,
        "hub_id": entry.hub_id,
        "revocable": entry.revocable,
        "retired": entry.retired,
        "ai_clause": entry.ai_clause,
        "source": entry.source,
        "checked": entry.checked,
    }
    return shown
