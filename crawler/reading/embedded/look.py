"""A picture file, or the metadata kept of one, → what it says of itself.

The look has no status: that a file lies at an address and what stands in it says nothing of its source page. All
claims are about the image. Places name the namespace: ``EXIF:IFD0:33432``, ``IIM:2:116``,
``XMP:xmpRights:WebStatement``, ``XMP:dc:creator[1]``, ``XMP:plus:Licensor[1]/LicensorName``, ``PNG:Copyright``.

``plus-datamining`` is a carrier that was read only where every place of the file that may hold it was seen and
found sound; C2PA and CAWG are not read yet and never among the carriers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from crawler.model import Claim, Field, Look, Scope
from crawler.reading.embedded import packed, plus, rights
from crawler.reading.embedded.containers import is_picture, segments
from crawler.reading.embedded.kept import Kept
from crawler.reading.embedded.metadata import metadata
from crawler.reading.embedded.xmp import Items, Property, Value, structs, texts
from crawler.reading.words import said_in_words

#: Name and version of this reader; a change of what it finds raises the version.
READER = "picture_file/1"
CARRIER = "plus-datamining"
_MAX_CLAIMS = 500
_MAX_TEXTS = 1_000
#: Characters of all texts together that are searched for statements; what reading them may cost.
_MAX_CHARACTERS = 65_536

Reader = Callable[[str, str], list[Claim]]


def is_readable(data: bytes) -> bool:
    """Whether these are a picture file, an XMP sidecar or packed picture metadata, rather than a page."""
    return is_picture(data) or packed.is_packed(data)


def look(data: bytes, native_id: str) -> Look:
    """What a whole picture file, or what ``pack`` made of one, says of the photo. Never raises: damage, and kinds
    of file that are not read, stand in ``unread``.
    """
    if packed.is_packed(data):
        try:
            kept = packed.unpack(data)
        except ValueError as why:
            return Look(native_id, None, None, (), (str(why),))
        return look_at(kept, native_id)
    return look_at(segments(data, size=len(data)), native_id)


def look_at(kept: Kept, native_id: str) -> Look:
    """What the kept metadata says of the photo."""
    read = metadata(kept)
    claims: list[Claim] = []
    unread = list(read.unread)
    keywords: dict[str, list[str]] = {}
    left = _Left()
    for place, text in read.texts:
        if place in _READERS and left.takes(text):
            claims += _READERS[place](text, place)
        if place == "IIM:2:25":
            keywords.setdefault(place, []).append(text)
    for item in read.xmp:
        found = list(_claims(item, item.name.lower(), f"XMP:{item.name}", left))
        claims += found
        if item.name.lower() == "dc:subject":
            keywords.setdefault("XMP:dc:subject", []).extend(text for _, text in texts(item.value))
        if not found and item.name.lower() == "plus:datamining" and _says(item.value):
            claims += plus.data_mining("", f"XMP:{item.name}")  # a form that no standard gives it
        note = _unread(item, said=bool(found))
        if note is not None:
            unread.append(note)
    for place, words in keywords.items():
        claims += said_in_words.from_tags(words, place)
    if left.refused:
        unread.append(f"texts beyond {_MAX_TEXTS} or {_MAX_CHARACTERS} characters")
    claims = list(dict.fromkeys(claims))
    cut = left.refused or sum(claim.field not in _MANY for claim in claims) > _MAX_CLAIMS
    if len(claims) > _MAX_CLAIMS:
        unread.append(f"{len(claims) - _MAX_CLAIMS} further statements")
        claims = sorted(claims, key=lambda claim: claim.field in _MANY)[:_MAX_CLAIMS]
    if cut:
        claims = [_unsure(claim) for claim in claims]
    elif read.sound:
        claims.append(Claim(Field.OPT_OUT_CARRIERS, CARRIER, "", Scope.IMAGE, ""))
    return Look(native_id, None, None, tuple(claims), tuple(dict.fromkeys(unread)))


@dataclass(slots=True)
class _Left:
    """How much may still be read of one file."""

    texts: int = _MAX_TEXTS
    characters: int = _MAX_CHARACTERS
    refused: bool = False

    def takes(self, text: str) -> bool:
        """Whether this text may be read; a text is read whole or not at all."""
        if self.texts < 1 or self.characters < len(text):
            self.refused = True
            return False
        self.texts -= 1
        self.characters -= len(text)
        return True


def _unsure(claim: Claim) -> Claim:
    """What a permission is worth where not everything could be read: the rest may take it back."""
    permits = claim.field in (Field.LICENSE, Field.MODEL_RELEASE, Field.PROPERTY_RELEASE)
    return replace(claim, value=None) if permits else claim


#: What a file may say of itself a thousand times without any harm; the rest is kept before it.
_MANY = frozenset({Field.AUTHOR, Field.AUTHOR_URL, Field.COPYRIGHT_NOTICE, Field.CREDIT, Field.TITLE})


def _named(field: Field) -> Reader:
    return lambda text, place: rights.name(field, text, place)


def _terms(text: str, place: str) -> list[Claim]:
    words = _words(text, place)
    return [*words, *rights.terms(text, place, words)]


def _words(text: str, place: str) -> list[Claim]:
    """What a text says in words, with the text's beginning as the quote where none is given."""
    said = said_in_words.from_text(text[:4_000], Scope.IMAGE, place)
    return [claim if claim.quote else replace(claim, quote=text[:240]) for claim in said]


