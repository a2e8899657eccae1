"""What a refresh came to, in sentences a person can read aloud; ends with the one act that would decide most
of the rest.
"""

from __future__ import annotations

from collections import Counter

from crawler.evidence import as_of, documents, queries, refreshes
from crawler.model import Reason, Status
from crawler.sources.discovery import spiders
from deedwatch import drift
from deedwatch.refresh import Run
from deedwatch.rules import RULES
from deedwatch.settings import command

_KIND_WORDS = {
    "license-changed": ("licence changed", "licences changed"),
    "author-changed": ("author changed", "authors changed"),
    "model-release-changed": ("model-release claim changed", "model-release claims changed"),
    "opt-out-changed": ("opt-out changed", "opt-outs changed"),
    "withdrawal-signal": ("withdrawal signal", "withdrawal signals"),
    "source-suspected": ("source suspected lost", "sources suspected lost"),
    "source-lost": ("source lost, confirmed", "sources lost, confirmed"),
    "reappeared": ("source reappeared", "sources reappeared"),
    "moved": ("source moved", "sources moved"),
    "replaced": ("picture replaced", "pictures replaced"),
    "document-changed": ("document changed", "documents changed"),
}


def summarise(run: Run) -> list[str]:
    """The closing lines of ``deedwatch refresh``."""
    view = as_of.View(run.file, RULES, as_of.find(run.file))
    facts = queries.dataset(view)
    lines = [
        "",
        *_looks(view, facts.images),
        *_licenses(view),
        *_changes(view, run),
        *_documents(view, run),
    ]
    lines += [*_trouble(run), *_drift(run)]
    for head in run.file.heads():
        lines.append(f"Chain head, keep it elsewhere: {head}")
    if not run.whole:
        left, listed = refreshes.images_left(run.file, run.refresh)
        lines.append(
            f"Taken up in this refresh: {listed - left:,} of {listed:,} images; the figures above are of each image's"
            f" latest look. What would decide most of the rest: the same command again, for {left:,} images."
        )
        return lines
    outages = set() if run.conductor is None else run.conductor.scribe.outages
    lines.append(_closing(view, facts.images, outages))
    return lines


def _looks(view: as_of.View, images: int) -> list[str]:
    counts: Counter[str] = Counter()
    for _, status, _, n in queries.statuses(view):
        counts[status] += n
    unseen = images - counts.total()
    words = [f"{n:,} {status.replace('_', ' ')}" for status, n in counts.most_common()]
    if unseen:
        words.append(f"{unseen:,} not looked at yet")
    return [f"{images:,} images: {', '.join(words)}."]


def _licenses(view: as_of.View) -> list[str]:
    known = [(name, n) for name, n in queries.licenses_now(view) if name is not None]
    if not known:
        return []
    shown = ", ".join(f"{name} {n:,}" for name, n in known[:6])
    more = f" and {len(known) - 6} more" if len(known) > 6 else ""
    return [f"Licences the sources state now: {shown}{more}."]


def _changes(view: as_of.View, run: Run) -> list[str]:
    counts = queries.change_counts(view, run.refresh)
    if not counts:
        return ["Changes in this refresh: none."]
    words = [f"{n:,} {_KIND_WORDS[kind][n != 1]}" for kind, n in counts.items()]
    return [f"Changes in this refresh: {', '.join(words)}; {command('changes', *run.where)} lists them."]


def _documents(view: as_of.View, run: Run) -> list[str]:
    """What came of license and terms pages in this refresh; nothing where none was asked for."""
    asked = documents.looks_in(run.file, run.refresh)
    if not asked:
        return []
    read = sum(n for status, n in asked.items() if status == Status.AVAILABLE)
    words = [f"{n:,} {status.replace('_', ' ')}" for status, n in asked.items() if status != Status.AVAILABLE]
    others = f", {', '.join(words)}" if words else ""
    lines = [
        f"License and terms pages: {read:,} read{others}; {command('documents', *run.where)} lists them."
    ]
    if "document-changed" not in queries.change_counts(view, run.refresh):
        return lines
    for change in queries.changes(view, refresh=run.refresh):
        kind, _, rest = change.before.partition(" ")
        url, _, since = rest.partition(" as of ")
        if change.kind == "document-changed" and kind != "robots":
            lines.append(
                f"THE TEXT OF {url} HAS CHANGED since {since[:10]};"
                f" {command('documents', url, '--diff', *run.where)} shows where."
            )
    return lines


