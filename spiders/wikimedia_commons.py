"""Wikimedia Commons, by the Action API: 50 file titles a request.

Permission: the robots.txt of Wikimedia's wikis disallows ``/w/`` to everybody, while API:Etiquette invites
identified clients that ask one request at a time with ``maxlag`` to ``/w/api.php``. The two conflict (field
notes §5). We take the documented API as the permission, because it names its own conditions and we keep them:
contact in the User-Agent, serial requests, ``maxlag=5``, no key, no HTML pages.

A file is ``gone`` when the API says ``missing``; ``missing`` beside ``known`` (asked at another wiki) means
that it exists at Commons; a structured-data entity that is ``missing`` says nothing about the file;
``invalid`` is our mistake; a followed redirect is ``moved``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote, urlencode, urlsplit

from lxml import etree

from crawler.model import (
    MAX_DEPTH,
    Answer,
    Capture,
    Claim,
    Field,
    Look,
    Reason,
    Scope,
    SourceRef,
    Status,
    Target,
    Terms,
    Wanted,
)
from crawler.reading import commons_extmetadata, commons_file_page, http_rules, loose_json
from crawler.reading import html as html_room
from crawler.sources.commons_urls import native, page_url, title_of
from crawler.sources.spider import SourceSpider
from crawler.sources.urls import host_of

API = "https://commons.wikimedia.org/w/api.php"
_PROPERTIES = "prop=imageinfo&iiprop=url%7Csha1%7Ctimestamp%7Cuser%7Cextmetadata"
_QUERY = f"action=query&format=json&formatversion=2&{_PROPERTIES}&redirects=1&maxlag=5"
# Structured data: items of property P275 (Wikidata; names by flickypedia, 2026-04-01)
_ITEMS = {
    "Q19125117": "CC-BY-2.0",
    "Q19068220": "CC-BY-SA-2.0",
    "Q20007257": "CC-BY-4.0",
    "Q18199165": "CC-BY-SA-4.0",
    "Q6938433": "CC0-1.0",
    "Q60671452": "LicenseRef-us-government-work",
}
_MISTAKES = frozenset(
    {"invalidtitle", "badvalue", "unknown_action", "missingparam", "nosuchentity-title", "param-missing"}
)
_TROUBLE = frozenset(
    {
        "maxlag",
        "ratelimited",
        "readonly",
        "internal_api_error_DBQueryError",
        "internal_api_error_DBConnectionError",
    }
)


class WikimediaCommons(SourceSpider):
    """Files on Wikimedia Commons."""

    name = "wikimedia_commons"
    version = 1
    hosts = ("commons.wikimedia.org", "commons.m.wikimedia.org", "upload.wikimedia.org", "wikipedia.org")
    terms = Terms(
        address="https://www.mediawiki.org/wiki/API:Etiquette",
        checked="2026-11-23",
        allows="Identified clients may use the Action API, one request at a time, with maxlag.",
        keep="Facts and texts of file pages, under the licenses they state.",
        api_host="commons.wikimedia.org",
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.95, "author": 0.85}
    batch = 50

    @classmethod
    def reads(cls, url: str) -> bool:
        """All of Commons, and the API of the Wikipedias, which knows Commons' files too; never articles."""
        return not host_of(url).endswith("wikipedia.org") or urlsplit(url).path.endswith("/api.php")

    @classmethod
    def claims(cls, url: str) -> SourceRef | None:
        """File pages, originals, thumbnails, API addresses of one file. ``curid`` and ``M`` ids hold no
        title: not resolvable.
        """
        title = title_of(url)
        return cls._ref(title) if title is not None else None

    @classmethod
    def named(cls, native_id: str) -> SourceRef | None:
        """File titles, with or without the namespace."""
        title = native(native_id)
        return cls._ref(title) if title is not None else None

    @classmethod
    def _ref(cls, title: str) -> SourceRef:
        return SourceRef(source=cls.name, native_id=title, group="commons.wikimedia.org", url=page_url(title))

    def targets(self, wanted: Sequence[Wanted]) -> Iterator[Target]:
        """Titles sorted and cut every 50, so that the same photos give the same URLs again."""
        titles = sorted({want.ref.native_id for want in wanted})
        for start in range(0, len(titles), self.batch):
            part = tuple(titles[start : start + self.batch])
            asked = quote("|".join(f"File:{title}" for title in part), safe="")
            yield _call(f"{API}?{_QUERY}&titles={asked}", part, 0)

    def read(self, capture: Capture) -> Answer:
        """API answers of any kind we know, and file pages."""
        path = urlsplit(capture.url).path
        decided = http_rules.outcome(capture)
        if decided is not None:
            status, reason = decided.status, decided.reason
            if status is Status.GONE and path.endswith("/api.php"):
                status, reason = Status.UNREACHABLE, Reason.SERVICE_TROUBLE
            return Answer(looks=tuple(Look(t, status, reason) for t in _serves(capture)), retry=decided.retry)
        if not path.endswith("/api.php"):
            return Answer(looks=(_file_page(capture),))
        body = capture.body.lstrip()
        if body.startswith((b"<?xml", b"<api")):
            return _log(capture)
        data = loose_json.load(body)
        if not isinstance(data, dict):
            return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
        return _answer(data, capture)


