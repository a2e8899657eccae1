"""One image on a terminal, from verdict to quote: what was decided, by which rule, on which words, seen when.

Plain text without colours or cursor movements. Everything foreign passes ``terminal``: no control character,
escape sequence or bidi override reaches the screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dataset_cards.publish.explanation import (
    Explanation,
    ShownChange,
    ShownClaim,
    ShownGround,
    ShownLook,
    ShownText,
    ShownVerdict,
)
from dataset_cards.publish.foreign_text import terminal
from dataset_cards.publish.words import CHANGES, REASONS, STATUSES, layer_label, spelled, use_label

WIDTH = 100
_LONGEST_RAW = 600
_LONGEST_SIDE = 200


def render_explanation(explanation: Explanation) -> str:
    """The explanation as lines of plain text, at most ``WIDTH`` columns where words allow, ending in LF."""
    lines = [
        *_head(explanation),
        *_verdicts(explanation.verdicts, _fields(explanation.looks)),
        *_texts(explanation.texts),
        *_declared(explanation.declared),
        *_looks(explanation.looks),
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


def _fields(looks: Sequence[ShownLook]) -> dict[int, str]:
    """The number of each claim → its field."""
    return {claim.number: claim.field for look in looks for claim in look.claims}


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


def _verdicts(verdicts: Sequence[ShownVerdict], fields: Mapping[int, str]) -> Iterator[str]:
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
            if layer.rests:
                parts = "; ".join(_ground(ground, fields) for ground in layer.rests)
                yield from _wrap(f"rests on {parts}", "        ", "          ")


#: Where a fact that was read from no claim comes from.
_ORIGINS = {
    "profile": "by the profile",
    "held": "attested in the profile",
    "declared": "by the list",
    "address": "by its address",
    "stated": "by the looks themselves",
    "": "not stated",
}


def _ground(ground: ShownGround, fields: Mapping[int, str]) -> str:
    said = f"{terminal(ground.fact)} = {terminal(ground.value)}"
    by_field: dict[str, str] = {}
    for number in ground.claims:
        field = fields[number]
        by_field[field] = f"{by_field.get(field, '')}[{number}]"
    found = ", ".join(f"{terminal(field)} {numbers}" for field, numbers in by_field.items())
    if found:
        rule = ", by a rule of the profile" if ground.basis == "profile" else ""
        return f"{said}{rule}, from {found}"
    if ground.fields:
        return f"{said} (no claim found)"
    return f"{said}, {_ORIGINS.get(ground.basis, ground.basis)}"


_HELD = {
    "same-refresh": "read in the refresh of that look",
    "before": "the last one read before that look",
    "after": "first read after that look, so what stood there then is not known",
}


def _texts(texts: Sequence[ShownText]) -> Iterator[str]:
    when = f", for the look of {terminal(texts[0].look)}" if texts else ""
    yield from ("", f"TEXTS THE LICENCE HANGS ON{when}")
    if not texts:
        yield "  none: no look has found a licence that has a text of its own"
    for text in texts:
        yield from _wrap(f"{terminal(text.kind)} {terminal(text.url)}", "  ", "    ")
        if not text.version:
            yield from _wrap(f"not read: {terminal(text.state)}", "    ", "      ")
            continue
        number = f"version {text.version} of {text.versions}"
        yield from _wrap(
            f"{number}, first seen {terminal(text.first_seen)}: {_HELD[text.held]}", "    ", "      "
        )
        yield from _wrap(f"SHA-256 of its text {terminal(text.sha256)}", "    ", "      ")
        yield from _wrap(_since(text), "    ", "      ")
        yield f"    $ {terminal(text.command)}"  # on one line, to be copied


def _since(text: ShownText) -> str:
    if not text.changed:
        lately = "" if text.state == "read" else f"; asked for last: {terminal(text.state)}"
        return f"unchanged since, last seen {terminal(text.last_seen)}{lately}"
    number, at = text.changed[0]
    back = "" if text.changed[-1][0] == text.versions else "; the newest version reads as this one again"
    return f"CHANGED SINCE: version {number}, first seen {terminal(at)}, reads otherwise{back}"


def _declared(declared: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from ("", "DECLARED BY THE LIST (a third party's word)")
    if not declared:
        yield "  nothing"
    for name, value in declared:
        yield from _wrap(f"{terminal(name)}: {terminal(value)}", "  ", "    ")


def _looks(looks: Sequence[ShownLook]) -> Iterator[str]:
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
        again = _said_again(look, looks[i + 1 :])
        for claim in look.claims:
            if claim not in again:
                yield from _claim(claim)
        if again:
            count = "1 claim" if len(again) == 1 else f"{len(again)} claims"
            yield f"    {count} that the next answer from this address repeats word for word"


def _said_again(look: ShownLook, later: Sequence[ShownLook]) -> list[ShownClaim]:
    """The claims of a look that no verdict rests on which the next answer from the same address makes again."""
    following = None if look.judged else next((other for other in later if other.url == look.url), None)
    said = {replace(claim, number=0) for claim in following.claims} if following is not None else set()
    return [claim for claim in look.claims if replace(claim, number=0) in said]


def _claim(claim: ShownClaim) -> Iterator[str]:
    """On one line where it fits, else on three."""
    value = "not understood" if claim.value is None else terminal(claim.value)
    about = f"{terminal(claim.basis)}, about the {terminal(claim.scope)}"
    said = f"[{claim.number}] {terminal(claim.field)} = {value} ({about})"
    quote, place = marked(claim.quote, claim.raw), f"at {terminal(claim.locator)}"
    line = f"    {said} {quote} {place}"
    if len(line) <= WIDTH:
        yield line
        return
    yield from _wrap(said, "    ", "        ")
    yield from _wrap(quote, "        ", "        ")
    yield from _wrap(place, "        ", "          ")


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
