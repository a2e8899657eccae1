import dataclasses
import json

import pytest

from dataset_cards.publish.explain_view import WIDTH, marked, render_explanation
from dataset_cards.publish.explanation import (
    Explanation,
    ShownChange,
    ShownClaim,
    ShownGround,
    ShownLayer,
    ShownLook,
    ShownText,
    ShownVerdict,
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
                    ShownClaim("license", "CC-BY-NC-2.0", raw, "image", "/photo/license", quote, number=1),
                    ShownClaim("model_release", None, "MR?", "page", "/html/body/p[3]", number=2),
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
                        (
                            ShownGround(
                                "license", text or "CC-BY-NC-2.0", "stated", "", ("license",), claims=(1,)
                            ),
                            ShownGround("actor", "for-profit", "profile"),
                        ),
                    ),
                    ShownLayer(
                        "minors",
                        "review",
                        "min-1",
                        "Nothing is stated.",
                        rests=(ShownGround("minors", "unknown", "", "Nobody said.", ("minors",)),),
                    ),
                ),
            ),
        ),
        texts=(
            ShownText(
                "license",
                text or "https://creativecommons.org/licenses/by-nc/2.0/",
                text or "read",
                "2026-11-23T10:00:00Z",
                1,
                3,
                "12" * 32,
                "2026-11-01T10:00:00Z",
                "2026-11-23T10:00:00Z",
                "same-refresh",
                ((2, "2026-12-01T10:00:00Z"),),
                text or "deedwatch documents U --diff 1 2",
            ),
            ShownText("terms", "https://x.example/terms", text or "never asked for", "2026-11-23T10:00:00Z"),
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
        "rests on license = CC-BY-NC-2.0, from license [1]; actor = for-profit, by the profile",
        "condition: Credit the author.",
        "rests on minors = unknown (no claim found)",
        "[1] license = CC-BY-NC-2.0 (stated, about the image)",
        'licensed under <a rel="license">«Attribution-NonCommercial»</a> by its owner',
        "at /photo/license",
        "[2] model_release = not understood (stated, about the page) «MR?» at /html/body/p[3]",
        "TEXTS THE LICENCE HANGS ON, for the look of 2026-11-23T10:00:00Z",
        "version 1 of 3, first seen 2026-11-01T10:00:00Z: read in the refresh of that look",
        "SHA-256 of its text " + "12" * 32,
        "CHANGED SINCE: version 2, first seen 2026-12-01T10:00:00Z, reads otherwise; the newest version reads as",
        "$ deedwatch documents U --diff 1 2",
        "terms https://x.example/terms not read: never asked for",
        "body: SHA-256 " + "ab" * 32,
        "permission: allowed by the API's documented terms",
        "the source states another licence, or none any more: CC-BY-2.0 → CC-BY-NC-2.0",
        "latest look in: chain 5f0c, entry 12, " + "cd" * 32,
        "license: Attribution License",
    ):
        assert step in " ".join(text.split()), step
    assert text.endswith("\n")
    assert max(len(line) for line in text.splitlines()) <= WIDTH


def test_an_older_answer_shows_only_what_the_next_one_says_otherwise() -> None:
    (look,) = explanation().looks
    license_, release = look.claims
    older = dataclasses.replace(
        look,
        time="2026-10-01T10:00:00Z",
        judged=False,
        claims=(
            dataclasses.replace(license_, value="CC-BY-2.0", number=3),
            dataclasses.replace(release, number=4),
        ),
    )
    text = render_explanation(dataclasses.replace(explanation(), looks=(older, look)))
    assert "[3] license = CC-BY-2.0" in text
    assert "[4]" not in text
    assert "    1 claim that the next answer from this address repeats word for word\n" in text
    assert "[2] model_release" in text


def test_never_looked_at_and_not_judged() -> None:
    nothing = dataclasses.replace(explanation(), looks=(), verdicts=(), texts=(), declared=(), rehearsal=True)
    text = render_explanation(nothing)
    assert "none: no look has found a licence that has a text of its own" in text
    assert "nobody has looked at this image yet" in text
    assert "has not been judged" in text
    assert text.startswith("REHEARSAL")


def test_a_look_without_an_answer() -> None:
    look = ShownLook("2026-11-23T10:00:00Z", "https://x.example/", 0, None, "refused: robots.txt line 3")
    text = render_explanation(dataclasses.replace(explanation(), looks=(look,), verdicts=()))
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
