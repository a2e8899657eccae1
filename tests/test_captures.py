"""Every real capture of ``../shared/captures`` is read right, or is named here with the reason why it is not.

Expectations are taken from the captures' own index (read by eye, "expect" and "kind"), never from our output.
Status and license of every Flickr API and Commons answer must be right; of the others all that today's three
spiders can read.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from crawler.licenses.flickr import from_flickr_id
from deedwatch.verbs.read import report

ROOT = Path(__file__).resolve().parent.parent
INDEX = ROOT.parent / "shared" / "captures" / "index.json"

_HTML = "wikimedia-commons/file-page-html/"
ARR, NKCR, PD = (
    "LicenseRef-all-rights-reserved",
    "LicenseRef-no-known-copyright-restrictions",
    "LicenseRef-public-domain",
)

#: file → (status, reason, license id or the state that stands for it). photos.getInfo files are checked by
#: the license id in the index's own text instead.
EXPECTED: dict[str, tuple[str, str, str]] = {
    "flickr-api/errors/getInfo-private-code2.xml": ("private", "marked_private", "not_observed"),
    "flickr-api/errors/getInfo-deleted-code1.xml": ("not_public", "not_found", "not_observed"),
    "flickr-api/errors/getInfo-never-existed-code1.xml": ("not_public", "not_found", "not_observed"),
    "flickr-api/errors/getInfo-private-but-code1-2025-07.xml": ("not_public", "not_found", "not_observed"),
    "flickr-api/errors/getExif-permission-denied-code2.xml": ("available", "seen", "not_stated"),
    "flickr-api/errors/getSizes-not-found-code1.xml": ("not_public", "not_found", "not_observed"),
    "flickr-api/errors/getLicenseHistory-not-found-code1.xml": ("not_public", "not_found", "not_observed"),
    "flickr-api/errors/people.getInfo-user-deleted-code5.xml": ("gone", "account_gone", "not_observed"),
    "flickr-api/errors/missing-parameter-code1.xml": ("unreachable", "our_mistake", "not_observed"),
    "flickr-api/errors/insufficient-permissions-code99.xml": ("disallowed", "bad_key", "not_observed"),
    "flickr-api/errors/invalid-api-key-code100.xml": ("disallowed", "bad_key", "not_observed"),
    "flickr-api/errors/service-unavailable-code201.xml": ("unreachable", "service_trouble", "not_observed"),
    "flickr-api/errors/staticflickr-missing-image-404.txt": ("gone", "not_found", "not_observed"),
    "flickr-api/photos.licenses.getInfo/2025-06-19.xml": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/photos.licenses.getInfo/2015-01-11.json": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/photos.licenses.getLicenseHistory/54450311696.xml": ("available", "seen", NKCR),
    "flickr-api/photos.licenses.getLicenseHistory/3948976954.xml": ("available", "seen", NKCR),
    "flickr-api/photos.getExif/9682774177.xml": ("available", "seen", "not_stated"),
    "flickr-api/photos.getExif/283148152.xml": ("available", "seen", "not_stated"),
    "flickr-api/photos.getSizes/52483149404.xml": ("available", "seen", "not_stated"),
    "flickr-api/photos.people.getList/19403592468.xml": ("available", "seen", "not_stated"),
    "flickr-api/photos.people.getList/2973028271-with-coordinates.xml": ("available", "seen", "not_stated"),
    "flickr-api/people.getInfo/197130754@N07.xml": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/lists/galleries.getPhotos-many-licences.xml": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/lists/photosets.getPhotos-cc-by.xml": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/lists/photos.search-openverse.json": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/method-docs/flickr.photos.getInfo.json": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/method-docs/flickr.photos.getExif.json": ("unsupported", "not_a_photo", "not_observed"),
    "flickr-api/method-docs/flickr.photos.licenses.getInfo.json": (
        "unsupported",
        "not_a_photo",
        "not_observed",
    ),
    "flickr-pages/photo-53279364618-guest-pass-arr-2023-10-23.html": ("private", "marked_private", ARR),
    "flickr-pages/photo-2341623661-arr-2026-08-16-head-only.html": ("available", "seen", ARR),
    "flickr-pages/photo-6038315155-by-nc-nd-2013-08.html": ("available", "seen", "CC-BY-NC-ND-2.0"),
    "flickr-pages/album-72177720312002426-guest-pass-2023-10-23.html": (
        "unsupported",
        "not_a_photo",
        "not_observed",
    ),
    "flickr-pages/photostream-astrosamantha-by-nc-sa-2023-10-17.html": (
        "unsupported",
        "not_a_photo",
        "not_observed",
    ),
    "flickr-pages/not-found-404-2023-10-23.html": ("gone", "not_found", "not_observed"),
    "flickr-pages/not-found-404-2025-06-30.html": ("gone", "not_found", "not_observed"),
    "flickr-pages/redirect-flic.kr-302.html": ("moved", "redirected", "not_stated"),
    "flickr-oembed/photo-2341623661-arr.json": ("available", "seen", ARR),
    "flickr-oembed/photo-3372549602-by-sa.json": ("available", "seen", "CC-BY-SA-2.0"),
    "flickr-oembed/album-72157650686499888-by-nc-nd-2024-06-10.json": (
        "unsupported",
        "not_a_photo",
        "not_observed",
    ),
    "flickr-oembed/not-found-404-html-2020-08-28.html": ("not_public", "not_found", "not_observed"),
    "flickr-oembed/photo-2362225867-2011-11-26.json": ("available", "seen", "not_stated"),
    "flickr-oembed/photo-url-with-garbage-suffix-still-200-2020-03-28.json": ("available", "seen", ARR),
    "flickr-oembed/http-to-https-301-2020-03-28.html": ("moved", "redirected", "not_stated"),
    "flickr-oembed/photo-2341623661-arr.xml": ("available", "seen", ARR),
    f"{_HTML}File_Askaris_im_Warschauer_Getto_-_1943.jpg.html": (
        "available",
        "seen",
        PD,
    ),
    f"{_HTML}File_Bust_of_Wilhelmine_of_Bayreuth.jpg.html": (
        "available",
        "seen",
        "CC-BY-SA-4.0",
    ),
    f"{_HTML}File_Kerameikos_October_2012_15.JPG.html": (
        "available",
        "seen",
        "CC-BY-SA-3.0",
    ),
    f"{_HTML}File_Logo_NIKE.svg.html": ("available", "seen", PD),
    f"{_HTML}File_Pentacle_3.svg.html": ("available", "seen", "CC-BY-SA-3.0"),
    f"{_HTML}File_Fourth_Doctor.jpg.html": ("available", "seen", "not_understood"),
    f"{_HTML}File_Balkana,_januar_2012_(2).JPG.html": (
        "available",
        "seen",
        "CC-BY-SA-3.0",
    ),
    f"{_HTML}File_Elizabeth_I_George_Gower.jpg.html": ("available", "seen", PD),
    f"{_HTML}File_Sikh_pilgrim_at_the_Golden_Temple_(Harmandir_Sahib)_in_Amritsar,_India.jpg.html": (
        "available",
        "seen",
        "CC-BY-SA-3.0",
    ),
    f"{_HTML}File_Thury_Grave_Wiener_Zentralfriedhof.jpg.html": (
        "available",
        "seen",
        PD,
    ),
    "wikimedia-commons/api-parse/EI-DYY-15602283025.json": ("available", "seen", "CC-BY-2.0"),
    "wikimedia-commons/api-parse/Intel-8742-153056995.json": ("available", "seen", "CC-BY-SA-2.0"),
    "wikimedia-commons/api-parse/breezy-day-in-Venice-PDM.json": ("available", "seen", "CC-PDM-1.0"),
    "wikimedia-commons/api-parse/Katscha-February-2017.json": ("available", "seen", "CC-BY-SA-4.0"),
    "wikimedia-commons/api-parse/Example.json": ("available", "seen", PD),
    "wikimedia-commons/api-parse/missing-title-error.json": ("gone", "not_found", "not_observed"),
    "wikimedia-commons/api-parse/bad-title-error.json": ("unreachable", "our_mistake", "not_observed"),
    "wikimedia-commons/api-wbgetentities/Momma-Cat-48771463782.json": ("available", "seen", "CC-BY-2.0"),
    "wikimedia-commons/api-wbgetentities/NYCC2017-original-private.json": ("available", "seen", "CC-BY-2.0"),
    "wikimedia-commons/api-wbgetentities/no-statements.json": ("available", "seen", "not_stated"),
    "wikimedia-commons/api-wbgetentities/file-does-not-exist.json": ("gone", "not_found", "not_observed"),
    "wikimedia-commons/api-logevents/deleted-Mugeni-Elijah.xml": ("gone", "removed", "not_observed"),
    "wikimedia-commons/api-query/missing-title.json": ("gone", "not_found", "not_observed"),
    "wikimedia-commons/api-query/redirect-P1.json": ("moved", "redirected", "not_stated"),
    "wikimedia-commons/api-query/invalid-title.json": ("unreachable", "our_mistake", "not_observed"),
    "wikimedia-commons/api-imageinfo/known-but-missing-on-local-wiki.json": (
        "available",
        "seen",
        "not_stated",
    ),
    "wikimedia-commons/api-imageinfo/extmetadata-Foobar.json": ("available", "seen", "CC0-1.0"),
    "wikimedia-commons/api-imageinfo/extmetadata-Apple-Lisa2.json": (
        "available",
        "seen",
        "LicenseRef-CC-BY-SA-2.0-FR",
    ),
    "wikimedia-commons/api-imageinfo/image_data_example.json": ("available", "seen", "CC-BY-SA-4.0"),
    "wikimedia-commons/api-imageinfo/missing_license_url.json": ("available", "seen", "CC-BY-SA-4.0"),
    "wikimedia-commons/api-imageinfo/listing-continue.json": ("unsupported", "not_a_photo", "not_observed"),
    "inaturalist/photo-111852800-page.html": ("available", "seen", ARR),
    "500px/photo-138251239-shell-2024-06-10.html": ("unreadable", "not_understood", "not_observed"),
    "smugmug/gallery-page-2013.html": ("available", "seen", "not_stated"),
    "other-hosts/23hq-photo-16600737-2024-06-10.html": ("available", "seen", "not_stated"),
    "unsplash/api-photo-not-found-404.json": ("gone", "not_found", "not_observed"),
    "unsplash/api-unauthorized-401.json": ("refused", "forbidden", "not_observed"),
    "unsplash/api-rate-limit-403.txt": ("refused", "rate_limited", "not_observed"),
    "openverse-api/image-not-found-404.json5": ("gone", "not_found", "not_observed"),
    "generic-pages/ccrel/attribution.html": ("available", "seen", "CC-BY-3.0-US"),
    "generic-pages/ccrel/attribution_multiple.html": ("available", "seen", "conflict"),
    "generic-pages/ccrel/more_permissions.html": ("available", "seen", "CC-BY-3.0-US"),
    "generic-pages/ccrel/profile.html": ("available", "seen", "not_stated"),
    "generic-pages/ccrel/work.html": ("available", "seen", "CC-BY-3.0-US"),
    "generic-pages/rel-license/multiple.html": ("available", "seen", "conflict"),
    "generic-pages/rel-license/empty.html": ("available", "seen", "not_stated"),
    "generic-pages/rel-license/multiple-mixed-case.html": ("available", "seen", "conflict"),
    "generic-pages/dublin-core-meta.html": ("available", "seen", "not_stated"),
    "generic-pages/rdfa-primer-example008.html": ("available", "seen", "CC-BY-3.0"),
    "generic-pages/schema-org/eg-0207-microdata.html": ("available", "seen", "LicenseRef-CC-BY-NC-SA-3.0-US"),
    "generic-pages/schema-org/eg-0207-jsonld.html": ("available", "seen", "LicenseRef-CC-BY-NC-SA-3.0-US"),
}

_NO_SPIDER = "a JSON answer of a site that has no spider yet; any_page reads pages only, and says unreadable"
_NOT_A_PAGE = (
    "a site-wide signal or a picture: read by the rooms for opt-outs and embedded metadata, not by a spider"
)

#: What today's spiders do not read as the index expects, file or folder → why.
NOT_READ: dict[str, str] = {
    "ai-signals/": _NOT_A_PAGE,
    "robots/": _NOT_A_PAGE,
    "images/": _NOT_A_PAGE,
    "museums/": _NO_SPIDER,
    "pixabay/": _NO_SPIDER,
    "pexels/": _NO_SPIDER,
    "shutterstock/": _NO_SPIDER,
    "unsplash/api-photo-tAKXap853rY-2019-03.json": _NO_SPIDER,
    "unsplash/api-search-dog-2023-09.json": _NO_SPIDER,
    "unsplash/api-photo-random-2020.json": _NO_SPIDER,
    "inaturalist/api-v1-observation-2.json": _NO_SPIDER,
    "inaturalist/api-v1-nonexistent.json": _NO_SPIDER,
    "inaturalist/api-v2-observations-full.json": _NO_SPIDER,
    "openverse-api/image-by-nd-da5cb478.json5": _NO_SPIDER,
    "openverse-api/image-cc0-cfa45160.json5": _NO_SPIDER,
    "deviantart/oembed-Misty-2024-06-10.json": _NO_SPIDER,
    "other-hosts/imgur-oembed-2021-04-04.json": _NO_SPIDER,
    "deviantart/art-Misty-510056679-2024-06-10.html": "its license stands only in the page state: not_stated",
    "deviantart/oembed-not-found-404.txt": "a 404 that is the caller's mistake; only a spider for the site could know",
}


@lru_cache(maxsize=1)
def index() -> dict[str, dict[str, Any]]:
    if not INDEX.is_file():
        return {}
    return {entry["file"]: entry for entry in json.loads(INDEX.read_text("utf-8"))}


def why_not(file: str) -> str | None:
    return next(
        (
            why
            for name, why in NOT_READ.items()
            if file == name or (name.endswith("/") and file.startswith(name))
        ),
        None,
    )


def read(file: str) -> dict[str, Any]:
    entry = index()[file]
    headers = tuple((entry["http_headers"] or {}).items())
    # the generic pages were kept without their address
    return report(
        (INDEX.parent / file).read_bytes(),
        entry["url"] or "https://page.example/1",
        entry["http_status"] or 200,
        headers,
    )


def checked_by_id(file: str) -> bool:
    return file.startswith("flickr-api/photos.getInfo/")


@pytest.mark.parametrize("file", EXPECTED)
def test_a_capture_is_read_right(file: str, shared: Path) -> None:
    found = read(file)
    status, reason, license_or_state = EXPECTED[file]
    assert (found["status"], found["reason"]) == (status, reason)
    assert (found["license"] or found["license_state"]) == license_or_state


@pytest.mark.parametrize("file", [file for file in index() if checked_by_id(file)])
def test_a_flickr_photo_is_read_right(file: str) -> None:
    text = index()[file]["expect"]
    license_id = re.findall(r'license (?:id )?"?(\d+)', text)[0]
    found = read(file)
    assert (found["status"], found["reason"]) == ("available", "seen")
    assert found["license"] == from_flickr_id(license_id).id
    claims = {claim["field"]: claim for claim in found["claims"]}
    assert claims["license"]["raw"] == license_id
    assert claims["author_id"]["value"] in text or "nsid" not in text
    username = re.search(r'username "([^"]*)"', text)
    assert username is not None
    assert claims["author"]["value"] == username.group(1)
    assert ("people" in claims) == ('haspeople="1"' in text or file.endswith("8130464513.json"))
    assert (claims["media"]["value"] == "video") == ("video" in text)


def test_the_lists_give_each_photo_its_license(shared: Path) -> None:
    many = read("flickr-api/lists/galleries.getPhotos-many-licences.xml")["photos"]
    assert len(many) == 35
    assert {p["license"] for p in many} == {from_flickr_id(n).id for n in (0, 1, 2, 3, 4, 5, 9, 10)}
    album = read("flickr-api/lists/photosets.getPhotos-cc-by.xml")["photos"]
    assert [p["license"] for p in album] == ["CC-BY-2.0"] * 15
    searched = read("flickr-api/lists/photos.search-openverse.json")["photos"]
    assert {p["license_state"] for p in searched} == {"known"}
    files = read("wikimedia-commons/api-imageinfo/listing-continue.json")["photos"]
    assert len(files) == 9
    assert {p["license"] for p in files} == {"CC-BY-SA-4.0", "CC-BY-SA-3.0-DE", PD}


def test_what_the_field_notes_ask_for_beyond_status_and_license(shared: Path) -> None:
    assert read(_HTML + "File_Kerameikos_October_2012_15.JPG.html")["findings"]["deletion_request"]
    assert read(_HTML + "File_Logo_NIKE.svg.html")["findings"]["restrictions"] == ("trademarked",)
    assert read(_HTML + "File_Fourth_Doctor.jpg.html")["findings"]["restrictions"] == ("non-free",)
    sikh = "File_Sikh_pilgrim_at_the_Golden_Temple_(Harmandir_Sahib)_in_Amritsar,_India.jpg.html"
    assert read(_HTML + sikh)["findings"]["people"] == ("identifiable:stated",)
    history = read("flickr-api/photos.licenses.getLicenseHistory/54450311696.xml")["findings"]
    assert history["licenses_before"] == ("CC-PDM-1.0", ARR)
    assert (
        read("flickr-api/photos.licenses.getLicenseHistory/3948976954.xml")["findings"]["licenses_before"]
        == ()
    )
    reviews = [
        c
        for c in read("wikimedia-commons/api-parse/EI-DYY-15602283025.json")["claims"]
        if c["field"] == "license_review"
    ]
    assert [c["value"] for c in reviews] == ["CC-BY-2.0", "changed-at-source"]
    signals = read("deviantart/art-Misty-510056679-2024-06-10.html")["findings"]["opt_outs"]
    assert signals == ("page:meta-robots=noimageai",)


def test_every_capture_is_expected_or_named_with_a_reason(shared: Path) -> None:
    assert index()
    unnamed = [f for f in index() if f not in EXPECTED and not checked_by_id(f) and why_not(f) is None]
    assert unnamed == []
    assert [f for f in EXPECTED if f not in index()] == []
    assert [f for f in EXPECTED if why_not(f)] == []
    must = [f for f in index() if f.startswith(("flickr-api/", "wikimedia-commons/"))]
    assert len(must) == 80
    assert [f for f in must if f not in EXPECTED and not checked_by_id(f)] == []


@pytest.mark.parametrize("file", [file for file in index() if why_not(file) == _NO_SPIDER])
def test_what_is_not_read_is_never_taken_for_a_license_or_a_loss(file: str) -> None:
    found = read(file)
    assert (found["license"], found["status"]) == (None, "unreadable")
