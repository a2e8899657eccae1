"""What the errors of Flickr's API say of a photo. All come with HTTP 200 (field notes §0–1).

| code | message | read as |
|---|---|---|
| 1 | not found | not_public: deleted, private or never existed; the owner's account may tell more |
| 1 | Required parameter missing | our mistake |
| 2 | Photo is private · Permission denied (EXIF only) | private · the photo is there |
| 5 | User deleted | gone, account_gone |
| 98, 99, 100 | login, permissions, invalid key | the source rests: bad key |
| 0, 105, 106, 201 | service trouble | asked again |
| 95–97, 111–116 | SSL, signature, format, method, bad URL | our mistake |
"""

from __future__ import annotations

from crawler.model import Answer, Look, Reason, Status
from crawler.reading.platforms.flickr_answers import Rsp

_BAD_KEY = frozenset({"98", "99", "100"})
_TROUBLE = frozenset({"0", "105", "106", "201"})
_MISTAKE = frozenset({"95", "96", "97", "111", "112", "113", "114", "115", "116"})


def answer(rsp: Rsp, method: str, native_id: str, *, about_account: bool = False) -> Answer:
    """The answer an error makes for one photo. An unknown code is ``unreadable``: nobody may guess a photo's fate
    from it.

    ``about_account``: the owner's account was asked for because the photo was not found, so that "no such user"
    says nothing new: the id may have been wrong from the start.
    """
    code, message = rsp.code.strip(), rsp.message.lower()
    if code in _BAD_KEY:
        return Answer(looks=(Look(native_id, Status.DISALLOWED, Reason.BAD_KEY),), halt=Reason.BAD_KEY)
    if code in _TROUBLE or "not currently available" in message or "temporarily unavailable" in message:
        return trouble(native_id)
    status, reason = _outcome(code, message, method, people=about_account or ".people." in method)
    if about_account and status is Status.NOT_PUBLIC:
        return Answer(looks=(Look(native_id, None, None),))
    quote = f'code="{rsp.code}" msg="{rsp.message}"'
    unread = (quote,) if status is Status.UNREADABLE else ()
    return Answer(looks=(Look(native_id, status, reason, unread=unread),))


def _outcome(code: str, message: str, method: str, *, people: bool) -> tuple[Status, Reason]:
    if code in _MISTAKE or "required parameter" in message or "required argument" in message:
        return Status.UNREACHABLE, Reason.OUR_MISTAKE
    if code == "5" and (people or "user deleted" in message):
        return Status.GONE, Reason.ACCOUNT_GONE
    if code == "1" and (people or method.startswith("flickr.photos.") or "photo" in message):
        return Status.NOT_PUBLIC, Reason.NOT_FOUND
    if code == "2" and "private" in message:
        return Status.PRIVATE, Reason.MARKED_PRIVATE
    if code == "2" and "getExif" in method:
        return Status.AVAILABLE, Reason.SEEN  # the owner hides EXIF of a photo that is there
    return Status.UNREADABLE, Reason.NOT_UNDERSTOOD


def trouble(native_id: str) -> Answer:
    """The service itself is not well: nothing is said of the photo, and it is asked again."""
    look = Look(native_id, Status.UNREACHABLE, Reason.SERVICE_TROUBLE)
    return Answer(looks=(look,), retry=Reason.SERVICE_TROUBLE)
