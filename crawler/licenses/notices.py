"""Running text → the one Creative Commons licence, or other licence, that it states.

Addresses in the text count more than its words; the words must not contradict them. Two different licences,
an address of a licence that was never published, or a condition that the named licence does not have make the
text not understood.
"""

from __future__ import annotations

import re
from functools import cache

from crawler.licenses import registry, urls
from crawler.licenses.license import License, Recognition
from crawler.licenses.mentions import Mention, mentions
from crawler.licenses.words import conditions

_URL = re.compile(
    r"(?:(?:https?:|(?<![:\w/]))//"
    r"|(?<![\w.@/-])(?:www\.|i\.)?(?:creativecommons\.org|licensebuttons\.net|spdx\.org|rightsstatements\.org)/)"
    r"[^\s\"'<>()\[\]{}|\\^`»“”]+",
    re.IGNORECASE | re.ASCII,
)
_TAG = re.compile(
    r"(?:spdx-license-identifier|licen[sc]e(?:[\s_-]*id(?:entifier)?)?|name)[\"']?\s*[:=]\s*[\"'{(\[]*([\w.+-]+)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"creative\W*commons|copyright|©|\(c\)|rights|public[\s-]*domain|\bcc[\s-]?by\b|\bcc0\b"
    r"|licen[scç]|li[cs]en[csz]|許|라이선스|лиценз|ライセンス",
    re.IGNORECASE,
)
#: Longer texts are searched for English conditions only.
_SHORT = 300
_RESERVED = re.compile(r"\ball\s+rights\s+reserved\b", re.IGNORECASE)
_OTHER_TERMS = re.compile(r"licen[sc]|permission|commons|free to use|\bcc\b", re.IGNORECASE)
_NC = re.compile(
    r"non[\s-]?commercial|(?:personal|private|educational|editorial)(?:\s+(?:or|and)\s+\w+)?\s+use\s+only|not\s+(?:be\s+used\s+)?for\s+commercial|no\s+commercial",
    re.IGNORECASE,
)
_NC_OR_NOT = re.compile(
    r"commercial(?:ly)?\s*(?:or|and|/|,|as\s+well\s+as)\s*(?:for\s+)?non[\s-]?commercial|non[\s-]?commercial(?:ly)?\s*(?:or|and|/)\s*(?:for\s+)?commercial",
    re.IGNORECASE,
)
_ND = re.compile(r"no[\s-]?deriv", re.IGNORECASE)


def from_text(text: str) -> Recognition:
    """What a normal text says. Never raises."""
    found, broken, prose = _addresses(text)
    named = mentions(prose)
    if broken and not any(entry.unit for entry, _ in found.values()):
        return Recognition("not_understood", None, broken, "an address of no licence that was published", "")
    cc = {key: value for key, value in found.items() if value[0].unit}
    if cc:
        return _from_addresses(text, prose, cc, named)
    if named:
        return _from_words(text, prose, named)
    return _from_others(text, prose, found)


def _addresses(text: str) -> tuple[dict[str, tuple[License, Recognition]], str, str]:
    """Known licences by id, the first address of a licence nobody published, the text without addresses."""
    found: dict[str, tuple[License, Recognition]] = {}
    broken = ""
    if "/" not in text:
        return found, broken, text
    for match in _URL.finditer(text):
        address = match.group().rstrip(".,;:!?*'’")
        if address.endswith(
            "-"
        ):  # cut by a line break: "…/licenses/by-nc-" is not the address that was meant
            continue
        answer = urls.from_url(address)
        if answer.license is not None:
            known = found.get(answer.license.id)
            if known is None or (known[1].sure == "weak" and answer.sure != "weak"):
                found[answer.license.id] = (answer.license, answer)
        elif answer.state == "not_understood" and "publish" in answer.how:
            broken = broken or answer.matched
    return found, broken, _URL.sub(" ¦ ", text) if found or broken else text


