"""Any table: columns found by their names and contents (``crawler/manifests/fields.py``)."""

from crawler.manifests.fields import detect
from crawler.manifests.format import Format
from crawler.manifests.peek import Container, Peek


def _recognises(peek: Peek) -> bool:
    return peek.container is not Container.UNKNOWN


def _mapping(peek: Peek) -> dict[str, str]:
    columns = (*peek.columns, "@key") if peek.container is Container.JSON_KEYED else peek.columns
    found = detect(columns, peek.samples)
    if not found and all(column.isdigit() for column in peek.columns):
        found = _by_content(peek)
    return found


def _by_content(peek: Peek) -> dict[str, str]:
    """Without headings only addresses can be told; a list of one column is taken as keys."""
    from_content = detect(("url",), ())  # the name any address column would have had
    for column in peek.columns:
        renamed = [{"url": record.get(column)} for record in peek.samples]
        field = next((f for f in detect(("url",), renamed) if f != "key"), None)
        if field is not None and any(value for record in renamed for value in record.values()):
            return {"key": column, field: column}
    return {"key": peek.columns[0]} if len(peek.columns) == 1 and from_content else {}


FORMAT = Format(
    name="table",
    about="any CSV, TSV, JSON, JSON lines or Parquet table, columns found by name, gzip or not",
    specificity=0,
    recognises=_recognises,
    mapping=_mapping,
)
