"""rawpixel, by its picture pages where robots.txt allows them.

A record of its interface names the license three times: ``license``, ``licenseUrl`` and a set of flags of which one
is true, an exclusive class each (seen in museums/rawpixel/item.json: ``isCC0License`` true while
``isPublicDomainContent`` and ``isFreeLicense`` are false). A license is understood only where address and flag say
the same; the site's own licenses ("free", "premium") are not ours to name. The interface is not documented and
wants signed requests of partners: pages are asked for and read as any page, and a stored record is read. No page
and no error answer was captured.

``model_release`` false says nothing: it is given for an elk. ``true`` is a release, for the people shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.model import (
    Answer,
    Capture,
    Claim,
    Field,
    Look,
    Reason,
    Scope,
    Status,
    Terms,
)
from crawler.reading import json_answer
from crawler.reading.api_record import ApiRecord
from crawler.reading.license_claims import recognised
from crawler.reading.pages import web_page
from crawler.reading.words import keywords
from crawler.reading.words.plain_text import shown
from crawler.sources.one_each import PageEach
from crawler.sources.urls import host_of, split

_HOST = "rawpixel.com"
_API = "/api/v1/"
#: Exclusive classes of license.
_CLASSES = (
    "isCC0License", "isFreeLicense", "isPremiumLicense", "isPublicDomainContent", "isOriginalPublicDomain",
    "isUSGovernmentCC0", "isGoogleApacheLicense", "isOpenSource",
)  # fmt: skip


class Rawpixel(PageEach):
    """Pictures on rawpixel."""

    name = "rawpixel"
    version = 2
    ids = re.compile(r"[0-9]{1,12}")
    home = "https://www.rawpixel.com"
    page = "https://www.rawpixel.com/image/{}"
    photo_path = re.compile(r"/image/(?P<id>[0-9]{1,12})(?:/[^/]+)?/*")
    group = _HOST
    hosts = (_HOST,)
    terms = Terms(
        address="",
        checked="2026-11-24",
        allows="What robots.txt allows a crawler of our name: picture pages. Its interface is for partners: not used.",
        keep="The page as received, its statements, and nothing of its pictures.",
        texts=("https://www.rawpixel.com/services/licenses",),
    )
    expects: ClassVar[Mapping[str, float]] = {"license": 0.5}

    @classmethod
    def reads(cls, url: str) -> bool:
        """Records of its interface; other pages of the site are left to ``any_page``."""
        parts = split(url)
        return parts is not None and host_of(url) == f"www.{_HOST}" and parts.path.startswith(_API)

    def read(self, capture: Capture) -> Answer:
        """A picture's page, or a stored record."""
        photos = self.asked(capture)
        if not self.reads(capture.url):
            return web_page.answer(capture, photos[0])
        return json_answer.records(
            capture,
            photos,
            (Status.UNREACHABLE, Reason.SERVICE_TROUBLE),
            listed="results",
            itself="id",
            is_id=self.ids.fullmatch,
            look=_look,
            whole=lambda record: isinstance(record.get("metadata"), dict),
        )


def _look(record: ApiRecord, photo: str) -> Look:
    words = record.get("metadata/popular_keywords")
    about = ApiRecord(record.get("metadata"), f"{record.pointer}/metadata")
    place = f"{record.pointer}/metadata/popular_keywords"
    claims = [
        *_license(about),
        *record.claim(Field.CREDIT, "artist_names"),
        *about.claim(Field.TITLE, "title", shown(about.text("title"))),
        *about.claim(Field.DESCRIPTION, "description_text", shown(about.text("description_text"))),
        *keywords.with_signs(words if isinstance(words, list) else (), place),
        *record.claim(Field.PAGE_URL, "url"),
    ]
    for path, field in (
        ("model_release", Field.MODEL_RELEASE),
        ("property_release", Field.PROPERTY_RELEASE),
    ):
        if record.flag(path):
            claims += record.claim(field, path, "yes", quote=f"{path}: true")
    if record.flag("editorial"):
        claims += record.claim(Field.RESTRICTION, "editorial", "editorial", quote="editorial: true")
        claims += record.claim(Field.MODEL_RELEASE, "editorial", "editorial", quote="editorial: true")
    record.skip(*_SILENT)
    about.skip(*_SILENT_ABOUT)
    return Look(photo, Status.AVAILABLE, Reason.SEEN, tuple(claims), (*record.unread(), *about.unread()))


def _license(about: ApiRecord) -> list[Claim]:
    address, word = about.text("licenseUrl"), about.text("license")
    true = [name for name in _CLASSES if about.flag(name)]
    raw = address or word or ", ".join(true)
    if not raw:
        return []
    found = recognised(address).license if address else None
    agreed = (
        found is not None and found.id == "CC0-1.0" and word.lower() == "cc0" and true == ["isCC0License"]
    )
    path = "licenseUrl" if address else "license" if word else true[0]
    quote = f'license: "{word}", {", ".join(true) or "no class"}: true'
    value = found.id if agreed and found is not None else None
    return [Claim(Field.LICENSE, value, raw, Scope.IMAGE, f"{about.pointer}/{path}", quote)]


#: Fields that say nothing about rights, or the same once more.
_SILENT = (
    "alias", "design_id", "design_type", "display_image_height", "display_image_width", "download_count", "exclusive",
    "google_teaser", "height", "id", "image_type_machine_name", "info_label", "isDarkPng", "isLightPng", "isPng",
    "isPortrait", "metadata", "name_ext", "nodeviews", "pd_content", "pinterestImage", "set_label", "shop_link",
    "showcase", "status", "style_uri", "title", "transparent", "trim_height", "trim_width", "type", "width",
)  # fmt: skip
_SILENT_ABOUT = (
    "artist_accounts", "artist_names", "artist_twitters", "artists", "charities", "compatible", "description",
    "description_more", "download_options", "fonts", "hasIconGroup", "hasSetGroup", "hasSetfileGroup", "hasSizeGroup",
    "image_alt", "image_type", "image_type_icon", "info_label", "info_label_tags", "isAddon", "isDocxPdf",
    "isEditable", "isIcon", "isPreset", "isPrint", "isSafeContent", "licenseSource", "pinterest_description",
    "popular_keywords",
)  # fmt: skip
