"""Model and property releases that a page states, in labels rather than in prose.

Read: "Model release: yes", "Property released: N/A", "No model release", and the four words of the PLUS
vocabulary (MR-NON none ·
MR-NAP not applicable · MR-UMR unlimited · MR-LMR limited; the same with PR). A release's number or a shop's
text about releases in general is no statement about this picture. Values: yes · no · not_applicable ·
limited.
"""

from __future__ import annotations

import re

from crawler.model import Claim, Field, Scope
from crawler.reading.html import Element, Page, quote_of, text_of
from crawler.reading.scope import scope_of

_PLUS = {"NON": "no", "NAP": "not_applicable", "UMR": "yes", "UPR": "yes", "LMR": "limited", "LPR": "limited"}
_WORDS = {
    "yes": "yes",
    "available": "yes",
    "signed": "yes",
    "on file": "yes",
    "no": "no",
    "none": "no",
    "not available": "no",
    "not released": "no",
    "n/a": "not_applicable",
    "not applicable": "not_applicable",
    "not required": "not_applicable",
    "limited": "limited",
    "incomplete": "limited",
}
_QUICK = re.compile(rb"(?:model|property)[\s_-]*releas|\b[MP]R-(?:NON|NAP|UMR|UPR|LMR|LPR)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(model|property)[\s-]+releases?d?\b(?:\s*(?:\((?:s|d)\)))?\s*(?:[:=?–-]\s*|is\s+|are\s+)"
    r"(yes|no(?:ne|t available|t released|t applicable|t required)?|available|signed|on file|n/a|limited|"
    r"incomplete)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"(?:^|[.;:]\s*)(?:no|without(?: a)?|not)\s+(model|property)[\s-]+release(?:d|s)?\b", re.IGNORECASE
)
_BARE = re.compile(r"^\W*(model|property)[\s-]+released\W*$", re.IGNORECASE)
_CODE = re.compile(r"\b([MP])R-(NON|NAP|UMR|UPR|LMR|LPR)\b")


def read(page: Page, body: bytes) -> list[Claim]:
    """Release claims of a page; pages without the words cost one search of the bytes."""
    # searching for the case-blind pattern costs 3 ms for 100 KB, these words cost 0.1 each
    if page.root is None or not (b"eleas" in body or b"ELEAS" in body or b"MR-" in body):
        return []
    if not _QUICK.search(body):
        return []
    claims: dict[tuple[Field, str], Claim] = {}
    for element in page.root.iter(
        "p", "li", "dd", "dt", "td", "th", "span", "div", "a", "b", "strong", "label", "small"
    ):
        text = " ".join("".join(_near(element)).split())
        if not 4 < len(text) <= 300 or ("releas" not in text.lower() and "R-" not in text):
            continue
        for field, value, raw in _statements(text):
            scope = scope_of(element, page)
            if scope in (Scope.PAGE, Scope.IMAGE):
                claims.setdefault(
                    (field, value), Claim(field, value, raw, scope, page.locate(element), quote_of(element))
                )
    return list(claims.values())


def _near(element: Element) -> list[str]:
    """The element's own text with that of its inline children: a label and its value are often two spans."""
    pieces = [element.text or ""]
    for child in element:
        pieces += [text_of(child, 100) if len(child) == 0 else " ", child.tail or ""]
    return pieces


def _statements(text: str) -> list[tuple[Field, str, str]]:
    found = [
        (_field(match.group(1)), _WORDS[" ".join(match.group(2).lower().split())], match.group(0))
        for match in _LABEL.finditer(text)
    ]
    for pattern, value in ((_WITHOUT, "no"), (_BARE, "yes")):
        hit = pattern.search(text)
        if hit:
            found.append((_field(hit.group(1)), value, hit.group(0).strip()))
    for match in _CODE.finditer(text):
        field = Field.MODEL_RELEASE if match.group(1) == "M" else Field.PROPERTY_RELEASE
        found.append((field, _PLUS[match.group(2)], match.group(0)))
    return found


def _field(word: str) -> Field:
    return Field.MODEL_RELEASE if word.lower() == "model" else Field.PROPERTY_RELEASE
