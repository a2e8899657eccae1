"""A licence as the catalogue knows it, and what recognising a text can answer."""

from __future__ import annotations

from dataclasses import dataclass

#: The kinds of thing a licence statement can name.
#:
#: ``cc`` the Creative Commons licences made of BY, NC, ND and SA · ``limited`` Creative Commons tools
#: whose limits those four letters do not express (Sampling, Developing Nations) · ``public-domain-tool``
#: CC0, Public Domain Mark and the two retired tools · ``statement`` says something about copyright and
#: permits nothing · ``government`` made by a government, free by its law or under its licence ·
#: ``site`` one licence for all of a site's photos · ``reserved`` no permission · ``copyleft`` free
#: licences with share-alike that are not Creative Commons · ``database`` licences written for
#: collections of data, which never license the pictures in them · ``software`` licences written for programs.
KINDS = frozenset(
    {
        "cc",
        "limited",
        "public-domain-tool",
        "statement",
        "government",
        "site",
        "reserved",
        "copyleft",
        "database",
        "software",
    }
)


@dataclass(frozen=True, slots=True)
class License:
    """One entry of the registry.

    ``id`` is the SPDX id where SPDX has one, else a ``LicenseRef-`` of ours (DESIGN §5). ``by``, ``nc``,
    ``nd``, ``sa``: credit, no commercial use, no sharing of adaptations, same licence for adaptations.
    ``version`` and ``jurisdiction`` ("de", "igo", "scotland") are ``None`` where there is none or the
    statement names none. ``revocable``: what permission there is could be withdrawn, or nothing was
    granted that could last (marks and statements). ``hub_id`` is the Hugging Face id, ``None`` where
    cards must say ``other``. ``ai_clause`` is what the text says on AI, ``None`` where it is silent or no
    source was found. ``source`` and ``checked`` (ISO date or month) say where these facts come from.
    ``unit`` is the Creative Commons unit ("by-nc", "zero"); ``retired`` the ISO date the licence was
    withdrawn for new works.
    """

    id: str
    name: str
    url: str | None
    kind: str
    by: bool
    nc: bool
    nd: bool
    sa: bool
    version: str | None
    jurisdiction: str | None
    revocable: bool
    hub_id: str | None
    ai_clause: str | None
    source: str
    checked: str
    unit: str | None = None
    retired: str | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a text says about a licence.

    ``state``: "known" (``license`` is set) · "not_understood" (it speaks of a licence, but not of exactly
    one that we know) · "not_a_license" (it says nothing about a licence). ``matched`` is the part of the
    text that decided, ``how`` the kind of match ("url", "badge url", "id", "name", "notice" …) or why
    there is none; ``sure``: "exact" (canonical address or id) · "stated" (a name or notice) · "weak" (a
    badge, a repaired address, a licence without its version) · "" when nothing is known.

    ``ways`` is filled for an SPDX expression of several licences and for Commons' template ``self``, where all of
    them are known: the text then names no *one* licence (``license`` is ``None``, ``state`` "not_understood"), but
    one may follow any one of these sets, every licence of the set at once. "A OR B" is ((A,), (B,)), "A AND B" is
    ((A, B),).
    """

    state: str
    license: License | None
    matched: str
    how: str
    sure: str
    ways: tuple[tuple[License, ...], ...] = ()

    @property
    def choice(self) -> tuple[License, ...]:
        """The licences among which the reader may choose one; empty where it is not as simple as that."""
        return tuple(way[0] for way in self.ways) if all(len(way) == 1 for way in self.ways) else ()

    @property
    def all_of(self) -> tuple[License, ...]:
        """The licences that all hold at once; empty where it is not as simple as that."""
        return self.ways[0] if len(self.ways) == 1 else ()
