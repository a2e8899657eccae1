"""The texts an image's licence hangs on: the version in force when we looked, and whether it has changed since."""

from __future__ import annotations

import shlex

from crawler.evidence import documents as shelf
from crawler.evidence.as_of import View
from crawler.evidence.clock import iso
from crawler.evidence.documents import Document, Version
from crawler.evidence.recall import RecalledSnapshot
from crawler.fetching.documents import Text, texts
from crawler.model import Scope
from crawler.sources.discovery import spiders
from dataset_cards.publish.explanation import ShownText
from deedwatch.documents import differing, state_of


def texts_behind(view: View, source: str, snapshot: RecalledSnapshot | None) -> tuple[ShownText, ...]:
    """Of the licence that a snapshot found: its own page and its legal code, and the source's licence and terms pages.

    Where its statements contradict one another, the texts of all of them. None where no look found any licence.
    """
    if snapshot is None:
        return ()
    found = snapshot.findings
    stated = sorted({each.id for each in found.licenses if each.id and each.scope is not Scope.SITE})
    ids = [found.license] if found.license else stated
    if not ids:
        return ()
    kind = spiders().get(source)
    wanted = [*texts((), ids), *texts([] if kind is None else [kind.terms], ())]
    return tuple(_shown(view, text, snapshot) for text in dict.fromkeys(wanted))


def _shown(view: View, text: Text, snapshot: RecalledSnapshot) -> ShownText:
    document = _document(view, text)
    look = iso(snapshot.at)
    if document is None:
        return ShownText(text.kind, text.url, "never asked for", look)
    if not document.versions:
        return ShownText(text.kind, text.url, f"{state_of(document)}, {iso(document.asked)}", look)
    version, held = _in_force(document, snapshot)
    changed = differing(view.file, document, version)
    same = [
        other
        for other in document.versions
        if other.number >= version.number and (not changed or other.number < changed[0].number)
    ]
    return ShownText(
        kind=text.kind,
        url=text.url,
        state=state_of(document),
        look=look,
        version=version.number,
        versions=document.versions[-1].number,
        sha256=version.sha256,
        first_seen=iso(version.at),
        last_seen=iso(max(other.last for other in same)),
        held=held,
        changed=tuple((other.number, iso(other.at)) for other in changed),
        command=_command(view, document, version, changed),
    )


def _document(view: View, text: Text) -> Document | None:
    found = shelf.documents(view.file, text.url, view.as_of.upto)
    return next((document for document in found if document.kind == text.kind), None)


def _in_force(document: Document, snapshot: RecalledSnapshot) -> tuple[Version, str]:
    """Documents are asked for when the photos are done, and not again within a day: the text of the look's own
    refresh is the one in force, else the last that was read before the look.
    """
    own = [version for version in document.versions if snapshot.refresh in version.refreshes]
    if own:
        return own[-1], "same-refresh"
    before = [version for version in document.versions if version.at <= snapshot.at]
    return (before[-1], "before") if before else (document.versions[0], "after")


def _command(view: View, document: Document, version: Version, changed: list[Version]) -> str:
    """What to type to see the difference to the newest other text, else to the one before, else the text itself."""
    words = ["deedwatch", "documents", document.url]
    if changed:
        words += ["--diff", str(version.number), str(changed[-1].number)]
    elif version.number > 1:
        words += ["--diff", str(version.number - 1), str(version.number)]
    return shlex.join([*words, "--db", str(view.file.path)])
