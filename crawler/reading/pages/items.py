"""What JSON-LD, microdata and RDFa have in common: a thing, its types, and what is said of it.

Each syntax has one walker (``json_ld.items``, ``microdata.items``, ``rdfa_items.items``) that makes these;
``image_objects`` finds the pictures among them, and ``item_claims`` turns what they say into claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.reading.pages.html import Element

#: Types of pictures (schema.org 29.0, Dublin Core and FOAF by ``vocabulary.name_of``).
IMAGES = frozenset(
    {
        "ImageObject",
        "Photograph",
        "Photo",
        "VisualArtwork",
        "Painting",
        "Drawing",
        "MediaObject",
        "ImageObjectSnapshot",
        "Barcode",
    }
)
#: Types of those who run sites and make pictures: a license they state is the site's.
SITES = frozenset(
    {
        "WebSite",
        "Organization",
        "NewsMediaOrganization",
        "Corporation",
        "Person",
        "Brand",
        "Store",
        "LocalBusiness",
    }
)
#: Types of works that are neither this page nor a picture on it: their license is theirs alone.
OTHER_WORKS = frozenset(
    {
        "VideoObject",
        "AudioObject",
        "Clip",
        "Comment",
        "UserComments",
        "Review",
        "Answer",
        "MusicRecording",
        "SoftwareApplication",
        "SoftwareSourceCode",
        "3DModel",
    }
)

_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a property: a text or an absolute address, or another item.

    ``raw`` is the value as it stood there, ``locator`` where. ``element`` is ``None`` in JSON-LD.
    """

    text: str
    raw: str
    locator: str
    quote: str = ""
    element: Element | None = None
    item: Item | None = None


@dataclass(slots=True, eq=False)
class Item:
    """One thing that a page describes. ``id`` is an absolute address or "".

    ``under`` are the properties it hangs on, ``holders`` the types of the items it hangs on.
    """

    id: str
    types: frozenset[str]
    locator: str
    element: Element | None = None
    values: dict[str, list[Said]] = field(default_factory=dict)
    under: set[str] = field(default_factory=set)
    holders: set[str] = field(default_factory=set)

    def said(self, name: str) -> list[Said]:
        """Everything said under this name, in order."""
        return self.values.get(name, [])

    def full(self, name: str) -> bool:
        """Whether no more is kept of this property."""
        return len(self.values.get(name, ())) >= _MOST_VALUES

    def say(self, name: str, said: Said) -> None:
        """Note one more value of a property; beyond fifty, which no picture has, they are left out."""
        if not self.full(name):
            self.values.setdefault(name, []).append(said)

    def hang(self, name: str, holder: Item) -> None:
        """Note that this item is a value of ``holder``."""
        self.under.add(name)
        self.holders |= holder.types

    @property
    def is_image(self) -> bool:
        """Whether its type is that of a picture."""
        return not self.types.isdisjoint(IMAGES)


def names(said: Said) -> Iterator[str]:
    """The names of a person or organization: the item's ``name``, else its parts, else the text."""
    item = said.item
    if item is None:
        if said.text:
            yield said.text
        return
    found = [v.text for v in item.said("name") if v.text][:1]
    if not found:
        parts = [v.text for key in ("givenName", "familyName") for v in item.said(key)[:1] if v.text]
        found = [" ".join(parts)] if parts else [v.text for v in item.said("alternateName") if v.text][:1]
    if not found and (item.id or item.said("url")):
        found = [item.id or item.said("url")[0].text]
    yield from found


def addresses(said: Said) -> Iterator[str]:
    """The addresses a value stands for: itself, or the item's id and ``url``."""
    if said.item is None:
        if said.text:
            yield said.text
        return
    if said.item.id:
        yield said.item.id
    for key in ("url", "sameAs"):
        yield from (v.text for v in said.item.said(key) if v.item is None and v.text)
