"""What looks like a licence and is none; and what stands around a licence that must not change it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.licenses import notices, registry
from crawler.licenses.recognise import recognise
from crawler.licenses.words import normal

PATHS = [
    entry.url.removeprefix("https://creativecommons.org")
    for entry in registry.all_licenses()
    if entry.unit and entry.url
]
HOSTS = [
    "creativecommons.org.evil.example",
    "creativecommons.net",
    "creativecommons.org.",
    "evil-creativecommons.org",
    "search.creativecommons.org",
    "wiki.creativecommons.org",
    "creativecommons.org@evil.example",
    "creativecommons.org:8443",
    "creativecommоns.org",  # a Cyrillic o
    "ｃreativecommons.org",
    "creativecommons%2eorg",
    "xn--creativecommns-p8g.org",
    "evil.example/creativecommons.org",
    "licensebuttons.net.evil.example/l",
    "creativecommons.org\\@evil.example",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HOSTS), st.sampled_from(PATHS), st.sampled_from(["https://", "http://", "//", ""]))
def test_no_other_host_speaks_for_creative_commons(host: str, path: str, scheme: str) -> None:
    assert recognise(f"{scheme}{host}{path}").license is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["by", "nc", "nd", "sa", "zero", "mark", "xx"]), min_size=1, max_size=4).map(
        "-".join
    ),
    st.sampled_from(["0.9", "1.0", "1.5", "2.0", "2.1", "2.5", "3.0", "3.5", "4.0", "4.1", "5.0"]),
    st.sampled_from(["", "de/", "us/", "igo/", "uk/", "zz/", "scotland/", "jp/"]),
    st.sampled_from(["licenses", "publicdomain"]),
)
def test_only_what_was_published_is_recognised(unit: str, version: str, place: str, folder: str) -> None:
    found = recognise(f"https://creativecommons.org/{folder}/{unit}/{version}/{place}").license
    if found is not None:
        assert found == registry.cc(unit, version, place.rstrip("/") or None)


@pytest.mark.parametrize(
    "text",
    [
        "https://creativecommons.org/licenses/",
        "https://creativecommons.org/publicdomain/",
        "https://creativecommons.org/about/cclicenses/",
        "https://creativecommons.org/share-your-work/cclicenses/",
        "https://en.wikipedia.org/wiki/Creative_Commons_license",
        "https://creativecommons.org/licenses/by/4.0/%2e%2e/by-nc/4.0/",
        "https://creativecommons.org/licenses/by%20/4.0/",
        "https://mirrors.creativecommons.org/presskit/icons/by.svg",
        "https://img.shields.io.evil.example/badge/License-CC%20BY%204.0-blue.svg",
        "CC0 4.0",
        "CC BY 5.0",
        "CC BY-ND-SA 4.0",
        "The terms are compatible with the Creative Commons Attribution License 4.0",
        "This licence is interoperable with CC BY 4.0.",
        "similar to https://creativecommons.org/licenses/by/4.0/",
        "formerly licensed under CC BY 2.0",
        "not licensed under CC BY 2.0",
        "code under GPL 2.0, pictures CC BY license 4.0",
        "dual licensed, CC BY-SA 3.0 and GFDL 1.2",
        "license: GPL-2.0 WITH something",
        "name: MIT License Modern Variant",
    ],
)
def test_is_not_one_licence(text: str) -> None:
    assert recognise(text).license is None


@pytest.mark.parametrize(
    ("text", "expected", "sure"),
    [
        ("https://img.shields.io/badge/License-CC%20BY--SA%204.0-lightgrey.svg", "CC-BY-SA-4.0", "weak"),
        ("https://mirrors.creativecommons.org/presskit/buttons/88x31/svg/cc-zero.svg", "CC0-1.0", "weak"),
        (
            "http://mirrors.creativecommons.org/presskit/buttons/88x31/png/by-nc.eu.png",
            "LicenseRef-CC-BY-NC-unversioned",
            "weak",
        ),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0).", "CC-BY-NC-ND-4.0", "exact"),
        ("https://creativecommons.org/licenses/by/4.0/&quot;", "CC-BY-4.0", "exact"),
        ("LicenseRef-scancode-cc-by-nc-sa-3.0-us", "LicenseRef-CC-BY-NC-SA-3.0-US", "exact"),
    ],
)
def test_odd_addresses_and_ids(text: str, expected: str, sure: str) -> None:
    found = recognise(text)
    assert found.license is not None
    assert (found.license.id, found.sure) == (expected, sure)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Creative Commons 3.0 BY", "CC-BY-3.0"),
        ("CC 4.0 BY-SA", "CC-BY-SA-4.0"),
        ("Creative Commons BY-NC 4.0", "CC-BY-NC-4.0"),
        ("Creative Commons 4.0 Attribution-NonCommercial", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution ShareAlike (CC BY-SA) 4.0", "CC-BY-SA-4.0"),
        ("CreativeCommons Attribution 4.0", "CC-BY-4.0"),
        ("# under Creative Commons Attribution-ShareAlike\n# 3.0 Unported.", "CC-BY-SA-3.0"),
        (";; Creative Commons Attribution-\n;; Non-Commercial 3.0", "CC-BY-NC-3.0"),
        ("Creative Commons Attribution&#8209;ShareAlike&nbsp;4.0 International", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution&ndash;NonCommercial 4.0", "CC-BY-NC-4.0"),
        ("CC BY\u2011NC 4.0", "CC-BY-NC-4.0"),
        (
            "本作品采用知识共享署名-非商业性使用-相同方式共享 3.0 中国大陆许可协议进行许可。",
            "LicenseRef-CC-BY-NC-SA-3.0-CN",
        ),
        ("クリエイティブ・コモンズ 表示 4.0 国際 ライセンス", "CC-BY-4.0"),
        ("![CC](https://img.shields.io/badge/License-CC%20BY%204.0-lightgrey.svg)", "CC-BY-4.0"),
        ("Attribution-Non Commercial-Share Alike 2.5 License", "CC-BY-NC-SA-2.5"),
        (
            "https://creativecommons.org/licenses/by/4.0/deed.de, https://creativecommons.org/licenses/by/4.0/deed.fr",
            "CC-BY-4.0",
        ),
        ('<cc:license rdf:resource="http://creativecommons.org/licenses/by-nd/2.5/" />', "CC-BY-ND-2.5"),
    ],
)
def test_notices_as_people_write_them(text: str, expected: str) -> None:
    found = recognise(text).license
    assert found is not None
    assert found.id == expected


RESTS = [
    "CC BY 2.0",
    "cc by",
    "licensed under CC BY-SA 3.0 DE.",
    "Attribution-ShareAlike 4",
    "(CC0)",
    "© all rights reserved",
    "https://creativecommons.org/licenses/by-nc/2.0/",
    "public domain",
    "has waived all copyright and related or neighboring rights",
    "CC BY 4.0, no derivatives",
]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="aAbcdnosuyé 山0139.,:/-'&©", max_size=40)
    | st.lists(
        st.sampled_from(["Photo", "by", "JANE", "non", "not", "GPL", "2.0", "no", "17", "share", "ne"]),
        max_size=6,
    ).map(" ".join),
    st.sampled_from(RESTS),
)
def test_a_credit_before_the_licence_is_read_with_it(credit: str, rest: str) -> None:
    """The shortcut for credits answers as the long way does."""
    text = normal(f"{credit} {rest}").strip()
    short, long = recognise(text), notices.from_text(text)
    if short.how not in ("name", "id", "url"):
        assert (short.license, short.state, short.sure) == (long.license, long.state, long.sure)
