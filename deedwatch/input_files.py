"""Files and standard input that a user names, read up to a limit: /dev/zero is a file, too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from crawler.errors import BadInput

MIB = 1 << 20


def read_at_most(name: str, limit: int, what: str, *, more: int = 0) -> bytes:
    """The bytes of the file ``name``, or of standard input for "-"; ``what`` names the argument in errors.

    Reads no more than ``limit`` bytes and one. A picture may have ``more`` instead: rights metadata stands in a small
    part of a file that is large for its pixels. Raises BadInput for more bytes and for a file that cannot be read.
    """
    try:
        if name == "-":
            return _bounded(sys.stdin.buffer, name, limit, what, more)
        with Path(name).open("rb") as file:
            return _bounded(file, name, limit, what, more)
    except OSError as error:
        raise BadInput(f"{what}: {name} cannot be read: {error.strerror or error}.") from error


def _bounded(file: BinaryIO, name: str, limit: int, what: str, more: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit and more > limit and _is_picture(data):
        limit = more
        data += file.read(limit + 1 - len(data))
    if len(data) > limit:
        shown = "standard input" if name == "-" else name
        raise BadInput(f"{what}: {shown} holds more than {limit // MIB} MiB, which is the most that is read.")
    return data


def _is_picture(data: bytes) -> bool:
    from crawler.reading.embedded.look import is_readable

    return is_readable(data)
