"""The card's one picture: keep, review and drop per use under the publisher's ruleset, as an SVG.

Built from the same numbers as the table above it. Blue, grey and vermilion stay apart under every common
form of colour blindness (after Okabe and Ito, "Color Universal Design", 2008), and every number stands beside
its bar in words, so that no colour carries meaning alone. No script, no link, no outside font. The figure
brings its own ground, because an ``<img>`` follows the system's colour scheme and the page perhaps not.
"""

from __future__ import annotations

from dataclasses import dataclass

from dataset_cards.publish.figures import Figures
from dataset_cards.publish.foreign_text import visible, xml
from dataset_cards.publish.words import ACTIONS, USES, number, share, use_label

WIDTH = 760
_MARGIN = 24
_BAR = WIDTH - 2 * _MARGIN
_TOP = 84
_STEP = 58
_BAR_HEIGHT = 20
_GAP = 2
_LEAST = 3  # a part that is not nothing is at least so many pixels wide

_STYLE = """\
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:#1f2328}
.ground{fill:#ffffff}.title{font-size:17px;font-weight:600}.use{font-size:14px;font-weight:600}
.count,.key{font-size:13px}.quiet{fill:#59636e}.share{font-size:12px;font-weight:600}
.keep{fill:#0072b2}.review{fill:#b4bbc4}.drop{fill:#c44601}
.on-keep,.on-drop{fill:#ffffff}.on-review{fill:#1f2328}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.ground{fill:#0d1117}.quiet{fill:#9aa4af}
.keep{fill:#56b4e9}.review{fill:#57606a}.drop{fill:#f0883e}
.on-keep,.on-drop{fill:#0d1117}.on-review{fill:#ffffff}}"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One use: numbers of images to keep, to review and to drop."""

    use: str
    keep: int
    review: int
    drop: int

    @property
    def total(self) -> int:
        """Images judged for this use."""
        return self.keep + self.review + self.drop


def bars(figures: Figures, ruleset: str | None = None) -> list[Bar]:
    """One bar per use judged under a ruleset (by default the publisher's), our own uses first."""
    chosen = ruleset or figures.ruleset
    judged = {use: counts for (name, use), counts in figures.actions.items() if name == chosen}
    order = [*(use for use in USES if use in judged), *sorted(use for use in judged if use not in USES)]
    return [Bar(use, *(judged[use].get(action, 0) for action in ACTIONS)) for use in order]


def describe(figures: Figures) -> str:
    """The chart in words, one sentence per use: its text alternative here and in the card."""
    sentences = [f"{use_label(bar.use)}: {', '.join(_counted(bar))}." for bar in bars(figures)]
    return " ".join(sentences) or "No use has been judged yet."


def render_chart(figures: Figures) -> str:
    """The chart as a complete SVG document (UTF-8, LF). Equal figures give equal text."""
    rows = bars(figures)
    height = _TOP + _STEP * max(len(rows), 1) + 8
    title = f"Keep, review and drop under {visible(figures.ruleset, 60)}"
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">{xml(title)}</title>',
        f'<desc id="desc">{xml(describe(figures))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}" rx="8"/>',
        f'<text class="title" x="{_MARGIN}" y="34">{xml(title)}</text>',
        *_legend(figures),
    ]
    for place, bar in enumerate(rows):
        parts += _row(bar, _TOP + place * _STEP)
    if not rows:
        parts.append(
            f'<text class="count quiet" x="{_MARGIN}" y="{_TOP + 16}">No use has been judged yet.</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _counted(bar: Bar) -> list[str]:
    return [
        f"{action} {number(n)}" for action, n in zip(ACTIONS, (bar.keep, bar.review, bar.drop), strict=True)
    ]


def _legend(figures: Figures) -> list[str]:
    parts = []
    x = _MARGIN
    for action in ACTIONS:
        parts.append(f'<rect class="{action}" x="{x}" y="48" width="12" height="12" rx="2"/>')
        parts.append(f'<text class="key" x="{x + 18}" y="59">{action}</text>')
        x += 18 + 9 * len(action) + 18
    of = "rehearsal, " if figures.rehearsal else ""
    parts.append(
        f'<text class="key quiet" x="{WIDTH - _MARGIN}" y="59" text-anchor="end">'
        f"{of}{number(figures.images)} images</text>"
    )
    return parts


def _row(bar: Bar, y: int) -> list[str]:
    counts = dict(zip(ACTIONS, (bar.keep, bar.review, bar.drop), strict=True))
    words = " · ".join(_counted(bar))
    parts = [
        f'<text class="use" x="{_MARGIN}" y="{y + 14}">{xml(visible(use_label(bar.use), 40))}</text>',
        f'<text class="count quiet" x="{WIDTH - _MARGIN}" y="{y + 14}" text-anchor="end">{words}</text>',
    ]
    x = float(_MARGIN)
    for action, width in zip(ACTIONS, _widths(list(counts.values())), strict=True):
        if not counts[action]:
            continue
        place = f'x="{x:.1f}" y="{y + 22}" width="{width:.1f}" height="{_BAR_HEIGHT}"'
        parts.append(f'<rect class="{action}" {place} rx="2"/>')
        if width >= 52:
            parts.append(
                f'<text class="share on-{action}" x="{x + width / 2:.1f}" y="{y + 36}" text-anchor="middle">'
                f"{xml(share(counts[action], bar.total))}</text>"
            )
        x += width + _GAP
    return parts


def _widths(counts: list[int]) -> list[float]:
    """Widths in pixels that fill the bar, gaps taken off, none that is not nothing too thin to see."""
    some = [count for count in counts if count]
    if not some:
        return [0.0] * len(counts)
    room = _BAR - _GAP * (len(some) - 1)
    spare = room - _LEAST * len(some)
    total = sum(some)
    return [_LEAST + spare * count / total if count else 0.0 for count in counts]
