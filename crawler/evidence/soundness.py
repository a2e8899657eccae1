"""Whether a path is an evidence file at all, and whole: SQLite's complaints as sentences for people."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zstandard

from crawler.errors import BadInput, EvidenceDamaged

MAGIC = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat.html#the_database_header
#: SQLite's operational errors that are about what stands in the file, not about the disk under it.
_DAMAGE = ("no such", "decode to UTF-8", "malformed")
#: What code meets when rows hold what no writer of ours wrote.
PUZZLED = (ValueError, TypeError, LookupError, AttributeError, OverflowError, sqlite3.IntegrityError)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn SQLite's own complaints about a broken file into one sentence with exit code 4."""
    try:
        yield
    except zstandard.ZstdError as error:
        raise damaged(path, f"a stored text or page does not decode ({error})") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        said = str(error)
        if isinstance(error, sqlite3.OperationalError) and "full" in said:
            raise BadInput(
                f"The disk that holds {path} is full; nothing recorded is lost, free some space and repeat the command."
            ) from error
        if isinstance(error, sqlite3.OperationalError) and not any(word in said for word in _DAMAGE):
            raise BadInput(f"{path} cannot be used as an evidence file: {error}.") from error
        raise damaged(path, f"SQLite says {error}") from error


def damaged(path: Path, why: str) -> EvidenceDamaged:
    """The one sentence about damage, naming the command that tells more."""
    return EvidenceDamaged(
        f"{path} is damaged: {why}; `{shlex.join(['deedwatch', 'verify', '--db', str(path)])}` names what is wrong."
    )


def is_a_database(path: Path) -> bool:
    """Whether the file is SQLite's; False for an empty one that a first command left when it died at once.

    Raises BadInput for any other empty file and for any other kind of file: a mistyped name is not damage.
    """
    with path.open("rb") as file:
        start = file.read(len(MAGIC))
    if start == MAGIC:
        return True
    if start:
        raise BadInput(f"{path} is not an evidence file of deedwatch: it is no SQLite database.")
    if not lock_path(path).exists():
        raise BadInput(f"{path} is not an evidence file of deedwatch: it is empty.")
    return False


def lock_path(path: Path) -> Path:
    """The lock beside an evidence file; it stays when a writer has ended."""
    return Path(f"{path}-lock")


def no_evidence(path: Path) -> BadInput:
    """An evidence file whose first command died before it wrote an entry."""
    return BadInput(f"{path} holds no evidence yet; `deedwatch refresh` fills it.")
