"""What is kept of a picture can be written down and read again, byte for byte, and only by its own reader."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.embedded.containers import segments
from crawler.reading.embedded.kept import Kept, Segment
from crawler.reading.embedded.look import look
from crawler.reading.embedded.packed import is_packed, pack, unpack
from crawler.reading.embedded.windows import Window
from tests.crawler.reading.embedded import made_pictures as made

DATA = made.jpeg(
    xmp=made.xmp(made.items("dc:creator", "Ann")),
    exif=made.exif({315: b"J\xfcrgen\0"}),
    iim=made.iim((2, 80, b"Ann")),
)


def test_a_picture_and_what_is_kept_of_it_say_the_same():
    kept = segments(DATA, size=len(DATA))
    body = pack(kept)
    assert is_packed(body)
    assert unpack(body).segments == kept.segments
    assert look(body, "x") == look(DATA, "x")
    assert any(claim.value == "Jürgen" for claim in look(body, "x").claims)


def test_equal_files_give_equal_bytes_whichever_ranges_were_fetched():
    once = pack(segments(DATA))
    more = [Window(40, DATA[40:400]), Window(300, DATA[300:])]
    assert pack(segments(DATA[:50], size=len(DATA), more=more)) == once


def test_it_is_readable_json():
    doc = json.loads(pack(segments(DATA)))
    assert doc["container"] == "jpeg"
    assert [s["kind"] for s in doc["segments"]] == ["exif", "xmp", "iim"]
    assert doc["segments"][1]["text"].startswith("<?xpacket")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            Segment,
            st.sampled_from(["exif", "iim", "xmp", "text"]),
            st.integers(0, 2**40),
            st.integers(0, 2**30),
            st.text("0123456789abcdef", min_size=64, max_size=64),
            st.one_of(
                st.binary(max_size=60), st.text(max_size=30).map(lambda t: t.encode("utf-8", "ignore"))
            ),
            st.text(max_size=10).map(lambda t: t.encode("utf-8", "ignore").decode()),
            st.integers(0, 2**30),
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_round_trip(found, complete):
    kept = Kept("jpeg", tuple(found), complete=complete, unread=("EXIF: broken",))
    assert unpack(pack(kept)) == kept


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"complete":true,"deedwatch":"picture-metadata/2","segments":[],"container":"jpeg","unread":[]}',
        b'{"complete":true,"deedwatch":"picture-metadata/1","segments":[{"kind":"pixels"}],"container":"","unread":[]}',
        b'{"complete":true,"deedwatch":"picture-metadata/1","segments":[{"kind":"xmp"}],"container":"","unread":[]}',
        pack(segments(DATA)).replace(b'"at":', b'"at":"x","is":', 1),
        pack(segments(DATA)).replace(b'"base64":"', b'"base64":"=', 1),
        b'{"complete":true,"deedwatch":"picture-metadata/1",' + b"[" * 100_000,
        b'{"complete":' + b"[" * 100_000 + b'"deedwatch":"picture-metadata/',
    ],
)
def test_what_is_no_packed_metadata(body):
    with pytest.raises(ValueError, match=r"\w"):
        unpack(body)
    assert look(body, "x").claims == ()
    assert look(body, "x").unread