def _instructions(text: str, place: str) -> list[Claim]:
    return [*_words(text, place), *rights.reservations(text, place)]


def _title(text: str, place: str) -> list[Claim]:
    return [
        *rights.name(Field.TITLE, text, place),
        *said_in_words.from_title(text[:4_000], Scope.IMAGE, place),
    ]


def _other_constraints(text: str, place: str) -> list[Claim]:
    return [*plus.constraint(text, place), *_instructions(text, place)]


#: Place → reader of one text. Names of XMP are compared without regard to case: Getty writes ``dc:Rights``.
_READERS: dict[str, Reader] = {
    "EXIF:IFD0:315": _named(Field.AUTHOR),
    "EXIF:IFD0:40093": _named(Field.AUTHOR),
    "EXIF:IFD0:33432": rights.notice,
    "IIM:2:5": _title,
    "IIM:2:40": _instructions,
    "IIM:2:80": _named(Field.AUTHOR),
    "IIM:2:110": _named(Field.CREDIT),
    "IIM:2:116": rights.notice,
    "IIM:2:120": _words,
    "PNG:Author": _named(Field.AUTHOR),
    "PNG:Copyright": rights.notice,
    "PNG:Disclaimer": _instructions,
    "PNG:Title": _title,
    "cc:license": rights.license_of,
    "cc:attributionname": _named(Field.CREDIT),
    "cc:attributionurl": _named(Field.AUTHOR_URL),
    "dc:creator": _named(Field.AUTHOR),
    "dc:description": _words,
    "dc:rights": rights.notice,
    "dc:title": _title,
    "iptc4xmpext:digitalsourcetype": plus.source_type,
    "iptc4xmpext:modelage": plus.age,
    "photoshop:credit": _named(Field.CREDIT),
    "photoshop:instructions": _instructions,
    "plus:adultcontentwarning": plus.adult_content,
    "plus:datamining": plus.data_mining,
    "plus:imagealterationconstraints": plus.constraint,
    "plus:imageduplicationconstraints": plus.constraint,
    "plus:minormodelagedisclosure": plus.youngest,
    "plus:modelreleaseid": lambda text, place: plus.release_id(Field.MODEL_RELEASE, text, place),
    "plus:modelreleasestatus": lambda text, place: plus.release(Field.MODEL_RELEASE, text, place),
    "plus:otherconstraints": _other_constraints,
    "plus:propertyreleaseid": lambda text, place: plus.release_id(Field.PROPERTY_RELEASE, text, place),
    "plus:propertyreleasestatus": lambda text, place: plus.release(Field.PROPERTY_RELEASE, text, place),
    "tiff:artist": _named(Field.AUTHOR),
    "tiff:copyright": rights.notice,
    "xmprights:owner": _named(Field.COPYRIGHT_NOTICE),
    "xmprights:usageterms": _terms,
    "xmprights:webstatement": rights.web_statement,
}
#: Property → reader of its whole value.
_WHOLE: dict[str, Callable[[Value, str], list[Claim]]] = {
    "iptc4xmpext:embdencrightsexpr": plus.rights_expression,
    "iptc4xmpext:linkedencrightsexpr": plus.rights_expression,
    "iptc4xmpext:imageregion": plus.regions,
    "iptc4xmpext:personinimage": plus.persons,
    "iptc4xmpext:personinimagewdetails": plus.persons,
    "mwg-rs:regions": plus.regions,
}
#: Structure → the field of it that names somebody, and what it claims.
_STRUCTS = {
    "plus:imagecreator": ("plus:ImageCreatorName", Field.AUTHOR),
    "plus:copyrightowner": ("plus:CopyrightOwnerName", Field.COPYRIGHT_NOTICE),
    "plus:imagesupplier": ("plus:ImageSupplierName", Field.CREDIT),
    "plus:licensor": ("plus:LicensorName", Field.CREDIT),
}
#: Of no statement that we make: ``Marked`` (see ``rights``), how a credit must be given, ids and versions.
_SILENT = frozenset({
    "xmprights:marked", "xmprights:certificate", "plus:version", "plus:creditlinerequired", "plus:imagesupplierimageid",
    "plus:licensorurl", "plus:licensorname", "plus:imagecreatorname", "plus:copyrightownername", "plus:copyrightstatus",
    "plus:imagefileconstraints", "plus:imagefileformatasdelivered", "plus:imagefilesizeasdelivered", "plus:imagetype",
    "cc:morepermissions",
})  # fmt: skip
_RIGHTS_SPACES = frozenset({"plus", "xmprights", "cc"})


