"""Two readable texts → a unified diff a person can read: by sentences, wrapped, with little around each change."""

from __future__ import annotations

import difflib
import re
import textwrap

WIDTH = 100
CONTEXT = 1
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[\"'(“‘]?[A-Z0-9À-Þ])")


def diff(before: str, after: str, *, names: tuple[str, str], width: int = WIDTH) -> list[str]:
    """Lines of the diff; none where the texts are equal. A sentence is one unit, however its paragraph is laid out,
    so that one changed word does not shift all that follows it.
    """
    lines = []
    for number, line in enumerate(
        difflib.unified_diff(_units(before), _units(after), *names, n=CONTEXT, lineterm="")
    ):
        sign = line[:1]
        if number < 2 or sign == "@":  # the names; where a change stands. A text's own "-- " comes later
            lines.append(line if number < 2 else "")
            continue
        mark = f"{sign} "
        lines += textwrap.wrap(
            line[1:],
            width,
            initial_indent=mark,
            subsequent_indent=mark,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [mark.rstrip()]
    return lines


def _units(text: str) -> list[str]:
    return [sentence for line in text.splitlines() for sentence in _SENTENCE.split(line)]
