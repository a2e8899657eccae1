"""Flickr's photo pages of 2013 to 2026.

For a crawler of our name robots.txt closes them; they are read because people hold stored pages. On Flickr
neither ``rel=license`` nor the JSON-LD ``license`` means "licensed": both point to a help page for photos
with all rights reserved (field notes §2). The photo's own numeric id decides where the page has it; otherwise
only addresses of known licenses count.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from crawler.licenses.flickr import from_flickr_id
from crawler.model import Claim, Field, Scope
from crawler.reading import loose_json
from crawler.reading.license_claims import recognised
from crawler.reading.pages import json_ld, opt_outs
from crawler.reading.pages.html import Page, quote_of, text_of
from crawler.reading.pages.rel_license import is_license_rel
from crawler.reading.words.plain_text import shown

_EXPORT = re.compile(r"modelExport:\s*(?=\{)")
_INIT = re.compile(r"Y\.photo\.init\(\s*(?=\{)")
_DECODER = json.JSONDecoder()


def read(page: Page, body: bytes, photo_id: str | None) -> tuple[list[Claim], bool | None]:
    """``(claims, public)``: what the page says of this photo; ``public`` is ``None`` when the page doesn't
    tell.

    Raises:
        UnknownFlickrLicense: the page carries a license id that is not known.
    """
    source = body.decode("utf-8", "replace")
    found: list[Claim] = []
    public: bool | None = None
    model = _model(source, photo_id)
    if model is not None:
        claims, public = model
        found += claims
    else:
        found += _init(source, photo_id)
    if not any(c.field is Field.LICENSE for c in found):
        found += _linked(page)
    if not any(c.field is Field.AUTHOR for c in found):
        found += _author(page)
    return found, public


def signals(page: Page, headers: tuple[tuple[str, str], ...]) -> list[Claim]:
    """Opt-outs of the page."""
    return opt_outs.read(headers, page, page.url)


def _object(source: str, mark: re.Pattern[str]) -> dict[str, Any] | None:
    """The JSON object after a mark in a script; more script follows it."""
    match = mark.search(source)
    if match is None:
        return None
    try:
        _, end = _DECODER.raw_decode(source, match.end())
    except (ValueError, RecursionError):
        return None
    value = loose_json.load(source[match.end() : end])
    return value if isinstance(value, dict) else None


def _model(source: str, photo_id: str | None) -> tuple[list[Claim], bool | None] | None:
    export = _object(source, _EXPORT)
    if export is None:
        return None
    main, legend = export.get("main"), export.get("legend")
    if not isinstance(main, dict):
        return None

    def follow(value: object, depth: int = 0) -> object:
        """``"~7"`` stands for ``legend[7]``, a path into ``main``."""
        if (
            isinstance(value, str)
            and re.fullmatch(r"~[0-9]{1,6}", value)
            and isinstance(legend, list)
            and depth < 8
        ):
            index = int(value[1:])
            if index >= len(legend) or not isinstance(legend[index], list):
                return None
            here: Any = main
            for step in legend[index]:
                try:
                    here = here[int(step)] if isinstance(here, list) else here[step]
                except (KeyError, IndexError, ValueError, TypeError):
                    return None
            return follow(here, depth + 1)
        return value

    def models(name: str) -> list[dict[str, Any]]:
        entries = main.get(name)
        inner = (
            [follow(e.get("data")) for e in entries if isinstance(e, dict)]
            if isinstance(entries, list)
            else []
        )
        return [value for value in inner if isinstance(value, dict)]

    photos = models("photo-models")
    mine = [p for p in photos if photo_id is None or str(p.get("id")) == photo_id]
    if len(mine) != 1:
        return None
    photo, place = mine[0], "modelExport/photo-models"
    found: list[Claim] = []
    if photo.get("license") is not None:
        found.append(_numbered(str(photo["license"]), f"{place}/license"))
    owner = follow(photo.get("owner"))
    person = follow(owner.get("data")) if isinstance(owner, dict) else None
    if isinstance(person, dict):
        for name, field in (("username", Field.AUTHOR), ("realname", Field.CREDIT), ("id", Field.AUTHOR_ID)):
            raw = person.get(name)
            if isinstance(raw, str) and raw:
                found.append(
                    Claim(field, shown(unquote(raw)) or None, raw, Scope.IMAGE, f"{place}/owner/{name}")
                )
    privacy = [p for p in models("photo-privacy-models") if str(p.get("id")) == str(photo.get("id"))]
    return found, bool(privacy[0].get("isPublic")) if privacy else None


def _init(source: str, photo_id: str | None) -> list[Claim]:
    """2013: ``Y.photo.init({"id":"6038315155","license":"3","ownername":…})``."""
    photo = _object(source, _INIT)
    if photo is None or (photo_id is not None and str(photo.get("id")) != photo_id):
        return []
    found = (
        [_numbered(str(photo["license"]), "Y.photo.init/license")] if photo.get("license") is not None else []
    )
    for name, field in (("ownername", Field.AUTHOR), ("owner", Field.AUTHOR_ID)):
        raw = photo.get(name)
        if isinstance(raw, str) and raw:
            found.append(Claim(field, shown(raw) or None, raw, Scope.IMAGE, f"Y.photo.init/{name}"))
    return found


def _numbered(raw: str, place: str) -> Claim:
    return Claim(Field.LICENSE, from_flickr_id(raw).id, raw, Scope.IMAGE, place, f'"license":{raw}')


def _linked(page: Page) -> list[Claim]:
    """A license known by its address, from the license link or else from the ``ImageObject``."""
    for link in page.links:
        if link.rels and any(is_license_rel(rel) for rel in link.rels):
            known = recognised(link.href).license
            if known is not None:
                place = f"{page.locate(link.element)}/@href"
                return [Claim(Field.LICENSE, known.id, link.href, Scope.IMAGE, place, quote_of(link.element))]
    for claim in json_ld.read(page)[0]:
        if claim.field is Field.LICENSE and claim.scope is Scope.IMAGE and claim.value is not None:
            return [claim]
    return []


def _author(page: Page) -> list[Claim]:
    for element in page.root.iter("a") if page.root is not None else ():
        names = (element.get("class") or "").split()
        if "owner-name" in names or "author" in (element.get("rel") or "").split():
            name = text_of(element, 200)
            if name:
                return [Claim(Field.AUTHOR, shown(name), name, Scope.IMAGE, page.locate(element))]
    return [c for c in json_ld.read(page)[0] if c.field is Field.AUTHOR][:1]
