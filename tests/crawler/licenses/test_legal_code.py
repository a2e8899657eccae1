"""Whole licence texts: the title decides, and the clauses must agree with it."""

import pytest

from crawler.licenses import registry
from crawler.licenses.legal_code import SHORTEST, from_legal_code
from crawler.licenses.recognise import recognise

HEAD = "CREATIVE COMMONS CORPORATION IS NOT A LAW FIRM AND DOES NOT PROVIDE LEGAL SERVICES.\n"
ENGLISH = "THE WORK (AS DEFINED BELOW) IS PROVIDED UNDER THE TERMS OF THIS LICENSE.\n"
BY = "You must give the Original Author credit reasonable to the medium.\n"
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
    found = recognise(f"Creative Commons Legal Code\n\n{title}\n\n{HEAD}{ENGLISH}{BY}{clauses}{FILL}")
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
    found = recognise(f"{title}\n\n{HEAD}{ENGLISH}{BY}{clauses}{FILL}")
    assert (found.state, found.license) == ("not_understood", None)


def test_ports_need_their_place_in_the_title() -> None:
    head = "Creative Commons ist keine Rechtsanwaltskanzlei und leistet keine Rechtsberatung.\n"
    named = recognise(f"Creative Commons Namensnennung 3.0 Deutschland\n{head}{FILL}")
    unnamed = recognise(f"Creative Commons Namensnennung 3.0\n{head}{FILL}")
    assert named.license is not None
    assert named.license.id == "CC-BY-3.0-DE"
    assert unnamed.state == "not_understood"


GERMAN = "CREATIVE COMMONS IST KEINE RECHTSANWALTSGESELLSCHAFT UND LEISTET KEINE RECHTSBERATUNG.\n"
FRENCH = "Creative Commons n’est pas un cabinet d’avocats et ne fournit pas de conseil.\n"
JAPANESE = "クリエイティブ・コモンズ及びクリエイティブ・コモンズ・ジャパンは法律事務所ではありません。\n"


@pytest.mark.parametrize(
    ("title", "law", "expected"),
    [
        (
            f"Namensnennung — Nicht-kommerziell — Weitergabe unter gleichen Bedingungen 2.0\n{GERMAN}",
            "Auf diesen Lizenzvertrag findet das Recht der Bundesrepublik Deutschland Anwendung.",
            "CC-BY-NC-SA-2.0-DE",
        ),
        (
            f"Namensnennung 3.0\n{GERMAN}",
            "findet auf diesen Lizenzvertrag das Recht der Republik Österreich Anwendung.",
            "CC-BY-3.0-AT",
        ),
        (
            f"Creative Commons Paternité - Pas d'Utilisation Commerciale 2.0\n{FRENCH}",
            "Le droit applicable est le droit français.",
            "LicenseRef-CC-BY-NC-2.0-FR",
        ),
        (
            f"アトリビューション—シェアアライク 2.1\n（帰属—同一条件許諾）\n{JAPANESE}",
            "この利用許諾は、日本法に基づき解釈される。",
            "CC-BY-SA-2.1-JP",
        ),
        (
            f"Attribution 2.0\n{HEAD}{ENGLISH}",
            "This Licence is governed by the law of England and Wales and the parties submit to its courts.",
            "LicenseRef-CC-BY-2.0-UK",
        ),
        (
            f"Attribution-ShareAlike 2.5\n{HEAD}{ENGLISH}",
            "shall be construed in accordance with the laws in force in South Africa.",
            "LicenseRef-CC-BY-SA-2.5-ZA",
        ),
    ],
)
def test_a_port_is_known_by_the_law_it_is_under(title: str, law: str, expected: str) -> None:
    found = recognise(f"{title}{FILL}{law}\n")
    assert found.license is not None, found
    assert (found.license.id, found.how) == (expected, "legal code")


def test_title_and_law_must_agree() -> None:
    found = recognise(f"Namensnennung 3.0 Österreich\n{GERMAN}{FILL}Recht der Bundesrepublik Deutschland.")
    assert (found.state, found.license) == ("not_understood", None)


