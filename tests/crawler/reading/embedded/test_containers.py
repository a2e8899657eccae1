"""Metadata is found in every container, in part-files with the right range to ask for next, and never with pixels."""

import hashlib

import pytest

from crawler.reading.embedded import kept as limits
from crawler.reading.embedded.containers import is_picture, kind_of, segments
from crawler.reading.embedded.tags import tags
from crawler.reading.embedded.windows import Window
from tests.crawler.reading.embedded import made_pictures as made

PACKET = made.xmp(made.items("dc:creator", "Ann", "Bo", kind="Seq"))
EXIF = made.exif({315: b"Ann\0", 33432: b"(c) Ann\0", 305: b"Editor\0"})
IIM = made.iim((1, 90, b"\x1b%G"), (2, 80, "Zoë".encode()), (2, 116, b"(c) Zo"))


def whole(data: bytes) -> dict[str, object]:
    return tags(segments(data, size=len(data)))


def test_jpeg():
    data = made.jpeg(xmp=PACKET, exif=EXIF, iim=IIM)
    kept = segments(data, size=len(data))
    assert (kept.container, kept.complete, kept.whole, kept.next, kept.unread) == (
        "jpeg",
        True,
        True,
        None,
        (),
    )
    assert tags(kept) == {
        "IFD0:Artist": "Ann",
        "IFD0:Copyright": "(c) Ann",
        "IPTC:By-line": "Zoë",
        "IPTC:CopyrightNotice": "(c) Zo",
        "XMP-dc:Creator": ["Ann", "Bo"],
    }
    for segment in kept.segments:
        original = data[segment.at : segment.at + segment.length]
        if segment.kind == "iim":
            original = IIM if IIM in data else b""
        assert segment.sha256 == hashlib.sha256(original).hexdigest()


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders(order):
    exif = made.exif({315: b"A\0", 33432: b"Ann \0Bo\0"}, order)
    assert whole(made.jpeg(exif=exif)) == {"IFD0:Artist": "A", "IFD0:Copyright": "Ann\nBo"}
    data = made.tiff({315: (2, b"Ann Lee\0"), 700: (1, PACKET), 33723: (7, IIM)}, order)
    assert whole(data) == {
        "IFD0:Artist": "Ann Lee",
        "IPTC:By-line": "Zoë",
        "IPTC:CopyrightNotice": "(c) Zo",
        "XMP-dc:Creator": ["Ann", "Bo"],
    }


def test_tiff_with_photoshop_block_and_with_swapped_iptc():
    block = made.resource(0x03ED, b"abc") + made.resource(0x0404, IIM)
    assert whole(made.tiff({34377: (1, block)}))["IPTC:By-line"] == "Zoë"
    padded = IIM + b"\0" * (-len(IIM) % 4)
    swapped = b"".join(padded[i : i + 4][::-1] for i in range(0, len(padded), 4))
    assert whole(made.tiff({33723: (4, swapped)}))["IPTC:By-line"] == "Zoë"


def test_png():
    before = made.png(
        made.itxt(PACKET), made.chunk(b"eXIf", EXIF), made.chunk(b"tEXt", b"Copyright\0\xa9 Ann")
    )
    assert whole(before) == {
        "IFD0:Artist": "Ann",
        "IFD0:Copyright": "(c) Ann",
        "PNG:Copyright": "© Ann",
        "XMP-dc:Creator": ["Ann", "Bo"],
    }
    after = made.png(after=made.itxt(PACKET, packed=True))
    assert whole(after) == {"XMP-dc:Creator": ["Ann", "Bo"]}


