"""Flickr's licence ids and labels → licences.

The day Flickr adds a licence, ``from_flickr_id`` raises ``UnknownFlickrLicense`` and the photos concerned
stay "not understood". Then:

1. Call ``flickr.photos.licenses.getInfo`` with any key; find the new ``id``, ``name`` and ``url``.
2. If the licence itself is new to us, add it to ``data/`` with its conditions, its source and the date.
3. Add the id under ``[ids]`` and the name under ``[labels]`` in ``data/flickr.toml``; set ``checked``.
4. If Flickr has *renamed* licences, move the old names to a ``[labels_before_…]`` table of their own, and
   read it below.
5. ``tests/crawler/licenses/test_flickr_licenses.py`` fails until ids and labels are complete; then run
   ``deedwatch reread``: stored answers are read again, and nothing counts as a change at the source.

Never guess from the order of the ids: the 4.0 ids do not follow the 2.0 ids.
"""

from __future__ import annotations

from functools import cache

from crawler.errors import UnknownFlickrLicense
from crawler.licenses import registry
from crawler.licenses.license import License
from crawler.licenses.words import normal, words


def from_flickr_id(license_id: str | int) -> License:
    """The licence behind the id in Flickr's ``license`` attribute (the API sends a string).

    Raises ``UnknownFlickrLicense``.
    """
    found = _ids().get(str(license_id).strip())
    if found is None:
        raise UnknownFlickrLicense(str(license_id))
    return found


def from_flickr_label(text: str) -> License:
    """The licence behind one of Flickr's own names for it, of today or from before mid-2025.

    Only where the text is known to come from Flickr: elsewhere "Attribution License" names no version.
    Raises ``UnknownFlickrLicense``.
    """
    return from_flickr_id(flickr_id_of_label(text))


def flickr_id_of_label(text: str) -> str:
    """The numeric id, as a string, behind one of Flickr's names. Raises ``UnknownFlickrLicense``."""
    found = _labels().get(_key(text))
    if found is None:
        raise UnknownFlickrLicense(text)
    return found


def flickr_ids() -> dict[str, License]:
    """All ids that are known, with their licences."""
    return dict(_ids())


@cache
def _ids() -> dict[str, License]:
    return {key: registry.by_id(value) for key, value in registry.table("flickr")["ids"].items()}


@cache
def _labels() -> dict[str, str]:
    data = registry.table("flickr")
    both = {**data["labels_before_2025"], **data["labels"]}
    return {_key(label): str(number) for label, number in both.items()}


def _key(text: str) -> str:
    return " ".join(words(normal(text)))