@pytest.mark.parametrize(
    ("title", "clauses", "expected"),
    [
        ("NonCommercial 1.0", ADAPT + NC, "LicenseRef-CC-NC-1.0"),
        ("ShareAlike 1.0", ADAPT + SA, "CC-SA-1.0"),
        ("NoDerivs 1.0", "", "LicenseRef-CC-ND-1.0"),
        ("Developing Nations 2.0", BY + ADAPT, "LicenseRef-CC-DEVNATIONS-2.0"),
        ("Sampling 1.0", BY, "LicenseRef-CC-SAMPLING-1.0"),
        ("Sampling Plus 1.0", BY, "LicenseRef-CC-SAMPLING-PLUS-1.0"),
        ("NonCommercial Sampling Plus 1.0", BY + NC, "LicenseRef-CC-NC-SAMPLING-PLUS-1.0"),
        ("CC0 1.0 Universal", "The person associating CC0 with a Work (the Affirmer) waives.\n", "CC0-1.0"),
    ],
)
def test_retired_tools_and_cc0(title: str, clauses: str, expected: str) -> None:
    english = "" if "CC0" in title else ENGLISH
    found = recognise(f"Creative Commons Legal Code\n\n{title}\n\n{HEAD}{english}{clauses}{FILL}")
    assert found.license is not None, found
    assert found.license.id == expected


@pytest.mark.parametrize("sign", [" * ", "# ", "// ", "> ", "% "])
def test_comment_signs_do_not_matter(sign: str) -> None:
    cut = "in any manner that is primarily\nintended for or directed\ntoward commercial advantage.\n"
    text = f"Attribution-NonCommercial 2.0\n\n{HEAD}{ENGLISH}{BY}{ADAPT}{cut}{FILL}"
    found = recognise("".join(sign + line for line in text.splitlines(keepends=True)))
    assert found.license is not None, found
    assert found.license.id == "CC-BY-NC-2.0"


def test_four_names_itself_without_a_title() -> None:
    body = (
        "By exercising the Licensed Rights (defined below), You accept the terms of this Creative Commons "
        'Attribution-NonCommercial 4.0 International Public License ("Public License").\n'
        "produce, reproduce, and Share Adapted Material for NonCommercial purposes only.\n"
        "not primarily intended for or directed towards commercial advantage.\n"
        "identification of the creator(s) of the Licensed Material.\n"
    )
    found = recognise(body + FILL)
    assert found.license is not None, found
    assert found.license.id == "CC-BY-NC-4.0"


COMPATIBLE = (
    "These terms are compatible with the Creative Commons Attribution License 4.0.\n"
    "This is version 3.0 of the Open Government Licence."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"GNU Free Documentation License\nVersion 1.3, 3 November 2008\n{FILL}", "GFDL-1.3-only"),
        (f"GNU Free Documentation License\nVersion 1.2, November 2002\n{FILL}", "GFDL-1.2-only"),
        (
            f"Open Government Licence for public sector information\n{FILL}{COMPATIBLE}",
            "OGL-UK-3.0",
        ),
        (f"Free Art License 1.3 (FAL 1.3)\nPreamble\n{FILL}", "LAL-1.3"),
    ],
)
def test_texts_of_others_are_not_creative_commons(text: str, expected: str) -> None:
    found = recognise(text).license
    assert found is not None
    assert found.id == expected


def test_every_fact_names_an_entry_or_a_place() -> None:
    data = registry.table("legal_code")
    ports = set(registry.table("creative_commons")["places"])
    assert set(data["law"]) <= ports
    for text in data["text"]:
        assert registry.by_id(text["id"])
        assert text["source"]
        assert all(phrase == phrase.lower() for phrase in text["phrases"])


def test_a_notice_is_no_legal_code() -> None:
    assert from_legal_code(f"Attribution 2.0\n{HEAD}") is None
    assert from_legal_code(FILL * 2) is None
