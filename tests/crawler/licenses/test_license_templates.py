"""Commons' licence templates: one licence, a choice of several, or not understood."""

import pytest

from crawler.licenses.recognise import recognise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{Cc-by-sa-4.0}}", "CC-BY-SA-4.0"),
        ("{{cc-by-sa-3.0|Jane Doe}}", "CC-BY-SA-3.0"),
        ("{{cc-by-2.0|from an album that is CC BY-NC 4.0}}", "CC-BY-2.0"),
        ("{{cc-by-sa-3.0,2.5,2.0,1.0}}", "CC-BY-SA-3.0"),
        ("{{self|cc-by-sa-4.0|author=[[User:Jane|Jane]]}}", "CC-BY-SA-4.0"),
        ("{{Self|cc-zero}}", "CC0-1.0"),
        ("{{GFDL-1.2}}", "GFDL-1.2-only"),
        ("{{GFDL|migration=relicense}}", "LicenseRef-GFDL-unversioned"),
        ("{{FAL}}", "LAL-1.3"),
        ("{{OGL3}}", "OGL-UK-3.0"),
        ("{{PD-USGov-NASA}}", "LicenseRef-us-government-work"),
        ("{{PD-old-70-expired}}", "LicenseRef-public-domain"),
        ("PD-Art|PD-old-70", "LicenseRef-public-domain"),
        ("{{PD-Art|PD-old-100-expired}}", "LicenseRef-public-domain"),
        ("{{PD-scan|PD-US-expired}}", "LicenseRef-public-domain"),
    ],
)
def test_one_licence(text: str, expected: str) -> None:
    found = recognise(text)
    assert found.license is not None
    assert (found.license.id, found.matched, found.ways) == (expected, text, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{self|GFDL|cc-by-sa-3.0,2.5,2.0,1.0}}", ["LicenseRef-GFDL-unversioned", "CC-BY-SA-3.0"]),
        ("{{self|cc-by-sa-4.0|FAL|author=Jane Doe}}", ["CC-BY-SA-4.0", "LAL-1.3"]),
    ],
)
def test_self_offers_a_choice(text: str, expected: list[str]) -> None:
    found = recognise(text)
    assert found.license is None
    assert [entry.id for entry in found.choice] == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{self}}",
        "{{self|foo|cc-by-4.0}}",
        "{{PD-Art|cc-by-4.0}}",
        "{{PD-Art|PD-unheard-of}}",
        "{{Licensed-PD-Art|PD-old-100-expired|Cc-by-sa-4.0}}",
        "{{cc-by-sa-4.0}} {{GFDL}}",
        "{{}}",
        "{{|}}",
    ],
)
def test_not_understood(text: str) -> None:
    found = recognise(text)
    assert found.license is None
    assert found.ways == ()
