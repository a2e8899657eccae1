"""``deedwatch sources``: which sources are built in, on what terms, and which keys they want."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from crawler.sources.spider import SourceSpider


@click.command(name="sources")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def command(as_json: bool) -> None:
    """List the sources that are built in: what they claim, their terms, their limits and the keys they want.

    Keys are named, never shown: "set" says whether the environment holds one.
    """
    import json

    from crawler.sources.discovery import spiders

    known = [about(kind) for kind in spiders().values()]
    if as_json:
        click.echo(json.dumps(known, ensure_ascii=False, indent=2))
        return
    for source in known:
        hosts = ", ".join(source["hosts"]) or "any web page that no other source knows"
        click.echo(f"{source['source']} (reader {source['reader']}): {hosts}")
        click.echo(f"  allows   {source['allows']}")
        click.echo(f"  keep     {source['keep']}")
        if source["terms"]:
            click.echo(f"  terms    {source['terms']} (as known to us on {source['checked']})")
        if source["quota"]:
            quota = source["quota"]
            click.echo(f"  limit    {quota['requests']:,} requests in {quota['seconds']:,.0f} seconds")
        if source["key"]:
            click.echo(
                f"  key      {source['key']['setting']} ({'set' if source['key']['set'] else 'not set'})"
            )
        if source["needs_acceptance"]:
            click.echo(f"  off until you accept its terms: --accept-terms {source['source']}")
        click.echo("")


def about(kind: type[SourceSpider]) -> dict[str, Any]:
    """One source as ``deedwatch sources --json`` prints it."""
    import os

    terms = kind.terms
    quota, key = terms.quota, terms.key
    return {
        "source": kind.name,
        "reader": kind.reader(),
        "hosts": list(kind.hosts),
        "batch": kind.batch,
        "terms": terms.address,
        "checked": terms.checked,
        "allows": terms.allows,
        "keep": terms.keep,
        "api_host": terms.api_host,
        "quota": {"requests": quota.requests, "seconds": quota.seconds} if quota is not None else None,
        "key": {"setting": key.setting, "set": bool(os.environ.get(key.setting))}
        if key is not None
        else None,
        "needs_acceptance": terms.needs_acceptance,
        "expects": dict(kind.expects),
    }
