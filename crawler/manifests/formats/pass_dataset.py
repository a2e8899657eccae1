"""PASS: hashes of YFCC100M photos, no address at all. Hashes lost their leading zeros; they stay so."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("unickname", "datetaken", "licensename", "hash") and not peek.has("pageurl")


def _mapping(peek: Peek) -> dict[str, str]:
    return {**pick(peek.columns, key="hash", license="licensename"), "author": "@unickname"}


def _enrich(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**record, "@unickname": unquote_plus(str(record.get("unickname") or ""))}


def _notes(_: Peek) -> tuple[str, ...]:
    return (
        "PASS names photos by YFCC100M's hash: pad it to 32 digits with zeros, join with YFCC100M's list.",
    )


FORMAT = Format(
    name="pass",
    about="PASS's metadata: YFCC100M hashes without addresses (CSV)",
    specificity=70,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
    enrich=_enrich,
    adds=("@unickname",),
)
