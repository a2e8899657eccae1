"""A picture's leading bytes: what is asked for, what answers are used, and what is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.fetching.pictures_desk import LEADING, PicturesDesk, Seen, read_picture, target_of
from crawler.model import Capture, Field, Permission, Reason, Scope, SourceRef, Target, Wanted
from rehearsal.pictures import jpeg, webp, xmp

URL = "https://files.example/1.jpg"
REF = SourceRef("any_page", "https://site.example/1", "site.example")
ALLOWED = Permission(allowed=True, basis="robots")
PACKET = xmp("Ada Wren", "https://creativecommons.org/licenses/by/4.0/", "DMI-PROHIBITED-AIMLTRAINING")


def target() -> Target:
    made = target_of(Wanted(REF, image_url=URL), "https://site.example")
    assert made is not None
    return made


class Server:
    """Stands in for the sender: ``ranges`` False sends the beginning of the file whatever is asked for."""

    def __init__(
        self, data: bytes, *, ranges: bool = True, status: int = 0, allowed: Permission = ALLOWED
    ) -> None:
        self.data, self.ranges, self.status, self.allowed = data, ranges, status, allowed
        self.asked: list[tuple[int, int]] = []
        self.pacing = SimpleNamespace(resting=lambda _: None)

    async def permission(self, _: Target) -> Permission:
        return self.allowed

    async def turn(self, _: str) -> bool:
        return True

    async def fetch(self, wanted: Target, permission: Permission) -> tuple[Capture, Permission]:
        first, end = wanted.context["range"]
        self.asked.append((first, end))
        if self.status:
            status, headers, body = self.status, (), b"no"
        elif self.ranges:
            status, body = 206, self.data[first:end]
            headers = (("Content-Range", f"bytes {first}-{first + len(body) - 1}/{len(self.data)}"),)
        else:
            status, headers, body = 200, (("Content-Length", str(len(self.data))),), self.data[: end - first]
        return Capture(wanted, wanted.url, status, headers, body, datetime.now(UTC)), permission


def ask(server: Server) -> Any:
    return asyncio.run(PicturesDesk(None, server).ask(target()))  # type: ignore[arg-type]


def claims(seen: Seen) -> dict[Field, str | None]:
    assert seen.look is not None
    assert seen.look.status is None
    return {claim.field: claim.value for claim in seen.look.claims}


@pytest.mark.parametrize("ranges", [True, False])
def test_the_first_bytes_are_enough_for_most(ranges: bool) -> None:
    server = Server(jpeg(PACKET), ranges=ranges)
    seen = ask(server)
    assert server.asked == [(0, LEADING)]
    found = claims(seen)
    assert found[Field.AUTHOR] == "Ada Wren"
    assert found[Field.LICENSE] == "CC-BY-4.0"
    assert Field.OPT_OUT in found


def test_nothing_of_the_pixels_is_kept() -> None:
    ((held, _),) = ask(Server(jpeg(PACKET))).captures
    assert b"\x55" * 8 not in held.body
    assert b"Ada Wren" in held.body


def test_what_is_kept_reads_the_same_again() -> None:
    seen = ask(Server(jpeg(PACKET)))
    held = seen.captures[-1][0]
    assert read_picture(held, REF.native_id) == seen.look


def test_metadata_at_the_end_takes_one_more_request() -> None:
    data = webp(PACKET)
    server = Server(data)
    seen = ask(server)
    assert len(server.asked) == 2
    assert claims(seen)[Field.AUTHOR] == "Ada Wren"
    first, last = (capture for capture, _ in seen.captures)
    assert first.body == b""
    assert b"Ada Wren" in last.body


def test_a_server_without_ranges_is_not_asked_for_ever() -> None:
    server = Server(webp(PACKET), ranges=False)
    seen = ask(server)
    assert len(server.asked) <= 2
    assert seen.look is not None
    assert "plus-datamining" not in {claim.value for claim in seen.look.claims}


@pytest.mark.parametrize("status", [401, 403, 404, 410, 416, 451])
def test_a_refusal_is_no_look(status: int) -> None:
    seen = ask(Server(jpeg(None), status=status))
    assert seen.look is None
    assert seen.retry is None
    assert all(capture.body == b"" for capture, _ in seen.captures)


def test_trouble_may_be_asked_again() -> None:
    assert ask(Server(b"", status=500)).retry is Reason.SERVER_ERROR
    assert ask(Server(b"", status=429)).retry is Reason.RATE_LIMITED


def test_a_page_in_place_of_a_picture_is_no_look() -> None:
    assert ask(Server(b"<!DOCTYPE html><h1>Hotlinking is not allowed</h1>")).look is None


def test_robots_of_the_pictures_host_decide() -> None:
    denied = Permission(allowed=False, basis="robots", reason=Reason.ROBOTS)
    server = Server(jpeg(PACKET), allowed=denied)
    assert ask(server) == denied
    assert server.asked == []


@pytest.mark.parametrize("url", [None, "", "ftp://files.example/1.jpg", "/1.jpg"])
def test_no_address_no_request(url: str | None) -> None:
    assert target_of(replace(Wanted(REF), image_url=url), None) is None


def test_headers_of_the_picture_may_keep_machines_out() -> None:
    target = target_of(replace(Wanted(REF), image_url="https://files.example/1.jpg"), None)
    assert target is not None
    held = Capture(target, target.url, 200, (("X-Robots-Tag", "noai"),), jpeg(None), datetime.now(UTC))
    said = {(c.value, c.scope) for c in read_picture(held, "1").claims if c.field is Field.OPT_OUT}
    assert ("x-robots-tag=noai", Scope.IMAGE) in said


class Liar(Server):
    """Answers with the headers it is told to, one list a request, and with the bytes that were asked for."""

    def __init__(self, data: bytes, *ranges: str) -> None:
        super().__init__(data)
        self.lies = list(ranges)

    async def fetch(self, wanted: Target, permission: Permission) -> tuple[Capture, Permission]:
        capture, permission = await super().fetch(wanted, permission)
        headers = (("Content-Range", self.lies[len(self.asked) - 1]), ("Content-Length", "9" * 5_000))
        return replace(capture, headers=headers), permission


@pytest.mark.parametrize(
    "said",
    [
        "bytes 0-65535/" + "9" * 5_000,
        "bytes 0-" + "9" * 5_000 + "/100",
        "bytes 7-65535/70000",
        "bytes */70000",
        "",
        "items 0-9/10",
    ],
)
def test_a_range_that_is_none_gives_no_look(said: str) -> None:
    seen = ask(Liar(jpeg(PACKET), said))
    assert seen.look is None
    assert seen.captures[-1][0].body == b""


def test_a_size_that_is_less_than_what_came_is_no_size() -> None:
    seen = ask(Liar(jpeg(PACKET), "bytes 0-9/10"))
    assert claims(seen)[Field.LICENSE] == "CC-BY-4.0"
    assert seen.look is not None
    assert seen.look.unread == ()


def test_parts_of_two_files_are_not_put_together() -> None:
    data = webp(PACKET)
    size = len(data)
    for total, licensed in ((size, True), (size + 1, False)):
        start = ask_start(data)
        liar = Liar(data, f"bytes 0-65535/{size}", f"bytes {start}-{size - 1}/{total}")
        assert (Field.LICENSE in claims(ask(liar))) is licensed


def ask_start(data: bytes) -> int:
    """Where the second request of an honest server's picture begins."""
    server = Server(data)
    ask(server)
    return server.asked[1][0]
