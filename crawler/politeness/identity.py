"""Who we say we are: product, version and an address to complain to. Never Scrapy, never a browser.

The words matter twice: site operators read them in their logs, and ``PRODUCT`` is the token that robots.txt
groups are matched against (RFC 9309 §2.2.1). ``Scrapy`` stands on public block lists of AI agents
(ai.robots.txt, 2026-08-22), so it may occur nowhere in the agent string.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import metadata

from crawler.errors import NoContact

PRODUCT = "deedwatch"

_MAIL = re.compile(r"[^\s@,;<>()]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_WEB = re.compile(r"https?://[A-Za-z0-9.-]+\.[A-Za-z0-9-]+(:\d+)?(/[^\s()<>]*)?", re.IGNORECASE)
_REMEDY = (
    "Set DEEDWATCH_CONTACT (or --contact, or contact in deedwatch.toml) to a mail address or a web page "
    "where a site operator can reach you"
)


@cache
def version() -> str:
    """Version of the installed distribution; ``0`` when run from a tree that was never installed."""
    try:
        return metadata.version(PRODUCT)
    except metadata.PackageNotFoundError:
        return "0"


def require_contact(contact: str | None, *, rehearsal: bool) -> str:
    """Return the contact to announce, stripped.

    Raises ``NoContact`` when a real host would be asked without one, or with words that are neither a mail
    address nor an http(s) address. In rehearsal nobody is disturbed and an empty contact passes.
    """
    contact = (contact or "").strip()
    if not contact:
        if rehearsal:
            return ""
        raise NoContact(f"No contact address is set, so no real host will be asked. {_REMEDY}.")
    if not contact.isascii() or not (_MAIL.fullmatch(contact) or _WEB.fullmatch(contact)):
        raise NoContact(f"{contact!r} is neither a mail address nor a web address. {_REMEDY}.")
    return contact


def user_agent(contact: str | None) -> str:
    """``deedwatch/VERSION (+contact)``; a mail address is written as ``mailto:``.

    ``contact`` has passed ``require_contact``. Without one (rehearsal only) the comment says so.
    """
    if not contact:
        return f"{PRODUCT}/{version()} (rehearsal; no contact set)"
    shown = contact if _WEB.fullmatch(contact) else f"mailto:{contact}"
    return f"{PRODUCT}/{version()} (+{shown})"


def identity_headers(contact: str | None) -> tuple[tuple[str, str], ...]:
    """User-Agent, and From (RFC 9110 §10.1.2) when the contact is a mail address."""
    agent = ("User-Agent", user_agent(contact))
    if contact and _MAIL.fullmatch(contact):
        return (agent, ("From", contact))
    return (agent,)
