"""From rows back to nouns: one image's looks, with texts and bytes, for people and for rereading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from crawler.errors import BadInput, EvidenceDamaged
from crawler.evidence.as_of import View
from crawler.evidence.clock import MILLISECONDS
from crawler.evidence.coding import findings_from
from crawler.evidence.file import EvidenceFile
from crawler.evidence.queries import content
from crawler.evidence.writer import speakable
from crawler.model import (
    Basis,
    Capture,
    Claim,
    Field,
    Findings,
    Look,
    Permission,
    Reason,
    Scope,
    Status,
    Target,
)

FORGOTTEN = "(forgotten on request)"
_SNAPSHOT = (
    "SELECT s.id, s.image, s.refresh, s.at, s.status, s.reason, f.data, s.reader, s.looks, s.permission,"
    " s.supersedes FROM snapshot s JOIN findings f ON f.id = s.findings"
)


@dataclass(frozen=True, slots=True)
class RecalledLook:
    """One answer that a snapshot rests on. ``body_sha256`` is hex; ``None`` where no body came."""

    capture_id: int
    reading_id: int
    capture: Capture
    body_id: int | None
    body_sha256: str | None
    permission: Permission
    reader: str
    look: Look


@dataclass(frozen=True, slots=True)
class RecalledSnapshot:
    """One snapshot of one image; ``permission`` is set when nothing was asked."""

    id: int
    image: int
    refresh: int
    at: int
    status: Status
    reason: Reason
    findings: Findings
    reader: str
    looks: tuple[tuple[int, int], ...]
    permission: Permission | None
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class RecalledImage:
    """One manifest row as it stands in the file; texts are ``FORGOTTEN`` where they were."""

    id: int
    key: str
    ordinal: int
    source: str
    native: str | None
    declared: dict[str, str]
    declared_license: str | None
    declared_state: str


def images(view: View, key: str) -> list[RecalledImage]:
    """Images with this key as of the view. Raises BadInput when there are none."""
    db = view.file.db
    key = speakable(key)
    rows = db.execute(
        "SELECT i.id, i.key, i.ordinal, coalesce(p.source, 'none'), p.native, i.declared_ref, i.credit_ref,"
        " i.declared_license, i.declared_state FROM temp.listed l JOIN image i ON i.id = l.image"
        " LEFT JOIN place p ON p.image = i.id WHERE i.key = ? ORDER BY i.ordinal, i.id",
        (key,),
    ).fetchall()
    if not rows:
        near = db.execute("SELECT i.key FROM image i ORDER BY i.id LIMIT 1").fetchone()
        hint = f' Keys are the manifest\'s own, such as "{near[0][:80]}".' if near else ""
        raise BadInput(f'No image of {view.file.path} has the key "{key[:80]}".{hint}')
    found = []
    for row_id, name, ordinal, source, native, declared_ref, credit_ref, license_id, state in rows:
        declared: dict[str, str] = {}
        for digest in (declared_ref, credit_ref):
            data = content(view.file, digest)
            declared |= orjson.loads(data) if data else {}
        if declared_ref is None or not declared:
            declared = {"row": FORGOTTEN}
        found.append(RecalledImage(row_id, name, ordinal, source, native, declared, license_id, state))
    return found


def snapshots(view: View, image: int) -> list[RecalledSnapshot]:
    """All snapshots of an image by then, newest first; superseded ones included."""
    rows = view.file.db.execute(
        f"{_SNAPSHOT} WHERE s.image = ? ORDER BY s.at DESC, s.id DESC",
        (image,),
    ).fetchall()
    return [_snapshot(view.file, row) for row in rows if row[0] <= view.as_of.upto.get(row[0] >> 32, 0)]


def snapshot(file: EvidenceFile, snapshot_id: int) -> RecalledSnapshot:
    """One snapshot by its row id."""
    row = file.db.execute(
        f"{_SNAPSHOT} WHERE s.id = ?",
        (snapshot_id,),
    ).fetchone()
    return _snapshot(file, row)


def _snapshot(file: EvidenceFile, row: tuple[Any, ...]) -> RecalledSnapshot:
    return RecalledSnapshot(
        row[0],
        row[1],
        row[2],
        row[3],
        Status(row[4]),
        Reason(row[5]),
        findings_from(row[6]),
        row[7],
        tuple((c, r) for c, r in orjson.loads(row[8])),
        None if row[9] is None else permission(file, row[9]),
        row[10],
    )


def permission(file: EvidenceFile, row_id: int) -> Permission:
    """A recorded decision of the gate."""
    allowed, basis, reason, rule, document, group = file.db.execute(
        "SELECT allowed, basis, reason, rule, document, agent_group FROM permission WHERE id = ?", (row_id,)
    ).fetchone()
    return Permission(bool(allowed), basis, Reason(reason) if reason else None, rule, document, group)


def look(file: EvidenceFile, native_id: str, reading: int) -> tuple[str, Look]:
    """(reader, look) of a reading; forgotten texts come back as ``FORGOTTEN``."""
    reader, status, reason, unread, credit, owner, text = file.db.execute(
        "SELECT reader, status, reason, unread, credit_ref, owner_ref, text_ref FROM reading WHERE id = ?",
        (reading,),
    ).fetchone()
    texts: dict[str, list[str | None]] = {}
    for digest in (credit, owner, text):
        data = content(file, digest)
        texts |= orjson.loads(data) if data else {}
    claims = []
    for n, name, value, scope, basis, locator in file.db.execute(
        "SELECT n, field, value, scope, basis, locator FROM claim WHERE reading = ? ORDER BY n", (reading,)
    ):
        personal, raw, quote = texts.get(str(n), (None, FORGOTTEN, ""))
        claims.append(
            Claim(
                Field(name),
                value if value is not None else personal,
                raw or "",
                Scope(scope),
                locator,
                quote or "",
                Basis(basis),
            )
        )
    return reader, Look(
        native_id,
        Status(status) if status else None,
        Reason(reason) if reason else None,
        tuple(claims),
        tuple(orjson.loads(unread)) if unread else (),
    )


def recalled_look(file: EvidenceFile, source: str, native_id: str, pair: tuple[int, int]) -> RecalledLook:
    """One (capture, reading) pair of a snapshot, with its body if that is still stored."""
    capture_id, reading_id = pair
    url, status, fault, headers, body, permission_id, same_as, via, at = file.db.execute(
        "SELECT url_ref, status, fault, headers_ref, body, permission, same_as, via_ref, at FROM capture WHERE id = ?",
        (capture_id,),
    ).fetchone()
    if same_as is not None and body is None:
        body = file.db.execute("SELECT body FROM capture WHERE id = ?", (same_as,)).fetchone()[0]
    address = (content(file, url) or FORGOTTEN.encode()).decode()
    header_data = content(file, headers)
    via_data = content(file, via)
    digest = data = None
    if body is not None:
        digest = bytes(file.db.execute("SELECT sha256 FROM body WHERE id = ?", (body,)).fetchone()[0]).hex()
        try:
            data = file.load_body(body)
        except EvidenceDamaged:
            data = None
    reader, found = look(file, native_id, reading_id)
    return RecalledLook(
        capture_id,
        reading_id,
        Capture(
            Target(source, address, "", (native_id,)),
            address,
            status,
            tuple((str(k), str(v)) for k, v in orjson.loads(header_data)) if header_data else (),
            data or b"",
            datetime.fromtimestamp(at / MILLISECONDS, UTC),
            fault,
            tuple(orjson.loads(via_data)) if via_data else (),
        ),
        body if data is not None else None,
        digest,
        permission(file, permission_id),
        reader,
        found,
    )
