"""What one manifest format is. Each file in ``formats/`` defines ``FORMAT``, one of these.

Adding one: write ``formats/NAME.py`` with ``FORMAT = Format(…)`` and put ten rows into
``tests/manifests/NAME.*``; nothing else is edited (a test fails for a format without sample).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.manifests.json_text import NotParsed
from crawler.manifests.peek import Peek
from crawler.manifests.table import entries

Entry = tuple[str, Mapping[str, Any] | NotParsed]


def _as_it_is(peek: Peek) -> Peek:
    return peek


def _nothing(_: Peek) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Format:
    """How to know one kind of list and what its columns mean.

    ``specificity`` is the order of trying, highest first: about 90 for a shape nothing else has, 50 for a
    telling set of column names, 10 for a weak one; the general table has 0. ``recognises`` sees the file
    as it is; ``view`` may then name columns that have no headings or correct the dialect, and ``mapping``
    (field → column) and ``notes`` (sentences for the user) see that view. ``enrich`` adds columns of its own
    to a record, named with a leading ``@`` and listed in ``adds``. ``entries`` reads the records themselves,
    where the containers that ``table`` knows are not enough; it gets the mapping.
    """

    name: str
    about: str
    specificity: int
    recognises: Callable[[Peek], bool]
    mapping: Callable[[Peek], dict[str, str]]
    notes: Callable[[Peek], tuple[str, ...]] = _nothing
    view: Callable[[Peek], Peek] = _as_it_is
    enrich: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    adds: tuple[str, ...] = ()
    entries: Callable[[Peek, Mapping[str, str]], Iterator[Entry]] = entries
