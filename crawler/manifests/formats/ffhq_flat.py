"""FFHQ's ``metadata`` block, flat, in an array (FSXL) or keyed (FDF, whose license URLs say http)."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek


def _recognises(peek: Peek) -> bool:
    return peek.container in {Container.JSON_ARRAY, Container.JSON_KEYED, Container.JSON_LINES} and peek.has(
        "photo_url", "photo_title", "license", "license_url", "date_crawled"
    )


def _mapping(peek: Peek) -> dict[str, str]:
    found = pick(
        peek.columns,
        key="image_name",
        page_url="photo_url",
        license="license",
        license_url="license_url",
        author="author",
        title="photo_title",
        uploaded="date_uploaded",
        collected="date_crawled",
    )
    if peek.container is Container.JSON_KEYED:
        found["key"] = "@key"
    return {"key": found.get("key", found["page_url"]), **found} if "page_url" in found else found


FORMAT = Format(
    name="ffhq_flat",
    about="flat records with FFHQ's field names: FSXL's array, FDF's object",
    specificity=85,
    recognises=_recognises,
    mapping=_mapping,
)
