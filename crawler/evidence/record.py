"""From nouns to rows: what the crawler saw, written down once by content.

Equal permissions, findings, readings and addresses are written once and referred to again, so an unchanged
page seen again costs a capture and a snapshot, nothing else. Look-ups by content use keyed digests, for a
plain hash of a name could be guessed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from typing import Any

import orjson

from crawler.evidence.bodies import pack
from crawler.evidence.body_store import BodyStore
from crawler.evidence.coding import findings_json
from crawler.evidence.file import EvidenceFile
from crawler.evidence.writer import Writer, speakable
from crawler.model import (
    CREDIT_FIELDS,
    OWNER_FIELDS,
    PERSONAL_FIELDS,
    Capture,
    Claim,
    Field,
    Findings,
    Look,
    Permission,
    Reason,
    Status,
)

CACHE = 20_000
#: Shorter headers are stored as they are: packing would cost more time than it saves room.
WORTH_PACKING = 512


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """What ``Recorder.snapshot`` writes for one image; ids are row ids."""

    image: int
    refresh: int
    status: Status
    reason: Reason
    findings: int
    author: bytes | None
    reader: str
    looks: tuple[tuple[int, int], ...]
    permission: int | None = None
    supersedes: int | None = None
    at: int | None = None  # default: now


@dataclass(frozen=True, slots=True)
class DocumentLook:
    """What ``Recorder.document_look`` writes: ``version`` is the text that was seen, ``None`` where the answer, or the
    decision not to ask, says nothing of it; ``reader`` names the reader of the text.
    """

    kind: str
    url: str
    refresh: int
    status: Status
    reason: Reason
    capture: int | None = None
    permission: Permission | None = None
    reader: str | None = None
    version: int | None = None


class Recorder:
    """Writes evidence of one open file. Not for more than one thread."""

    def __init__(self, file: EvidenceFile) -> None:
        self.file = file
        self.writer = Writer(file)
        self._key = file.pseudonym_key
        self._macs: dict[str, blake2b] = {}
        self._ids: OrderedDict[bytes, int] = OrderedDict()
        self._rows: dict[Permission | Findings, int] = {}  # cleared when it has grown
        self._addresses: OrderedDict[str, bytes] = OrderedDict()
        self._bodies = BodyStore(self.writer)
        with self.writer.storage() as storage:
            self._suppressed = {bytes(r[0]) for r in storage.db.execute("SELECT digest FROM suppression")}
        self.writer.commit()

    # Keyed digests

    def digest(self, kind: str, *parts: str | bytes) -> bytes:
        """16-byte keyed digest of a thing of ``kind``, for look-up and suppression."""
        begun = self._macs.get(kind)
        if begun is None:
            begun = self._macs[kind] = blake2b(kind.encode(), key=self._key, digest_size=16)
        mac = begun.copy()
        for part in parts:
            data = part if isinstance(part, bytes) else part.encode("utf-8", "backslashreplace")
            mac.update(len(data).to_bytes(8, "big") + data)
        return mac.digest()

    def suppressed(self, kind: str, *parts: str) -> bool:
        """Whether this photo, author or address was forgotten on request and must not come back."""
        return bool(self._suppressed) and self.digest(kind, *parts) in self._suppressed

    def pseudonym(self, author: str | None) -> bytes | None:
        """8 bytes that tell whether two looks name the same author, and nothing else."""
        return None if author is None else self.digest("author", author)[:8]

    def _known(self, digest: bytes) -> int | None:
        found = self._ids.get(digest)
        if found is not None:
            self._ids.move_to_end(digest)
            return found
        row = self.file.db.execute("SELECT target FROM known WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            return None
        self._remember(digest, int(row[0]))
        return int(row[0])

    def _remember(self, digest: bytes, row_id: int) -> None:
        self._ids[digest] = row_id
        if len(self._ids) > CACHE:
            self._ids.popitem(last=False)

    def _learn(self, digest: bytes, row_id: int) -> int:
        with self.writer.storage() as storage:
            storage.db.execute("INSERT INTO known VALUES (?,?)", (digest, row_id))
        self._remember(digest, row_id)
        return row_id

    def _once(self, table: str, *values: str | int | bytes | None) -> int:
        digest = self.digest(table, orjson.dumps([v.hex() if isinstance(v, bytes) else v for v in values]))
        known = self._known(digest)
        return known if known is not None else self._learn(digest, self.writer.append(table, *values))

    # Rows

    def refresh_event(
        self,
        run: int | None,
        event: str,
        *,
        rehearsal: bool,
        source: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> int:
        """Something that happened to a refresh; ``run`` is the id of its first row, ``None`` for that row
        itself.
        """
        text = orjson.dumps(detail or {}, option=orjson.OPT_SORT_KEYS).decode()
        return self.writer.append("refresh", run, event, source, int(rehearsal), text, self.file.clock.now())

    def permission(self, permission: Permission) -> int:
        """The row of this decision; equal decisions share one."""
        row = self._rows.get(permission)
        if row is None:
            self._trim()
            row = self._rows[permission] = self._once(
                "permission",
                int(permission.allowed),
                permission.basis,
                permission.reason.value if permission.reason else None,
                permission.rule,
                permission.document,
                permission.agent_group,
            )
        return row

    def _trim(self) -> None:
        if len(self._rows) >= CACHE:
            self._rows.clear()

    def address(self, url: str) -> bytes:
        """Content hash of an address; equal addresses share one."""
        known = self._addresses.get(url)
        if known is None:
            digest = self.digest("address", url)
            row = self.file.db.execute("SELECT target FROM known WHERE digest = ?", (digest,)).fetchone()
            if row is not None:
                known = bytes(row[0])
            else:
                known = self.writer.content("address", url.encode("utf-8", "backslashreplace"))
                with self.writer.storage() as storage:
                    storage.db.execute("INSERT INTO known VALUES (?,?)", (digest, known))
            self._addresses[url] = known
            if len(self._addresses) > CACHE:
                self._addresses.popitem(last=False)
        return known

    def capture(
        self,
        capture: Capture,
        refresh: int,
        permission: int,
        *,
        keep: bool = True,
        same_as: int | None = None,
        kind: str | None = None,
    ) -> int:
        """One exchange. ``keep`` False (a suppressed author) records that it happened and none of its
        content. ``kind`` is the type of the bytes kept, where they are not what the answer's Content-Type says.
        """
        url = headers = via = body = None
        if keep:
            url = self.address(capture.url)
            headers = self.writer.content("headers", _headers(capture))
            if capture.redirected_from:
                via = self.writer.content("address", orjson.dumps(list(capture.redirected_from)))
            if capture.body:
                kind = kind or capture.header("content-type")
                body = self._bodies.keep(capture.body, kind, url, capture.target.group)
        return self.writer.append(
            "capture",
            refresh,
            url,
            capture.status,
            capture.fault,
            headers,
            body,
            permission,
            same_as,
            via,
            round(capture.fetched_at.timestamp() * 1000),
        )

    def reading(self, reader: str, look: Look) -> int:
        """What a reader found; equal findings of one reader share a row and its claims."""
        try:
            digest = self.digest("reading", _reading_key(reader, look))
        except TypeError:
            look = _speakable_look(look)
            digest = self.digest("reading", _reading_key(reader, look))
        claims = look.claims
        known = self._known(digest)
        if known is not None:
            return known
        parts: dict[str, dict[str, list[str | None]]] = {"credit": {}, "owner": {}, "text": {}}
        rows = []
        hidden = self._hides_author(claims)
        for n, claim in enumerate(claims):
            part = _part(claim.field)
            personal = claim.field in PERSONAL_FIELDS
            if not hidden:
                parts[part][str(n)] = [claim.value if personal else None, claim.raw, claim.quote]
            value = None if personal else claim.value
            rows.append(
                (n, claim.field.value, value, claim.scope.value, claim.basis.value, claim.locator, part)
            )
        row_id = self.writer.append(
            "reading",
            reader,
            look.status.value if look.status else None,
            look.reason.value if look.reason else None,
            len(rows),
            orjson.dumps(look.unread).decode() if look.unread else None,
            *(self.writer.content(part, _json(texts)) if texts else None for part, texts in parts.items()),
        )
        for row in rows:
            self.writer.append("claim", row_id, *row)
        return self._learn(digest, row_id)

    def _hides_author(self, claims: Iterable[Claim]) -> bool:
        return bool(self._suppressed) and any(
            self.suppressed("author", value)
            for claim in claims
            if claim.field in {Field.AUTHOR, Field.AUTHOR_ID}
            for value in (claim.value, claim.raw)
            if value
        )

    def hides(self, look: Look) -> bool:
        """Whether the look names an author who was forgotten on request."""
        return self._hides_author(look.claims)

    def findings(self, findings: Findings) -> int:
        """The row of these findings; equal findings share one."""
        row = self._rows.get(findings)
        if row is None:
            self._trim()
            row = self._rows[findings] = self._once("findings", findings_json(findings))
        return row

    def snapshot(self, row: SnapshotRow) -> int:
        """What a refresh established for one image."""
        return self.writer.append(
            "snapshot",
            row.image,
            row.refresh,
            self.file.clock.now() if row.at is None else row.at,
            row.status.value,
            row.reason.value,
            row.findings,
            row.author,
            row.reader,
            orjson.dumps(row.looks).decode(),
            row.permission,
            row.supersedes,
        )

    def document(self, kind: str, url: str, capture: int, text: bytes) -> int:
        """A version of a text many images hang on; a new row only when its readable text is new."""
        document = self._once("document", kind, url)
        digest = sha256(text).digest()
        latest = self._known(self.digest("latest", str(document)))
        version_key = self.digest("version", str(document), digest)
        known = self._known(version_key)
        if known is not None and latest == known:
            return known
        row_id = self.writer.append("document_version", document, capture, digest, self.file.clock.now())
        with self.writer.storage() as storage:
            for key in (version_key, self.digest("latest", str(document))):
                storage.db.execute("INSERT OR REPLACE INTO known VALUES (?,?)", (key, row_id))
                self._remember(key, row_id)
        return row_id

    def document_look(self, row: DocumentLook) -> int:
        """What came of asking for a document, or of reading its stored bytes again."""
        return self.writer.append(
            "document_look",
            self._once("document", row.kind, row.url),
            row.refresh,
            row.capture,
            None if row.permission is None else self.permission(row.permission),
            row.status.value,
            row.reason.value,
            row.reader,
            row.version,
            self.file.clock.now(),
        )

    def decision(self, kind: str, as_of: int, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> int:
        """A judgement on record, in an entry of its own. ``as_of``: milliseconds UTC of the evidence judged."""
        self.writer.commit()
        row = self.writer.append(
            "decision", kind, as_of, _json(inputs).decode(), _json(outputs).decode(), self.file.clock.now()
        )
        self.writer.commit()
        return row


def _headers(capture: Capture) -> bytes:
    """Headers as a JSON array of [name, value], packed when that saves something."""
    data = _json(capture.headers)
    return data if len(data) < WORTH_PACKING else pack(data)


def _part(field: Field) -> str:
    """Which erasable content of a reading holds a claim's texts."""
    if field in CREDIT_FIELDS:
        return "credit"
    return "owner" if field in OWNER_FIELDS else "text"


def _reading_key(reader: str, look: Look) -> bytes:
    claims = [[c.field, c.value, c.raw, c.scope, c.basis, c.locator, c.quote] for c in look.claims]
    return orjson.dumps([reader, look.status, look.reason, look.unread, claims])


def _speakable_look(look: Look) -> Look:
    """The same look with lone surrogates written out, as ``Writer.append`` does."""
    claims = tuple(
        replace(
            claim,
            value=None if claim.value is None else speakable(claim.value),
            raw=speakable(claim.raw),
            quote=speakable(claim.quote),
            locator=speakable(claim.locator),
        )
        for claim in look.claims
    )
    return replace(look, claims=claims, unread=tuple(speakable(name) for name in look.unread))


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
