"""``action=query`` of the Action API, for up to 50 titles and in both format versions → one look per title.

A file is ``gone`` when the API says ``missing``; ``missing`` beside ``known`` (asked at another wiki) means that it
exists at Commons; ``invalid`` is our mistake; a followed redirect is ``moved`` (field notes §5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.model import Look, Reason, Status
from crawler.reading.findings import merge
from crawler.reading.platforms import commons_extmetadata


@dataclass(frozen=True, slots=True)
class Names:
    """How titles and addresses become native ids: the room of sources knows, and the spider hands it in."""

    of_title: Callable[[str], str | None]
    of_url: Callable[[str], str | None]


def looks(
    query: Mapping[str, Any],
    serves: tuple[str, ...],
    names: Names,
    *,
    more: bool,
    earlier: bool,
    info_asked: bool,
    asked: str,
) -> tuple[Look, ...]:
    """One look per title of ``serves``, under the titles that were asked; of all pages where nobody was named.

    ``more``: a continuation will follow, and what this part leaves out stands in another; ``earlier``: this is a
    continuation, and titles it is silent about were answered before. ``info_asked``: an entry without ``imageinfo``
    was not understood. ``asked`` is the title to answer for where a page names none.
    """
    given = query.get("pages")
    pages = list(given.items()) if isinstance(given, dict) else list(enumerate(as_list(given)))
    found: dict[str, Look] = {}
    alone = (
        asked if len(pages) == 1 and len(serves) <= 1 else ""
    )  # of many, who is meant by one without a title?
    for key, value in pages:
        if not isinstance(value, dict):
            continue
        look = page(value, f"/query/pages/{key}", names, alone, info_asked=info_asked)
        if (more or earlier) and look.reason is Reason.NOT_UNDERSTOOD:
            look = Look(look.native_id, None, None)
        if not look.native_id:
            continue
        before = found.get(look.native_id)
        if before is not None and before.status is not look.status:  # one file, told of in two ways
            before, look = None, Look(look.native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
        found[look.native_id] = look if before is None else merge((before, look))
    moved = _moves(query, names)
    answered = tuple(_as_asked(title, moved, found) for title in serves) or tuple(found.values())
    if more or earlier or not serves:
        return answered
    return tuple(
        Look(a.native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD) if a.status is None else a
        for a in answered
    )


def page(value: Mapping[str, Any], place: str, names: Names, asked: str, *, info_asked: bool) -> Look:
    """One page object, with or without ``imageinfo``."""
    written = value.get("title")
    title = names.of_title(written) if isinstance(written, str) and written else None
    infos = value.get("imageinfo")
    info = infos[0] if isinstance(infos, list) and infos and isinstance(infos[0], dict) else None
    if title is None and info is not None:
        title = names.of_url(str(info.get("descriptionurl") or info.get("url") or ""))
    native_id = title or asked
    if flag(value, "invalid"):
        why = (str(value.get("invalidreason", "")),)
        return Look(native_id, Status.UNREACHABLE, Reason.OUR_MISTAKE, unread=why)
    missing, known = flag(value, "missing"), flag(value, "known")
    if (missing and not known) or (info is not None and flag(info, "filemissing")):
        return Look(native_id, Status.GONE, Reason.NOT_FOUND)
    claims = tuple(commons_extmetadata.claims(info, f"{place}/imageinfo/0")) if info is not None else ()
    unread = commons_extmetadata.unread(info) if info is not None else ()
    if flag(value, "redirect"):
        return Look(native_id, Status.MOVED, Reason.REDIRECTED, claims, unread)
    if info is None and not known and info_asked:
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, claims, unread)


def flag(value: Mapping[str, Any], name: str) -> bool:
    """``"missing": ""`` in format version 1, ``"missing": true`` in version 2."""
    return name in value and value[name] is not False


def as_list(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def _moves(query: Mapping[str, Any], names: Names) -> dict[str, tuple[str, bool]]:
    """asked title → (title that answers, whether a redirect lay between), from ``normalized`` and
    ``redirects``.
    """
    steps: dict[str, tuple[str, bool]] = {}
    for name in ("normalized", "redirects"):
        for step in as_list(query.get(name)):
            if isinstance(step, dict):
                source, to = (names.of_title(str(step.get(end, ""))) for end in ("from", "to"))
                if source is not None and to is not None and source != to:
                    steps[source] = (to, name == "redirects")
    return steps


def _as_asked(title: str, moved: Mapping[str, tuple[str, bool]], found: Mapping[str, Look]) -> Look:
    """The look under the title that was asked; a file found behind a redirect is ``moved``."""
    here, redirected = title, False
    for _ in range(5):
        if here in found or here not in moved:
            break
        here, hop = moved[here]
        redirected = redirected or hop
    look = found.get(here)
    if look is None:
        return Look(title, None, None)
    if redirected and look.status is Status.AVAILABLE:
        return Look(title, Status.MOVED, Reason.REDIRECTED, look.claims, look.unread)
    return Look(title, look.status, look.reason, look.claims, look.unread)
