"""The server: one port that plays all hosts, its faults, its controls and its log."""

from __future__ import annotations

import gzip
import http.client
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from rehearsal.fates import PASSING
from rehearsal.photo import Photo
from rehearsal.truth import status_of
from rehearsal.web import CONTROL_HOST, RunningWeb, serve
from rehearsal.world import FLICKR_API, FLICKR_KEY, World

Got = tuple[int, dict[str, str], bytes]


@pytest.fixture
def web() -> Iterator[RunningWeb]:
    with serve(World()) as running:
        yield running


def connect(web: RunningWeb) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", web.port, timeout=5)


def get(
    web: RunningWeb, host: str, path: str, *, method: str = "GET", body: str | None = None, **headers: str
) -> Got:
    line = connect(web)
    line.request(method, path, body, {"Host": host, "User-Agent": "test", **headers})
    reply = line.getresponse()
    got = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    line.close()
    return got


def control(web: RunningWeb, path: str, *, method: str = "GET", body: str | None = None) -> Any:
    status, _, answer = get(web, CONTROL_HOST, f"/__rehearsal__/{path}", method=method, body=body)
    assert status == 200, answer
    return json.loads(answer)


def find(web: RunningWeb, kind: str, fate: str = "steady") -> Photo:
    return next(
        row.photo for row in web.web.world.rows() if row.photo.kind == kind and row.photo.fate.name == fate
    )


def path_of(photo: Photo) -> str:
    return photo.page_url.split(photo.host)[1]


def test_one_connection_serves_many_requests_of_many_hosts(web: RunningWeb) -> None:
    line = connect(web)
    for kind in ("rel_license", "footer", "flaky"):
        photo = find(web, kind, "steady")
        for _ in range(2):
            line.request("GET", path_of(photo), headers={"Host": photo.host})
            reply = line.getresponse()
            body = reply.read()
            assert reply.status in (200, 503)
        assert photo.title in body.decode()
    line.close()


def test_pages_differ_in_nonces_only(web: RunningWeb) -> None:
    photo = find(web, "rel_license")
    one, two = (get(web, photo.host, path_of(photo))[2].decode() for _ in range(2))
    assert one != two
    assert f'rel="license" href="{photo.first.url}"' in one
    assert '"@type": "ImageObject"' in one
    assert sorted(one.split("<li>")[1:-1]) != one.split("<li>")[1:-1] or one.split("<li>") != two.split(
        "<li>"
    )


def test_an_etag_stands_for_the_photo_not_for_the_nonces(web: RunningWeb) -> None:
    photo = find(web, "rel_license", "narrowed")
    etag = get(web, photo.host, path_of(photo))[1]["etag"]
    status, headers, body = get(web, photo.host, path_of(photo), **{"If-None-Match": etag})
    assert (status, body, headers["etag"]) == (304, b"", etag)
    web.go_to(1)
    assert get(web, photo.host, path_of(photo), **{"If-None-Match": etag})[0] == 200


def test_robots_of_each_host(web: RunningWeb) -> None:
    hosts = {kind: host for host, kind in web.web.world.plain.items()}
    assert get(web, hosts["barred"], "/robots.txt")[2] == b"User-agent: *\nDisallow: /\n"
    assert get(web, hosts["rel_license"], "/robots.txt")[0] == 404
    assert b"GPTBot" not in get(web, hosts["slow"], "/robots.txt")[2]
    web.go_to(1)
    assert b"GPTBot" in get(web, hosts["slow"], "/robots.txt")[2]
    assert b"Disallow: /w/" in get(web, "commons.wikimedia.org", "/robots.txt")[2]


@pytest.mark.parametrize(
    ("kind", "fate", "status"),
    [
        ("rel_license", "removed", 410),
        ("rel_license", "restored", 404),
        ("rel_license", "emptied", 200),
        ("rel_license", "page_moved", 301),
        ("odd", "legal", 451),
        ("odd", "missing", 404),
        ("odd", "bot_wall", 403),
        ("odd", "into_private_network", 302),
        ("odd", "front_door", 302),
        ("walled", "login_redirect", 302),
        ("walled", "unauthorized", 401),
        ("walled", "forbidden", 403),
    ],
)
def test_each_way_of_answering_a_month_later(web: RunningWeb, kind: str, fate: str, status: int) -> None:
    web.go_to(1)
    photo = find(web, kind, fate)
    assert get(web, photo.host, path_of(photo))[0] == status


def test_trouble_of_the_server_passes(web: RunningWeb) -> None:
    photo = find(web, "odd", "server_error")
    assert get(web, photo.host, path_of(photo))[0] == 500
    web.go_to(1)
    assert get(web, photo.host, path_of(photo))[0] == 200


@pytest.mark.parametrize("fate", PASSING)
def test_brief_trouble_is_over_at_the_second_request(fate: str) -> None:
    world = World(brief_trouble=True)
    with serve(world) as web:
        photo = find(web, "odd", fate)
        assert status_of(world.stand(photo)) == ("available", "seen")
        try:
            status, headers, _ = get(web, photo.host, path_of(photo))
            assert status == 500 or headers["x-rehearsal-fault"] == fate
        except http.client.IncompleteRead:
            assert fate == "cut_body"
        assert photo.title in get(web, photo.host, path_of(photo))[2].decode()


