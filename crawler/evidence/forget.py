"""Forgetting: destroy the content, keep the proof that something stood there (DESIGN §3).

What goes: salted texts with their salts, bodies, addresses, headers. What stays: hashes, licence ids, statuses,
times. On request (``forget``) a keyed digest of what was forgotten goes on the suppression list, so that no
refresh brings it back; by a source's terms (``retain``) only free text of photos that are no longer public goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crawler.errors import BadInput
from crawler.evidence.doomed import (
    CREDIT_ONLY,
    EVERYTHING,
    FREE_TEXT,
    by_author,
    by_key,
    by_url,
    gather,
    gather_mentions,
)
from crawler.evidence.erase import destroy, entomb, restore_dependants, suppress
from crawler.evidence.file import EvidenceFile
from crawler.evidence.record import Recorder
from crawler.evidence.writer import speakable

What = Literal["image", "author", "url"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was destroyed: counts. ``restored_bodies`` leaned on a destroyed one and were stored anew."""

    images: int
    texts: int
    bodies: int
    restored_bodies: int


def forget(
    file: EvidenceFile, what: What, text: str, *, why: str, who: str, credit_only: bool = False
) -> Forgotten:
    """Destroy what is held of one image key, one author (name, profile address or id) or one address.

    ``credit_only`` destroys names and the bodies that hold them, and keeps titles and addresses. Raises
    BadInput when nothing in the file matches, and for an empty text, as an unset shell variable gives.
    """
    if not text.strip():
        raise BadInput(f"--{what} is empty: it names nothing, and nothing was forgotten.")
    if not why.strip():
        raise BadInput("--why is empty: the reason stays on the record; nothing was forgotten.")
    recorder = Recorder(file)
    text = speakable(text)
    if what == "image":
        images = by_key(file, text)
    else:
        images = by_url(recorder, text) if what == "url" else by_author(file, text)
    if not images:
        raise BadInput(f"Nothing in {file.path} matches {what} {text!r}; nothing was forgotten.")
    doomed = gather(file, images, CREDIT_ONLY if credit_only else EVERYTHING)
    if what == "author":
        doomed.names.add(text)
    if what == "url":
        doomed.urls.add(text)
    named = doomed.names if what == "author" or credit_only else set()
    gather_mentions(file, doomed, named, set() if credit_only else doomed.urls)
    with recorder.writer.storage() as storage:
        restored = restore_dependants(storage, doomed.bodies)
        destroy(storage, doomed, places=not credit_only)
    suppress(recorder, doomed, named, photos=not credit_only)
    entomb(recorder, doomed, "credit" if credit_only else what, why, who)
    recorder.writer.commit()
    file.db.execute("VACUUM")
    file.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Forgotten(len(doomed.images), len(doomed.content), len(doomed.bodies), restored)


def retain(file: EvidenceFile, source: str, why: str) -> Forgotten:
    """Forget the free text of this source's photos that are confirmed to be no longer public.

    For sources whose terms say so (``Terms.forget_when_lost``); run when the derived tables are up to date.
    Licence ids, owner ids, addresses, dates and hashes stay, and the photos are looked at again.
    """
    lost = {
        row[0]
        for row in file.db.execute(
            "SELECT st.image FROM image_state st"
            " WHERE st.source = ? AND st.loss = 'confirmed' AND EXISTS"
            " (SELECT 1 FROM snapshot s JOIN json_each(s.looks) j"
            "  JOIN reading r ON r.id = json_extract(j.value, '$[1]')"
            "  JOIN content c ON c.hash IN (r.text_ref, r.credit_ref)"
            "  WHERE s.image = st.image AND r.reader NOT LIKE 'robots/%')",
            (source,),
        )
    }
    if not lost:
        return Forgotten(0, 0, 0, 0)
    recorder = Recorder(file)
    doomed = gather(file, lost, FREE_TEXT)
    with recorder.writer.storage() as storage:
        restored = restore_dependants(storage, doomed.bodies)
        destroy(storage, doomed, places=False)
    entomb(recorder, doomed, "retention", why, "deedwatch")
    recorder.writer.commit()
    return Forgotten(len(doomed.images), len(doomed.content), len(doomed.bodies), restored)
