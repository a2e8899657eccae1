"""Names in every language we hold words for: what is put together from them comes back, exactly."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.licenses import registry
from crawler.licenses.recognise import recognise

ELEMENTS = registry.table("words")["elements"]
UNPORTED = registry.table("words")["unported"]["words"]
PLACES = registry.table("places")["spellings"]
PUBLISHED = [
    e
    for e in registry.all_licenses()
    if e.kind == "cc" and e.version and e.unit and "by" in e.unit.split("-")
]
PUBLISHED = [e for e in PUBLISHED if e.unit != "by-nd-nc"]  # the older spelling of by-nc-nd


@st.composite
def names(draw: st.DrawFn) -> tuple[str, str]:
    """(name, id): the words of one licence in any language, with the signs deeds put between them."""
    entry = draw(st.sampled_from(PUBLISHED))
    sign = draw(st.sampled_from(["-", " - ", "—", ", ", "・", " "]))
    spelled = [draw(st.sampled_from(ELEMENTS[part])) for part in (entry.unit or "").split("-")]
    place = (
        draw(st.sampled_from(PLACES[entry.jurisdiction]))
        if entry.jurisdiction
        else draw(st.sampled_from(["", *UNPORTED]))
    )
    lead = draw(st.sampled_from(["", "Creative Commons "]))
    return f"{lead}{sign.join(spelled)} {entry.version} {place}".strip(), entry.id


@settings(max_examples=400, deadline=None)
@given(names())
def test_a_name_in_any_language_comes_back(case: tuple[str, str]) -> None:
    name, expected = case
    found = recognise(name).license
    assert found is not None, name
    assert found.id == expected, name


STRAY = st.sampled_from(
    [
        *sorted({word for spellings in ELEMENTS.values() for phrase in spellings for word in phrase.split()}),
        *("the", "photo", "of", "Paris", "in", "und", "на", "写真"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STRAY, min_size=1, max_size=5).map(" ".join))
def test_stray_words_are_no_licence(text: str) -> None:
    found = recognise(f"Photo: {text} in spring").license
    assert found is None, text
