"""Where a value stands in a TOML file, so that an error can name the line a person must edit.

``tomllib`` reads values and forgets lines. This module walks the text once more and remembers, for
each path such as ("rule", 3, "verdict", "evaluation"), the line it was written on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path as FilePath
from typing import Any, NoReturn

from crawler.errors import BadRuleset

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"))*)\s*=(.*)$"""
)
_IN_TABLE = re.compile(r"""[{,]\s*([A-Za-z0-9_-]+)\s*=""")


@dataclass(frozen=True, slots=True)
class Located:
    """A TOML document with its lines. ``name`` is what errors call the file."""

    name: str
    data: Mapping[str, Any]
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest table around it; 1 if nothing of it was found."""
        for end in range(len(path), 0, -1):
            for known in (path[:end], (*path[:end], 0)):
                if known in self.lines:
                    return self.lines[known]
        return 1

    def at(self, path: Path) -> object:
        """The value at ``path``, or ``None`` if there is none; refuses where a table is something else."""
        value: Any = self.data
        for depth, part in enumerate(path):
            if isinstance(part, int):
                value = value[part]
            elif isinstance(value, dict):
                value = value.get(part)
            elif value is None:
                return None
            else:
                self.refuse(path[:depth], "this must be a table, written [name] on a line of its own.")
        return value

    def refuse(self, path: Path, problem: str) -> NoReturn:
        """Raise ``BadRuleset``: one sentence with file, line, field, problem and remedy."""
        field = ".".join(str(part) for part in path if not isinstance(part, int)) or "the file"
        raise BadRuleset(f"{self.name}, line {self.line(path)}, {field}: {problem}")


def own_text(given: str, what: str, shipped: Sequence[str]) -> str:
    """The text of a file the user names. Raises ``BadRuleset``; ``shipped`` are the names that need no file."""
    path = FilePath(given)
    if not path.is_file():
        raise BadRuleset(f"There is no {what} {given!r}: give a file, or one of {', '.join(shipped)}.")
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRuleset(f"{path} cannot be read as a UTF-8 text file ({error}).") from error


def shipped_text(folder: str, name: str) -> str:
    """The text of ``folder/name.toml`` as it ships with this room."""
    return (resources.files("dataset_cards.policy") / folder / f"{name}.toml").read_text("utf-8")


def parse(text: str, name: str) -> Located:
    """Read TOML and remember its lines.

    Raises ``BadRuleset`` naming the file and, as far as TOML's own parser tells it, the line.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        where = f"line {found[1]}" if found else "the last line"
        said = re.sub(r"\s*\(at .*\)$", "", str(error)).rstrip(".")
        raise BadRuleset(f"{name}, {where}: this is not valid TOML ({said}).") from error
    return Located(name, data, _lines(text))


def _lines(text: str) -> dict[Path, int]:
    found: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    open_string = ""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if open_string:
            if open_string in line:
                open_string = ""
            continue
        if depth > 0:
            depth += _depth(line)
            continue
        header = _HEADER.match(line)
        if header:
            table = _table(_parts(header[2]), counts, is_array=header[1] == "[[")
            found.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if not key:
            continue
        path = table + _parts(key[1])
        found.setdefault(path, number)
        for inner in _IN_TABLE.findall(key[2]):
            found.setdefault((*path, inner), number)
        for quote in ('"""', "'''"):
            if key[2].count(quote) == 1:
                open_string = quote
        if not open_string:
            depth = max(0, _depth(key[2]))
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(parts: tuple[str, ...], counts: dict[Path, int], *, is_array: bool) -> Path:
    """The path a header opens: array tables carry their index, also as a prefix of what follows."""
    path: Path = ()
    for depth, part in enumerate(parts):
        path = (*path, part)
        if is_array and depth == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _depth(text: str) -> int:
    """Brackets left open by one line, strings and comments taken out."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'", "", text).split("#", 1)[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
