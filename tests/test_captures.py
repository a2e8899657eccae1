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
EXPECTED: dict[str, tuple[str | None, str | None, str]] = {
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
    "inaturalist/api-v1-observation-2.json": ("available", "seen", "LicenseRef-CC-BY-unversioned"),
    "inaturalist/api-v1-nonexistent.json": ("gone", "not_found", "not_observed"),
    "inaturalist/api-v2-observations-full.json": ("available", "seen", ARR),
    "500px/photo-138251239-shell-2024-06-10.html": ("unreadable", "not_understood", "not_observed"),
    "smugmug/gallery-page-2013.html": ("available", "seen", "not_stated"),
    "other-hosts/23hq-photo-16600737-2024-06-10.html": ("available", "seen", "not_stated"),
    "unsplash/api-photo-tAKXap853rY-2019-03.json": ("available", "seen", "CC0-1.0"),
    "unsplash/api-photo-random-2020.json": ("available", "seen", "CC0-1.0"),
    "unsplash/api-search-dog-2023-09.json": ("unsupported", "not_a_photo", "not_observed"),
    "unsplash/api-photo-not-found-404.json": ("gone", "not_found", "not_observed"),
    "unsplash/api-unauthorized-401.json": ("disallowed", "bad_key", "not_observed"),
    "unsplash/api-rate-limit-403.txt": ("refused", "rate_limited", "not_observed"),
    "pixabay/api-search-2023.json": ("unsupported", "not_a_photo", "not_observed"),
    "pixabay/api-search-nature-london-2020.json": ("unsupported", "not_a_photo", "not_observed"),
    "pexels/api-search-photo-3573351.json": ("available", "seen", "LicenseRef-pexels"),
    "pexels/api-photo-3031075-older.json": ("available", "seen", "LicenseRef-pexels"),
    "shutterstock/api-search-india-2021.json": ("unsupported", "not_a_photo", "not_observed"),
    "deviantart/art-Misty-510056679-2024-06-10.html": ("available", "seen", ARR),
    "deviantart/oembed-Misty-2024-06-10.json": ("available", "seen", "not_stated"),
    "deviantart/oembed-not-found-404.txt": ("unreachable", "our_mistake", "not_observed"),
    "other-hosts/imgur-oembed-2021-04-04.json": ("available", "seen", "not_stated"),
    "museums/nappy/item.json": ("available", "seen", "CC0-1.0"),
    "museums/rawpixel/item.json": ("unsupported", "not_a_photo", "not_observed"),
    "museums/stocksnap/item.json": ("available", "seen", "CC0-1.0"),
    "museums/wordpress-photos/item.json": ("available", "seen", "CC0-1.0"),
    "openverse-api/image-not-found-404.json5": ("gone", "not_found", "not_observed"),
    # second-hand: Openverse's license is claimed as declared by a third party, and never counts
    "openverse-api/image-by-nd-da5cb478.json5": ("available", "seen", "CC-BY-ND-2.0"),
    "openverse-api/image-cc0-cfa45160.json5": ("available", "seen", "CC0-1.0"),
    "museums/met/object.json": ("available", "seen", "CC0-1.0"),
    "museums/smithsonian/record.json": ("available", "seen", "CC0-1.0"),
    "museums/europeana/item.json": ("available", "seen", "CC0-1.0"),
    "museums/brooklyn/cc-license.json": ("available", "seen", "CC-BY-3.0"),
    "museums/brooklyn/no-license.json": ("available", "seen", "not_stated"),
    "museums/victoria/media-cc-by.json": ("available", "seen", "CC-BY-4.0"),
    "museums/victoria/media-arr.json": ("available", "seen", ARR),
    "museums/nypl/search.json": ("available", "seen", "CC0-1.0"),
    "museums/sciencemuseum/object.json": ("available", "seen", "CC-BY-NC-SA-4.0"),
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
    # pictures say nothing of their source's status; what else they say: test_capture_pictures.py
    "images/getty-1404056433.webp": (None, None, "not_understood"),
    "images/getty-2160708958-westend61.webp": (None, None, "not_understood"),
    "images/getty-2231736497-editorial.webp": (None, None, "not_understood"),
    "images/shutterstock-2480370209.jpg": (None, None, "not_understood"),
    "images/shutterstock-web-thumbnail-no-metadata.jpg": (None, None, "not_observed"),
    "images/westend61-redhead.jpg": (None, None, "not_observed"),
    "images/unsplash-no-metadata.avif": (None, None, "not_observed"),
    "images/profimedia-mojibake.jpg": (None, None, "not_observed"),
    "images/IPTC-PhotometadataRef-Std2023.1.jpg": (None, None, "not_understood"),
    # "all rights reserved" beside usage terms of its own
    "images/iptc-staff-photographer-example.jpg": (None, None, "conflict"),
    "images/metadata-demo-iim-and-xmp-conflict.jpg": (None, None, "not_understood"),
    "images/PLUS.xmp": (None, None, "not_understood"),
    "images/c2pa-sample.png": (None, None, "not_observed"),
}

