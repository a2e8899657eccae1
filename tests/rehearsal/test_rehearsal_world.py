"""The world: equal for equal seeds, found again from what travels over the wire, flat in memory."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearsal.fates import CYCLES, STEPS
from rehearsal.world import COMMONS, World

BIG = World(100_000, 200, seed=3)


def test_equal_seeds_give_equal_worlds_and_other_seeds_other_ones() -> None:
    one, same, other = World(60, seed=1), World(60, seed=1), World(60, seed=2)
    assert list(one.rows()) == list(same.rows())
    assert [row.photo.title for row in one.rows()] != [row.photo.title for row in other.rows()]


def test_the_demo_world_meets_every_fate_and_spreads_over_nine_hosts() -> None:
    world = World()
    photos = [row.photo for row in world.rows()]
    assert len(photos) == 300
    assert len({photo.host for photo in photos}) == 9
    met = {(photo.kind, photo.fate.name) for photo in photos}
    assert met == {(kind, fate.name) for kind, cycle in CYCLES.items() for fate in cycle}


def test_some_rows_show_one_photo_and_some_owners_have_several() -> None:
    world = World()
    shown = Counter(row.photo.number for row in world.rows())
    assert max(shown.values()) == 2
    assert sum(shown.values()) - len(shown) == 25
    owners = Counter(row.photo.owner.nsid for row in world.rows() if row.photo.kind == "flickr")
    assert max(owners.values()) >= 3


def test_people_minors_and_releases_occur() -> None:
    photos = [row.photo for row in World().rows()]
    assert any(photo.haspeople for photo in photos)
    assert any({"kids", "child", "baby"} & set(photo.tags) for photo in photos)
    assert any("model release on file" in photo.description for photo in photos)
    assert any("No model release" in photo.description for photo in photos)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, BIG.photos - 1))
def test_a_photo_is_found_again_from_its_native_id(number: int) -> None:
    photo = BIG.photo(number)
    found = {
        "flickr": lambda: BIG.flickr_photo(photo.native_id),
        "commons": lambda: BIG.commons_photo(photo.native_id),
    }.get(photo.kind, lambda: BIG.plain_photo(photo.host, photo.native_id))()
    assert found == photo
    assert BIG.flickr_owner(photo.owner.nsid) == photo.owner


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_other_ids_find_nothing_and_raise_nothing(text: str) -> None:
    known = {photo.native_id for photo in map(BIG.photo, range(40))}
    for found in (
        BIG.flickr_photo(text),
        BIG.commons_photo(text),
        BIG.plain_photo("meadowlight.example", text),
    ):
        assert found is None or found.native_id in known | {found.native_id}
        assert found is None or text.strip()
    assert BIG.flickr_photo("1") is None


def test_an_owner_lists_exactly_the_photos_that_name_him() -> None:
    world = World()
    photos = {row.photo for row in world.rows() if row.photo.kind == "flickr"}
    owner = next(iter(photos)).owner
    assert set(world.owner_photos(owner)) == {photo for photo in photos if photo.owner == owner}


def test_hosts_may_be_many_and_the_mix_may_be_one_kind() -> None:
    assert len(BIG.plain) == 200
    world = World(500, 50, mix={"rel_license": 1})
    assert len({row.photo.host for row in world.rows()}) == 50
    assert {row.photo.kind for row in world.rows()} == {"rel_license"}
    assert {row.photo.host for row in World(50, mix={"commons": 1}).rows()} == {COMMONS}


def test_memory_does_not_grow_with_the_number_of_images() -> None:
    tracemalloc.start()
    try:
        world = World(100_000, 50)
        for index in range(0, 100_000, 200):
            world.stand(world.row(index).photo, 1)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 300_000


def test_steps_outside_the_timeline_are_refused() -> None:
    world = World(12)
    for step in (-1, len(STEPS)):
        with pytest.raises(IndexError):
            world.go_to(step)
    with pytest.raises(IndexError):
        world.photo(world.photos)


def test_license_history_lies_between_upload_and_the_step_and_lastupdate_follows_it() -> None:
    world = World()
    changed = 0
    for row in world.rows():
        for step in range(len(STEPS)):
            world.go_to(step)
            stand = world.stand(row.photo)
            for change in stand.history:
                changed += 1
                assert row.photo.posted < change.at <= world.now
                assert change.old != change.new == stand.deed
                assert stand.updated >= change.at
    assert changed > 20
