"""``datatrainingallowed=yes|no`` in ``/trust.txt`` or ``/.well-known/trust.txt`` (JournalList, 2024-04-04)."""

from __future__ import annotations

from typing import Final

from crawler.opt_outs.signal import MAX_RAW, Answer, Signal, malformed
from crawler.opt_outs.text_lines import read_lines, text_of

CARRIER: Final = "trust-txt"
PATHS: Final = ("/trust.txt", "/.well-known/trust.txt")

_KEY = "datatrainingallowed"
_ANSWERS = {"yes": Answer.ALLOW, "no": Answer.DISALLOW}


def signals(body: bytes, path: str = PATHS[0]) -> tuple[Signal, ...]:
    """Every statement of the file; empty when it makes none or is a page instead. Never raises."""
    text = text_of(body)
    found = []
    for line in read_lines(text, "=") if text is not None else ():
        if line.key != _KEY:
            continue
        place = f"{path} line {line.number}"
        answer = _ANSWERS.get(line.value.lower())
        if answer is None:
            found.append(malformed(CARRIER, line.raw, place, about="train", line=line.number))
        else:
            value = f"{CARRIER}.train={answer}"
            found.append(Signal(CARRIER, "train", answer, value, line.raw[:MAX_RAW], place, line.number))
    return tuple(dict.fromkeys(found))
