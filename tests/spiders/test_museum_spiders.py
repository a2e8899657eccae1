"""Museums: addresses, requests, and answers that are not what was asked for."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Answer, Capture, ImageRef, Reason, Status, Target, Wanted
from crawler.reading.findings import findings_of
from crawler.sources.discovery import spiders
from crawler.sources.resolve import resolve
from crawler.sources.spider import SourceSpider

NOW = datetime(2026, 1, 1, tzinfo=UTC)
UUID = "0cabe3d0-3d50-0134-a8e0-00505686a51c"
SI, VI, SM = (
    "https://www.si.edu/object",
    "https://collections.museumsvictoria.com.au",
    "https://collection.sciencemuseumgroup.org.uk",
)

#: address → (source, native id); ``None``: no photo of ours can be derived from it.
URLS: dict[str, tuple[str, str] | None] = {
    "https://collectionapi.metmuseum.org/public/collection/v1/objects/11713": ("met_museum", "11713"),
    "https://www.metmuseum.org/art/collection/search/45734?pos=1": ("met_museum", "45734"),
    "https://www.metmuseum.org/fr/art/collection/search/45734": ("met_museum", "45734"),
    "http://www.metmuseum.org/collection/the-collection-online/search/45734": ("met_museum", "45734"),
    "https://images.metmuseum.org/CRDImages/ad/original/ap26.129.1.jpg": None,
    "https://www.europeana.eu/item/2022704/lod_1": ("europeana", "/2022704/lod_1"),
    "https://www.europeana.eu/en/item/2022704/lod_1": ("europeana", "/2022704/lod_1"),
    "https://www.europeana.eu/portal/de/record/2022704/lod_1.html": ("europeana", "/2022704/lod_1"),
    "http://data.europeana.eu/item/2022704/lod_1": ("europeana", "/2022704/lod_1"),
    "https://api.europeana.eu/record/v2/2022704/lod_1.json": ("europeana", "/2022704/lod_1"),
    "https://api.europeana.eu/api/v2/record/2022704/lod_1.json": ("europeana", "/2022704/lod_1"),
    "https://api.europeana.eu/record/v2/search.json?query=x": None,
    "https://api.europeana.eu/thumbnail/v2/url.json?uri=x": None,
    f"{SI}/savannah-sparrow:nmnhvz_14800560": ("smithsonian", "edanmdm:nmnhvz_14800560"),
    f"{SI}/nmnhvz_14800560": ("smithsonian", "edanmdm:nmnhvz_14800560"),
    "https://collections.si.edu/search/detail/edanmdm:nmnhvz_1": ("smithsonian", "edanmdm:nmnhvz_1"),
    "https://api.si.edu/openaccess/api/v1.0/content/edanmdm%3Anmnhvz_1": ("smithsonian", "edanmdm:nmnhvz_1"),
    "https://ids.si.edu/ids/deliveryService?id=NMX-1": None,
    "https://www.brooklynmuseum.org/opencollection/objects/225020/Bowl": ("brooklyn_museum", "225020"),
    "https://www.brooklynmuseum.org/objects/225020": ("brooklyn_museum", "225020"),
    "https://www.brooklynmuseum.org/api/v2/object/225020": ("brooklyn_museum", "225020"),
    "https://d1lfxha3ugu3d4.cloudfront.net/images/opencollection/objects/size4/1.jpg": None,
    f"{VI}/items/329745": ("museums_victoria", "items/329745"),
    f"{VI}/api/specimens/5": ("museums_victoria", "specimens/5"),
    f"{VI}/content/media/45/329745-large.jpg": None,
    f"https://digitalcollections.nypl.org/items/{UUID}": ("nypl", UUID),
    f"https://digitalcollections.nypl.org/items/{UUID.upper()}/book?parent=1": ("nypl", UUID),
    f"https://api.repo.nypl.org/api/v1/items/item_details/{UUID}": ("nypl", UUID),
    "https://images.nypl.org/index.php?id=56738462&t=w": None,
    f"{SM}/objects/co8102855/packet-of-10": ("science_museum", "co8102855"),
    f"{SM}/objects/co8102855": ("science_museum", "co8102855"),
    "https://coimages.sciencemuseumgroup.org.uk/images/3/562/large_1.jpg": None,
}


@pytest.mark.parametrize("url", URLS)
def test_urls(url: str) -> None:
    ref = resolve(ImageRef("1", url))
    known = (ref.source, ref.native_id) if ref.source not in ("none", "any_page") else None
    assert known == URLS[url]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.metmuseum.org/exhibitions/herons",
        "https://www.europeana.eu/en/galleries/herons",
        "https://www.si.edu/newsdesk/photos/heron",
        "https://www.brooklynmuseum.org/exhibitions/herons",
        "https://blog.sciencemuseumgroup.org.uk/herons",
        "https://www.nypl.org/blog/herons",
    ],
)
def test_the_museums_other_pages_are_any_pages(url: str) -> None:
    assert resolve(ImageRef("1", url)).source == "any_page"


@pytest.mark.parametrize(
    ("page", "image", "native_id"),
    [
        (f"{SI}/x:nmx_1", "https://ids.si.edu/ids/deliveryService?id=NMX-1&max=9", "edanmdm:nmx_1#NMX-1"),
        (f"{SI}/x:nmx_1", "https://ids.si.edu/ids/download?id=NMX-1.jpg", "edanmdm:nmx_1#NMX-1"),
        (f"{SI}/x:nmx_1", "https://mirror.example/1.jpg", "edanmdm:nmx_1"),
        (f"{VI}/items/1", f"{VI}/content/media/45/329745-large.jpg", "items/1#329745"),
        (f"{VI}/items/1", "https://mirror.example/content/media/45/329745-large.jpg", "items/1"),
        (
            f"{SM}/objects/co1",
            "https://coimages.sciencemuseumgroup.org.uk/images/3/562/large_1.jpg",
            "co1#3/562",
        ),
        (f"{SM}/objects/co1", "https://mirror.example/images/3/562/large_1.jpg", "co1"),
    ],
)
def test_one_picture_of_several_is_meant_where_the_list_names_its_file(
    page: str, image: str, native_id: str
) -> None:
    assert resolve(ImageRef("1", page, image)).native_id == native_id


#: source → (a native id, the record that answers for it with one license, that license)
RECORDS: dict[str, tuple[str, dict[str, Any], str]] = {
    "met_museum": ("5", {"objectID": 5, "isPublicDomain": True, "tags": [{"term": "Men"}]}, "CC0-1.0"),
    "europeana": (
        "/12345/a",
        {
            "object": {
                "about": "/12345/a",
                "aggregations": [{"edmRights": {"def": ["http://creativecommons.org/licenses/by/4.0/"]}}],
            }
        },
        "CC-BY-4.0",
    ),
    "smithsonian": (
        "edanmdm:nmx_5",
        {
            "response": {
                "url": "edanmdm:nmx_5",
                "content": {
                    "descriptiveNonRepeating": {
                        "online_media": {"media": [{"idsId": "a", "usage": {"access": "CC0"}}]},
                        "metadata_usage": {"access": "CC0"},
                    }
                },
            }
        },
        "CC0-1.0",
    ),
    "museums_victoria": (
        "items/5",
        {
            "id": "items/5",
            "media": [
                {
                    "id": "media/6",
                    "type": "image",
                    "licence": {"uri": "https://creativecommons.org/licenses/by/4.0"},
                }
            ],
        },
        "CC-BY-4.0",
    ),
    "nypl": (
        UUID,
        {
            "nyplAPI": {
                "response": {
                    "headers": {"code": "200"},
                    "result": [
                        {"uuid": UUID, "rightsStatementURI": "http://rightsstatements.org/vocab/NKC/1.0/"}
                    ],
                }
            }
        },
        "LicenseRef-rs-NKC-1.0",
    ),
    "science_museum": (
        "co5",
        {
            "data": {
                "attributes": {
                    "admin": {"uid": "co5"},
                    "multimedia": [{"source": {"legal": {"rights": [{"usage_terms": "CC-BY-NC-SA 4.0"}]}}}],
                }
            }
        },
        "CC-BY-NC-SA-4.0",
    ),
}
KEYED = {"europeana": "EUROPEANA_API_KEY", "smithsonian": "SMITHSONIAN_API_KEY", "nypl": "NYPL_API_TOKEN"}


def asked(source: str, *native_ids: str) -> Target:
    kind = spiders()[source]
    refs = [kind.named(native_id) for native_id in native_ids or (RECORDS[source][0],)]
    (only,) = kind().targets([Wanted(ref) for ref in refs if ref is not None])
    return only


def answer(target: Target, body: object, status: int = 200) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = (("content-type", "application/json"),)
    return spiders()[target.source]().read(Capture(target, target.url, status, headers, raw, NOW))


@pytest.mark.parametrize("source", RECORDS)
def test_a_record_gives_its_license(source: str) -> None:
    native_id, body, license_id = RECORDS[source]
    (look,) = answer(asked(source), body).looks
    assert (look.native_id, look.status, look.reason) == (native_id, Status.AVAILABLE, Reason.SEEN)
    assert findings_of(look).license == license_id


@pytest.mark.parametrize("source", [*RECORDS, "brooklyn_museum"])
def test_requests_go_by_documented_terms_or_by_robots(source: str) -> None:
    kind = spiders()[source]
    target = asked(source, "5") if source == "brooklyn_museum" else asked(source)
    by_terms = kind.terms.api_host is not None
    assert target.basis == ("api" if by_terms else "robots")
    assert by_terms or "robots.txt" in kind.terms.allows
    setting = target.key.setting if target.key is not None else None
    assert setting == KEYED.get(source) == (kind.terms.key.setting if kind.terms.key is not None else None)
    assert not by_terms or target.group == kind.terms.api_host
    assert kind.claims(target.url) == kind.named(target.serves[0])


@pytest.mark.parametrize("source", KEYED)
def test_a_refused_key_stops_the_source(source: str) -> None:
    found = answer(asked(source), {"error": "x"}, 401)
    assert (found.halt, found.looks[0].status) == (Reason.BAD_KEY, Status.DISALLOWED)
    gateway = answer(asked(source), {"error": {"code": "API_KEY_DISABLED"}}, 403)
    assert gateway.halt is Reason.BAD_KEY
    assert answer(asked(source), {"error": {"code": "OVER_RATE_LIMIT"}}, 429).halt is None


@pytest.mark.parametrize("source", RECORDS)
def test_what_is_no_record_is_unreadable_and_never_lost(source: str) -> None:
    other = {
        "met_museum": "6",
        "europeana": "/12345/b",
        "smithsonian": "edanmdm:nmx_6",
        "nypl": UUID[:-1] + "d",
    }
    for body in (b"", b"<html>busy</html>", b"[]", {"message": "?"}, {"data": None}):
        (look,) = answer(asked(source), body).looks
        assert (look.status, findings_of(look).license) == (Status.UNREADABLE, None)
    native_id = other.get(source, "items/6" if source == "museums_victoria" else "co6")
    (look,) = answer(asked(source, native_id), RECORDS[source][1]).looks
    assert look.status is Status.UNREADABLE, "the record of another object"


@pytest.mark.parametrize(
    ("source", "photos", "body"),
    [
        (
            "smithsonian",
            ("edanmdm:nmx_5", "edanmdm:nmx_5#a", "edanmdm:nmx_5#b"),
            {
                "url": "edanmdm:nmx_5",
                "content": {
                    "descriptiveNonRepeating": {
                        "online_media": {
                            "media": [{"idsId": "a", "usage": {"access": "CC0"}}, {"idsId": "b"}]
                        }
                    }
                },
            },
        ),
        (
            "museums_victoria",
            ("items/5", "items/5#6", "items/5#7"),
            {
                "id": "items/5",
                "licence": {"uri": "https://creativecommons.org/licenses/by/4.0"},
                "media": [
                    {
                        "id": "media/6",
                        "licence": {"uri": "https://creativecommons.org/publicdomain/zero/1.0/"},
                    },
                    {"id": "media/7"},
                ],
            },
        ),
        (
            "science_museum",
            ("co5", "co5#1/2", "co5#1/3"),
            {
                "admin": {"uid": "co5"},
                "multimedia": [
                    {
                        "processed": {"large": {"location": "1/2/a.jpg"}},
                        "source": {"legal": {"rights": [{"usage_terms": "CC0"}]}},
                    },
                    {"processed": {"large": {"location": "1/3/a.jpg"}}},
                ],
            },
        ),
    ],
)
def test_a_picture_without_terms_is_not_covered_by_its_neighbour(
    source: str, photos: tuple[str, ...], body: dict[str, Any]
) -> None:
    target = asked(source, *photos)
    assert sorted(target.serves) == sorted(photos)
    found = {look.native_id: findings_of(look) for look in answer(target, body).looks}
    whole, first, second = (found[photo] for photo in photos)
    assert (whole.license, whole.license_state) == (None, "conflict")
    assert first.license == "CC0-1.0"
    assert (second.license, second.license_state) == (None, "not_stated")


@pytest.mark.parametrize(
    ("flag", "rights", "license_id", "state"),
    [
        (True, "", "CC0-1.0", "known"),
        ("true", "", "CC0-1.0", "known"),
        (True, "© 2020 The Estate of Somebody", None, "not_understood"),
        (False, "© 2020 The Estate of Somebody", None, "not_stated"),
        (False, "All rights reserved", "LicenseRef-all-rights-reserved", "known"),
        (None, "", None, "not_stated"),
        ("perhaps", "", None, "not_stated"),
    ],
)
def test_the_mets_flag_and_its_notice(flag: object, rights: str, license_id: str | None, state: str) -> None:
    body = {"objectID": 5, "isPublicDomain": flag, "rightsAndReproduction": rights}
    (look,) = answer(asked("met_museum"), body).looks
    assert (findings_of(look).license, findings_of(look).license_state) == (license_id, state)


def test_metfaces_lead_to_the_met() -> None:
    ref = resolve(
        ImageRef(
            "11713",
            "https://collectionapi.metmuseum.org/public/collection/v1/objects/11713",
            "https://images.metmuseum.org/CRDImages/ad/original/ap26.129.1.jpg",
        )
    )
    assert (ref.source, ref.native_id) == ("met_museum", "11713")


def broken(value: object, path: st.DataObject) -> object:
    """The same JSON with one value, somewhere, put in another's place."""
    junk: object = path.draw(st.sampled_from([None, True, 7, "x", [], {}, [None], {"$": []}, "\ud800"]))
    if isinstance(value, dict) and value and path.draw(st.integers(0, 4)):
        name = path.draw(st.sampled_from(sorted(value)))
        return {**value, name: broken(value[name], path)}
    if isinstance(value, list) and value and path.draw(st.integers(0, 4)):
        return [broken(value[0], path), *value[1:]]
    return junk


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(sorted(RECORDS)))
def test_no_broken_answer_makes_it_raise_or_states_another_license(path: st.DataObject, source: str) -> None:
    _, body, license_id = RECORDS[source]
    for look in answer(asked(source), broken(body, path)).looks:
        assert findings_of(look).license in (None, license_id)
        assert look.status in (Status.AVAILABLE, Status.UNREADABLE)


def kinds() -> list[type[SourceSpider]]:
    return [spiders()[name] for name in (*RECORDS, "brooklyn_museum")]


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=80), st.text(max_size=30))
def test_nothing_makes_them_raise(body: bytes, text: str) -> None:
    for kind in kinds():
        kind.claims(text)
        ref = kind.named(text)
        assert ref is None or ref.source == kind.name
    for source in RECORDS:
        assert all(findings_of(look).license is None for look in answer(asked(source), body).looks)


def test_real_records_are_read_whole(shared: Path) -> None:
    folder = shared / "captures" / "museums"
    for source, file in (("met_museum", "met/object.json"), ("smithsonian", "smithsonian/record.json")):
        body = json.loads((folder / file).read_text("utf-8"))
        native_id = str(body.get("objectID") or body["url"])
        (look,) = answer(asked(source, native_id), body).looks
        assert (look.status, findings_of(look).license, look.unread) == (Status.AVAILABLE, "CC0-1.0", ())
