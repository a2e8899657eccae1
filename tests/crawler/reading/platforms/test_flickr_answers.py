"""Flickr's answers in all their forms: wrapped, with a byte order mark, numbers as strings, histories in any order."""

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Field, Look, Status
from crawler.reading.findings import findings_of
from crawler.reading.platforms import flickr_exif, flickr_history, flickr_photo, flickr_rest
from crawler.reading.platforms.flickr_answers import Rsp, parse

PAGES = Path(__file__).resolve().parents[3] / "pages" / "flickr"


def rsp(body: object) -> Rsp:
    found = parse(body if isinstance(body, bytes) else json.dumps(body).encode())
    assert found is not None
    return found


@pytest.mark.parametrize(
    "body",
    [
        b'{"stat":"fail","code":1,"message":"Photo not found"}',
        b'{"stat":"fail","code":"1","message":"Photo not found"}',
        b'\xef\xbb\xbf{"stat":"fail","code":1,"message":"Photo not found"}',
        b'jsonFlickrApi({"stat":"fail","code":1,"message":"Photo not found"})',
        b' jsonFlickrApi ( {"stat":"fail","code":1,"message":"Photo not found"} ) ;\n',
        b'my.callback({"stat":"fail","code":1,"message":"Photo not found"});',
        b'{"rsp":{"stat":"fail","code":1,"message":"Photo not found"}}',
        b'{"stat":"fail","err":{"code":1,"msg":"Photo not found"}}',
        b'<?xml version="1.0" encoding="utf-8" ?>\n<rsp stat="fail"><err code="1" msg="Photo not found" /></rsp>',
        b'\xef\xbb\xbf<?xml version="1.0"?><rsp stat="fail"><err code="1" msg="Photo not found"/></rsp>',
        b'jsonFlickrApi(<rsp stat="fail"><err code="1" msg="Photo not found"/></rsp>)',
    ],
)
def test_one_failure_in_all_its_forms(body: bytes) -> None:
    found = rsp(body)
    assert (found.ok, found.code, found.message) == (False, "1", "Photo not found")


