"""The user's API key goes to its own host, and is written down nowhere."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock
from urllib.parse import quote, quote_plus

import pytest

from crawler.politeness import pacing, retries
from rehearsal.answer import HTML, JSON, TEXT, Reply
from tests.end_to_end.stage import DB, LIST, Page, everything, scripted

A = "a-site.example"
PHOTO = Reply(b"<!DOCTYPE html><title>A photo</title><h1>A photo</h1>")


@pytest.fixture(autouse=True)
def _no_long_waits() -> Iterator[None]:
    with (
        mock.patch.object(retries, "back_off", return_value=0.02),
        mock.patch.object(pacing, "back_off", return_value=0.02),
    ):
        yield


CANARY = 'Canary/Key+81=&"<x>'


def spellings(key: str) -> list[str]:
    lower = re.sub("%[0-9A-F]{2}", lambda code: code[0].lower(), quote(key, safe=""))
    return [
        lower,
        key, quote(key, safe=""), quote(key, safe=""), quote_plus(key), html.escape(key),
        json.dumps(key)[1:-1], json.dumps(key)[1:-1].replace("/", "\\/"),
    ]  # fmt: skip


@pytest.mark.parametrize("status", [200, 302, 403, 500])
def test_the_key_is_nowhere_even_if_the_server_echoes_it(tmp_path: Path, status: int) -> None:
    echo = "\n".join(spellings(CANARY))
    headers = (("X-Echo", quote(CANARY, safe="")), ("X-Key", CANARY))
    location = (("Location", f"https://{A}/seen?api_key={quote(CANARY, safe='')}&x={quote_plus(CANARY)}"),)
    body = json.dumps({"stat": "fail", "code": 100, "message": f"Invalid API Key {CANARY}"}) + echo
    reply = Reply(body.encode(), JSON, status, headers + (location if status == 302 else ()))
    with scripted(tmp_path, {("api.flickr.com", "*"): reply, (A, "*"): Reply(echo.encode(), TEXT)}) as (
        stage,
        script,
    ):
        stage.settings["FLICKR_API_KEY"] = CANARY
        stage.write_list(("k", "https://www.flickr.com/photos/someone/48000000019/"), ("l", f"https://{A}/1"))
        said = [stage.refreshed(), stage.fine("explain", "k", "--db", DB), stage.fine("verify", "--db", DB)]
        said.append(stage.fine("card", "--db", DB, "--out", "card", "--lists"))
        said.append(stage.run("sources"))
        said.append(stage.run("plan", LIST))
        assert any(quote(CANARY, safe="") in path for path in script.paths("api.flickr.com"))
        written = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        found = {str(path): data for path, data in written.items()} | everything(stage)
        for done in said:
            found[f"said {done.code}"] = (done.out + done.err).encode()
        for spelling in spellings(CANARY):
            assert [where for where, data in found.items() if spelling.encode() in data] == [], spelling


def test_a_key_in_a_redirect_to_another_host_is_not_passed_on(tmp_path: Path) -> None:
    pages: dict[tuple[str, str], Page] = {
        ("api.flickr.com", "*"): Reply(b"", HTML, 302, (("Location", f"https://{A}/take"),)),
        (A, "/take"): PHOTO,
    }
    with scripted(tmp_path, pages) as (stage, script):
        stage.settings["FLICKR_API_KEY"] = CANARY
        stage.write_list(("k", "https://www.flickr.com/photos/someone/48000000019/"))
        stage.refreshed()
        assert not any("api_key" in path for path in script.paths(A))


def test_without_a_key_one_sentence_says_so_before_anything_is_sent(tmp_path: Path) -> None:
    with scripted(tmp_path, {}) as (stage, script):
        stage.write_list(("k", "https://www.flickr.com/photos/someone/48000000019/"))
        done = stage.run("refresh", LIST, "--accept-terms", "flickr", FLICKR_API_KEY="")
        assert done.code == 0
        sentence = next(
            line for line in done.out.splitlines() if line.startswith("flickr: 1 photos will not")
        )
        assert "FLICKR_API_KEY" in sentence
        assert script.paths("api.flickr.com") == []
        assert stage.rows("SELECT status, reason FROM snapshot") == [("disallowed", "no_key")]
