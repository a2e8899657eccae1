"""What only the user knows of a dataset: a small TOML, and the one that states nothing.

    [dataset]       name, license, covers, terms, collected, source
    [shows]         people, minors                       every · some · none · unknown
    [copies]        from, obtained, country, terms       dataset · source · mirror · unknown
    [actor]         kind, purpose
    [handling]      adaptation                           none · technical · crop · other · unknown
    [withdrawal]    tags, relicensed_to, no_longer_public
    [[attestation]] what, by, on, uses                   see ``conditions``

A profile states; it is never guessed. What it leaves out is unknown, and unknown is never yes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from crawler.licenses.registry import UnknownLicense, by_id
from crawler.model import Use
from dataset_cards.policy.conditions import CONDITIONS
from dataset_cards.policy.located import Located, own_text, parse, shipped_text

SHOWS = ("every", "some", "none", "unknown")
COVERS = ("compilation", "annotations", "images", "unknown")
COPIES_FROM = ("dataset", "source", "mirror", "unknown")
ACTORS = ("for-profit", "non-profit", "research-organisation", "individual", "unknown")
PURPOSES = ("commercial", "non-commercial", "mixed", "unknown")
ADAPTATIONS = ("none", "technical", "crop", "other", "unknown")
#: What a dataset's own terms may add to its license.
TERMS = (
    "non-commercial",
    "research-only",
    "internal-only",
    "no-publication",
    "no-redistribution",
    "no-face-recognition",
    "delete-on-notice",
    "training-allowed",
)


@dataclass(frozen=True, slots=True)
class Attestation:
    """Somebody's word for one assumption: ``what`` of ``conditions``, by name and date.

    ``uses`` limits it; empty means every use.
    """

    what: str
    by: str
    on: date
    uses: tuple[Use, ...] = ()

    def covers(self, use: Use) -> bool:
        """Whether it speaks of this use."""
        return not self.uses or use in self.uses


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A dataset's own rules for taking an image out (FFHQ: tag no_cv, ARR or ND, no longer public)."""

    tags: tuple[str, ...] = ()
    relicensed_to: tuple[str, ...] = ()  # license ids, "*" allowed
    no_longer_public: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A dataset's profile; the default states nothing.

    ``license`` is the dataset's own: a canonical id, "terms" when only ``terms`` bind, "none" when the
    user says that nothing does, or ``None`` when nothing is said. ``hash`` is the SHA-256 of the file's
    bytes, "" for the default.
    """

    name: str = "states nothing"
    license: str | None = None
    covers: str = "unknown"
    terms: tuple[str, ...] | None = None
    collected: str | None = None
    sources: tuple[str, ...] = ()
    people: str = "unknown"
    minors: str = "unknown"
    copies_from: str = "unknown"
    copies_obtained: str | None = None
    copies_country: str | None = None
    copies_terms: str | None = None
    actor: str = "unknown"
    purpose: str = "unknown"
    adaptation: str = "unknown"
    withdrawal: Withdrawal = Withdrawal()
    attestations: tuple[Attestation, ...] = ()
    hash: str = ""

    def attested(self, what: str, use: Use) -> Attestation | None:
        """Who attested this assumption for this use, if anybody."""
        for attestation in self.attestations:
            if attestation.what == what and attestation.covers(use):
                return attestation
        return None


def shipped_profiles() -> tuple[str, ...]:
    """Names of the profiles that come with deedwatch."""
    room = resources.files("dataset_cards.policy") / "profiles"
    return tuple(sorted(item.name[:-5] for item in room.iterdir() if item.name.endswith(".toml")))


def load_profile(name_or_path: str | Path | None) -> Profile:
    """A shipped profile by name, the user's own by path, or the one that states nothing for ``None``.

    Raises ``BadRuleset`` naming file, line and field.
    """
    if name_or_path is None:
        return Profile()
    given = str(name_or_path)
    if given in shipped_profiles():
        return read_profile(shipped_text("profiles", given), f"{given}.toml")
    return read_profile(own_text(given, "profile", shipped_profiles()), given)


def read_profile(text: str, name: str) -> Profile:
    """A profile from its TOML text; ``name`` is what errors call the file."""
    doc = parse(text, name)
    _only(doc, (), ("dataset", "shows", "copies", "actor", "handling", "withdrawal", "attestation"))
    _only(doc, ("dataset",), ("name", "license", "covers", "terms", "collected", "source"))
    _only(doc, ("shows",), ("people", "minors"))
    _only(doc, ("copies",), ("from", "obtained", "country", "terms"))
    _only(doc, ("actor",), ("kind", "purpose"))
    _only(doc, ("handling",), ("adaptation",))
    _only(doc, ("withdrawal",), ("tags", "relicensed_to", "no_longer_public"))
    terms = _words(doc, ("dataset", "terms"))
    for word in terms or ():
        if word not in TERMS:
            doc.refuse(("dataset", "terms"), f"{word!r} is not one of {', '.join(TERMS)}.")
    withdrawn = doc.at(("withdrawal", "no_longer_public"))
    if withdrawn is not None and not isinstance(withdrawn, bool):
        doc.refuse(("withdrawal", "no_longer_public"), "write true or false.")
    return Profile(
        name=_text(doc, ("dataset", "name")) or name,
        license=_license(doc),
        covers=_choice(doc, ("dataset", "covers"), COVERS),
        terms=terms,
        collected=_text(doc, ("dataset", "collected")),
        sources=_words(doc, ("dataset", "source")) or (),
        people=_choice(doc, ("shows", "people"), SHOWS),
        minors=_choice(doc, ("shows", "minors"), SHOWS),
        copies_from=_choice(doc, ("copies", "from"), COPIES_FROM),
        copies_obtained=_text(doc, ("copies", "obtained")),
        copies_country=_text(doc, ("copies", "country")),
        copies_terms=_text(doc, ("copies", "terms")),
        actor=_choice(doc, ("actor", "kind"), ACTORS),
        purpose=_choice(doc, ("actor", "purpose"), PURPOSES),
        adaptation=_choice(doc, ("handling", "adaptation"), ADAPTATIONS),
        withdrawal=Withdrawal(
            tags=_words(doc, ("withdrawal", "tags")) or (),
            relicensed_to=_words(doc, ("withdrawal", "relicensed_to")) or (),
            no_longer_public=bool(withdrawn),
        ),
        attestations=_attestations(doc),
        hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def _license(doc: Located) -> str | None:
    value = _text(doc, ("dataset", "license"))
    if value is None or value in ("none", "terms"):
        return value
    try:
        return by_id(value).id
    except UnknownLicense:
        remedy = 'write "none", "terms", or an id as `deedwatch license` prints it, such as CC-BY-NC-SA-4.0.'
        doc.refuse(("dataset", "license"), f"{value!r} is no license id we know; {remedy}")


def _attestations(doc: Located) -> tuple[Attestation, ...]:
    found = []
    assumptions = [word for word, condition in CONDITIONS.items() if condition.kind == "assumption"]
    given = doc.data.get("attestation", [])
    if not isinstance(given, list):
        doc.refuse(("attestation",), "write [[attestation]] with two brackets, once for each.")
    for index in range(len(given)):
        at = ("attestation", index)
        _only(doc, at, ("what", "by", "on", "uses"))
        what = _text(doc, (*at, "what"))
        if what not in assumptions:
            doc.refuse((*at, "what"), f"{what!r} is not one of {', '.join(assumptions)}.")
        by, on = _text(doc, (*at, "by")), _text(doc, (*at, "on"))
        if not by or not by.strip():
            doc.refuse((*at, "by"), "an attestation needs the name of the person who makes it.")
        try:
            day = date.fromisoformat(on or "")
        except ValueError:
            doc.refuse((*at, "on"), "an attestation needs its date, such as 2026-11-23.")
        uses = _words(doc, (*at, "uses")) or ()
        for use in uses:
            if use not in tuple(Use):
                doc.refuse((*at, "uses"), f"{use!r} is not one of {', '.join(Use)}.")
        found.append(Attestation(what, by, day, tuple(Use(use) for use in uses)))
    return tuple(found)


def _only(doc: Located, path: tuple[str | int, ...], allowed: tuple[str, ...]) -> None:
    table = doc.at(path)
    if table is None:
        return
    if not isinstance(table, dict):
        doc.refuse(path, "this must be a table, written [name] on a line of its own.")
    for key in table:
        if key not in allowed:
            doc.refuse((*path, key), f"unknown key; the keys here are {', '.join(allowed)}.")


def _text(doc: Located, path: tuple[str | int, ...]) -> str | None:
    value = doc.at(path)
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, date):
        doc.refuse(path, 'write a text in quotation marks, such as "…".')
    return value.isoformat()


def _words(doc: Located, path: tuple[str | int, ...]) -> tuple[str, ...] | None:
    value = doc.at(path)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        doc.refuse(path, 'write a list of texts, such as ["a", "b"].')
    return tuple(value)


def _choice(doc: Located, path: tuple[str | int, ...], allowed: tuple[str, ...]) -> str:
    value = _text(doc, path)
    if value is None:
        return "unknown"
    if value not in allowed:
        doc.refuse(path, f"{value!r} is not one of {', '.join(allowed)}.")
    return value
