"""IIM datasets and their charsets."""

import pytest

from crawler.reading.embedded import iim
from crawler.reading.embedded.kept import Broken
from tests.crawler.reading.embedded import made_pictures as made

NAME = "ČTK / Glück Dalibor"


def texts(*datasets: tuple[int, int, bytes]) -> dict[int, str]:
    found, damage = iim.datasets(made.iim(*datasets))
    assert damage == ""
    return dict(iim.texts(found))


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        (b"\x1b%G", NAME.encode(), NAME),
        (None, NAME.encode(), NAME),  # field notes §8: UTF-8 and not said so
        (None, b"Gl\xfcck", "Glück"),
        (None, b"\x93Gl\xfcck\x94 \x81", "“Glück” \x81"),
        (b"\x1b.A", b"Gl\xfcck \x93", "Glück \x93"),
        (b"\x1b.A", NAME.encode(), NAME),
        (b"\x1b%G", b"Gl\xfcck", "Glück"),
        (b"?", b"Ann\0\0 ", "Ann"),
    ],
)
def test_charsets(charset, raw, text):
    declared = [(1, 90, charset)] if charset is not None else []
    assert texts(*declared, (2, 0, b"\0\2"), (2, 80, raw)) == {80: text}


def test_long_datasets_and_padding():
    body = b"x" * 40_000
    block = (
        b"\x1c\x02\x78"
        b"\x80\x04" + len(body).to_bytes(4, "big") + body + made.iim((2, 80, b"Ann")) + b"\0\0\0\0\0\0"
    )
    found, damage = iim.datasets(block)
    assert damage == ""
    assert iim.texts(found) == [(120, body.decode()), (80, "Ann")]
    assert iim.texts(iim.datasets(iim.kept(found))[0]) == [(80, "Ann")]


@pytest.mark.parametrize("tail", [b"\x1c\2\x74\0\x09(c)", b"\x1c\2\x74\x80\x05\0\0\0\0\0", b"abcdef"])
def test_what_stands_before_damage_is_read(tail):
    found, damage = iim.datasets(made.iim((2, 80, b"Ann")) + tail)
    assert iim.texts(found) == [(80, "Ann")]
    assert damage


def test_resources():
    block = made.iim((2, 80, b"Ann"))
    named = b"8BIM\4\4\7Caption" + len(block).to_bytes(4, "big") + block
    assert iim.in_resources(made.resource(0x03ED, b"odd") + named) == block
    assert iim.in_resources(made.resource(0x03ED, b"odd") + b"\0\0") is None
    with pytest.raises(Broken, match="ends outside"):
        iim.in_resources(made.resource(0x0404, block)[:-1])
    with pytest.raises(Broken, match="no image resource"):
        iim.in_resources(b"nonsense at all")
