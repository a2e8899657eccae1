"""The rehearsal door (DESIGN §9): every request goes to one loopback origin, unchanged otherwise.

It sits under the guard, at connect. Schemes, literal addresses, special names and ports have been judged by
then as on the web; names are not resolved.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from crawler.errors import Refused
from crawler.fetching.transport_fault import TransportFault

#: What a loopback server cannot do by itself, it may ask us to play.
PLAYED_FAULTS = frozenset({"dns", "tls", "timeout", "reset", "private-address"})


def rehearsal_origin(environ: Mapping[str, str] | None = None) -> str | None:
    """``http://ADDRESS:PORT`` from ``DEEDWATCH_REHEARSAL_ORIGIN``; ``None`` when it is not set.

    Raises ``Refused`` for anything but plain http on a loopback address or the name localhost (which is not
    looked up: it means 127.0.0.1).
    """
    environ = os.environ if environ is None else environ
    text = environ.get("DEEDWATCH_REHEARSAL_ORIGIN", "").strip()
    if not text:
        return None
    wrong = Refused(
        f"DEEDWATCH_REHEARSAL_ORIGIN is {text!r}; a rehearsal goes to http://127.0.0.1:PORT or another "
        "loopback address and nowhere else."
    )
    try:
        parts = urlsplit(text)
        port = parts.port or 80
        host = "127.0.0.1" if parts.hostname == "localhost" else (parts.hostname or "")
        address = ip_address(host)
    except ValueError as error:
        raise wrong from error
    extras = (parts.username, parts.password, parts.query, parts.fragment, parts.path.strip("/"))
    if parts.scheme != "http" or not address.is_loopback or any(extras):
        raise wrong
    return f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}"


def play_fault(header: str | None) -> None:
    """Raise the fault that an ``X-Rehearsal-Fault`` header asks for, ``Refused`` for unknown words."""
    if header is None:
        return
    fault = header.strip().lower()
    if fault not in PLAYED_FAULTS:
        raise Refused(f"The rehearsal server asked for fault {header!r}; known: {sorted(PLAYED_FAULTS)}.")
    raise TransportFault(fault, "played in rehearsal")
