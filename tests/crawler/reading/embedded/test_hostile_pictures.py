"""No bytes make the reader raise, hang or guess."""

import time
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.model import Field
from crawler.reading.embedded.containers import segments
from crawler.reading.embedded.look import look
from crawler.reading.embedded.packed import pack, unpack
from crawler.reading.embedded.tags import tags
from tests.crawler.reading.embedded import made_pictures as made

LICENSE = '<cc:license rdf:resource="https://creativecommons.org/licenses/by-nc/2.0/"/>'
PACKET = made.xmp(LICENSE + made.items("dc:creator", "Ann", kind="Seq"))
EXIF = made.exif({315: b"Ann Lee\0", 33432: b"CC BY-NC 2.0\0"})
IIM = made.iim((1, 90, b"\x1b%G"), (2, 80, b"Ann"), (2, 116, b"CC BY-NC 2.0"))
FILES = {
    "jpeg": made.jpeg(xmp=PACKET, exif=EXIF, iim=IIM),
    "png": made.png(
        made.itxt(PACKET, packed=True), made.chunk(b"eXIf", EXIF), made.raw_profile(b"iptc", IIM)
    ),
    "webp": made.webp(xmp=PACKET, exif=EXIF),
    "tiff": made.tiff({33432: (2, b"CC BY-NC 2.0\0"), 700: (1, PACKET), 33723: (7, IIM)}),
    "xmp": PACKET,
}


def licenses(data: bytes) -> set[str | None]:
    return {claim.value for claim in look(data, "x").claims if claim.field is Field.LICENSE}


@pytest.mark.parametrize("kind", FILES)
def test_cut_at_every_byte(kind):
    data = FILES[kind]
    assert licenses(data) == {"CC-BY-NC-2.0"}
    for end in range(len(data)):
        found = look(data[:end], "x")
        assert found.status is None
        # a cut file may say less, never something else
        assert {c.value for c in found.claims if c.field is Field.LICENSE} <= {"CC-BY-NC-2.0"}
        part = segments(data[:end])
        assert not part.complete or part.segments == segments(data).segments
        tags(part)


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_changed_bytes(kind, data):
    body = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    kept = segments(bytes(body), size=len(body))
    assert unpack(pack(kept)).segments == kept.segments
    tags(kept)
    assert look(bytes(body), "x").status is None


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([
        b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0\x40Exif\0\0", b"\xff\xd8\xff\xed\0\x40Photoshop 3.0\0008BIM\4\4",
        b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\xff\xffWEBPVP8X", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"<x:xmpmeta",
        b'{"complete":true,"deedwatch":"picture-metadata/1"',
    ]),
    st.binary(max_size=300),
)  # fmt: skip
@example(b"II*\0\x08\0\0\0", b"\xff\xff" + b"\x98\x82\2\0\xff\xff\xff\xff\x08\0\0\0" * 20)
def test_any_bytes(head, tail):
    data = head + tail
    for size in (None, len(data), 10 * len(data), 0):
        kept = segments(data, size=size)
        tags(kept)
        if kept.next is not None:
            assert 0 <= kept.next[0] < kept.next[1]
    assert look(data, "x").reason is None


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_words_inside_xmp(inner):
    for packet in (
        made.xmp(inner.replace("\ud800", "")),
        PACKET.replace(b"Ann", inner.encode("utf-8", "replace")),
    ):
        assert look(packet, "x").status is None


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "packet",
    [
        BOMB.encode() + PACKET.replace(b"Ann", b"&i;"),
        PACKET.replace(b"<rdf:RDF", BOMB.encode() + b"<rdf:RDF", 1).replace(b"Ann", b"&i;"),
        PACKET.replace(b"Ann", b"&xxe;"),
        b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + PACKET.replace(b"Ann", b"&x;"),
        made.xmp("<dc:creator><rdf:Seq><rdf:li>" * 200 + "</rdf:li></rdf:Seq></dc:creator>" * 200),
        made.xmp("<dc:creator>" * 5_000 + "</dc:creator>" * 5_000),
        made.xmp("<dc:format/>" * 40_000),
        made.xmp(made.items("dc:creator", *["A"] * 40_000)),
        made.xmp(LICENSE)[:-60],
        PACKET.replace(b"</rdf:Seq>", b""),
    ],
    ids=[
        "entities",
        "entities inside",
        "entity",
        "file",
        "nested lists",
        "deep",
        "wide",
        "long",
        "cut",
        "unclosed",
    ],
)
def test_hostile_xmp_is_named_and_not_read(packet):
    start = time.process_time()
    found = look(made.png(made.itxt(packet)), "x")
    assert time.process_time() - start < 2
    assert found.claims == ()
    assert any("XMP" in note for note in found.unread)