def test_a_moved_page_stands_at_its_new_address_only_after_it_moved(web: RunningWeb) -> None:
    photo = find(web, "rel_license", "page_moved")
    assert get(web, photo.host, path_of(photo))[0] == 200
    web.go_to(1)
    place = get(web, photo.host, path_of(photo))[1]["location"].split(photo.host)[1]
    assert photo.title in get(web, photo.host, place)[2].decode()
    web.go_to(0)
    assert get(web, photo.host, place)[0] == 404


@pytest.mark.parametrize("fault", ["dns", "tls", "timeout", "reset", "private_address"])
def test_faults_a_loopback_server_cannot_play_are_named_in_a_header(web: RunningWeb, fault: str) -> None:
    photo = find(web, "odd", fault)
    assert get(web, photo.host, path_of(photo))[1]["x-rehearsal-fault"] == fault.replace("_", "-")


def test_an_unknown_host_has_no_address(web: RunningWeb) -> None:
    assert get(web, "nobody.example", "/")[1]["x-rehearsal-fault"] == "dns"


def test_a_cut_body_ends_before_its_length(web: RunningWeb) -> None:
    photo = find(web, "odd", "cut_body")
    with pytest.raises(http.client.IncompleteRead):
        get(web, photo.host, path_of(photo))


def test_the_flaky_host_answers_at_the_second_attempt(web: RunningWeb) -> None:
    photo = next(
        r.photo for r in web.web.world.rows() if r.photo.kind == "flaky" and r.photo.ordinal % 3 == 0
    )
    status, headers, _ = get(web, photo.host, path_of(photo))
    assert (status, headers["retry-after"]) == (503, "1")
    assert get(web, photo.host, path_of(photo))[0] == 200
    assert b"tdm-reservation" in get(web, photo.host, "/.well-known/tdmrep.json")[2]


def test_the_slow_host_is_slow_and_speaks_gzip(web: RunningWeb) -> None:
    photo = find(web, "slow")
    began = time.monotonic()
    _, headers, body = get(web, photo.host, path_of(photo), **{"Accept-Encoding": "gzip"})
    assert time.monotonic() - began >= 0.2
    assert headers["content-encoding"] == "gzip"
    assert photo.title in gzip.decompress(body).decode()


def test_requests_sent_at_once_are_answered_in_order(web: RunningWeb) -> None:
    slow, quick = find(web, "slow"), find(web, "footer")
    line = connect(web)
    line.connect()
    sent = "".join(f"GET {path_of(p)} HTTP/1.1\r\nHost: {p.host}\r\n\r\n" for p in (slow, quick))
    line.sock.sendall(sent.encode())
    found = b""
    while found.count(b"</html>") < 2:
        found += line.sock.recv(65536)
    line.close()
    assert found.index(slow.host.encode()) < found.index(quick.host.encode())


def test_the_step_is_set_by_post_and_refused_outside_the_timeline(web: RunningWeb) -> None:
    assert control(web, "step", method="POST")["step"] == 1
    where = control(web, "step", method="POST", body='{"step": 3}')
    assert (where["step"], where["name"], where["now"][:4]) == (3, "half a year later", "2027")
    status, _, why = get(web, CONTROL_HOST, "/__rehearsal__/step", method="POST", body='{"step": 9}')
    assert status == 400
    assert why
    assert get(web, "meadowlight.example", "/__rehearsal__/step", method="POST")[0] == 404


def test_truth_is_served_in_parts(web: RunningWeb) -> None:
    truth = control(web, "truth?from=5&to=8")
    assert [image["index"] for image in truth["images"]] == [5, 6, 7]
    assert len(truth["steps"]) == len(truth["images"][0]["steps"]) == 4
    assert len(control(web, "truth")["images"]) == 300


def test_the_log_knows_when_whom_what_and_never_the_key(web: RunningWeb) -> None:
    photo = find(web, "flickr")
    get(web, photo.host, "/robots.txt")
    path = f"/services/rest/?method=flickr.photos.getInfo&photo_id={photo.native_id}&api_key={FLICKR_KEY}"
    get(web, FLICKR_API, path, **{"X-Forwarded-Proto": "https"})
    log = control(web, "log")
    assert log["total"] == 2
    assert [(one["host"], one["agent"], one["status"]) for one in log["requests"]] == [
        (photo.host, "test", 200),
        (FLICKR_API, "test", 200),
    ]
    assert photo.native_id in log["requests"][1]["path"]
    assert FLICKR_KEY not in json.dumps(log)
    assert log["requests"][0]["at"] <= log["requests"][1]["at"] <= time.time()
    assert [one["n"] for one in control(web, f"log?since=1&host={FLICKR_API}")["requests"]] == [1]


def test_the_log_keeps_the_newest_entries() -> None:
    with serve(World(12), log_limit=3) as web:
        for _ in range(5):
            get(web, "meadowlight.example", "/robots.txt")
        log = control(web, "log")
        assert (log["total"], [one["n"] for one in log["requests"]]) == (5, [2, 3, 4])


def test_benches_may_bring_their_own_pages() -> None:
    with serve(World(60), big_pages=lambda host, number, nonce: f"{host} {number} {nonce}".encode()) as web:
        photo = find(web, "rel_license")
        assert get(web, photo.host, path_of(photo))[2] == f"0 {photo.number} 0".encode()


def test_what_is_no_request_is_refused(web: RunningWeb) -> None:
    line = connect(web)
    line.connect()
    line.sock.sendall(b"NONSENSE\r\n\r\n")
    assert line.sock.recv(1000).startswith(b"HTTP/1.1 400")
    line.close()
    assert get(web, "meadowlight.example", "/", method="DELETE")[0] == 405