def _from_addresses(
    text: str, prose: str, cc: dict[str, tuple[License, Recognition]], named: list[Mention]
) -> Recognition:
    firm = {key: value for key, value in cc.items() if value[1].sure != "weak"} or cc
    if len(firm) > 1:
        return _unclear(text, "several licences are named")
    ((entry, answer),) = firm.values()
    for mention in named:
        if mention.flags != frozenset((entry.unit or "").split("-")) or (
            mention.version is not None and mention.version != entry.version
        ):
            return _unclear(text, "its words and its address name different licences")
    if _contradicts(prose, entry):
        return _unclear(text, "it sets a condition that its licence does not have")
    return Recognition(
        "known", entry, answer.matched, f"notice, {answer.how}", "weak" if answer.sure == "weak" else "stated"
    )


def _from_words(text: str, prose: str, named: list[Mention]) -> Recognition:
    if len(named) > 1 and len({mention.flags for mention in named}) > 1:
        return _unclear(text, "several licences are named")
    versions = {mention.version for mention in named if mention.version is not None}
    ports = {mention.jurisdiction for mention in named if mention.jurisdiction is not None}
    if len(versions) > 1 or len(ports) > 1:
        return _unclear(text, "several versions are named")
    version = next(iter(versions), None)
    unit = named[0].unit
    unread = not ports and any(mention.place_unread for mention in named)
    if unit in ("zero", "mark"):
        version = version or "1.0"
    entry = registry.cc(unit, version, next(iter(ports), None))
    matched = max((prose[m.start : m.end] for m in named), key=len)
    if entry is None:
        return Recognition("not_understood", None, matched, "Creative Commons published no such licence", "")
    alone = len(matched) >= len(text) - 2
    if not alone and _contradicts(prose, entry):
        return _unclear(text, "it sets a condition that its licence does not have")
    how = "name" if alone else "notice"
    if unread:
        return Recognition("known", entry, matched, f"{how}, what follows the version was not read", "weak")
    return Recognition(
        "known", entry, matched, how, "stated" if entry.version or entry.unit == "publicdomain" else "weak"
    )


def _contradicts(prose: str, entry: License) -> bool:
    """The text forbids what its licence allows ("CC BY 4.0, for non-commercial use only")."""
    if entry.kind != "cc" or (entry.nc and entry.nd):
        return False
    said = conditions(prose) if len(prose) <= _SHORT else frozenset()
    nc = "nc" in said or _NC.search(prose) is not None
    nd = "nd" in said or _ND.search(prose) is not None
    return (nd and not entry.nd) or (nc and not entry.nc and not _NC_OR_NOT.search(prose))


def _from_others(text: str, prose: str, found: dict[str, tuple[License, Recognition]]) -> Recognition:
    if len(found) == 1:
        ((entry, answer),) = found.values()
        return Recognition("known", entry, answer.matched, f"notice, {answer.how}", "stated")
    flat = " ".join(text.split()).lower()
    for quote, entry in _quotes():
        if quote in flat:
            return Recognition("known", entry, quote, "quotation of its text", "stated")
    if len(found) > 1:
        return _unclear(text, "several licences are named")
    tagged = _TAG.search(prose)
    entry_of_tag = urls.ids().get(tagged[1].lower()) if tagged else None
    if tagged and entry_of_tag is not None:
        return Recognition("known", entry_of_tag, tagged[0], "notice, id", "stated")
    reserved = _RESERVED.search(prose)
    if reserved and len(text) <= _SHORT and not _OTHER_TERMS.search(prose):
        entry = registry.by_id("LicenseRef-all-rights-reserved")
        return Recognition("known", entry, reserved[0], "notice", "stated")
    if _SPEAKS.search(text):
        return _unclear(text, "it speaks of a licence that we do not know")
    return Recognition("not_a_license", None, "", "it does not speak of a licence", "")


def _unclear(text: str, why: str) -> Recognition:
    return Recognition("not_understood", None, text[:200], why, "")


@cache
def _quotes() -> tuple[tuple[str, License], ...]:
    return tuple(
        (quote, registry.by_id(license_id))
        for license_id, raw in registry.entries_with_words()
        for quote in raw.get("quotes", ())
    )
