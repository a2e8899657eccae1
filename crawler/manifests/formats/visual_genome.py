"""Visual Genome's image_data.json; the addresses are of copies at Stanford."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("image_id", "url", "coco_id", "flickr_id")


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(peek.columns, key="image_id", image_url="url", flickr_id="flickr_id")


def _notes(_: Peek) -> tuple[str, ...]:
    return ("The addresses are copies kept by the dataset; only a flickr_id or coco_id leads to a source.",)


FORMAT = Format(
    name="visual_genome",
    about="Visual Genome's image_data.json",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
