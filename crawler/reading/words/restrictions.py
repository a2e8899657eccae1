"""Limits beside the license that a text states: "editorial use only", in seven languages, trademarks and rights of
the persons shown.

"Editorial use only" says twice something: a restriction (value ``editorial``), and that the picture is not cleared
for other uses (``model_release`` = ``editorial``, which rules read as "none"). Limits that a site marks by class or
flag (Commons' ``restriction-*``, Flickr's downloads switched off) are read where the site is read.
"""

from __future__ import annotations

import re

from crawler.model import Claim, Field, Scope
from crawler.reading.words.release_words import EDGE, SENTENCE

_ONLY_ROMANCE = (
    r"(?:s[óo]lo|solamente|[úu]nicamente|exclusiv[oa](?:mente)?|esclusiv[oa](?:mente)?|apenas|somente|só|"
    r"soltanto)"
)
_EDITORIAL = re.compile(
    rf"""
      (?:for\s+)?editorial\s+(?:use|usage|purposes?)[\s,{EDGE}–-]*(?:only|exclusively)
    | (?:only|solely|exclusively|strictly|restricted|limited)\s+(?:for|to)\s+editorial\s+(?:use|usage|purposes?)
    | editorial\s+only\b
    | editorial[\s-]use[\s-]only
    | (?:usage|use|licen[cs]e(?:\s+type)?|rights|restrictions?)\s*[:=][\s{EDGE}]*
      editorial(?:\s+use)?(?=\s*(?:$|[.,;|{EDGE}]))
    | (?:nur|ausschlie(?:ß|ss)lich|lediglich)\s+(?:(?:zur|für|zu|zum)\s+)?(?:die\s+)?
      redaktionelle[nrms]?\s+(?:nutzung|verwendung|zwecken?|gebrauch)
    | redaktionelle\s+(?:nutzung|verwendung)\s+(?:nur|ausschlie(?:ß|ss)lich)
    | nur\s+redaktionell\b
    | (?:usage|utilisation)\s+(?:éditoriale?|rédactionnel(?:le)?)\s+
      (?:uniquement|seulement|exclusivement|exclusive|exclusif)
    | (?:uniquement|seulement|exclusivement|réservée?)\s+(?:pour|à|à\s+des\s+fins)?\s*(?:un\s+|une\s+)?
      (?:usage\s+|utilisation\s+)?(?:éditorial(?:e|es)?|rédactionnel(?:le)?)\b
    | {_ONLY_ROMANCE}\s+(?:(?:para|per)\s+)?uso\s+editoriale?
    | uso\s+(?:{_ONLY_ROMANCE}\s+)?editoriale?\s+{_ONLY_ROMANCE}
    | (?:alleen|uitsluitend)\s+(?:voor\s+)?redactione(?:el|le)\s+(?:gebruik|doeleinden)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_THIS = r"\b(?:this|the\s+(?:depicted|shown))\s+(?:image|photo(?:graph)?|picture|file|work|logo|design)\b"
_OTHERS = (
    (
        "trademarked",
        re.compile(
            rf"{_THIS}[^.!?]{{0,80}}\btrade-?marks?(?:ed)?\b|\btrademark(?:ed)?\s+warning\b"
            r"|\b(?:markenrechtlich|als\s+marke)\s+geschützt",
            re.IGNORECASE,
        ),
    ),
    (
        "personality",
        re.compile(
            rf"{_THIS}[^.!?]{{0,80}}\b(?:personality|publicity|image)\s+rights\b"
            r"|\b(?:personality|publicity)\s+rights\s+(?:warning|apply|may\s+apply|restrict)"
            r"|\bpersönlichkeitsrechte?\s+(?:der\s+abgebildeten|beachten|müssen)",
            re.IGNORECASE,
        ),
    ),
)
_NOT = re.compile(r"\b(?:no|not|without|free\s+of|nicht|keine?)\b|n['’]t\b", re.IGNORECASE)
_QUICK = re.compile(
    r"ditorial|edaktionel|edactione|édactionnel|trade-?mark|(?:personality|publicity|image)\s+rights|persönlichkeitsr|"
    r"markenrecht|als\s+marke",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:if|whether|when(?:ever)?|some|many|most|images|photos|pictures|photographs|files|content|marked|label+ed|means|"
    r"what|wenn|bilder|fotos|filter|imágenes|imagens|immagini|beelden|not|no\s+longer)\b|['\"“”‘’]\s*editorial",
    re.IGNORECASE,
)


def from_text(text: str, scope: Scope, locator: str) -> list[Claim]:
    """The claims this text makes about limits of its picture's use; none from questions and general prose."""
    if not _QUICK.search(text):
        return []
    claims = _editorial(text, scope, locator)
    for value, words in _OTHERS:
        found = words.search(text)
        if found is not None and not _NOT.search(found[0]):
            raw = _plain(found[0])
            claims.append(Claim(Field.RESTRICTION, value, raw, scope, locator, raw))
    return claims


def _editorial(text: str, scope: Scope, locator: str) -> list[Claim]:
    for sentence in SENTENCE.split(text):
        found = _EDITORIAL.search(sentence)
        if found is None or len(sentence) > _SENTENCE_LIMIT or sentence.rstrip().endswith("?"):
            continue
        if _GENERAL.search(sentence[: found.start()]):
            continue
        raw, quote = _plain(found[0]), _plain(sentence)
        return [
            Claim(Field.RESTRICTION, "editorial", raw, scope, locator, quote),
            Claim(Field.MODEL_RELEASE, "editorial", raw, scope, locator, quote),
        ]
    return []


def _plain(text: str) -> str:
    return " ".join(text.replace(EDGE, " ").split())


_SENTENCE_LIMIT = 240
