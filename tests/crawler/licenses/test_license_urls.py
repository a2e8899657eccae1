"""Addresses: many spellings of one licence, and look-alikes that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.licenses import registry
from crawler.licenses.recognise import recognise

ADDRESSES = [entry.url for entry in registry.all_licenses() if entry.unit and entry.url]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://creativecommons.org/licenses/by/2.0/", "CC-BY-2.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/igo/", "CC-BY-NC-SA-3.0-IGO"),
        ("//creativecommons.org/licenses/by-sa/4.0", "CC-BY-SA-4.0"),
        ("creativecommons.org/licenses/by-nd/2.0/deed.zh_TW", "CC-BY-ND-2.0"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.zh-hans#s3a", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0"),
        ("http://creativecommons.org/licenses/by-nc-nd/1.0/", "CC-BY-NC-ND-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("https://creativecommons.org/licenses/publicdomain/", "CC-PDDC"),
        ("http://creativecommons.org/licenses/sampling%2B/1.0/", "LicenseRef-CC-SAMPLING-PLUS-1.0"),
        ("https://spdx.org/licenses/CC-BY-NC-4.0.html", "CC-BY-NC-4.0"),
        ("http://rightsstatements.org/page/InC/1.0/?language=en", "LicenseRef-rs-InC-1.0"),
        ("https://www.flickr.com/commons/usage/", "LicenseRef-no-known-copyright-restrictions"),
        ("http://www.usa.gov/copyright.shtml", "LicenseRef-us-government-work"),
        ("https://unsplash.com/license", "LicenseRef-unsplash"),
        ("https://unsplash.com/plus/license", "LicenseRef-unsplash-plus"),
        ("https://www.gnu.org/copyleft/fdl.html", "LicenseRef-GFDL-unversioned"),
    ],
)
def test_spellings(address: str, expected: str) -> None:
    answer = recognise(address)
    assert answer.license is not None
    assert answer.license.id == expected
    assert answer.sure == ("stated" if "spdx.org" in address else "exact")


@pytest.mark.parametrize(
    "address",
    [
        "http://i.creativecommons.org/l/by-nc/2.0/88x31.png",
        "https://licensebuttons.net/l/by-nc/2.0/80x15.png",
        "https://licensebuttons.net/l/by-nc/2.0/",
        "licenses.example.org/CC-BY-NC-2.0",
    ],
)
def test_badges_and_foreign_lists_are_weak(address: str) -> None:
    answer = recognise(address)
    assert answer.license == registry.by_id("CC-BY-NC-2.0")
    assert answer.sure == "weak"


@pytest.mark.parametrize("unit", ["mark", "zero"])
def test_wrong_folder_is_repaired_and_said(unit: str) -> None:
    answer = recognise(f"https://creativecommons.org/licenses/{unit}/1.0/")
    assert answer.license == registry.cc(unit, "1.0")
    assert (answer.how, answer.sure) == ("url, repaired path", "weak")


@pytest.mark.parametrize(
    "address",
    [
        "https://creativecommons.org.example/licenses/by/4.0/",
        "https://creativecommons.org@evil.example/licenses/by/4.0/",
        "https://evil.example/https://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org:8080/licenses/by/4.0/",
        "https://xn--cretivecommons.org/licenses/by/4.0/",
        "https://creativecommons.com/licenses/by/4.0/",
        "https://licensebuttons.net.example/l/by/4.0/88x31.png",
        "ftp://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/3.5/",
        "https://creativecommons.org/licenses/by/2.1/",
        "https://creativecommons.org/licenses/by-sa/4.0/de/",
        "https://creativecommons.org/licenses/by-nd-sa/4.0/",
        "https://creativecommons.org/licenses/nc/4.0/",
        "https://creativecommons.org/licenses/by/4.0/evil/",
        "https://creativecommons.org/licenses/by/4.0/deed.de/more",
        "https://creativecommons.org/licenses/by%2F4.0/",
        "https://creativecommons.org/licenses/by/4.0/../../by-nc/4.0/",
        "https://creativecommons.org/publicdomain/by/4.0/",
        "https://creativecommons.org/publicdomain/zero/4.0/",
        "https://creativecommons.org/licenses/by/",
        "https://creativecommons.org/licenses/",
        "https://creativecommons.org/choose/",
        "https://creativecommons.org/",
        "https://example.org/help/licenses",
        "https://www.flickr.com/help/general/#147",
        "https://spdx.org/licenses/CC-BY-9.0.html",
    ],
)
def test_look_alikes_are_not_recognised(address: str) -> None:
    answer = recognise(address)
    assert answer.license is None
    assert answer.state in ("not_understood", "not_a_license")
    assert answer.how


def test_every_published_licence_in_every_form() -> None:
    for entry in registry.all_licenses():
        if entry.unit and entry.url:
            path = entry.url.removeprefix("https:")
            for form in (
                path,
                f"http:{path}",
                entry.url.rstrip("/"),
                f"{entry.url}legalcode",
                f"{entry.url}deed.pt-br",
            ):
                assert recognise(form).license == entry, form


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ADDRESSES),
    st.sampled_from(["https://", "http://", "//", "HTTPS://www.", ""]),
    st.sampled_from(["", "deed.en", "legalcode", "legalcode.txt", "rdf", "?ref=x", "#top"]),
    st.sampled_from(["", " ", "\n", "\t "]),
    st.booleans(),
)
def test_scheme_case_space_and_document_do_not_matter(
    address: str, scheme: str, tail: str, space: str, shout: bool
) -> None:
    changed = scheme + address.removeprefix("https://") + tail
    changed = changed.upper() if shout else changed
    found = recognise(f"{space}{changed}{space}").license
    assert found is not None
    assert found.url == address
