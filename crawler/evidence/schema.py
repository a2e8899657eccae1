"""The tables of an evidence file, as data: what each row holds, and which are evidence, storage or derived.

A row id is ``chain << 32 | sequence``: chain is a random number of 15 bits given once to each writer's
chain, sequence counts all evidence rows of that chain without a gap. So ids of files written on several
machines don't meet, sequences show a missing row, and every reference stays valid when files are merged.

Columns named ``…_ref`` hold the salted hash of a ``content`` row (personal text, erasable); ``at`` columns
are milliseconds since 1970 in UTC. Column order is part of the row hash: add columns only by new tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SEQUENCE_BITS: Final = 32


@dataclass(frozen=True, slots=True)
class Table:
    """An evidence table: its columns after ``id`` and before ``hash``, its indexes, and the migration that made it."""

    name: str
    columns: tuple[tuple[str, str], ...]
    indexes: tuple[str, ...] = ()
    since: int = 1

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in the order in which they are hashed."""
        return tuple(name for name, _ in self.columns)

    @property
    def refs(self) -> tuple[str, ...]:
        """Columns that point into ``content``."""
        return tuple(name for name, _ in self.columns if name.endswith("_ref"))

    @property
    def insert_sql(self) -> str:
        """Takes id, columns, hash."""
        marks = ",".join("?" * (len(self.columns) + 2))
        return f"INSERT INTO {self.name} VALUES ({marks})"

    @property
    def select_sql(self) -> str:
        """Gives id, columns, hash."""
        return f"SELECT id,{','.join(self.column_names)},hash FROM {self.name}"


INT, TEXT, BLOB = "INTEGER", "TEXT", "BLOB"

EVIDENCE: Final[tuple[Table, ...]] = (
    # One row per version of the manifest. removed/restored: JSON lists of image ids that left or came back.
    Table(
        "dataset",
        (
            ("name", TEXT),
            ("manifest", TEXT),
            ("sha256", BLOB),
            ("format", TEXT),
            ("mapping", TEXT),
            ("listed", INT),
            ("problems", INT),
            ("removed", TEXT),
            ("restored", TEXT),
            ("at", INT),
        ),
    ),
    # One row per manifest row as it stood. declared_ref: URLs, title, dates, raw; credit_ref: the author as
    # declared.
    Table(
        "image",
        (
            ("dataset", INT),
            ("key", TEXT),
            ("ordinal", INT),
            ("declared_license", TEXT),
            ("declared_state", TEXT),
            ("collected", TEXT),
            ("declared_ref", BLOB),
            ("credit_ref", BLOB),
        ),
        ("CREATE INDEX image_key ON image(key, ordinal)",),
    ),
    # What happened to a refresh: started, resumed, finished, interrupted, outage, loss_accepted,
    # terms_accepted.
    Table(
        "refresh",
        (("run", INT), ("event", TEXT), ("source", TEXT), ("rehearsal", INT), ("detail", TEXT), ("at", INT)),
        ("CREATE INDEX refresh_run ON refresh(run)",),
    ),
    Table(
        "permission",
        (
            ("allowed", INT),
            ("basis", TEXT),
            ("reason", TEXT),
            ("rule", TEXT),
            ("document", TEXT),
            ("agent_group", TEXT),
        ),
    ),
    Table(
        "body",
        (("sha256", BLOB), ("length", INT), ("type", TEXT)),
        ("CREATE INDEX body_sha256 ON body(sha256)",),
    ),
    # same_as: the earlier capture whose body a 304 stands for. via_ref: addresses that redirected here.
    Table(
        "capture",
        (
            ("refresh", INT),
            ("url_ref", BLOB),
            ("status", INT),
            ("fault", TEXT),
            ("headers_ref", BLOB),
            ("body", INT),
            ("permission", INT),
            ("same_as", INT),
            ("via_ref", BLOB),
            ("at", INT),
        ),
    ),
    Table("document", (("kind", TEXT), ("url", TEXT)), ("CREATE INDEX document_url ON document(url)",)),
    Table(
        "document_version",
        (("document", INT), ("capture", INT), ("text_sha256", BLOB), ("at", INT)),
        ("CREATE INDEX document_version_document ON document_version(document)",),
    ),
    # One row each time a document was asked for, or its stored bytes were read again by a newer reader. capture: the
    # exchange it rests on; version: the text it showed, NULL where it said nothing.
    Table(
        "document_look",
        (
            ("document", INT),
            ("refresh", INT),
            ("capture", INT),
            ("permission", INT),
            ("status", TEXT),
            ("reason", TEXT),
            ("reader", TEXT),
            ("version", INT),
            ("at", INT),
        ),
        ("CREATE INDEX document_look_document ON document_look(document)",),
        since=2,
    ),
    # What one reader version found: its claims, stored once by content. the …_ref columns hold the personal
    # parts.
    Table(
        "reading",
        (
            ("reader", TEXT),
            ("status", TEXT),
            ("reason", TEXT),
            ("claims", INT),
            ("unread", TEXT),
            ("credit_ref", BLOB),
            ("owner_ref", BLOB),
            ("text_ref", BLOB),
        ),
    ),
    # value is empty where it is personal: then it stands in the reading's content, beside raw and quote.
    Table(
        "claim",
        (
            ("reading", INT),
            ("n", INT),
            ("field", TEXT),
            ("value", TEXT),
            ("scope", TEXT),
            ("basis", TEXT),
            ("locator", TEXT),
            ("part", TEXT),
        ),
        ("CREATE INDEX claim_reading ON claim(reading)",),
    ),
    Table("findings", (("data", TEXT),)),
    # looks: JSON [[capture, reading], …]. permission: the decision that forbade the look, if there was none.
    Table(
        "snapshot",
        (
            ("image", INT),
            ("refresh", INT),
            ("at", INT),
            ("status", TEXT),
            ("reason", TEXT),
            ("findings", INT),
            ("author", BLOB),
            ("reader", TEXT),
            ("looks", TEXT),
            ("permission", INT),
            ("supersedes", INT),
        ),
        ("CREATE INDEX snapshot_image ON snapshot(image, refresh)",),
    ),
    # What people add. person_ref, who_ref: names.
    Table(
        "override",
        (
            ("image", INT),
            ("fact", TEXT),
            ("value", TEXT),
            ("until", TEXT),
            ("why", TEXT),
            ("who_ref", BLOB),
            ("at", INT),
        ),
    ),
    Table(
        "release",
        (("image", INT), ("terms", TEXT), ("document_sha256", BLOB), ("person_ref", BLOB), ("at", INT)),
    ),
    Table("label", (("image", INT), ("origin", TEXT), ("field", TEXT), ("value", TEXT), ("at", INT))),
    Table("decision", (("kind", TEXT), ("as_of", INT), ("inputs", TEXT), ("outputs", TEXT), ("at", INT))),
    # destroyed: JSON {"content": [hex…], "bodies": [id…]}, so that forgotten is told apart from damaged.
    Table(
        "tombstone",
        (("kind", TEXT), ("why", TEXT), ("who", TEXT), ("images", INT), ("destroyed", TEXT), ("at", INT)),
    ),
)
BY_NAME: Final = {table.name: table for table in EVIDENCE}

