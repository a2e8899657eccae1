"""Unsplash, Pixabay, Pexels, Shutterstock, DeviantArt and the small free sites: addresses, requests, answers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Answer, Capture, Field, ImageRef, Reason, Status, Target, Wanted
from crawler.politeness.terms import permission_for
from crawler.reading.findings import findings_of
from crawler.sources.discovery import spiders
from crawler.sources.resolve import resolve
from crawler.sources.spider import SourceSpider
from dataset_cards.policy.signals import opt_out_class

NOW = datetime(2026, 1, 1, tzinfo=UTC)
JSON = (("content-type", "application/json"),)
PAGES = Path(__file__).resolve().parent.parent / "pages"
WIX = "https://images-wixmp-ed30a86b8c4ca887773594c2.wixmp.com"
UUIDS = ("9ad8fbc8-aee8-4e92-a04b-6abf7a036a51", "8e1fade9-1853-4644-af82-2ec21590bf94")

#: address → (source, native id).
URLS = {
    "https://unsplash.com/photos/tAKXap853rY": ("unsplash", "tAKXap853rY"),
    "https://unsplash.com/photos/a-man-holding-a-dog-NqkTxxK_2ZY?utm_source=x": ("unsplash", "NqkTxxK_2ZY"),
    "https://unsplash.com/photos/my-asset--xRVxQnDW-I": ("unsplash", "-xRVxQnDW-I"),
    "https://unsplash.com/fr/photos/une-porte-NqkTxxK_2ZY": ("unsplash", "NqkTxxK_2ZY"),
    "https://unsplash.com/pt-br/photos/um-NqkTxxK_2ZY": ("unsplash", "NqkTxxK_2ZY"),
    "https://unsplash.com/photos/NqkTxxK_2ZY/download?force=true": ("unsplash", "NqkTxxK_2ZY"),
    "https://api.unsplash.com/photos/NqkTxxK_2ZY": ("unsplash", "NqkTxxK_2ZY"),
    "https://pixabay.com/photos/fresh-fruits-bowls-2305192/": ("pixabay", "2305192"),
    "https://pixabay.com/de/photos/obst-2305192/": ("pixabay", "2305192"),
    "https://pixabay.com/illustrations/gate-2305192/": ("pixabay", "2305192"),
    "https://pixabay.com/vectors/gate-2305192/": ("pixabay", "2305192"),
    "https://pixabay.com/images/id-2305192/": ("pixabay", "2305192"),
    "https://pixabay.com/en/banana-fruit-4321/": ("pixabay", "4321"),
    "https://pixabay.com/photo-2305192/": ("pixabay", "2305192"),
    "https://cdn.pixabay.com/photo/2017/05/11/19/44/fresh-fruits-2305192_150.jpg": ("pixabay", "2305192"),
    "https://cdn.pixabay.com/photo/2017/05/11/19/44/fresh-fruits-2305192__340.jpg": ("pixabay", "2305192"),
    "https://pixabay.com/api/?id=2305192": ("pixabay", "2305192"),
    "https://www.pexels.com/photo/trees-during-day-3573351/": ("pexels", "3573351"),
    "https://www.pexels.com/photo/3573351": ("pexels", "3573351"),
    "https://www.pexels.com/de-de/foto/baume-3573351/": ("pexels", "3573351"),
    "https://images.pexels.com/photos/3031075/pexels-photo-3031075.jpeg?auto=compress&w=940": (
        "pexels",
        "3031075",
    ),
    "https://images.pexels.com/photos/17/free-photo-of-gate.jpeg": ("pexels", "17"),
    "https://api.pexels.com/v1/photos/3573351": ("pexels", "3573351"),
    "https://www.shutterstock.com/image-photo/gadi-sagar-404519536": ("shutterstock", "404519536"),
    "https://www.shutterstock.com/de/image-vector/tor-404519536": ("shutterstock", "404519536"),
    "https://www.shutterstock.com/pic-404519536/stock-photo-x.html": ("shutterstock", "404519536"),
    "https://www.shutterstock.com/image-photo/x-260nw-404519536.jpg": ("shutterstock", "404519536"),
    "https://image.shutterstock.com/image-photo/lake-260nw-404519536.jpg": ("shutterstock", "404519536"),
    "https://image.shutterstock.com/z/stock-photo-lake-404519536.jpg": ("shutterstock", "404519536"),
    "https://thumb1.shutterstock.com/thumb_large/88506/404519536/stock-photo-lake-404519536.jpg": (
        "shutterstock",
        "404519536",
    ),
    "https://ak.picdn.net/shutterstock/photos/404519536/watermark_1000/05/preview-404519536.jpg": (
        "shutterstock",
        "404519536",
    ),
    "https://api.shutterstock.com/v2/images/404519536?view=full": ("shutterstock", "404519536"),
    "https://www.deviantart.com/sakimichan/art/Misty-510056679": ("deviantart", "510056679"),
    "http://sakimichan.deviantart.com/art/Misty-510056679": ("deviantart", "510056679"),
    "https://www.deviantart.com/art/Misty-510056679": ("deviantart", "510056679"),
    "https://www.deviantart.com/deviation/510056679": ("deviantart", "510056679"),
    "http://fav.me/d8foa93": ("deviantart", "510056679"),
    f"{WIX}/f/{UUIDS[0]}/d8foa93-{UUIDS[1]}.jpg?token=x": ("deviantart", "510056679"),
    f"{WIX}/f/{UUIDS[0]}/d8foa93-{UUIDS[1]}.jpg/v1/fit/w_300,h_900/misty_by_sakimichan_d8foa93-300w.jpg": (
        "deviantart",
        "510056679",
    ),
    "http://th00.deviantart.net/fs70/f/2015/1/misty_by_sakimichan-d8foa93.jpg": ("deviantart", "510056679"),
    "https://backend.deviantart.com/oembed?url=https%3A%2F%2Fwww.deviantart.com%2Fx%2Fart%2FMisty-510056679": (
        "deviantart",
        "510056679",
    ),
    "https://stocksnap.io/photo/woman-fitness-7VAQUG1X3B": ("stocksnap", "7VAQUG1X3B"),
    "https://stocksnap.io/photo/7VAQUG1X3B": ("stocksnap", "7VAQUG1X3B"),
    "https://cdn.stocksnap.io/img-thumbs/960w/7VAQUG1X3B.jpg": ("stocksnap", "7VAQUG1X3B"),
    "https://cdn.stocksnap.io/img-thumbs/960w/woman-fitness_7VAQUG1X3B.jpg": ("stocksnap", "7VAQUG1X3B"),
    "https://nappy.co/photo/9/woman-with-tattoos": ("nappy", "9"),
    "https://www.rawpixel.com/image/4032668/photo-image-background": ("rawpixel", "4032668"),
    "https://wordpress.org/photos/photo/203627f31f/": ("wordpress_photos", "203627f31f"),
    "https://pd.w.org/2022/05/203627f31f8770f03.61535278-1024x683.jpg": ("wordpress_photos", "203627f31f"),
    "https://pd.w.org/2022/05/203627f31f8770f03.61535278.jpg": ("wordpress_photos", "203627f31f"),
}

#: Pages of the same hosts that are no photo of theirs: any page still, not lost.
OTHER_PAGES = [
    "https://unsplash.com/blog/the-gate",
    "https://unsplash.com/@gatekeeper",
    "https://unsplash.com/collections/1234567/gates",
    "https://unsplash.com/s/photos/gate",
    "https://unsplash.com/photos/abc",
    "https://pixabay.com/users/torhueter-11012/",
    "https://pixabay.com/videos/gate-fog-2305192/",
    "https://pixabay.com/photos/search/gate/",
    "https://pixabay.com/images/search/gate/",
    "https://pixabay.com/top-100/",
    "https://pixabay.com/blog/posts/gates-12/",
    "https://www.pexels.com/@ilse-4711",
    "https://www.pexels.com/collections/gates-abc1234/",
    "https://www.pexels.com/video/gate-3573351/",
    "https://www.pexels.com/de-de/video/tor-3573351/",
    "https://www.pexels.com/fr-fr/recherche/portes/",
    "https://www.shutterstock.com/blog/gates",
    "https://www.shutterstock.com/video/clip-1009-gate",
    "https://www.deviantart.com/sakimichan/gallery",
    "https://www.deviantart.com/sakimichan/journal/Gates-510056679",
    "https://www.deviantart.com/tag/gates",
    "https://stocksnap.io/search/gate",
    "https://nappy.co/collection/12/gates",
    "https://www.rawpixel.com/board/418580/gates",
    "https://wordpress.org/plugins/gate/",
    "https://wordpress.org/photos/",
    "https://de.wordpress.org/photos/photo/203627f31f/",
    "https://api.imgur.com/oembed?url=https%3A%2F%2Fi.imgur.com%2FX.jpg",
]

#: Picture files whose address holds no id: no page can be derived.
NO_PAGE = [
    "https://images.unsplash.com/photo-1687360440731-d124aea41a3e?w=1080",
    "https://plus.unsplash.com/premium_photo-1661300000000-0011223344ff?w=1080",
    "https://pixabay.com/get/ge5f6ee0597c7263fd_640.jpg",
    "https://cdn.pixabay.com/user/2023/11/11/20-18-29-274_250x250.jpeg",
    f"{WIX}/i/{UUIDS[0]}/darling-boat.jpg",
    "http://th00.deviantart.net/fs70/darling.jpg",
    "https://images.nappy.co/uploads/large/1015917213.jpg",
    "https://images.rawpixel.com/image_1300/cHJpdmF0.jpg",
    "https://s.w.org/2022/05/203627f31f8770f03.61535278.jpg",
]
OURS = sorted({source for source, _ in URLS.values()})


@pytest.mark.parametrize("url", URLS)
def test_an_address_gives_the_photo_it_is_about(url: str) -> None:
    ref = resolve(ImageRef("1", page_url=url))
    assert (ref.source, ref.native_id) == URLS[url]
    ref = resolve(ImageRef("1", image_url=url))
    assert (ref.source, ref.native_id) == URLS[url]


@pytest.mark.parametrize("url", OTHER_PAGES)
def test_other_pages_of_these_hosts_are_still_any_page(url: str) -> None:
    assert (resolve(ImageRef("1", url)).source, resolve(ImageRef("1", url)).native_id) == ("any_page", url)


@pytest.mark.parametrize("url", NO_PAGE)
def test_a_picture_whose_address_holds_no_id_leads_to_no_page(url: str) -> None:
    assert resolve(ImageRef("1", image_url=url)).source == "none"


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/unsplash.com/photos/NqkTxxK_2ZY", "https://pixabay.com.example/photos/a-12345/"],
)
def test_look_alikes_of_these_hosts_are_not_theirs(url: str) -> None:
    assert resolve(ImageRef("1", url)).source == "any_page"


@pytest.mark.parametrize("source", OURS)
def test_every_photo_is_served_once_by_an_address_that_is_its_own(source: str) -> None:
    kind = spiders()[source]
    refs = [kind.claims(url) for url, (name, _) in URLS.items() if name == source]
    wanted = {ref.native_id: Wanted(ref) for ref in refs if ref is not None}
    targets = list(kind().targets(list(wanted.values())))
    assert sorted(t.serves[0] for t in targets) == sorted(wanted)
    for target in targets:
        again = kind.claims(target.url)
        assert again is not None
        assert (again.native_id,) == target.serves
        named = kind.named(target.serves[0])
        assert named is not None
        assert kind.claims(next(iter(kind().targets([Wanted(named)]))).url) is not None


@pytest.mark.parametrize(
    ("source", "setting"),
    [
        ("unsplash", "UNSPLASH_ACCESS_KEY"),
        ("pixabay", "PIXABAY_API_KEY"),
        ("pexels", "PEXELS_API_KEY"),
        ("shutterstock", "SHUTTERSTOCK_TOKEN"),
    ],
)
def test_an_api_is_off_without_a_key_and_until_its_terms_are_accepted(source: str, setting: str) -> None:
    kind = spiders()[source]
    ref = next(kind.claims(url) for url, (name, _) in URLS.items() if name == source)
    assert ref is not None
    (target,) = kind().targets([Wanted(ref)])
    assert target.key is not None
    assert target.key.setting == setting
    keyless = permission_for(target, kind.terms, have_key=False, accepted=True)
    assert keyless is not None
    assert keyless.reason is Reason.NO_KEY
    unaccepted = permission_for(target, kind.terms, have_key=True, accepted=False)
    assert unaccepted is not None
    assert unaccepted.reason is Reason.TERMS
    granted = permission_for(target, kind.terms, have_key=True, accepted=True)
    assert granted is not None
    assert granted.allowed
    page = Target(source, ref.url or "", target.group, basis="robots")
    assert permission_for(page, kind.terms, have_key=True, accepted=True) is None  # robots.txt decides


@pytest.mark.parametrize("source", ["deviantart", "stocksnap", "nappy", "wordpress_photos", "rawpixel"])
def test_where_no_permission_is_known_robots_decides(source: str) -> None:
    kind = spiders()[source]
    refs = [kind.claims(url) for url, (name, _) in URLS.items() if name == source]
    for target in kind().targets([Wanted(ref) for ref in refs if ref is not None]):
        assert (target.basis, target.key, kind.terms.api_host) == ("robots", None, None)


def body(case: str) -> Any:
    return json.loads((PAGES / case / "page.json").read_text("utf-8"))


def asked(source: str, url: str, data: object, status: int = 200, **context: str) -> Answer:
    kind = spiders()[source]
    ref = kind.claims(url)
    serves = (ref.native_id,) if ref is not None else ()
    target = Target(source, url, "group", serves, context=context)
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return kind().read(Capture(target, url, status, JSON, content, NOW))


UNSPLASH = "https://api.unsplash.com/photos/Gate-_dawn1"
PIXABAY = "https://pixabay.com/api/?id=8500001"


def test_an_unsplash_photo_is_not_free_where_the_list_shows_an_unsplash_plus_address() -> None:
    data = body("unsplash/stated-unsplash-license")
    for name in ("premium", "plus"):
        del data[name]
    plus = "https://plus.unsplash.com/premium_photo-1661300000000-0011223344ff"
    (look,) = asked("unsplash", UNSPLASH, data, image_url=plus).looks
    assert findings_of(look).license == "LicenseRef-unsplash-plus"
    (look,) = asked("unsplash", UNSPLASH, data).looks
    assert findings_of(look).license == "LicenseRef-unsplash"  # its own addresses are those of free photos
    del data["urls"]
    (look,) = asked("unsplash", UNSPLASH, data).looks
    assert findings_of(look).license_state == "not_stated"  # nothing says that it is not Unsplash+


def test_the_day_may_come_from_the_lists_own_pixabay_address() -> None:
    data = body("pixabay/stated-day-not-told")
    url = "https://pixabay.com/api/?id=8500004"
    for day, expected in (("2018/11/30", "CC0-1.0"), ("2023/11/30", "LicenseRef-pixabay")):
        listed = f"https://cdn.pixabay.com/photo/{day}/10/10/gate-8500004_640.jpg"
        (look,) = asked("pixabay", url, data, image_url=listed).looks
        assert findings_of(look).license == expected
        (claim,) = [c for c in look.claims if c.field is Field.LICENSE]
        assert (claim.basis, claim.locator) == ("terms", "image_url in the list")
    another = "https://cdn.pixabay.com/photo/2018/11/30/10/10/gate-1234567_640.jpg"
    (look,) = asked("pixabay", url, data, image_url=another).looks
    assert findings_of(look).license is None


def test_pixabays_flag_is_weighed_as_an_opt_out_and_its_absence_as_nothing() -> None:
    (look,) = asked("pixabay", PIXABAY, body("pixabay/stated-no-ai-training")).looks
    found = findings_of(look)
    assert found.opt_outs == ("image:page-flag=train-ai:n",)
    assert opt_out_class(found.opt_outs) == "reserved-image"
    data = body("pixabay/stated-no-ai-training")
    data["hits"][0]["noAiTraining"] = False
    (look,) = asked("pixabay", PIXABAY, data).looks
    assert (findings_of(look).opt_outs, findings_of(look).opt_out_carriers) == ((), ("page-flag",))
    del data["hits"][0]["noAiTraining"]
    (look,) = asked("pixabay", PIXABAY, data).looks
    assert findings_of(look).opt_out_carriers == ()


def test_a_release_flag_that_is_false_says_nothing() -> None:
    url = "https://api.shutterstock.com/v2/images/770000002?view=full"
    (look,) = asked("shutterstock", url, body("shutterstock/stated-not-released-says-nothing")).looks
    assert findings_of(look).model_release == findings_of(look).property_release == ()
    assert findings_of(look).license_state == "not_stated"


def test_deviantarts_flag_is_weighed_as_an_opt_out() -> None:
    assert opt_out_class(["image:page-flag=ai-use:n"]) == "reserved-image"


@pytest.mark.parametrize(
    "case", ["unsplash/stated-june-2017", "pexels/stated-new-field", "shutterstock/stated-editorial"]
)
def test_a_field_nobody_knows_is_accounted_for(case: str) -> None:
    source = case.partition("/")[0]
    url = json.loads((PAGES / case / "meta.json").read_text("utf-8"))["url"]
    (look,) = asked(source, url, body(case)).looks
    assert (
        look.unread
        == {"unsplash": ("/surprise",), "pexels": ("/license",), "shutterstock": ("/pixels",)}[source]
    )


def test_the_order_of_tags_is_no_change() -> None:
    one, other = body("unsplash/stated-unsplash-license"), body("unsplash/stated-unsplash-license")
    other["tags"].reverse()
    assert asked("unsplash", UNSPLASH, one) == asked("unsplash", UNSPLASH, other)


@pytest.mark.parametrize("source", OURS)
def test_exchanges_without_a_record_never_lose_a_photo(source: str) -> None:
    kind = spiders()[source]
    ref = next(kind.claims(url) for url, (name, _) in URLS.items() if name == source)
    assert ref is not None
    (target,) = kind().targets([Wanted(ref)])
    for status, reason in ((500, Reason.SERVER_ERROR), (429, Reason.RATE_LIMITED), (403, Reason.FORBIDDEN)):
        answer = kind().read(Capture(target, target.url, status, JSON, b"{}", NOW))
        assert [(look.native_id, look.reason) for look in answer.looks] == [(ref.native_id, reason)]
    gone = kind().read(Capture(target, target.url, 0, (), b"", NOW, "timeout"))
    assert (gone.looks[0].status, gone.retry) == (Status.UNREACHABLE, Reason.TIMEOUT)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
RECORDS = {
    "unsplash/stated-unsplash-license": (),
    "pixabay/stated-no-ai-training": ("hits", 0),
    "pexels/stated-photo": (),
    "shutterstock/stated-released": (),
    "stocksnap/stated-record": (),
    "nappy/stated-record": ("images", 0),
    "wordpress_photos/stated-record": (0,),
    "rawpixel/stated-records": ("results", 0),
}
#: Without these a record may name no license.
TELLING = {
    "unsplash": {"created_at", "premium", "plus", "urls", "public_domain"},
    "pixabay": {"previewURL", "webformatURL", "largeImageURL"},
    "pexels": {"url"},
    "shutterstock": set(),
    "stocksnap": {"img_id"},
    "nappy": {"license"},
    "wordpress_photos": {"date_gmt"},
    "rawpixel": {"metadata"},
}


@pytest.mark.parametrize("case", RECORDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_changed_records_never_raise_and_never_get_a_license_from_nowhere(
    case: str, data: st.DataObject
) -> None:
    source = case.partition("/")[0]
    meta = json.loads((PAGES / case / "meta.json").read_text("utf-8"))
    whole = record = body(case)
    for step in RECORDS[case]:
        record = record[step]
    for name in data.draw(st.sets(st.sampled_from(sorted(record)), max_size=6)):
        if data.draw(st.booleans()):
            del record[name]
        else:
            record[name] = data.draw(_json)
    known = False
    for look in _looks(spiders()[source], meta, json.dumps(whole).encode())[:1]:
        known = findings_of(look).license is not None
    if known and TELLING[source].isdisjoint(record):
        raise AssertionError(f"a license without {TELLING[source]}: {record}")
    if known and source == "shutterstock":
        raise AssertionError("Shutterstock states no license")


@pytest.mark.parametrize("source", OURS)
@settings(max_examples=25, deadline=None)
@given(
    content=_json.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=80),
    status=st.sampled_from([200, 400, 404]),
)
def test_no_body_makes_a_reader_raise_or_license_a_photo(source: str, content: bytes, status: int) -> None:
    kind = spiders()[source]
    urls = [url for url, (name, _) in URLS.items() if name == source]
    for url in (urls[0], urls[-1]):
        ref = kind.claims(url)
        assert ref is not None
        target = Target(source, url, "group", (ref.native_id,))
        for look in kind().read(Capture(target, url, status, JSON, content, NOW)).looks:
            assert findings_of(look).license is None


def _looks(kind: type[SourceSpider], meta: dict[str, Any], content: bytes) -> list[Any]:
    ref = kind.claims(meta["url"])
    serves = tuple(meta.get("serves") or ((ref.native_id,) if ref is not None else ()))
    target = Target(kind.name, meta["url"], "group", serves)
    return list(kind().read(Capture(target, meta["url"], 200, JSON, content, NOW)).looks)
