"""RDF/XML in all the forms writers use gives the same properties."""

import pytest

from crawler.reading.embedded.containers import segments
from crawler.reading.embedded.kept import Broken
from crawler.reading.embedded.tags import tags
from crawler.reading.embedded.xmp import Items, Property, Struct, properties, texts
from tests.crawler.reading.embedded import made_pictures as made

_NAME, _URL = "<plus:LicensorName>A</plus:LicensorName>", "<plus:LicensorURL>u</plus:LicensorURL>"
URI = "https://creativecommons.org/licenses/by/4.0/"


def read(packet: bytes) -> dict[str, object]:
    found, notes = properties(packet)
    assert notes == []
    return {item.name: item.value for item in found}


def shown(packet: bytes) -> dict[str, object]:
    return tags(segments(packet, size=len(packet)))


@pytest.mark.parametrize(
    "packet",
    [
        made.xmp(f"<cc:license>{URI}</cc:license>"),
        made.xmp(f'<cc:license rdf:resource="{URI}"/>'),
        made.xmp(attributes=f'cc:license="{URI}"'),
        made.xmp(f"<cc:license>\n  {URI}\n</cc:license>"),
        made.xmp(
            f'<cc:license rdf:parseType="Resource"><rdf:value>{URI}</rdf:value><dc:type>x</dc:type></cc:license>'
        ),
        made.xmp(f"<cc:license><rdf:Description><rdf:value>{URI}</rdf:value></rdf:Description></cc:license>"),
        made.xmp(f'<cc:license xmlns:cc="http://web.resource.org/cc/" rdf:resource="{URI}"/>'),
        made.xmp(f'<y:license xmlns:y="https://creativecommons.org/ns" rdf:resource="{URI}"/>'),
        made.xmp(f"<cc:license><![CDATA[{URI}]]></cc:license>"),
    ],
)
def test_one_text_in_many_forms(packet):
    assert read(packet) == {"cc:license": URI}


def test_a_namespace_counts_by_its_address_not_by_its_prefix():
    packet = made.xmp(f'<cc:license xmlns:cc="http://example.com/ns#" rdf:resource="{URI}"/>')
    assert read(packet) == {"{http://example.com/ns#}license": URI}


def test_several_descriptions_and_typed_nodes():
    packet = (
        f'<rdf:RDF xmlns:rdf="{made.RDF}" xmlns:dc="{made.SPACES["dc"]}" xmlns:p="{made.SPACES["plus"]}">'
        '<rdf:Description rdf:about="a" dc:format="image/jpeg"/>'
        '<rdf:Description rdf:about="b"><p:DataMining>DMI-PROHIBITED</p:DataMining></rdf:Description>'
        "</rdf:RDF>"
    ).encode()
    assert read(packet) == {"dc:format": "image/jpeg", "plus:DataMining": "DMI-PROHIBITED"}


def test_lists_and_alternatives():
    packet = made.xmp(
        made.items("dc:creator", "Ann", "Bo", kind="Seq")
        + made.words("dc:rights", de="Alle", x_default="All", en="All")
    )
    found = read(packet)
    assert found["dc:creator"] == Items("Seq", (("", "Ann"), ("", "Bo")))
    assert list(texts(found["dc:rights"], "r")) == [("r[de]", "Alle"), ("r[x-default]", "All")]
    assert shown(packet) == {"XMP-dc:Creator": ["Ann", "Bo"], "XMP-dc:Rights": "All"}


@pytest.mark.parametrize(
    "inner",
    [
        f'<rdf:li rdf:parseType="Resource">{_NAME}{_URL}</rdf:li>',
        '<rdf:li plus:LicensorName="A" plus:LicensorURL="u"/>',
        f'<rdf:li><rdf:Description plus:LicensorName="A">{_URL}</rdf:Description></rdf:li>',
        f"<rdf:li>{_NAME}{_URL}</rdf:li>",
    ],
)
def test_structures(inner):
    packet = made.xmp(f"<plus:Licensor><rdf:Seq>{inner}</rdf:Seq></plus:Licensor>")
    fields = (("plus:LicensorName", "A"), ("plus:LicensorURL", "u"))
    assert read(packet) == {"plus:Licensor": Items("Seq", (("", Struct(fields)),))}
    assert shown(packet) == {"XMP-plus:Licensor": [{"LicensorName": "A", "LicensorURL": "u"}]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17", 17),
        ("-1.5", -1.5),
        ("007", "007"),
        ("1234567890123456", "1234567890123456"),
        ("٣", "٣"),
        ("True", True),
        ("fAlse", False),
        ("17 years", "17 years"),
    ],
)
def test_tags_have_exiftools_types(text, value):
    assert shown(made.xmp(made.items("Iptc4xmpExt:ModelAge", text)))["XMP-iptcExt:ModelAge"] == [value]


def test_codes_lose_their_address_in_tags():
    for code in ("DMI-PROHIBITED", "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"):
        packet = made.xmp(f"<plus:DataMining>{code}</plus:DataMining>")
        assert shown(packet) == {"XMP-plus:DataMining": "DMI-PROHIBITED"}


def test_a_packet_that_is_not_utf8_is_read_and_noted():
    found, notes = properties(made.xmp("<dc:rights>J@rgen</dc:rights>").replace(b"@", b"\xfc"))
    assert found == [Property("dc:rights", "Jürgen")]
    assert notes == ["XMP is not UTF-8; read as Windows-1252"]


def test_control_characters_and_padding_do_no_harm():
    packet = b"\0\0 " + made.xmp("<dc:rights>A\x01nn</dc:rights>") + b" " * 2000 + b"\0junk < &"
    assert read(packet) == {"dc:rights": "Ann"}


@pytest.mark.parametrize("packet", [b"", b"<x/>", b"plain", made.xmp()[:-90]])
def test_no_packet(packet):
    with pytest.raises(Broken, match="XMP"):
        properties(packet)
