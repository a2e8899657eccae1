"""Audubon Core's multimedia.txt: key ``identifier``, address ``accessURI``, license ``rights``."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("identifier", "accessURI", "rights")


def _view(peek: Peek) -> Peek:
    if peek.dialect.delimiter != "\t":
        return peek
    return replace(peek, dialect=Dialect("\t", quoted=False, newline=peek.dialect.newline))


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(
        peek.columns,
        key="identifier",
        page_url="hasServiceAccessPoint",
        image_url="accessURI",
        license="rights",
        license_url="WebStatement",
        author="creator",
        title="title",
        uploaded="CreateDate",
    )
    return {**found, "md5": "@md5"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    is_md5 = str(record.get("hashFunction") or "").upper() == "MD5"
    return {**record, "@md5": record.get("hashValue") if is_md5 else None}


FORMAT = Format(
    name="audubon_core",
    about="Audubon Core's multimedia.txt",
    specificity=85,
    recognises=_recognises,
    mapping=_mapping,
    view=_view,
    enrich=_enrich,
    adds=("@md5",),
)
