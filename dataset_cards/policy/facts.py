"""What rules may ask of one image: each fact with its value, how we know it and, if unknown, why.

A fact that nobody stated is ``unknown`` with a reason, and it is the rules' business that unknown is never
yes (DESIGN, promise 1). ``gather`` fills these from a case and a profile.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Field
from dataset_cards.policy.profile import Attestation

#: The fields whose claims say what a fact is about.
LICENSE = (Field.LICENSE.value, Field.LICENSE_CHOICE.value)
LICENSE_HISTORY = (Field.LICENSE_HISTORY.value,)
PEOPLE = (Field.PEOPLE.value,)
MINORS = (Field.MINORS.value,)
MODEL_RELEASE = (Field.MODEL_RELEASE.value,)
OPT_OUTS = (Field.OPT_OUT.value, Field.OPT_OUT_CARRIERS.value)
RESTRICTION = (Field.RESTRICTION.value,)
AI_GENERATED = (Field.AI_GENERATED.value,)
WITHDRAWAL = (Field.WITHDRAWAL.value,)
DELETION_REQUEST = (Field.DELETION_REQUEST.value,)


@dataclass(frozen=True, slots=True)
class Fact:
    """``value`` is a word of a closed vocabulary (or a license id), "" or "unknown" when not known.

    ``basis``: stated · terms · seen-earlier · history · keyword · declared · profile · held · "" ; ``why``: one
    sentence when the value is not known. ``rests``: the fields of the claims that it was read from, or would have
    been; none where it follows from no claim (the profile, the list, whether the source could be seen). People
    who follow from a word about minors rest on that word.
    """

    value: str
    basis: str = ""
    why: str = ""
    rests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything rules may ask of one image. See ``match.KEYS`` for the vocabularies."""

    source: Fact
    presence: Fact
    seen: bool
    license: Fact
    license_state: str
    license_scope: str
    license_at_collection: Fact
    licenses_ever: tuple[str, ...]
    differs: str
    evidence: Fact
    people: Fact
    minors: Fact
    release: Fact
    opt_outs: Fact
    opt_out_signals: tuple[str, ...]
    opt_out_carriers: tuple[str, ...]
    restrictions: tuple[str, ...]
    ai_generated: Fact
    withdrawal: Fact
    deletion_request: bool
    dataset: Fact
    dataset_covers: str
    dataset_terms: tuple[str, ...]
    copies_from: Fact
    actor: Fact
    purpose: Fact
    adaptation: Fact
    attestations: tuple[Attestation, ...]
