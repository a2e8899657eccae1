"""``deedwatch read`` and ``deedwatch sources``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.errors import BadInput
from crawler.sources.discovery import spiders
from deedwatch.verbs import read, sources

PAGES = Path(__file__).resolve().parents[2] / "pages"
KEYS = {"source", "native_id", "status", "reason", "license", "license_state", "claims", "findings", "unread"}


def run(*words: str) -> dict[str, object]:
    result = CliRunner().invoke(read.command, words, catch_exceptions=False)
    assert result.exit_code == 0
    shown = json.loads(result.stdout)
    assert set(shown) >= KEYS
    return dict(shown)


def test_a_stored_answer_is_read() -> None:
    case = PAGES / "flickr" / "stated-by-nc-json"
    url = json.loads((case / "meta.json").read_text("utf-8"))["url"]
    shown = run(str(case / "page.json"), "--url", url)
    assert (shown["source"], shown["native_id"], shown["status"]) == ("flickr", "46000000001", "available")
    assert (shown["license"], shown["license_state"]) == ("CC-BY-NC-2.0", "known")
    claims = shown["claims"]
    assert isinstance(claims, list)
    assert set(claims[0]) == {"field", "value", "raw", "scope", "locator", "quote", "basis"}


def test_status_and_headers_are_heeded(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>" + "words " * 40)
    lines = tmp_path / "headers.txt"
    lines.write_text("HTTP/1.1 200 OK\nContent-Type: text/html\nX-Robots-Tag: noai\n\n")
    shown = run(str(page), "--url", "https://page.example/1", "--headers", str(lines))
    assert shown["findings"]["opt_outs"] == ["page:x-robots-tag=noai"]  # type: ignore[index]
    as_json = tmp_path / "headers.json"
    as_json.write_text('{"content-type": "text/html", "x-robots-tag": ["noai", "noimageai"]}')
    shown = run(str(page), "--url", "https://page.example/1", "--headers", str(as_json))
    assert len(shown["findings"]["opt_outs"]) == 2  # type: ignore[index]
    assert run(str(page), "--url", "https://page.example/1", "--status", "410")["status"] == "gone"
    assert run(str(page), "--url", "https://page.example/1", "--status", "0")["status"] == "unreachable"


def test_an_answer_about_several_photos_lists_them_and_is_no_photo() -> None:
    case = PAGES / "flickr" / "stated-list"
    url = json.loads((case / "meta.json").read_text("utf-8"))["url"]
    shown = run(str(case / "page.json"), "--url", url)
    assert (shown["native_id"], shown["license"], shown["reason"]) == (None, None, "not_a_photo")
    photos = shown["photos"]
    assert isinstance(photos, list)
    assert [p["license"] for p in photos] == ["CC0-1.0", "CC-BY-NC-4.0"]


def test_the_picture_asked_for_is_told_from_the_others() -> None:
    page = str(PAGES / "any_page" / "stated-two-pictures" / "page.html")
    url, cdn = "https://quay.example/p/77", "https://cdn.quay.example/"
    assert run(page, "--url", url)["license_state"] == "conflict"
    before = run(page, "--url", url, "--image", f"{cdn}before.jpg")
    assert (before["license"], before["native_id"]) == ("CC-BY-2.0", f"{url} {cdn}before.jpg")
    ranked = before["ranking"]
    assert isinstance(ranked, list)
    assert [(r["license"], r["counts"]) for r in ranked] == [
        (None, False),
        ("CC-BY-2.0", True),
        ("CC-BY-NC-4.0", False),
    ]
    assert all(r["why"] for r in ranked)


def test_what_the_user_gave_wrongly_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.html cannot be read"):
        CliRunner().invoke(
            read.command, ["nowhere.html", "--url", "https://a.example/"], catch_exceptions=False
        )
    page, headers = tmp_path / "p", tmp_path / "h"
    page.write_bytes(b"x")
    for content, message in (("no colon here", "line 1"), ("{broken", "no JSON object")):
        headers.write_text(content)
        with pytest.raises(BadInput, match=message):
            CliRunner().invoke(
                read.command,
                [str(page), "--url", "https://a.example/", "--headers", str(headers)],
                catch_exceptions=False,
            )
    with pytest.raises(BadInput, match="--url"):
        CliRunner().invoke(read.command, [str(page), "--url", " "], catch_exceptions=False)


def test_sources_are_listed_without_showing_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLICKR_API_KEY", "topsecret")
    listed = CliRunner().invoke(sources.command, ["--json"], catch_exceptions=False)
    assert "topsecret" not in listed.stdout
    by_name = {entry["source"]: entry for entry in json.loads(listed.stdout)}
    assert set(by_name) == set(spiders())
    assert by_name["flickr"]["key"] == {"setting": "FLICKR_API_KEY", "set": True}
    text = CliRunner().invoke(sources.command, [], catch_exceptions=False).stdout
    assert "topsecret" not in text
    assert "--accept-terms flickr" in text
