"""TextVQA: one row a question, so an image comes several times; images are those of Open Images."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("image_id", "flickr_original_url", "flickr_300k_url")


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(peek.columns, key="image_id", image_url="flickr_original_url")


def _notes(_: Peek) -> tuple[str, ...]:
    return ("The ids are Open Images'; its list says pages, authors and licenses.",)


FORMAT = Format(
    name="textvqa",
    about="TextVQA's questions, with Open Images ids",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
