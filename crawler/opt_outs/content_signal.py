"""Cloudflare's ``Content-Signal`` lines in robots.txt groups (contentsignals.org, 2025-09; ``use`` since 2026).

Keys ``search``, ``ai-input``, ``ai-train`` are ``yes`` or ``no``, in any case and with blanks; an absent key is
neither granted nor restricted. ``use`` says how collected content may be used (immediate, reference, full) and is
a condition, no permission. There is no path form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from crawler.opt_outs.signal import MAX_RAW, Answer, Signal, TextLine, combine, malformed

CARRIER: Final = "content-signal"
KEYS: Final = ("search", "ai-input", "ai-train")

_PART = re.compile(r"\s*([A-Za-z][A-Za-z0-9_-]{0,63})\s*=\s*([A-Za-z][A-Za-z0-9_-]{0,63})\s*")
_YES_NO = {"yes": Answer.ALLOW, "no": Answer.DISALLOW}
_SLOPPY = {"y": Answer.ALLOW, "n": Answer.DISALLOW, "true": Answer.ALLOW, "false": Answer.DISALLOW}
_USES = frozenset({"immediate", "reference", "full"})
_MOST_KEYS = 32


def read_line(line: TextLine) -> tuple[Signal, ...]:
    """Every key of one line; what cannot be read is malformed, beside what can."""
    raw, place, number = line.raw[:MAX_RAW], f"robots.txt line {line.number}", line.number
    signals: list[Signal] = []
    for part in re.split(r"[,;]", line.value)[:_MOST_KEYS]:
        stated = _PART.fullmatch(part)
        if stated is None:
            if part.strip():
                signals.append(malformed(CARRIER, raw, place, line=number))
            continue
        key, word = stated[1].lower(), stated[2].lower()
        if key == "use" and word in _USES:
            value = f"{CARRIER}.use={word}"
            signals.append(Signal(CARRIER, key, Answer.CONSTRAINED, value, raw, place, number))
        elif key != "use" and word in _YES_NO:
            value = f"{CARRIER}.{key}={_YES_NO[word]}"
            signals.append(Signal(CARRIER, key, _YES_NO[word], value, raw, place, number))
        else:
            signals.append(malformed(CARRIER, raw, place, about=key, line=number))
            if key != "use" and word in _SLOPPY:
                value = f"{CARRIER}-lenient.{key}={_SLOPPY[word]}"
                signals.append(Signal(CARRIER, key, _SLOPPY[word], value, raw, place, number, lenient=True))
    return tuple(dict.fromkeys(signals)) or (malformed(CARRIER, raw, place, line=number),)


def site_signals(lines: Iterable[TextLine]) -> tuple[Signal, ...]:
    """The lines of the group that speaks to us."""
    return tuple(signal for line in lines for signal in read_line(line))


def stray_signals(lines: Iterable[TextLine]) -> tuple[Signal, ...]:
    """Lines before any User-agent line: they speak to nobody, which their writer cannot have meant."""
    return tuple(
        malformed(CARRIER, line.raw, f"robots.txt line {line.number}", line=line.number) for line in lines
    )


def preference(lines: Iterable[TextLine]) -> dict[str, Answer]:
    """Key → allow or disallow over all lines; ``no`` wins where two lines contradict each other.

    Cloudflare says nothing of contradictions; the answer that cannot do harm is taken. ``use`` is left out.
    """
    found = site_signals(lines)
    return combine(*({s.about: s.answer} for s in found if s.answer in _YES_NO.values() and not s.lenient))
