"""Writes card, chart and lists, and puts on record what went in and which bytes came out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from crawler.errors import BadInput
from crawler.evidence import queries
from crawler.evidence.record import Recorder
from crawler.model import Case, Use
from dataset_cards.policy.evaluate import Verdict, action, judge
from dataset_cards.policy.gather import gather
from dataset_cards.policy.rule import LAYERS
from dataset_cards.publish.card import render_card
from dataset_cards.publish.chart import render_chart
from dataset_cards.publish.figures import ListFile
from dataset_cards.publish.lists import ListRow, write_lists
from dataset_cards.publish.words import layer_label
from deedwatch import judging
from deedwatch.figures import Publisher, figures
from deedwatch.refresh import open_file


def write_card(
    path: Path,
    out: Path,
    *,
    when: str | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    publisher: Publisher,
    with_lists: bool,
) -> list[Path]:
    """README.md, chart.svg and the lists asked for; returns their paths. The decision is recorded."""
    with open_file(path, create=False) as file:
        judged = judging.judge(file, when=when, profile=profile, rulesets=rulesets)
        out.mkdir(parents=True, exist_ok=True)
        lists: tuple[ListFile, ...] = ()
        if with_lists:
            for use in Use:
                lists += write_use(judged, out, use, kinds=("csv", "parquet"))
        numbers = figures(judged, publisher, lists)
        texts = {"README.md": render_card(numbers), "chart.svg": render_chart(numbers)}
        for name, text in texts.items():
            judging.write_output(out / name, text)
        outputs = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
        outputs |= {item.name: item.sha256 for item in lists}
        Recorder(file).decision("card", judged.view.as_of.at, judged.inputs, outputs)
    return [out / name for name in outputs]


def write_use(
    judged: judging.Judgement, out: Path, use: Use, *, kinds: tuple[str, ...], layer: str | None = None
) -> tuple[ListFile, ...]:
    """Keep, review and drop lists of one use under the leading ruleset; of one layer alone if named."""
    return write_lists(
        out, _rows(judged, use, layer), use=use.value, ruleset=judged.leading.id, kinds=kinds, layer=layer
    )


def _rows(judged: judging.Judgement, use: Use, layer: str | None) -> Iterator[ListRow]:
    known: dict[Case, str] = {}
    for key, ordinal, case in queries.image_cases(judged.view, fresh_days=judging.FRESH_DAYS):
        if judged.declared_only:
            case = judging.on_the_lists_word(case)  # noqa: PLW2901 - the same image, judged by less
        word = known.get(case)
        if word is None:
            verdict = judge(gather(case, judged.profile), judged.leading, use)
            word = known[case] = action(verdict) if layer is None else _layer_action(verdict, layer)
        yield ListRow(key, ordinal, word)


def _layer_action(verdict: Verdict, layer: str) -> str:
    for one in verdict.layers:
        if one.layer == layer:
            kept = one.value in ("eligible", "conditional")
            return "keep" if kept else "drop" if one.value == "ineligible" else "review"
    held = ", ".join(layer_label(one.layer) for one in verdict.layers)
    raise BadInput(
        f"The ruleset {verdict.ruleset} does not judge the layer {layer_label(layer)}; it judges {held}."
    )


def layer_named(word: str) -> str:
    """The layer of this id or of the name that people see. Raises BadInput, naming all, for any other word."""
    asked = " ".join(word.lower().replace("_", " ").replace("-", " ").split())
    for layer in LAYERS:
        if asked in (layer.replace("-", " "), layer_label(layer).lower().replace("-", " ")):
            return layer
    known = ", ".join(f'"{layer_label(layer)}"' for layer in LAYERS)
    raise BadInput(f"--layer {word}: there is no such layer; there are {known}.")


def export_lists(
    path: Path,
    out: Path,
    *,
    when: str | None,
    profile: str | None,
    rulesets: tuple[str, ...],
    uses: tuple[Use, ...],
    kinds: tuple[str, ...],
    layer: str | None,
    declared: bool,
) -> tuple[ListFile, ...]:
    """The lists of the named uses; recorded as a decision."""
    layer = layer if layer is None else layer_named(layer)
    with open_file(path, create=False) as file:
        judged = judging.judge(
            file,
            when=when,
            profile=profile,
            rulesets=rulesets[:1] or (judging.PUBLISHERS,),
            declared_only=declared,
        )
        out.mkdir(parents=True, exist_ok=True)
        written: tuple[ListFile, ...] = ()
        for use in uses:
            written += write_use(judged, out, use, kinds=kinds, layer=layer)
        outputs = {item.name: item.sha256 for item in written}
        Recorder(file).decision("export", judged.view.as_of.at, judged.inputs, outputs)
    return written
