"""Superseding snapshots of the latest conclusive looks that an older reader made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler.evidence import derive, places, recall
from crawler.evidence.record import Recorder
from crawler.fetching.reread import reread, snapshot_reader
from crawler.sources.discovery import spiders
from deedwatch.refresh import open_file
from deedwatch.rules import RULES


@dataclass(slots=True)
class Reread:
    """Counts of snapshots: looked at, read again, with other findings than before, not readable any more."""

    snapshots: int = 0
    superseded: int = 0
    different: int = 0
    unreadable: int = 0


def reread_all(path: Path) -> Reread:
    """Run over the file. Raises BadInput when there is none."""
    done = Reread()
    kinds = {name: kind() for name, kind in spiders().items()}
    with open_file(path, create=False) as file:
        recorder = Recorder(file)
        for source, spider in kinds.items():
            today = (snapshot_reader(spider), snapshot_reader(spider, picture=True))
            for snapshot, native in places.read_by_others(file, source, today):
                old = recall.snapshot(file, snapshot)
                again = reread(recorder, spider, native, old)
                done.snapshots += 1
                if again is None:
                    done.unreadable += 1
                    continue
                recorder.snapshot(again)
                recorder.writer.commit_if_due()
                done.superseded += 1
                done.different += recorder.findings(old.findings) != again.findings
        recorder.writer.commit()
        derive.catch_up(file, RULES)
    return done
