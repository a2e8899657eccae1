"""Words that readers and the gate write into findings → the few words that rules are written in.

Readers record many spellings of the same statement (XMP codes, tags, platform flags). Here each is put into
one class, and whatever is not recognised goes to the class a person must look at, never to a permission.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Values by which an opt-out signal forbids, permits or leaves open; lower case.
_FORBIDS = frozenset(
    {"disallow", "disallowed", "n", "no", "1", "reserved", "prohibited", "prohibit", "notallowed"}
    | {"not-allowed", "deny", "opt-out", "optout", "opted-out", "true", "noai", "noimageai", "forbidden"}
)
_PERMITS = frozenset({"allow", "allowed", "y", "yes", "0", "permitted", "permit", "false", "unreserved"}) | {
    "dmi-allowed"
}
#: DMI-UNSPECIFIED: "no prohibition defined" is no permission and no reservation (PLUS LDF 2.0.1; optouts.md §9.1).
_SILENT = frozenset(
    {"unknown", "unset", "none", "", "unspecified", "not-stated", "absent", "dmi-unspecified"}
)

#: Stated, and for a person to read: not readable, on conditions, for some paths only, behind a link.
_FOR_A_PERSON = frozenset({"malformed", "constrained", "by_path", "declared"})

#: What a preference may be about that includes training (AIPREF drafts -01 to -03, RSL).
_ABOUT_ALL = frozenset({"all", "ai", "genai", "tdm", "bots", "ai-use", "ai-all"})

#: In order of weight: the heaviest signal found is the fact.
OPT_OUT_WEIGHT = ("reserved-image", "reserved-site", "ai-agents-barred", "unclear", "general-robots", "clear")


def opt_out_class(signals: Iterable[str]) -> str:
    """The heaviest of a photo's signals: a word of ``OPT_OUT_WEIGHT``.

    Signals are "scope:signal=value", where a preference may name what it is about in either half:
    "site:robots-ai=disallow", "page:tdm-header=1", "site:content-signal.ai-train=disallow",
    "page:content-usage-header=train-ai:n". A signal or value that is not known is ``unclear``, as are
    conditions, terms behind a link and statements that are malformed: they need a person. So does a prohibition
    that only a lenient reading gives ("page:tdm-header-lenient=1"). What is said to AI agents by name
    ("page:meta-robots-agents=disallow") weighs as barring them in robots.txt does.
    """
    found = {_one(signal) for signal in signals}
    for word in OPT_OUT_WEIGHT:
        if word in found:
            return word
    return "clear"


def _one(signal: str) -> str:
    scope, _, rest = signal.partition(":")
    name, _, value = rest.lower().partition("=")
    about, colon, answer = value.partition(":")
    if not colon:
        about, answer = name.partition(".")[2], value
    if answer in _FOR_A_PERSON:
        return "unclear"
    if about == "search" or answer in _SILENT or answer in _PERMITS:
        return "clear"  # finding pictures is not training on them
    if answer not in _FORBIDS and not answer.startswith("dmi-prohibited"):
        return "unclear"
    if about and "train" not in about and about not in _ABOUT_ALL:
        return "unclear"  # ai-input and the like: not training, but not nothing
    carrier = name.partition(".")[0]
    if carrier.endswith("-lenient"):
        return "unclear"
    if carrier == "robots-ai" or carrier.endswith("-agents"):
        return "ai-agents-barred"
    if name == "robots-general":
        return "general-robots"
    return "reserved-site" if scope == "site" else "reserved-image"


def carriers_unread(carriers: Iterable[str], required: Iterable[str]) -> tuple[str, ...]:
    """Which of the required carriers were *not* read. "robots" is met by "robots.txt" and "site:robots"."""
    read = [carrier.rpartition(":")[2] for carrier in carriers]
    return tuple(word for word in required if not any(carrier.startswith(word) for carrier in read))


def split(word: str) -> tuple[str, str]:
    """A findings word and its basis: "minor:keyword" → ("minor", "keyword"); without one, "stated"."""
    name, _, basis = word.partition(":")
    return name.lower().replace("_", "-"), basis or "stated"


_NO_PEOPLE = frozenset({"none", "no", "no-people", "no-person", "not-applicable", "mr-nap", "0"})
_SILENT_ABOUT = frozenset({"unknown", "not-stated", "unclear", "ag-unk", "age-unknown"})


def people_word(words: Iterable[str]) -> tuple[str, str]:
    """What a look says about people: (shown · none · unknown, basis). One sign of people is enough."""
    said = [split(word) for word in words]
    shown = [basis for name, basis in said if name not in _NO_PEOPLE and name not in _SILENT_ABOUT]
    if shown:
        return "shown", min(shown, key=_strength)
    none = [basis for name, basis in said if name in _NO_PEOPLE]
    if none and "stated" in none:
        return "none", "stated"
    return "unknown", ""


_ADULT = frozenset({"adult", "adults", "no-minors", "no", "none", "over-18", "18-or-over"}) | {
    f"ag-a{age}" for age in range(18, 26)
}


def minors_word(words: Iterable[str]) -> tuple[str, str]:
    """What a look says about minors: (shown · keyword · adults · unknown, basis).

    A tag such as "baby" is a keyword, not a statement; a keyword "adult" proves nothing.
    """
    said = [split(word) for word in words]
    young = [basis for name, basis in said if name not in _ADULT and name not in _SILENT_ABOUT]
    if "keyword" in young and "stated" not in young:
        return "keyword", "keyword"
    if young:
        return "shown", min(young, key=_strength)
    if any(name in _ADULT and basis == "stated" for name, basis in said):
        return "adults", "stated"
    return "unknown", ""


def _strength(basis: str) -> int:
    order = ("stated", "history", "declared", "keyword")
    return order.index(basis) if basis in order else len(order)


#: releases.md §1 and §7; lowest first, because the lowest statement found counts.
_RELEASE: tuple[tuple[str, frozenset[str]], ...] = (
    ("withdrawn", frozenset({"withdrawn", "revoked", "consent-withdrawn"})),
    (
        "none",
        frozenset({"none", "no", "mr-non", "no-release", "no-model-release", "not-released", "disclaimed"})
        | {"editorial", "editorial-only", "editorial-use-only", "false"},
    ),
    ("limited", frozenset({"limited", "mr-lmr", "released-limited", "limited-or-incomplete", "incomplete"})),
    ("claimed", frozenset({"claimed", "claimed-by-terms", "claimed-by-platform-terms"})),
    (
        "stated",
        frozenset({"unlimited", "mr-umr", "released-unlimited", "released", "stated", "yes", "available"})
        | {"held", "on-file", "true"},
    ),
)
RELEASE_WORDS = ("withdrawn", "none", "limited", "unclear", "claimed", "stated")
_NOT_APPLICABLE = frozenset({"not-applicable", "mr-nap"})


def release_word(words: Iterable[str]) -> tuple[str, str]:
    """What a look says about model releases: a word of ``RELEASE_WORDS`` or "" for nothing, and its basis."""
    found: dict[str, str] = {}
    for word in words:
        name, basis = split(word)
        if name in _NOT_APPLICABLE or name in _SILENT_ABOUT:
            continue
        kind = next((kind for kind, names in _RELEASE if name in names), "unclear")
        if basis != "stated" and kind == "stated":
            kind = "unclear"  # a tag "model release" may as well mean that one is missing
        found.setdefault(kind, basis)
    for kind in RELEASE_WORDS:
        if kind in found:
            return kind, found[kind]
    return "", ""
