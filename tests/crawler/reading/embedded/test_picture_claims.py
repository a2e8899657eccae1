"""What a picture says of itself becomes claims with their place, and nothing it does not say."""

import pytest

from crawler.model import Basis, Claim, Field, Look, Scope
from crawler.reading.embedded.look import CARRIER, look
from crawler.reading.findings import findings_of
from tests.crawler.reading.embedded import made_pictures as made

ARR = "LicenseRef-all-rights-reserved"
VOCAB = "http://ns.useplus.org/ldf/vocab/"


def of(inner: str = "", **blocks: bytes) -> Look:
    return look(made.jpeg(xmp=made.xmp(inner) if inner else b"", **blocks), "x")


def said(found: Look, field: Field) -> list[tuple[str | None, str]]:
    return [(claim.value, claim.locator) for claim in found.claims if claim.field is field]


def test_every_claim_is_about_the_image_and_says_where_it_stood():
    found = of(
        made.items("dc:creator", "Ann", "Bo", kind="Seq"),
        exif=made.exif({315: b"Ann\0", 33432: b"(c) Ann\0"}),
        iim=made.iim((2, 80, b"Cy"), (2, 110, b"Agency"), (2, 116, b"(c) Cy")),
    )
    assert {c.scope for c in found.claims} == {Scope.IMAGE}
    assert {c.basis for c in found.claims} == {Basis.STATED}
    assert said(found, Field.AUTHOR) == [
        ("Ann", "EXIF:IFD0:315"),
        ("Cy", "IIM:2:80"),
        ("Ann", "XMP:dc:creator[1]"),
        ("Bo", "XMP:dc:creator[2]"),
    ]
    assert said(found, Field.CREDIT) == [("Agency", "IIM:2:110")]
    assert said(found, Field.COPYRIGHT_NOTICE) == [("(c) Ann", "EXIF:IFD0:33432"), ("(c) Cy", "IIM:2:116")]
    assert (found.native_id, found.status, found.reason, found.unread) == ("x", None, None, ())


def notice(text: str) -> Look:
    return of(made.words("dc:rights", x_default=text))


def usage(text: str) -> Look:
    return of(made.words("xmpRights:UsageTerms", x_default=text))


def statement(text: str) -> Look:
    return of(f"<xmpRights:WebStatement>{text}</xmpRights:WebStatement>")


def named(text: str) -> Look:
    return of(f'<cc:license rdf:resource="{text}"/>')


@pytest.mark.parametrize(
    ("found", "licenses"),
    [
        (named("http://creativecommons.org/licenses/by-nc/2.0/"), ["CC-BY-NC-2.0"]),
        (named("https://example.com/my-license"), [None]),
        (named("https://example.com/"), [None]),
        (statement("http://creativecommons.org/licenses/by-nc-sa/2.0/"), ["CC-BY-NC-SA-2.0"]),
        (statement("https://example.com/terms"), [None]),
        (statement("https://www.agency.example/eula?utm_source=google"), [None]),
        (statement("https://example.com/"), []),
        (statement("metadatamatters.example"), []),
        (statement("https://creativecommons.org/licenses/by/9.0/"), [None]),
        (usage("CC BY-SA 4.0"), ["CC-BY-SA-4.0"]),
        (usage("licensed under Creative Commons 4.0"), [None]),
        (usage("For consideration only, no reproduction without prior permission"), [None]),
        (usage("Please ask me first"), [None]),
        (usage("No AI training."), []),
        (usage("Editorial use only"), []),
        (usage("Editorial use only. No AI training."), []),
        (usage("Editorial use only, CC BY 2.0"), [None]),
        (notice("© Ann Lee"), []),
        (notice("Copyright 2019 Ann Lee"), []),
        (notice("2025 Some Images"), []),
        (notice("© 2019 Ann Lee, all rights reserved"), [ARR]),
        (notice("CC BY-NC 2.0"), ["CC-BY-NC-2.0"]),
        (notice("© Ann Lee, licensed under CC BY 2.0"), ["CC-BY-2.0"]),
        (notice("(c) Ann/Agency.  No use without permission."), [None]),
        (notice("© Ann. Licensed under Creative Commons"), [None]),
        (of("<plus:CopyrightStatus>CS-PUB</plus:CopyrightStatus>"), ["LicenseRef-public-domain"]),
        (of("<plus:CopyrightStatus>CS-PRO</plus:CopyrightStatus>"), []),
        (of("<xmpRights:Marked>False</xmpRights:Marked>"), []),
        (of("<xmpRights:Marked>True</xmpRights:Marked>"), []),
        (of(exif=made.exif({33432: b"CC0 1.0\0"})), ["CC0-1.0"]),
        (of(iim=made.iim((2, 116, b"All rights reserved"))), [ARR]),
        (look(made.png(made.chunk(b"tEXt", b"Copyright\0CC BY 4.0")), "x"), ["CC-BY-4.0"]),
    ],
)
def test_which_texts_state_a_license(found, licenses):
    assert [value for value, _ in said(found, Field.LICENSE)] == licenses


