"""CommonCatalog (Parquet) and other tables with YFCC100M's column names in a heading."""

from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("photoid", "pageurl", "licensename", "licenseurl")


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(
        peek.columns,
        key="photoid",
        page_url="pageurl",
        image_url="downloadurl",
        license="licensename",
        license_url="licenseurl",
        author="unickname",
        title="title",
        uploaded="dateuploaded",
        sha256="sha256",
        flickr_id="photoid",
    )


def _notes(_: Peek) -> tuple[str, ...]:
    return ("The licenses are those of 2014; nobody has checked them again.",)


FORMAT = Format(
    name="commoncatalog",
    about="CommonCatalog and other tables with YFCC100M's column names",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
)
