"""The rehearsal web: one loopback server that plays every host of a world, told apart by the ``Host`` header.

``python -m rehearsal.web --port 8099`` serves until interrupted. Host ``rehearsal.local`` steers it:

    POST /__rehearsal__/step   {"step": 1} or an empty body for the next step → {"step", "name", "now"}
    GET  /__rehearsal__/truth  ?from=0&to=300 → {"step", "steps", "images": […]} (``rehearsal.truth``)
    GET  /__rehearsal__/log    ?since=0&host=… → {"total", "requests": [{"n", "at", "host", "path", …}]}
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shlex
import threading
import time
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rehearsal import commons, flickr, pictures, texts
from rehearsal.answer import JSON, NOT_FOUND, TEXT, Asked, Reply, fault
from rehearsal.fates import STEPS
from rehearsal.manifests import is_ours, write_ffhq
from rehearsal.plain import PageMaker, PlainSites
from rehearsal.truth import truth_of
from rehearsal.wire import Wire
from rehearsal.world import (
    COMMONS,
    COMMONS_FILES,
    FLICKR_API,
    FLICKR_FILES,
    FLICKR_KEY,
    FLICKR_WWW,
    World,
)

CONTROL_HOST = "rehearsal.local"
_LOG_LIMIT = 100_000

Entry = tuple[int, float, str, str, str, str, int]


class Web:
    """Routes by host and keeps the log: its newest ``log_limit`` entries, the API key struck out."""

    def __init__(
        self, world: World, *, big_pages: PageMaker | None = None, log_limit: int = _LOG_LIMIT
    ) -> None:
        self.world = world
        self.log: deque[Entry] = deque(maxlen=log_limit)
        self.total = 0
        self._plain = PlainSites(world, big_pages)

    def count(self) -> int:
        return self.total

    def answer(self, method: str, asked: Asked, body: bytes, target: str) -> Reply:
        if asked.path.startswith("/__rehearsal__/"):
            return self._control(method, asked, body)
        reply = self._site(asked) if method in ("GET", "HEAD") else Reply(b"", TEXT, 405)
        self.log.append(
            (
                self.total, time.time(), asked.host, target.replace(FLICKR_KEY, "REDACTED"),
                asked.headers.get("user-agent", ""), asked.scheme, reply.status,
            )
        )  # fmt: skip
        self.total += 1
        return reply

    def _site(self, asked: Asked) -> Reply:
        host = asked.host
        if host == FLICKR_API:
            return flickr.api(self.world, asked)
        if host == COMMONS:
            return commons.site(self.world, asked)
        if host in self.world.plain:
            return self._plain.answer(asked)
        if host == FLICKR_WWW:
            return flickr.www(self.world, asked)
        if host in texts.HOSTS:
            return texts.site(self.world, asked)
        if host in (FLICKR_FILES, COMMONS_FILES):
            return self._picture(asked)
        return fault("dns")

    def _picture(self, asked: Asked) -> Reply:
        """Hosts of picture files: they hold those of photos that are gone as well, and have no robots.txt."""
        name = asked.path.rpartition("/")[2]
        if asked.host == FLICKR_FILES:
            photo = self.world.flickr_photo(name.partition("_")[0])
        else:
            photo = self.world.commons_photo(f"File:{name.replace('_', ' ')}")
        return NOT_FOUND if photo is None else pictures.served(asked, pictures.of_photo(photo))

    def _control(self, method: str, asked: Asked, body: bytes) -> Reply:
        if asked.host != CONTROL_HOST:
            return NOT_FOUND
        word = asked.path.removeprefix("/__rehearsal__/")
        try:
            if word == "step" and method == "POST":
                self.world.go_to(int(json.loads(body)["step"]) if body else self.world.step + 1)
                return _json(self._where())
            if word == "truth":
                return _json(self._truth(asked))
            if word == "log":
                return _json(self._requests(asked))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            return Reply(f"{word}: {error}".encode(), TEXT, 400)
        return NOT_FOUND

    def _where(self) -> dict[str, Any]:
        step = self.world.step
        return {"step": step, "name": STEPS[step][0], "now": self.world.now.isoformat()}

    def _truth(self, asked: Asked) -> dict[str, Any]:
        first, end = int(asked.query.get("from", 0)), int(asked.query.get("to", self.world.images))
        rows = (self.world.row(index) for index in range(first, min(end, self.world.images)))
        return {
            **self._where(),
            "steps": [name for name, _ in STEPS],
            "images": [truth_of(self.world, row) for row in rows],
        }

    def _requests(self, asked: Asked) -> dict[str, Any]:
        since, host = int(asked.query.get("since", 0)), asked.query.get("host")
        names = ("n", "at", "host", "path", "agent", "scheme", "status")
        found = [
            dict(zip(names, entry, strict=True))
            for entry in self.log
            if entry[0] >= since and host in (None, entry[2])
        ]
        return {"total": self.total, "requests": found}


def _json(value: dict[str, Any]) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), JSON)


class RunningWeb:
    """A web served from a thread of its own. ``origin`` is "http://127.0.0.1:PORT"; use it as a context or
    ``stop`` it."""

    def __init__(self, web: Web, port: int) -> None:
        self.web = web
        self._open: set[Wire] = set()
        self._loop = asyncio.new_event_loop()
        server = self._loop.run_until_complete(
            self._loop.create_server(
                lambda: Wire(web.answer, web.count, self._open),
                "127.0.0.1",
                port,
                reuse_address=True,
                backlog=512,
            )
        )
        self._server = server
        self.port: int = server.sockets[0].getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._loop.run_forever, name="rehearsal-web", daemon=True)
        self._thread.start()

    def go_to(self, step: int) -> None:
        """Move the timeline; raises ``IndexError`` for a step it does not have."""
        self.web.world.go_to(step)

    def stop(self) -> None:
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        for wire in tuple(self._open):
            wire.abort()
        while self._open:
            await asyncio.sleep(0)

    def wait(self) -> None:
        """Serve until interrupted."""
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(
    world: World, port: int = 0, *, big_pages: PageMaker | None = None, log_limit: int = _LOG_LIMIT
) -> RunningWeb:
    """Serve ``world`` on loopback, port 0 for a free one. Raises ``OSError`` when the port is taken."""
    return RunningWeb(Web(world, big_pages=big_pages, log_limit=log_limit), port)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m rehearsal.web", description="Serve the rehearsal web on loopback."
    )
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--images", type=int, default=300)
    parser.add_argument("--hosts", type=int, default=7, help="plain hosts beside Flickr and Commons")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--step", type=int, default=0, help=", ".join(f"{n} {s[0]}" for n, s in enumerate(STEPS))
    )
    parser.add_argument(
        "--list", type=Path, help="also write this world's Flickr photos as an FFHQ-shaped list"
    )
    chosen = parser.parse_args()
    world = World(chosen.images, chosen.hosts, chosen.seed, step=chosen.step)
    if chosen.list is not None:
        if chosen.list.exists() and not (chosen.list.is_file() and is_ours(chosen.list)):
            parser.error(
                f"--list {chosen.list}: this file was not written by a rehearsal; it was left as it is."
            )
        chosen.list.parent.mkdir(parents=True, exist_ok=True)
        print(f"{write_ffhq(world, chosen.list)} images in {chosen.list}")
    with serve(world, chosen.port) as running:
        print(
            f"A rehearsal web of {world.images} images answers at {running.origin}; Ctrl-C ends it.",
            flush=True,
        )
        print("In another terminal:")
        if chosen.list is not None:
            print(f"cd {shlex.quote(str(chosen.list.parent.absolute()))}")
        print(f"export DEEDWATCH_REHEARSAL_ORIGIN={running.origin}")
        print(f"export FLICKR_API_KEY={FLICKR_KEY} DEEDWATCH_CONTACT=you@example.org", flush=True)
        try:
            running.wait()
        except KeyboardInterrupt:
            print("ended")


if __name__ == "__main__":
    main()