#: The chain itself: one entry per write transaction. Append-only like evidence, but hashed by its own rule
#: (chain.py).
ENTRY_SQL: Final = """
CREATE TABLE chain (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, made_at INTEGER NOT NULL);
CREATE TABLE entry (
    chain INTEGER NOT NULL, number INTEGER NOT NULL, previous BLOB NOT NULL, at INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, counts TEXT NOT NULL, root BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (chain, number)
) WITHOUT ROWID;
"""

#: Replaceable: bytes and texts the evidence hashes stand for, and the work of a running refresh.
STORAGE_SQL: Final = """
CREATE TABLE content (hash BLOB PRIMARY KEY, kind TEXT NOT NULL, salt BLOB NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE body_bytes (body INTEGER PRIMARY KEY, base INTEGER, data BLOB NOT NULL);
CREATE INDEX body_bytes_base ON body_bytes(base) WHERE base IS NOT NULL;
CREATE TABLE body_base (place BLOB PRIMARY KEY, body INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE known (digest BLOB PRIMARY KEY, target BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE suppression (digest BLOB PRIMARY KEY, kind TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    image INTEGER PRIMARY KEY, listed INTEGER NOT NULL, row_digest BLOB NOT NULL, source TEXT NOT NULL,
    grp TEXT NOT NULL, native TEXT, url TEXT, owner TEXT
);
CREATE INDEX place_photo ON place(grp, source, native);
CREATE TABLE work (
    id INTEGER PRIMARY KEY, refresh INTEGER NOT NULL, grp TEXT NOT NULL, target TEXT NOT NULL,
    looks TEXT NOT NULL, attempts INTEGER NOT NULL, not_before INTEGER NOT NULL
);
CREATE TABLE rest (grp TEXT PRIMARY KEY, not_before INTEGER NOT NULL, why TEXT NOT NULL) WITHOUT ROWID;
"""

#: Derived: rebuilt by ``verify`` from evidence alone, for comparison.
DERIVED_SQL: Final = """
CREATE TABLE image_state (
    image INTEGER PRIMARY KEY, source TEXT NOT NULL, declared TEXT, declared_state TEXT NOT NULL,
    last INTEGER, conclusive INTEGER, standing INTEGER, loss TEXT NOT NULL, loss_at INTEGER, loss_refresh INTEGER,
    status TEXT NOT NULL, reason TEXT NOT NULL, judged INTEGER, standing_findings INTEGER, looked_at INTEGER,
    ever TEXT NOT NULL, differs TEXT NOT NULL
);
CREATE INDEX image_state_now ON image_state(judged, source, status, loss);
CREATE TABLE change_log (
    id INTEGER PRIMARY KEY, image INTEGER, refresh INTEGER NOT NULL, kind TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, before_snapshot INTEGER, snapshot INTEGER NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX change_log_refresh ON change_log(refresh, kind);
CREATE TABLE derived_upto (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def evidence_sql(since: int = 1) -> str:
    """DDL of the evidence tables that a migration makes, with the triggers that keep them append-only."""
    parts = []
    tables = [table for table in EVIDENCE if table.since == since]
    for table in tables:
        parts.append(f"CREATE TABLE {table.name} ({_columns(table)});")
        parts.extend(f"{index};" for index in table.indexes)
    for name in [*(table.name for table in tables), *(("entry", "chain") if since == 1 else ())]:
        for verb in ("UPDATE", "DELETE"):
            parts.append(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only evidence'); END;"
            )
    return "\n".join(parts)


def empty_sql(table: Table) -> str:
    """DDL of a temporary, empty stand-in for a table that files of earlier versions do not have."""
    return f"CREATE TEMP TABLE {table.name} ({_columns(table)})"


def _columns(table: Table) -> str:
    columns = "".join(f", {name} {kind}" for name, kind in table.columns)
    return f"id INTEGER PRIMARY KEY{columns}, hash BLOB NOT NULL"
