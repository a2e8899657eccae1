"""The two small languages in which robots.txt lines and headers state AI preferences.

``Content-Usage``: IETF AIPREF, vocab-07 and attach-05 (2026-08-19), an RFC 9651 dictionary, byte-exact.
``Content-Signal``: contentsignals.org (2025-09), key=yes|no, lenient about case and blanks.
Both are drafts or vendor text: the raw line is kept beside every reading.
"""

from __future__ import annotations

import re

_WORD = r"[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*"
_BARE = (
    r"(?:-?\d{1,12}\.\d{1,3}|-?\d{1,15}"  # decimal, integer
    r"|\"(?:[ !#-\[\]-~]|\\[\"\\])*\""  # string
    rf"|{_WORD}|:[A-Za-z0-9+/=]*:|\?[01]|@-?\d{{1,15}}"  # token, bytes, boolean, date
    r"|%\"(?:[ !#$&-~]|%[0-9a-f]{2})*\")"  # display string
)
_KEY = r"[a-z*][a-z0-9_.*-]*"
_PARAMETERS = rf"(?:;[ ]*{_KEY}(?:={_BARE})?)*"
_ITEM = rf"{_BARE}{_PARAMETERS}"
_INNER = rf"\([ ]*(?:{_ITEM}(?:[ ]+{_ITEM})*)?[ ]*\){_PARAMETERS}"
_MEMBER = rf"({_KEY})(?:=((?:{_INNER})|(?:{_ITEM}))|({_PARAMETERS}))"
_FIRST = re.compile(_MEMBER, re.ASCII)
_NEXT = re.compile(rf"[ \t]*,[ \t]*{_MEMBER}", re.ASCII)

_ANSWERS = {"y": "allow", "n": "disallow"}
_SIGNAL = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*([A-Za-z][A-Za-z0-9-]*)\s*")
_YES_NO = {"yes": "allow", "no": "disallow"}


def read_content_usage(value: str) -> dict[str, str] | None:
    """``{label: allow | disallow | unknown}``; ``None`` when the value is no RFC 9651 dictionary.

    The last of repeated labels wins, parameters are ignored, any value but the tokens y and n is unknown
    (vocab-07 §6). An empty value states nothing and gives ``{}``.
    """
    value = value.strip(" ")
    found: dict[str, str] = {}
    at = 0
    while at < len(value):
        member = (_NEXT if at else _FIRST).match(value, at)
        if member is None:
            return None
        token = re.fullmatch(rf"({_WORD}){_PARAMETERS}", member[2] or "", re.ASCII)
        found[member[1]] = _ANSWERS.get(token[1], "unknown") if token else "unknown"
        at = member.end()
    return found


def read_content_signal(value: str) -> dict[str, str] | None:
    """``{key: allow | disallow | word}`` with lower-case keys; ``None`` when no part can be read.

    Unreadable parts beside readable ones are left out. ``use`` has words of its own (immediate, reference,
    full), kept as they are.
    """
    found = {}
    for part in re.split(r"[,;]", value):
        signal = _SIGNAL.fullmatch(part)
        if signal:
            word = signal[2].lower()
            found[signal[1].lower()] = _YES_NO.get(word, word)
    return found or None