def test_contradictions_stay_visible_and_give_no_license():
    found = of(
        '<cc:license rdf:resource="https://creativecommons.org/licenses/by-nd/3.0/"/>'
        + made.words("dc:rights", x_default="all rights reserved")
    )
    assert said(found, Field.LICENSE) == [
        ("CC-BY-ND-3.0", "XMP:cc:license"),
        (ARR, "XMP:dc:rights[x-default]"),
    ]
    assert findings_of(found).license_state == "conflict"


def test_a_bare_copyright_line_takes_nothing_from_a_license():
    found = of(
        '<cc:license rdf:resource="https://creativecommons.org/licenses/by/2.0/"/>',
        exif=made.exif({33432: b"(c) 2012 Ann Lee\0"}),
    )
    assert findings_of(found).license == "CC-BY-2.0"


@pytest.mark.parametrize("prefix", ["", VOCAB, VOCAB.replace("http:", "https:")])
@pytest.mark.parametrize(
    ("name", "code", "field", "value"),
    [
        ("ModelReleaseStatus", "MR-NON", Field.MODEL_RELEASE, "no"),
        ("ModelReleaseStatus", "MR-NAP", Field.MODEL_RELEASE, "not_applicable"),
        ("ModelReleaseStatus", "MR-UMR", Field.MODEL_RELEASE, "yes"),
        ("ModelReleaseStatus", "MR-LMR", Field.MODEL_RELEASE, "limited"),
        ("ModelReleaseStatus", "PR-UPR", Field.MODEL_RELEASE, None),
        ("ModelReleaseStatus", "signed", Field.MODEL_RELEASE, None),
        ("PropertyReleaseStatus", "PR-NON", Field.PROPERTY_RELEASE, "no"),
        ("PropertyReleaseStatus", "PR-UPR", Field.PROPERTY_RELEASE, "yes"),
        ("MinorModelAgeDisclosure", "AG-U14", Field.MINORS, "minor"),
        ("MinorModelAgeDisclosure", "AG-A17", Field.MINORS, "minor"),
        ("MinorModelAgeDisclosure", "AG-A18", Field.MINORS, "adult"),
        ("MinorModelAgeDisclosure", "AG-A25", Field.MINORS, "adult"),
        ("MinorModelAgeDisclosure", "AG-UNK", Field.MINORS, "unknown"),
        ("MinorModelAgeDisclosure", "young", Field.MINORS, None),
        ("DataMining", "DMI-UNSPECIFIED", Field.OPT_OUT, "plus-datamining=dmi-unspecified"),
        ("DataMining", "DMI-ALLOWED", Field.OPT_OUT, "plus-datamining=dmi-allowed"),
        (
            "DataMining",
            "DMI-PROHIBITED-AIMLTRAINING",
            Field.OPT_OUT,
            "plus-datamining=dmi-prohibited-aimltraining",
        ),
        ("DataMining", "DMI-SOMETHING-NEW", Field.OPT_OUT, "plus-datamining=not-understood"),
        ("AdultContentWarning", "CW-AWR", Field.SAFETY, "adult-content"),
        ("ImageAlterationConstraints", "AL-CRP", Field.RESTRICTION, "no-cropping"),
        ("ImageDuplicationConstraints", "DP-NOD", Field.RESTRICTION, "no-duplication"),
    ],
)
def test_codes(prefix, name, code, field, value):
    found = of(f"<plus:{name}>{prefix}{code}</plus:{name}>")
    assert said(found, field) == [(value, f"XMP:plus:{name}")]
    assert next(c.raw for c in found.claims if c.field is field) == prefix + code


