"""License pages and picture files of the rehearsal web."""

from __future__ import annotations

from crawler.reading.embedded.look import look
from crawler.reading.pages.readable import readable
from rehearsal import pictures, texts
from rehearsal.answer import Asked
from rehearsal.world import World


def asked(host: str, path: str, nonce: int = 0, **headers: str) -> Asked:
    return Asked(host, path, {}, headers, nonce)


def text(world: World, nonce: int) -> str:
    path = texts.CHANGING.removeprefix("https://creativecommons.org")
    reply = texts.site(world, asked(texts.CREATIVE_COMMONS, path, nonce))
    assert reply.status == 200
    return readable(reply.body, reply.content_type)


def test_a_deed_reads_the_same_at_every_visit_of_a_step() -> None:
    world = World(1)
    assert text(world, 1) == text(world, 2)
    before = text(world, 1)
    world.go_to(1)
    assert text(world, 3) != before


def test_every_license_of_the_world_has_its_page() -> None:
    world = World(1)
    for path in texts._PATHS:
        assert texts.site(world, asked(texts.CREATIVE_COMMONS, path)).status == 200
    assert texts.site(world, asked(texts.CREATIVE_COMMONS, "/licenses/by/9.9/")).status == 404


def test_pictures_answer_ranges() -> None:
    data = pictures.jpeg(pictures.xmp("Ada Wren"))
    part = pictures.served(asked("files.example", "/1.jpg", range="bytes=0-99"), data)
    assert (part.status, part.body) == (206, data[:100])
    assert ("Content-Range", f"bytes 0-99/{len(data)}") in part.headers
    assert pictures.served(asked("files.example", "/1.jpg", range="bytes=999999-"), data).status == 416
    assert pictures.served(asked("files.example", "/1.jpg"), data).body == data


def test_half_the_photos_say_something_in_their_files() -> None:
    world = World(40)
    saying = [bool(look(pictures.of_photo(world.photo(n)), "x").claims[1:]) for n in range(20)]
    assert saying == [n % 2 == 0 for n in range(20)]
