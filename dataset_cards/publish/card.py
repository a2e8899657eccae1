"""Writes the published card: README.md with front matter, the answer first, and what is not known.

The wording stands in ``templates/card.md.j2``, the tables in ``verdict_tables.py`` and
``evidence_tables.py``. Every value a template prints passes ``_finalize``: text is neutralised unless it is
``Markdown`` already, so a template cannot forget to.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import jinja2

from dataset_cards.publish import evidence_tables, verdict_tables
from dataset_cards.publish.chart import describe
from dataset_cards.publish.figures import Figures, Head
from dataset_cards.publish.foreign_text import Markdown, code, md, visible
from dataset_cards.publish.front_matter import render_front_matter
from dataset_cards.publish.hub_license import hub_license
from dataset_cards.publish.table import date, percent
from dataset_cards.publish.words import number

#: The sentence Flickr's API terms demand of whoever uses the API: Flickr APIs Terms of Use, section 1 a,
#: https://www.flickr.com/help/terms/api (wording as other products quote it, read November 2026).
FLICKR_NOTICE = "This product uses the Flickr API but is not endorsed or certified by SmugMug, Inc."


def render_card(figures: Figures) -> str:
    """README.md of an audit: UTF-8 text, LF, one newline at the end. Equal figures give equal text.

    Raises ``BadInput`` as ``front_matter`` does.
    """
    name = md(visible(figures.dataset, 120).strip() or "(unnamed dataset)")
    text = _template().render(
        f=figures,
        name=name,
        answer=verdict_tables.actions(figures, figures.ruleset),
        chart_words=describe(figures),
        coverage=_coverage(figures),
        lists=verdict_tables.lists(figures),
        list_hashes=verdict_tables.list_hashes(figures),
        comparison=verdict_tables.comparison(figures),
        csv_note=_csv_note(figures),
        rulesets=verdict_tables.rulesets(figures),
        licenses=evidence_tables.licenses(figures),
        differs=evidence_tables.differs(figures),
        statuses=evidence_tables.statuses(figures),
        source_states=evidence_tables.source_states(figures),
        lost=_lost(figures),
        changes=evidence_tables.changes(figures),
        people=evidence_tables.people(figures),
        opt_outs=evidence_tables.opt_outs(figures),
        carriers=evidence_tables.carriers(figures),
        withdrawals=evidence_tables.withdrawals(figures),
        not_known=evidence_tables.not_known(figures),
        hashes=_hashes(figures),
        refreshes=evidence_tables.refreshes(figures),
        lists_license=_lists_license(figures),
        flickr_notice=FLICKR_NOTICE,
    )
    body = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    return f"{render_front_matter(figures)}\n{body}\n"


_HEAD = re.compile(r"^- \*\*Evidence head\*\*: chain `([^`]+)`, entry (\d+), hash `([^`]+)`", re.M)


def head_in_card(card: str) -> Head | None:
    """The evidence head a card carries, or ``None``: what ``verify --card`` compares with."""
    match = _HEAD.search(card)
    return Head(match[1], int(match[2]), match[3]) if match else None


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=False,  # noqa: S701 - HTML escaping is the wrong one here; _finalize escapes for Markdown
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"code": code, "date": date, "n": _number, "plain": _plain}
    source = files(__package__).joinpath("templates", "card.md.j2").read_text(encoding="utf-8")
    return environment.from_string(source)


def _finalize(value: object) -> str:
    if isinstance(value, Markdown):
        return value
    return md(str(value), limit=None if isinstance(value, int) else 2000)


def _number(count: int) -> Markdown:
    return Markdown(number(count))


def _plain(count: int) -> Markdown:
    return Markdown(str(int(count)))


def _coverage(figures: Figures) -> Markdown:
    images, seen = figures.images, figures.visited
    if not seen:
        return Markdown(
            f"None of the {number(images)} images has been looked at yet: all of them are *unknown* at their "
            "source, and no keep list may rest on the list's own word."
        )
    conclusive = _asked(figures)
    if not figures.not_visited:
        return Markdown(f"All {number(images)} images were taken up; {conclusive}.")
    unseen = figures.not_visited
    return Markdown(
        f"{number(seen)} of {number(images)} images ({percent(seen, images)}) were taken up; "
        f"{conclusive}. Nobody has looked at the other {number(unseen)} ({percent(unseen, images)}): "
        "they count as *unknown* everywhere below and stand in no keep list."
    )


def _asked(figures: Figures) -> str:
    """How many of the images taken up could be asked about, and what came of it."""
    asked, seen = figures.asked, figures.visited
    if not asked:
        return "none of them could be asked about (we may not look, or know no page to look at)"
    answered = f"{number(figures.conclusive)} ({percent(figures.conclusive, asked)})"
    if asked == seen:
        return f"{answered} of them gave a conclusive answer"
    return (
        f"{number(asked)} of them ({percent(asked, seen)}) could be asked about (at the others we may not look, or "
        f"know no page to look at), and {answered} of these gave a conclusive answer"
    )


def _lost(figures: Figures) -> Markdown:
    if not figures.lost_confirmed and not figures.lost_suspected:
        return Markdown("No image looked at is known to be lost at its source.")
    return Markdown(
        f"{number(figures.lost_confirmed)} images are lost at their source (deleted, private, withheld), "
        f"confirmed by a second look or path; {number(figures.lost_suspected)} more are suspected, "
        "and stay so until a second look at least 24 hours after the first."
    )


def _csv_note(figures: Figures) -> Markdown:
    if not any(file.format == "csv" for file in figures.lists):
        return Markdown("")
    return Markdown(
        " In CSV files, a cell that begins with an apostrophe is guarded against spreadsheets: take the "
        "apostrophe off and read backslash escapes to get the key."
    )


def _hashes(figures: Figures) -> Markdown:
    items = [
        *(("ruleset", ruleset) for ruleset in figures.rulesets),
        ("dataset profile", figures.profile),
        ("licence registry", figures.registry),
    ]
    return Markdown(
        "\n".join(
            f"  - {what} {code(item.id)}, SHA-256 {code(item.sha256)}" if item else f"  - no {what}"
            for what, item in items
        )
    )


def _lists_license(figures: Figures) -> Markdown:
    if figures.lists_license is None:
        return Markdown("The publisher has not said under which terms this card and its lists may be reused.")
    found = hub_license(
        figures.lists_license, name=figures.lists_license_name, link=figures.lists_license_link
    )
    label = figures.lists_license if found.id != "other" else found.name or "other"
    where = f" (text: {code(found.link)})" if found.link else ""
    return Markdown(f"This card and its lists are published under {code(label)}{where}.")
