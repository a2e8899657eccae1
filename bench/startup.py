"""How long ``deedwatch --help`` takes, from the shell's point of view: the best of five fresh processes."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measured import run


def figures() -> list[tuple[str, str, str]]:
    """Seconds of wall time."""
    script = Path(sys.executable).with_name("deedwatch")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "deedwatch"]
    return [
        (
            "deedwatch --help, best of five",
            f"{min(run([*command, '--help']).wall for _ in range(5)):.2f} s",
            "≤ 0.30 s",
        )
    ]
