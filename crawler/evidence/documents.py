"""Documents: texts many images hang on, their versions, what came of asking for them, which ones a refresh needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from crawler.errors import EvidenceDamaged
from crawler.evidence.coding import findings_from
from crawler.evidence.file import EvidenceFile
from crawler.evidence.queries import content
from crawler.model import Scope


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a document. ``number`` counts from 1; ``at`` (milliseconds UTC) is when the text was first read.

    ``last``: when it was last seen. ``sha256`` is of the readable text, in hex (for robots.txt: of the word for its
    state with the hash of its bytes). ``readers`` made it; none is on record for a robots.txt of earlier versions.
    ``refreshes``: row ids of those in which the document was asked for and showed this text.
    """

    id: int
    number: int
    capture: int
    sha256: str
    at: int
    last: int
    readers: frozenset[str]
    refreshes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """One document with its versions, oldest first.

    ``status`` and ``reason`` are those of the latest time it was asked for, "" where no such row is kept (a
    robots.txt that only an earlier version of deedwatch asked for);
    ``asked`` is that time in milliseconds UTC.
    """

    id: int
    kind: str
    url: str
    versions: tuple[Version, ...]
    status: str
    reason: str
    asked: int


@dataclass(frozen=True, slots=True)
class Stored:
    """The bytes a version was read from; ``body`` is ``None`` where they are not held any more."""

    body: bytes | None
    content_type: str
    status: int


def documents(
    file: EvidenceFile, url: str | None = None, upto: Mapping[int, int] | None = None
) -> list[Document]:
    """All documents, or those of one address, by kind and address; as they stood when the last row of each chain
    was that of ``upto`` (``AsOf.upto``). Versions are numbered alike at all times.
    """
    db = file.db

    def then(row: int) -> bool:
        return upto is None or row <= upto.get(row >> 32, 0)

    found = []
    for row_id, kind, address in db.execute(
        "SELECT id, kind, url FROM document WHERE ? IS NULL OR url = ? ORDER BY kind, url", (url, url)
    ).fetchall():
        if not then(row_id):
            continue
        looks = [
            look
            for look in db.execute(
                "SELECT status, reason, reader, version, at, capture, permission, refresh, id FROM document_look"
                " WHERE document = ? ORDER BY at, id",
                (row_id,),
            ).fetchall()
            if then(look[8])
        ]
        versions = []
        for number, (version, capture, digest, at) in enumerate(
            db.execute(
                "SELECT id, capture, text_sha256, at FROM document_version WHERE document = ? ORDER BY at, id",
                (row_id,),
            ).fetchall(),
            start=1,
        ):
            if not then(version):
                continue
            mine = [look for look in looks if look[3] == version]
            last = max([at, *(look[4] for look in mine)])
            readers = frozenset(look[2] for look in mine)
            asked_in = frozenset(look[7] for look in mine if look[6] is not None)
            versions.append(
                Version(version, number, capture, bytes(digest).hex(), at, last, readers, asked_in)
            )
        asked = [look for look in looks if look[6] is not None]
        status, reason, when = (asked[-1][0], asked[-1][1], asked[-1][4]) if asked else ("", "", 0)
        when = when or max((version.last for version in versions), default=0)
        found.append(Document(row_id, kind, address, tuple(versions), status, reason, when))
    return found


def latest(file: EvidenceFile, kind: str, url: str) -> Version | None:
    """The newest version of a document, ``None`` before the first."""
    versions = [v for d in documents(file, url) if d.kind == kind for v in d.versions]
    return versions[-1] if versions else None


def asked_since(file: EvidenceFile, since: int) -> set[tuple[str, str]]:
    """(kind, address) of documents asked for from this time on, in milliseconds UTC, whatever came of it."""
    return {
        (kind, url)
        for kind, url in file.db.execute(
            "SELECT DISTINCT d.kind, d.url FROM document_look l JOIN document d ON d.id = l.document"
            " WHERE l.at > ? AND l.permission IS NOT NULL",
            (since,),
        )
    }


def looks_in(file: EvidenceFile, refresh: int) -> dict[str, int]:
    """Status → documents asked for in this refresh, robots.txt apart."""
    return dict(
        file.db.execute(
            "SELECT l.status, count(*) FROM document_look l JOIN document d ON d.id = l.document"
            " WHERE l.refresh = ? AND l.permission IS NOT NULL AND d.kind != 'robots' GROUP BY 1 ORDER BY 1",
            (refresh,),
        ).fetchall()
    )


def stored(file: EvidenceFile, capture: int) -> Stored:
    """The answer a version rests on."""
    status, headers, body = file.db.execute(
        "SELECT status, headers_ref, body FROM capture WHERE id = ?", (capture,)
    ).fetchone()
    data = content(file, headers)
    pairs = orjson.loads(data) if data else []
    kind = next((str(value) for name, value in pairs if str(name).lower() == "content-type"), "")
    if body is None:
        return Stored(b"", kind, status)
    try:
        return Stored(file.load_body(body), kind, status)
    except EvidenceDamaged:
        return Stored(None, kind, status)


def hung_on(file: EvidenceFile, refresh: int) -> tuple[list[str], list[str]]:
    """(sources that answered, licence ids their photos state) in this refresh, most images first.

    Licences of scope site are no image's and not among them. One pass over the rows written since the refresh began.
    """
    sources: Counter[str] = Counter()
    licenses: Counter[str] = Counter()
    for reader, data, images in file.db.execute(
        "SELECT s.reader, f.data, count(*) FROM snapshot s JOIN findings f ON f.id = s.findings"
        " WHERE s.id > ? AND s.refresh = ? AND s.looks != '[]' GROUP BY s.reader, s.findings",
        (refresh, refresh),
    ):
        sources[reader.partition("/")[0]] += images
        findings = findings_from(data)
        if not findings.status.conclusive:
            continue
        stated = {f.id for f in findings.licenses if f.scope is not Scope.SITE} | {findings.license}
        licenses.update({license_id: images for license_id in stated if license_id is not None})
    return _by_use(sources), _by_use(licenses)


def _by_use(counts: Counter[str]) -> list[str]:
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
