"""Which `license:` a card may name: the Hub's own id, or ``other`` with a name and a link.

The rule: github.com/huggingface/hub-docs, docs/hub/repositories-licenses.md (read 2026-08-22).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def hub_vocabulary() -> dict[str, Any]:
    """``hub.toml``: {"licenses": [id…], "tasks": [id…], "spdx": {SPDX id: Hub id}}."""
    return tomllib.loads(files(__package__).joinpath("hub.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class HubLicense:
    """``id`` is one of the Hub's. ``name`` (a slug) and ``link`` are set only where ``id`` is "other"."""

    id: str
    name: str | None = None
    link: str | None = None


# CC-BY-NC-SA-3.0, CC-BY-3.0-DE, LicenseRef-cc-by-sa-3.0-es: licence, version, jurisdiction.
_CC = re.compile(
    r"(?:licenseref-)?cc-(by(?:-nc)?(?:-nd|-sa)?|nc(?:-sa)?|nd(?:-nc)?|sa)-(\d\.\d)(?:-([a-z]{2,3}))?", re.I
)


def hub_license(license_id: str, *, name: str | None = None, link: str | None = None) -> HubLicense:
    """The Hub's way of naming a licence given by SPDX id, ``LicenseRef-…`` or Hub id.

    ``name`` and ``link`` say how an id unknown to the Hub is called and where its text stands; without them
    the name is the id as a slug, and the link is known for Creative Commons only.
    """
    small = license_id.strip().lower()
    vocabulary = hub_vocabulary()
    spdx = {key.lower(): value for key, value in vocabulary["spdx"].items()}
    known = spdx.get(small, small)
    if known in vocabulary["licenses"] and known != "other":
        return HubLicense(known)
    slug = re.sub(r"[^a-z0-9.+-]+", "-", (name or small.removeprefix("licenseref-")).lower()).strip("-")
    return HubLicense("other", slug or "other", link or _deed(small))


def _deed(small: str) -> str | None:
    if small == "cc-pdm-1.0":
        return "https://creativecommons.org/publicdomain/mark/1.0/"
    if match := _CC.fullmatch(small):
        kind, version, place = match.groups()
        return f"https://creativecommons.org/licenses/{kind}/{version}/" + (f"{place}/" if place else "")
    return None
