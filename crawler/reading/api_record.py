"""One JSON object of an API's answer, and an account of what was read of it.

A reader takes fields by their path; whatever it neither took nor named as of no interest is *unread*, so that
a field the platform adds, renames or drops shows in the evidence instead of passing in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crawler.model import Basis, Claim, Field, Scope
from crawler.reading.license_claims import MAX_RAW


class ApiRecord:
    """``data`` is the object, ``pointer`` its JSON pointer in the answer ("" for the whole answer).

    Paths are names joined by "/" ("user/name", "media/0/usage"), relative to the object.
    """

    def __init__(self, data: object, pointer: str = "") -> None:
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self.pointer = pointer
        self._read: set[str] = set()

    def get(self, path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The value at ``path``, ``None`` where there is none; counts as read."""
        self._read.add(path)
        here: Any = self.data
        for name in path.split("/"):
            if isinstance(here, dict):
                here = here.get(name)
            elif isinstance(here, list) and name.isdigit() and int(name) < len(here):
                here = here[int(name)]
            else:
                return None
        return here

    def text(self, path: str) -> str:
        """The value as text: strings stripped, numbers as written, everything else ""."""
        value = self.get(path)
        if isinstance(value, str):
            return value.strip()
        return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""

    def flag(self, path: str) -> bool | None:
        """A boolean, also as "true", "false", 1 and 0; ``None`` when it says neither."""
        value = self.get(path)
        word = value.strip().lower() if isinstance(value, str) else value
        if word in (True, "true", "1") and word is not None:
            return True
        return False if word in (False, "false", "0") and word is not None else None

    def records(self, path: str) -> Iterator[ApiRecord]:
        """The objects of the list at ``path``, each with its pointer."""
        value = self.get(path)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield ApiRecord(item, f"{self.pointer}/{path}/{index}")

    def claim(
        self,
        field: Field,
        path: str,
        value: str | None = "",
        *,
        scope: Scope = Scope.IMAGE,
        basis: Basis = Basis.STATED,
        quote: str = "",
    ) -> list[Claim]:
        """The claim that the text at ``path`` makes, or none where it is empty.

        ``value`` is the canonical value; left out, it is the text itself; ``None`` means not understood.
        """
        given = self.get(path)
        raw = self.text(path) if not isinstance(given, bool) else str(given).lower()
        if not raw:
            return []
        canonical = raw if value == "" else value
        place = f"{self.pointer}/{path}"
        return [Claim(field, canonical, raw[: 4 * MAX_RAW], scope, place, quote or raw[:240], basis)]

    def skip(self, *paths: str) -> None:
        """Name fields that are understood and say nothing about rights."""
        self._read.update(paths)

    def unread(self) -> tuple[str, ...]:
        """Pointers of top-level fields nobody took or named, of empty ones not; sorted."""
        seen = {path.partition("/")[0] for path in self._read}
        return tuple(sorted(f"{self.pointer}/{name}" for name in self._left(seen)))

    def _left(self, seen: Iterable[str]) -> Iterator[str]:
        known = set(seen)
        return (str(n) for n, v in self.data.items() if str(n) not in known and v not in (None, "", [], {}))
