"""What a perfect observer would report: the answer sheet of the world, independent of the crawler's code.

Statuses and reasons are the words of DESIGN §4; licences are canonical ids (``deeds``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rehearsal.fates import STEPS
from rehearsal.photo import Stand
from rehearsal.world import Row, World

#: Access word → (status, reason). Flickr's API can say "private" only by code 2 (field notes §1).
_FLICKR = {
    "public": ("available", "seen"),
    "deleted": ("not_public", "not_found"),
    "private1": ("not_public", "not_found"),
    "private2": ("private", "marked_private"),
    "account_gone": ("gone", "account_gone"),
}
_COMMONS = {
    "public": ("available", "seen"),
    "deleted": ("gone", "not_found"),
    "moved": ("moved", "redirected"),
}
_PAGES = {
    "public": ("available", "seen"),
    "deleted": ("gone", "not_found"),
    "removed": ("gone", "removed"),
    "moved": ("moved", "redirected"),
    "soft_404": ("placeholder", "soft_404"),
    "legal": ("withheld", "legal"),
    "missing": ("gone", "not_found"),
    "front_door": ("placeholder", "soft_404"),
    "dns": ("unreachable", "dns"),
    "tls": ("unreachable", "tls"),
    "timeout": ("unreachable", "timeout"),
    "reset": ("unreachable", "connection"),
    "cut_body": ("unreachable", "cut_body"),
    "server_error": ("unreachable", "server_error"),
    "private_address": ("disallowed", "guard"),
    "into_private_network": ("disallowed", "guard"),
    "bot_wall": ("refused", "challenge"),
    "login_redirect": ("refused", "login_wall"),
    "unauthorized": ("refused", "forbidden"),
    "forbidden": ("refused", "forbidden"),
}
SEEN = frozenset({"available", "moved"})
LOST = frozenset({"gone", "not_public", "private", "placeholder", "withheld"})


def status_of(stand: Stand) -> tuple[str, str]:
    """(status, reason) a polite crawler with the rehearsal key arrives at."""
    kind = stand.photo.kind
    if kind == "barred":
        return "disallowed", "robots"
    return {"flickr": _FLICKR, "commons": _COMMONS}.get(kind, _PAGES)[stand.access]


def license_of(stand: Stand) -> str | None:
    """Canonical id of the licence the source states for the image itself; ``None`` if it states none.

    The ``footer`` host speaks of its site only, never of a photo.
    """
    if status_of(stand)[0] not in SEEN or stand.photo.kind == "footer":
        return None
    return stand.deed.id


def changes(stands: Sequence[Stand]) -> list[list[str]]:
    """What a refresh at every step reports, per step, in the words of the crawler's list of changes.

    A loss is ``source-suspected`` at the step that sees it first and ``source-lost`` at the next (all steps
    lie more than 24 hours apart), or at once where the account is gone. The first look is a beginning and
    changes nothing, and neither does a page nobody may read.
    """
    found: list[list[str]] = []
    standing: Stand | None = None
    losses = 0
    for stand in stands:
        words: list[str] = []
        status, reason = status_of(stand)
        if status in LOST and standing is not None and losses < 2:
            at_once = reason == "account_gone"
            words.append("source-lost" if losses or at_once else "source-suspected")
            losses = 2 if at_once else losses + 1
        elif status in SEEN:
            if standing is not None:
                words = ["reappeared"] if losses else []
                words += _differences(standing, stand)
            standing, losses = stand, 0
        found.append(words)
    return found


def _differences(before: Stand, after: Stand) -> list[str]:
    found = []
    if license_of(before) != license_of(after):
        found.append("license-changed")
    # on Flickr the account is the author, and it kept its id when it took another name
    if before.author != after.author and after.photo.kind != "flickr":
        found.append("author-changed")
    if before.noai != after.noai or (after.photo.kind == "slow" and before.step < 1 <= after.step):
        found.append("opt-out-changed")  # the slow host bars an AI agent in robots.txt from step 1 on
    if ("no_cv" in before.tags) != ("no_cv" in after.tags):
        found.append("withdrawal-signal")
    if (status_of(before)[0], status_of(after)[0]) == ("available", "moved"):
        found.append("moved")
    return found


def truth_of(world: World, row: Row) -> dict[str, Any]:
    """One image: where it is, what the manifest declares, and how it stands at each step."""
    photo = row.photo
    stands = [world.stand(photo, step) for step in range(len(STEPS))]
    steps = []
    for stand in stands:
        status, reason = status_of(stand)
        steps.append(
            {
                "status": status,
                "reason": reason,
                "license": license_of(stand),
                "author": stand.author if status in SEEN else None,
                "access": stand.access,
                "signs": _signs(stand) if status in SEEN else [],
            }
        )
    history = stands[-1].history
    return {
        "index": row.index,
        "photo": photo.number,
        "kind": photo.kind,
        "host": photo.host,
        "native_id": photo.native_id,
        "page_url": photo.page_url,
        "fate": photo.fate.name,
        "declared": world.declared(photo).id,
        "relicensed": [
            {"at": int(one.at.timestamp()), "old": one.old.id, "new": one.new.id} for one in history
        ],
        "steps": steps,
        "changes": changes(stands),
    }


def _signs(stand: Stand) -> list[str]:
    """no_cv · noai · deletion_request, as the source shows them."""
    shown = {"no_cv": "no_cv" in stand.tags, "noai": stand.noai, "deletion_request": stand.deletion_request}
    return [sign for sign, is_there in shown.items() if is_there]
