"""A folder, a rehearsal web on a free port and the real command line: what the tests of this folder play on.

``Stage.run`` goes through the same ``main`` as the installed command, in this process, because starting Python
costs more than most commands; ``Stage.start`` is for tests about processes.
"""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from unittest import mock

from crawler.evidence.bodies import ZSTD_MAGIC, unpack
from crawler.evidence.file import EvidenceFile
from deedwatch.main import main
from rehearsal.answer import NOT_FOUND, Asked, Reply
from rehearsal.manifests import write_csv
from rehearsal.web import RunningWeb, Web
from rehearsal.world import FLICKR_KEY, World

ROOT = Path(__file__).resolve().parents[2]
#: Without the hosts that make a crawler wait.
QUICK = {"flickr": 4, "commons": 3, "rel_license": 3, "footer": 1, "barred": 1}
DB, LIST = "list.deedwatch.db", "list.csv"

Page = Reply | Callable[[Asked], Reply]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def head(self) -> str:
        """The chain head it printed."""
        return next(line.rpartition(" ")[2] for line in self.out.splitlines() if "head" in line.lower())


class Script(Web):
    """A web of single pages: {(host, path with query or "*" for the rest): reply}; all else answers 404.

    ``asked`` keeps (seconds, host, path) of every request, in order.
    """

    def __init__(self, pages: Mapping[tuple[str, str], Page]) -> None:
        super().__init__(World(1, mix={"flickr": 1}))
        self.pages = dict(pages)
        self.asked: list[tuple[float, str, str]] = []

    def answer(self, method: str, asked: Asked, body: bytes, target: str) -> Reply:
        self.total += 1
        self.asked.append((time.monotonic(), asked.host, target))
        page = self.pages.get((asked.host, target)) or self.pages.get((asked.host, "*"), NOT_FOUND)
        return page(asked) if callable(page) else page

    def paths(self, host: str) -> list[str]:
        return [path for _, asked, path in self.asked if asked == host]


@dataclass
class Stage:
    """``settings`` are the environment of every command here."""

    folder: Path
    web: RunningWeb
    settings: dict[str, str] = field(default_factory=dict)
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = {
            "DEEDWATCH_REHEARSAL_ORIGIN": self.web.origin,
            "DEEDWATCH_REHEARSAL_RATE": "1000",
            "DEEDWATCH_CONTACT": "tests@deedwatch.example",
            "FLICKR_API_KEY": FLICKR_KEY,
        } | self.settings

    @property
    def world(self) -> World:
        return self.web.web.world

    @property
    def db(self) -> Path:
        return self.folder / DB

    def go_to(self, step: int) -> None:
        self.web.go_to(step)

    def environ(self, more: Mapping[str, str]) -> dict[str, str]:
        now = {"DEEDWATCH_REHEARSAL_NOW": self.world.now.isoformat()}
        return {**os.environ, **now, **self.settings, **more}

    def run(self, *words: str | Path, **more: str) -> Done:
        """One command in this process."""
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with (
            mock.patch.dict(os.environ, self.environ(more), clear=True),
            mock.patch.object(sys, "argv", ["deedwatch", *map(str, words)]),
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        return Done(code, out.getvalue(), err.getvalue())

    def refresh(self, *words: str | Path, **more: str) -> Done:
        return self.run("refresh", LIST, "--accept-terms", "flickr", *words, **more)

    def fine(self, *words: str | Path, **more: str) -> Done:
        """A command that must succeed."""
        done = self.run(*words, **more)
        assert done.code == 0, done.err[-2000:]
        return done

    def refreshed(self, *words: str | Path, **more: str) -> Done:
        """A refresh that must succeed."""
        done = self.refresh(*words, **more)
        assert done.code == 0, done.err[-2000:]
        return done

    def start(self, *words: str | Path, most_bytes: int | None = None, **more: str) -> subprocess.Popen[str]:
        """One command in a process of its own, which may write no file larger than ``most_bytes``."""
        limit = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({most_bytes}, {most_bytes}))\n"
        code = f"{'' if most_bytes is None else limit}from deedwatch.main import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, words)],
            env={**self.environ(more), "PYTHONPATH": str(ROOT)},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """No process of a test that failed outlives it."""
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def rows(self, sql: str, *values: object) -> list[tuple]:
        return query(self.db, sql, *values)

    def attack(self, *statements: str) -> None:
        attack(self.db, *statements)

    def write_list(self, *rows: tuple[str, str], columns: str = "image_id,page_url") -> None:
        """A small list of (key, page)."""
        lines = [columns, *(f'"{key}","{page}"' for key, page in rows)]
        (self.folder / LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")


def query(db: Path, sql: str, *values: object) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def attack(db: Path, *statements: str) -> None:
    """Change a file as somebody would who knows SQLite: triggers away, deed done, triggers back."""
    with contextlib.closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


@contextlib.contextmanager
def rehearsing(folder: Path, images: int = 60, **world: object) -> Iterator[Stage]:
    """A stage on a rehearsal world, its list written as ``list.csv``."""
    options = {"mix": QUICK, "brief_trouble": True} | world
    made = World(images, **options)  # type: ignore[arg-type]
    write_csv(made, folder / LIST)
    web = RunningWeb(Web(made), 0)
    with web, Stage(folder, web) as stage:
        yield stage


@contextlib.contextmanager
def scripted(folder: Path, pages: Mapping[tuple[str, str], Page]) -> Iterator[tuple[Stage, Script]]:
    """A stage on a web of single pages."""
    script = Script(pages)
    with RunningWeb(script, 0) as web, Stage(folder, web) as stage:
        yield stage, script


def everything(stage: Stage) -> dict[str, bytes]:
    """All bytes of the evidence, as they lie on disk and as they decode."""
    found = {path.name: path.read_bytes() for path in stage.folder.glob(f"{DB}*")}
    with EvidenceFile.read(stage.db) as file:
        for (body,) in file.db.execute("SELECT body FROM body_bytes"):
            found[f"body {body}"] = file.load_body(body)
        for kind, data in file.db.execute("SELECT kind, data FROM content"):
            found[f"{kind} {len(found)}"] = unpack(data) if data.startswith(ZSTD_MAGIC) else data
    return found
