"""``deedwatch changes``: what changed at the sources."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from deedwatch.options import Number, dataset_options, json_option


@click.command()
@dataset_options
@click.option("--since", metavar="DATE", help="Only changes seen from this ISO 8601 date or time on.")
@click.option("--last", is_flag=True, help="Only changes of the last refresh.")
@click.option(
    "--fail-on",
    "fail_on",
    metavar="KIND,…",
    default="",
    help="End with 1 if there are changes of these kinds.",
)
@click.option(
    "--limit",
    type=Number(0),
    default=50,
    show_default=True,
    help="Lines to show; 0 for all. Counts are always whole.",
)
@json_option
def command(
    dataset: str | None,
    db: Path | None,
    since: str | None,
    last: bool,
    fail_on: str,
    limit: int,
    as_json: bool,
) -> None:
    """List changes: licences, authors, model-release claims, opt-outs, withdrawal signals, lost and found
    sources.

    Kinds for --fail-on:

    \b
    license-changed, author-changed, model-release-changed, opt-out-changed,
    withdrawal-signal, source-suspected, source-lost, reappeared, moved,
    replaced, document-changed
    """
    from collections import Counter

    from crawler.errors import BadInput
    from crawler.evidence import as_of, queries
    from crawler.evidence.clock import iso, parse_time
    from crawler.evidence.file import EvidenceFile
    from dataset_cards.changes.kinds import ChangeKind
    from deedwatch.counted import counted
    from deedwatch.main import printable
    from deedwatch.rules import RULES
    from deedwatch.settings import evidence_path

    watched = {word.strip() for word in fail_on.split(",") if word.strip()}
    unknown = watched - {kind.value for kind in ChangeKind}
    if unknown:
        raise BadInput(
            f"--fail-on {', '.join(sorted(unknown))}: there is no such kind of change; see --help."
        )
    with EvidenceFile.read(evidence_path(db, dataset, None)) as file:
        view = as_of.View(file, RULES, as_of.find(file))
        runs = queries.refreshes(view)
        refresh = runs[-1].id if last and runs else None
        start = parse_time(since, "--since") if since else 0
        counts: Counter[str] = Counter()
        shown: list[queries.ChangeFacts] = []
        for change in queries.changes(view, since=start, refresh=refresh):
            counts[change.kind] += 1
            if not limit or len(shown) < limit or as_json:
                shown.append(change)
        if as_json:
            rows = [
                {"key": c.key, "kind": c.kind, "before": c.before, "after": c.after, "at": iso(c.at)}
                for c in shown
            ]
            click.echo(json.dumps({"counts": dict(sorted(counts.items())), "changes": rows}, indent=2))
        else:
            for c in shown:
                subject = "(document)" if c.key is None else c.key.replace("\n", "\\n")
                said = f"{c.before or '-'} → {c.after or '-'}"
                if (
                    c.kind == ChangeKind.AUTHOR_CHANGED
                ):  # both sides are pseudonyms, and names belong in explain
                    said = "another author than before (explain names both)"
                click.echo(printable(f"{iso(c.at)}  {c.kind:<22} {subject}  {said}"))
            if counts.total() > len(shown):
                click.echo(f"… and {counts.total() - len(shown):,} more; --limit 0 shows all.")
            words = ", ".join(f"{kind} {n:,}" for kind, n in sorted(counts.items()))
            click.echo(f"{counted(counts.total(), 'change')}{': ' + words if words else ''}.")
    if watched & set(counts):
        sys.exit(1)
