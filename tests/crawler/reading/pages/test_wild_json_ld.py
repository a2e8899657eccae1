"""JSON-LD as sites break it, and contexts that say what words mean (JSON-LD 1.1)."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.pages import json_ld
from crawler.reading.pages.html import parse
from crawler.reading.pages.image_objects import image_of

URL = "https://page.example/photos/1"
BY = "https://creativecommons.org/licenses/by/4.0/"
PICTURE = {"@type": "ImageObject", "contentUrl": "/a.jpg", "license": BY}
PLAIN = json.dumps(PICTURE)


def license_of(text: str) -> str | None:
    page = parse(f'<script type="application/ld+json">{text}</script>'.encode(), URL)
    found = image_of(page, "https://page.example/a.jpg")
    return found.license if found is not None else None


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAIN[:-1]},}}",
        f"[{PLAIN},\n]",
        f"// made by a plug-in\n{PLAIN}",
        f"{{/* a picture */{PLAIN[1:]}",
        PLAIN.replace(', "license"', ', // whose\n"license"'),
        PLAIN.replace('"', "&quot;"),
        f"\ufeff\u00a0{PLAIN}",
        f"/* <![CDATA[ */{PLAIN}/* ]]> */",
        PLAIN[:-1] + ', "caption": "it\\\'s, } // no comment /* nor this */ ,]", }',
    ],
)
def test_broken_scripts_are_mended(text: str) -> None:
    assert license_of(text) == BY


@pytest.mark.parametrize("text", [f"{PLAIN} {PLAIN}", PLAIN[:-1], PLAIN[1:], "'a'", "// nothing"])
def test_what_cannot_be_mended_is_unread(text: str) -> None:
    page = parse(f'<script type="application/ld+json">{text}</script>'.encode(), URL)
    assert json_ld.read(page) == ([], ["/html/head/script"])


@pytest.mark.parametrize(
    "text",
    ["{" * 100_000, "[" * 100_000, '"' * 99_999, "/*" * 100_000, "," * 200_000, '{"a":' * 99_999, ", \n" * 60_000],
)  # fmt: skip
def test_nothing_makes_mending_slow(text: str) -> None:
    begun = time.process_time()
    assert json_ld.load(text) is None
    assert time.process_time() - begun < 3


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(alphabet='ab"\\/*,}]\n', max_size=6),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(alphabet='a"/,', max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(_JSON)
def test_mending_leaves_good_json_alone(value: object) -> None:
    broken = f"[{json.dumps(value)}, // end\n]"
    assert json_ld.load(broken) == [value]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"@context": {"@vocab": "http://schema.org/"}, **PICTURE}, True),
        ({"@context": {"@vocab": "https://x.example/v#"}, **PICTURE}, False),
        ({"@context": ["https://schema.org", {"@vocab": "https://x.example/v#"}], **PICTURE}, True),
        ({"@context": ["https://schema.org", {"license": None}], **PICTURE}, False),
        ({"@context": ["https://schema.org", {"license": "https://x.example/license"}], **PICTURE}, False),
        ({"@context": {"kind": "@type", "self": "@id", "all": "@graph"},
          "all": [{"kind": "ImageObject", "contentUrl": "/a.jpg", "license": {"self": BY}}]}, True),
        ({"@type": "WebPage", "@included": [PICTURE]}, True),
        ({"@type": "ImageObject", "contentUrl": {"@id": "/a.jpg"}, "license": BY}, True),
    ],
)  # fmt: skip
def test_what_words_mean(data: object, *, found: bool) -> None:
    assert license_of(json.dumps(data)) == (BY if found else None)
