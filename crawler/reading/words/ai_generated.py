"""Whether a picture was made by a generative model.

Stated: IPTC's digital source types ``trainedAlgorithmicMedia`` and ``compositeWithTrainedAlgorithmicMedia``
(cv.iptc.org, 2024-10-23; releases.md §1.1) and the flags of platforms (Pixabay's ``isAiGenerated``). A keyword:
"AI-generated", "Midjourney" and the like in a title, a caption or a tag: they say it as people do, and may mean the
subject ("an exhibition of AI art"). The value is ``yes``; silence says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.model import Basis, Claim, Field, Scope

_SOURCE_TYPE = re.compile(r"(?:^|[/:#\s])(?:compositeWith)?trainedAlgorithmicMedia\s*$", re.IGNORECASE)
_MADE = r"(?:generated|created|made|produced|rendered|designed)"
_MADE_ELSEWHERE = (
    r"(?:generiert|erzeugt|erstellt|générée?s?|créée?s?|generad[oa]s?|cread[oa]s?|generat[oaie]|creat[oaie]|"
    r"gegenereerd|gemaakt|gerad[oa]s?|criad[oa]s?)"
)
_AI = r"(?:(?-i:A\.I\.|AI|ai)|artificial\s+intelligence|generative\s+AI)"
_KI = (
    r"(?:(?:l['’]|d['’]un\w*\s+|une?\s+|la\s+|el\s+)?(?:KI|I\.?A\.?|AI|künstlicher\s+Intelligenz|"
    r"intelligence\s+artificielle|inteligencia\s+artificial|intelligenza\s+artificiale|"
    r"kunstmatige\s+intelligentie|inteligência\s+artificial))"
)
_WORDS = re.compile(
    rf"\b(?:{_AI}[\s-]?{_MADE}|{_MADE}\s+(?:with|by|using|through)\s+(?:an?\s+|the\s+help\s+of\s+)?{_AI}"
    r"|(?:KI|IA)[\s-]?(?:generiert\w*|generated)"
    rf"|(?:mit|durch|von|par|avec|con|por|da|dall['’]|met|door|com)\s*{_KI}\s+{_MADE_ELSEWHERE}"
    rf"|{_MADE_ELSEWHERE}\s+(?:mit|durch|von|par|avec|con|por|da|dall['’]|met|door|com)\s*{_KI}"
    r"|midjourney|stable\s?diffusion|dall[\s·•-]e(?:\s?[23])?|adobe\s+firefly|sdxl)(?!\w)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\bno|\bnot|\bnon|\bnever|n['’]t|\bwithout|\bnicht|\bkeine?|\bohne|\bpas|\bsans|\bsin|\bsenza|\bniet|\bgeen|\bsem|não)"
    r"[\s-]+(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)
_TAGS = frozenset({
    "aigenerated", "aigeneratedart", "aigeneratedimage", "aiart", "aiartwork", "aiimage", "aiphoto", "generativeai",
    "genai", "madewithai", "createdwithai", "midjourney", "midjourneyart", "stablediffusion", "dalle", "dalle2",
    "dalle3", "sdxl", "adobefirefly", "kigeneriert", "kikunst", "genereparia",
})  # fmt: skip


def is_source_type(text: str) -> bool:
    """Whether this digital source type, a word or an address, says "made by a trained model" wholly or in part."""
    return _SOURCE_TYPE.search(text.strip()) is not None


def from_text(text: str, scope: Scope, locator: str) -> list[Claim]:
    """At most one claim, of basis ``keyword``."""
    for found in _WORDS.finditer(text):
        if not _NOT.search(text[max(0, found.start() - 40) : found.start()]):
            quote = " ".join(text[max(0, found.start() - 100) : found.end() + 100].split())
            return [Claim(Field.AI_GENERATED, "yes", found[0], scope, locator, quote, Basis.KEYWORD)]
    return []


def from_tags(tags: Iterable[str], locator: str) -> list[Claim]:
    """At most one claim, naming such tags in alphabetical order."""
    hits = sorted({tag for tag in tags if re.sub(r"[\W_]+", "", tag.lower()) in _TAGS})
    if not hits:
        return []
    raw = ", ".join(hits)
    return [Claim(Field.AI_GENERATED, "yes", raw, Scope.IMAGE, locator, raw, Basis.KEYWORD)]
