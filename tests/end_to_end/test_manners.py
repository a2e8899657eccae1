"""How a run behaves towards hosts: redirects, robots.txt and waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from crawler.politeness import pacing, retries
from rehearsal.answer import HTML, TEXT, Asked, Reply, fault
from tests.end_to_end.stage import DB, LIST, Page, Script, scripted

A, B = "a-site.example", "b-site.example"
PHOTO = Reply(
    b'<!DOCTYPE html><title>A photo</title><h1>A photo</h1><img src="/1.jpg">'
    b'<script type="application/ld+json">{"@context": "https://schema.org", "@type": "ImageObject", "name": "A photo",'
    b' "contentUrl": "https://a-site.example/1.jpg", "license": "https://creativecommons.org/licenses/by/4.0/"}</script>'
)
REAL_TIME = {"DEEDWATCH_REHEARSAL_NOW": ""}


@pytest.fixture(autouse=True)
def _no_long_waits() -> Iterator[None]:
    """Retries at once: how long they wait is tested beside ``back_off`` itself."""
    with (
        mock.patch.object(retries, "back_off", return_value=0.02),
        mock.patch.object(pacing, "back_off", return_value=0.02),
    ):
        yield


def to(where: str, status: int = 302) -> Reply:
    return Reply(b"", HTML, status, (("Location", where),))


def robots(text: str) -> Reply:
    return Reply(text.encode(), TEXT)


def look(
    folder: Path, pages: dict[tuple[str, str], Page], url: str = f"https://{A}/photo"
) -> tuple[str, str, Script]:
    """(status, reason) of one image after one refresh, and the web it was asked of."""
    with scripted(folder, pages) as (stage, script):
        stage.write_list(("k", url))
        stage.refreshed()
        ((status, reason),) = stage.rows("SELECT status, reason FROM snapshot")
        assert "Everything agrees." in stage.fine("verify", "--db", DB).out
        stage.fine("explain", "k", "--db", DB)
        return status, reason, script


def chain(length: int) -> dict[tuple[str, str], Page]:
    hops: dict[tuple[str, str], Page] = {(A, "/photo"): to("/hop1")}
    hops |= {(A, f"/hop{n}"): to(f"/hop{n + 1}", 301) for n in range(1, length)}
    return hops | {(A, f"/hop{length}"): PHOTO}


def test_a_chain_of_five_redirects_is_followed(tmp_path: Path) -> None:
    status, _, script = look(tmp_path, chain(5))
    assert status in ("available", "moved")
    assert script.paths(A)[-1] == "/hop5"


def test_a_chain_of_six_is_not(tmp_path: Path) -> None:
    status, reason, script = look(tmp_path, chain(6))
    assert (status, reason) == ("disallowed", "redirect_refused")
    assert "/hop6" not in script.paths(A)


def test_a_circle_ends(tmp_path: Path) -> None:
    status, reason, script = look(tmp_path, {(A, "/photo"): to("/again"), (A, "/again"): to("/photo")})
    assert (status, reason) == ("disallowed", "redirect_refused")
    assert len(script.paths(A)) <= 7


@pytest.mark.parametrize(
    "where",
    [
        "http://192.168.0.10/photo", "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd", "javascript:alert(1)", "ftp://a-site.example/x", "http://[", "https://a-site.example:22/x",
        "http://localhost/", "//0x7f.1/", "https://user:pw@127.0.0.1/", "\x01\x02",
    ],
)  # fmt: skip
def test_a_redirect_out_of_bounds_is_not_followed(tmp_path: Path, where: str) -> None:
    status, _, script = look(tmp_path, {(A, "/photo"): to(where)})
    assert status in ("disallowed", "refused", "unreadable", "gone")
    assert {host for _, host, _ in script.asked} == {A}


def test_a_redirect_obeys_the_robots_txt_of_where_it_leads(tmp_path: Path) -> None:
    pages: dict[tuple[str, str], Page] = {
        (A, "/photo"): to(f"https://{B}/photo"),
        (B, "/photo"): PHOTO,
        (B, "/robots.txt"): robots("User-agent: *\nDisallow: /photo\n"),
    }
    status, reason, script = look(tmp_path, pages)
    assert (status, reason) == ("disallowed", "redirect_refused")
    assert script.paths(B) == ["/robots.txt"]


def test_a_redirect_to_another_host_that_lets_us(tmp_path: Path) -> None:
    status, _, script = look(tmp_path, {(A, "/photo"): to(f"https://{B}/photo"), (B, "/photo"): PHOTO})
    assert status in ("available", "moved")
    assert script.paths(B) == ["/robots.txt", "/photo"]


def test_a_redirect_to_a_disallowed_path_of_its_own_host(tmp_path: Path) -> None:
    pages: dict[tuple[str, str], Page] = {
        (A, "/robots.txt"): robots("User-agent: *\nDisallow: /private\n"),
        (A, "/photo"): to("/private/photo"),
        (A, "/private/photo"): PHOTO,
    }
    status, reason, script = look(tmp_path, pages)
    assert (status, reason) == ("disallowed", "redirect_refused")
    assert "/private/photo" not in script.paths(A)


@pytest.mark.parametrize(
    "answer",
    [
        Reply(b"oops", TEXT, 500), Reply(b"busy", TEXT, 503), fault("timeout"), fault("dns"),
        fault("tls"), fault("reset"), Reply(b"slow down", TEXT, 429),
        Reply(b"<!DOCTYPE html><html><body>Not robots</body></html>", HTML),
        to("/robots.txt"), fault("private-address"),
    ],
)  # fmt: skip
def test_robots_txt_that_cannot_be_had_forbids_everything(tmp_path: Path, answer: Reply) -> None:
    status, reason, script = look(tmp_path, {(A, "/robots.txt"): answer, (A, "/photo"): PHOTO})
    assert "/photo" not in script.paths(A)
    assert status in ("disallowed", "unreachable", "refused"), (status, reason)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_txt_means_no_rules(tmp_path: Path, status: int) -> None:
    seen, _, _ = look(tmp_path, {(A, "/robots.txt"): Reply(b"", TEXT, status), (A, "/photo"): PHOTO})
    assert seen == "available"


@pytest.mark.parametrize(("hops", "status"), [(5, "available"), (6, "available")])
def test_robots_txt_behind_redirects(tmp_path: Path, hops: int, status: str) -> None:
    """RFC 9309 §2.3.1.2: at least five hops are followed; beyond them robots.txt may count as unavailable."""
    pages: dict[tuple[str, str], Page] = {(A, "/robots.txt"): to("/r1"), (A, "/photo"): PHOTO}
    pages |= {(A, f"/r{n}"): to(f"/r{n + 1}") for n in range(1, hops)}
    pages[A, f"/r{hops}"] = robots("User-agent: *\nDisallow: /photo\n")
    seen, _, script = look(tmp_path, pages)
    if hops <= 5:
        assert seen == "disallowed"
        assert "/photo" not in script.paths(A)
    else:
        assert f"/r{hops}" not in script.paths(A)
        assert seen in (status, "disallowed")


def test_robots_txt_is_asked_for_once_and_first(tmp_path: Path) -> None:
    with scripted(tmp_path, {(A, "*"): PHOTO, (A, "/robots.txt"): robots("User-agent: *\nAllow: /\n")}) as (
        stage,
        script,
    ):
        stage.write_list(*((str(n), f"https://{A}/photo/{n}") for n in range(30)))
        stage.refreshed()
        assert script.paths(A)[0] == "/robots.txt"
        assert script.paths(A).count("/robots.txt") == 1
        assert len(script.paths(A)) == 31


def once(first: Reply, then: Reply) -> Callable[[Asked], Reply]:
    answers = [first]
    return lambda _: answers.pop() if answers else then


def test_retry_after_is_kept(tmp_path: Path) -> None:
    busy = Reply(b"busy", TEXT, 503, (("Retry-After", "1"),))
    with scripted(tmp_path, {(A, "/photo"): once(busy, PHOTO)}) as (stage, script):
        stage.write_list(("k", f"https://{A}/photo"))
        stage.refreshed(**REAL_TIME)
        first, again = (at for at, host, path in script.asked if path == "/photo")
        assert again - first >= 0.99
        assert stage.rows("SELECT status FROM snapshot") == [("available",)]


def test_retry_after_outlives_the_process(tmp_path: Path) -> None:
    busy = Reply(b"busy", TEXT, 429, (("Retry-After", "3"),))
    with scripted(tmp_path, {(A, "/photo"): once(busy, PHOTO), (A, "/other"): PHOTO}) as (stage, script):
        stage.write_list(("k", f"https://{A}/photo"), ("l", f"https://{A}/other"))
        run = stage.start("refresh", LIST, **REAL_TIME)
        until = time.monotonic() + 20
        while "/photo" not in script.paths(A):
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(0.8)  # until it is written down
        run.kill()
        run.communicate()
        stage.refreshed(**REAL_TIME)
        refused = next(at for at, _, path in script.asked if path == "/photo")
        later = [at - refused for at, _, path in script.asked if at > refused + 0.8 and path != "/robots.txt"]
        assert later
        assert min(later) >= 2.9
        assert {row[0] for row in stage.rows("SELECT status FROM snapshot")} == {"available"}


def test_a_dead_and_a_slow_host_hold_nobody_up(tmp_path: Path) -> None:
    pages: dict[tuple[str, str], Page] = {
        (A, "*"): PHOTO,
        ("slow.example", "*"): Reply(PHOTO.body, delay=2.5),
        ("slow.example", "/robots.txt"): robots(""),
        ("dead.example", "*"): fault("timeout"),
        ("none.example", "*"): fault("dns"),
    }
    with scripted(tmp_path, {**pages, (A, "/robots.txt"): robots("")}) as (stage, script):
        hosts = ("slow.example", "dead.example", "none.example", A)
        stage.write_list(*((f"{host}-{n}", f"https://{host}/{n}") for n in range(4) for host in hosts))
        stage.refreshed()
        done = max(at for at, host, _ in script.asked if host == A)
        slow = min(at for at, host, path in script.asked if host == "slow.example" and path != "/robots.txt")
        assert done < slow + 2.0
        told = dict(stage.rows("SELECT i.key, s.status FROM snapshot s JOIN image i ON i.id = s.image"))
        assert {told[f"{A}-{n}"] for n in range(4)} == {"available"}
        assert {told[f"slow.example-{n}"] for n in range(4)} == {"available"}
        assert "available" not in {
            told[f"{host}-{n}"] for n in range(4) for host in ("dead.example", "none.example")
        }


def test_without_a_contact_no_real_host_is_asked(tmp_path: Path) -> None:
    with scripted(tmp_path, {}) as (stage, script):
        stage.write_list(("k", f"https://{A}/photo"))
        done = stage.run("refresh", LIST, DEEDWATCH_CONTACT="", DEEDWATCH_REHEARSAL_ORIGIN="")
        assert done.code == 3
        assert "contact" in done.err.lower()
        assert done.err.strip().count("\n") == 0
        assert script.asked == []
        assert not stage.db.exists()


@pytest.mark.parametrize(
    "origin", ["http://example.org:80", "https://127.0.0.1:1", "http://10.0.0.1:8000", "http://127.0.0.1:1/x"]
)
def test_a_rehearsal_never_leaves_this_machine(tmp_path: Path, origin: str) -> None:
    with scripted(tmp_path, {}) as (stage, _):
        stage.write_list(("k", f"https://{A}/photo"))
        done = stage.run("refresh", LIST, DEEDWATCH_REHEARSAL_ORIGIN=origin)
        assert done.code == 3
        assert "loopback" in done.err
