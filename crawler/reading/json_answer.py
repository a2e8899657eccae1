"""What an API's exchange decides before a record is read: refusals, keys, bodies that are not what was asked.

| exchange | look |
|---|---|
| 401, or the API's own word for a key it does not take | disallowed, bad_key; the source rests |
| 403 "Rate Limit Exceeded", 429 | refused, rate_limited; asked again |
| 404, 410 with the API's own JSON | what the API means by it (``missing``; 410: removed) |
| 404, 410 with anything else | unreadable: that is no word on a photo |
| 2xx without the JSON that was asked for | unreadable |

Everything else is as ``http_rules`` has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crawler.model import Answer, Capture, Look, Reason, Status
from crawler.reading import http_rules, loose_json
from crawler.reading.api_record import ApiRecord


def body(capture: Capture) -> object:
    """The JSON of the body, ``None`` when it is none."""
    return loose_json.load(capture.body) if capture.body.strip() else None


def refusal(capture: Capture, photos: Sequence[str], missing: tuple[Status, Reason]) -> Answer | None:
    """What the exchange alone says of these photos; ``None`` when there is a body to read."""
    decided = http_rules.outcome(capture)
    if decided is None:
        return None
    if capture.status == 401:
        return bad_key(photos)
    if decided.status is Status.GONE and no_word(capture):
        return unreadable(photos, no_word(capture))
    if capture.status == 404:
        return Answer(looks=tuple(Look(photo, *missing) for photo in photos))
    return Answer(
        looks=tuple(Look(photo, decided.status, decided.reason) for photo in photos), retry=decided.retry
    )


def records(
    capture: Capture,
    photos: Sequence[str],
    missing: tuple[Status, Reason],
    *,
    listed: str,
    itself: str,
    is_id: Callable[[str], object],
    look: Callable[[ApiRecord, str], Look],
    whole: Callable[[ApiRecord], bool] = lambda record: True,  # noqa: ARG005 - an id alone will do
) -> Answer:
    """The records in the list ``listed``, or the one record of the photo that was asked for.

    ``itself`` names the field that holds a record's own id, ``is_id`` knows ids, ``whole`` whether a single record is
    one of this API's; ``look`` reads a record of the given id.
    """
    refused = refusal(capture, photos, missing)
    if refused is not None:
        return refused
    data = body(capture)
    if isinstance(data, dict) and isinstance(data.get(listed), list):
        found = [(record.text(itself), record) for record in ApiRecord(data).records(listed)]
        looks = [look(record, name) for name, record in found if is_id(name)]
        absent = set(capture.target.serves) - {name for name, _ in found}
        left_out = (f"/{listed} does not name it",)
        looks += [Look(p, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=left_out) for p in sorted(absent)]
        return Answer(looks=tuple(looks)) if looks else unreadable(photos, f"/{listed} names no photo")
    record = ApiRecord(data)
    name = record.text(itself)
    if not is_id(name) or not whole(record):
        return unreadable(photos, *shape(data))
    if photos[0] not in (name, capture.url):
        return unreadable(photos, f"the answer is about photo {name}")
    return Answer(looks=(look(record, name),))


def bad_key(photos: Sequence[str]) -> Answer:
    """The key was refused: nothing is said of any photo, and asking on would be rude."""
    looks = tuple(Look(photo, Status.DISALLOWED, Reason.BAD_KEY) for photo in photos)
    return Answer(looks=looks, halt=Reason.BAD_KEY)


def unreadable(photos: Sequence[str], *unread: str) -> Answer:
    """A body came, and it is not what was asked for."""
    return Answer(
        looks=tuple(Look(p, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, unread=unread) for p in photos)
    )


def shape(data: object) -> tuple[str, ...]:
    """What came instead of the expected: the names in an object, else its kind."""
    if isinstance(data, dict):
        return tuple(sorted(f"/{name}" for name in data)[:50]) or ("an empty object",)
    return ("no JSON" if data is None else f"a JSON {type(data).__name__}",)


def no_word(capture: Capture) -> str:
    """Why an API's "not there" is no word on a photo: without its own JSON, the address itself may have gone (an
    interface that was moved or switched off, a gateway's page). "" where it is one.
    """
    if isinstance(body(capture), dict):
        return ""
    beginning = " ".join(capture.body[:120].decode("utf-8", "replace").split())
    return f"HTTP {capture.status} without a record: {beginning}"
