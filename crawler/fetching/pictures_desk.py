"""The leading bytes of a photo's picture file, for the rights metadata in them: ``refresh --images metadata``.

One request for the first 64 KiB, and one more where the metadata of this kind of file stands elsewhere. What is kept
is the metadata, never a pixel. Whatever the picture's host answers, it says nothing of the photo's status: picture
hosts serve files of photos that are gone and refuse those that are there (field notes §1, §3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crawler.evidence.record import Recorder
from crawler.fetching.sender import Sender, at_rest
from crawler.model import Capture, Look, Permission, Reason, Scope, Target, Wanted
from crawler.politeness.retries import is_transient
from crawler.reading.embedded import packed
from crawler.reading.embedded.containers import is_picture, segments
from crawler.reading.embedded.look import READER, look
from crawler.reading.embedded.windows import Window
from crawler.reading.pages import opt_outs
from crawler.sources.urls import host_of, registrable

#: The reader's name without its version, as stored readings carry it.
NAME = READER.partition("/")[0]
#: Bytes asked for first, and at most in the one further request.
LEADING = 65_536
MOST_MORE = 4 * LEADING

#: RFC 9110 §14.4. No file has more digits of bytes; longer numbers are refused by ``int`` itself.
_CONTENT_RANGE = re.compile(r"^\s*bytes\s+([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of asking for one picture.

    ``captures``: the exchanges with the decision each rests on; the last one's body is what is kept of the picture,
    the others have none. ``look`` is ``None`` where no picture came. ``retry``: the answer was transient.
    """

    captures: tuple[tuple[Capture, Permission], ...]
    look: Look | None
    retry: Reason | None = None


def target_of(wanted: Wanted, site: str | None) -> Target | None:
    """The request for the picture that the manifest names; ``site`` is the origin whose robots.txt speaks for the
    photo's page. ``None`` where no picture is named, or not by an address that a group could be told of.
    """
    url = (wanted.image_url or "").strip()
    if not url.lower().startswith(("http://", "https://")):
        return None
    return Target(
        wanted.ref.source,
        url,
        registrable(host_of(url)),
        (wanted.ref.native_id,),
        accept="image/*",
        context={"range": [0, LEADING], "site": site},
        kind="picture",
    )


def read_picture(capture: Capture, native_id: str) -> Look:
    """What a picture's answer says: its own metadata (as kept in evidence), and opt-outs in its headers. Pure."""
    found = look(capture.body, native_id)
    signals = opt_outs.read(capture.headers, None, capture.url, Scope.IMAGE)
    return replace(found, claims=(*found.claims, *signals))


class PicturesDesk:
    """Asks for pictures through the sender, in the turn of their own hosts' groups."""

    def __init__(self, recorder: Recorder, sender: Sender) -> None:
        self._recorder = recorder
        self._sender = sender

    async def ask(self, target: Target) -> Seen | Permission | None:
        """The picture's metadata, the decision that stands against asking, or ``None`` when the run stops."""
        outcome = await self._once(target)
        if not isinstance(outcome, tuple):
            return outcome
        capture, permission = outcome
        retry = _retry(capture)
        first = _leading_bytes(capture)
        if retry is not None or first is None:
            return Seen(((replace(capture, body=b""), permission),), None, retry)
        size = _size(capture)
        kept = segments(first, size=size)
        if kept.next is not None:
            start, end = kept.next
            rest = replace(
                target,
                depth=target.depth + 1,
                context={**target.context, "range": [start, min(end, start + MOST_MORE)]},
            )
            more = await self._once(rest)
            if isinstance(more, tuple):
                window = _window(more[0], start, size)
                if window is not None:
                    kept = segments(first, size=size, more=[window])
                    before, (capture, permission) = (replace(capture, body=b""), permission), more
                    held = replace(capture, body=packed.pack(kept))
                    return self._seen((before, (held, permission)), target)
                # what came is no part of this file; the first answer stands
                other = (replace(more[0], body=b""), more[1])
                return self._seen(
                    (other, (replace(capture, body=packed.pack(kept)), permission)),
                    target,
                )
        return self._seen(((replace(capture, body=packed.pack(kept)), permission),), target)

    def _seen(self, captures: tuple[tuple[Capture, Permission], ...], target: Target) -> Seen:
        held = captures[-1][0]
        return Seen(captures, read_picture(held, target.serves[0]))

    def keep(self, seen: Seen) -> int:
        """Record the exchanges; the row of the one whose body holds what was found. The body's type says that it is
        the metadata of a picture, cut out on purpose.
        """
        hidden = seen.look is not None and self._recorder.hides(seen.look)
        row = 0
        for capture, permission in seen.captures:
            row = self._sender.keep(capture, permission, content=not hidden, kind=packed.MEDIA_TYPE)
        return row

    async def _once(self, target: Target) -> tuple[Capture, Permission] | Permission | None:
        permission = await self._sender.permission(target)
        if permission is not None and not permission.allowed:
            return permission
        if permission is None or not await self._sender.turn(target.group):
            resting = self._sender.pacing.resting(target.group)
            return None if resting is None else at_rest(*resting)
        return await self._sender.fetch(target, permission)


def _retry(capture: Capture) -> Reason | None:
    if not is_transient(capture.status, capture.fault):
        return None
    return Reason.RATE_LIMITED if capture.status in (429, 503) else Reason.SERVER_ERROR


def _leading_bytes(capture: Capture) -> bytes | None:
    """The file's first bytes: of a 206 that begins there, or of a 200 from a server that knows no ranges."""
    if capture.fault is not None or not is_picture(capture.body):
        return None
    if capture.status == 206:
        found = _CONTENT_RANGE.match(capture.header("content-range") or "")
        return capture.body if found is not None and found[1] == "0" else None
    return capture.body if capture.status == 200 else None


def _size(capture: Capture) -> int | None:
    """Bytes of the whole file, as far as the answer says; ``None`` where more came than it says there are."""
    said = _said_size(capture)
    return said if said is not None and said >= len(capture.body) else None


def _said_size(capture: Capture) -> int | None:
    if capture.status == 206:
        found = _CONTENT_RANGE.match(capture.header("content-range") or "")
        return int(found[3]) if found is not None and found[3] != "*" else None
    length = capture.header("content-length") or ""
    if length.isdecimal() and len(length) < 19 and not capture.header("content-encoding"):
        return int(length)
    return len(capture.body) if len(capture.body) < LEADING else None


def _window(capture: Capture, start: int, size: int | None) -> Window | None:
    """The bytes from ``start`` on, ``None`` when the server sent anything else, or a part of a file of another
    ``size``.
    """
    found = _CONTENT_RANGE.match(capture.header("content-range") or "")
    if capture.fault is not None or capture.status != 206 or found is None or int(found[1]) != start:
        return None
    if size is not None and found[3] not in ("*", str(size)):
        return None
    return Window(start, capture.body) if capture.body else None
