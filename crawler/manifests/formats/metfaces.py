"""MetFaces: an array of museum objects; ``meta_url`` is the museum's record; the dataset calls all CC0."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("obj_id", "meta_url", "source_url")


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(
        peek.columns,
        key="obj_id",
        page_url="meta_url",
        image_url="source_url",
        author="artist_display_name",
        title="title",
        md5="source_md5",
    )


FORMAT = Format(
    name="metfaces",
    about="MetFaces' metfaces.json",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
)
