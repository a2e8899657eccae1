r"""Openverse's provider files (old CC Search): 17 tab-separated columns without headings, ``\N`` for nothing.

License and version stand in two columns and become one word ("by-nc-nd 2.0"); codes come in both cases.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import is_address, pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek
from crawler.manifests.recognise import numbered

COLUMNS = (
    "foreign_id", "landing_url", "image_url", "thumbnail", "width", "height", "filesize", "license",
    "license_version", "creator", "creator_url", "title", "meta_data", "tags", "watermarked", "provider",
    "source",
)  # fmt: skip
NOTHING = r"\N"


def _recognises(peek: Peek) -> bool:
    if peek.container is not Container.DELIMITED or len(peek.columns) != len(COLUMNS) or not peek.headless:
        return False
    pages = list(peek.values("2"))
    return bool(pages) and all(map(is_address, pages)) and any(map(is_address, peek.values("3")))


def _view(peek: Peek) -> Peek:
    names = COLUMNS if len(peek.columns) == len(COLUMNS) else numbered(len(peek.columns))
    samples = tuple(
        {name: None if cell == NOTHING else cell for name, cell in zip(names, record.values(), strict=False)}
        for record in peek.samples
    )
    dialect = Dialect("\t", quoted=False, newline=peek.dialect.newline)
    return replace(peek, columns=names, samples=samples, dialect=dialect, headless=True)


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(
        peek.columns,
        key="foreign_id",
        page_url="landing_url",
        image_url="image_url",
        author="creator",
        author_url="creator_url",
        title="title",
    )
    return {**found, "license": "@license"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    said = {name: None if cell == NOTHING else cell for name, cell in record.items()}
    words = [str(word) for word in (said.get("license"), said.get("license_version")) if word]
    return {**said, "@license": " ".join(words)}


FORMAT = Format(
    name="openverse",
    about="Openverse's provider files, 17 columns without headings",
    specificity=85,
    recognises=_recognises,
    mapping=_mapping,
    view=_view,
    enrich=_enrich,
    adds=("@license",),
)