ENTRIES = [
    {
        "date_change": "1500000000",
        "old_license": "All Rights Reserved",
        "old_license_url": "",
        "new_license": "",
    },
    {
        "date_change": 1600000000,
        "old_license": "All Rights Reserved",
        "new_license": "Attribution-NonCommercial License",
    },
    {
        "date_change": "1700000000",
        "old_license_url": "https://creativecommons.org/licenses/by-nc/2.0/",
        "new_license": "CC BY 4.0",
        "new_license_url": "http://creativecommons.org/licenses/by/4.0/deed.de",
    },
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_history_says_the_same_in_any_order(order: tuple[int, ...]) -> None:
    claims = flickr_history.claims(rsp({"stat": "ok", "license_history": [ENTRIES[i] for i in order]}))
    changes = [json.loads(c.value or "") for c in claims if c.field is Field.LICENSE_HISTORY]
    assert [(c["old"], c["new"]) for c in changes] == [
        ("LicenseRef-all-rights-reserved", "CC-BY-NC-2.0"),
        ("CC-BY-NC-2.0", "CC-BY-4.0"),
    ]
    findings = findings_of(Look("1", Status.AVAILABLE, None, tuple(claims)))
    assert findings.license == "CC-BY-4.0"
    assert findings.licenses_before == ("CC-BY-NC-2.0", "LicenseRef-all-rights-reserved")


@pytest.mark.parametrize(
    ("url", "name", "expected"),
    [
        (
            "https://www.flickrhelp.com/hc/en-us/articles/99",
            "All Rights Reserved",
            "LicenseRef-all-rights-reserved",
        ),
        ("", "Attribution License", "CC-BY-2.0"),
        ("", "CC BY-ND 4.0", "CC-BY-ND-4.0"),
        ("https://creativecommons.org/licenses/by/9.0/", "CC BY 9.0", None),
        ("https://example.net/licenses/by/2.0/", "", None),
    ],
)
def test_what_flickr_calls_a_license_today_or_tomorrow(url: str, name: str, expected: str | None) -> None:
    entry = {
        "date_change": "1",
        "old_license": name,
        "old_license_url": url,
        "new_license": "",
        "new_license_url": "",
    }
    claims = flickr_history.claims(rsp({"stat": "ok", "license_history": [entry]}))
    assert [(c.field, c.value) for c in claims] == [(Field.LICENSE, expected)]


def test_a_history_of_one_object_or_nested_is_read_too() -> None:
    for given_history in (ENTRIES[1], {"license_history": [ENTRIES[1]]}):
        claims = flickr_history.claims(rsp({"stat": "ok", "license_history": given_history}))
        assert [c.field for c in claims] == [Field.LICENSE_HISTORY, Field.LICENSE]
    assert flickr_history.claims(rsp({"stat": "ok", "license_history": []})) == []


def test_what_nobody_reads_is_listed_alike_for_xml_and_json() -> None:
    in_xml = rsp(
        b'<rsp stat="ok"><photo id="1" license="4" grade="B"><owner nsid="1@N01" badge="new"><gift x="1"/></owner>'
        b'<tags><tag raw="a" mood="b">a</tag></tags><shop><item price="3">print</item></shop><empty/></photo></rsp>'
    )
    in_json = rsp(
        {
            "stat": "ok",
            "photo": {
                "id": "1",
                "license": 4,
                "grade": "B",
                "owner": {"nsid": "1@N01", "badge": "new", "gift": {"x": 1}},
                "tags": {"tag": [{"raw": "a", "_content": "a", "mood": "b"}]},
                "shop": {"item": {"price": 3, "_content": "print"}},
                "empty": {},
            },
        }
    )
    expected = ["grade", "owner/badge", "shop/item", "shop/item/price", "tags/tag/mood"]
    assert flickr_photo.unread(in_xml.data["photo"]) == expected
    assert flickr_photo.unread(in_json.data["photo"]) == expected


def test_real_answers_leave_nothing_unread(shared: Path) -> None:
    files = sorted((shared / "captures" / "flickr-api" / "photos.getInfo").iterdir())
    assert files
    for file in files:
        assert flickr_photo.unread(rsp(file.read_bytes()).data["photo"]) == [], file.name


def test_real_lists_leave_nothing_unread_and_new_fields_show(shared: Path) -> None:
    for file in (shared / "captures" / "flickr-api" / "lists").iterdir():
        looks = flickr_rest.looks(rsp(file.read_bytes()), "", "x", named=False)
        assert len(looks) >= 15
        assert {look.unread for look in looks} == {()}, file.name
    body = {"stat": "ok", "photos": {"photo": [{"id": "1", "license": 4, "mood": "calm", "url_xl": "x"}]}}
    (look,) = flickr_rest.looks(rsp(body), "", "x", named=False)
    assert look.unread == ("mood",)


def test_the_unread_of_our_samples_reach_the_look() -> None:
    (look,) = flickr_rest.looks(
        rsp((PAGES / "stated-said-in-words" / "page.json").read_bytes()), "", "46000000021", named=True
    )
    assert look.unread == ("curated/by", "owner/badge")
    raw = {c.field: c.raw for c in look.claims}
    assert raw[Field.CREDIT] == "\u202eAlma\u202c &amp; Bo, alma@kites.example"


@pytest.mark.parametrize(
    ("tag", "raw", "expected"),
    [
        ("ModelReleaseStatus", "None", ("model_release", "no")),
        ("ModelReleaseStatus", "Unlimited Model Releases", ("model_release", "yes")),
        ("PropertyReleaseStatus", "http://ns.useplus.org/ldf/vocab/PR-LPR", ("property_release", "limited")),
        ("ModelReleaseStatus", "something new", ("model_release", None)),
        ("MinorModelAgeDisclosure", "Age 17", ("minors", "minor")),
        ("MinorModelAgeDisclosure", "Age 14 or Under", ("minors", "minor")),
        ("MinorModelAgeDisclosure", "Age 25 or Over", ("minors", "adult")),
        ("MinorModelAgeDisclosure", "Age Unknown", None),
        ("ModelReleaseID", "4711", None),
        (
            "DigitalSourceType",
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            ("ai_generated", "yes"),
        ),
        ("DigitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", None),
        ("PersonInImage", "Alma Muster", ("people", "named")),
        ("Creator", "Alma &amp; Bo", ("credit", "Alma & Bo")),
        ("FNumber", "8.0", None),
        ("Creator", "", None),
    ],
)
def test_embedded_fields(tag: str, raw: str, expected: tuple[str, str | None] | None) -> None:
    given_exif = rsp({"stat": "ok", "photo": {"id": "1", "exif": [{"tag": tag, "raw": {"_content": raw}}]}})
    claims = flickr_exif.exif(given_exif.data["photo"], given_exif)
    assert [(str(c.field), c.value) for c in claims] == ([expected] if expected else [])


@settings(max_examples=80, deadline=None)
@given(st.integers(10**8, 10**10))
def test_times_are_read(seconds: int) -> None:
    assert flickr_photo.when(str(seconds)) == datetime.fromtimestamp(seconds, UTC).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    assert flickr_photo.when("2013") is None
