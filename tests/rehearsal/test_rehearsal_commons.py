"""The played Commons API: normalized, missing, redirects, continue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rehearsal.answer import Asked
from rehearsal.commons import site
from rehearsal.photo import Photo
from rehearsal.world import COMMONS, World, renamed_title


def ask(
    world: World, titles: list[str], *, version: str = "2", nonce: int = 0, **more: str
) -> dict[str, Any]:
    query = {
        "action": "query",
        "format": "json",
        "formatversion": version,
        "prop": "imageinfo",
        "iiprop": "url|extmetadata",
        "titles": "|".join(titles),
    }
    reply = site(world, Asked(COMMONS, "/w/api.php", query | more, {}, nonce))
    assert reply.status == 200
    answer: dict[str, Any] = json.loads(reply.body)
    return answer


def photos(world: World) -> list[Photo]:
    return list(dict.fromkeys(row.photo for row in world.rows() if row.photo.kind == "commons"))


def fated(world: World, fate: str) -> Photo:
    return next(photo for photo in photos(world) if photo.fate.name == fate)


def test_a_file_has_the_metadata_keys_of_a_real_one(shared: Path) -> None:
    real = json.loads(
        (shared / "captures/wikimedia-commons/api-imageinfo/extmetadata-Foobar.json").read_text()
    )
    theirs = real["query"]["pages"]["15705443"]["imageinfo"][0]["extmetadata"]
    world = World()
    photo = next(
        photo for photo in photos(world) if photo.first.id == "CC0-1.0" and photo.fate.name == "steady"
    )
    page = ask(world, [photo.native_id], version="1")["query"]["pages"][str(15_000_000 + photo.number)]
    ours = page["imageinfo"][0]["extmetadata"]
    assert set(theirs) - set(ours) <= {"CommonsMetadataExtension"}
    for name in (
        "LicenseShortName",
        "UsageTerms",
        "LicenseUrl",
        "License",
        "Copyrighted",
        "AttributionRequired",
    ):
        assert ours[name]["value"] == theirs[name]["value"]


def test_underscores_are_normalized_and_unknown_titles_missing() -> None:
    world = World()
    photo = fated(world, "steady")
    asked = photo.native_id.replace(" ", "_")
    query = ask(world, [asked, "File:Nobody took this.jpg"])["query"]
    assert query["normalized"] == [{"fromencoded": False, "from": asked, "to": photo.native_id}]
    by_title = {page["title"]: page for page in query["pages"]}
    assert by_title["File:Nobody took this.jpg"]["missing"] is True
    assert by_title[photo.native_id]["imageinfo"][0]["url"] == photo.image_url


def test_deleted_files_are_missing_and_come_back() -> None:
    world = World()
    photo = fated(world, "restored")
    for step, missing in enumerate((False, True, True, False)):
        world.go_to(step)
        page = ask(world, [photo.native_id])["query"]["pages"][0]
        assert ("missing" in page) is missing


def test_a_renamed_file_is_a_redirect_that_is_followed_when_asked_for() -> None:
    world = World(step=1)
    photo = fated(world, "renamed_file")
    stays = ask(world, [photo.native_id])["query"]
    assert stays["pages"][0]["redirect"] is True
    assert "imageinfo" not in stays["pages"][0]
    followed = ask(world, [photo.native_id], redirects="1")["query"]
    assert followed["redirects"] == [{"from": photo.native_id, "to": renamed_title(photo)}]
    assert followed["pages"][0]["title"] == renamed_title(photo)
    assert followed["pages"][0]["imageinfo"]
    world.go_to(0)
    assert "missing" in ask(world, [renamed_title(photo)])["query"]["pages"][0]


def test_fifty_titles_come_in_two_answers_and_more_are_refused() -> None:
    world = World(1000)
    titles = [photo.native_id for photo in photos(world)][:50]
    one = ask(world, titles)
    assert "batchcomplete" not in one
    two = ask(world, titles, **one["continue"])
    assert two["batchcomplete"] is True
    with_info = [
        {page["title"] for page in answer["query"]["pages"] if "imageinfo" in page} for answer in (one, two)
    ]
    there = {title for title in titles if (photo := world.commons_photo(title)) and world.stand(photo).shown}
    assert with_info[0] | with_info[1] == there
    assert not with_info[0] & with_info[1]
    assert ask(world, [*titles, "File:One more.jpg"])["error"]["code"] == "toomanyvalues"


def test_two_visits_differ_in_order_only() -> None:
    world = World()
    titles = [photo.native_id for photo in photos(world)][:10]
    one, two = ask(world, titles, nonce=1), ask(world, titles, nonce=2)
    assert one != two
    facts = [
        {
            page["title"]: page["imageinfo"][0]["extmetadata"]["License"] if "imageinfo" in page else None
            for page in answer["query"]["pages"]
        }
        for answer in (one, two)
    ]
    assert facts[0] == facts[1]


def test_a_nominated_file_is_in_a_deletion_category() -> None:
    world = World(step=1)
    page = ask(world, [fated(world, "nominated").native_id])["query"]["pages"][0]
    metadata = page["imageinfo"][0]["extmetadata"]
    assert "Deletion requests" in metadata["Categories"]["value"]
    assert metadata["DeletionReason"]["value"]


def test_public_domain_files_have_no_license_address() -> None:
    world = World()
    photo = next(
        p for p in photos(world) if p.first.id == "LicenseRef-public-domain" and world.stand(p).shown
    )
    metadata = ask(world, [photo.native_id])["query"]["pages"][0]["imageinfo"][0]["extmetadata"]
    assert "LicenseUrl" not in metadata
    assert metadata["License"]["value"] == "pd"