def test_release_ids_are_kept_raw_and_prove_nothing():
    found = of(made.items("plus:ModelReleaseID", "MR-47", "b"))
    assert said(found, Field.MODEL_RELEASE) == [
        (None, "XMP:plus:ModelReleaseID[1]"),
        (None, "XMP:plus:ModelReleaseID[2]"),
    ]
    assert findings_of(found).model_release == ()


@pytest.mark.parametrize(
    ("ages", "minors", "people"),
    [
        (("25", "30"), (), ("person:stated",)),
        (("34", "7"), ("minor:stated",), ("person:stated",)),
        (("18",), (), ("person:stated",)),
        (("0",), ("minor:stated",), ("person:stated",)),
        (("model ages",), (), ()),
        (("-3", "1000"), (), ()),
    ],
)
def test_ages(ages, minors, people):
    found = findings_of(of(made.items("Iptc4xmpExt:ModelAge", *ages)))
    assert (found.minors, found.people) == (minors, people)


def test_persons_are_counted_and_not_named():
    region = (
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>'
        '<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Jane Private</mwg-rs:Name>'
        "<mwg-rs:Type>Face</mwg-rs:Type></rdf:li>"
        '<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Rex</mwg-rs:Name><mwg-rs:Type>Pet</mwg-rs:Type></rdf:li>'
        "</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    )
    for inner in (made.items("Iptc4xmpExt:PersonInImage", "Jane Private"), region):
        found = of(inner)
        claims = [c for c in found.claims if c.field is Field.PEOPLE]
        assert [(c.value, c.raw) for c in claims] == [("identifiable", "1 named")]
        assert "Jane" not in str(found)
    model = of("<Iptc4xmpExt:AddlModelInfo>ethnicity and more</Iptc4xmpExt:AddlModelInfo>")
    assert "ethnicity" not in str(model)
    assert findings_of(of(region.replace("Face", "Pet"))).people == ()


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("trainedAlgorithmicMedia", ["yes"]),
        ("compositeWithTrainedAlgorithmicMedia", ["yes"]),
        ("compositeSynthetic", ["partly"]),
        ("digitalCapture", ["no"]),
        ("softwareImage", []),
    ],
)
def test_source_types(word, value):
    address = f"http://cv.iptc.org/newscodes/digitalsourcetype/{word}"
    found = of(f"<Iptc4xmpExt:DigitalSourceType>{address}</Iptc4xmpExt:DigitalSourceType>")
    assert [v for v, _ in said(found, Field.AI_GENERATED)] == value
    assert found.unread == (() if value else ("XMP:Iptc4xmpExt:DigitalSourceType",))


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("No AI training.", "noai"),
        ("May not be used for machine learning.", "noai"),
        ("Not licensed for training of neural networks", "noai"),
        ("AI training is prohibited", "noai"),
        ("Text and data mining reserved", "noai"),
        ("Free to use, AI training included", None),
        ("J'ai pas", None),
        ("Not for sale", None),
        ("Training day for no reason", None),
    ],
)
def test_reservations_in_words(text, signal):
    found = [value for value, _ in said(usage(text), Field.OPT_OUT)]
    assert found == ([f"xmp-usage-terms={signal}"] if signal else [])


def test_constraints_in_words_and_in_machine_language():
    found = of(
        made.words("plus:OtherConstraints", x_default="No use for training of biometric systems.")
        + '<Iptc4xmpExt:LinkedEncRightsExpr><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<Iptc4xmpExt:LinkedRightsExpr>https://example.com/odrl</Iptc4xmpExt:LinkedRightsExpr>"
        "</rdf:li></rdf:Bag></Iptc4xmpExt:LinkedEncRightsExpr>"
    )
    assert said(found, Field.RESTRICTION) == [
        ("other-constraints", "XMP:plus:OtherConstraints[x-default]"),
        ("rights-expression", "XMP:Iptc4xmpExt:LinkedEncRightsExpr"),
    ]
    assert said(found, Field.OPT_OUT) == [
        ("plus-other-constraints=noai", "XMP:plus:OtherConstraints[x-default]")
    ]


