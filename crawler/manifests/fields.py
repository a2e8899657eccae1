"""Which column says what: the fields a manifest can fill, the names that lists use for them, and `--map`.

Names are compared without regard to case, blanks and punctuation ("photo_url", "PhotoURL"). The names were
collected from the lists in ``SCHEMAS.md`` of the reference material (2026-11), most telling first. What was
found is always shown to the user, who can overrule it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from crawler.errors import BadInput

#: Every field of ``ImageRef`` and ``Declared`` that a column can fill. ``md5``, ``md5_base64`` and ``sha256``
#: all become ``content_hash``; ``flickr_id`` becomes ``native``.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "key": (
        "@key", "key", "imagekey", "imageid", "sampleid", "photoid", "photouuid", "imgid", "imagename",
        "rawimagename", "filename", "fileid", "id", "uid", "uuid", "gbifid", "objid", "index", "image",
        "file", "imagepath", "filepath", "path",
    ),
    "page_url": (
        "pageurl", "photopageurl", "photourl", "originallandingurl", "foreignlandingurl", "landingpageurl",
        "landingurl", "landingpage", "sourcepageurl", "sourcepage", "sourceurl", "sourcelink", "urlsource",
        "webpageurl", "webpage", "permalink", "flickrpageurl", "flickrpage", "descriptionurl", "detailurl",
        "references", "metaurl", "page", "source",
    ),
    "image_url": (
        "imageurl", "originalurl", "flickrurl", "flickroriginalurl", "photoimageurl", "downloadurl",
        "fileurl",
        "mediaurl", "accessuri", "contenturl", "imgurl", "imagelink", "urlhighres", "highresurl", "url",
        "link",
        "uri", "src", "identifier", "cocourl", "vizwizurl",
    ),
    "license": (
        "license", "licence", "licensename", "licencename", "licensetype", "licensecode", "licenseshortname",
        "usageterms", "rights",
    ),
    "license_url": ("licenseurl", "licenceurl", "licenselink", "licensedeed"),
    "author": (
        "author", "authorname", "creator", "creatorname", "photographer", "photographername", "artist",
        "artistdisplayname", "rightsholder", "ownername", "unickname", "username", "userlogin", "uploader",
        "credit", "owner",
    ),
    "author_url": (
        "authorurl", "authorprofileurl", "creatorurl", "photographerurl", "profileurl", "ownerurl", "userurl",
    ),
    "title": ("title", "phototitle", "imagetitle"),
    "uploaded": ("dateuploaded", "uploaddate", "dateupload", "uploaded", "uploadedat", "photosubmittedat"),
    "collected": (
        "datecrawled", "crawldate", "crawledat", "datecollected", "collected", "retrieved", "accessed",
        "datecaptured", "dateretrieved",
    ),
    "md5": ("md5", "filemd5", "md5hash"),
    "md5_base64": ("originalmd5", "md5base64"),
    "sha256": ("sha256",),
    "flickr_id": ("flickrid", "flickrphotoid"),
}  # fmt: skip

FIELDS = tuple(ALIASES)
ADDRESSES = frozenset({"page_url", "image_url", "license_url", "author_url"})

_IMAGE_FILE = re.compile(
    r"\.(jpe?g|png|gif|webp|tiff?|bmp|svg|avif|heic)($|[?#])|//(live|farm\d+|c\d+|static)\.(static)?flickr\.com/"
    r"|//images\.unsplash\.com/|//images\.pexels\.com/|//i\.imgur\.com/|//upload\.wikimedia\.org/",
    re.IGNORECASE,
)
_PAGE = re.compile(r"/wiki/\w+:|\.html?($|[?#])|flickr\.com/photos?[/.]", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(https?:)?//\S|\s*www\.\S+\.\S", re.IGNORECASE)


def normal(name: str) -> str:
    """A column's name for comparing: lower case, letters, digits and a leading ``@`` only."""
    return re.sub(r"[^a-z0-9@]", "", name.lower())


def is_address(value: object) -> bool:
    """Whether a cell looks like a web address, its scheme perhaps left out."""
    return isinstance(value, str) and _ADDRESS.match(value) is not None


