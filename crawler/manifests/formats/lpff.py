"""LPFF: an object keyed ``<nsid>_<photo id>_<face>``, the license nested (the project's download readme)."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek


def _recognises(peek: Peek) -> bool:
    return peek.container is Container.JSON_KEYED and "image_info.photo_url" in peek.columns


def _mapping(peek: Peek) -> dict[str, str]:
    return {
        "key": "@key",
        **pick(
            peek.columns,
            page_url="image_info.photo_url",
            image_url="image_info.high_resolution_download_url",
            license="image_info.license.name",
            license_url="image_info.license.url",
            author="image_info.username",
            flickr_id="image_info.photo_id",
        ),
    }


FORMAT = Format(
    name="lpff",
    about="LPFF's info.json: Flickr photos with a nested license, keyed by face",
    specificity=85,
    recognises=_recognises,
    mapping=_mapping,
)
