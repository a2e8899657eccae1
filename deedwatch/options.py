"""Options that several verbs share, so that one word means one thing everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Function = Callable[..., Any]


class Number(click.IntRange):
    """A whole number within bounds, whose error says so in words."""

    name = "number"

    def __init__(self, least: int, most: int | None = None) -> None:
        super().__init__(min=least, max=most)

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """The number. Raises click.BadParameter."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            upto = "on" if self.max is None else f"to {self.max}"
            raise click.BadParameter(
                f"{value!r} is not a whole number from {self.min} {upto}", ctx, param
            ) from None


def manifest_options(function: Function) -> Function:
    """``--format`` and ``--map``."""
    function = click.option(
        "--map",
        "mapping",
        multiple=True,
        metavar="FIELD=COLUMN",
        help="Overrule which column holds a field; `deedwatch formats FILE` shows the mapping.",
    )(function)
    return click.option(
        "--format",
        "manifest_format",
        metavar="NAME",
        help="Read the list as this format instead of recognising it.",
    )(function)


def dataset_options(function: Function) -> Function:
    """``--dataset`` and ``--db``: which evidence file."""
    function = click.option(
        "--db", type=click.Path(path_type=Path), help="The evidence file; default NAME.deedwatch.db."
    )(function)
    return click.option(
        "--dataset", metavar="NAME", help="The dataset's name; default: the manifest's file name."
    )(function)


def judging_options(function: Function) -> Function:
    """``--profile``, ``--ruleset``, ``--as-of``."""
    function = click.option(
        "--as-of",
        "as_of",
        metavar="DATE",
        help="Judge as of an ISO 8601 date or time; default: the newest evidence.",
    )(function)
    function = click.option(
        "--ruleset",
        "rulesets",
        multiple=True,
        metavar="NAME",
        help="A ruleset by name or file; may be repeated.",
    )(function)
    return click.option(
        "--profile",
        metavar="NAME_OR_FILE",
        help="What you know of the dataset: ffhq, coco, … or a TOML file.",
    )(function)


def json_option(function: Function) -> Function:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")(function)
