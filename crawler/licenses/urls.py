"""A web address → the licence it names.

Creative Commons' grammar (licence facts §2.1):
``https?://(www.)creativecommons.org/{licenses|publicdomain}/{unit}/
{version}[/{jurisdiction}][/{document}]``. Scheme, ``www.``, case, doubled slashes, query, fragment and
the document part (``deed.de``, ``legalcode.txt``, ``rdf``) do not matter; whatever CC never published is
not a licence, and the host must be CC's own, exactly. Badge images (``licensebuttons.net``,
``i.creativecommons.org``) follow the same grammar and are weaker: a page can show a badge for somebody
else's work.
"""

from __future__ import annotations

import re
from functools import cache

from crawler.licenses import registry
from crawler.licenses.license import License, Recognition

_ADDRESS = re.compile(
    r"(?:(?:https?:)?//)?(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(?:80|443))?(?P<path>/[^?#]*)?(?:[?#].*)?",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_CC_HOSTS = frozenset({"creativecommons.org", "www.creativecommons.org"})
_BADGE_HOSTS = frozenset(
    {"i.creativecommons.org", "licensebuttons.net", "www.licensebuttons.net", "l.creativecommons.org"}
)
_DOCUMENT = re.compile(
    r"(?:deed|legalcode)(?:\.[a-z]{2,3}(?:[-_@][a-z]{2,8}){0,2}|\.txt|\.html)?|rdf|index\.rdf", re.ASCII
)
_PICTURE = re.compile(r"(?:88x31|80x15)(?:\.(?:png|svg|gif))?", re.ASCII)
_VERSION = re.compile(r"[0-9]\.[0-9]", re.ASCII)

#: Hosts whose address ends in an SPDX id: host → the folders before it.
_ID_PAGES = {
    "spdx.org": ("licenses",),
    "www.spdx.org": ("licenses",),
    "choosealicense.com": ("licenses",),
    "opensource.org": ("licenses", "license"),
    "www.opensource.org": ("licenses", "license"),
}
#: Words that make an address we do not know worth a person's look.
_LICENSE_WORDS = ("licen", "terms", "copyright", "rights", "creativecommons", "/publicdomain/")


def looks_like_url(text: str) -> bool:
    """One address and nothing else: it has a scheme, ``//``, or a host with a path."""
    return "/" in text and _LOOKS.fullmatch(text) is not None


_LOOKS = re.compile(
    r"(?:https?:)?//\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?/\S*", re.IGNORECASE | re.ASCII
)


def from_url(text: str) -> Recognition:
    """What licence an address names, if any. Never raises."""
    address = text.strip()
    found = _published(address)
    if found is not None:
        return Recognition("known", found, address, "url", "exact")
    parts = _ADDRESS.fullmatch(address)
    if parts is None:
        return _unknown(address, "not a plain web address")
    host = parts["host"].lower()
    path = parts["path"] or "/"
    segments = [segment for segment in path.lower().split("/") if segment]
    if host in _CC_HOSTS:
        return _from_cc(address, segments)
    if host in _BADGE_HOSTS:
        return _from_badge(address, segments)
    if host == "mirrors.creativecommons.org" and segments[:2] == ["presskit", "buttons"]:
        return _from_button(address, segments[-1])
    found = _addresses().get(_key(host, segments))
    if found is not None:
        return Recognition("known", found, address, "url", "exact")
    if host in _ID_PAGES:
        return _from_id_page(address, host, segments)
    if host.startswith("licenses.") and len(segments) == 1 and segments[0] in ids():
        # A list of licences by SPDX id on a host of that name: the id speaks, the host vouches for nothing.
        return Recognition("known", ids()[segments[0]], address, "id in an address", "weak")
    return _unknown(address, "an address of no licence that we know")


def _published(address: str) -> License | None:
    """The shortcut for nearly all: an address of Creative Commons in the plain form, with or without document."""
    low = address.lower()
    if "//creativecommons.org/" not in low:
        return None
    scheme, _, rest = low.partition("//creativecommons.org/")
    if scheme not in ("https:", "http:", "") or not rest or not address.isascii():
        return None
    path = rest.partition("?")[0].partition("#")[0].rstrip("/")
    found = _paths().get(path)
    if found is None:
        folder, _, last = path.rpartition("/")
        found = _paths().get(folder) if _DOCUMENT.fullmatch(last) else None
    return found


@cache
def _paths() -> dict[str, License]:
    """The path of every tool that Creative Commons published, without its slashes at the ends."""
    start = "https://creativecommons.org/"
    tools = (entry for entry in registry.all_licenses() if entry.unit and entry.url)
    return {(entry.url or "").removeprefix(start).rstrip("/"): entry for entry in tools}


def _from_cc(address: str, segments: list[str]) -> Recognition:
    if segments[:1] == ["licenses"] and segments[1:2] == ["publicdomain"]:
        if not segments[2:] or (len(segments) == 3 and _DOCUMENT.fullmatch(segments[2])):
            return Recognition("known", registry.by_id("CC-PDDC"), address, "url", "exact")
    elif segments[:1] in (["licenses"], ["publicdomain"]):
        found = _tool(segments[1:], _DOCUMENT)
        if found is not None:
            # licenses/mark/1.0, licenses/zero/1.0 are seen in the wild: publicdomain/… is meant (facts §2.8)
            right = (found.kind == "public-domain-tool") == (segments[0] == "publicdomain")
            if right:
                return Recognition("known", found, address, "url", "exact")
            if segments[0] == "licenses":
                return Recognition("known", found, address, "url, repaired path", "weak")
        return Recognition("not_understood", None, address, "Creative Commons published no such licence", "")
    return Recognition("not_a_license", None, address, "a page of Creative Commons that is no licence", "")


def _from_badge(address: str, segments: list[str]) -> Recognition:
    if segments[:2] == ["l", "publicdomain"] and (not segments[2:] or _PICTURE.fullmatch(segments[-1])):
        found = registry.by_id("CC-PDDC") if len(segments) <= 3 else None
    else:
        found = _tool(segments[1:], _PICTURE) if segments[:1] in (["l"], ["p"]) else None
    if found is None:
        return Recognition("not_understood", None, address, "a badge of no licence that was published", "")
    return Recognition("known", found, address, "badge url", "weak")


def _from_button(address: str, file: str) -> Recognition:
    """Creative Commons' own buttons for print and web, by unit and without a version ("by-sa.eu.svg")."""
    name = file.split(".", maxsplit=1)[0]
    unit = {"cc-zero": "zero", "by-nd-nc": "by-nc-nd"}.get(name, name)
    found = registry.cc(unit, "1.0" if unit == "zero" else None) if unit in _BUTTONS else None
    if found is None:
        return Recognition("not_understood", None, address, "a badge of no licence that was published", "")
    return Recognition("known", found, address, "badge url", "weak")


_BUTTONS = frozenset({"zero", "by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa"})


def _tool(segments: list[str], last: re.Pattern[str]) -> License | None:
    """``[unit, version, jurisdiction?, document?]`` → licence; ``last`` is what may stand at the end."""
    if len(segments) > 1 and last.fullmatch(segments[-1]):
        segments = segments[:-1]
    if len(segments) == 1 and segments[0] in ("zero", "mark"):  # only ever published as 1.0
        return registry.cc(segments[0], "1.0") if last is _PICTURE else None
    if not 2 <= len(segments) <= 3 or not _VERSION.fullmatch(segments[1]):
        return None
    unit = segments[0].replace("%2b", "+")
    return registry.cc(unit, segments[1], segments[2] if len(segments) == 3 else None)


def _from_id_page(address: str, host: str, segments: list[str]) -> Recognition:
    folders = _ID_PAGES[host]
    if folders and segments[:1] and segments[0] in folders:
        segments = segments[1:]
    elif folders:
        segments = []
    if len(segments) == 1:
        found = ids().get(re.sub(r"\.(?:html|json|txt|jsonld|php)$", "", segments[0]))
        if found is not None:
            return Recognition("known", found, address, "url of a licence list", "stated")
    return _unknown(address, "a page of a licence list that we do not know")


@cache
def ids() -> dict[str, License]:
    """Every id of the registry in lower case, SPDX's retired spellings and ScanCode's ids included."""
    table: dict[str, License] = {}
    for entry in registry.all_licenses():
        table[entry.id.lower()] = entry
        if entry.id.startswith("LicenseRef-CC-"):
            table[f"licenseref-scancode-{entry.id[len('LicenseRef-') :].lower()}"] = entry
    for old, new in registry.table("retired_ids")["ids"].items():
        table[old.lower()] = registry.by_id(new)
    return table


@cache
def _addresses() -> dict[str, License]:
    table: dict[str, License] = {}
    ambiguous: set[str] = set()
    for license_id, raw in registry.entries_with_words():
        for url in (*([raw["url"]] if raw.get("url") else []), *raw.get("urls", ())):
            parts = _ADDRESS.fullmatch(url)
            if parts is None:
                continue
            key = _key(parts["host"].lower(), [s for s in (parts["path"] or "").lower().split("/") if s])
            if key in table and table[key].id != license_id:
                ambiguous.add(key)
            table[key] = registry.by_id(license_id)
    for raw_key, license_id in registry.table("retired_ids")["shared_addresses"].items():
        parts = _ADDRESS.fullmatch(raw_key)
        if parts is not None:
            key = _key(parts["host"].lower(), [s for s in (parts["path"] or "").lower().split("/") if s])
            table[key] = registry.by_id(license_id)
            ambiguous.discard(key)
    return {key: entry for key, entry in table.items() if key not in ambiguous}


def _key(host: str, segments: list[str]) -> str:
    if host.startswith("www."):
        host = host[4:]
    if host == "rightsstatements.org" and segments[:1] in (["page"], ["data"]):
        segments = ["vocab", *segments[1:]]
    return "/".join([host, *segments])


def _unknown(address: str, why: str) -> Recognition:
    low = address.lower()
    state = "not_understood" if any(word in low for word in _LICENSE_WORDS) else "not_a_license"
    return Recognition(state, None, address, why, "")
