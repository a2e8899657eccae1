"""Pairs of file address and caption: img2dataset's input and output, COYO, DataComp, CC3M with headings."""

from crawler.manifests.fields import detect, pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek

_OTHER_PAGES = ("page_url", "photo_url", "pageurl", "source", "permalink", "landing_url", "landing_page")


def _recognises(peek: Peek) -> bool:
    return (
        peek.has("url")
        and (peek.has("text") or peek.has("caption"))
        and not any(peek.has(name) for name in _OTHER_PAGES)
    )


def _mapping(peek: Peek) -> dict[str, str]:
    found = detect(peek.columns, peek.samples)
    found.pop("page_url", None)
    found |= pick(peek.columns, image_url="url")
    key = pick(peek.columns, key="uid") or pick(peek.columns, key="id") or pick(peek.columns, key="key")
    return {**found, "key": key.get("key", found["image_url"])} if "image_url" in found else found


def _notes(_: Peek) -> tuple[str, ...]:
    return ("The list names files only, no pages: little can be learned but from the hosts they lie on.",)


FORMAT = Format(
    name="url_caption",
    about="file addresses with captions: img2dataset, COYO, DataComp",
    specificity=40,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
