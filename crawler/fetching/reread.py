"""A stored look through today's readers: a superseding snapshot of the same look, never a change at the source.

What a spider is told beside the answer (``Target.context``, and how deep in a chain the question stood) is not kept. It
is derived again: the spider plans the photo's requests from the list and the looks before, as it did then, follow-ups
come out as their answers are read, and a stored answer belongs to the planned request of the same address. An answer to
a request that today's spider would not make, such as one for a whole batch, is read without.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.evidence import places, recall
from crawler.evidence.record import Recorder, SnapshotRow
from crawler.fetching.pictures_desk import NAME, read_picture
from crawler.fetching.robots_desk import READER, read_site
from crawler.model import Capture, Look, Target
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
    planned: dict[str, Target] | None = None
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
            found = [read_picture(seen.capture, native_id)]
            reader = PICTURE_READER
        else:
            if planned is None:
                planned = _planned(recorder, spider, native_id, old)
            answer = spider.read(_as_asked(seen.capture, planned, native_id))
            planned |= {follow.url: follow for follow in answer.follow if native_id in follow.serves}
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


def _planned(
    recorder: Recorder, spider: SourceSpider, native_id: str, old: recall.RecalledSnapshot
) -> dict[str, Target]:
    """The requests that this photo alone would have given then, by address."""
    wanted = places.wanted_then(recorder.file, old)
    if wanted is None or (wanted.ref.source, wanted.ref.native_id) != (spider.name, native_id):
        return {}
    return {target.url: target for target in spider.targets([wanted]) if native_id in target.serves}


def _as_asked(capture: Capture, planned: dict[str, Target], native_id: str) -> Capture:
    """The capture with the target it answered, where that is among those planned: as asked, and after redirects with
    the address that answered, as the sender has it.
    """
    target = planned.get((*capture.redirected_from, capture.url)[0])
    if target is None:
        return capture
    return replace(capture, target=replace(target, url=capture.url, serves=(native_id,)))
