"""A licence that is named to say that it is not this one's: "no longer CC BY 2.0", "CC BY 4.0 does not apply".

Only what stands in the same clause counts. "This licence does not cover the logos" and "attribution is not
required" say nothing against the licence, and "not for commercial use" is a condition (see ``notices``).
"""

from __future__ import annotations

import re

#: So much before and after the name is looked at.
_NEAR = 120
#: Words that may stand between a denial and the name it denies.
_BETWEEN = (
    r"(?:a|all|allow|also|an|any|as|available|be|been|being|by|cc|commons|content|covered|creative|currently|distributed"
    r"|free|images?|in|included|its|licen[sc]ed?|licen[sc]es|longer|offered|of|our|part|permit|photos?|provided|published"
    r"|released|shared|subject|terms|that|the|their|this|to|under|upload|use|with|within|works?|yet|accept|article['’]s)"
)
_BEFORE = re.compile(
    r"\b(?:compatible|interoperable|similar|comparable|equivalent)\s+(?:with|to)\b[^.¦]{0,80}$"
    r"|\b(?:unlike|instead\s+of|rather\s+than|not\s+(?:\w+\s+)?under|formerly|previously)\b[^.¦]{0,40}$"
    r"|(?:(?<![\w.])(?:not?|never|than|except(?:\s+for)?|(?:excluded|excepted|exempt)\s+from|used\s+to\s+be)|n['’]t)\s+"
    rf"(?:{_BETWEEN}\s+){{0,8}}[\"'(\[“«]?$"
    r"|\b(?:nicht|keine?[rmn]?|pas|no\s+est[áa]|não\s+está|non\s+è|niet)\s+(?:\w+\s+)?"
    r"(?:unter|mit|sous|bajo|sob|sotto|onder)\b[^.,;:¦]{0,40}$"
)
_AFTER = re.compile(
    r"[^.;!?\n]{0,30}?(?:\b(?:not|no\s+longer|never)|n['’]t)\s+(?:\w+\s+)?(?:appl(?:y|ies|icable)|in\s+force|valid)\b"
    r"|[^.;!?\n]{0,30}?\b(?:appl(?:y|ies)\s+only|only\s+appl(?:y|ies))\s+to\s+(?:the\s+)?text\b"
    r"|[^.;!?\n]{0,30}?\bexcept(?:ing)?\s+(?:for\s+)?(?:the\s+|all\s+)?(?:images?|photo\w*|pictures?)\b"
    r"|[^.;!?\n]{0,30}?\b(?:images?|photo\w*|pictures?)\s+(?:are\s+)?(?:excluded|excepted|not\s+included)\b"
    r"|\s*\?\s*$"
)
#: All rights of the pictures, or of what carries the licence in the same breath.
_RESERVED = re.compile(r"\ball\s+rights\s+reserved\b")
_PICTURES = re.compile(r"\b(?:images|photos|photographs|pictures)\b[^.\n|]{0,60}$")
_BREATH = re.compile(r"[.\n|·•]")
#: Every pattern needs one of these words, or a question mark: most texts have none ("isn't" is cut into two).
_NEEDED = (
    "compatible interoperable similar comparable equivalent unlike instead rather formerly previously not no t never"
    " than except excepting excepted excluded exempt included used only reserved nicht pas não non niet"
    " kein keine keiner keinem keinen"
)
_WORDS = frozenset(_NEEDED.split())


def denied(low: str, found: list[str], start: int, end: int) -> bool:
    """Whether a text in lower case, whose words are ``found``, denies what it names from ``start`` to ``end``."""
    if _WORDS.isdisjoint(found) and "?" not in low:
        return False
    if _BEFORE.search(low[max(0, start - _NEAR) : start]) or _AFTER.match(low[end : end + _NEAR]):
        return True
    return "reserved" in low and _reserved(low, start, end)


def _reserved(low: str, start: int, end: int) -> bool:
    for match in _RESERVED.finditer(low):
        first, last = match.span()
        gap = low[last:start] if last <= start else low[end:first]
        if len(gap) <= _NEAR and not _BREATH.search(gap):
            return True
        if _PICTURES.search(low[max(0, first - _NEAR) : first]):
            return True
    return False
