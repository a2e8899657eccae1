import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Field, Scope
from crawler.politeness.opt_outs import CARRIERS, ai_agents, carriers_read, site_signals
from crawler.politeness.preferences import read_content_signal, read_content_usage
from crawler.politeness.robots import read_robots


def signals(text):
    claims = site_signals(read_robots(200, text.encode()))
    assert all(claim.field is Field.OPT_OUT and claim.scope is Scope.SITE for claim in claims)
    return [claim.value for claim in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("User-agent: GPTBot\nDisallow: /", ["robots-ai=disallow"]),
        ("User-agent: CCBot/2.0\nUser-agent: x\nDisallow: /*", ["robots-ai=disallow"]),
        ("User-agent: Google-Extended\nContent-Signal: search=yes\nDisallow: /", ["robots-ai=disallow"]),
        ("User-agent: GPTBot\nDisallow: /private", []),
        ("User-agent: GPTBot\nDisallow: /\nAllow: /", []),
        ("User-agent: Code\nDisallow: /\n\nUser-agent: Scrapy\nDisallow: /", []),
        ("User-agent: NotGPTBot\nDisallow: /", []),
        ("User-agent: *\nDisallow: /", ["robots-general=disallow"]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nDisallow:", ["robots-general=disallow"]),
        ("User-agent: *\nContent-Usage: train-ai=n", ["content-usage.train-ai=disallow"]),
        ("User-agent: *\nContent-Usage: / train-ai=y", ["content-usage.train-ai=allow"]),
        ("User-agent: *\nContent-Usage: /a/ train-ai=y", ["content-usage=by_path"]),
        ("User-agent: *\nContent-Usage: Train-AI=n", [None]),
        ("Content-Usage: train-ai=n\nUser-agent: *\nAllow: /", [None]),
        ("User-agent: x\nContent-Usage: train-ai=n", []),
        ("User-agent: *\ncontent-signal: ai-train=NO", ["content-signal.ai-train=disallow"]),
        ("User-agent: *\nContent-Signal: use=reference", ["content-signal.use=reference"]),
        ("User-agent: *\nContent-Signal: whatever", [None]),
        ("License: https://a.example/license.xml\nUser-agent: *\nAllow: /", ["rsl=declared"]),
        ("User-agent: *\nLicense: CC BY\n", [None]),
    ],
)
def test_signals(text, expected):
    assert signals(text) == expected


def test_claims_keep_raw_line_and_place():
    text = "User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: / # no\n"
    (claim,) = site_signals(read_robots(200, text.encode()))
    assert claim.raw == "User-agent: GPTBot\nDisallow: / # no"
    assert claim.locator == "robots.txt line 6"
    assert claim.quote == "barred by name: GPTBot, CCBot"


def test_carriers_are_read_only_from_a_readable_file():
    assert carriers_read(read_robots(200, b"")) == CARRIERS
    assert carriers_read(read_robots(404, b"")) == CARRIERS
    assert carriers_read(read_robots(503, b"")) == ()
    assert site_signals(read_robots(503, b"User-agent: *\nDisallow: /")) == ()


def test_the_list_of_agents_has_no_everyday_words():
    names = ai_agents()
    assert len(names) > 150
    assert {"GPTBot", "CCBot", "Google-Extended", "img2dataset", "ClaudeBot"} <= set(names)
    assert not {"Code", "Spider", "Operator", "Scrapy"} & set(names)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("train-ai=n", {"train-ai": "disallow"}),
        ("train-ai=y, search=n", {"train-ai": "allow", "search": "disallow"}),
        ("train-ai;allow=n, train-ai=y", {"train-ai": "allow"}),
        ("train-ai=N", {"train-ai": "unknown"}),
        ("train-ai=y, train-ai", {"train-ai": "unknown"}),
        ('search="n"', {"search": "unknown"}),
        ("train-ai=(y n);a, search=n;x=?1", {"train-ai": "unknown", "search": "disallow"}),
        ("train-genai=n;exceptions=cc-cr-ec", {"train-genai": "disallow"}),
        ("", {}),
        ("Train-AI=n", None),
        ("train-ai = n", None),
        ("train-ai=n,", None),
        ("train-ai=n search=y", None),
    ],
)
def test_content_usage(value, expected):
    assert read_content_usage(value) == expected


def test_content_signal():
    assert read_content_signal(" Search = Yes ,AI-Input=no;ai-train=maybe, x") == {
        "search": "allow",
        "ai-input": "disallow",
        "ai-train": "maybe",
    }
    assert read_content_signal("no signal at all") is None


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_no_text_makes_the_readers_raise(text):
    read_content_usage(text)
    read_content_signal(text)
    signals(f"User-agent: *\nContent-Usage: {text}\nContent-Signal: {text}\nLicense: {text}")


def test_content_usage_headers_of_the_suite(shared):
    words = {"allow": "allowed", "disallow": "disallowed", "unknown": "unknown"}
    lines = (shared / "suites" / "opt-outs" / "cases.jsonl").read_text("utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["kind"] == "content-usage-header"]
    assert cases
    for case in cases:
        value = ", ".join(text for name, text in case["input"]["headers"] if name.lower() == "content-usage")
        found = read_content_usage(value) or {}
        got = {label: words[found.get(label, "unknown")] for label in ("search", "train-ai")}
        assert got == case["expected"], case["id"]
