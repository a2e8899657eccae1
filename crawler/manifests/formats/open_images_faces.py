"""openimages_faces: address, x, y, width, height; no headings, several faces an image."""

from crawler.manifests.fields import is_address
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek


def _recognises(peek: Peek) -> bool:
    if not (peek.container is Container.DELIMITED and peek.headless and len(peek.columns) == 5):
        return False
    boxes = [str(value) for column in peek.columns[1:] for value in peek.values(column)]
    return all(map(is_address, peek.values("1"))) and all(box.strip().isdigit() for box in boxes)


def _mapping(_: Peek) -> dict[str, str]:
    return {"key": "1", "image_url": "1"}


FORMAT = Format(
    name="open_images_faces",
    about="faces in Open Images: address and box, without headings",
    specificity=70,
    recognises=_recognises,
    mapping=_mapping,
)
