"""FaceScrub: name, image id, face id, address, box, SHA-256, tab-separated, with or without headings."""

from dataclasses import replace

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import is_address, pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek

COLUMNS = ("name", "image_id", "face_id", "url", "bbox", "sha256")


def _recognises(peek: Peek) -> bool:
    if peek.has("image_id", "face_id", "url", "bbox"):
        return True
    bare = peek.container is Container.DELIMITED and peek.headless and len(peek.columns) == len(COLUMNS)
    return bare and all(map(is_address, peek.values("4"))) and all(map(_is_sha256, peek.values("6")))


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value.lower()) <= set("0123456789abcdef")


def _view(peek: Peek) -> Peek:
    if not peek.headless or len(peek.columns) != len(COLUMNS):
        return peek
    samples = tuple(dict(zip(COLUMNS, record.values(), strict=True)) for record in peek.samples)
    dialect = Dialect("\t", quoted=False, newline=peek.dialect.newline)
    return replace(peek, columns=COLUMNS, samples=samples, dialect=dialect)


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(peek.columns, key="face_id", image_url="url", sha256="sha256")


FORMAT = Format(
    name="facescrub",
    about="FaceScrub's lists of faces with a hash of the file",
    specificity=80,
    recognises=_recognises,
    mapping=_mapping,
    view=_view,
)
