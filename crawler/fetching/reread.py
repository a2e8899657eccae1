"""A stored look through today's readers: a superseding snapshot of the same look, never a change at the source."""

from __future__ import annotations

from crawler.evidence import recall
from crawler.evidence.record import Recorder, SnapshotRow
from crawler.fetching.pictures_desk import NAME, read_picture
from crawler.fetching.robots_desk import READER, read_site
from crawler.model import Look
from crawler.reading.embedded.look import READER as PICTURE_READER
from crawler.reading.findings import author_of, findings_of, merge
from crawler.sources.spider import SourceSpider

Pair = tuple[int, int]  # (capture, reading) row ids


def snapshot_reader(spider: SourceSpider, *, picture: bool = False) -> str:
    """The reader versions a snapshot of this source rests on, such as "flickr/1+robots/1", with "+picture_file/1"
    where the picture was read too.
    """
    return f"{spider.reader()}+{READER}" + (f"+{PICTURE_READER}" if picture else "")


def reread(
    recorder: Recorder, spider: SourceSpider, native_id: str, old: recall.RecalledSnapshot
) -> SnapshotRow | None:
    """The same look through today's reader, as a superseding snapshot; ``None`` when a body it needs was
    forgotten.
    """
    looks: list[Look] = []
    pairs: list[Pair] = []
    for pair in old.looks:
        seen = recall.recalled_look(recorder.file, spider.name, native_id, pair)
        if seen.reader in (spider.reader(), READER, PICTURE_READER):
            looks.append(seen.look)  # read by today's reader already
            pairs.append(pair)
            continue
        if seen.body_sha256 is not None and seen.body_id is None:
            return None
        if seen.reader.startswith("robots/"):
            found, reader = [read_site(seen.capture, native_id)[1]], READER
        elif seen.reader.startswith(f"{NAME}/"):
            data = seen.capture.body
            found = [read_picture(seen.capture.headers, data, native_id)]
            reader = PICTURE_READER
        else:
            answer = spider.read(seen.capture)
            found, reader = [look for look in answer.looks if look.native_id == native_id], spider.reader()
        looks += found
        pairs += [(seen.capture_id, recorder.reading(reader, look)) for look in found]
    if not looks:
        return None
    look = merge(looks)
    findings = findings_of(look)
    return SnapshotRow(
        old.image,
        old.refresh,
        findings.status,
        findings.reason,
        recorder.findings(findings),
        recorder.pseudonym(author_of(look)),
        snapshot_reader(spider, picture=NAME in old.reader),
        tuple(pairs),
        None,
        old.id,
        old.at,
    )
