"""YFCC100M: no headings, 23 tab-separated columns, texts URL-encoded with ``+`` for a blank.

The later edition has 25: a line number before the id and a hash after it. Column names are those that
derivatives use (card of commoncatalog-cc-by).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_plus

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import is_address, pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek
from crawler.manifests.recognise import numbered

COLUMNS = (
    "photoid", "uid", "unickname", "datetaken", "dateuploaded", "capturedevice", "title", "description",
    "usertags", "machinetags", "longitude", "latitude", "accuracy", "pageurl", "downloadurl", "licensename",
    "licenseurl", "serverid", "farmid", "secret", "secretoriginal", "ext", "marker",
)  # fmt: skip
COLUMNS_25 = ("line", "photoid", "hash", *COLUMNS[1:])
_ENCODED = ("unickname", "title")


def _names(width: int) -> tuple[str, ...]:
    return {len(COLUMNS): COLUMNS, len(COLUMNS_25): COLUMNS_25}.get(width, ())


def _recognises(peek: Peek) -> bool:
    names = _names(len(peek.columns))
    if not (names and peek.container is Container.DELIMITED and peek.headless):
        return False
    page = str(names.index("pageurl") + 1)
    return all(map(is_address, peek.values(page)))


def _view(peek: Peek) -> Peek:
    names = _names(len(peek.columns)) or numbered(len(peek.columns))
    samples = tuple(
        dict(zip(names, (value for _, value in record.items()), strict=False)) for record in peek.samples
    )
    dialect = Dialect("\t", quoted=False, newline=peek.dialect.newline)
    return replace(peek, columns=names, samples=samples, dialect=dialect, headless=True)


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(
        peek.columns,
        key="photoid",
        page_url="pageurl",
        image_url="downloadurl",
        license="licensename",
        license_url="licenseurl",
        author="@unickname",
        title="@title",
        uploaded="dateuploaded",
        flickr_id="photoid",
    )
    return {**found, "author": "@unickname", "title": "@title"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    decoded = {f"@{name}": unquote_plus(str(record.get(name) or "")) for name in _ENCODED}
    return {**record, **decoded}


def _notes(peek: Peek) -> tuple[str, ...]:
    if any(value == "1" for value in peek.values("marker")):
        return ("Some rows are videos (marker 1).",)
    return ()


FORMAT = Format(
    name="yfcc100m",
    about="YFCC100M's list without headings, 23 or 25 columns",
    specificity=90,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
    view=_view,
    enrich=_enrich,
    adds=("@unickname", "@title"),
)