def test_loops_and_huge_counts_end():
    start = time.process_time()
    loop = b"II*\0\x08\0\0\0\1\0" + b"\x69\x87\4\0\1\0\0\0\x08\0\0\0" + b"\x08\0\0\0"
    huge = b"II*\0\x08\0\0\0\1\0" + b"\x98\x82\2\0\xff\xff\xff\xff\x08\0\0\0" + b"\0\0\0\0"
    far = b"\x89PNG\r\n\x1a\n" + b"\x7f\xff\xff\xffiTXt"
    zeros = b"\xff\xd8" + b"\xff" * 300_000
    empty = b"\xff\xd8" + b"\xff\xe1\0\2" * 100_000
    chunks = b"RIFF\xf0\xff\xff\xffWEBP" + b"abcd\0\0\0\0" * 50_000
    for data in (loop, huge, far, zeros, empty, chunks):
        for size in (None, len(data)):
            assert segments(data, size=size).segments == ()
    assert time.process_time() - start < 5


def test_notes_quote_nothing_of_the_file():
    secret = "Jane-Q-Private"
    packet = PACKET.replace(b"</rdf:Seq>", f"</{secret}>".encode())
    exif = made.exif({315: secret.encode() + b"\0"})[:-3]
    data = made.jpeg(xmp=packet, exif=exif, iim=made.iim((2, 80, secret.encode()))[:-2])
    notes = look(data, "x").unread
    assert len(notes) >= 3
    assert not any(secret in note for note in notes)


def test_thousands_of_texts_cost_bounded_time():
    start = time.process_time()
    terms = [
        f"Terms {n}: no model release, no AI training, editorial use, ask me. " * 8 for n in range(1_500)
    ]
    found = look(made.xmp(made.items("xmpRights:UsageTerms", *terms)), "x")
    assert time.process_time() - start < 5
    assert "texts beyond 1000 or 65536 characters" in found.unread
    assert len(found.claims) <= 501


WIDE = made.xmp("", " ".join(f'dc:a{n}=""' for n in range(60_000)))


@pytest.mark.parametrize(
    "build",
    [
        lambda: made.tiff({33723: (7, b"\x1c\2\x50\0\1a" * 170_000)}),
        lambda: made.tiff({33723: (7, b"\x1c\2\x50\0\0" * 200_000)}),
        lambda: made.png(made.itxt(WIDE)),
        lambda: made.png(made.itxt(made.xmp("<dc:rights>" + ("A" * 1023 + " ") * 1_000 + "</dc:rights>"))),
        lambda: made.png(made.chunk(b"tEXt", b"Copyright\0" + b"no " * 349_000)),
        lambda: made.png(*[made.raw_profile(b"iptc", b"\x1c\2\x50\0\1a" * 80_000)] * 40),
        lambda: made.png(*[made.chunk(b"zTXt", b"Copyright\0\0" + zlib.compress(b"a" * 1_100_000))] * 2_000),
    ],
    ids=["datasets", "empty datasets", "attributes", "almost base64", "no no no", "profiles", "bombs"],
)
def test_what_is_quadratic_when_read_naively(build):
    data = build()
    start = time.process_time()
    found = look(data, "x")
    tags(segments(data, size=len(data)))
    assert time.process_time() - start < 3  # each took seconds, some of them minutes
    assert found.unread or len(found.claims) < 5


def test_a_permission_is_worth_nothing_where_the_rest_was_not_read():
    many = made.items("dc:description", *[f"Word {n}" for n in range(1_001)])
    for before, after in ((LICENSE, many), (many, LICENSE)):
        said = before + after + "<plus:DataMining>DMI-PROHIBITED</plus:DataMining>"
        found = look(made.xmp(said + "<plus:ModelReleaseStatus>MR-UMR</plus:ModelReleaseStatus>"), "x")
        assert {c.value for c in found.claims if c.field in (Field.LICENSE, Field.MODEL_RELEASE)} <= {None}
        assert not [c for c in found.claims if c.field is Field.OPT_OUT_CARRIERS]
        assert "texts beyond 1000 or 65536 characters" in found.unread


def test_names_are_cut_before_anything_else():
    names = made.items("dc:creator", *[f"Ann {n}" for n in range(700)], kind="Seq")
    found = look(made.xmp(names + LICENSE + "<plus:DataMining>DMI-PROHIBITED</plus:DataMining>"), "x")
    said = {claim.field: claim.value for claim in found.claims}
    assert said[Field.LICENSE] == "CC-BY-NC-2.0"
    assert said[Field.OPT_OUT] == "plus-datamining=dmi-prohibited"
    assert said[Field.OPT_OUT_CARRIERS] == "plus-datamining"
