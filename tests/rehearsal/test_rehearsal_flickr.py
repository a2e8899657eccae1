"""The played Flickr API: real shapes in JSON and XML, HTTP 200 for every error."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from rehearsal.answer import Asked
from rehearsal.deeds import FLICKR
from rehearsal.flickr import api, www
from rehearsal.photo import Photo
from rehearsal.world import FLICKR_API, FLICKR_KEY, FLICKR_WWW, World


def ask(
    world: World,
    method: str,
    *,
    nonce: int = 0,
    key: str | None = FLICKR_KEY,
    xml: bool = False,
    **query: str,
) -> Any:
    sent = {"method": f"flickr.{method}", **query} | (
        {} if xml else {"format": "json", "nojsoncallback": "1"}
    )
    if key is not None:
        sent["api_key"] = key
    reply = api(world, Asked(FLICKR_API, "/services/rest/", sent, {}, nonce))
    assert reply.status == 200
    return ET.fromstring(reply.body) if xml else json.loads(reply.body)


def first(world: World, fate: str) -> Photo:
    return next(
        row.photo
        for row in world.rows()
        if row.photo.kind == "flickr" and row.photo.fate.name == fate and row.photo.owner.gone_from < 0
    )


def test_get_info_has_the_same_parts_in_json_and_xml() -> None:
    world = World()
    photo = first(world, "steady")
    body = ask(world, "photos.getInfo", photo_id=photo.native_id)["photo"]
    assert body["license"] == str(photo.first.flickr)
    assert body["title"] == {"_content": photo.title}
    assert body["urls"]["url"][0]["_content"] == photo.page_url
    element = ask(world, "photos.getInfo", xml=True, photo_id=photo.native_id).find("photo")
    assert element.get("license") == body["license"]
    assert element.find("owner").get("nsid") == body["owner"]["nsid"]
    assert element.find("urls/url").text == photo.page_url
    assert [tag.get("raw") for tag in element.iter("tag")] == [tag["raw"] for tag in body["tags"]["tag"]]


def test_get_info_xml_has_the_elements_and_attributes_of_the_real_one(shared: Path) -> None:
    real = ET.fromstring((shared / "captures/flickr-api/photos.getInfo/54450311696.xml").read_bytes()).find(
        "photo"
    )
    assert real is not None
    world = World()
    ours = ask(world, "photos.getInfo", xml=True, photo_id=first(world, "steady").native_id).find("photo")
    assert {child.tag for child in ours} == {child.tag for child in real}
    for name in ("owner", "visibility", "dates", "usage", "people", "editability"):
        assert set(ours.find(name).attrib) == set(real.find(name).attrib)  # type: ignore[union-attr]
    assert set(real.attrib) - set(ours.attrib) <= {"originalsecret", "originalformat"}


def test_two_visits_differ_in_bytes_and_agree_in_facts() -> None:
    world = World()
    photo = next(
        row.photo for row in world.rows() if row.photo.kind == "flickr" and row.photo.fate.name == "steady"
    )
    one, two = (ask(world, "photos.getInfo", nonce=nonce, photo_id=photo.native_id) for nonce in (4, 5))
    assert one != two
    assert one["photo"]["license"] == two["photo"]["license"]
    assert {tag["raw"] for tag in one["photo"]["tags"]["tag"]} == {
        tag["raw"] for tag in two["photo"]["tags"]["tag"]
    }


@pytest.mark.parametrize(
    ("fate", "code", "message"),
    [("gone_before", 1, "not found (invalid ID)"), ("private_before", 2, "Photo is private")],
)
def test_lost_photos_answer_by_code(fate: str, code: int, message: str) -> None:
    world = World()
    photo = first(world, fate)
    answer = ask(world, "photos.getInfo", photo_id=photo.native_id)
    assert (answer["stat"], answer["code"]) == ("fail", code)
    assert message in answer["message"]
    error = ask(world, "photos.getInfo", xml=True, photo_id=photo.native_id)
    assert (error.get("stat"), error.find("err").get("code")) == ("fail", str(code))


@pytest.mark.parametrize("key", [None, "", "wrong", "f" * 32])
def test_a_missing_or_wrong_key_is_code_100(key: str | None) -> None:
    world = World()
    answer = ask(world, "photos.getInfo", key=key, photo_id=first(world, "steady").native_id)
    assert (answer["code"], answer["message"].startswith("Invalid API Key")) == (100, True)


def test_our_own_mistakes_are_told_as_such() -> None:
    world = World()
    assert ask(world, "photos.getInfo")["message"] == "Required parameter missing"
    assert ask(world, "photos.doesNotExist")["code"] == 112
    assert "Photo not found" in ask(world, "photos.licenses.getLicenseHistory", photo_id="1")["message"]


def test_without_nojsoncallback_the_answer_is_a_call() -> None:
    query = {"method": "flickr.photos.licenses.getInfo", "api_key": FLICKR_KEY, "format": "json"}
    reply = api(World(), Asked(FLICKR_API, "/services/rest/", query, {}, 0))
    assert reply.body.startswith(b"jsonFlickrApi({")


def test_license_history_of_changed_and_unchanged_photos() -> None:
    world = World()
    steady = ask(world, "photos.licenses.getLicenseHistory", photo_id=first(world, "steady").native_id)
    assert [entry["new_license"] for entry in steady["license_history"]] == [""]
    narrowed = first(world, "narrowed")
    before = ask(world, "photos.licenses.getLicenseHistory", photo_id=narrowed.native_id)["license_history"]
    assert before[0]["new_license_url"] == ""
    world.go_to(1)
    after = ask(world, "photos.licenses.getLicenseHistory", photo_id=narrowed.native_id)["license_history"][0]
    assert after["old_license_url"] == narrowed.first.url
    assert after["new_license_url"] == world.stand(narrowed).deed.url
    assert world.start.timestamp() < after["date_change"] < world.now.timestamp()
    xml = ask(world, "photos.licenses.getLicenseHistory", xml=True, photo_id=narrowed.native_id)
    assert xml.find("license_history").get("new_license") == after["new_license"]


def test_license_list_is_complete() -> None:
    listed = ask(World(), "photos.licenses.getInfo")["licenses"]["license"]
    assert (
        sorted(int(one["id"]) for one in listed)
        == list(range(17))
        == sorted(number or 0 for number in FLICKR)
    )


def test_people_and_lists_follow_the_account() -> None:
    world = World()
    leaving = next(
        row.photo
        for row in world.rows()
        if row.photo.kind == "flickr" and world.stand(row.photo, 1).access == "account_gone"
    )
    nsid = leaving.owner.nsid
    assert ask(world, "people.getInfo", user_id=nsid)["person"]["username"]["_content"] == leaving.owner.name
    listed = ask(world, "people.getPublicPhotos", user_id=nsid, extras="license")["photos"]["photo"]
    assert leaving.native_id in {one["id"] for one in listed}
    assert all(int(one["license"]) in FLICKR for one in listed)
    world.go_to(1)
    assert ask(world, "people.getInfo", user_id=nsid)["code"] == 5
    assert ask(world, "photos.getInfo", photo_id=leaving.native_id)["code"] == 1
    assert ask(world, "people.getInfo", user_id="nobody@N00")["code"] == 1


def test_the_site_itself_bars_everybody_unnamed() -> None:
    robots = www(World(), Asked(FLICKR_WWW, "/robots.txt", {}, {}, 0)).body.decode()
    assert robots.rstrip().endswith("User-agent: *\nDisallow: /")
    assert api(World(), Asked(FLICKR_API, "/robots.txt", {}, {}, 0)).status == 404
