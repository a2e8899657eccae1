"""RedCaps: Reddit posts; the page is reddit.com and the permalink."""

from collections.abc import Mapping
from typing import Any

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("image_id", "subreddit", "permalink", "url")


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(peek.columns, key="image_id", image_url="url", author="author", uploaded="created_utc")
    return {**found, "page_url": "@page"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    link = record.get("permalink")
    page = f"https://www.reddit.com{link}" if isinstance(link, str) and link.startswith("/") else link
    return {**record, "@page": page}


FORMAT = Format(
    name="redcaps",
    about="RedCaps' annotations, one subreddit and year a file",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    enrich=_enrich,
    adds=("@page",),
)
