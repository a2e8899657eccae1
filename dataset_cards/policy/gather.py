"""A case and a profile → facts. Nothing here judges."""

from __future__ import annotations

from fnmatch import fnmatchcase

from crawler.licenses.registry import UnknownLicense, by_id
from crawler.model import Basis, Case, Findings, Status
from dataset_cards.policy.facts import (
    AI_GENERATED,
    LICENSE,
    LICENSE_HISTORY,
    MINORS,
    MODEL_RELEASE,
    OPT_OUTS,
    PEOPLE,
    WITHDRAWAL,
    Fact,
    Facts,
)
from dataset_cards.policy.profile import Profile
from dataset_cards.policy.signals import minors_word, opt_out_class, people_word, release_word, split


def gather(case: Case, profile: Profile) -> Facts:
    """All facts of one case under one profile."""
    presence = _presence(case)
    license_, state, scope = _license(case)
    at_collection = _at_collection(case)
    people = _people(case, profile)
    signals, carriers = _union(case, "opt_outs"), _union(case, "opt_out_carriers")
    return Facts(
        source=Fact(case.source, "stated"),
        presence=presence,
        seen=case.standing is not None,
        license=license_,
        license_state=state,
        license_scope=scope,
        license_at_collection=at_collection,
        licenses_ever=case.licenses_ever,
        differs=case.differs,
        evidence=_evidence(case, presence, license_),
        people=people,
        minors=_minors(case, profile, people),
        release=_release(case, profile),
        opt_outs=_opt_outs(signals, carriers),
        opt_out_signals=signals,
        opt_out_carriers=carriers,
        restrictions=_union(case, "restrictions"),
        ai_generated=_ai(case),
        withdrawal=_withdrawal(case, profile, presence, license_, at_collection),
        deletion_request=any(look.deletion_request for look in _looks(case)),
        dataset=_dataset(profile),
        dataset_covers=profile.covers,
        dataset_terms=() if profile.copies_from == "source" else profile.terms or (),
        copies_from=_said(profile.copies_from, "where the copies come from", "[copies] from"),
        actor=_said(profile.actor, "who uses the images", "[actor] kind"),
        purpose=_said(profile.purpose, "for what purpose the images are used", "[actor] purpose"),
        adaptation=_said(profile.adaptation, "how the images are changed", "[handling] adaptation"),
        attestations=profile.attestations,
    )


def _said(value: str, what: str, line: str) -> Fact:
    if value == "unknown":
        return Fact("unknown", "", f"The profile doesn't say {what}; its line {line} would.")
    return Fact(value, "profile")


def _looks(case: Case) -> tuple[Findings, ...]:
    """The latest look and the last one that saw the photo standing, if another."""
    looks = [look for look in (case.findings, case.standing) if look is not None]
    return (looks[0],) if len(looks) == 2 and looks[0] == looks[1] else tuple(looks)


def _union(case: Case, name: str) -> tuple[str, ...]:
    return tuple(sorted({word for look in _looks(case) for word in getattr(look, name)}))


def _presence(case: Case) -> Fact:
    look = case.findings
    if look is None:
        return Fact("never-looked", "", "No refresh has looked at this image's source yet.")
    if look.status.lost:
        word = "lost-confirmed" if case.loss == "confirmed" else "lost-suspected"
        return Fact(word, "stated")
    if look.status is Status.REPLACED:
        return Fact("replaced", "stated")
    if look.status.conclusive:
        # A loss under suspicion is not lifted by anything but a look that says otherwise.
        return Fact("lost-suspected" if case.loss == "suspected" else "public", "stated")
    return Fact("not-reached", "", f"The source could not be seen ({look.reason.value}).")


def _license(case: Case) -> tuple[Fact, str, str]:
    """``_stated_license``, unless this version's registry doesn't know the id: then it is not understood."""
    fact, state, scope = _stated_license(case)
    if _registered(fact.value):
        return fact, state, scope
    why = f"The license id {fact.value!r} is not in this version's registry."
    return Fact("", fact.basis, why, fact.rests), "not_understood", "none"


