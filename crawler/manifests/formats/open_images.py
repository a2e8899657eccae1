"""Open Images V2-V7, the CSV of image attributions (twelve columns; V2 and V3 lack Rotation)."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("ImageID", "OriginalURL", "OriginalLandingURL", "License")


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(
        peek.columns,
        key="ImageID",
        page_url="OriginalLandingURL",
        image_url="OriginalURL",
        license_url="License",
        author="Author",
        author_url="AuthorProfileURL",
        title="Title",
        md5_base64="OriginalMD5",
    )


def _notes(_: Peek) -> tuple[str, ...]:
    return ("Google lists every image as CC BY 2.0 and asks to verify the license of each image oneself.",)


FORMAT = Format(
    name="open_images",
    about="Open Images V2-V7's image attributions (CSV)",
    specificity=90,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
