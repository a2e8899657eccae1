"""SPDX expressions: read by the grammar, and never turned into one licence wrongly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.licenses.expressions import parse
from crawler.licenses.recognise import recognise

IDS = ["CC-BY-4.0", "CC-BY-SA-3.0", "CC0-1.0", "GFDL-1.3-or-later", "MIT", "LicenseRef-unsplash"]


def ways(text: str) -> list[list[str]]:
    return [[entry.id for entry in way] for way in recognise(text).ways]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC-BY-4.0 OR MIT", [["CC-BY-4.0"], ["MIT"]]),
        ("cc-by-4.0 or mit", [["CC-BY-4.0"], ["MIT"]]),
        ("CC-BY-4.0 AND MIT", [["CC-BY-4.0", "MIT"]]),
        ("CC-BY-4.0 AND (MIT OR Apache-2.0)", [["CC-BY-4.0", "MIT"], ["CC-BY-4.0", "Apache-2.0"]]),
        ("MIT OR CC0-1.0 AND CC-BY-4.0", [["MIT"], ["CC0-1.0", "CC-BY-4.0"]]),
        ("CC-BY-SA-3.0+", [["CC-BY-SA-3.0"], ["CC-BY-SA-4.0"]]),
        ("License: MIT OR Apache-2.0", [["MIT"], ["Apache-2.0"]]),
    ],
)
def test_several_licences_are_no_single_one(text: str, expected: list[list[str]]) -> None:
    found = recognise(text)
    assert ways(text) == expected
    assert (found.license, found.state) == (None, "not_understood")
    assert "expression" in found.how


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(CC-BY-4.0)", "CC-BY-4.0"),
        ("((MIT))", "MIT"),
        ("CC-BY-4.0+", "CC-BY-4.0"),  # there is no later one
        ("GFDL-1.2+", "GFDL-1.2-or-later"),
        ("GFDL-1.2", "GFDL-1.2-only"),
        ("CC-BY-4.0 OR CC-BY-4.0", "CC-BY-4.0"),
        ("CC0-1.0 AND CC0-1.0", "CC0-1.0"),
    ],
)
def test_one_licence_in_the_form_of_an_expression(text: str, expected: str) -> None:
    entry = recognise(text).license
    assert entry is not None
    assert entry.id == expected


@pytest.mark.parametrize(
    "text",
    [
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "CC-BY-4.0 OR Nobodys-1.0",
        "CC-BY-4.0 AND",
        "OR MIT",
        "(CC-BY-4.0 OR MIT",
        "CC-BY-4.0 MIT",
        "CC BY 4.0 AND MIT",
        "(" * 60 + "MIT OR CC0-1.0" + ")" * 60,
    ],
)
def test_unknown_parts_and_broken_grammar_stay_so(text: str) -> None:
    assert recognise(text).license is None
    assert recognise(text).ways == ()


def test_choice_and_sum_are_told_apart() -> None:
    either, both = recognise("CC-BY-4.0 OR MIT"), recognise("CC-BY-4.0 AND MIT")
    assert [entry.id for entry in either.choice] == ["CC-BY-4.0", "MIT"]
    assert either.all_of == ()
    assert [entry.id for entry in both.all_of] == ["CC-BY-4.0", "MIT"]
    assert both.choice == ()
    assert recognise("CC-BY-4.0 AND (MIT OR CC0-1.0)").choice == ()


EXPRESSIONS = st.recursive(
    st.sampled_from(IDS),
    lambda inner: st.tuples(inner, st.sampled_from([" OR ", " AND "]), inner).map(
        lambda part: f"({part[0]}{part[1]}{part[2]})"
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS)
def test_every_expression_of_known_ids_is_read(text: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.unknown == ()
    named = {each for each in IDS if each in text}
    assert {entry.id for way in found.ways for entry in way} <= named
    if " OR " not in text:
        assert {entry.id for entry in found.ways[0]} == named
    if " AND " not in text:
        assert {way[0].id for way in found.ways} == named
