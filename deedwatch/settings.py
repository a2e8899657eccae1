"""Where settings come from: flags > environment > ``deedwatch.toml`` in the working folder."""

from __future__ import annotations

import os
import shlex
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler.errors import BadInput
from crawler.evidence.clock import Clock, parse_time
from crawler.evidence.file import SUFFIX, EvidenceFile
from crawler.evidence.refreshes import dataset_name as on_record
from crawler.fetching.rehearsal import rehearsal_origin

FILE = "deedwatch.toml"
#: What is read of picture files.
IMAGES = ("none", "metadata")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment and the settings file say. ``keys``: setting → API key, never shown or stored."""

    contact: str | None
    keys: dict[str, str] = field(repr=False)
    accept_terms: tuple[str, ...]
    rehearsal: bool
    pictures: bool = False  # images = "metadata": rights metadata in picture files is read too
    documents: bool = True  # documents = false: license and terms pages are not asked for


def load(key_names: tuple[str, ...], folder: Path | None = None) -> Settings:
    """Settings for this run.

    Raises BadInput naming the file and the field that cannot be used, Refused for a rehearsal origin that is
    not this machine.
    """
    path = (folder or Path.cwd()) / FILE
    written: dict[str, Any] = {}
    if path.is_file():
        try:
            written = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"{path} is not valid TOML: {error}.") from error
    keys = written.get("keys", {})
    for name, value in keys.items() if isinstance(keys, dict) else [("keys", None)]:
        if not isinstance(value, str):
            raise BadInput(f"{path}, [keys] {name}: must be a text in quotes.")
    contact = os.environ.get("DEEDWATCH_CONTACT") or written.get("contact")
    if contact is not None and not isinstance(contact, str):
        raise BadInput(f"{path}, contact: must be a text in quotes.")
    accept = written.get("accept_terms", [])
    if not isinstance(accept, list) or not all(isinstance(name, str) for name in accept):
        raise BadInput(f"{path}, accept_terms: must be a list of source names.")
    images = written.get("images", "none")
    if images not in IMAGES:
        raise BadInput(f"{path}, images: must be {' or '.join(map(repr, IMAGES))}.")
    documents = written.get("documents", True)
    if not isinstance(documents, bool):
        raise BadInput(f"{path}, documents: must be true or false.")
    found = {name: os.environ.get(name) or keys.get(name, "") for name in key_names}
    return Settings(
        contact,
        {name: key.strip() for name, key in found.items() if key.strip()},
        tuple(accept),
        rehearsal_origin() is not None,
        images == "metadata",
        documents,
    )


def with_contact(settings: Settings, contact: str) -> Settings:
    """The same settings with the contact given as a flag."""
    return replace(settings, contact=contact)


def with_reach(settings: Settings, images: str | None, documents: bool | None) -> Settings:
    """The same settings with the flags that say what is read besides the photos' pages; ``None`` leaves them."""
    return replace(
        settings,
        pictures=settings.pictures if images is None else images == "metadata",
        documents=settings.documents if documents is None else documents,
    )


def clock() -> Clock:
    """The run's clock; in a rehearsal it may start on another day."""
    start = os.environ.get("DEEDWATCH_REHEARSAL_NOW")
    if start and os.environ.get("DEEDWATCH_REHEARSAL_ORIGIN"):
        return Clock(starts_at=parse_time(start, "DEEDWATCH_REHEARSAL_NOW"))
    return Clock()


def evidence_path(db: Path | None, name: str | None, manifest: Path | None) -> Path:
    """Where the evidence file lies: ``--db``, else NAME.deedwatch.db in the working folder.

    Raises BadInput when neither is given, and when the file named by ``--db`` holds another dataset than ``--dataset``.
    """
    if db is not None:
        if name is not None and db.is_file() and manifest is None:
            _check_dataset(db, name)
        return db
    if name is None:
        if manifest is None:
            raise BadInput("Say which dataset: --dataset NAME, or --db FILE.")
        name = dataset_name(manifest)
    return Path(f"{safe_file_name(name)}{SUFFIX}")


def _check_dataset(db: Path, name: str) -> None:
    with EvidenceFile.read(db) as file:
        known = on_record(file)
    if known is not None and known != name:
        raise BadInput(
            f"{db} holds dataset {known!r}, not {name!r}; leave --dataset away, or name another --db."
        )


def where(db: Path | None, name: str | None, manifest: Path | None) -> tuple[str, ...]:
    """The words that name the same evidence file to another verb, as the user gave it."""
    if db is not None:
        return ("--db", str(db))
    return ("--dataset", name or (dataset_name(manifest) if manifest is not None else ""))


def command(*words: str) -> str:
    """A command of ours in a sentence, to be copied into a shell."""
    return f"`{shlex.join(('deedwatch', *words))}`"


def dataset_name(manifest: Path) -> str:
    """The manifest's name without its endings: ``val2017.json.gz`` → ``val2017``."""
    stem = manifest.name
    while "." in stem.strip("."):
        stem = stem.rpartition(".")[0]
    return stem


def safe_file_name(name: str) -> str:
    """A dataset name as a file name: never a path, never hidden, never empty."""
    kept = "".join(c if c.isalnum() or c in "-_." else "_" for c in name)[:100].lstrip(".")
    return kept or "dataset"
