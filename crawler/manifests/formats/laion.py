"""LAION-400M, LAION-5B and their joined and aesthetic subsets (Parquet or CSV), upper-case names.

LICENSE is what stood near the image when it was crawled, mostly "?"; it is declared as it stands. The parts
of 2021 and 2022 were withdrawn in December 2023; Re-LAION-5B of August 2024 replaces them with the same
columns.
"""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek

_TELLING = ("similarity", "punsafe", "pwatermark", "nsfw", "sample_id", "aesthetic")


def _recognises(peek: Peek) -> bool:
    return peek.has("url", "text") and any(peek.has(name) for name in _TELLING)


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(peek.columns, key="SAMPLE_ID", image_url="URL", license="LICENSE")
    return {"key": found["image_url"], **found} if "image_url" in found else found


def _notes(peek: Peek) -> tuple[str, ...]:
    notes = ["The list names files only, no pages: little can be learned but from the hosts they lie on."]
    if peek.has("LICENSE") or peek.has("punsafe"):
        notes.append(
            "LAION-400M and LAION-5B were withdrawn in December 2023; unless this is Re-LAION-5B "
            "(August 2024), move to that release."
        )
    if peek.has("LICENSE"):
        notes.append("LICENSE is a hint found near the image, not a license.")
    return tuple(notes)


FORMAT = Format(
    name="laion",
    about="LAION-400M, LAION-5B and subsets (Parquet, CSV)",
    specificity=60,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