def is_image_address(value: str) -> bool:
    """Whether an address is a picture's own rather than a page's, by its looks."""
    return _IMAGE_FILE.search(value) is not None and _PAGE.search(value) is None


@lru_cache(maxsize=1024)
def getter(column: str) -> Callable[[Mapping[str, Any]], object]:
    """A function that takes a cell out of a record: by the column's name, else by a dotted path inwards.

    ("metadata.photo_url" is a column of that name, or the member of a member.)
    """
    first, *rest = column.split(".")
    last = rest[0] if len(rest) == 1 else None

    def get_member(record: Mapping[str, Any]) -> object:
        inner = record.get(first)
        return inner.get(last) if type(inner) is dict else record.get(column)

    if last is not None:  # by far the most frequent path, a fifth of the time of reading FFHQ
        return get_member

    def get(record: Mapping[str, Any]) -> object:
        value = record.get(column)
        if value is None and rest:
            value = record.get(first)
            for step in rest:
                if type(value) is not dict:
                    return None
                value = value.get(step)
        return value

    return get


def look_up(record: Mapping[str, Any], column: str) -> object:
    """A cell by its column's name or dotted path; ``None`` where the record has none."""
    return getter(column)(record)


def detect(columns: Iterable[str], samples: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Field → column for a list nobody told us about.

    A column of an address field must hold addresses as far as the samples show; a column that several
    fields could claim goes to the first. Whether "url" is a page or a picture is decided by its content.
    """
    shallow_first = sorted(columns, key=lambda name: name.count("."))
    named: dict[str, list[str]] = {}
    for column in shallow_first:
        named.setdefault(normal(column), []).append(column)
        if "." in column:
            named.setdefault(normal(column.rpartition(".")[2]), []).append(column)
    found: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        for alias in aliases:
            free = [column for column in named.get(alias, ()) if column not in found.values()]
            fitting = [column for column in free if _fits(field, column, samples)]
            if fitting:
                found[field] = fitting[0]
                break
    _pages_and_pictures(found, samples)
    if "key" not in found:
        address = found.get("page_url") or found.get("image_url")
        if address is not None:
            found["key"] = address
    return {field: found[field] for field in FIELDS if field in found}


def _fits(field: str, column: str, samples: Sequence[Mapping[str, Any]]) -> bool:
    values = [value for record in samples if (value := look_up(record, column)) not in (None, "")]
    if any(isinstance(value, dict | list | bytes) for value in values):
        return False
    if field in ADDRESSES and values:
        return sum(map(is_address, values)) * 2 >= len(values)
    return True


def _pages_and_pictures(found: dict[str, str], samples: Sequence[Mapping[str, Any]]) -> None:
    """Put a lone address column where its content belongs."""
    for field, other, pictures in (("image_url", "page_url", False), ("page_url", "image_url", True)):
        if field not in found or other in found:
            continue
        values = [value for record in samples if is_address(value := look_up(record, found[field]))]
        like_pictures = sum(is_image_address(str(value)) for value in values) * 2 >= len(values)
        if values and like_pictures is pictures:
            found[other] = found.pop(field)


def pick(columns: Iterable[str], **wanted: str) -> dict[str, str]:
    """Field → column as a known format names them; those that this file lacks are left out."""
    there = {normal(column): column for column in columns}
    return {field: there[normal(name)] for field, name in wanted.items() if normal(name) in there}


def parse_mapping(words: Iterable[str]) -> dict[str, str]:
    """``("key=ImageID", "title=")`` as a mapping; an empty column takes the field away.

    Raises ``BadInput`` naming the word that is not FIELD=COLUMN or not a field.
    """
    mapping: dict[str, str] = {}
    for word in words:
        field, sign, column = word.partition("=")
        field = field.strip()
        if not sign:
            raise BadInput(f"--map {word}: write FIELD=COLUMN, for example --map key=ImageID.")
        if field not in ALIASES:
            raise BadInput(f"--map {word}: there is no field {field!r}; the fields are {', '.join(FIELDS)}.")
        mapping[field] = column.strip()
    return mapping