def _call(url: str, serves: tuple[str, ...], depth: int) -> Target:
    return Target(
        source=WikimediaCommons.name,
        url=url,
        group="commons.wikimedia.org",
        serves=serves,
        basis="api",
        accept="application/json",
        depth=depth,
    )


def _serves(capture: Capture) -> tuple[str, ...]:
    if capture.target.serves:
        return capture.target.serves
    return (title_of(capture.url) or capture.url,)


def _all(capture: Capture, status: Status, reason: Reason, retry: Reason | None = None) -> Answer:
    return Answer(looks=tuple(Look(title, status, reason) for title in _serves(capture)), retry=retry)


def _answer(data: dict[str, Any], capture: Capture) -> Answer:
    error = data.get("error")
    if isinstance(error, dict):
        return _error(str(error.get("code", "")), capture)
    if isinstance(data.get("parse"), dict):
        return Answer(looks=(_parsed(data["parse"], capture),))
    if isinstance(data.get("entities"), dict):
        return Answer(looks=tuple(_entity(key, value, capture) for key, value in data["entities"].items()))
    query = data.get("query")
    if isinstance(query, dict) and ("pages" in query or "normalized" in query):
        return _query(data, query, capture)
    if isinstance(query, dict) and isinstance(query.get("logevents"), list):
        events = [e for e in query["logevents"] if isinstance(e, dict)]
        return _deleted([{k: str(v) for k, v in e.items()} for e in events], capture)
    if "imageinfo" in data:  # one page object by itself, as people store it
        return Answer(looks=(_page(data, "", capture),))
    if "extmetadata" in data:
        return Answer(looks=(_page({"imageinfo": [data]}, "", capture),))
    return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)


def _error(code: str, capture: Capture) -> Answer:
    if code == "missingtitle":
        return _all(capture, Status.GONE, Reason.NOT_FOUND)
    if code in _TROUBLE or code.startswith("internal_api_error"):
        return _all(capture, Status.UNREACHABLE, Reason.SERVICE_TROUBLE, retry=Reason.SERVICE_TROUBLE)
    if code in _MISTAKES or code.startswith("invalid"):
        return _all(capture, Status.UNREACHABLE, Reason.OUR_MISTAKE)
    if code in ("blocked", "autoblocked", "permissiondenied", "readapidenied"):
        return _all(capture, Status.REFUSED, Reason.FORBIDDEN)
    return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)


