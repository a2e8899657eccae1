"""Names, codes and notices: what they say, and what must not be read into them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.licenses.recognise import recognise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC BY-NC-SA 2.0", "CC-BY-NC-SA-2.0"),
        ("CC-BY 2.0", "CC-BY-2.0"),
        ("cc-by-nc-nd-4.0", "CC-BY-NC-ND-4.0"),
        ("CC BY-NC-SA (2.0)", "CC-BY-NC-SA-2.0"),
        ("BY-NC-SA 2.0", "CC-BY-NC-SA-2.0"),
        ("ccbysa 4.0", "CC-BY-SA-4.0"),
        ("CC BY 2.0 uk", "LicenseRef-CC-BY-2.0-UK"),
        ("cc-by-sa-3.0-de", "CC-BY-SA-3.0-DE"),
        ("cc-by-sa-3.0-migrated", "CC-BY-SA-3.0"),
        ("cc-by-sa-3.0,2.5,2.0,1.0", "CC-BY-SA-3.0"),
        ("Attribution-NonCommercial-NoDerivs 2.0 Generic", "CC-BY-NC-ND-2.0"),
        ("Creative Commons Attribution-NoDerivatives 4.0 International", "CC-BY-ND-4.0"),
        ("Attribution 2.5 UK: Scotland", "LicenseRef-CC-BY-2.5-SCOTLAND"),
        ("Namensnennung-Nicht-kommerziell 3.0 Deutschland", "CC-BY-NC-3.0-DE"),
        ("表示 - 非営利 - 継承 2.1 日本", "LicenseRef-CC-BY-NC-SA-2.1-JP"),
        ("«Attribution-ShareAlike» («Атрибуция — На тех же условиях») 3.0 Unported", "CC-BY-SA-3.0"),
        ("Attribution-NoDerivs-NonCommercial 1.0", "CC-BY-NC-ND-1.0"),
        ("\u200fCC BY 4.0\u200e", "CC-BY-4.0"),
        ("CC0", "CC0-1.0"),
        ("CC-0", "CC0-1.0"),
        ("Creative Commons Zero v1.0 Universal", "CC0-1.0"),
        ("Public Domain Mark", "CC-PDM-1.0"),
        ("public domain", "LicenseRef-public-domain"),
        ("GFDL", "LicenseRef-GFDL-unversioned"),
        ("GFDL-1.2", "GFDL-1.2-only"),
        ("FAL", "LAL-1.3"),
        ("PD-USGov-NASA", "LicenseRef-us-government-work"),
        ("Unsplash License", "LicenseRef-unsplash"),
        ("Unsplash+", "LicenseRef-unsplash-plus"),
        ("All Rights Reserved", "LicenseRef-all-rights-reserved"),
        ("© 2019 Jane Doe. All rights reserved.", "LicenseRef-all-rights-reserved"),
        ("MIT License", "MIT"),
        ("license: CC-BY-NC-2.0", "CC-BY-NC-2.0"),
        ("Photo by Jane, licensed under CC BY-SA 3.0.", "CC-BY-SA-3.0"),
        (
            "This work is licensed under a Creative Commons Attribution 4.0 International License.",
            "CC-BY-4.0",
        ),
        (
            '<a rel="license" href="https://creativecommons.org/licenses/by-nd/2.0/">some rights</a>',
            "CC-BY-ND-2.0",
        ),
        (
            "[![CC](https://i.creativecommons.org/l/by/4.0/88x31.png)](http://creativecommons.org/licenses/by/4.0/)",
            "CC-BY-4.0",
        ),
        ("CC BY 4.0: any use, commercial or non-commercial, with credit", "CC-BY-4.0"),
    ],
)
def test_says(text: str, expected: str) -> None:
    answer = recognise(text)
    assert answer.license is not None, answer
    assert answer.license.id == expected
    assert answer.state == "known"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC BY", "LicenseRef-CC-BY-unversioned"),
        ("cc-by-nc", "LicenseRef-CC-BY-NC-unversioned"),
        ("by-nc-nd", "LicenseRef-CC-BY-NC-ND-unversioned"),
        ("Creative Commons Attribution-ShareAlike License", "LicenseRef-CC-BY-SA-unversioned"),
    ],
)
def test_without_version_it_stays_without(text: str, expected: str) -> None:
    answer = recognise(text)
    assert answer.license is not None
    assert (answer.license.id, answer.license.version, answer.license.url) == (expected, None, None)
    assert answer.sure == "weak"


def test_an_unknown_place_is_admitted() -> None:
    answer = recognise("Attribution-ShareAlike 3.0 Ruritania")
    assert answer.license is not None
    assert (answer.license.id, answer.sure) == ("CC-BY-SA-3.0", "weak")


@pytest.mark.parametrize(
    "text",
    [
        "CC0 4.0",
        "CC BY 3.5",
        "CC BY-SA 4.0 de",
        "Attribution-ShareAlike 4.0 Germany",
        "CC BY-ND-SA 4.0",
        "CC BY-NX 4.0",
        "CC BY 4.0 NC",
        "CC BY 4.0 NonCommercial",
        "Creative Commons Attribution-NonCommerical 4.0",  # a typo must not be read as plain BY
        "Creative Commons Attribution NonComm 4.0",
        "CC BY 4.0, for non-commercial use only",
        "CC BY 4.0, no derivatives please",
        "CC BY 4.0 for personal use only",
        "CC BY 4.0. Verwendung im Rahmen der Quellenangabe, keine kommerzielle Nutzung",
        "CC BY 4.0 with NC",
        "CC BY 2.0 or CC BY-NC 2.0",
        "CC BY 2.0 / CC BY 3.0 photos",
        "CC-BY-4.0 AND MIT",
        "Apache-2.0 OR MIT",
        "CC BY-NC 2.0 http://creativecommons.org/licenses/by/2.0/",
        "CC BY 2.0 http://creativecommons.org/licenses/by/4.0/",
        "http://creativecommons.org/licenses/by/2.0/ and http://creativecommons.org/licenses/by-nc/2.0/",
        "licensed at https://creativecommons.org/licenses/by/3.5/",
        "CC BY 4.0, see https://creativecommons.org/licenses/by/9.0/",
        "Creative Commons",
        "creative commons license 2.0",
        "cc",
        "Some rights reserved",
        "Attribution License",
        "Photo CC by Jane Doe",
        "not in the public domain",
    ],
)
def test_not_understood(text: str) -> None:
    assert recognise(text).license is None


@pytest.mark.parametrize(
    "text", ["", "   ", "a sunny day in 2.0 Paris", "Share alike", "by John", "Attribution matters"]
)
def test_not_a_license(text: str) -> None:
    assert recognise(text).state == "not_a_license"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_never_raises_on_text(text: str) -> None:
    answer = recognise(text)
    assert (answer.license is not None) == (answer.state == "known")


PIECES = [
    "cc",
    "by",
    "nc",
    "nd",
    "sa",
    "-",
    " ",
    "2.0",
    "4.0",
    "9",
    "Attribution",
    "creative commons",
    "de",
    "/",
    "//",
    "(",
    "+",
]
PIECES += [
    "creativecommons.org/licenses/",
    "http:",
    "license",
    "0",
    "zero",
    "AND",
    "表示",
    "\u0130",
    "İ",
    "ß",
    "public domain mark",
]


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_never_raises_on_near_licences(text: str) -> None:
    answer = recognise(text)
    assert answer.state in ("known", "not_understood", "not_a_license")
    assert (answer.license is not None) == (answer.state == "known")


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(
        ["CC BY", "cc-by", "Creative Commons Attribution", "CC-BY-SA", "BY", "CC BY 4.0", "Attribution 4.0"]
    ),
    st.sampled_from(["-", " ", "/", "_", "+", ".", " - ", ", ", " (", "–"]),
    st.sampled_from(
        [
            "NC",
            "nc",
            "NonCommercial",
            "Non-Commercial",
            "Nicht-kommerziell",
            "NC-XX",
            "NC-ND-SA",
            "non commercial",
        ]
    ),
    st.sampled_from(["", " 2.0", "-3.0", " 4.0", " 4.0 International", " 9.0", " License"]),
)
def test_a_noncommercial_condition_is_never_lost(head: str, join: str, condition: str, tail: str) -> None:
    found = recognise(f"{head}{join}{condition}{tail}").license
    assert found is None or found.nc


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa"]),
    st.sampled_from(["1.0", "2.0", "2.5", "3.0", "4.0"]),
    st.sampled_from(["CC {u} {v}", "cc-{u}-{v}", "CC_{u}_{v}", "CC {u} v{v}", "CC-{u}, version {v}"]),
    st.sampled_from(["", " ", "\t"]),
    st.booleans(),
)
def test_code_spellings_agree(unit: str, version: str, shape: str, space: str, upper: bool) -> None:
    text = shape.format(u=unit, v=version)
    answer = recognise(space + (text.upper() if upper else text) + space)
    assert answer.license is not None
    assert answer.license.version == version
    assert frozenset((answer.license.unit or "").split("-")) == frozenset(unit.split("-"))
