"""Model and property releases that a text states about its picture: "Model release: yes", "MR on file", "Model-Release
liegt nicht vor", and the codes of the PLUS vocabulary.

A release's number alone is no statement, nor is a shop's prose about releases in general, nor a question. Values:
yes · no · not_applicable · limited · editorial ("editorial use only": not cleared for other uses, the strongest
negative statement common on stock pages; reference: releases.md §7). An image for which "yes" and "no" are both said
keeps both claims; rules take the lower one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.model import Claim, Field, Scope
from crawler.reading.words import release_words as words

# MR-NON none · MR-NAP not applicable · MR-UMR unlimited · MR-LMR limited or incomplete; the same with PR
# (PLUS LDF 2.0.1; releases.md §1)
_PLUS = {"NON": "no", "NAP": "not_applicable", "UMR": "yes", "UPR": "yes", "LMR": "limited", "LPR": "limited"}
_CODE = re.compile(r"\b([MP])R-(NON|NAP|UMR|UPR|LMR|LPR)\b")
_VALUES = {
    "yes": "yes",
    "no": "no",
    "bare_yes": "yes",
    "bare_no": "no",
    "na": "not_applicable",
    "limited": "limited",
}
_BOTH = (Field.MODEL_RELEASE, Field.PROPERTY_RELEASE)
#: Longer sentences are prose in which a statement about this picture can't be told from one about all.
_SENTENCE_LIMIT = 240


def from_code(text: str) -> tuple[Field, str] | None:
    """``(field, value)`` of a PLUS release status, with or without its address
    (``http://ns.useplus.org/ldf/vocab/MR-UMR``); ``None`` for anything else.
    """
    found = _CODE.search(text)
    if found is None:
        return None
    return (Field.MODEL_RELEASE if found[1] == "M" else Field.PROPERTY_RELEASE), _PLUS[found[2]]


def from_text(text: str, scope: Scope, locator: str) -> list[Claim]:
    """The claims this text makes about releases of its picture; each (field, value) once."""
    if not words.QUICK.search(text) and "R-" not in text:
        return []
    claims: dict[tuple[Field, str], Claim] = {}
    for field, value, raw in statements(text):
        spoken = _plain(raw)
        claims.setdefault((field, value), Claim(field, value, spoken, scope, locator, _plain(text)[:240]))
    return list(claims.values())


def statements(text: str) -> Iterator[tuple[Field, str, str]]:
    """``(field, value, the words)``; ``release_words.EDGE`` in the text marks where elements meet."""
    for match in _CODE.finditer(text):
        field = Field.MODEL_RELEASE if match[1] == "M" else Field.PROPERTY_RELEASE
        yield field, _PLUS[match[2]], match[0]
    for match in words.PAIR.finditer(text):
        for name, field in (("model", Field.MODEL_RELEASE), ("property", Field.PROPERTY_RELEASE)):
            answer = match[name].lower()
            yield field, {"yes": "yes", "no": "no"}.get(answer, "not_applicable"), match[0]
    for match in words.NOT_RELEASED.finditer(text):
        for field in _BOTH:
            yield field, "no" if match["no"] else "not_applicable", match[0]
    for sentence in words.SENTENCE.split(text):
        if sentence and len(sentence) <= _SENTENCE_LIMIT:
            yield from _of_sentence(sentence)


def _of_sentence(sentence: str) -> Iterator[tuple[Field, str, str]]:
    if sentence.rstrip().endswith("?"):
        return
    for match in words.SUBJECT.finditer(sentence):
        fields = _BOTH if match["both"] else _BOTH[:1] if match["model"] else _BOTH[1:]
        said = _answer(sentence, match)
        if said is not None:
            yield from ((field, *said) for field in fields)
    for match in words.SHORT.finditer(sentence):
        after = sentence[match.end() :]
        answer = words.LABEL.match(after) or words.VERBAL.match(after)
        if answer is not None:
            value = _VALUES[str(answer.lastgroup)]
            yield _BOTH[match["kind"] == "PR"], value, sentence[match.start() : match.end() + answer.end()]


def _answer(sentence: str, subject: re.Match[str]) -> tuple[str, str] | None:
    """``(value, the words)`` of what is said about one subject; ``None`` when nothing is stated."""
    before, after = sentence[: subject.start()], sentence[subject.end() :]
    flat = before.replace(words.EDGE, " ")
    without = words.WITHOUT.search(flat)
    if without is not None:
        if words.NEEDED.match(after):
            return _unless_general("not_applicable", sentence, without.start(), subject.end(), before, after)
        return _unless_general(
            "no", sentence, without.start(), subject.end(), before, after if without["prose"] else ""
        )
    if words.ANOTHER_THING.search(flat):
        return None
    label = words.LABEL.match(after)
    answer = label or words.VERBAL.match(after.replace(words.EDGE, " "))
    if answer is not None:
        value = _VALUES[str(answer.lastgroup)]
        if value == "yes" and label is None and not words.OF_ITSELF.search(flat):
            return None
        rest = "" if value == "no" else after[answer.end() :]
        return _unless_general(value, sentence, subject.start(), subject.end() + answer.end(), before, rest)
    released = subject[0].lower().endswith("released")
    if released and words.RELEASED_BEFORE.search(before) and not after.strip(" .,!)" + words.EDGE):
        return _unless_general("yes", sentence, subject.start(), subject.end(), before, after)
    have = words.WITH.search(flat)
    if have is not None and not released and words.GOES_ON.match(after):
        return _unless_general("yes", sentence, have.start(), subject.end(), before, after)
    return None


def _unless_general(
    value: str, sentence: str, start: int, end: int, before: str, rest: str
) -> tuple[str, str] | None:
    general = words.GENERAL_BEFORE_NO if value == "no" and not rest else words.GENERAL
    if general.search(before) or (rest and words.GENERAL.search(rest)):
        return None
    return value, sentence[start:end].strip()


def _plain(text: str) -> str:
    return " ".join(text.replace(words.EDGE, " ").split())