def _query(data: dict[str, Any], query: dict[str, Any], capture: Capture) -> Answer:
    """imageinfo, or ``prop=info``, of up to 50 titles, in both format versions."""
    given = query.get("pages")
    pages = list(given.items()) if isinstance(given, dict) else list(enumerate(_list(given)))
    moved = _moves(query)
    looks: dict[str, Look] = {}
    more = isinstance(data.get("continue"), dict)
    for key, page in pages:
        if not isinstance(page, dict):
            continue
        look = _page(page, f"/query/pages/{key}", capture)
        if (more or _earlier(capture)) and look.reason is Reason.NOT_UNDERSTOOD:
            look = Look(
                look.native_id, None, None
            )  # what this part of the answer leaves out stands in another
        looks[look.native_id] = look
    answered = tuple(_as_asked(title, moved, looks) for title in capture.target.serves) or tuple(
        looks.values()
    )
    if not more and capture.target.serves:
        answered = tuple(
            Look(a.native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
            if a.status is None and not _earlier(capture)
            else a
            for a in answered
        )
    follow: tuple[Target, ...] = ()
    if more and capture.target.serves and capture.target.depth < MAX_DEPTH:
        onward = sorted((str(k), str(v)) for k, v in data["continue"].items())
        base = capture.target.url.partition("&continue=")[0]
        ordered = [(k, v) for k, v in onward if k == "continue"] + [
            (k, v) for k, v in onward if k != "continue"
        ]
        follow = (_call(f"{base}&{urlencode(ordered)}", capture.target.serves, capture.target.depth + 1),)
    return Answer(looks=answered, follow=follow)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _earlier(capture: Capture) -> bool:
    """Whether this is a continuation: titles it is silent about were answered before."""
    return "&continue=" in capture.target.url


def _moves(query: Mapping[str, Any]) -> dict[str, tuple[str, bool]]:
    """asked title → (title that answers, whether a redirect lay between), from ``normalized`` and
    ``redirects``.
    """
    steps: dict[str, tuple[str, bool]] = {}
    for name in ("normalized", "redirects"):
        for step in _list(query.get(name)):
            if isinstance(step, dict):
                source, to = native(str(step.get("from", ""))), native(str(step.get("to", "")))
                if source is not None and to is not None and source != to:
                    steps[source] = (to, name == "redirects")
    return steps


def _as_asked(title: str, moved: Mapping[str, tuple[str, bool]], looks: Mapping[str, Look]) -> Look:
    """The look under the title that was asked; a file found behind a redirect is ``moved``."""
    here, redirected = title, False
    for _ in range(5):
        if here in looks or here not in moved:
            break
        here, hop = moved[here]
        redirected = redirected or hop
    found = looks.get(here)
    if found is None:
        return Look(title, None, None)
    if redirected and found.status is Status.AVAILABLE:
        return Look(title, Status.MOVED, Reason.REDIRECTED, found.claims, found.unread)
    return Look(title, found.status, found.reason, found.claims, found.unread)


def _page(page: dict[str, Any], place: str, capture: Capture) -> Look:
    title = native(str(page.get("title") or "")) if page.get("title") else None
    infos = page.get("imageinfo")
    info = infos[0] if isinstance(infos, list) and infos and isinstance(infos[0], dict) else None
    if title is None and info is not None:
        title = title_of(str(info.get("descriptionurl") or info.get("url") or ""))
    native_id = title or _serves(capture)[0]
    if _flag(page, "invalid"):
        return Look(
            native_id, Status.UNREACHABLE, Reason.OUR_MISTAKE, unread=(str(page.get("invalidreason", "")),)
        )
    missing, known = _flag(page, "missing"), _flag(page, "known")
    if missing and not known:
        return Look(native_id, Status.GONE, Reason.NOT_FOUND)
    if info is not None and _flag(info, "filemissing"):
        return Look(native_id, Status.GONE, Reason.NOT_FOUND)
    claims = tuple(commons_extmetadata.claims(info, f"{place}/imageinfo/0")) if info is not None else ()
    if _flag(page, "redirect"):
        return Look(native_id, Status.MOVED, Reason.REDIRECTED, claims)
    if info is None and not known and "imageinfo" in capture.url:
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, claims)


