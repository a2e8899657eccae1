"""Which spiders there are. They are found by the package's *name*, so this room never imports one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import lru_cache

from crawler.sources.spider import SourceSpider

PACKAGE = "spiders"


@lru_cache(maxsize=1)
def _found() -> tuple[tuple[str, type[SourceSpider]], ...]:
    found: dict[str, type[SourceSpider]] = {}
    package = importlib.import_module(PACKAGE)
    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"{PACKAGE}.{module.name}")
        for _, kind in inspect.getmembers(loaded, inspect.isclass):
            if issubclass(kind, SourceSpider) and kind.__module__ == loaded.__name__ and kind.name:
                if kind.name in found:
                    raise ImportError(f"Two spiders are called {kind.name!r}: {found[kind.name]} and {kind}.")
                found[kind.name] = kind
    return tuple(sorted(found.items()))


def spiders() -> dict[str, type[SourceSpider]]:
    """All spiders by name, sorted.

    Raises:
        ImportError: two spiders share one name, or a spider's file cannot be imported.
    """
    return dict(_found())
