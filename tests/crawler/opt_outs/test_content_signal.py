import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.opt_outs.content_signal import preference, site_signals
from crawler.opt_outs.signal import Answer
from crawler.politeness.robots import read_robots

ALLOW, DISALLOW = Answer.ALLOW, Answer.DISALLOW


def lines(*values):
    text = "User-agent: *\n" + "\n".join(f"content-signal: {value}" for value in values)
    return read_robots(200, text.encode()).preferences()


def said(*values):
    return [signal.value.removeprefix("content-signal") for signal in site_signals(lines(*values))]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("search=yes,ai-train=no", [".search=allow", ".ai-train=disallow"]),
        (" Search = Yes , AI-Input=NO;", [".search=allow", ".ai-input=disallow"]),
        ("ai-train=no,use=reference", [".ai-train=disallow", ".use=reference"]),
        ("ai-train=maybe", [".ai-train=malformed"]),
        ("ai-train=n", [".ai-train=malformed", "-lenient.ai-train=disallow"]),
        ("use=elsewhere", [".use=malformed"]),
        ("ai-train", ["=malformed"]),
        ("", ["=malformed"]),
        (",", ["=malformed"]),
        ("/path ai-train=no", ["=malformed"]),  # there is no path form
    ],
)
def test_lines(value, expected):
    assert said(value) == expected


def test_several_lines():
    assert preference(lines("search=yes", "ai-train=no")) == {"search": ALLOW, "ai-train": DISALLOW}
    assert preference(lines("ai-train=yes", "ai-train=no, ai-input=n")) == {"ai-train": DISALLOW}
    (signal,) = site_signals(lines("use=full"))
    assert (signal.answer, signal.line) == (Answer.CONSTRAINED, 2)
    assert signal.raw == "content-signal: use=full"


@settings(max_examples=150)
@given(st.text(max_size=60) | st.text(alphabet="aitrnyesoh-=,; ", max_size=40))
def test_no_text_makes_it_raise_or_passes_in_silence(text):
    found = lines(text)
    assert len(site_signals(found)) >= len(found)