def _registered(license_id: str) -> bool:
    if not license_id:
        return True
    try:
        by_id(license_id)
    except UnknownLicense:
        return False
    return True


def _stated_license(case: Case) -> tuple[Fact, str, str]:
    """The license to be judged, its state and its scope.

    What the source says now; for a photo no longer there, what it said when we last saw it there; and only
    where we have seen nothing ourselves, the manifest's word.
    """
    look = case.findings
    if look is not None and look.status in (Status.AVAILABLE, Status.MOVED):
        seen, basis = look, "stated"
    elif case.standing is not None:
        seen, basis = case.standing, "seen-earlier"
    else:
        return _declared(case)
    if seen.license_state == "known" and seen.license is not None:
        return Fact(seen.license, _basis(seen, basis), "", LICENSE), "known", _scope(seen)
    if seen.license_state in ("not_observed", "known"):
        return _declared(case)
    whys = {
        "not_stated": "The source shows the photo and states no license for it.",
        "not_understood": "The source states a license that we do not understand.",
        "conflict": "The source states licenses that contradict one another.",
    }
    why = whys.get(seen.license_state, seen.license_state)
    return Fact("", basis, why, LICENSE), seen.license_state, "none"


def _declared(case: Case) -> tuple[Fact, str, str]:
    if case.declared is not None and case.declared_state == "known":
        return Fact(case.declared, "declared"), "known", "image"
    if case.declared_state == "not_understood":
        why = "Not seen by us, and the manifest's license text is not understood."
        return Fact("", "declared", why), "not_understood", "none"
    return Fact("", "", "Not seen by us, and the manifest states no license."), "not_observed", "none"


def _basis(look: Findings, seen: str) -> str:
    """``seen``, unless the license that counts is nobody's statement at the source: only a third party's word, or
    only the site's terms.
    """
    given = {finding.basis for finding in look.licenses if finding.id == look.license}
    if given == {Basis.DECLARED}:
        return "declared"
    return "terms" if seen == "stated" and given == {Basis.TERMS} else seen


def _scope(look: Findings) -> str:
    """The narrowest scope in which the license that counts was stated."""
    scopes = {finding.scope.value for finding in look.licenses if finding.id == look.license}
    for scope in ("image", "page", "site"):
        if scope in scopes:
            return scope
    return "image"


def _at_collection(case: Case) -> Fact:
    if case.declared is None or case.declared_state != "known":
        return Fact("", "", "The manifest states no license that we understand.")
    if not _registered(case.declared):
        return Fact("", "", f"The declared license id {case.declared!r} is not in this version's registry.")
    if case.differs == "already_different":
        return Fact("", "", "By the source's own history the manifest was already wrong at collection.")
    if case.differs == "changed_after":
        return Fact(case.declared, "history", "", LICENSE_HISTORY)
    return Fact(case.declared, "declared")


def _evidence(case: Case, presence: Fact, license_: Fact) -> Fact:
    """How good our own evidence is: fresh · stale · lost-unseen · replaced · declared-only · nothing."""
    if presence.value in ("never-looked", "not-reached"):
        if license_.value:
            return Fact("declared-only", "declared", "Only the manifest's word; the source was not seen.")
        return Fact("nothing", "", presence.why)
    if presence.value.startswith("lost") and case.standing is None:
        return Fact("lost-unseen", "stated", "The photo was gone before we ever saw it.")
    if presence.value == "replaced":
        return Fact("replaced", "stated", "Another picture lies under the photo's address.")
    if license_.basis == "declared":
        why = "The source was seen, but not its license."
        return Fact("declared-only", "declared", why, license_.rests)
    if case.stale:
        return Fact("stale", "stated", "The latest conclusive look is older than the freshness limit.")
    return Fact("fresh", "stated")


