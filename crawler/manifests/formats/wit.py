"""WIT: ``page_url`` is the encyclopedia's article; the image itself is known by its file address alone."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("language", "page_url", "image_url", "caption_attribution_description")


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(peek.columns, image_url="image_url")
    return {"key": found["image_url"], **found} if found else {}


FORMAT = Format(
    name="wit",
    about="Wikipedia-based Image Text (TSV)",
    specificity=70,
    recognises=_recognises,
    mapping=_mapping,
)
