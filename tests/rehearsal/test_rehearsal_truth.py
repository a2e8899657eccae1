"""The answer sheet agrees with what is served, read by plain parsing and by the product's own readers."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from crawler.model import Capture, Field, Look, Scope, Target, Wanted
from crawler.reading.findings import merge
from rehearsal.answer import Reply
from rehearsal.deeds import FLICKR
from rehearsal.fates import STEPS
from rehearsal.truth import changes, license_of, status_of, truth_of
from rehearsal.web import Web
from rehearsal.wire import asked_of
from rehearsal.world import FLICKR_API, FLICKR_KEY, Row, World
from spiders.any_page import AnyPage
from spiders.flickr import Flickr
from spiders.wikimedia_commons import WikimediaCommons

HOPS = 6


def answer(web: Web, url: str) -> Reply:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return web.answer("GET", asked_of(target, {"host": parts.netloc}, web.count()), b"", target)


def capture(web: Web, target: Target) -> Capture:
    """What a perfect crawler brings home: redirects followed, 503 asked again, private networks refused."""
    url = target.url + (f"&api_key={FLICKR_KEY}" if target.key else "")
    came_from: list[str] = []
    fault: str | None = None
    for _ in range(HOPS):
        if (urlsplit(url).hostname or "").startswith("192.168."):
            fault = "private-address"
            break
        reply = answer(web, url)
        headers = dict(reply.headers)
        fault = headers.get("X-Rehearsal-Fault") or ("cut_body" if reply.cut else None)
        if fault:
            break
        if "Location" in headers:
            came_from.append(url)
            url = urljoin(url, headers["Location"])
        elif reply.status != 503:
            break
    now = datetime.now(UTC)
    if fault:
        return Capture(target, url, 0, (), b"", now, fault, tuple(came_from))
    received = (("Content-Type", reply.content_type), *reply.headers)
    shown = target.url if target.key else url
    return Capture(target, shown, reply.status, received, reply.body, now, None, tuple(came_from))


def looks_at(web: Web, row: Row, last_owner: str | None) -> list[Look]:
    kind = Flickr if row.photo.kind == "flickr" else AnyPage
    ref, spider = kind.claims(row.photo.page_url), kind()
    assert ref is not None
    todo = list(spider.targets([Wanted(ref, last_owner=last_owner)]))
    looks: list[Look] = []
    while todo:
        read = spider.read(capture(web, todo.pop(0)))
        looks += read.looks
        todo += read.follow
    return looks


def test_readers_arrive_at_the_truth_at_every_step() -> None:
    world = World()
    web = Web(world)
    owners: dict[int, str] = {}
    for step in range(len(STEPS)):
        world.go_to(step)
        for row in world.rows():
            if row.photo.kind in ("commons", "barred"):
                continue
            known = truth_of(world, row)["steps"][step]
            looks = looks_at(web, row, owners.get(row.photo.number))
            look, claims = merge(looks), merge(looks).claims
            assert (look.status, look.reason) == (known["status"], known["reason"]), row.photo
            stated_owner = next((claim.raw for claim in claims if claim.field is Field.AUTHOR_ID), None)
            if stated_owner is not None:
                owners[row.photo.number] = stated_owner
            if known["status"] in ("available", "moved"):
                stated = {c.value for c in claims if c.field is Field.LICENSE and c.scope is Scope.IMAGE}
                assert stated == {known["license"]} - {None}, row.photo
                assert known["author"] in {c.value for c in claims if c.field is Field.AUTHOR}, row.photo


def test_commons_batches_arrive_at_the_truth_at_every_step() -> None:
    world = World(700)  # more than one batch of 50 titles
    web = Web(world)
    rows = [row for row in world.rows() if row.photo.kind == "commons"]
    sheets = {row.index: truth_of(world, row)["steps"] for row in rows}
    refs = {row.index: WikimediaCommons.claims(row.photo.page_url) for row in rows}
    for step in range(len(STEPS)):
        world.go_to(step)
        spider = WikimediaCommons()
        todo = list(spider.targets([Wanted(ref) for ref in dict.fromkeys(refs.values()) if ref]))
        assert len(todo) == 3
        looks: dict[str, list[Look]] = {}
        while todo:
            read = spider.read(capture(web, todo.pop(0)))
            todo += read.follow
            for look in read.looks:
                looks.setdefault(look.native_id, []).append(look)
        for row in rows:
            ref, known = refs[row.index], sheets[row.index][step]
            assert ref is not None
            look = merge(looks[ref.native_id])
            assert (look.status, look.reason) == (known["status"], known["reason"]), row.photo
            claims = look.claims
            if known["status"] in ("available", "moved"):
                stated = {c.value for c in claims if c.field is Field.LICENSE and c.scope is Scope.IMAGE}
                assert stated == {known["license"]}, row.photo
                assert known["author"] in {c.value for c in claims if c.field is Field.AUTHOR}
            nominated = any(c.field is Field.DELETION_REQUEST for c in claims)
            assert nominated == ("deletion_request" in known["signs"])


def test_flickr_answers_agree_with_the_truth_without_our_readers() -> None:
    world = World()
    web = Web(world)
    codes = {"not_public": 1, "gone": 1, "private": 2}
    for step in range(len(STEPS)):
        world.go_to(step)
        for row in world.rows():
            if row.photo.kind != "flickr":
                continue
            known = truth_of(world, row)["steps"][step]
            query = f"format=json&nojsoncallback=1&api_key={FLICKR_KEY}&photo_id={row.photo.native_id}"
            body = json.loads(
                answer(web, f"https://{FLICKR_API}/services/rest/?method=flickr.photos.getInfo&{query}").body
            )
            if known["status"] == "available":
                assert FLICKR[int(body["photo"]["license"])].id == known["license"]
                assert body["photo"]["owner"]["username"] == known["author"]
                raw = {tag["raw"] for tag in body["photo"]["tags"]["tag"]}
                assert ("no_cv" in raw) == ("no_cv" in known["signs"])
            else:
                assert body["code"] == codes[known["status"]]


def test_every_kind_of_change_happens_a_month_later() -> None:
    world = World()
    found = Counter(word for row in world.rows() for word in truth_of(world, row)["changes"][1])
    assert set(found) == {
        "license-changed", "author-changed", "opt-out-changed", "withdrawal-signal", "source-suspected",
        "source-lost", "moved",
    }  # fmt: skip


def test_two_days_later_losses_are_confirmed_and_nothing_else_changed() -> None:
    world = World()
    sheets = [truth_of(world, row)["changes"] for row in world.rows()]
    assert all(not sheet[0] for sheet in sheets)
    for sheet in sheets:
        assert sheet[2] == (["source-lost"] if "source-suspected" in sheet[1] else [])


def test_half_a_year_later_the_restored_are_back() -> None:
    world = World()
    for row in world.rows():
        sheet = truth_of(world, row)
        back = sheet["fate"] == "restored" and sheet["steps"][3]["reason"] != "account_gone"
        assert ("reappeared" in sheet["changes"][3]) is back


def test_the_first_look_and_a_barred_page_change_nothing() -> None:
    world = World()
    barred = next(row.photo for row in world.rows() if row.photo.kind == "barred")
    stands = [world.stand(barred, step) for step in range(len(STEPS))]
    assert changes(stands) == [[], [], [], []]
    assert status_of(stands[0]) == ("disallowed", "robots")
    assert license_of(stands[0]) is None


def test_losses_stay_below_the_breaker() -> None:
    """More than 20 % of a source lost at once would be taken for an outage (DESIGN §4)."""
    for world in (World(), World(5_000, 20, seed=11)):
        for kind in ("flickr", "commons"):
            rows = [row for row in world.rows() if row.photo.kind == kind]
            lost = sum(
                bool({"source-lost", "source-suspected"} & set(truth_of(world, row)["changes"][1]))
                for row in rows
            )
            assert 0 < lost < len(rows) * 0.2


def test_declared_licenses_differ_in_all_three_ways() -> None:
    world = World()
    collected, start = world.collected.timestamp(), world.start.timestamp()
    dates = [
        change["at"]
        for row in world.rows()
        for change in truth_of(world, row)["relicensed"]
        if row.photo.kind == "flickr"
    ]
    assert any(at < collected for at in dates)
    assert any(collected < at < start for at in dates)
    assert any(at > start for at in dates)
