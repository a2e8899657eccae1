import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.opt_outs.robots_directives import directives, from_headers, from_metas
from crawler.opt_outs.signal import Answer
from crawler.politeness.identity import PRODUCT


def said(*lines, agent=PRODUCT):
    return [s.value for s in from_headers([("X-Robots-Tag", line) for line in lines], agent)]


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("noai, noimageai", [("", "noai"), ("", "noimageai")]),
        ("OtherBot: NoAI, noindex", [("otherbot", "noai"), ("otherbot", "noindex")]),
        ("spawningbot:other, spawningbot:noai", [("spawningbot", "other"), ("spawningbot", "noai")]),
        ("other, spawningbot: noai", [("", "other"), ("spawningbot", "noai")]),
        ("otherbot: noindex, *: noai", [("otherbot", "noindex"), ("", "noai")]),
        ("unavailable_after: 25 Jun 2026 15:00:00 PST, noai", [("", "unavailable_after"), ("", "noai")]),
        (
            "bot/2.0: unavailable_after: Friday, 25-Jun-10 15:00:00 PST, noai",
            [("bot", "unavailable_after"), ("bot", "25-jun-10 15:00:00 pst"), ("bot", "noai")],
        ),
        (
            "max-snippet:-1, max-image-preview:large, noai",
            [("", "max-snippet"), ("", "max-image-preview"), ("", "noai")],
        ),
        (",,, ", []),
    ],
)
def test_a_line_is_read_agent_by_agent(line, pairs):
    assert directives(line) == pairs


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["noai"], ["x-robots-tag=noai"]),
        (["noindex", " NoImageAI "], ["x-robots-tag=noimageai"]),
        (["otherbot: noai, noimageai"], []),
        (["DeedWatch: noai"], ["x-robots-tag=noai"]),
        (["deedwatch/1.0: noai"], ["x-robots-tag=noai"]),
        (["deedwatchers: noai"], []),
        (["noai-not", "no-ai", "noaiservice", "ai"], []),
        (["GPTBot: noindex, nofollow"], ["x-robots-tag-agents=disallow", "x-robots-tag-agents=disallow"]),
        (["GPTBot: max-snippet: 5"], []),
        (["Code: noindex"], []),  # an everyday word, kept off the list
        (["noai; noimageai"], ["x-robots-tag-lenient=noai", "x-robots-tag-lenient=noimageai"]),
        (["noindex noai"], ["x-robots-tag-lenient=noai"]),
        (["we say noai here"], []),
    ],
)
def test_headers(lines, values):
    assert said(*lines) == values


def test_another_token_may_be_ours():
    assert said("SpawningBot: noai", agent="spawningbot/1") == ["x-robots-tag=noai"]
    assert from_headers([("X-Robots", "noai"), ("Robots-Tag", "noai")]) == ()


def test_raw_text_and_place_are_kept():
    (signal,) = from_headers([("x-ROBOTS-tag", "GPTBot: noai")])
    assert (signal.raw, signal.locator, signal.agent) == ("GPTBot: noai", "x-ROBOTS-tag", "gptbot")
    assert (signal.about, signal.answer) == ("noai", Answer.DISALLOW)


def test_metas():
    metas = [
        ("robots", "NOAI, noindex", "/1"),
        ("ccbot", "nofollow", "/2"),
        ("deedwatch", "noimageai", "/3"),
        ("googlebot", "noai", "/4"),
        ("x-robots-tag", "otherbot: noai", "/5"),
        ("description", "noai", "/6"),
    ]
    signals = from_metas(metas, str)
    assert [(s.value, s.locator, s.agent) for s in signals] == [
        ("meta-robots=noai", "/1", ""),
        ("meta-robots-agents=disallow", "/2", "ccbot"),
        ("meta-robots=noimageai", "/3", ""),
    ]


@settings(max_examples=150)
@given(st.text(max_size=80))
def test_no_text_makes_it_raise(text):
    for signal in (*from_headers([("X-Robots-Tag", text)]), *from_metas([("robots", text, 0)], str)):
        assert "noai" in text.lower() or "noimageai" in text.lower() or signal.agent


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["noindex", "max-snippet:5", "all", "otherbot: nofollow"]), max_size=5))
def test_noai_at_the_head_of_a_line_is_always_heard(rest):
    assert "x-robots-tag=noai" in said(", ".join(["noai", *rest]))
