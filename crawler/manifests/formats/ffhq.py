"""FFHQ v2: one JSON object of 70,000 records keyed "0"…"69999", 255 MB.

Layout: the README of the dataset (excerpt in the reference material). Derivatives keep the record in
an array without keys (FFHQ-PD); then the page is the key, and several faces of one photo are told apart by
their ordinals. The record's MD5 sums are of the aligned crops made by the dataset, not of the source's file,
so none is declared as the image's hash.
"""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek


def _recognises(peek: Peek) -> bool:
    return "metadata.photo_url" in peek.columns and "metadata.license" in peek.columns


def _mapping(peek: Peek) -> dict[str, str]:
    return {
        "key": "@key" if peek.container is Container.JSON_KEYED else "metadata.photo_url",
        **pick(
            peek.columns,
            page_url="metadata.photo_url",
            license="metadata.license",
            license_url="metadata.license_url",
            author="metadata.author",
            title="metadata.photo_title",
            uploaded="metadata.date_uploaded",
            collected="metadata.date_crawled",
        ),
    }


FORMAT = Format(
    name="ffhq",
    about="FFHQ v2's JSON object of records, and arrays of the same records",
    specificity=95,
    recognises=_recognises,
    mapping=_mapping,
)
