import dataclasses
import json

import pytest

from dataset_cards.publish.explain_view import (
    WIDTH,
    Explanation,
    ShownChange,
    ShownClaim,
    ShownLayer,
    ShownLook,
    ShownVerdict,
    marked,
    render_explanation,
)


def explanation(text: str | None = None) -> Explanation:
    """One image; ``text`` replaces everything that comes from outside."""
    quote = text or 'This photo is licensed under <a rel="license">Attribution-NonCommercial</a> by its owner'
    raw = text or "Attribution-NonCommercial"
    return Explanation(
        key=text or "00012",
        dataset="FFHQ",
        ruleset="strict-2026-11-01",
        as_of="2026-11-23T10:00:00Z",
        source="flickr",
        native_id="1396552415",
        status="available",
        reason="seen",
        row="record 13",
        declared=(("license", text or "Attribution License"),),
        looks=(
            ShownLook(
                "2026-11-23T10:00:00Z",
                text or "https://api.flickr.com/services/rest/?photo_id=1396552415",
                200,
                "ab" * 32,
                text or "allowed by the API's documented terms",
                (
                    ShownClaim("license", "CC-BY-NC-2.0", raw, "image", "/photo/license", quote),
                    ShownClaim("model_release", None, "MR?", "page", "/html/body/p[3]"),
                ),
            ),
        ),
        verdicts=(
            ShownVerdict(
                "internal-research",
                "ineligible",
                "drop",
                (
                    ShownLayer(
                        "license",
                        "ineligible",
                        "lic-nc-1",
                        "NC excludes any for-profit.",
                        "uses §4",
                        ("Credit the author.",),
                        ("license",),
                    ),
                    ShownLayer("minors", "review", "min-1", "Nothing is stated.", fields=("minors",)),
                ),
            ),
        ),
        changes=(ShownChange("2026-11-23T10:00:00Z", "license-changed", "CC-BY-2.0", "CC-BY-NC-2.0"),),
        entry=("5f0c", 12, "cd" * 32),
        head=("5f0c", 14, "ef" * 32),
    )


def test_from_verdict_to_bytes() -> None:
    text = render_explanation(explanation())
    for step in (
        "Internal research: INELIGIBLE → drop list",
        "▸ licence: ineligible. NC excludes any for-profit.",
        "· minors: review.",
        "rule lic-nc-1; after uses §4",
        "rests on license [1]",
        "condition: Credit the author.",
        "rests on minors (no claim found)",
        "[1] license = CC-BY-NC-2.0 (stated, about the image)",
        'licensed under <a rel="license">«Attribution-NonCommercial»</a> by its owner',
        "at /photo/license",
        "[2] model_release = not understood",
        "body: SHA-256 " + "ab" * 32,
        "permission: allowed by the API's documented terms",
        "the source states another licence, or none any more: CC-BY-2.0 → CC-BY-NC-2.0",
        "latest look in: chain 5f0c, entry 12, " + "cd" * 32,
        "license: Attribution License",
    ):
        assert step in " ".join(text.split()), step
    assert text.endswith("\n")
    assert max(len(line) for line in text.splitlines()) <= WIDTH


def test_never_looked_at_and_not_judged() -> None:
    text = render_explanation(
        dataclasses.replace(explanation(), looks=(), verdicts=(), declared=(), rehearsal=True)
    )
    assert "nobody has looked at this image yet" in text
    assert "has not been judged" in text
    assert text.startswith("REHEARSAL")


def test_a_look_without_an_answer() -> None:
    look = ShownLook("2026-11-23T10:00:00Z", "https://x.example/", 0, None, "refused: robots.txt line 3")
    text = render_explanation(dataclasses.replace(explanation(), looks=(look,)))
    assert "no answer" in text
    assert "body: none was kept" in text


@pytest.mark.parametrize(
    ("quote", "raw", "shown"),
    [
        ("a b c", "b", "a «b» c"),
        ("a b c", "x", "«x»"),
        ("", "x", "«x»"),
        ("only surroundings", "", "only surroundings"),
        ("a\n  b\tc", "b\n c", "a «b c»"),
        ("l" * 500 + " here " + "r" * 500, "here", "…" + "l" * 198 + " «here» " + "r" * 198 + "…"),
    ],
)
def test_quotes_are_marked_in_their_surroundings(quote: str, raw: str, shown: str) -> None:
    assert marked(quote, raw) == shown


def test_hostile_strings_reach_no_terminal(shared) -> None:
    lines = (shared / "suites/hostile-strings/strings.jsonl").read_text(encoding="utf-8").splitlines()
    for text in [json.loads(line)["input"]["string"] for line in lines] + [
        "\x1b[2J\x9b31m\u202eabc\u2066",
        "a\r\nVERDICTS",
    ]:
        shown = render_explanation(explanation(text or " "))
        assert not [char for char in shown if char != "\n" and (ord(char) < 32 or 0x7F <= ord(char) < 0xA0)]
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
        assert shown.splitlines().count("VERDICTS") == 1
        shown.encode("utf-8")
