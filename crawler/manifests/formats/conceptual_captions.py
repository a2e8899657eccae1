r"""CC3M (caption, tab, address; the labels file has three columns more) and CC12M (address, tab, caption).

No headings, no quoting; which way round is seen from where the addresses stand.
"""

from dataclasses import replace

from crawler.manifests.delimited import Dialect
from crawler.manifests.fields import is_address
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek


def _address_column(peek: Peek) -> str | None:
    for column in ("1", "2"):
        values = list(peek.values(column))
        if values and all(map(is_address, values)):
            return column
    return None


def _recognises(peek: Peek) -> bool:
    return (
        peek.container is Container.DELIMITED
        and peek.headless
        and peek.dialect.delimiter == "\t"
        and len(peek.columns) in {2, 5}
        and _address_column(peek) is not None
    )


def _view(peek: Peek) -> Peek:
    return replace(peek, dialect=Dialect("\t", quoted=False, newline=peek.dialect.newline))


def _mapping(peek: Peek) -> dict[str, str]:
    column = _address_column(peek)
    return {"key": column, "image_url": column} if column else {}


def _notes(_: Peek) -> tuple[str, ...]:
    return ("The list names files only, no pages: little can be learned but from the hosts they lie on.",)


FORMAT = Format(
    name="conceptual_captions",
    about="CC3M (caption, address) and CC12M (address, caption)",
    specificity=60,
    recognises=_recognises,
    mapping=_mapping,
    notes=_notes,
    view=_view,
)
