"""``deedwatch rulesets``: which written rules there are, and what one of them says, as a readable page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dataset_cards.policy.rule import Cell, Rule
    from dataset_cards.policy.ruleset import Ruleset

_NOTE = "Every verdict here is a reading of its sources, not legal advice, and can be replaced by yours."


@click.group(name="rulesets", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a page.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the rulesets that judge images, or show one.

    A ruleset says for every license, opt-out and person shown what each use amounts to, with its reason
    and source. Four ship with deedwatch; `--ruleset FILE` elsewhere takes your own.
    """
    if context.invoked_subcommand is not None:
        return
    from dataset_cards.policy.ruleset import load_ruleset, shipped_rulesets

    found = [load_ruleset(name) for name in shipped_rulesets()]
    if as_json:
        _print_json([_summary(ruleset) for ruleset in found])
        return
    for ruleset in found:
        click.echo(f"{ruleset.id:32} {ruleset.title} ({len(ruleset.rules)} rules)")
    click.echo(f"\nRead one with `deedwatch rulesets show NAME`. {_NOTE}")


@command.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a page.")
@click.option("--layer", help="Only this layer: license, people, opt-outs …")
def show(name: str, as_json: bool, layer: str | None) -> None:
    """Print the ruleset NAME (a name, a name with its date, or a file) as a page."""
    from dataset_cards.policy.rule import LAYERS
    from dataset_cards.policy.ruleset import load_ruleset

    if layer is not None and layer not in LAYERS:
        raise click.BadParameter(f"{layer!r} is not one of {', '.join(LAYERS)}.", param_hint="--layer")
    ruleset = load_ruleset(name)
    shown = [layer] if layer else list(LAYERS)
    rules = [rule for rule in ruleset.rules if rule.layer in shown]
    if as_json:
        _print_json({**_summary(ruleset), "rules": [_rule(rule) for rule in rules]})
        return
    click.echo(page(ruleset, rules))


def page(ruleset: Ruleset, rules: list[Rule]) -> str:
    """The ruleset as text: what it stands for, then its rules by layer, uses with one verdict together."""
    lines = [f"{ruleset.id}: {ruleset.title}", "", ruleset.summary, ""]
    if ruleset.extends:
        lines += [f"Starts from {ruleset.extends}.", ""]
    lines += [
        f"Grants that cannot be revoked last: {'yes' if ruleset.grants_last else 'no'}.",
        f"Exceptions accepted beside the license: {', '.join(ruleset.accepts) or 'none'}.",
        f"Opt-out carriers that must have been read: {', '.join(ruleset.required_carriers) or 'none'}.",
        f"Hash: {ruleset.hash}",
    ]
    before = ""
    for rule in rules:
        if rule.layer != before:
            lines += ["", f"== {rule.layer} =="]
            before = rule.layer
        lines += ["", *_paragraph(rule)]
    return "\n".join([*lines, "", _NOTE])


def _paragraph(rule: Rule) -> list[str]:
    by_verdict: dict[str, list[str]] = {}
    for use, cell in rule.verdict.items():
        by_verdict.setdefault(_written(cell), []).append(use.value)
    raised = f" (by the exception {rule.exception})" if rule.exception else ""
    lines = [f"{rule.id}{raised}: {rule.sentence}", f"    when {_when(rule)}"]
    if len(by_verdict) == 1 and not rule.exception:
        lines.append(f"    {next(iter(by_verdict))} for every use")
    else:
        lines += [f"    {verdict} for {', '.join(uses)}" for verdict, uses in by_verdict.items()]
    return [*lines, f"    [{rule.citation}]"]


def _when(rule: Rule) -> str:
    said = []
    for clause in rule.when:
        verb = "is not" if clause.negate else "is"
        said.append(f"{clause.key} {verb} {' or '.join(sorted(clause.values))}")
    return ", and ".join(said)


def _written(cell: Cell) -> str:
    conditions = ", ".join((*cell.duties, *cell.assumptions))
    return f"{cell.value}: {conditions}" if conditions else cell.value


def _summary(ruleset: Ruleset) -> dict[str, object]:
    return {
        "id": ruleset.id,
        "name": ruleset.name,
        "date": ruleset.date.isoformat(),
        "title": ruleset.title,
        "summary": ruleset.summary,
        "extends": ruleset.extends or None,
        "grants_last": ruleset.grants_last,
        "accepts": list(ruleset.accepts),
        "required_carriers": list(ruleset.required_carriers),
        "hash": ruleset.hash,
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "layer": rule.layer,
        "exception": rule.exception or None,
        "when": {
            ("not_" if clause.negate else "") + clause.key: sorted(clause.values) for clause in rule.when
        },
        "verdict": {use.value: _written(cell) for use, cell in rule.verdict.items()},
        "sentence": rule.sentence,
        "citation": rule.citation,
    }


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