def test_png_raw_profiles():
    data = made.png(
        made.raw_profile(b"iptc", made.resource(0x0404, IIM)), made.raw_profile(b"exif", b"Exif\0\0" + EXIF)
    )
    assert whole(data) | {"IPTC:CopyrightNotice": ""} == {
        "IFD0:Artist": "Ann",
        "IFD0:Copyright": "(c) Ann",
        "IPTC:By-line": "Zoë",
        "IPTC:CopyrightNotice": "",
    }
    lying = made.chunk(
        b"zTXt", b"Raw profile type exif\0\0" + made.zlib.compress(b"\nexif\n      99\n4949\n")
    )
    kept = segments(made.png(lying), size=len(made.png(lying)))
    assert kept.segments == ()
    assert "raw profile" in kept.unread[0]


def test_webp():
    data = made.webp(xmp=PACKET, exif=EXIF)
    assert whole(data)["IFD0:Artist"] == "Ann"
    assert whole(data)["XMP-dc:Creator"] == ["Ann", "Bo"]
    assert whole(made.webp(exif=b"Exif\0\0" + EXIF))["IFD0:Artist"] == "Ann"


def test_xmp_sidecar_in_three_encodings():
    text = PACKET.decode().partition("?>")[2].strip()
    for packet in (PACKET, text.encode("utf-16"), text.encode("utf-16-be"), b"\xef\xbb\xbf" + PACKET):
        assert kind_of(packet) == "xmp"
        assert whole(packet) == {"XMP-dc:Creator": ["Ann", "Bo"]}


def test_extended_xmp_is_put_together_when_it_agrees_with_its_digest():
    extension = made.xmp('<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>')
    digest = hashlib.md5(extension).hexdigest().upper()
    main = made.xmp(attributes=f'xmpNote:HasExtendedXMP="{digest}"')
    data = made.jpeg(xmp=main, extension=extension)
    assert whole(data) == {"XMP-cc:License": "https://creativecommons.org/licenses/by/4.0/"}
    for broken in (
        made.jpeg(xmp=PACKET, extension=extension),  # belongs to no packet
        data.replace(b"licenses/by/4.0", b"licenses/by/3.0"),  # was changed
    ):
        kept = segments(broken, size=len(broken))
        assert "XMP-cc:License" not in tags(kept)
        assert any("ExtendedXMP" in note for note in kept.unread)


def parts(data: bytes, first: int, rounds: int = 8):
    """What a caller with range requests sees: (kept, ranges asked for)."""
    more, asked = [], []
    kept = segments(data[:first], size=len(data))
    while kept.next is not None and len(asked) < rounds:
        start, end = kept.next
        asked.append((start, end))
        assert start < end <= len(data)
        more.append(Window(start, data[start:end]))
        kept = segments(data[:first], size=len(data), more=more)
    return kept, asked


@pytest.mark.parametrize(
    ("data", "most"),
    [
        (made.jpeg(xmp=PACKET, exif=EXIF, iim=IIM), 1),
        (made.webp(xmp=PACKET, exif=EXIF, pixels=200_000), 1),
        (made.tiff({315: (2, b"Ann Lee\0"), 700: (1, PACKET)}, pixels=200_000), 2),
        (made.png(made.chunk(b"prVt", b"p" * 200_000), after=made.itxt(PACKET)), 1),
        (PACKET, 1),
    ],
    ids=["jpeg", "webp", "tiff", "png", "xmp"],
)
def test_a_cut_file_says_which_range_to_ask_for(data, most):
    for first in (100, 300, len(data) - 1):
        kept, asked = parts(data, first)
        assert kept.complete
        assert kept.unread == ()
        assert kept.segments == segments(data, size=len(data)).segments
        assert len(asked) <= most


def test_a_part_without_known_size_is_not_called_damaged():
    kept = segments(made.jpeg(xmp=PACKET)[:60])
    assert (kept.complete, kept.whole, kept.unread) == (False, False, ())
    assert kept.next is not None
    webp = made.webp(xmp=PACKET, pixels=1000)
    cut = segments(webp[:200])
    assert cut.next == (1038, len(webp))


def test_a_webp_without_flags_needs_no_more_than_its_head():
    kept = segments(made.webp(pixels=100_000)[:64])
    assert (kept.complete, kept.next, kept.segments) == (True, None, ())