def test_words_in_instructions():
    found = of(
        iim=made.iim((2, 40, b"Editorial use only. Model release: no."), (2, 25, b"baby"), (2, 25, b"beach"))
    )
    assert said(found, Field.RESTRICTION) == [("editorial", "IIM:2:40")]
    assert ("no", "IIM:2:40") in said(found, Field.MODEL_RELEASE)
    keyword = Claim(Field.MINORS, "minor", "baby", Scope.IMAGE, "IIM:2:25", "baby", Basis.KEYWORD)
    assert keyword in found.claims


def test_what_rights_vocabularies_say_and_we_do_not_read_is_named():
    found = of(
        "<plus:MediaSummaryCode>|PLUS|V0121|</plus:MediaSummaryCode><plus:Version>1.2.0</plus:Version>"
    )
    assert found.unread == ("XMP:plus:MediaSummaryCode",)


def carriers(data: bytes) -> tuple[str, ...]:
    return findings_of(look(data, "x")).opt_out_carriers


def test_the_carrier_is_read_only_where_all_of_it_was_seen_and_sound():
    sound = made.jpeg(xmp=made.xmp("<dc:format>x</dc:format>"))
    assert carriers(sound) == (CARRIER,)
    assert carriers(made.jpeg()) == (CARRIER,)
    assert carriers(made.png(made.chunk(b"caBX", b"jumb"))) == (CARRIER,)
    assert carriers(sound[:300]) == ()
    assert carriers(sound.replace(b"</dc:format>", b"</dc:formax>")) == ()
    assert carriers(made.png(made.itxt(b" " * 3_000_000, packed=True))) == ()
    assert carriers(b"\0\0\0\x1cftypavif\0\0\0\0") == ()


def test_very_many_statements_are_cut():
    found = of(made.items("dc:creator", *[f"A{n}" for n in range(700)], kind="Seq"))
    assert len(found.claims) == 501
    assert found.unread == ("200 further statements",)


def test_a_data_mining_code_in_a_form_of_its_own_is_left_to_a_person():
    inner = (
        "<plus:DataMining rdf:parseType='Resource'><plus:Code>DMI-PROHIBITED</plus:Code></plus:DataMining>"
    )
    assert [c.value for c in of(inner).claims if c.field is Field.OPT_OUT] == [
        "plus-datamining=not-understood"
    ]
    assert not [c for c in of("<plus:DataMining/>").claims if c.field is Field.OPT_OUT]


@pytest.mark.parametrize("length", range(440, 502, 4))
def test_a_license_at_the_end_of_a_long_notice_is_read_whole(length):
    text = ("Photo by Jane Doe. " * 40)[:length] + " CC BY-NC-SA 2.0"
    found = of(made.words("dc:rights", x_default=text))
    assert {c.value for c in found.claims if c.field is Field.LICENSE} == {"CC-BY-NC-SA-2.0"}


LICENSE = '<cc:license rdf:resource="https://creativecommons.org/licenses/by/2.0/"/>'


def test_a_license_of_something_else_is_not_the_pictures():
    quoted = f'<dc:x rdf:parseType="Literal"><rdf:RDF><rdf:Description>{LICENSE}</rdf:Description></rdf:RDF></dc:x>'
    packet = made.xmp(LICENSE)
    song = packet.replace(b"<rdf:RDF ", b"<rdf:RDF xmlns:cc='http://creativecommons.org/ns#' ", 1)
    for about in (b"http://other.example/song.mp3", b""):
        node = b'<rdf:Description rdf:about="%s">%s</rdf:Description>' % (about, LICENSE.encode())
        bare = song.replace(LICENSE.encode(), b"").replace(b"</rdf:RDF>", node + b"</rdf:RDF>")
        found = look(bare, "x")
        assert [c.value for c in found.claims if c.field is Field.LICENSE] == ([] if about else ["CC-BY-2.0"])
        assert ("XMP about another resource, not read" in found.unread) is bool(about)
    assert not [c for c in of(quoted).claims if c.field is Field.LICENSE]
    assert [c.value for c in of(LICENSE).claims if c.field is Field.LICENSE] == ["CC-BY-2.0"]
