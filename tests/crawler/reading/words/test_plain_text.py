"""Foreign text for show: what people meant stays, what works unseen goes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.words.plain_text import shown


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Alma Muster", "Alma Muster"),
        ("\u202eretsuM\u202c \u200falma", "retsuM alma"),
        ("\u2066Alma\u2069 Muster\ufeff", "Alma Muster"),
        ("black &amp; white", "black & white"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("caf&eacute; &#8211; caf&#xe9;", "café – café"),
        ('<a href="//x.example/U"><bdi>Alma</bdi></a> Muster', "Alma Muster"),
        ("one<br>two<br/>three", "one two three"),
        ('seen <span style="display: none">hidden</span>here', "seen here"),
        ("<script>alert(1)</script>Alma", "Alma"),
        ("I <3 you & x < y > z", "I <3 you & x < y > z"),
        ("a\x00b\x1b[31mc\r\n\td", "ab[31mc d"),
        ("by jane.doe+pics@mail.example.com", "by j…@mail.example.com"),
        ("@janko-m", "@janko-m"),
        ("👩\u200d👩\u200d👧 family", "👩\u200d👩\u200d👧 family"),
        ("\u200d\u200c", ""),
        ("AT&T; R&D", "AT&T; R&D"),
    ],
)
def test_what_is_shown(raw: str, expected: str) -> None:
    assert shown(raw) == expected


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_nothing_unseen_is_left(raw: str) -> None:
    text = shown(raw)
    assert text == " ".join(text.split())
    left = {unicodedata.category(char) for char in text if char not in "\u200c\u200d"}
    assert not left & {"Cc", "Cs"}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")


@settings(max_examples=50)
@given(st.text(alphabet="abc äß漢 .,'!-", max_size=40))
def test_plain_words_stay(raw: str) -> None:
    assert shown(raw) == " ".join(raw.split())


def test_a_long_text_is_cut() -> None:
    assert len(shown("word " * 5_000)) == 2_000
