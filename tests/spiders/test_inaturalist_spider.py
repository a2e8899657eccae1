"""iNaturalist: three ways to name a photo, lists of observations, pages that lead to the API."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.manifests.open import open_manifest
from crawler.model import MAX_DEPTH, Answer, Capture, Field, ImageRef, Reason, Status, Target, Wanted
from crawler.reading.findings import findings_of, merge
from crawler.sources.resolve import resolve
from spiders.inaturalist import INaturalist

NOW = datetime(2026, 1, 1, tzinfo=UTC)
UUID = "cdbd7405-1901-409d-b784-7e79f26c1eb9"
BY_NC, ARR = "LicenseRef-CC-BY-NC-unversioned", "LicenseRef-all-rights-reserved"


@pytest.mark.parametrize(
    ("url", "native_id"),
    [
        ("https://www.inaturalist.org/photos/111852800", "111852800"),
        ("https://www.inaturalist.org/photos/111852800?size=large", "111852800"),
        ("inaturalist.org/photos/5", "5"),
        ("https://static.inaturalist.org/photos/5/medium.jpeg?1612332887", "5"),
        ("https://inaturalist-open-data.s3.amazonaws.com/photos/48124507/original.jpg", "48124507"),
        ("https://www.inaturalist.org/observations/30790051", "observation/30790051"),
        (f"https://www.inaturalist.org/observations/{UUID.upper()}", f"observation/{UUID}"),
        ("https://api.inaturalist.org/v1/observations/7", "observation/7"),
        ("https://api.inaturalist.org/v1/observations?id=7&per_page=200", "observation/7"),
        (f"https://api.inaturalist.org/v2/observations/{UUID}", f"observation/{UUID}"),
        ("https://api.inaturalist.org/v1/observations?id=7,8", None),
        ("https://www.inaturalist.org/observations", None),
        ("https://www.inaturalist.org/observations/export", None),
        ("https://www.inaturalist.org/people/kueda", None),
        ("https://static.inaturalist.org/attachments/users/icons/1/thumb.jpg", None),
        ("https://inaturalist-open-data.s3.amazonaws.com/observations/7", None),
        ("https://s3.amazonaws.com/photos/7/original.jpg", None),
    ],
)
def test_urls(url: str, native_id: str | None) -> None:
    ref = resolve(ImageRef("1", url))
    assert (ref.native_id if ref.source == "inaturalist" else None) == native_id


def test_an_observation_is_narrowed_to_the_photo_the_list_names() -> None:
    page, file = "https://www.inaturalist.org/observations/7", "https://static.inaturalist.org/photos/5/a.jpg"
    assert resolve(ImageRef("1", page, file)).native_id == "observation/7/5"
    assert (
        resolve(ImageRef("1", page, "https://elsewhere.example/photos/5/a.jpg")).native_id == "observation/7"
    )
    assert resolve(ImageRef("1", "https://www.inaturalist.org/photos/6", file)).native_id == "6"
    assert resolve(ImageRef("1", native=("inaturalist", "5"))).url == "https://www.inaturalist.org/photos/5"


def wanted(*native_ids: str) -> list[Wanted]:
    refs = [INaturalist.named(native_id) for native_id in native_ids]
    assert None not in refs
    return [Wanted(ref) for ref in refs if ref is not None]


def test_observations_are_asked_for_by_the_hundred_and_photos_by_their_pages() -> None:
    photos = [*(f"observation/{n}/{n + 1}" for n in range(1000, 1250)), f"observation/{UUID}", "77"]
    targets = list(INaturalist().targets(wanted(*reversed(photos))))
    assert [len(t.serves) for t in targets] == [1, 100, 100, 50, 1]
    page, first, *_, last = targets
    assert (page.url, page.basis) == ("https://www.inaturalist.org/photos/77", "robots")
    asked = parse_qs(urlsplit(first.url).query)
    assert asked["id"][0].split(",")[:2] == ["1000", "1001"]
    assert asked["per_page"] == ["200"]
    assert (first.basis, first.key, {t.group for t in targets}) == ("api", None, {"api.inaturalist.org"})
    assert parse_qs(urlsplit(last.url).query)["uuid"] == [UUID]
    assert [t.url for t in targets] == [t.url for t in INaturalist().targets(wanted(*photos))]
    assert sorted(p for t in targets for p in t.serves) == sorted(photos)


def photo(number: int, code: object = "cc-by-nc") -> dict[str, Any]:
    return {"id": number, "license_code": code, "attribution": "(c) Ada, some rights reserved"}


def answer(target: Target, body: object, status: int = 200, fault: str | None = None) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return INaturalist().read(Capture(target, target.url, status, (), raw, NOW, fault))


def asked(*native_ids: str) -> Target:
    (only,) = INaturalist().targets(wanted(*native_ids))
    return only


def results(*observations: dict[str, Any]) -> dict[str, Any]:
    return {"total_results": len(observations), "page": 1, "results": list(observations)}


def test_only_the_photos_own_license_counts() -> None:
    body = results({
        "id": 7, "license_code": "cc0", "photos": [photo(5), photo(6, None)],
        "taxon": {"default_photo": photo(9, "cc-by")},
    })  # fmt: skip
    found = answer(asked("observation/7/5", "observation/7/6", "observation/7"), body)
    assert {look.native_id: findings_of(look).license for look in found.looks} == {
        "observation/7/5": BY_NC,
        "observation/7/6": ARR,
        "observation/7": None,
    }


@pytest.mark.parametrize(
    ("photos", "state"),
    [
        ([{"id": 5}], "not_stated"),  # no field is no null
        ([photo(5), {"id": 6}], "conflict"),
        ([photo(5, "cc-by-nc-9.9")], "not_understood"),
        ([photo(5, True)], "not_understood"),
        ([photo(5, "")], "not_understood"),
        ([photo(5), photo(6, "CC-BY-NC")], "known"),
    ],
)
def test_what_is_not_stated_or_not_understood_is_no_license(photos: list[Any], state: str) -> None:
    (look,) = answer(asked("observation/7"), results({"id": 7, "photos": photos})).looks
    assert findings_of(look).license_state == state
    assert (findings_of(look).license is None) == (state != "known")


def test_photos_one_level_down() -> None:
    body = results({"id": 7, "observation_photos": [{"position": 0, "photo": photo(5)}, {"photo": None}]})
    (look,) = answer(asked("observation/7"), body).looks
    assert findings_of(look).license == BY_NC
    assert look.claims[0].locator == "/results/0/observation_photos/0/photo/license_code"


def test_left_out_of_a_whole_list_is_gone_and_of_a_cut_one_is_not() -> None:
    target = asked("observation/7", "observation/8")
    body = results({"id": 7, "photos": [photo(5)]})
    assert [look.status for look in answer(target, body).looks] == [Status.AVAILABLE, Status.GONE]
    cut = body | {"total_results": 2}
    assert [look.status for look in answer(target, cut).looks] == [Status.AVAILABLE, Status.UNREADABLE]
    broken = body | {"results": [*body["results"], {"no": "id"}], "total_results": 2}
    assert [look.status for look in answer(target, broken).looks] == [Status.AVAILABLE, Status.UNREADABLE]
    assert {look.status for look in answer(target, b"", 404).looks} == {Status.UNREACHABLE}


def test_a_photo_that_left_its_observation_is_asked_for_by_its_page() -> None:
    found = answer(asked("observation/7/5"), results({"id": 7, "photos": [photo(6)]}))
    assert [look.status for look in found.looks] == [None]
    (page,) = found.follow
    assert (page.url, page.basis) == ("https://www.inaturalist.org/photos/5", "robots")
    assert (page.depth, page.serves) == (1, ("observation/7/5",))


PAGE = (
    "<html><head><title>Photo 5, (c) Ada, {0} · iNaturalist</title></head><body><span class='rights'>© Ada <br/> {0}"
    "</span><table><td class='observations'><a href='/observations/7'>x</a></td></table></body></html>"
)


def test_the_page_of_a_licensed_photo_leads_to_the_api_and_back_to_one_look() -> None:
    first = answer(asked("5"), PAGE.format("some rights reserved").encode())
    (call,) = first.follow
    assert parse_qs(urlsplit(call.url).query)["id"] == ["7"]
    second = answer(call, results({"id": 7, "photos": [photo(4, "cc0"), photo(5)]}))
    look = merge([*first.looks, *second.looks])
    assert (look.native_id, look.status, findings_of(look).license) == ("5", Status.AVAILABLE, BY_NC)
    elsewhere = answer(call, results({"id": 7, "photos": [photo(4, "cc0")]}))
    assert (elsewhere.looks[0].status, elsewhere.follow) == (None, ())
    assert findings_of(merge([*first.looks, *elsewhere.looks])).license is None


def test_a_page_without_an_observation_has_a_license_nobody_understood() -> None:
    body = PAGE.format("some rights reserved").replace("/observations/7", "/people/7").encode()
    found = answer(asked("5"), body)
    assert (found.follow, findings_of(found.looks[0]).license_state) == ((), "not_understood")


def test_the_page_of_another_photo_is_not_read() -> None:
    (look,) = answer(asked("6"), PAGE.format("all rights reserved").encode()).looks
    assert (look.status, findings_of(look).license) == (Status.UNREADABLE, None)


def test_an_answer_too_large_is_asked_for_in_halves() -> None:
    target = asked("observation/7", "observation/8/1", "observation/8/2", "observation/9")
    found = answer(target, b"", 0, "too_large")
    assert [t.serves for t in found.follow] == [
        ("observation/7",),
        ("observation/8/1", "observation/8/2", "observation/9"),
    ]
    assert {t.depth for t in found.follow} == {1}
    assert found.looks == ()
    (alone,) = answer(asked("observation/7"), b"", 0, "too_large").looks
    assert (alone.status, alone.reason) == (Status.UNREACHABLE, Reason.TOO_LARGE)


def test_people_are_what_the_observer_says_they_are() -> None:
    observation = {"id": 7, "photos": [photo(5)], "taxon": {"name": "Homo sapiens"}, "tags": ["kids", 3]}
    (look,) = answer(asked("observation/7/5"), results(observation)).looks
    assert findings_of(look).people == ("identified:stated",)
    assert findings_of(look).minors == ("minor:keyword",)


def test_fields_nobody_read_are_named() -> None:
    observation = {"id": 7, "photos": [photo(5) | {"hidden": True, "flags": [{}]}], "tomorrow": 1}
    (look,) = answer(asked("observation/7/5"), results(observation)).looks
    assert set(look.unread) == {
        "/results/0/photos/0/hidden",
        "/results/0/photos/0/flags",
        "/results/0/tomorrow",
    }


def test_real_lists_lead_to_photos(shared: Path) -> None:
    export = list(open_manifest(shared / "manifests/inaturalist/observations_export.csv").rows())
    refs = [resolve(row) for row in export if isinstance(row, ImageRef)]
    assert len(refs) == 47
    assert all(ref.source == "inaturalist" and ref.native_id.count("/") == 2 for ref in refs)
    gbif = list(open_manifest(shared / "manifests/gbif/liberty-cap.multimedia.txt").rows())
    ours = [resolve(row) for row in gbif if isinstance(row, ImageRef) and "inaturalist" in f"{row.page_url}"]
    assert len(ours) == 1164
    assert all(ref.source == "inaturalist" and ref.native_id.isdigit() for ref in ours)


def test_real_answers_with_their_three_licenses(shared: Path) -> None:
    body = json.loads((shared / "captures/inaturalist/api-v1-observation-2.json").read_text("utf-8"))
    found = answer(asked("observation/83103252/136458117"), results(body))
    (look,) = found.looks
    said = {claim.field: claim for claim in look.claims}
    assert said[Field.LICENSE].locator == "/results/0/photos/0/license_code"
    assert (said[Field.AUTHOR].value, said[Field.AUTHOR_ID].value) == ("Ken-ichi Ueda", "1")
    assert findings_of(look).license == "LicenseRef-CC-BY-unversioned"
    assert look.unread == ()


NAMES = [
    "total_results",
    "results",
    "id",
    "uuid",
    "photos",
    "license_code",
    "license_url",
    "user",
    "tags",
    "taxon",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=4) | st.sampled_from(["cc0", "cc-by"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=15,
)


@settings(max_examples=120, deadline=None)
@given(JSON)
def test_no_json_makes_it_raise_and_none_without_photos_licenses(data: object) -> None:
    for target in (asked("observation/7", "observation/8/5"), asked(f"observation/{UUID}")):
        for body in (data, results({"id": 7, "photos": data})):
            for look in answer(target, body).looks:
                findings = findings_of(look)
                if "license_" not in json.dumps(data):
                    assert findings.license is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=120), st.integers(0, MAX_DEPTH))
def test_no_bytes_make_it_raise(body: bytes, depth: int) -> None:
    for target in (asked("observation/7"), asked("5")):
        deep = Target(target.source, target.url, target.group, target.serves, depth=depth)
        for look in answer(deep, body).looks:
            assert findings_of(look).license is None
