"""GBIF downloads' multimedia.txt: tab-separated, headings, no quoting (the archive's meta.xml says so).

One occurrence may have several pictures: one key, several ordinals.
"""

from dataclasses import replace

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import pick
from crawler.manifests.format import Format
from crawler.manifests.peek import Peek


def _recognises(peek: Peek) -> bool:
    return peek.has("gbifID", "identifier", "references", "license")


def _view(peek: Peek) -> Peek:
    if peek.dialect.delimiter != "\t":
        return peek
    return replace(peek, dialect=Dialect("\t", quoted=False, newline=peek.dialect.newline))


def _mapping(peek: Peek) -> dict[str, str]:
    return pick(
        peek.columns,
        key="gbifID",
        page_url="references",
        image_url="identifier",
        license="license",
        author="creator",
        title="title",
    )


def _notes(_: Peek) -> tuple[str, ...]:
    return ("The license of a GBIF download is not that of its pictures; each row's own is taken.",)


FORMAT = Format(
    name="gbif",
    about="GBIF's multimedia.txt",
    specificity=85,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
    view=_view,
)
