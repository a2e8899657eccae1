"""One statement about AI use, whatever carried it: the result type of every grammar in this room.

A grammar never decides what a statement means for a use; it says what stands there. What cannot be read has an
answer of its own, ``malformed``, because a sloppy opt-out is not the same as none.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from crawler.model import Claim, Field, Scope

#: Raw text is kept to this many characters: a header of 60 KB says no more than its beginning.
MAX_RAW: Final = 2_000


class Answer(enum.StrEnum):
    """What a statement says about the use it names."""

    ALLOW = "allow"
    DISALLOW = "disallow"
    CONSTRAINED = "constrained"  # on conditions: payment, a license server, only some paths or files
    UNKNOWN = "unknown"  # stated, but neither yes nor no by the carrier's own rules
    MALFORMED = "malformed"  # not readable by the carrier's grammar; a person must look


@dataclass(frozen=True, slots=True)
class Signal:
    """One statement as it stood.

    ``carrier`` is the first word of the claim's value. ``about`` is the stated label, lower case
    ("train-ai", "ai-train", "noimageai", "tdm"), "" where the statement as a whole could not be read. ``value``
    is the claim's word ("x-robots-tag=noai", "content-signal.ai-train=disallow"). ``line`` is the 1-based line
    of a text file. ``agent`` is the AI agent it names instead of everybody or us. ``terms`` is the address of
    conditions or of the file that has them. ``path`` is the pattern it is limited to. ``lenient`` marks a
    reading that the standard does not give but a person would (optouts §3.1): it stands beside the strict
    one, never instead of it.
    """

    carrier: str
    about: str
    answer: Answer
    value: str
    raw: str
    locator: str
    line: int | None = None
    agent: str = ""
    terms: str = ""
    path: str = ""
    lenient: bool = False


class TextLine(Protocol):
    """A ``key: value`` line of robots.txt, ai.txt or trust.txt."""

    @property
    def number(self) -> int:
        """1-based."""

    @property
    def value(self) -> str:
        """What stands after the colon, stripped, without comment."""

    @property
    def raw(self) -> str:
        """The line as it stood."""


def claim(signal: Signal, scope: Scope) -> Claim:
    """The evidence of a signal; its value names carrier, use and answer."""
    return Claim(Field.OPT_OUT, signal.value, signal.raw, scope, signal.locator, quote=signal.raw)


def malformed(carrier: str, raw: str, locator: str, *, about: str = "", line: int | None = None) -> Signal:
    """A statement that was made and could not be read."""
    name = f"{carrier}.{about}" if about else carrier
    return Signal(carrier, about, Answer.MALFORMED, f"{name}=malformed", raw[:MAX_RAW], locator, line)


def combine(*preferences: Mapping[str, Answer]) -> dict[str, Answer]:
    """Several statements of preference as one, label by label (AIPREF vocab-07 §5).

    Any disallow wins, else any allow, else unknown. Labels that no statement names are absent.
    """
    labels = {label for preference in preferences for label in preference}
    return {label: strictest(p[label] for p in preferences if label in p) for label in sorted(labels)}


def strictest(answers: Iterable[Answer]) -> Answer:
    """Disallow before constrained before allow; unknown when none of them is there."""
    given = frozenset(answers)
    for answer in (Answer.DISALLOW, Answer.CONSTRAINED, Answer.ALLOW):
        if answer in given:
            return answer
    return Answer.UNKNOWN
