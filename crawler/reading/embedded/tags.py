"""The rights tags of a picture under the names and in the forms of ``exiftool -n -struct -json`` (ExifTool 13).

The list is closed: who made it, whose it is, on which terms, who is shown. PLUS, XMP rights and Creative Commons
are given whole.
"""

from __future__ import annotations

import re
from typing import Any

from crawler.reading.embedded.kept import Kept
from crawler.reading.embedded.metadata import metadata
from crawler.reading.embedded.xmp import Struct, Value

_TEXTS = {
    "EXIF:IFD0:315": "IFD0:Artist",
    "EXIF:IFD0:33432": "IFD0:Copyright",
    "EXIF:IFD0:40093": "IFD0:XPAuthor",
    "IIM:2:40": "IPTC:SpecialInstructions",
    "IIM:2:80": "IPTC:By-line",
    "IIM:2:110": "IPTC:Credit",
    "IIM:2:115": "IPTC:Source",
    "IIM:2:116": "IPTC:CopyrightNotice",
    "PNG:Author": "PNG:Author",
    "PNG:Copyright": "PNG:Copyright",
}
_LISTS = frozenset({"IPTC:By-line"})
_WHOLE = frozenset({"plus", "xmpRights", "cc"})
_ODD = {"plus:Version": "XMP-plus:PLUSVersion"}
_CHOSEN = {
    "dc:creator": "XMP-dc:Creator",
    "dc:rights": "XMP-dc:Rights",
    "photoshop:credit": "XMP-photoshop:Credit",
    "photoshop:instructions": "XMP-photoshop:Instructions",
    "photoshop:source": "XMP-photoshop:Source",
    "iptc4xmpcore:creatorcontactinfo": "XMP-iptcCore:CreatorContactInfo",
    "iptc4xmpext:addlmodelinfo": "XMP-iptcExt:AdditionalModelInformation",
    "iptc4xmpext:digitalsourcetype": "XMP-iptcExt:DigitalSourceType",
    "iptc4xmpext:digitalsourcefiletype": "XMP-iptcExt:DigitalSourceFileType",
    "iptc4xmpext:embdencrightsexpr": "XMP-iptcExt:EmbdEncRightsExpr",
    "iptc4xmpext:linkedencrightsexpr": "XMP-iptcExt:LinkedEncRightsExpr",
    "iptc4xmpext:modelage": "XMP-iptcExt:ModelAge",
    "iptc4xmpext:personinimage": "XMP-iptcExt:PersonInImage",
    "iptc4xmpext:personinimagewdetails": "XMP-iptcExt:PersonInImageWDetails",
    "tiff:artist": "XMP-tiff:Artist",
    "tiff:copyright": "XMP-tiff:Copyright",
}
_NUMBER = re.compile(r"-?([0-9]|[1-9][0-9]{1,14})(\.[0-9]{1,16})?(e[-+]?[0-9]{1,3})?", re.IGNORECASE)
_VOCABULARY = re.compile(r"https?://ns\.useplus\.org/ldf/vocab/", re.IGNORECASE)


def tags(kept: Kept) -> dict[str, Any]:
    """ "group:tag" → text, number, boolean, list or structure. Of a tag that occurs twice the last one counts,
    as in ExifTool; lists of IPTC-IIM are joined.
    """
    found: dict[str, Any] = {}
    read = metadata(kept)
    for place, text in read.texts:
        name = _TEXTS.get(place)
        if name in _LISTS and name in found:
            if not isinstance(found[name], list):
                found[name] = [found[name]]
            found[name].append(_plain(text))
        elif name is not None:
            found[name] = _plain(text)
    for item in read.xmp:
        prefix, _, local = item.name.partition(":")
        name = (
            _ODD.get(item.name) or f"XMP-{prefix}:{_capital(local)}"
            if prefix in _WHOLE
            else _CHOSEN.get(item.name.lower())
        )
        if name is not None and (value := _form(item.value)) not in ("", [], {}):
            found[name] = value
    return found


def _form(value: Value) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        return _plain(_VOCABULARY.sub("", value))
    if isinstance(value, Struct):
        return {
            _capital(name.rpartition(":")[2]): form for name, v in value.fields if (form := _form(v)) != ""
        }
    if value.kind == "Alt":
        languages = {language.lower(): item for language, item in reversed(value.entries)}
        first = value.entries[0][1] if value.entries else ""
        return _form(languages.get("x-default", first))
    return [form for _, item in value.entries if (form := _form(item)) != ""]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _plain(text: str) -> str | bool | int | float:
    """Texts that look like a number or a truth value are one in ExifTool's JSON."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if not _NUMBER.fullmatch(text):
        return text
    return int(text) if text.lstrip("-").isdigit() else float(text)
