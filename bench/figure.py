"""One line of the table: what was measured, its value, its bar, and whether the value meets it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AMOUNT = re.compile(r"(?P<sign>[≤≥]?)\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>.*)")


@dataclass(frozen=True, slots=True)
class Figure:
    """``meets`` is ``None`` where there is no bar."""

    what: str
    measured: str
    bar: str
    meets: bool | None

    @property
    def word(self) -> str:
        return {True: "ok", False: "BELOW", None: ""}[self.meets]

    def line(self) -> str:
        return f"{self.what:<72} {self.measured:>22}  {self.bar:<22} {self.word}".rstrip()

    def markdown(self) -> str:
        what = f"… {self.what.strip()}" if self.what.startswith(" ") else self.what
        return f"| {what} | {self.measured} | {self.bar} | {self.word} |"

    def as_json(self) -> dict[str, str | bool | None]:
        return {"what": self.what.strip(), "measured": self.measured, "bar": self.bar, "meets": self.meets}


def row(what: str, measured: str, bar: str) -> Figure:
    """A figure with its bar judged: "≤ 15 KB a page", "≥ 0.60 ×", or an amount that must be equal.

    Raises ``ValueError`` when value and bar are not of one unit.
    """
    if not bar:
        return Figure(what, measured, bar, None)
    limit, value = _AMOUNT.fullmatch(bar), _AMOUNT.fullmatch(measured)
    if limit is None or value is None or value["sign"] or limit["unit"] != value["unit"]:
        raise ValueError(f"{what}: {measured!r} cannot be held against {bar!r}.")
    have, need = _number(value["number"]), _number(limit["number"])
    meets = {"≤": have <= need, "≥": have >= need, "": have == need}[limit["sign"]]
    return Figure(what, measured, bar, meets)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
