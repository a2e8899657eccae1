"""PD12M in its three revisions: ``url`` is the curator's own copy, ``source`` (if there) the page."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    license_ = peek.has("license_type") or peek.has("license")
    return peek.has("id", "url", "caption", "mime_type") and license_


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(peek.columns, key="id", page_url="source", image_url="url", license="license", md5="hash")
    return {**found, **pick(peek.columns, license="license_type", md5="md5_hash")}


def _notes(peek: Peek) -> tuple[str, ...]:
    if peek.has("source"):
        return ()
    return ("This revision names the curator's own copies only; later ones add the source.",)


FORMAT = Format(
    name="pd12m",
    about="PD12M (Parquet), three revisions",
    specificity=70,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
