"""Recompute one entry of an evidence file with nothing but Python: python docs/check_entry.py FILE [NUMBER]."""

import hashlib
import json
import sqlite3
import sys
from typing import NoReturn
from urllib.parse import quote


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _digest(values: list[object]) -> bytes:
    plain = [value.hex() if isinstance(value, bytes) else value for value in values]
    return _sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode())


def _root(hashes: list[bytes]) -> bytes:  # RFC 6962 section 2.1
    if len(hashes) < 2:
        return _sha256(b"\x00" + hashes[0]) if hashes else _sha256(b"")
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return _sha256(b"\x01" + _root(hashes[:half]) + _root(hashes[half:]))


def _refuse(sentence: str) -> NoReturn:
    print(f"check_entry.py: {sentence}", file=sys.stderr)
    sys.exit(2)


if len(sys.argv) not in (2, 3):
    _refuse("say which evidence file, and if you like which entry: python docs/check_entry.py FILE [NUMBER].")
path, number = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
try:
    db = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)
    found = db.execute(
        "SELECT c.id, e.number, previous, at, first, last, counts, root, hash FROM entry e JOIN chain c"
        " ON c.number = e.chain WHERE e.number = coalesce(?, (SELECT max(number) FROM entry)) ORDER BY c.number",
        (number,),
    ).fetchone()
except sqlite3.Error as error:
    _refuse(f"{path} cannot be read as an evidence file: {error}.")
if found is None:
    _refuse(f"{path} has no entry {number or 'yet'}.")
*entry, root, stored = found
rows = []
for table in json.loads(entry[6]):  # counts: {table: rows}
    for row in db.execute(f"SELECT * FROM {table} WHERE id BETWEEN ? AND ?", (entry[4], entry[5])):
        rows.append((row[0], _digest([table, *row[:-1]]), row[-1]))
edited = [number for number, computed, kept in rows if computed != kept]
same_root = _root([computed for _, computed, _ in sorted(rows)]) == root
same_hash = _digest([*entry, root]) == stored
print(f"entry {entry[1]}, {len(rows)} rows: edited {edited}, root {same_root}, entry {same_hash}")
print(stored.hex())
sys.exit(4 if edited or not same_root or not same_hash else 0)
