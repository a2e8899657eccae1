import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.opt_outs import ai_txt, trust_txt
from crawler.opt_outs.signal import Answer

IMAGES = "\n".join(f"Disallow: *.{ending}" for ending in ai_txt.MEDIA["images"])


def said(text, url=None, **agent):
    body = text if isinstance(text, bytes) else text.encode()
    return [s.value for s in ai_txt.signals(body, url, **agent)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("User-Agent: *\nDisallow: /\n", ["ai-txt.train=disallow"]),
        ("User-Agent: *\nDisallow: *\n", ["ai-txt.train=disallow"]),
        (f"# Spawning AI\nuser-agent: *\r\n{IMAGES}\nAllow: *.txt", ["ai-txt.train=disallow"]),
        ("User-Agent: *\nDisallow: *.jpg", ["ai-txt.train=constrained"]),
        ("User-Agent: *\nDisallow: *\nAllow: /a.", ["ai-txt.train=allow"]),
        ("User-Agent: *\nAllow: /", ["ai-txt.train=allow"]),
        ("User-Agent: *\nDisallow: *.txt\nDisallow: *.c", []),
        ("User-Agent: *\nDisallow:", []),
        ("User-Agent: other\nDisallow: /", []),
        ("User-Agent: *\nAllow: /\nUser-Agent: deedwatch\nDisallow: /", ["ai-txt.train=disallow"]),
        ("Training: no\nDisallow: /", []),  # another grammar of the same name
        ("<!doctype html>\nUser-Agent: *\nDisallow: /", []),
        ("", []),
        (b"\xef\xbb\xbfUser-Agent: *\rDisallow: /", ["ai-txt.train=disallow"]),
        ("User-Agent: *\nDisallow: /".encode("utf-16"), ["ai-txt.train=disallow"]),
        (b"\x00\x01User-Agent: *\nDisallow: /", []),
    ],
)
def test_the_site_as_a_whole(text, values):
    assert said(text) == values


@pytest.mark.parametrize(
    ("url", "values"),
    [
        ("https://s.example/x/a.JPG?w=2", ["ai-txt.train=disallow"]),
        ("https://s.example/x/a.jpgx", []),
        ("https://s.example/private/a.gif", ["ai-txt.train=disallow"]),
        ("https://s.example/private/ok/a.gif", ["ai-txt.train=allow"]),
        ("https://s.example/a.gif", []),
    ],
)
def test_one_image(url, values):
    text = "User-Agent: *\nDisallow: *.jpg\nDisallow: /private/\nAllow: /private/ok/"
    assert said(text, url) == values


def test_media_and_place():
    body = f"User-Agent: *\n{IMAGES}\nDisallow: *.mp3\n".encode()
    assert ai_txt.disallowed_media(body) == {"images"}
    assert ai_txt.read(body).media()["audio"] is Answer.CONSTRAINED
    (signal,) = ai_txt.signals(body)
    assert (signal.line, signal.locator) == (2, "/ai.txt line 2")
    assert signal.raw == IMAGES
    assert ai_txt.disallowed_media(b"nothing") == frozenset()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("member=https://x.example/\ndatatrainingallowed=no", ["trust-txt.train=disallow"]),
        ("DataTrainingAllowed = YES # all", ["trust-txt.train=allow"]),
        ("datatrainingallowed=perhaps", ["trust-txt.train=malformed"]),
        (
            "datatrainingallowed=no\ndatatrainingallowed=yes",
            ["trust-txt.train=disallow", "trust-txt.train=allow"],
        ),
        ("# datatrainingallowed=no", []),
        ("<html>datatrainingallowed=no", []),
        ("", []),
    ],
)
def test_trust_txt(text, values):
    assert [s.value for s in trust_txt.signals(text.encode())] == values


@settings(max_examples=150)
@given(st.binary(max_size=80), st.text(max_size=60))
def test_nothing_makes_them_raise(body, text):
    for one in (
        body,
        text.encode("utf-8", "surrogatepass"),
        f"User-Agent: *\nDisallow: {text}".encode("utf-8", "replace"),
    ):
        ai_txt.signals(one)
        ai_txt.signals(one, text)
        trust_txt.signals(b"datatrainingallowed=" + one)
        trust_txt.signals(one)
