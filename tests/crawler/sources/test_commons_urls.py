"""Commons URLs ↔ file titles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.sources.commons_urls import native, page_url, title_of

TITLES = {
    "https://commons.wikimedia.org/wiki/File:Apple_Lisa2-IMG_1517.jpg": "Apple Lisa2-IMG 1517.jpg",
    "https://commons.m.wikimedia.org/wiki/file:apple%20Lisa.jpg?uselang=de#filelinks": "Apple Lisa.jpg",
    "http://commons.wikimedia.org/wiki/Image:Weir_(old).jpg": "Weir (old).jpg",
    "https://commons.wikimedia.org/w/index.php?title=File:Weir.jpg&oldid=3": "Weir.jpg",
    "https://commons.wikimedia.org/wiki/Special:FilePath/Weir_2.jpg?width=300": "Weir 2.jpg",
    "https://commons.wikimedia.org/wiki/Special:Redirect/file/Weir_2.jpg": "Weir 2.jpg",
    "https://upload.wikimedia.org/wikipedia/commons/a/ab/Weir_%28old%29.jpg": "Weir (old).jpg",
    "https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/Weir.svg/120px-Weir.svg.png": "Weir.svg",
    "https://commons.wikimedia.org/w/api.php?action=query&titles=File%3AWeir.jpg": "Weir.jpg",
    "https://commons.wikimedia.org/wiki/File:%C3%89cluse_100%25.jpg": "Écluse 100%.jpg",
    "https://commons.wikimedia.org/wiki/Category:Weirs#/media/File:Weir_2.jpg": "Weir 2.jpg",
    "https://commons.wikimedia.org/w/thumb.php?f=Weir_2.jpg&width=300": "Weir 2.jpg",
    "https://commons.wikimedia.org/w/index.php?title=Special:Redirect/file/Weir_2.jpg&width=9": "Weir 2.jpg",
    "https://upload.wikimedia.org/wikipedia/commons/transcoded/a/ab/Weir.webm/Weir.webm.480p.webm": "Weir.webm",
}
NONE = [
    "https://commons.wikimedia.org/?curid=123",
    "https://commons.wikimedia.org/entity/M123",
    "https://commons.wikimedia.org/wiki/Category:Weirs",
    "https://commons.wikimedia.org/wiki/File:",
    "https://upload.wikimedia.org/wikipedia/en/a/ab/Local.jpg",
    "https://upload.wikimedia.org/wikipedia/commons/archive/a/ab/20120101000000!Old.jpg",
    "https://en.wikipedia.org/wiki/File:Local.jpg",
    "https://en.wikipedia.org/wiki/Weir#/media/File:Local.jpg",
    "https://commons.wikimedia.org/wiki/Category:Weirs#/media/Category:Weirs",
    "https://commons.wikimedia.org/w/api.php?titles=File:A.jpg%7CFile:B.jpg",
    "not a url",
    "",
]


@pytest.mark.parametrize(("url", "title"), TITLES.items())
def test_a_file_url_gives_its_title(url: str, title: str) -> None:
    assert title_of(url) == title


@pytest.mark.parametrize("url", NONE)
def test_what_names_no_file_gives_none(url: str) -> None:
    assert title_of(url) is None


def test_titles_are_made_as_mediawiki_makes_them() -> None:
    assert native("File: old__barn .jpg") == "Old barn .jpg"
    assert native("ßharp.jpg") == "ßharp.jpg"  # MediaWiki has no capital for it
    assert native("a‎b.jpg") == "Ab.jpg"
    assert native("a<b.jpg") is None


@settings(max_examples=80)
@given(st.text(min_size=1, max_size=40))
def test_a_title_survives_the_way_through_its_page(text: str) -> None:
    title = native(text)
    if title is not None and not title.lower().startswith(("file:", "image:")):
        assert title_of(page_url(title)) == title
        assert native(title) == title
