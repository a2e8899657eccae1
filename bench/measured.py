"""A command in a fresh process, and what it used: CPU and wall seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: Seconds after which a command is ended: no bench takes a third of it on two cores.
LONGEST: Final = 1500.0
ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Used:
    """What one process used: seconds of CPU (user and system) and of time, its highest resident memory in MB."""

    cpu: float
    wall: float
    peak: float
    said: str


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> Used:
    """Run to the end. Raises ``RuntimeError`` with the last words of a command that failed.

    The peak is the kernel's own count (``wait4``). It also knows the memory of the process that started it, for a
    new process begins as its parent's copy; so nothing big may live in this one.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
        )
        limit = threading.Timer(LONGEST, process.kill)
        limit.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            limit.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        said.seek(0)
        words = said.read()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {words[-2000:]}")
    return Used(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, words)


@contextmanager
def served(command: Sequence[str]) -> Iterator[int]:
    """The port that a server prints as its first line. It is to serve until its standard input closes."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            port = process.stdout.readline()
            if not port:
                raise RuntimeError(f"{' '.join(command)} did not begin to serve")
            yield int(port)
        finally:
            process.stdin.close()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def deedwatch(
    *words: str | Path, port: int | None = None, now: str = "2026-11-23T10:00:00Z", **env: str
) -> Used:
    """One command of the product; with ``port`` as a rehearsal at full speed."""
    settings = dict(env)
    if port is not None:
        settings |= {
            "DEEDWATCH_REHEARSAL_ORIGIN": f"http://127.0.0.1:{port}",
            "DEEDWATCH_REHEARSAL_RATE": "100000",
            "DEEDWATCH_REHEARSAL_NOW": now,
            "DEEDWATCH_CONTACT": "bench@deedwatch.example",
        }
    return run([sys.executable, "-m", "deedwatch", *map(str, words)], settings)


def write_manifest(path: Path, urls: Sequence[str]) -> Path:
    """A plain table: key and page address."""
    rows = "".join(f"{number:06d},{url}\n" for number, url in enumerate(urls))
    path.write_text(f"id,page_url\n{rows}", encoding="utf-8")
    return path
