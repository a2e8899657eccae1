"""One record of any container → one ``ImageRef``, with a ``RowProblem`` for every field that is unusable.

A field that cannot be used costs only itself; a key that cannot be used costs the row, because nothing could
be said about an image without a name. Nothing is interpreted: ids and declared words stay as written.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from crawler.manifests.fields import ADDRESSES, getter
from crawler.model import Declared, ImageRef, RowProblem

Record = Mapping[str, Any]
#: Longer ids, addresses and words are no ids, addresses or words (a whole picture in a data: URI, say).
TEXT_LIMIT = 8192
_HASHES = {"md5": "md5:", "md5_base64": "md5-base64:", "sha256": "sha256:"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NOT_UTF8 = re.compile(r"[\ud800-\udfff]")


class FieldError(ValueError):
    """Why one field of one row cannot be used, as the end of a sentence."""


def _is_plain(value: str) -> bool:
    """Whether a cell needs no further look, as text or as address: true of nearly every cell there is."""
    return (
        len(value) < 256
        and value.isascii()
        and value.isprintable()
        and value[0] not in " /wW"  # blanks, and addresses without their scheme
        and value[-1] != " "
    )


def text_of(value: object) -> str | None:
    """A cell as text, ``None`` when it says nothing. Raises ``FieldError``.

    Integers in decimal, dates in ISO form; NaN is how tables write "nothing" in a column of numbers.
    """
    if value is None:
        return None
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, int):
        text = str(value)
    elif isinstance(value, float):
        if math.isnan(value):
            return None
        text = repr(value)
    elif isinstance(value, dt.datetime | dt.date):
        text = value.isoformat()
    elif isinstance(value, bytes):
        text = value.decode("utf-8", "surrogateescape")
    else:
        kind = "a list" if isinstance(value, list | tuple) else "an object"
        raise FieldError(f"is {kind} where a text or a number was expected")
    if not text or text.isspace():
        return None
    if len(text) > TEXT_LIMIT:
        raise FieldError(f"is {len(text):,} characters long; more than {TEXT_LIMIT:,} are not taken")
    if _NOT_UTF8.search(text):
        raise FieldError("holds bytes that are not UTF-8")
    if "\0" in text:
        raise FieldError("holds a NUL character")
    return text


def address_of(value: object) -> str | None:
    """A web address as text; ``www.…`` and ``//…`` get the scheme that lists leave out."""
    text = text_of(value)
    if text is None:
        return None
    text = text.strip()
    if not text.isprintable() and _CONTROL.search(text):
        raise FieldError("is an address with a control character in it")
    if text.startswith("//"):
        return f"https:{text}"
    if text[:4].lower() == "www.":
        return f"https://{text}"
    return text


def images(mapping: Mapping[str, str], file: str) -> Callable[[str, Record], list[ImageRef | RowProblem]]:
    """A function that turns (where it stood, record) into problems and then at most one image."""
    key_column = mapping.get("key", "")  # a list without rows to learn from may have none
    get_key = getter(key_column)
    readers = tuple(
        (field, column, getter(column), address_of if field in ADDRESSES else text_of)
        for field, column in mapping.items()
        if field != "key"
    )

    def of(row: str, record: Record) -> list[ImageRef | RowProblem]:
        found: list[ImageRef | RowProblem] = []
        said: dict[str, str | None] = {}
        for field, column, get, read in readers:
            value = get(record)
            if value is None or value == "":
                continue
            if type(value) is str and _is_plain(value):
                said[field] = value
                continue
            try:
                said[field] = read(value)
            except FieldError as problem:
                found.append(RowProblem(file, row, _named(field, column), str(problem)))
        try:
            key = text_of(get_key(record))
        except FieldError as problem:
            found.append(RowProblem(file, row, _named("key", key_column), str(problem)))
            return found
        if key is None:
            why = "is empty, so the image has no name"
            found.append(RowProblem(file, row, _named("key", key_column), why))
        else:
            found.append(_image(key, row, said))
        return found

    return of


def _named(field: str, column: str) -> str:
    return field if field == column else f"{field} ({column})"


def _image(key: str, row: str, said: Mapping[str, str | None]) -> ImageRef:
    license_, license_url = said.get("license"), said.get("license_url")
    if license_ and not license_url and license_[:8].lower().startswith(("http://", "https://")):
        license_, license_url = None, license_
    content_hash = next((prefix + sum_ for name, prefix in _HASHES.items() if (sum_ := said.get(name))), None)
    flickr_id = said.get("flickr_id")
    return ImageRef(
        key=key,
        page_url=said.get("page_url"),
        image_url=said.get("image_url"),
        declared=Declared(
            license=license_,
            license_url=license_url,
            author=said.get("author"),
            author_url=said.get("author_url"),
            title=said.get("title"),
            uploaded=said.get("uploaded"),
            collected=said.get("collected"),
            content_hash=content_hash,
        ),
        row=row,
        native=("flickr", flickr_id) if flickr_id else None,
    )
