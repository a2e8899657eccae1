"""Running text → the one Creative Commons licence, or other licence, that it states.

Addresses in the text count more than its words; the words must not contradict them. Two different licences,
an address of a licence that was never published, or a condition that the named licence does not have make the
text not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crawler.licenses import denials, registry, urls
from crawler.licenses.expressions import from_expression
from crawler.licenses.license import License, Recognition
from crawler.licenses.mentions import Mention, flags, mentions
from crawler.licenses.speaks import speaks
from crawler.licenses.tokens import ADDRESS
from crawler.licenses.words import conditions, lower, plain, words

_URL = re.compile(
    r"(?:(?:https?:|(?<![:\w/]))//"
    r"|(?<![\w.@/-])(?:www\.|i\.)?(?:creativecommons\.org|licensebuttons\.net|spdx\.org|rightsstatements\.org)/)"
    r"[^\s\"'<>()\[\]{}|\\^`»“”…\u3000-\u9fff\uac00-\ud7a3\uff00-\uff65]+",  # Chinese goes on without a space
    re.IGNORECASE | re.ASCII,
)
_TAG = re.compile(
    r"(?:spdx-license-identifier|licen[sc]e(?:[\s_-]*id(?:entifier)?)?|name)[\"']?\s*[:=]\s*[\"'{\[]*"
    r"([^\n\"'{}\[\]<>,;]{2,200})"
)
#: The answer to what is only a caption.
NOTHING = Recognition("not_a_license", None, "", "it does not speak of a licence", "")
#: Longer texts are searched for English conditions only.
_SHORT = 300
_RESERVED = re.compile(r"\ball\s+rights\s+reserved\b")
_OTHER_TERMS = re.compile(r"licen[sc]|permission|commons|free to use|\bcc\b")
_NC = re.compile(
    r"non[\s-]?commercial|(?:personal|private|educational|editorial)(?:\s+(?:or|and)\s+\w+)?\s+use\s+only"
    r"|not\s+(?:be\s+used\s+)?for\s+commercial|no\s+commercial"
)
_NC_OR_NOT = re.compile(
    r"commercial(?:ly)?\s*(?:or|and|/|,|as\s+well\s+as)\s*(?:for\s+)?non[\s-]?commercial"
    r"|non[\s-]?commercial(?:ly)?\s*(?:or|and|/)\s*(?:for\s+)?commercial"
)
_ND = re.compile(r"no[\s-]?deriv")
#: A second licence of another family, which the text names beside Creative Commons'.
_BESIDE = re.compile(r"\b(?:A?GPL|LGPL|GFDL|MIT|Apache|BSD|MPL|EUPL|ODbL|OFL|FAL|KOGL)\b")
_BESIDE_WORDS = frozenset(
    {"agpl", "gpl", "lgpl", "gfdl", "mit", "apache", "bsd", "mpl", "eupl", "odbl", "ofl", "fal", "kogl"}
)


def from_text(text: str, low: str | None = None, cut: list[str] | None = None) -> Recognition:
    """What a normal text says. ``low``, ``cut``: it in lower case and its words, where the caller has them.

    Never raises.
    """
    low = lower(text) if low is None else low
    read = plain(text)
    found, broken, prose = _addresses(read, low)
    if prose is not text:
        low = lower(prose)
        cut = None
    if cut is None:
        cut = words(prose)
    named = mentions(prose, cut)
    if broken and not any(entry.unit for entry, _ in found.values()):
        return Recognition("not_understood", None, broken, "an address of no licence that was published", "")
    cc = {key: value for key, value in found.items() if value[0].unit}
    if not cc and not named:
        return _from_others(read, prose, low, found)
    if len(found) > len(cc):
        return _unclear(read, "several licences are named")
    told = _Prose(prose, low, cut)
    start, end = prose.find(ADDRESS), prose.rfind(ADDRESS) + 1
    if named:
        start = min(start, named[0].start) if end else named[0].start
        end = max(end, named[-1].end)
    if denials.denied(low, cut, start, end):
        return _unclear(read, "it names the licence to say that it is another one")
    return _from_addresses(told, cc, named) if cc else _from_words(told, named)


@dataclass(slots=True)
class _Prose:
    """A text without its addresses, in lower case too, and cut into words."""

    text: str
    low: str
    words: list[str]

    def contradicts(self, entry: License) -> bool:
        """It forbids what its licence allows ("CC BY 4.0, for non-commercial use only")."""
        if entry.kind != "cc" or (entry.nc and entry.nd):
            return False
        said = conditions(self.words) if len(self.low) <= _SHORT else frozenset()
        nd = "nd" in said or ("deriv" in self.low and _ND.search(self.low) is not None)
        if nd and not entry.nd:
            return True
        if entry.nc or not ("nc" in said or "commercial" in self.low or "use" in self.low):
            return False
        nc = "nc" in said or _NC.search(self.low) is not None
        return nc and not _NC_OR_NOT.search(self.low)


def _addresses(text: str, low: str) -> tuple[dict[str, tuple[License, Recognition]], str, str]:
    """Known licences by id, the first address of a licence nobody published, the text without addresses."""
    found: dict[str, tuple[License, Recognition]] = {}
    broken = ""
    if "//" not in low and ".org/" not in low and ".net/" not in low:
        return found, broken, text
    between, last = [], 0
    for match in _URL.finditer(text):
        between.append(text[last : match.start()])
        last = match.end()
        address = match.group().rstrip(".,;:!?*'’")
        if address.endswith("-"):  # cut by a line's end: "…/licenses/by-nc-" is not the one that was meant
            continue
        answer = urls.from_url(address)
        if answer.license is not None:
            known = found.get(answer.license.id)
            if known is None or (known[1].sure == "weak" and answer.sure != "weak"):
                found[answer.license.id] = (answer.license, answer)
        elif answer.state == "not_understood" and "publish" in answer.how:
            broken = broken or answer.matched
    between.append(text[last:])
    return found, broken, f" {ADDRESS} ".join(between)  # the words in addresses name no licence


def _from_addresses(
    told: _Prose, cc: dict[str, tuple[License, Recognition]], named: list[Mention]
) -> Recognition:
    text = told.text
    firm = {key: value for key, value in cc.items() if value[1].sure != "weak"} or cc
    if len(firm) > 1:
        return _unclear(text, "several licences are named")
    ((entry, answer),) = firm.values()
    weak = answer.sure == "weak"
    for mention in named:
        if mention.flags != flags(entry.unit or "") or mention.version not in (None, entry.version):
            return _unclear(text, "its words and its address name different licences")
        if mention.jurisdiction not in (None, entry.jurisdiction):
            if entry.jurisdiction is not None:
                return _unclear(text, "its words and its address name different ports")
            weak = (
                True  # "3.0 United States", linked to the unported text: seen often, the terms are the same
            )
    if told.contradicts(entry):
        return _unclear(text, "it sets a condition that its licence does not have")
    if not _BESIDE_WORDS.isdisjoint(told.words) and {*_BESIDE.findall(text)} - {
        "MIT"
    }:  # MIT is a school, too
        return _unclear(text, "several licences are named")
    return Recognition("known", entry, answer.matched, f"notice, {answer.how}", "weak" if weak else "stated")


def _from_words(told: _Prose, named: list[Mention]) -> Recognition:
    text = told.text
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
    matched = max((text[m.start : m.end] for m in named), key=len)
    if entry is None:
        return Recognition("not_understood", None, matched, "Creative Commons published no such licence", "")
    alone = len(matched) >= len(text) - 2
    if not alone and told.contradicts(entry):
        return _unclear(text, "it sets a condition that its licence does not have")
    if not alone and not _BESIDE_WORDS.isdisjoint(told.words) and _BESIDE.search(text):
        return _unclear(text, "several licences are named")
    how = "name" if alone else "notice"
    if unread:
        return Recognition("known", entry, matched, f"{how}, what follows the version was not read", "weak")
    return Recognition(
        "known", entry, matched, how, "stated" if entry.version or entry.unit == "publicdomain" else "weak"
    )


def _from_others(
    text: str, prose: str, low: str, found: dict[str, tuple[License, Recognition]]
) -> Recognition:
    if len(found) == 1:
        ((entry, answer),) = found.values()
        return Recognition("known", entry, answer.matched, f"notice, {answer.how}", "stated")
    if "copyright" in low or "irrevocable" in low or "public domain" in low or "restrictions" in low:
        flat = " ".join(_COMMENT.sub(" ", low).split())
        for quote, entry in _quotes():
            if quote in flat:
                return Recognition("known", entry, quote, "quotation of its text", "stated")
    if len(found) > 1:
        return _unclear(text, "several licences are named")
    tagged = from_tag(prose)
    if tagged is not None:
        return tagged
    reserved = _RESERVED.search(low) if "reserved" in low and len(text) <= _SHORT else None
    if reserved and not _OTHER_TERMS.search(low):
        entry = registry.by_id("LicenseRef-all-rights-reserved")
        return Recognition("known", entry, prose[slice(*reserved.span())], "notice", "stated")
    return _unclear(text, "it speaks of a licence that we do not know") if speaks(low) else NOTHING


_COMMENT = re.compile(r"^[ \t]*(?:/?\*+/?|#+|//+|%+|;+|--|>+)|[ \t]*\*+/?[ \t]*$", re.MULTILINE)


def from_tag(text: str) -> Recognition | None:
    """What stands behind "License:" in a text, where it is an id or an expression and nothing more."""
    low = lower(text)
    tag = _TAG.search(low) if "licen" in low or "name" in low else None
    if tag is None:
        return None
    value = text[slice(*tag.span(1))].strip(" \t\r*/")
    entry = urls.ids().get(value.lower())
    if entry is not None:
        return Recognition("known", entry, value, "notice, id", "stated")
    said = from_expression(value, value.lower()) if value else None
    return said if said is not None and (said.license is not None or said.ways) else None


def _unclear(text: str, why: str) -> Recognition:
    return Recognition("not_understood", None, text[:200], why, "")


@cache
def _quotes() -> tuple[tuple[str, License], ...]:
    return tuple(
        (quote, registry.by_id(license_id))
        for license_id, raw in registry.entries_with_words()
        for quote in raw.get("quotes", ())
    )
