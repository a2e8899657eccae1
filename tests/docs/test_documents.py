"""Pages for people: their links lead somewhere, and the commands they name exist with those options."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from deedwatch.main import cli

PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/evidence.md", "docs/principles.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(root: Path, page: str) -> None:
    path = root / page
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist_with_their_options(root: Path, page: str) -> None:
    context = click.Context(cli)
    text = (root / page).read_text("utf-8")
    for verb, rest in re.findall(r"(?:^|`)deedwatch ([a-z]+)([^`\n]*)", text, re.MULTILINE):
        command = cli.get_command(context, verb)
        assert command is not None, f"{page}: deedwatch {verb}"
        known = {option for parameter in command.params for option in parameter.opts}
        if isinstance(command, click.Group):
            continue
        for option in re.findall(r"(?<=\s)--[a-z-]+", rest):
            assert option in known, f"{page}: deedwatch {verb} {option}"


def test_the_architecture_fits_one_page_and_the_picture_is_light(root: Path) -> None:
    assert len((root / "docs" / "architecture.md").read_text("utf-8").splitlines()) <= 120
    assert (root / "docs" / "card.png").stat().st_size < 200_000
