"""What Commons warns of beside a license: deletion, limits other than copyright, past license reviews.

- Deletion: class ``nuke`` (the reason stands in its link), and the maintenance categories of files that will be
  deleted unless somebody mends them. Either is an open request.
- Limits: the classes ``restriction-*`` (words as in MediaViewer: 2257, communist, costume, currency, design,
  fan-art, ihl, insignia, ita-mibac, nazi, personality, trademarked), kept as written. Older pages mark personality
  rights by the template's id or picture alone [seen in File_Sikh_pilgrim….html]; ids don't depend on language.
- Reviews: what a reviewer saw at the source on a day is evidence of then, not of now (basis ``history``). "Has since
  stopped distributing the file under this license": the license changed at the source (field notes §5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from crawler.model import Basis, Claim, Field, Scope
from crawler.reading.license_claims import first_known
from crawler.reading.pages.html import Element, Page, quote_of, text_of
from crawler.reading.platforms.commons_licenses import elements
from crawler.reading.words import ai_generated

_RESTRICTED = etree.XPath("//*[contains(@class, 'restriction-')]")
_NUKE = etree.XPath("//*[contains(concat(' ', normalize-space(@class), ' '), ' nuke ')]")
_PERSONALITY = etree.XPath(
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' restriction-personality ')]"
    " | //*[@id='commons-template-personality-rights'] | //img[@alt='Personality rights']"
)
_CATEGORIES = etree.XPath(
    "//*[@id='catlinks' or @id='mw-normal-catlinks' or @id='mw-hidden-catlinks']//a[starts-with(@title, 'Category:')]"
)
#: Names of Commons' maintenance categories, as its bots use them; a month or day may follow.
_TO_BE_DELETED = re.compile(
    r"(?:Deletion requests\b(?!/)|Copyright violations\b|Other speedy deletions\b|Advertisements for speedy deletion\b|"
    r"Media missing permission\b|Media without a source\b|Media (?:uploaded )?without a license\b)",
)
_AI = re.compile(
    r"(?:AI[- ]generated|created (?:with|by) (?:AI|artificial intelligence)|by Midjourney|DALL-E|Stable Diffusion)"
)
_REVIEW = re.compile(
    r"It was reviewed on (?P<day>.{6,40}?) by (?P<who>\S.{0,60}?) and was confirmed to be licensed "
    r"under the terms of the (?P<license>[\w.-]+?)\.?(?:\s|$)"
)
# {{Flickrreview}}, {{LicenseReview}}: the license meant is the one the page states
_CONFIRMED = re.compile(
    r"(?:originally posted to|originally uploaded (?:to|on)) .{1,300}?was reviewed on .{6,40}? by .{1,120}?"
    r"who (?:confirmed|found) that it was available .{0,60}?under the (?:above|stated) license on that date"
)
_STOPPED = re.compile(r"has since stopped distributing the file under this license")
# {{VRT info}}, {{PermissionOTRS}}; the boxes that ask for a permission use other words
_ARCHIVED = re.compile(
    r"(?:has received an e-?mail confirming|correspondence has been reviewed by|permission (?:has been|was) archived)"
    r"[^.]{0,250}"
)


def claims(page: Page) -> list[Claim]:
    """All notices of a file page, whole or from ``action=parse``."""
    if page.root is None:
        return []
    found = _restrictions(page)
    for element in elements(_NUKE(page.root))[:1]:
        raw = _reason(element) or text_of(element) or "nuke"
        found.append(Claim(Field.DELETION_REQUEST, "open", raw, Scope.IMAGE, page.locate(element), raw[:240]))
    names = [(link.get("title") or "").partition(":")[2] for link in elements(_CATEGORIES(page.root))]
    return found + of_categories(names, "//*[@id='catlinks']") + _reviews(page)


def nominated(page: Page) -> bool:
    """Whether a deletion request is open."""
    return any(claim.field is Field.DELETION_REQUEST for claim in claims(page))


def restrictions(page: Page) -> list[str]:
    """Words of the ``restriction-*`` classes, in the order of the page."""
    if page.root is None:
        return []
    words = [
        word.removeprefix("restriction-")
        for element in elements(_RESTRICTED(page.root))
        for word in (element.get("class") or "").split()
        if word.startswith("restriction-") and len(word) > len("restriction-")
    ]
    return list(dict.fromkeys(words))


def of_categories(names: Iterable[str], place: str) -> list[Claim]:
    """What categories say: that the file is to be deleted, and, as a keyword, that a model made it."""
    found: list[Claim] = []
    for name in sorted({" ".join(name.replace("_", " ").split()) for name in names}):
        if _TO_BE_DELETED.match(name):
            found.append(Claim(Field.DELETION_REQUEST, "open", name, Scope.IMAGE, place, name))
        if _AI.search(name) or ai_generated.from_text(name, Scope.IMAGE, place):
            found.append(Claim(Field.AI_GENERATED, "yes", name, Scope.IMAGE, place, name, Basis.KEYWORD))
    return found


def _restrictions(page: Page) -> list[Claim]:
    words = restrictions(page)
    found = [
        Claim(
            Field.RESTRICTION,
            word,
            f"restriction-{word}",
            Scope.IMAGE,
            f"//*[contains(@class,'restriction-{word}')]",
        )
        for word in sorted(words)
    ]
    for element in elements(_PERSONALITY(page.root))[:1] if page.root is not None else ():
        place, quote = page.locate(element), quote_of(element)
        found.append(Claim(Field.PEOPLE, "identifiable", "Personality rights", Scope.IMAGE, place, quote))
        if "personality" not in words:
            found.append(
                Claim(Field.RESTRICTION, "personality", "Personality rights", Scope.IMAGE, place, quote)
            )
    return found


def _reason(nuke: Element) -> str:
    """The reason in the link that would delete the file."""
    for link in nuke.iter("a"):
        try:
            reasons = parse_qs(urlsplit(link.get("href") or "").query).get("wpReason")
        except ValueError:
            continue
        if reasons:
            return " ".join(reasons[0].split())
    return ""


def _reviews(page: Page) -> list[Claim]:
    text = text_of(page.root, 200_000) if page.root is not None else ""
    found: list[Claim] = []

    def say(value: str | None, raw: str, place: str) -> None:
        found.append(
            Claim(Field.LICENSE_REVIEW, value, raw[:500], Scope.IMAGE, place, raw[:240], Basis.HISTORY)
        )

    for match in _REVIEW.finditer(text):
        say(first_known([match["license"]])[0], match[0].strip(), "//*[@id='flickr_upload_bot_reviewer']")
    for match in _CONFIRMED.finditer(text):
        say("as-stated", match[0], "//text()")
    for match in list(_ARCHIVED.finditer(text))[:1]:
        say("permission-archived", match[0], "//text()")
    if _STOPPED.search(text):
        say("changed-at-source", _STOPPED.pattern, "//text()")
    return found