def _flag(page: Mapping[str, Any], name: str) -> bool:
    """``"missing": ""`` in format version 1, ``"missing": true`` in version 2."""
    return name in page and page[name] is not False


def _parsed(parsed: dict[str, Any], capture: Capture) -> Look:
    text = parsed.get("text")
    source = text.get("*", "") if isinstance(text, dict) else text
    native_id = native(str(parsed.get("title") or "")) or _serves(capture)[0]
    if not isinstance(source, str) or not source:
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    page = html_room.parse(source.encode("utf-8", "replace"), capture.url, "text/html; charset=utf-8")
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, tuple(commons_file_page.claims(page)))


def _file_page(capture: Capture) -> Look:
    native_id = _serves(capture)[0]
    kind = capture.header("content-type") or "text/html"
    page = html_room.Page.parse(capture) if "html" in kind else None
    claims = tuple(commons_file_page.claims(page)) if page is not None else ()
    if title_of(capture.url) is None:
        return Look(native_id, Status.UNSUPPORTED, Reason.NOT_A_PHOTO)
    if not any(c.field in (Field.LICENSE, Field.AUTHOR) for c in claims):
        return Look(native_id, Status.UNREADABLE, Reason.NOT_UNDERSTOOD, claims)
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, claims)


def _entity(key: str, entity: object, capture: Capture) -> Look:
    """Structured data. A missing entity with an M id is a file without statements; "-1" is no file."""
    value = entity if isinstance(entity, dict) else {}
    native_id = native(str(value.get("title") or "")) or _serves(capture)[0]
    if _flag(value, "missing"):
        if key.startswith("-"):
            return Look(native_id, Status.GONE, Reason.NOT_FOUND)
        return Look(native_id, Status.AVAILABLE, Reason.SEEN)
    statements = value.get("statements")
    licenses: list[Claim] = []
    for index, statement in enumerate(_list(statements.get("P275")) if isinstance(statements, dict) else []):
        item = _item(statement)
        if item:
            place = f"/entities/{key}/statements/P275/{index}/mainsnak/datavalue/value/id"
            licenses.append(Claim(Field.LICENSE, _ITEMS.get(item), item, Scope.IMAGE, place, f"P275: {item}"))
    claims = (*licenses, *commons_file_page.choice(licenses))
    return Look(native_id, Status.AVAILABLE, Reason.SEEN, claims)


def _item(statement: object) -> str:
    if not isinstance(statement, dict) or statement.get("rank") == "deprecated":
        return ""
    try:
        found = statement["mainsnak"]["datavalue"]["value"]["id"]
    except (KeyError, TypeError):  # "somevalue" and "novalue" have no datavalue
        return ""
    return found if isinstance(found, str) else ""


def _log(capture: Capture) -> Answer:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(capture.body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    error = root.find("error")
    if error is not None:
        return _error(error.get("code") or "", capture)
    if root.find("query/logevents") is None:
        return _all(capture, Status.UNREADABLE, Reason.NOT_UNDERSTOOD)
    return _deleted([{str(k): str(v) for k, v in item.attrib.items()} for item in root.iter("item")], capture)


def _deleted(events: list[dict[str, str]], capture: Capture) -> Answer:
    """The deletion log of one file: its newest entry decides. An empty log says nothing about the file."""
    newest = max(events, key=lambda e: e.get("timestamp", ""), default=None)
    native_id = native(newest.get("title", "")) if newest else None
    if newest is None or newest.get("action") not in ("delete", "restore"):
        return Answer(looks=(Look(native_id or _serves(capture)[0], None, None),))
    quote_text = (
        f"{newest.get('timestamp', '')} {newest.get('action', '')}: {newest.get('comment', '')}".strip()
    )
    if newest["action"] == "restore":
        return Answer(looks=(Look(native_id or _serves(capture)[0], None, None, unread=(quote_text,)),))
    return Answer(
        looks=(Look(native_id or _serves(capture)[0], Status.GONE, Reason.REMOVED, unread=(quote_text,)),)
    )
