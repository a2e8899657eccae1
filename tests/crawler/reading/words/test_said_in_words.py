"""Releases, limits, minors and AI as people say them: seven languages, negations, and prose that states nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Basis, Field, Scope
from crawler.reading.pages.html import parse
from crawler.reading.words import minors, people, releases, said_in_words
from crawler.reading.words.ai_generated import is_source_type

M, P = "model_release", "property_release"


def said(text: str) -> set[tuple[str, str | None]]:
    return {(str(c.field), c.value) for c in releases.from_text(text, Scope.IMAGE, "/d")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Model release: Yes", "yes"),
        ("Model release: y", "yes"),
        ("model release (s) = signed", "yes"),
        ("MR on file", "yes"),
        ("MR: yes. Studio, 2019", "yes"),
        ("Signed model release on file for everybody shown.", "yes"),
        ("Model release available on request", "yes"),
        ("I have a signed model release", "yes"),
        ("This photo is fully model released.", "yes"),
        ("Release info: Model released", "yes"),
        ("http://ns.useplus.org/ldf/vocab/MR-UMR", "yes"),
        ("Model-Release liegt vor", "yes"),
        ("Modelfreigabe vorhanden", "yes"),
        ("Model release : oui", "yes"),
        ("Autorización del modelo: sí", "yes"),
        ("Liberatoria del modello: disponibile", "yes"),
        ("Quitclaim aanwezig", "yes"),
        ("Autorização do modelo: sim", "yes"),
        ("Model release: no", "no"),
        ("MR: no", "no"),
        ("no model release", "no"),
        ("Model release not available", "no"),
        ("Not model released.", "no"),
        ("This image has no model release", "no"),
        ("We don't have a model release", "no"),
        ("No model release, so you may only print it", "no"),
        ("Model-Release liegt nicht vor.", "no"),
        ("Kein Model-Release", "no"),
        ("Autorisation de modèle : non disponible", "no"),
        ("Sin autorización de modelo", "no"),
        ("Geen quitclaim", "no"),
        ("Sem autorização de modelo.", "no"),
        ("Model release: n/a", "not_applicable"),
        ("No model release required", "not_applicable"),
        ("Model release: entfällt", "not_applicable"),
        ("Model release: limited", "limited"),
    ],
)
def test_model_releases(text: str, value: str) -> None:
    assert said(text) == {(M, value)}
    assert said(f"A day at the sea. {text} \nCanon") == {(M, value)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Model and property release: yes", {(M, "yes"), (P, "yes")}),
        ("No model or property releases", {(M, "no"), (P, "no")}),
        ("Releases: Model - yes | Property - no", {(M, "yes"), (P, "no")}),
        ("Release info: Not released. More information", {(M, "no"), (P, "no")}),
        ("Model release: Yes Property release: No", {(M, "yes"), (P, "no")}),
        ("PR: yes", {(P, "yes")}),
        ("Eigentumsfreigabe: nein", {(P, "no")}),
        ("MR-LMR PR-NON", {(M, "limited"), (P, "no")}),
    ],
)
def test_both_kinds(text: str, expected: set[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Model release: 12345",
        "Model release: No. 4711",
        "MR: 99120",
        "Model release ID 7",
        "You may need a model release",
        "Without a model release you can't use it commercially",
        "If there is no model release, ask.",
        "Images with no model release can only be used editorially",
        "Make sure a model release is on file before publishing",
        "Is a model release available?",
        "Do you need a model release? Yes",
        "All our images have model releases",
        "Model release no longer needed",
        "This model release form is available to download",
        "A model release is a contract between two people.",
        "The new model, released in May, is here.",
        "Press release: yes",
        "Mr: yes",
        "released under CC BY 2.0",
    ],
)
def test_prose_numbers_and_questions_state_nothing(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "For editorial use only",
        "EDITORIAL USE ONLY!",
        "Restricted to editorial use.",
        "Usage: Editorial",
        "nur redaktionelle Nutzung",
        "Nur zur redaktionellen Verwendung",
        "Usage éditorial uniquement",
        "Sólo para uso editorial",
        "Solo uso editoriale",
        "Alleen voor redactioneel gebruik",
        "Apenas uso editorial",
    ],
)
def test_editorial_use_only(text: str) -> None:
    found = said_in_words.from_text(f"Harbor, 2019. {text}", Scope.IMAGE, "/d")
    assert {(c.field, c.value) for c in found} == {
        (Field.RESTRICTION, "editorial"),
        (Field.MODEL_RELEASE, "editorial"),
    }
    assert {c.basis for c in found} == {Basis.STATED}
    assert all(c.raw in text or c.raw.strip(" .!") in text for c in found)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("This image contains a registered trademark.", "trademarked"),
        ("This logo may be protected as a trademark", "trademarked"),
        ("Das Zeichen ist markenrechtlich geschützt.", "trademarked"),
        ("Personality rights apply.", "personality"),
        ("This photograph is subject to personality rights", "personality"),
        ("Persönlichkeitsrechte der Abgebildeten beachten!", "personality"),
        ("Acme is a registered trademark of Acme Inc.", None),
        ("This picture contains no trademarks", None),
        ("A lecture on personality rights", None),
    ],
)
def test_trademarks_and_the_rights_of_persons(text: str, value: str | None) -> None:
    found = said_in_words.from_text(text, Scope.IMAGE, "/d")
    assert [(c.field, c.value) for c in found] == ([(Field.RESTRICTION, value)] if value else [])


@pytest.mark.parametrize(
    "text",
    [
        "Images marked 'editorial use only' can't be sold",
        "The editorial team only",
        "What does editorial use only mean?",
    ],
)
def test_prose_about_editorial_use_states_nothing(text: str) -> None:
    assert said_in_words.from_text(text, Scope.IMAGE, "/d") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AI-generated image", True),
        ("Generated with AI", True),
        ("Made in Midjourney v6", True),
        ("Mit KI erstellt", True),
        ("Générée par l'IA", True),
        ("generada con inteligencia artificial", True),
        ("DALL·E 3", True),
        ("not AI-generated", False),
        ("Made without Midjourney", False),
        ("Ai made this by hand", False),
        ("Dalí museum", False),
    ],
)
def test_ai_in_words_is_a_keyword(text: str, *, found: bool) -> None:
    claims = said_in_words.from_title(text, Scope.IMAGE, "/title")
    assert [(c.field, c.value, c.basis) for c in claims] == [
        (Field.AI_GENERATED, "yes", Basis.KEYWORD)
    ] * found


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("trainedAlgorithmicMedia", True),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", True),
        ("https://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia", True),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", False),
        ("algorithmicMedia", False),
    ],
)
def test_digital_source_types(word: str, *, made: bool) -> None:
    assert is_source_type(word) is made


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("My daughter at the sea", True),
        ("Mother and child", True),
        ("Lina, 7 years old", True),
        ("Sam (aged 9)", True),
        ("5-year-old painter", True),
        ("3 months old", True),
        ("Ein kleines Mädchen, 6 Jahre alt", True),
        ("Baby elephant", False),
        ("Children's hospital", False),
        ("Kind regards", False),
        ("12 year old whisky", False),
        ("aged 45", False),
        ("A 300 years old tree", False),
        ("Kiddie", False),
    ],
)
def test_children_in_titles_are_keywords(title: str, *, found: bool) -> None:
    claims = said_in_words.from_title(title, Scope.IMAGE, "/title")
    assert [(c.value, c.basis) for c in claims] == [("minor", Basis.KEYWORD)] * found


def test_descriptions_are_searched_for_ages_only() -> None:
    assert said_in_words.from_text("Where we played as children", Scope.IMAGE, "/d") == []
    (claim,) = said_in_words.from_text("My nephew, 4 years old, runs", Scope.IMAGE, "/d")
    assert (claim.value, claim.raw, claim.basis) == ("minor", "4 years old", Basis.KEYWORD)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("AG-U14", "minor"),
        ("AG-A17", "minor"),
        ("AG-A18", "adult"),
        ("AG-A25", "adult"),
        ("AG-UNK", None),
        ("x", None),
    ],
)
def test_age_codes_are_stated(code: str, value: str | None) -> None:
    assert minors.from_code(f"http://ns.useplus.org/ldf/vocab/{code}") == value
    claims = minors.from_text(code, Scope.IMAGE, "/x")
    assert [(c.value, c.basis) for c in claims] == ([(value, Basis.STATED)] if value else [])


def test_release_codes() -> None:
    assert releases.from_code("http://ns.useplus.org/ldf/vocab/MR-NON") == (Field.MODEL_RELEASE, "no")
    assert releases.from_code("PR-UPR") == (Field.PROPERTY_RELEASE, "yes")
    assert releases.from_code("MR-XYZ") is None


def test_tags_in_any_order() -> None:
    tags = ["Woman", "baby", "AI generated", "portrait", "sea"]
    claims = said_in_words.from_tags(tags, "/tags")
    assert claims == said_in_words.from_tags(list(reversed(tags)), "/tags")
    assert [(str(c.field), c.value, c.raw) for c in claims] == [
        ("minors", "minor", "baby"),
        ("people", "person", "Woman"),
        ("ai_generated", "yes", "AI generated"),
    ]
    assert {c.basis for c in claims} == {Basis.KEYWORD}
    assert people.from_tags(["portrait", "manhattan", "humane"], "/tags") == []


def test_markup_and_entities_of_a_description_are_no_part_of_it() -> None:
    (claim,) = said_in_words.from_text("<b>Model&nbsp;release:</b> <i>no</i>", Scope.IMAGE, "/d")
    assert (claim.value, claim.raw) == ("no", "Model release: no")


@pytest.mark.parametrize(("language", "expected"), [("de", [("model_release", "no")]), ("en", []), ("", [])])
def test_words_of_a_language_are_sought_on_its_pages(language: str, expected: list[tuple[str, str]]) -> None:
    body = f'<html lang="{language}"><body><p>Modellfreigabe: nein</p></body></html>'.encode()
    claims = said_in_words.read(parse(body, "https://page.example/1"), body)
    assert [(str(c.field), c.value) for c in claims] == expected


@pytest.mark.parametrize(
    "text",
    [
        "release" + " " * 200_000 + "model",
        "model release" + "\x1f " * 100_000,
        "1 " * 100_000,
        "made with " * 20_000,
        "no " * 60_000 + "model release",
        "<b" * 50_000,
        "&amp" * 50_000,
        "editorial use " * 20_000,
        "aged " * 40_000,
    ],
)
def test_hostile_texts_cost_no_more_than_others(text: str) -> None:
    begun = time.process_time()
    said_in_words.from_title(text, Scope.IMAGE, "/t")
    assert time.process_time() - begun < 2.0


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="model release:nyesMR-NO.,? AI editorialuse\x1f\n0", max_size=80))
def test_no_text_makes_it_raise_and_raw_is_in_the_text(text: str) -> None:
    flat = " ".join(text.replace("\x1f", " ").split())
    for claim in said_in_words.from_title(text, Scope.IMAGE, "/t"):
        assert " ".join(claim.raw.split()) in flat
