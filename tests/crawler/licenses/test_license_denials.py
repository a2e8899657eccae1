"""A licence named only to say that it does not hold; and words beside a licence that say nothing against it."""

import pytest

from crawler.licenses.recognise import recognise


@pytest.mark.parametrize(
    "text",
    [
        "This work is not licensed under CC BY 4.0",
        "This image isn't licensed under CC BY 4.0",
        "This image isn’t available under the CC BY 4.0 licence",
        "No CC BY 4.0 licence applies",
        "no longer CC BY 2.0",
        "This photo is no longer available under CC BY 2.0",
        "used to be CC BY 2.0",
        "never released under CC BY 2.0",
        "CC BY 2.0 no longer applies",
        "The CC BY 4.0 licence does not apply to this photo",
        "CC BY 4.0 applies only to the text",
        "CC BY 4.0 except photos",
        "CC BY 4.0 (images excluded)",
        "This photo is excluded from the CC BY 4.0 licence",
        "This photo is not covered by the CC BY 4.0 licence",
        "not included in the article's Creative Commons licence CC BY 4.0",
        "Reproduced with permission; not CC BY 4.0",
        "more permissive than CC BY 4.0",
        "Any licence except CC BY-NC 4.0",
        "We don't accept CC BY-NC 4.0",
        "Do not upload CC BY-NC 4.0 images",
        "Is it CC BY 4.0?",
        "http://creativecommons.org/licenses/by/2.0/ is no longer valid",
        "Dieses Bild steht nicht unter CC BY 4.0",
        "Cette image n'est pas sous licence CC BY 4.0",
        "was licensed under CC BY 2.0, now all rights reserved",
        "Text CC BY-SA 3.0, images all rights reserved",
        "All images © Jane Doe, all rights reserved. The text is CC BY 4.0.",
        "Based on a work under CC BY 2.0; this adaptation is all rights reserved",
        "CC BY 4.0 (all rights reserved)",
    ],
)
def test_what_is_denied_is_no_licence(text: str) -> None:
    assert recognise(text).license is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where not otherwise noted this work is licensed under CC BY 4.0", "CC-BY-4.0"),
        ("Except where otherwise noted, content is available under CC BY 4.0", "CC-BY-4.0"),
        ("Not for commercial use, CC BY-NC 2.0", "CC-BY-NC-2.0"),
        ("I am not the author. Licensed under CC BY 4.0", "CC-BY-4.0"),
        ("unknown author, CC BY 4.0", "CC-BY-4.0"),
        ("Please do not remove this notice. CC BY 4.0", "CC-BY-4.0"),
        ("CC BY 4.0. This does not apply to logos.", "CC-BY-4.0"),
        ("It was reviewed and confirmed to be licensed under the terms of the cc-by-2.0.", "CC-BY-2.0"),
        ("foto.no CC BY 2.0", "CC-BY-2.0"),
        ("Pas de Calais, CC BY 4.0", "CC-BY-4.0"),
        ("Sofern nicht anders angegeben, steht der Inhalt unter CC BY 4.0", "CC-BY-4.0"),
        ("Photo: MIT News, https://creativecommons.org/licenses/by-nc-nd/3.0/", "CC-BY-NC-ND-3.0"),
        ("CC BY 3.0, attribution is no longer required", "CC-BY-3.0"),
        ("© 2020 Jane Doe | All rights reserved | CC BY 4.0", "CC-BY-4.0"),
        ("CC BY-NC 4.0 (no commercial use without permission)", "CC-BY-NC-4.0"),
    ],
)
def test_what_is_not_denied_stays(text: str, expected: str) -> None:
    found = recognise(text).license
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize(
    "text",
    [
        # The name again in brackets, but another one.
        "Creative Commons Attribution (CC BY-NC) 4.0",
        "Creative Commons Attribution (CC NC) 2.0",
        "Attribution-ShareAlike (CC BY-NC-SA) 4.0",
        "CC BY (CC BY-ND) 4.0",
        # What stands before or after was not read: a typo, or a language that we do not know.
        "Atribution-NonCommercial-ShareAlike 1.0",
        "Attribution-Foo-NonCommercial-ShareAlike 1.0",
        "Xyz-NonCommercial-NoDerivs 1.0",
        "Creative Commons Attribution, Nekomerca 4.0",
        # The second number is no version, or another licence's.
        "CC BY 2.0, 3.0 MP",
        "CC BY-SA 3.0/4.0",
        # Its words name one port, its address another.
        "Creative Commons Attribution 3.0 Germany https://creativecommons.org/licenses/by/3.0/us/",
        # A second licence, by its address or name.
        "CC BY-SA 3.0 (http://creativecommons.org/licenses/by-sa/3.0) or GFDL",
        "CC BY-SA 3.0 (http://creativecommons.org/licenses/by-sa/3.0) or GFDL (http://www.gnu.org/copyleft/fdl.html)",
    ],
)
def test_a_condition_or_licence_beside_it_is_never_swallowed(text: str) -> None:
    assert recognise(text).license is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Licensed under CC BY. Version 2.0 of this album", "LicenseRef-CC-BY-unversioned"),
        ("CC BY v. 2.0", "CC-BY-2.0"),
        ("CC BY 2.0. Japan, 2010", "CC-BY-2.0"),
        ("CC BY 2.0 Japan", "LicenseRef-CC-BY-2.0-JP"),
    ],
)
def test_a_sentence_ends_a_name(text: str, expected: str) -> None:
    found = recognise(text).license
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＣＣ　ＢＹ－ＳＡ　４．０", "CC-BY-SA-4.0"),
        ("<p>Creative Commons <b>Attribution</b>-<i>NonCommercial</i> 4.0</p>", "CC-BY-NC-4.0"),
        ("本文采用 https://creativecommons.org/licenses/by-nc-sa/4.0/，转载请注明", "CC-BY-NC-SA-4.0"),
        ("本作品採用知識共享署名-非商業性使用-禁止演繹 4.0 國際許可協議進行許可。", "CC-BY-NC-ND-4.0"),
        ("نَسْبُ الـمُصنَّف، غير تجاري، الترخيص بالمثل 4.0 دولي", "CC-BY-NC-SA-4.0"),
        ("Giấy phép Creative Commons Ghi công-Phi thương mại-Không phái sinh 4.0 Quốc tế", "CC-BY-NC-ND-4.0"),
        ("Atribución/Reconocimiento-NoComercial-SinDerivados 4.0 Internacional", "CC-BY-NC-ND-4.0"),
        ("Autorile viitamine + Tuletatud teoste keeld 3.0 Eesti", "LicenseRef-CC-BY-ND-3.0-EE"),
        ("http://i.creativecommons.org/l/publicdomain/88x31.png", "CC-PDDC"),
        ("KOGL Type 1", "LicenseRef-KOGL-1"),
        ("GODL-India", "LicenseRef-GODL-India"),
    ],
)
def test_written_otherwise(text: str, expected: str) -> None:
    found = recognise(text).license
    assert found is not None
    assert found.id == expected


def test_full_width_letters_make_no_address() -> None:
    assert recognise("https://ｃreativecommons.org/licenses/by/4.0/").license is None
    assert recognise("https://creativecommons.org．evil.example/licenses/by/4.0/").license is None


def test_words_with_a_port_and_an_address_without_are_weak() -> None:
    found = recognise("CC BY-SA 3.0 DE (https://creativecommons.org/licenses/by-sa/3.0/)")
    assert found.license is not None
    assert (found.license.id, found.sure) == ("CC-BY-SA-3.0", "weak")
