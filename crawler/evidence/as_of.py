"""Any day again: which rows of each chain had been written by then, and the derived tables as they stood.

The default is the last entry that is not itself a decision, never "now": so equal inputs give equal bytes
(DESIGN §6).
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from crawler.errors import BadInput
from crawler.evidence.chain import Head
from crawler.evidence.clock import parse_time
from crawler.evidence.derive import Rules, empty_copy, rebuild
from crawler.evidence.file import EvidenceFile

DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class AsOf:
    """A point in the life of a file. ``at``: milliseconds UTC of its newest entry; ``upto``: chain → last row
    id.
    """

    at: int
    upto: dict[int, int]
    head: Head


def find(file: EvidenceFile, when: str | None = None) -> AsOf:
    """The point named by an ISO 8601 date (its end) or time, or the default. Raises BadInput if nothing is
    that old.
    """
    limit = None
    if when is not None:
        limit = parse_time(when, "--as-of")
        if len(when) == len("2026-11-23"):
            limit += DAY - 1
    entries = [
        (chain, chain_id, number, at, last, bytes(digest).hex())
        for chain, chain_id, number, at, last, counts, digest in file.db.execute(
            "SELECT e.chain, c.id, e.number, e.at, e.last, e.counts, e.hash FROM entry e"
            " JOIN chain c ON c.number = e.chain ORDER BY e.at, e.chain, e.number"
        )
        if set(orjson.loads(counts)) != {"decision"} and (limit is None or at <= limit)
    ]
    if not entries:
        raise BadInput(
            f"{file.path} holds nothing recorded by {when}."
            if when
            else f"{file.path} holds no evidence yet."
        )
    _, chain_id, number, at, _, digest = entries[-1]
    return AsOf(at, {chain: last for chain, _, _, _, last, _ in entries}, Head(chain_id, number, digest, at))


class View:
    """The derived tables and the list of images as of a point; attributes name the tables to query.

    ``state``, ``log``: tables of the shape of ``image_state`` and ``change_log``; ``temp.listed``: the ids of
    the images the dataset listed then.
    """

    def __init__(self, file: EvidenceFile, rules: Rules, as_of: AsOf) -> None:
        self.file = file
        self.as_of = as_of
        self.state, self.log = "image_state", "change_log"
        if not self._derived_is_of_then(rules):
            self.state, self.log = "temp.state_then", "temp.log_then"
            empty_copy(file, "state_then", "image_state")
            empty_copy(file, "log_then", "change_log")
            rebuild(file, rules, self.state, self.log, as_of.upto)
        self._list_images()

    def _derived_is_of_then(self, rules: Rules) -> bool:
        db = self.file.db
        done = dict(db.execute("SELECT name, value FROM derived_upto"))
        if not done or orjson.loads(done["mark"])[0] != rules.version:
            return False
        for chain, last in self.as_of.upto.items():
            if int(done.get(f"chain {chain}", 0)) < last:
                return False
            for table in ("snapshot", "document_version", "refresh"):
                newer = db.execute(
                    f"SELECT 1 FROM {table} WHERE id > ? AND id < ? LIMIT 1",
                    (last, (chain + 1) << 32),
                ).fetchone()
                if newer is not None and not (table == "refresh" and not self._outage_since(chain, last)):
                    return False
        return True

    def _outage_since(self, chain: int, last: int) -> bool:
        return (
            self.file.db.execute(
                "SELECT 1 FROM refresh WHERE id > ? AND id < ? AND event IN ('outage', 'loss_accepted')",
                (last, (chain + 1) << 32),
            ).fetchone()
            is not None
        )

    def _list_images(self) -> None:
        db = self.file.db
        db.execute("DROP VIEW IF EXISTS temp.listed")
        db.execute("DROP TABLE IF EXISTS temp.unlisted")
        db.execute("CREATE TEMP TABLE unlisted (image INTEGER PRIMARY KEY)")
        gone: set[int] = set()
        for row_id, removed, restored in db.execute(
            "SELECT id, removed, restored FROM dataset WHERE listed IS NOT NULL ORDER BY at, id"
        ):
            if row_id <= self.as_of.upto.get(row_id >> 32, 0):
                gone |= set(orjson.loads(removed))
                gone -= set(orjson.loads(restored))
        db.executemany("INSERT INTO temp.unlisted VALUES (?)", [(i,) for i in gone])
        then = " OR ".join(f"id > {c << 32} AND id <= {last}" for c, last in self.as_of.upto.items())
        db.execute(
            f"CREATE TEMP VIEW listed AS SELECT id AS image FROM main.image WHERE ({then})"
            " AND id NOT IN (SELECT image FROM temp.unlisted)"
        )