def _drift(run: Run) -> list[str]:
    if run.filled is None or not run.whole:
        return []
    return drift.sentences(run.filled.detail(), refreshes.counts_before(run.file, run.refresh))


def _trouble(run: Run) -> list[str]:
    if run.conductor is None:
        return []
    forgotten = [
        f"Free text of {n:,} {source} images that are confirmed to be no longer public was forgotten, as its terms ask."
        for source, n in run.retained.items()
        if n
    ]
    scribe = run.conductor.scribe
    lines = forgotten + [
        f"suspect_outage: {source} lost so many photos at once that it may be failing; it rests, and its losses of this"
        f' refresh don\'t count. If they are real: --accept-loss {source} --why "…"'
        for source in sorted(scribe.outages)
    ]
    lines += [
        f"UNKNOWN FLICKR LICENCE ID {name!r} on {n:,} photos: recorded as unreadable, never guessed. Flickr's list of"
        " licences has grown; a newer deedwatch is needed."
        for name, n in sorted(scribe.unknown_license_ids.items())
    ]
    lines += [
        f"{group} rests for this refresh: {why}."
        for group, (_, why) in run.conductor.pacing.at_rest().items()
    ]
    return lines


def _closing(view: as_of.View, images: int, outages: set[str]) -> str:
    left: Counter[tuple[str, str, str]] = Counter()
    decided = 0
    for source, status, reason, n in queries.statuses(view):
        set_aside = Status(status).lost and source in outages
        if Status(status).conclusive and not set_aside:
            decided += n
        else:
            left[source, status, Reason.SUSPECT_OUTAGE if set_aside else reason] += n
    unseen = images - decided - left.total()
    share = f"{decided / images:.1%}" if images else "0%"
    said = f"Decided by a look at the source: {decided:,} of {images:,} images ({share})."
    if unseen and (not left or unseen >= left.most_common(1)[0][1]):
        return (
            f"{said} What would decide most of the rest: the same command again, for {unseen:,} images not looked"
            " at yet."
        )
    if not left:
        return f"{said} Nothing is left to do until the next refresh."
    (source, _, word), n = left.most_common(1)[0]
    reason = Reason(word)
    where = source
    if source == "any_page" and reason not in (Reason.GUARD, Reason.SUPPRESSED):
        where, n = queries.busiest_group(view, source, word)
    return f"{said} What would decide most of the rest ({n:,} images): {act(source, reason, where)}"


def act(source: str, reason: Reason, where: str) -> str:
    """What a person can do about images of a source that ended with this reason; ``where`` names it for people."""
    spider = spiders().get(source)
    terms = spider.terms if spider is not None else None
    if reason is Reason.NO_KEY and terms is not None and terms.key is not None:
        return f"a key of your own for {source} in {terms.key.setting}."
    if reason is Reason.BAD_KEY and terms is not None and terms.key is not None:
        return f"a working key for {source} in {terms.key.setting}; it refused the present one."
    if reason is Reason.TERMS:
        return f"accepting the terms of {source}: --accept-terms {source}."
    if reason is Reason.NO_SOURCE_PAGE:
        return "a list that names their pages, or --map page_url=COLUMN if this one does."
    if reason in (Reason.ROBOTS, Reason.OPT_OUT):
        return (
            f"nothing of ours: {where} does not want to be visited; ask its operator, or clear these"
            " images by other means."
        )
    if reason is Reason.ROBOTS_UNREACHABLE:
        return "another refresh when the robots.txt of their sites can be read again."
    if reason is Reason.GUARD:
        return "nothing: their addresses may not be visited; look at the rows in the list."
    if reason is Reason.UNKNOWN_LICENSE_ID:
        return "a newer deedwatch, which knows the licence id."
    if reason is Reason.NOT_UNDERSTOOD:
        return f"a reader for {where} that understands these pages (CONTRIBUTING.md tells how to add one)."
    if reason in (
        Reason.FORBIDDEN,
        Reason.LOGIN_WALL,
        Reason.BOT_WALL,
        Reason.CHALLENGE,
        Reason.REDIRECT_REFUSED,
    ):
        return f"nothing of ours: {where} refuses us, and a refusal is an answer; ask its operator."
    if reason is Reason.SUPPRESSED:
        return "nothing: they were forgotten on request."
    return "another refresh, tomorrow or later."
