"""One image on a terminal, from verdict to quote: what was decided, by which rule, on which words, seen when.

Plain text without colours or cursor movements. Everything foreign passes ``terminal``: no control character,
escape sequence or bidi override reaches the screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dataset_cards.publish.foreign_text import terminal
from dataset_cards.publish.words import CHANGES, REASONS, STATUSES, layer_label, spelled, use_label

WIDTH = 100
_LONGEST_RAW = 600
_LONGEST_SIDE = 200


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """One claim: ``quote`` is ``raw`` in its surroundings, ``value`` ``None`` if not understood."""

    field: str
    value: str | None
    raw: str
    scope: str
    locator: str
    quote: str = ""
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class ShownLook:
    """One answer of the source: ISO time, URL, HTTP status (0: none came), SHA-256 of body, permission."""

    time: str
    url: str
    status_code: int
    body_sha256: str | None
    permission: str
    claims: tuple[ShownClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownLayer:
    """One layer's verdict: rule id, reason (a sentence), citation.

    ``conditions``: duties and assumptions as sentences; ``fields``: those of the claims it read.
    """

    layer: str
    verdict: str
    rule: str
    reason: str
    citation: str = ""
    conditions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """The overall verdict for one use, with the list it puts the image in and its layers."""

    use: str
    verdict: str
    action: str
    layers: tuple[ShownLayer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change of this image, both sides in words."""

    time: str
    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known of one image under one ruleset.

    ``declared``: (name, value) pairs of the manifest row, raw. ``verdicts``: one per use asked for.
    ``looks``: oldest first. ``entry`` is the chain entry that holds the latest look, ``head`` the last one:
    (chain, number, hash).
    """

    key: str
    dataset: str
    ruleset: str
    as_of: str
    source: str
    status: str
    reason: str
    head: tuple[str, int, str]
    ordinal: int = 0
    row: str = ""
    native_id: str = ""
    declared: tuple[tuple[str, str], ...] = ()
    verdicts: tuple[ShownVerdict, ...] = ()
    looks: tuple[ShownLook, ...] = ()
    changes: tuple[ShownChange, ...] = ()
    entry: tuple[str, int, str] | None = None
    rehearsal: bool = False


def render_explanation(explanation: Explanation) -> str:
    """The explanation as lines of plain text, at most ``WIDTH`` columns where words allow, ending in LF."""
    numbers = _numbered(explanation.looks)
    lines = [
        *_head(explanation),
        *_verdicts(explanation.verdicts, _by_field(explanation.looks, numbers)),
        *_declared(explanation.declared),
        *_looks(explanation.looks, numbers),
        *_changes(explanation.changes),
        *_chain(explanation),
    ]
    return "\n".join(lines) + "\n"


def marked(quote: str, raw: str) -> str:
    """The quote with the words it is quoted for between « and »; the raw words alone where it lacks them."""
    surroundings, words = terminal(quote), terminal(raw)
    before, found, after = surroundings.partition(words) if words else (surroundings, "", "")
    if not found:
        before, after = ("", "") if words else (before, "")
    shown = f"«{_cut(words, _LONGEST_RAW)}»" if words else ""
    return f"{_cut(before[::-1], _LONGEST_SIDE)[::-1]}{shown}{_cut(after, _LONGEST_SIDE)}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


Numbers = dict[tuple[int, int], int]


def _numbered(looks: Sequence[ShownLook]) -> Numbers:
    """(look, claim) → the number by which layers point at the claim."""
    places = [(i, j) for i, look in enumerate(looks) for j in range(len(look.claims))]
    return {place: number for number, place in enumerate(places, start=1)}


def _by_field(looks: Sequence[ShownLook], numbers: Numbers) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for (i, j), number in numbers.items():
        found.setdefault(looks[i].claims[j].field, []).append(number)
    return found


def _head(explanation: Explanation) -> Iterator[str]:
    ordinal = f" (occurrence {explanation.ordinal + 1})" if explanation.ordinal else ""
    row = f", {terminal(explanation.row)}" if explanation.row else ""
    if explanation.rehearsal:
        yield "REHEARSAL: these looks went to a stand-in for the web, not to the real source."
        yield ""
    yield from _wrap(
        f"{terminal(explanation.key)}{ordinal} in {terminal(explanation.dataset)}{row}", "", "  "
    )
    native = f" {terminal(explanation.native_id)}" if explanation.native_id else ""
    status = STATUSES.get(explanation.status, explanation.status)
    reason = REASONS.get(explanation.reason, explanation.reason)
    yield from _wrap(f"Source: {terminal(explanation.source)}{native}", "  ", "    ")
    yield from _wrap(f"Status: {terminal(status)}: {terminal(reason)}", "  ", "    ")
    yield from _wrap(
        f"Ruleset: {terminal(explanation.ruleset)}, as of {terminal(explanation.as_of)}", "  ", "    "
    )


def _verdicts(verdicts: Sequence[ShownVerdict], claims: dict[str, list[int]]) -> Iterator[str]:
    yield from ("", "VERDICTS")
    if not verdicts:
        yield "  none: this image has not been judged"
    for verdict in verdicts:
        use = use_label(verdict.use)
        yield from _wrap(
            f"{terminal(use)}: {terminal(verdict.verdict).upper()} → {terminal(verdict.action)} list",
            "  ",
            "    ",
        )
        for layer in verdict.layers:
            decides = "▸" if layer.verdict == verdict.verdict else "·"
            label = terminal(layer_label(layer.layer))
            yield from _wrap(
                f"{decides} {label}: {terminal(layer.verdict)}. {terminal(layer.reason)}", "    ", "      "
            )
            citation = f"; after {terminal(layer.citation)}" if layer.citation else ""
            yield from _wrap(f"rule {terminal(layer.rule)}{citation}", "        ", "          ")
            for condition in layer.conditions:
                yield from _wrap(f"condition: {terminal(condition)}", "        ", "          ")
            if layer.fields:
                yield from _wrap(f"rests on {_rests_on(layer, claims)}", "        ", "          ")


def _rests_on(layer: ShownLayer, claims: dict[str, list[int]]) -> str:
    parts = []
    for field in layer.fields:
        numbers = "".join(f"[{number}]" for number in claims.get(field, []))
        parts.append(f"{terminal(field)} {numbers or '(no claim found)'}")
    return ", ".join(parts)


def _declared(declared: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from ("", "DECLARED BY THE LIST (a third party's word)")
    if not declared:
        yield "  nothing"
    for name, value in declared:
        yield from _wrap(f"{terminal(name)}: {terminal(value)}", "  ", "    ")


def _looks(looks: Sequence[ShownLook], numbers: Numbers) -> Iterator[str]:
    yield from ("", "LOOKS AT THE SOURCE")
    if not looks:
        yield "  none: nobody has looked at this image yet, so nothing is known from its source"
    for i, look in enumerate(looks):
        answer = f"HTTP {look.status_code}" if look.status_code else "no answer"
        yield from _wrap(f"{terminal(look.time)}  {answer}  {terminal(look.url)}", "  ", "    ")
        yield from _wrap(f"permission: {terminal(look.permission)}", "    ", "      ")
        yield from _wrap(f"body: {_body(look)}", "    ", "      ")
        if not look.claims:
            yield "    no claim was found in it"
        for j, claim in enumerate(look.claims):
            value = "not understood" if claim.value is None else terminal(claim.value)
            about = f"{terminal(claim.basis)}, about the {terminal(claim.scope)}"
            yield from _wrap(
                f"[{numbers[i, j]}] {terminal(claim.field)} = {value} ({about})", "    ", "        "
            )
            yield from _wrap(marked(claim.quote, claim.raw), "        ", "        ")
            yield from _wrap(f"at {terminal(claim.locator)}", "        ", "          ")


def _body(look: ShownLook) -> str:
    return f"SHA-256 {terminal(look.body_sha256)}" if look.body_sha256 else "none was kept"


def _changes(changes: Sequence[ShownChange]) -> Iterator[str]:
    if not changes:
        return
    yield from ("", "CHANGES")
    for change in changes:
        sides = ""
        if change.before or change.after:
            sides = f": {terminal(change.before) or 'nothing'} → {terminal(change.after) or 'nothing'}"
        kind = terminal(CHANGES.get(change.kind, spelled(change.kind)))
        yield from _wrap(f"{terminal(change.time)}  {kind}{sides}", "  ", "    ")


def _chain(explanation: Explanation) -> Iterator[str]:
    yield from ("", "CHAIN")
    for label, place in (("latest look in", explanation.entry), ("head", explanation.head)):
        if place:
            chain, number, digest = place
            yield from _wrap(
                f"{label}: chain {terminal(chain)}, entry {number}, {terminal(digest)}", "  ", "    "
            )
    yield from ("", "Uploaders state licences; nobody verified that they held the rights. Not legal advice.")


def _wrap(text: str, first: str, rest: str) -> Iterator[str]:
    wrapped = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from wrapped or [first.rstrip()]