_NOT_A_PAGE = "a site-wide signal: read by the room for opt-outs, not by a spider"

#: What today's spiders do not read as the index expects, file or folder → why.
NOT_READ: dict[str, str] = {
    "ai-signals/": _NOT_A_PAGE,
    "robots/": _NOT_A_PAGE,
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


def body_of(file: str) -> bytes:
    """What the server sent. Openverse's answers were kept on tapes: JSON5 of the whole exchange."""
    raw = (INDEX.parent / file).read_bytes()
    if not file.endswith(".json5"):
        return raw
    text = re.sub(r"'((?:[^'\\]|\\.)*)'", lambda found: json.dumps(found[1]), raw.decode("utf-8"))
    text = re.sub(r"(?m)^(\s*)(\w+):", r'\1"\2":', text)
    tape = json.loads(re.sub(r",(\s*[}\]])", r"\1", text))
    return json.dumps(tape["res"]["body"]).encode()


def read(file: str) -> dict[str, Any]:
    entry = index()[file]
    headers = tuple((entry["http_headers"] or {}).items())
    # the generic pages were kept without their address
    return report(
        body_of(file),
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
    tagged = any(c["field"] == "people" and c["value"] == "tagged" for c in found["claims"])
    assert tagged == ('haspeople="1"' in text or file.endswith("8130464513.json"))
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


def test_answers_about_many_pictures_give_each_its_license(shared: Path) -> None:
    def licenses(file: str) -> list[tuple[str, str | None]]:
        return [(p["status"], p["license"]) for p in read(file)["photos"]]

    assert licenses("unsplash/api-search-dog-2023-09.json") == [("available", "LicenseRef-unsplash")] * 3
    assert licenses("pixabay/api-search-2023.json")[:3] == [("available", "CC0-1.0")] * 3
    assert len(licenses("pixabay/api-search-2023.json")) == 5
    assert licenses("pixabay/api-search-nature-london-2020.json") == [("available", "LicenseRef-pixabay")] * 3
    assert licenses("shutterstock/api-search-india-2021.json") == [("available", None)] * 20
    assert licenses("museums/rawpixel/item.json") == [("available", "CC0-1.0")] * 2


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
    assert signals == ("image:page-flag=ai-use:n", "page:meta-robots=noimageai")
    indian = read("shutterstock/api-search-india-2021.json")["photos"]
    assert [len(indian), sum(p["findings"]["model_release"] == ("yes:stated",) for p in indian)] == [20, 5]
    assert sum(p["findings"]["model_release"] == () for p in indian) == 15


def test_a_third_partys_license_is_seen_and_does_not_count(shared: Path) -> None:
    for name, license_id, page in (
        ("by-nd-da5cb478", "CC-BY-ND-2.0", "https://www.flickr.com/photos/8488209@N07/2385230430"),
        ("cc0-cfa45160", "CC0-1.0", "http://clevelandart.org/art/1987.58"),
    ):
        claims = {c["field"]: c for c in read(f"openverse-api/image-{name}.json5")["claims"]}
        assert (claims["license"]["value"], claims["license"]["basis"]) == (license_id, "declared")
        assert claims["page_url"]["value"] == page


def test_every_capture_is_expected_or_named_with_a_reason(shared: Path) -> None:
    assert index()
    unnamed = [f for f in index() if f not in EXPECTED and not checked_by_id(f) and why_not(f) is None]
    assert unnamed == []
    assert [f for f in EXPECTED if f not in index()] == []
    assert [f for f in EXPECTED if why_not(f)] == []
    must = [f for f in index() if f.startswith(("flickr-api/", "wikimedia-commons/"))]
    assert len(must) == 80
    assert [f for f in must if f not in EXPECTED and not checked_by_id(f)] == []