def _claims(item: Property, name: str, place: str, left: _Left) -> Iterator[Claim]:
    if name in _WHOLE:
        yield from _WHOLE[name](item.value, place)
        return
    if name in _STRUCTS:
        field_name, field = _STRUCTS[name]
        for where, struct in structs(item.value, place):
            for key, value in struct.fields:
                if key.lower() == field_name.lower():
                    short = key.rpartition(":")[2]
                    for inner, text in texts(value, f"{where}/{short}"):
                        yield from rights.name(field, text, inner)
        return
    if name == "plus:copyrightstatus":
        for where, text in texts(item.value, place):
            if plus.code(text) == "CS-PUB":
                yield from rights.license_in_words("Public domain", text, where)
        return
    for where, text in texts(item.value, place):
        if name in _READERS and left.takes(text):
            yield from _READERS[name](text, where)


def _unread(item: Property, *, said: bool) -> str | None:
    """A note where a property of a rights vocabulary said nothing that we understand."""
    name = item.name.lower()
    if said or name in _SILENT or name in _STRUCTS:
        return None
    if not _says(item.value):
        return None
    known = name in _READERS or name in _WHOLE
    if name == "xmprights:webstatement":
        return f"XMP:{item.name}: no address of terms"
    if name == "iptc4xmpext:digitalsourcetype" or (name.partition(":")[0] in _RIGHTS_SPACES and not known):
        return f"XMP:{item.name}"
    if known and not any(texts(item.value)):
        return f"XMP:{item.name}: neither a text nor a list of texts"
    return None


def _says(value: Value) -> bool:
    """Whether there is anything in it."""
    if isinstance(value, str):
        return bool(value)
    return any(_says(item) for _, item in (value.entries if isinstance(value, Items) else value.fields))
