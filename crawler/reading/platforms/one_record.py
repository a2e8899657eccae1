"""An API that answers one record to one question: the exchange, the JSON, then the source's own reader.

Shared by the catalogues and museums whose answers differ in nothing but the record. What the exchange decides is
as ``http_rules`` has it. Of most museums only good answers were captured, so their 404 is read as the web has it
(gone) where it comes with JSON (``json_answer.no_word``), and what a refused key looks like is taken from the
documentation of the two gateways in use: api.data.gov (403 ``API_KEY_…``) and Europeana (401).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crawler.model import Answer, Capture, Look, Reason, Status
from crawler.reading import http_rules, json_answer, loose_json

#: A source's reader of one record: ``None`` where it is not the record that was asked for.
Reader = Callable[[dict[str, Any]], Look | None]
#: How many names of an object that was not understood are kept for people to see.
_SHOWN = 40


def answer(capture: Capture, photo: str, reader: Reader, *, keyed: bool = False) -> Answer:
    """What the exchange says of one photo. ``reader`` gets the JSON object and gives ``None`` where it is not the
    record that was asked for; ``keyed``: a refused key stops the source.
    """
    decided = http_rules.outcome(capture)
    if decided is not None:
        if keyed and _key_refused(capture):
            refused = Look(photo, Status.DISALLOWED, Reason.BAD_KEY)
            return Answer(looks=(refused,), halt=Reason.BAD_KEY)
        if decided.status is Status.GONE and json_answer.no_word(capture):
            return Answer(looks=(unreadable(photo, json_answer.no_word(capture)),))
        return Answer(looks=(Look(photo, decided.status, decided.reason),), retry=decided.retry)
    data = loose_json.load(capture.body) if capture.body.strip() else None
    if not isinstance(data, dict):
        return Answer(looks=(unreadable(photo, "no JSON object"),))
    look = reader(data)
    if look is None:
        names = sorted(f"/{name}" for name in data)[:_SHOWN] or ["an empty object"]
        return Answer(looks=(unreadable(photo, *names),))
    return Answer(looks=(look,))


def answer_all(
    capture: Capture, photos: Sequence[str], reader_of: Callable[[str], Reader], *, keyed: bool = False
) -> Answer:
    """The same for several pictures of one record; at least one."""
    answers = [answer(capture, photo, reader_of(photo), keyed=keyed) for photo in photos]
    looks = tuple(look for one in answers for look in one.looks)
    return Answer(looks=looks, retry=answers[0].retry, halt=answers[0].halt)


def unreadable(photo: str, *unread: str) -> Look:
    """A body came, and it is not what was asked for."""
    return Look(photo, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=unread)


def _key_refused(capture: Capture) -> bool:
    return capture.status == 401 or (capture.status == 403 and b"API_KEY_" in capture.body[:2_000])
