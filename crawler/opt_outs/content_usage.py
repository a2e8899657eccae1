"""AIPREF ``Content-Usage``: in response headers, and as rules of robots.txt groups.

IETF drafts vocab-07 and attach-05 (2026-08-19), no RFCs: labels changed in nearly every revision, so every
stated label is kept as it stood, and who asks for ``train-ai`` gets no other label's answer. The value is an
RFC 9651 dictionary, parsed by http-sf (mnot): compared on 2026-11-24 with a parser of our own over the 117 suite
cases and 470,000 generated values, the two differed only where ours wrongly refused a tab at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from http_sf import StructuredFieldError, Token, parse

from crawler.opt_outs.signal import MAX_RAW, Answer, Signal, TextLine, combine, malformed, strictest
from crawler.opt_outs.url_patterns import covers, normalized

HEADER: Final = "content-usage-header"
ROBOTS: Final = "content-usage"

#: A label longer than this is no label of any revision; so many labels say more than any statement.
_LONGEST_LABEL = 64
_MOST_LABELS = 32

_LABEL = re.compile(r"[A-Za-z*][A-Za-z0-9_.*-]*", re.ASCII)
_ANSWERS = {"y": Answer.ALLOW, "n": Answer.DISALLOW}
_SLOPPY = {**_ANSWERS, "yes": Answer.ALLOW, "no": Answer.DISALLOW}
_WHOLE_SITE = frozenset({"", "/", "/*"})


@dataclass(frozen=True, slots=True)
class Usage:
    """One dictionary. ``strict``: label → answer by the draft, empty when it states nothing or is malformed.

    ``lenient``: label → allow or disallow that a person would read (case folded, yes and no accepted, blanks
    around ``=``), most restrictive first, only where ``strict`` has no such answer (optouts §3.1).
    """

    strict: dict[str, Answer] = field(default_factory=dict)
    lenient: dict[str, Answer] = field(default_factory=dict)
    malformed: bool = False


def read_usage(value: str) -> Usage:
    """One field value, or several field lines joined by commas (RFC 9651 §4.2); never raises.

    The last of repeated labels wins, parameters are ignored, any value but the tokens ``y`` and ``n`` is unknown
    (vocab-07 §6).
    """
    strict: dict[str, Answer] = {}
    failed = False
    try:
        members = parse(value.encode("utf-8", "surrogatepass"), tltype="dictionary")
    except StructuredFieldError:
        failed = True
    else:
        assert isinstance(members, dict)
        for label, member in members.items():
            item = member[0] if isinstance(member, tuple) else member
            word = str(item) if isinstance(item, Token) else ""
            strict[label] = _ANSWERS.get(word, Answer.UNKNOWN)
    sloppy = {k: v for k, v in _sloppily(value).items() if strict.get(k) not in _ANSWERS.values()}
    return Usage(strict, sloppy, failed)


def _sloppily(value: str) -> dict[str, Answer]:
    stated: dict[str, list[Answer]] = {}
    for part in value.split(","):
        label, _, word = part.partition(";")[0].partition("=")
        answer = _SLOPPY.get(word.strip().strip('"').strip().lower())
        if answer is not None and _LABEL.fullmatch(label.strip()):
            stated.setdefault(label.strip().lower(), []).append(answer)
    return {label: strictest(answers) for label, answers in stated.items()}


def header_value(headers: Iterable[tuple[str, str]]) -> str | None:
    """All ``Content-Usage`` field lines as one value, ``None`` without any."""
    lines = [value for name, value in headers if name.lower() == "content-usage"]
    return ", ".join(lines) if lines else None


def from_headers(headers: Iterable[tuple[str, str]]) -> tuple[Signal, ...]:
    """Statements about the representation that came with these headers."""
    value = header_value(headers)
    if value is None:
        return ()
    usage = read_usage(value)
    raw, letters = value[:MAX_RAW], {Answer.ALLOW: "y", Answer.DISALLOW: "n"}
    signals = [malformed(HEADER, raw, "Content-Usage")] if usage.malformed else []
    for suffix, stated in (("", usage.strict), ("-lenient", usage.lenient)):
        for label, answer in _some(stated):
            word = f"{HEADER}{suffix}={label}:{letters.get(answer, answer)}"
            signals.append(Signal(HEADER, label, answer, word, raw, "Content-Usage", lenient=bool(suffix)))
    return tuple(signals)


def _some(stated: dict[str, Answer]) -> Iterable[tuple[str, Answer]]:
    """Labels a statement may plausibly have: a header of 60 KB must not become a million rows."""
    return [(label, answer) for label, answer in stated.items() if len(label) <= _LONGEST_LABEL][
        :_MOST_LABELS
    ]


@dataclass(frozen=True, slots=True)
class Rule:
    """A ``Content-Usage`` line of a robots.txt group; ``path`` is "" where it states none."""

    path: str
    usage: Usage
    line: TextLine


def read_rule(line: TextLine) -> Rule:
    """Path and preference: a value that begins with ``/`` has a path up to the first blank or tab (attach §3.2)."""
    if not line.value.startswith("/"):
        return Rule("", read_usage(line.value), line)
    path, *rest = re.split(r"[ \t]+", line.value, maxsplit=1)
    return Rule(path, read_usage(rest[0] if rest else ""), line)


def deciding_rules(rules: Iterable[Rule], path: str) -> tuple[Rule, ...]:
    """The rules with the longest matching path, more than one where the same path is stated twice."""
    matching = [rule for rule in rules if covers(rule.path, path)]
    longest = max((len(normalized(rule.path)) for rule in matching), default=0)
    return tuple(rule for rule in matching if len(normalized(rule.path)) == longest)


def preference(lines: Iterable[TextLine], path: str) -> dict[str, Answer]:
    """What the rules of the group that speaks to us say of one path (path and query) that may be fetched.

    For a disallowed path there is no preference: the caller asks robots.txt first (attach-05 §3.1). Two rules
    of the same path both hold, the most restrictive answer wins.
    """
    return combine(*(rule.usage.strict for rule in deciding_rules(map(read_rule, lines), path)))


def site_signals(lines: Sequence[TextLine]) -> tuple[Signal, ...]:
    """What the rules say of the whole site; a rule for some paths is recorded as such, to be asked by path."""
    return tuple(signal for line in lines for signal in _line_signals(read_rule(line)))


def path_signals(lines: Iterable[TextLine], path: str) -> tuple[Signal, ...]:
    """What the deciding rules say of one path."""
    return tuple(
        signal for rule in deciding_rules(map(read_rule, lines), path) for signal in _usage_signals(rule)
    )


def stray_signals(lines: Iterable[TextLine]) -> tuple[Signal, ...]:
    """Lines before any User-agent line: they speak to nobody, which their writer cannot have meant."""
    return tuple(malformed(ROBOTS, line.raw, _place(line), line=line.number) for line in lines)


def _line_signals(rule: Rule) -> Iterable[Signal]:
    if rule.path in _WHOLE_SITE:
        return _usage_signals(rule)
    raw, place = rule.line.raw[:MAX_RAW], _place(rule.line)
    if rule.usage.malformed:
        return _usage_signals(rule)
    value = f"{ROBOTS}=by_path"
    return [Signal(ROBOTS, "", Answer.CONSTRAINED, value, raw, place, rule.line.number, path=rule.path)]


def _usage_signals(rule: Rule) -> list[Signal]:
    line, usage = rule.line, rule.usage
    raw, place = line.raw[:MAX_RAW], _place(line)
    signals = [malformed(ROBOTS, raw, place, line=line.number)] if usage.malformed else []
    for suffix, stated in (("", usage.strict), ("-lenient", usage.lenient)):
        for label, answer in _some(stated):
            value = f"{ROBOTS}{suffix}.{label}={answer}"
            signals.append(
                Signal(
                    ROBOTS,
                    label,
                    answer,
                    value,
                    raw,
                    place,
                    line.number,
                    path=rule.path,
                    lenient=bool(suffix),
                )
            )
    return signals


def _place(line: TextLine) -> str:
    return f"robots.txt line {line.number}"