def test_a_file_that_ends_too_early_says_so():
    data = made.jpeg(xmp=PACKET)
    kept = segments(data[:200], size=200)
    assert not kept.complete
    assert kept.next is None
    assert "ends before" in kept.unread[0]


def test_no_pixels_are_kept():
    preview = b"\xff\xd8PREVIEW" * 50
    exif = made.exif({315: b"Ann\0"}, more=preview)
    iim = made.iim((2, 80, b"Ann"), (2, 202, preview), (8, 10, preview))
    base64 = "QUJD" * 1000
    packet = made.xmp(
        f"<dc:source>{base64}</dc:source><dc:format>{'&#xA;'.join(['QUJD' * 19] * 40)}</dc:format>"
    )
    kept = segments(data := made.jpeg(xmp=packet, exif=exif, iim=iim), size=len(data))
    assert len(kept.segments) == 3
    for segment in kept.segments:
        assert b"PREVIEW" not in segment.data
        assert b"QUJDQUJD" not in segment.data
        assert segment.left_out > 0
    assert tags(kept) == {"IFD0:Artist": "Ann", "IPTC:By-line": "Ann"}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x1cftypavif\0\0\0\0", "avif"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1", "avif"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp41mp42", "unknown"),
        (b"GIF89a", "gif"),
        (b"<!DOCTYPE html><html>", "unknown"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "unknown"),
        (b'<?xml version="1.0"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">', "xmp"),
        (b"{}", "unknown"),
        (b"", "unknown"),
    ],
)
def test_kinds(head, kind):
    assert kind_of(head) == kind
    assert is_picture(head) == (kind != "unknown")
    if kind != "xmp":
        kept = segments(head)
        assert kept.complete is False
        assert kept.unread


def test_bombs_are_cut():
    bomb = made.png(made.itxt(b" " * 50_000_000, packed=True), made.itxt(b"x" * (limits.MAX_SEGMENT + 1)))
    kept = segments(bomb, size=len(bomb))
    assert kept.segments == ()
    assert len(kept.unread) == 2
    many = made.png(*[made.chunk(b"tEXt", b"Title\0" + b"t" * 40_000)] * 150)
    kept = segments(many, size=len(many))
    assert sum(len(s.data) for s in kept.segments) <= limits.MAX_KEPT
    assert not kept.complete
    many = made.png(*[made.chunk(b"tEXt", b"Title\0t")] * 5000)
    assert len(segments(many, size=len(many)).segments) == limits.MAX_SEGMENTS


def test_damage_in_one_block_leaves_the_others():
    broken_exif = b"MM\0*\xff\xff\xff\xff"
    data = made.jpeg(xmp=PACKET, exif=broken_exif, iim=IIM + b"\x1c\2\x05\xff")
    kept = segments(data, size=len(data))
    assert tags(kept)["XMP-dc:Creator"] == ["Ann", "Bo"]
    assert tags(kept)["IPTC:By-line"] == "Zoë"
    assert any(note.startswith("EXIF") for note in kept.unread)


def test_c2pa_is_named_where_it_stands():
    jumbf = made.segment(0xEB, b"JP\0\1\0\0\0\1\0\0\0\x20jumb\0\0\0\x18jumdc2pa")
    png = made.png(made.chunk(b"caBX", b"jumb"))
    for data in (made.jpeg(more=jumbf), png):
        assert segments(data, size=len(data)).unread == ("C2PA manifest, not read",)


def test_pixels_are_not_fetched_to_get_behind_them():
    text = made.itxt(PACKET)
    one = made.png(made.chunk(b"IDAT", b"p" * 900_000), after=text)
    kept, asked = parts(one, 1000)
    assert kept.complete
    assert len(asked) == 1
    assert asked[0][1] - asked[0][0] < 2000
    many = made.png(*[made.chunk(b"IDAT", b"p" * 8_000)] * 100, after=text)
    kept, asked = parts(many, 10_000)
    assert (kept.complete, kept.next, asked) == (False, None, [])
