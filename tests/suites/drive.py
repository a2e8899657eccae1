"""Answer cases of an outside suite by calling the product's public functions.

    python tests/suites/drive.py NAME [--base DIR] < cases.jsonl > answers.jsonl

Reads one JSON object ``{"id", "input"}`` a line and writes ``{"id", "output"}`` lines. The suite's own
module, ``answers/NAME.py`` (hyphens as underscores), defines ``answer(input, base) -> dict`` and only
renames keys and words. ``--base`` is what file names in the inputs are relative to: the suite's folder
under ``../shared`` by default.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

Answer = Callable[[dict[str, Any], Path], dict[str, Any]]


def load(name: str) -> Answer:
    """The ``answer`` function of suite ``name``; ``SystemExit`` with one sentence when there is none."""
    file = HERE / "answers" / f"{name.replace('-', '_')}.py"
    spec = importlib.util.spec_from_file_location(f"answers_{file.stem}", file)
    if not file.is_file() or spec is None or spec.loader is None:
        known = ", ".join(sorted(f.stem.replace("_", "-") for f in file.parent.glob("*.py")))
        sys.exit(f"No answers are written for a suite named {name!r}; there are: {known}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answer: Answer = module.answer
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name")
    parser.add_argument("--base", type=Path, default=None)
    chosen = parser.parse_args()
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    answer = load(chosen.name)
    base = chosen.base or ROOT.parent / "shared" / "suites" / chosen.name
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        if line.strip():
            case = json.loads(line)
            answered = {"id": case["id"], "output": answer(case["input"], base)}
            out.write(json.dumps(answered, ensure_ascii=False).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
