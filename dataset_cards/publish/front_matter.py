"""The YAML block at the head of a card, by the Hub's specification.

Keys: huggingface/hub-docs datasetcard.md (read 2026-08-22). `license` is that of the published lists, as
their publisher sets it; an audit never speaks of the images' licences in front matter, and no tag says that
anything is fit for commercial use: searches would find the tag without the reasons.
"""

from __future__ import annotations

import itertools
from typing import Any

import yaml

from crawler.errors import BadInput
from dataset_cards.publish.figures import Figures, ListFile
from dataset_cards.publish.foreign_text import visible
from dataset_cards.publish.hub_license import hub_license, hub_vocabulary
from dataset_cards.publish.words import ACTIONS

#: Upper bounds (exclusive) of the Hub's customary `size_categories`.
_SIZES = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"),
    (10**9, "100M<n<1B"),
    (10**10, "1B<n<10B"),
    (10**11, "10B<n<100B"),
    (10**12, "100B<n<1T"),
)

TAGS = ("image", "license-audit", "provenance", "deedwatch")


class _Foreign(str):
    """A string from outside, always in double quotes: YAML 1.1 and 1.2 differ on ``1e3`` and ``no``."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(
    _Foreign, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)


def size_category(images: int) -> str:
    """The Hub's size category of so many images."""
    return next((name for bound, name in _SIZES if images < bound), "n>1T")


def front_matter(figures: Figures) -> dict[str, Any]:
    """The front matter as plain data, in the order it is written.

    Raises ``BadInput`` where the lists' licence needs a link the figures don't give, or a task is not one of
    the Hub's.
    """
    data: dict[str, Any] = {
        "pretty_name": _foreign(f"Licence and source audit of {visible(figures.dataset, 120).strip()}")
    }
    data |= _license(figures)
    data["size_categories"] = [size_category(figures.images)]
    data["source_datasets"] = [_foreign(figures.source_dataset or figures.dataset)]
    if figures.task_categories:
        data["task_categories"] = _tasks(figures.task_categories)
    data["tags"] = [*TAGS, *(["rehearsal"] if figures.rehearsal else [])]
    if configs := _configs(figures.lists):
        data["configs"] = configs
    return data


def render_front_matter(figures: Figures) -> str:
    """The front matter with its fences, ending in a newline. Equal figures give equal text."""
    body = yaml.dump(front_matter(figures), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9)
    return f"---\n{body}---\n"


def _foreign(text: str) -> _Foreign:
    return _Foreign(visible(text, 200).strip())


def _license(figures: Figures) -> dict[str, Any]:
    if figures.lists_license is None:
        return {}
    found = hub_license(
        figures.lists_license, name=figures.lists_license_name, link=figures.lists_license_link
    )
    if found.id != "other":
        return {"license": found.id}
    if not found.link:
        raise BadInput(
            f"The Hub has no id for the lists' licence {figures.lists_license!r}: "
            "give a link to its text, or the name of a file in the repository that holds it."
        )
    return {
        "license": "other",
        "license_name": _foreign(found.name or ""),
        "license_link": _foreign(found.link),
    }


def _tasks(tasks: tuple[str, ...]) -> list[str]:
    known = hub_vocabulary()["tasks"]
    for task in tasks:
        if task not in known:
            raise BadInput(
                f"{task!r} is not one of the Hub's task categories; see dataset_cards/publish/hub.toml."
            )
    return sorted(set(tasks))


def _configs(lists: tuple[ListFile, ...]) -> list[dict[str, Any]]:
    """One viewer configuration per use and ruleset, its lists as splits.

    Parquet before JSON Lines: the Hub's viewer guesses CSV columns and would turn the key "00012" into the
    number 12. Empty lists are left out, as the viewer cannot infer columns from nothing.
    """
    kinds = {file.format for file in lists}
    chosen = next((kind for kind in ("parquet", "jsonl") if kind in kinds), None)
    usable = sorted(
        (file for file in lists if file.format == chosen and file.rows),
        key=lambda file: (file.layer or "", file.use, file.ruleset, ACTIONS.index(file.action)),
    )
    configs = []
    for (layer, use, ruleset), group in itertools.groupby(
        usable, key=lambda file: (file.layer, file.use, file.ruleset)
    ):
        splits = [{"split": file.action, "path": _foreign(file.name)} for file in group]
        prefix = f"{layer}-only-" if layer else ""
        configs.append({"config_name": _foreign(f"{prefix}{use}--{ruleset}"), "data_files": splits})
    return configs
