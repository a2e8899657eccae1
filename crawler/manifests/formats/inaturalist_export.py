"""iNaturalist's export of observations: one row an observation, with its first photo only."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("id", "observed_on", "user_login", "license", "url", "image_url")


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(
        peek.columns,
        key="id",
        page_url="url",
        image_url="image_url",
        license="license",
        author="user_login",
        uploaded="created_at",
    )


def _notes(_: Peek) -> tuple[str, ...]:
    return (
        "The license is the observation's; its photos may have another.",
        "An empty license means all rights reserved.",
    )


FORMAT = Format(
    name="inaturalist_export",
    about="iNaturalist's export of observations (CSV)",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
