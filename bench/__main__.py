"""``python -m bench [NAME…] [--quick | --thorough] [--json] [--fail] [--out DIR]``

Runs the benches and prints one table: what, measured, bar. It is also written to DIR/figures.md. With
--fail the exit code is 1 when a figure is below its bar.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from bench.figure import Figure, row

#: In the order of issue 2's table; the quick ones first. ``kills`` joins in where it exists.
NAMES = (
    "startup",
    "growth",
    "licenses",
    "reading",
    "pipeline",
    "rows",
    "judging",
    "manifest_memory",
    "memory_refresh",
    "kills",
)


def main() -> int:
    names = [name for name in NAMES if find_spec(f"bench.{name}") is not None]
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure the figures issue 2 sets bars for."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names) + "; all without a name")
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--quick", action="store_true", help="smaller sizes, two minutes; what has none is left out"
    )
    size.add_argument("--thorough", action="store_true", help="judge a million images; takes minutes more")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--fail", action="store_true", help="exit code 1 when a figure is below its bar")
    parser.add_argument("--out", type=Path, default=Path("bench-out"), help="folder for figures.md")
    chosen = parser.parse_args()
    for name in set(chosen.names) - set(names):
        parser.error(f"there is no bench {name}; there are {', '.join(names)}")
    began = time.monotonic()
    found: dict[str, list[Figure]] = {}
    for name in chosen.names or names:
        measure = _measure(name, quick=chosen.quick, thorough=chosen.thorough, named=name in chosen.names)
        if measure is None:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        found[name] = [row(*each) for each in measure()]
        if not chosen.json:
            for figure in found[name]:
                print(figure.line(), flush=True)
    command = " ".join(["python -m bench", *sys.argv[1:]])
    text = table(command, found.values(), time.monotonic() - began)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "figures.md").write_text(text, encoding="utf-8")
    if chosen.json:
        print(
            json.dumps(
                {name: [f.as_json() for f in figures] for name, figures in found.items()},
                indent=2,
                ensure_ascii=False,
            )
        )
    below = [figure.what for figures in found.values() for figure in figures if figure.meets is False]
    print(f"{len(below)} below the bar; the table is in {chosen.out / 'figures.md'}.", file=sys.stderr)
    return 1 if below and chosen.fail else 0


def _measure(
    name: str, *, quick: bool, thorough: bool, named: bool
) -> Callable[[], Iterable[tuple[str, str, str]]] | None:
    """The bench's ``figures``; ``None`` for one that has no quick form when only quick ones were asked for."""
    figures: Callable[..., Iterable[tuple[str, str, str]]] = importlib.import_module(f"bench.{name}").figures
    sizes = {"quick": quick, "thorough": thorough}
    known = {name: sizes[name] for name in inspect.signature(figures).parameters if name in sizes}
    if quick and not named and not known and name != "startup":
        return None
    return lambda: figures(**known)


def table(command: str, groups: Iterable[list[Figure]], seconds: float) -> str:
    """The figures as Markdown, with the machine they are of."""
    machine = f"{platform.machine()}, {platform.system()}"
    lines = [
        f"`{command}`, {seconds:.0f} s, Python {platform.python_version()} on {os.cpu_count()} cores ({machine}).",
        "",
        "| what | measured | bar | |",
        "|---|---|---|---|",
    ]
    lines += [figure.markdown() for figures in groups for figure in figures]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