def _people(case: Case, profile: Profile) -> Fact:
    value, basis = people_word(_union(case, "people"))
    if value == "shown":
        return Fact("shown", basis, "", PEOPLE)
    if profile.people == "every":
        return Fact("shown", "profile")
    minors = minors_word(_union(case, "minors"))[0]
    if minors in ("shown", "adults"):
        return Fact("shown", "stated", "", MINORS)
    if minors == "keyword" and not _holds_releases(profile):
        return Fact("shown", "keyword", "", MINORS)
    if profile.people == "none":
        return Fact("none", "profile")
    if value == "none":
        return Fact("none", basis, "", PEOPLE)
    why = "Nobody has said whether people are shown; the profile's line [shows] people would."
    if minors == "keyword":
        # A keyword may lower a verdict, so it must not make held releases fit a person nobody has stated.
        why = "Only a keyword speaks of people, and a keyword is no statement."
        return Fact("unknown", "", why, MINORS)
    if profile.people == "some":
        why = "The set shows people in part of its images, and nobody has said whether this image does."
    return Fact("unknown", "", why, PEOPLE + MINORS)


def _minors(case: Case, profile: Profile, people: Fact) -> Fact:
    value, basis = minors_word(_union(case, "minors"))
    if value in ("shown", "keyword"):
        return Fact(value, basis, "", MINORS)
    if profile.minors == "every":
        return Fact("shown", "profile")
    if people.value == "none":
        return Fact("none", people.basis, "", people.rests)
    if value == "adults":
        return Fact("adults", basis, "", MINORS)
    if profile.minors == "none":
        return Fact("adults", "profile")
    if profile.minors == "some":
        return Fact(
            "among-them", "profile", "The set shows minors, and nobody has said whether this image does."
        )
    return Fact("unknown", "", "Nobody has said whether minors are shown.", MINORS)


def _holds_releases(profile: Profile) -> bool:
    return any(attestation.what == "release-covers-use" for attestation in profile.attestations)


def _release(case: Case, profile: Profile) -> Fact:
    value, basis = release_word(_union(case, "model_release"))
    if value == "withdrawn":
        return Fact(value, basis, "", MODEL_RELEASE)
    if _holds_releases(profile):
        return Fact("held", "held")
    if value:
        return Fact(value, basis, "", MODEL_RELEASE)
    return Fact("not-held", "", "No release was shown to us and the source states none.", MODEL_RELEASE)


def _opt_outs(signals: tuple[str, ...], carriers: tuple[str, ...]) -> Fact:
    heaviest = opt_out_class(signals)
    if heaviest == "clear" and not carriers:
        return Fact("not-observed", "", "No carrier of opt-outs has been read for this image.", OPT_OUTS)
    return Fact(heaviest, "stated", "", OPT_OUTS)


def _ai(case: Case) -> Fact:
    said = [split(word) for word in _union(case, "ai_generated")]
    made = {basis for name, basis in said if name not in ("no", "false", "unknown", "not-stated")}
    if made:  # a tag "midjourney" counts, but is shown as the keyword it is
        return Fact("stated", "stated" if "stated" in made else min(made), "", AI_GENERATED)
    return Fact("unknown", "", "Nobody has said whether the image was generated.", AI_GENERATED)


def _withdrawal(case: Case, profile: Profile, presence: Fact, now: Fact, then: Fact) -> Fact:
    """Whether the author asked, in the words of the set's own rules or a known tag, to be taken out."""
    if _union(case, "withdrawal"):
        return Fact("yes", "stated", "", WITHDRAWAL)
    rules = profile.withdrawal
    if rules.no_longer_public and presence.value.startswith("lost"):
        return Fact("yes", "profile")

    def named(license_id: str) -> bool:
        return any(fnmatchcase(license_id, pattern) for pattern in rules.relicensed_to)

    if now.value and now.basis != "declared" and named(now.value) and not named(then.value):
        return Fact("yes", "profile", "", now.rests)
    if case.findings is None or not case.findings.status.conclusive:
        return Fact("unknown", "", "The source has not been seen.", WITHDRAWAL)
    return Fact("no", "stated", "", WITHDRAWAL)


def _dataset(profile: Profile) -> Fact:
    """The dataset's own license. It binds a copy taken from the dataset, not one taken from the source."""
    if profile.copies_from == "source":
        return Fact("not-bound", "profile")
    if profile.license is None:
        why = "The profile doesn't state the dataset's own license and terms; its lines in [dataset] would."
        return Fact("unknown", "", why)
    return Fact(profile.license, "profile")
