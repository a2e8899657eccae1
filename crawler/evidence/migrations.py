"""Numbered steps from an empty file to today's schema. A published step is never edited; add the next one.

Steps run by name through sqlite-utils' ``Migrations``; each in its own transaction.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from crawler.evidence import schema

migrations = Migrations("deedwatch")


def _run(db: Database, script: str) -> None:
    """Execute statements one by one: ``executescript`` would commit the migration's own transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


@migrations()
def m001_first_schema(db: Database) -> None:
    """Evidence, entries, storage, derived tables (2026-11-23)."""
    _run(db, schema.ENTRY_SQL)
    _run(db, schema.evidence_sql())
    _run(db, schema.STORAGE_SQL)
    _run(db, schema.DERIVED_SQL)


@migrations()
def m002_document_looks(db: Database) -> None:
    """What came of asking for each document, and which reader version read it (2026-11-24)."""
    _run(db, schema.evidence_sql(2))
