"""Whole licence texts: the title decides, and the clauses must agree with it."""

import pytest

from crawler.licenses.legal_code import SHORTEST, from_legal_code
from crawler.licenses.recognise import recognise

HEAD = "CREATIVE COMMONS CORPORATION IS NOT A LAW FIRM AND DOES NOT PROVIDE LEGAL SERVICES.\n"
ENGLISH = "THE WORK (AS DEFINED BELOW) IS PROVIDED UNDER THE TERMS OF THIS LICENSE.\n"
ADAPT = "to create and reproduce Derivative Works;\n"
NC = "in any manner that is primarily intended for or directed toward commercial advantage.\n"
SA = "You may distribute a Derivative Work only under the terms of this License.\n"
OTHERS = "a license with the same elements (e.g. Attribution-ShareAlike 2.5 Japan).\n"
FILL = "Sections four and five survive any termination.\n" * (SHORTEST // 40)


@pytest.mark.parametrize(
    ("title", "clauses", "expected"),
    [
        ("Attribution 2.0", ADAPT, "CC-BY-2.0"),
        ("Attribution-NonCommercial 2.0", ADAPT + NC, "CC-BY-NC-2.0"),
        ("Attribution-NoDerivs 2.0", "", "CC-BY-ND-2.0"),
        ("Attribution-NonCommercial-NoDerivs 2.0", NC, "CC-BY-NC-ND-2.0"),
        ("Attribution-NonCommercial-ShareAlike 2.5", ADAPT + NC + SA + OTHERS, "CC-BY-NC-SA-2.5"),
        ("Attribution-ShareAlike 2.5", ADAPT + SA + OTHERS, "CC-BY-SA-2.5"),
    ],
)
def test_siblings_are_told_apart(title: str, clauses: str, expected: str) -> None:
    found = recognise(f"Creative Commons Legal Code\n\n{title}\n\n{HEAD}{ENGLISH}{clauses}{FILL}")
    assert found.license is not None
    assert (found.license.id, found.how) == (expected, "legal code")


@pytest.mark.parametrize(
    ("title", "clauses"),
    [
        ("Attribution 2.0", ADAPT + NC),
        ("Attribution 2.0", ""),
        ("Attribution-NonCommercial 2.0", ADAPT),
        ("Attribution-ShareAlike 2.0", ADAPT),
        ("Attribution 3.5", ADAPT),
        ("", ADAPT),
    ],
)
def test_title_and_clauses_must_agree(title: str, clauses: str) -> None:
    found = recognise(f"{title}\n\n{HEAD}{ENGLISH}{clauses}{FILL}")
    assert (found.state, found.license) == ("not_understood", None)


def test_ports_need_their_place_in_the_title() -> None:
    head = "Creative Commons ist keine Rechtsanwaltskanzlei und leistet keine Rechtsberatung.\n"
    named = recognise(f"Creative Commons Namensnennung 3.0 Deutschland\n{head}{FILL}")
    unnamed = recognise(f"Creative Commons Namensnennung 3.0\n{head}{FILL}")
    assert named.license is not None
    assert named.license.id == "CC-BY-3.0-DE"
    assert unnamed.state == "not_understood"


def test_a_notice_is_no_legal_code() -> None:
    assert from_legal_code(f"Attribution 2.0\n{HEAD}") is None
    assert from_legal_code(FILL * 2) is None
