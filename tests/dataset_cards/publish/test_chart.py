import json
import re
import xml.etree.ElementTree as ET

import pytest

from dataset_cards.publish.chart import WIDTH, bars, describe, render_chart
from tests.dataset_cards.publish.example_figures import example

SVG = "{http://www.w3.org/2000/svg}"


def drawn(root: ET.Element, action: str) -> list[ET.Element]:
    return [
        rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == action and rect.get("height") == "20"
    ]


def test_the_bars_follow_the_publishers_ruleset_and_our_order() -> None:
    found = bars(example())
    assert [bar.use for bar in found][:2] == ["commercial-training", "internal-research"]
    assert (found[1].keep, found[1].review, found[1].drop) == (106, 69_460, 434)


def test_it_is_well_formed_and_described() -> None:
    root = ET.fromstring(render_chart(example()))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Keep, review and drop under cc-where-required-2026-11-01"
    assert root.find(f"{SVG}desc").text == describe(example())
    assert "Internal research: keep 106, review 69,460, drop 434." in describe(example())


def test_every_number_stands_beside_its_bar_and_the_bars_fill_the_width() -> None:
    text = render_chart(example())
    assert "keep 437 · review 69,129 · drop 434" in text
    root = ET.fromstring(text)
    assert len(drawn(root, "review")) == 6
    assert len(drawn(root, "keep")) == 4  # two uses keep nothing
    for rect in drawn(root, "drop"):
        assert float(rect.get("x")) + float(rect.get("width")) == pytest.approx(WIDTH - 24, abs=0.2)


def test_a_single_image_is_still_visible() -> None:
    root = ET.fromstring(render_chart(example()))
    assert min(float(rect.get("width")) for rect in drawn(root, "keep")) >= 3


def test_it_needs_nothing_from_outside_and_follows_the_colour_scheme() -> None:
    text = render_chart(example())
    assert not re.search(r"href|url\(|@import|<script|<image|font-face", text)
    assert "prefers-color-scheme:dark" in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("dark", "light"),
    [
        ("ffffff", "0072b2"),
        ("1f2328", "b4bbc4"),
        ("ffffff", "c44601"),
        ("0d1117", "56b4e9"),
        ("ffffff", "57606a"),
        ("0d1117", "f0883e"),
        ("59636e", "ffffff"),
        ("9aa4af", "0d1117"),
    ],
)
def test_text_is_legible_on_its_ground(dark: str, light: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 : 1."""

    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((luminance(dark), luminance(light)), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5
    assert f"#{dark}" in render_chart(example())
    assert f"#{light}" in render_chart(example())


def test_nothing_judged() -> None:
    text = render_chart(example(actions={}))
    ET.fromstring(text)
    assert "No use has been judged yet." in text


def test_hostile_ruleset_and_use_stay_text(shared) -> None:
    for line in (shared / "suites/hostile-strings/strings.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["input"]["string"]
        root = ET.fromstring(
            render_chart(example(ruleset=text, actions={(text, text): {"keep": 3, "drop": 1}}))
        )
        assert {element.tag for element in root.iter()} == {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "style", "rect", "text")
        }
