"""The one exception the transport raises when no whole answer came back."""

from __future__ import annotations

from typing import Final

from crawler.errors import DeedwatchError

FAULTS: Final = frozenset(
    {"dns", "tls", "timeout", "reset", "cut_body", "too_large", "private-address", "header_flood"}
)


class TransportFault(DeedwatchError):
    """Nothing usable came back. ``fault`` is a word of ``FAULTS``; ``detail`` names no URL and no key.

    ``reset`` also stands for refused connections and answers that are not HTTP; ``cut_body`` for bodies that
    end early or cannot be decoded.
    """

    def __init__(self, fault: str, detail: str) -> None:
        super().__init__(f"No whole answer came back ({fault}): {detail}.")
        self.fault = fault
        self.detail = detail
