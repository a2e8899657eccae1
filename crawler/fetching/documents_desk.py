"""License and terms pages, asked for once the photos are done: each through the same gate, in its group's turn.

A text is a new version only when what can be read of it is new. A refusal or a failure is recorded as what it is and
says nothing of the text. When the reader of texts itself is newer than the one that made the latest version, that
version's stored bytes are read again first, so that a better reader is never taken for a change of terms.
"""

from __future__ import annotations

import re

from crawler.evidence import documents as shelf
from crawler.evidence.record import DocumentLook, Recorder
from crawler.fetching.documents import SOURCE, Text
from crawler.fetching.scribe import UNSEEN
from crawler.fetching.sender import Sender, at_rest
from crawler.model import Capture, Permission, Reason, Status, Target
from crawler.politeness.retries import next_attempt
from crawler.politeness.retry_after import read_retry_after
from crawler.reading import http_rules
from crawler.reading.pages import walls
from crawler.reading.pages.readable import READABLE, readable
from crawler.sources.urls import host_of, registrable

#: No document is asked for twice within this time, whatever came of the first time; milliseconds.
AGAIN_AFTER = 24 * 60 * 60 * 1000
#: Fewer readable characters are no license and no terms, but a shell that scripts would fill.
LEAST_TEXT = 100
#: Headings of pages that ask for consent first, and the most characters such a page has: no license is as short
#: under such a heading.
_CONSENT = re.compile(
    r"\W*(?:before you continue\b|(?:we|your) (?:\w+ ){0,3}privacy\b|privacy (?:settings|choices|preferences)\b|"
    r"(?:we|this (?:web)?site) uses? cookies\b|cookie (?:settings|preferences|consent)\b|"
    r"(?:bevor sie|avant de|antes de|prima di) (?:\w+ ){0,2}(?:fortfahren|continuer|continuar|continuare)\b)",
    re.IGNORECASE,
)
_LONGEST_WALL = 3_000


class DocumentsDesk:
    """Walks the texts of one refresh, group by group. Everything it records is one transaction per answer."""

    def __init__(self, recorder: Recorder, refresh: int, sender: Sender) -> None:
        self._recorder = recorder
        self._file = recorder.file
        self._refresh = refresh
        self._sender = sender

    def due(self, texts: list[Text]) -> dict[str, list[Text]]:
        """By politeness group, the texts that were not asked for within ``AGAIN_AFTER``."""
        asked = shelf.asked_since(self._file, self._file.clock.now() - AGAIN_AFTER)
        groups: dict[str, list[Text]] = {}
        for text in texts:
            if (text.kind, text.url) not in asked:
                groups.setdefault(registrable(host_of(text.url)), []).append(text)
        return groups

    async def walk(self, texts: list[Text]) -> None:
        """One group's texts, one after another, until the run stops."""
        for text in texts:
            if self._sender.stopping.is_set():
                return
            await self._ask(text)

    async def _ask(self, text: Text) -> None:
        target = Target(
            SOURCE,
            text.url,
            registrable(host_of(text.url)),
            accept="text/html,text/plain;q=0.9,*/*;q=0.5",
            kind="document",
        )
        attempts = 0
        while not self._sender.stopping.is_set():
            attempts += 1
            outcome = await self._once(target)
            if outcome is None:
                return  # the run stops; the next one asks
            if isinstance(outcome, Permission):
                self._refused(text, outcome)
                return
            capture, permission = outcome
            told = http_rules.outcome(capture)
            wait = None
            if told is not None and told.retry is not None:
                asked = read_retry_after(capture.header("retry-after"), capture.fetched_at)
                wait = next_attempt(attempts, asked)
            if wait is None:
                self._take_in(text, capture, permission)
                return
            self._sender.keep(capture, permission)
            await self._sender.wait(self._sender.stopping, wait)

    async def _once(self, target: Target) -> tuple[Capture, Permission] | Permission | None:
        permission = await self._sender.permission(target)
        if permission is None or (permission.allowed and not await self._sender.turn(target.group)):
            resting = self._sender.pacing.resting(target.group)
            return None if resting is None else at_rest(*resting)
        return await self._sender.fetch(target, permission) if permission.allowed else permission

    def _refused(self, text: Text, permission: Permission) -> None:
        reason = permission.reason or Reason.ROBOTS
        status = UNSEEN.get(reason, Status.DISALLOWED)
        self._recorder.document_look(
            DocumentLook(text.kind, text.url, self._refresh, status, reason, permission=permission)
        )

    def _take_in(self, text: Text, capture: Capture, permission: Permission) -> None:
        row = self._sender.keep(capture, permission)
        status, reason, said = read_document(capture)
        look = DocumentLook(text.kind, text.url, self._refresh, status, reason, row, permission)
        if said:
            self._reread(text)
            version = self._recorder.document(text.kind, text.url, row, said.encode())
            look = DocumentLook(
                text.kind, text.url, self._refresh, status, reason, row, permission, READABLE, version
            )
        self._recorder.document_look(look)

    def _reread(self, text: Text) -> None:
        """Put today's reading of the latest version's bytes beside the older reader's, where there is one."""
        self._recorder.writer.flush()
        before = shelf.latest(self._file, text.kind, text.url)
        if before is None or READABLE in before.readers:
            return
        held = shelf.stored(self._file, before.capture)
        if held.body is None:
            return  # forgotten: then the two texts are not compared
        again = readable(held.body, held.content_type)
        version = self._recorder.document(text.kind, text.url, before.capture, again.encode())
        self._recorder.document_look(
            DocumentLook(
                text.kind,
                text.url,
                self._refresh,
                Status.AVAILABLE,
                Reason.SEEN,
                before.capture,
                None,
                READABLE,
                version,
            )
        )


def read_document(capture: Capture) -> tuple[Status, Reason, str]:
    """(status, reason, readable text) of an answer; the text is "" unless the document was there to be read. Pure.

    Walls, soft 404s and shells without text are told from documents as they are for photo pages; a page that asks for
    consent first is not the document, whatever it says.
    """
    told = http_rules.outcome(capture) or http_rules.after_redirects(capture)
    if told is not None and told.status is not Status.MOVED:
        return told.status or Status.UNREADABLE, told.reason or Reason.NOT_UNDERSTOOD, ""
    if told is not None and 300 <= capture.status < 400:
        return Status.UNREADABLE, Reason.NOT_UNDERSTOOD, ""  # a redirect that leads nowhere
    if walls.is_challenge(capture.body, capture.headers):
        return Status.REFUSED, Reason.CHALLENGE, ""
    text = readable(capture.body, capture.header("content-type") or "")
    headline = text.partition("\n")[0]
    if walls.says_not_found(headline):
        return Status.PLACEHOLDER, Reason.SOFT_404, ""
    if walls.says_login(headline):
        return Status.REFUSED, Reason.LOGIN_WALL, ""
    if len(text) < LEAST_TEXT or (len(text) < _LONGEST_WALL and _CONSENT.match(headline)):
        return Status.UNREADABLE, Reason.NOT_UNDERSTOOD, ""
    return Status.AVAILABLE, Reason.SEEN, text
