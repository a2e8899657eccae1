"""Where an element stands, as an XPath: the place a claim names. As libxml2 writes it, and quick on pages with
thousands of claims.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

Element = etree._Element

#: So many paths are asked of libxml2, which counts the siblings for each; a page with more has them counted once.
_PATHS_AT_EASE = 200


def path_of(element: Element, kept: dict[str, Any]) -> str:
    """The XPath of an element as libxml2 writes it. ``kept`` remembers what was counted for this page."""
    asked = kept.get("paths asked", 0)
    if asked < _PATHS_AT_EASE:
        kept["paths asked"] = asked + 1
        return str(element.getroottree().getpath(element))
    steps: dict[Element, str] = kept.setdefault("steps", {})
    path: list[str] = []
    here: Element | None = element
    while here is not None:
        if here not in steps:
            _number(here, steps)
        path.append(steps[here])
        here = here.getparent()
    return "/" + "/".join(reversed(path))


def _number(element: Element, steps: dict[Element, str]) -> None:
    """Note the path's step for this element and for all its siblings."""
    parent = element.getparent()
    siblings = [element] if parent is None else list(parent)
    by_tag: dict[str, list[Element]] = {}
    for sibling in siblings:
        by_tag.setdefault(str(sibling.tag), []).append(sibling)
    for tag, same in by_tag.items():
        for count, sibling in enumerate(same, 1):
            steps[sibling] = tag if len(same) == 1 else f"{tag}[{count}]"
