"""Documents for people: the list, one text as its stored bytes read today, and the difference between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.errors import BadInput
from crawler.evidence import documents as shelf
from crawler.evidence.clock import iso
from crawler.evidence.documents import Document, Version
from crawler.evidence.file import EvidenceFile
from crawler.reading.pages.readable import READABLE, readable
from deedwatch.settings import command
from deedwatch.word_diff import diff


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list. Times are ISO 8601; ``sha256`` is of the newest readable text; ``state`` says what came
    of the latest time it was asked for, "read" or the reason why it could not be.
    """

    kind: str
    url: str
    versions: int
    first_seen: str | None
    last_seen: str | None
    sha256: str | None
    state: str


def listed(file: EvidenceFile) -> list[Listed]:
    """All documents of the file."""
    return [_listed(document) for document in shelf.documents(file)]


def _listed(document: Document) -> Listed:
    versions = document.versions
    state = state_of(document)
    return Listed(
        document.kind,
        document.url,
        len(versions),
        iso(versions[0].at) if versions else None,
        iso(versions[-1].last) if versions else None,
        versions[-1].sha256 if versions else None,
        state,
    )


def state_of(document: Document) -> str:
    """What came of the latest time it was asked for: "read", or why it could not be."""
    if document.status in ("available", ""):
        return "read"
    if document.kind == "robots" and document.status == "gone":
        return "none there, so no rules"
    return f"{document.status} ({document.reason})"


def lines(rows: Sequence[Listed]) -> list[str]:
    """The list for people."""
    shown = []
    for row in rows:
        count = f"{row.versions} version{'' if row.versions == 1 else 's'}"
        seen = (
            f"{row.first_seen} to {row.last_seen}, {(row.sha256 or '')[:12]}"
            if row.versions
            else "no text yet"
        )
        shown.append(f"{row.kind:<9} {row.url}  {count}, {seen}, {row.state}")
    if not rows:
        return ["No documents are on record yet; a refresh keeps the texts that its photos hang on."]
    plural = "" if len(rows) == 1 else "s"
    shown.append(
        f"{len(rows):,} document{plural}. The same command with an address shows its text, with --diff what changed."
    )
    return shown


def text_of(file: EvidenceFile, url: str) -> list[str]:
    """The newest text of a document, under a line that says which it is. Raises BadInput where none is held."""
    document = _document(file, url)
    version = document.versions[-1]
    state = "" if document.status in ("available", "") else f"; asked for last: {state_of(document)}"
    head = (
        f"{document.kind} {document.url}, version {version.number} of {len(document.versions)}, first seen"
        f" {iso(version.at)}, last {iso(version.last)}, sha256 of the text {version.sha256}{state}"
    )
    return [head, "", *_text(file, document, version).splitlines()]


def difference(file: EvidenceFile, url: str, numbers: tuple[int, ...]) -> list[str]:
    """What changed from one version to another, by default between the last two texts that differ.

    Both texts are what today's reader makes of the stored bytes, so that a newer reader is no difference. Raises
    BadInput for a version there is none of.
    """
    document = _document(file, url)
    if len(numbers) not in (0, 2):
        raise BadInput("--diff takes the numbers of two versions, or none for the last two that differ.")
    if numbers:
        one, other = (_numbered(document, number) for number in numbers)
    else:
        other = document.versions[-1]
        now = _text(file, document, other)
        earlier = next((v for v in reversed(document.versions[:-1]) if _text(file, document, v) != now), None)
        if earlier is None:
            return [
                f"{url} has had one text only, seen from {iso(document.versions[0].at)} to {iso(other.last)}."
            ]
        one = earlier
    names = tuple(f"version {v.number}, {iso(v.at)}" for v in (one, other))
    found = diff(_text(file, document, one), _text(file, document, other), names=(names[0], names[1]))
    return found or [f"Versions {one.number} and {other.number} of {url} read the same with {READABLE}."]


def differing(file: EvidenceFile, document: Document, one: Version) -> list[Version]:
    """The later versions of a document whose text is another than this one's, oldest first.

    Texts are what today's reader makes of the stored bytes. Where bytes were forgotten, the hashes are compared.
    """
    later = [version for version in document.versions if version.number > one.number]
    if not later:
        return []
    try:
        text = _text(file, document, one)
        return [version for version in later if _text(file, document, version) != text]
    except BadInput:
        return [version for version in later if version.sha256 != one.sha256]


def _document(file: EvidenceFile, url: str) -> Document:
    found = shelf.documents(file, url)
    if not found:
        raise BadInput(
            f"{file.path} holds no document {url}; {command('documents', '--db', str(file.path))} lists those it has."
        )
    with_text = [document for document in found if document.versions]
    if not with_text:
        raise BadInput(f"{url} was asked for and never read: {state_of(found[0])}.")
    return with_text[0]


def _numbered(document: Document, number: int) -> Version:
    if not 1 <= number <= len(document.versions):
        raise BadInput(
            f"{document.url} has no version {number}; it has {len(document.versions)}, counted from 1."
        )
    return document.versions[number - 1]


def _text(file: EvidenceFile, document: Document, version: Version) -> str:
    held = shelf.stored(file, version.capture)
    if held.body is None:
        raise BadInput(f"The bytes of version {version.number} of {document.url} were forgotten.")
    if document.kind == "robots" and held.status >= 400:
        return f"(no robots.txt: the host answered {held.status})"
    return readable(held.body, "text/plain" if document.kind == "robots" else held.content_type)
