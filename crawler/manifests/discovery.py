"""Finds the formats by their files; there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from crawler.errors import UnknownFormat
from crawler.manifests import formats as room
from crawler.manifests.format import Format


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """All formats in the order they are tried: most specific first, then by name."""
    found: list[Format] = [
        importlib.import_module(f"{room.__name__}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(room.__path__)
    ]
    return tuple(sorted(found, key=lambda f: (-f.specificity, f.name)))


def format_named(name: str) -> Format:
    """The format of this name. Raises ``UnknownFormat`` listing the names there are."""
    for candidate in formats():
        if candidate.name == name:
            return candidate
    raise UnknownFormat(
        f"There is no manifest format {name!r}; there are {', '.join(sorted(f.name for f in formats()))}."
    )
