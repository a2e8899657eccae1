"""Releases, minors and opt-outs."""

import pytest

from crawler.model import Basis, Field
from crawler.reading.pages import opt_outs
from crawler.reading.pages.html import parse
from crawler.reading.words import minors, said_in_words

URL = "https://page.example/photo/1"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Model release: Yes</p>", [("model_release", "yes")]),
        ("<p>Model release: no</p>", [("model_release", "no")]),
        ("<li><b>Model Releases:</b> <span>Not available</span></li>", [("model_release", "no")]),
        ("<p>Property release: N/A</p>", [("property_release", "not_applicable")]),
        ("<span>Model released</span>", [("model_release", "yes")]),
        ("<dl><dt>Model release</dt><dd>No</dd></dl>", [("model_release", "no")]),
        ("<table><tr><th>Model release</th><td>Signed</td></tr></table>", [("model_release", "yes")]),
        ("<p>For editorial use only.</p>", [("restriction", "editorial"), ("model_release", "editorial")]),
        ("<span>AI-generated</span>", [("ai_generated", "yes")]),
        ("<p>Images marked editorial use only need no model release.</p>", []),
        ("<p>No model release.</p>", [("model_release", "no")]),
        (
            "<table><tr><td>Releases</td><td>MR-LMR PR-NON</td></tr></table>",
            [("model_release", "limited"), ("property_release", "no")],
        ),
        ("<p>Ask us whether a model release is needed before you buy.</p>", []),
        ("<p>A model release is a contract between two people.</p>", []),
        ("<p>The new model, released in May, is here.</p>", []),
        ("<footer><p>Model release: yes</p></footer>", []),
    ],
)
def test_releases(body: str, expected: list[tuple[str, str]]) -> None:
    source = f"<html><body>{body}</body></html>".encode()
    assert [(str(c.field), c.value) for c in said_in_words.read(parse(source, URL), source)] == expected


def test_keywords_for_children_are_keywords_and_their_order_does_not_matter() -> None:
    (claim,) = minors.from_tags(["sea", "Toddler", "baby"], "/tags")
    assert (claim.value, claim.basis, claim.raw) == ("minor", Basis.KEYWORD, "Toddler, baby")
    assert minors.from_tags(["baby", "sea", "Toddler"], "/tags") == [claim]
    assert minors.from_tags(["kidney", "childish", "girl"], "/tags") == []


def signals(
    headers: tuple[tuple[str, str], ...], body: bytes = b"<html><body>x</body></html>"
) -> list[str | None]:
    claims = opt_outs.read(headers, parse(body, URL), URL)
    return [c.value for c in claims if c.field is Field.OPT_OUT]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("X-Robots-Tag", "noai, noimageai", ["x-robots-tag=noai", "x-robots-tag=noimageai"]),
        ("x-robots-tag", "NOAI", ["x-robots-tag=noai"]),
        ("X-Robots-Tag", "otherbot: noai", []),
        ("X-Robots-Tag", "*: noai", ["x-robots-tag=noai"]),
        ("X-Robots-Tag", "unavailable_after: 25 Jun 2030", []),
        ("X-Robots-Tag", "noindex", []),
        ("TDM-Reservation", "1", ["tdm-header=1"]),
        ("TDM-Reservation", "yes", ["tdm-header=malformed", "tdm-header-lenient=1"]),
        (
            "Content-Usage",
            'train-ai=n, search=y, x="?"',
            [
                "content-usage-header=train-ai:n",
                "content-usage-header=search:y",
                "content-usage-header=x:unknown",
            ],
        ),
    ],
)
def test_headers(name: str, value: str, expected: list[str]) -> None:
    assert signals(((name, value),)) == expected


def test_meta_and_the_carriers_that_were_read() -> None:
    body = b'<meta name="ROBOTS" content="noindex,NoAI"><meta name="tdm-reservation" content="1">'
    assert signals((), body) == ["meta-robots=noai", "tdm-meta=1"]
    (carriers,) = [c.value for c in opt_outs.read((), None, URL) if c.field is Field.OPT_OUT_CARRIERS]
    assert carriers == "content-usage-header rsl-header tdm-header x-robots-tag"
