"""Which license and terms pages a refresh keeps as documents: those its photos hang on, most used first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from crawler.licenses import registry
from crawler.licenses.license import License
from crawler.model import Terms

#: Documents asked for in one refresh at most; what is used by fewest images waits for another.
MOST: Final = 200
#: The name under which documents pass the gate: a text belongs to no source of photos.
SOURCE: Final = "documents"
TERMS: Final = Terms(
    address="https://www.rfc-editor.org/rfc/rfc9309",
    checked="2026-11-24",
    allows="The robots.txt of each site says whether its license and terms pages may be read.",
    keep="Texts of licenses and terms are kept as evidence of what they said on that day.",
)
_CREATIVE_COMMONS: Final = "https://creativecommons.org/"


@dataclass(frozen=True, slots=True)
class Text:
    """``kind``: "license" (the page a licence is known by) · "legalcode" (a CC licence's full text) · "terms"."""

    kind: str
    url: str


def texts(terms: Iterable[Terms], licenses: Iterable[str], most: int = MOST) -> list[Text]:
    """Each text once: what the sources' photos hang on, then the licences' own pages, at most ``most``.

    ``terms`` and ``licenses`` (ids) come most used first; ids that the registry does not know are passed over.
    """
    known = _by_id()
    found = [Text(_kind(url), url) for one in terms for url in one.texts]
    for license_id in licenses:
        entry = known.get(license_id)
        if entry is not None:
            found += _texts_of(entry)
    return list(dict.fromkeys(found))[:most]


def _texts_of(entry: License) -> list[Text]:
    if entry.url is None or not entry.url.startswith(("https://", "http://")):
        return []
    found = [Text("license", entry.url)]
    if (
        entry.url.startswith(_CREATIVE_COMMONS)
        and entry.url.endswith("/")
        and entry.unit not in (None, "mark")
    ):
        found.append(Text("legalcode", f"{entry.url}legalcode"))
    return found


def _kind(url: str) -> str:
    """An address has one kind, whichever way a refresh came to it."""
    return "license" if url in _addresses() else "terms"


@cache
def _by_id() -> Mapping[str, License]:
    return {entry.id: entry for entry in registry.all_licenses()}


@cache
def _addresses() -> frozenset[str]:
    return frozenset(entry.url for entry in _by_id().values() if entry.url)
