import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Field, Scope
from crawler.politeness.opt_outs import CARRIERS, carriers_read, site_signals
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
        (
            "User-agent: *\nContent-Usage: Train-AI=n",
            ["content-usage=malformed", "content-usage-lenient.train-ai=disallow"],
        ),
        ("Content-Usage: train-ai=n\nUser-agent: *\nAllow: /", ["content-usage=malformed"]),
        ("User-agent: x\nContent-Usage: train-ai=n", []),
        ("User-agent: *\ncontent-signal: ai-train=NO", ["content-signal.ai-train=disallow"]),
        ("User-agent: *\nContent-Signal: use=reference", ["content-signal.use=reference"]),
        ("User-agent: *\nContent-Signal: whatever", ["content-signal=malformed"]),
        ("License: https://a.example/license.xml\nUser-agent: *\nAllow: /", ["rsl=declared"]),
        ("User-agent: *\nLicense: CC BY\n", ["rsl=malformed"]),
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


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_no_text_makes_the_reader_raise(text):
    signals(f"User-agent: *\nContent-Usage: {text}\nContent-Signal: {text}\nLicense: {text}")


def test_a_flood_of_statements_is_cut_and_said_so():
    text = "User-agent: *\n" + "\n".join(f"Content-Usage: k{n}=n" for n in range(1_000))
    found = signals(text)
    assert len(found) == 201
    assert found[-1] == "robots-preferences=malformed"


def test_a_relative_license_is_resolved_against_the_site():
    robots = read_robots(200, b"License: /license.xml")
    (claim,) = site_signals(robots, "https://s.example/robots.txt")
    assert (claim.value, claim.locator) == ("rsl=declared", "robots.txt line 1")


def test_a_preference_speaks_to_the_agents_named_above_it():
    text = "User-agent: *\nContent-Usage: train-ai=n\n\nUser-agent: deedwatch\nContent-Signal: ai-train=yes\nAllow: /"
    assert signals(text) == ["content-signal.ai-train=allow"]
    assert signals(text.replace("deedwatch", "other")) == ["content-usage.train-ai=disallow"]
