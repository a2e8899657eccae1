"""Licence templates as Wikimedia Commons' pages carry them ("{{self|GFDL|cc-by-sa-4.0}}") → what they say.

Licence facts §5.1: ``self`` lists licences of which the reader may choose one; ``PD-Art`` says by its parameter why
the work on the photograph is in the public domain. Any other template is a licence by its own name, and its
parameters (credit, title, date) are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from crawler.licenses.license import License, Recognition

#: A link, whose own bar parts no parameters.
_LINK = re.compile(r"\[\[[^\[\]]*\]\]")
_CHOICE = frozenset({"self", "self2"})
_REPRODUCTION = frozenset({"pd-art", "pd-scan"})
#: Two licences at once: that of the photograph and that of the work on it.
_TWO = frozenset({"licensed-pd-art", "licensed-pd"})


def from_template(text: str, look: Callable[[str], Recognition]) -> Recognition | None:
    """What a single template says; ``None`` for a text that is none, or none about a licence.

    ``look`` recognises a name. The braces may be missing ("PD-Art|PD-old-70").
    """
    inner = text[2:-2] if text.startswith("{{") and text.endswith("}}") else text
    if (inner is text and "|" not in text) or "{{" in inner or "}}" in inner:
        return None
    name, *parameters = (part.strip() for part in _LINK.sub(" ", inner).split("|"))
    parts = [part for part in parameters if part and "=" not in part]
    key = name.lower().replace(" ", "-").replace("_", "-")
    if key in _TWO:
        return _unclear(text, "a template of two licences that hold at once")
    if key in _CHOICE:
        return _chosen(text, [look(part) for part in parts])
    if key in _REPRODUCTION:
        said = [look(part) for part in (name, *parts)]
        known = {found.license.id for found in said if found.license is not None}
        if len(known) > 1 or any(found.license is None for found in said):
            return _unclear(text, "a template with a parameter that we do not know")
    elif inner is text:
        return None
    found = look(name)
    return replace(found, matched=text, how="template") if found.license is not None else None


def _chosen(text: str, said: list[Recognition]) -> Recognition:
    ways: dict[str, tuple[License, ...]] = {}
    for found in said:
        if found.license is None:
            return _unclear(text, "a template with a licence that we do not know")
        ways[found.license.id] = (found.license,)
    if not ways:
        return _unclear(text, "a template that names no licence")
    if len(ways) == 1:
        return replace(said[0], matched=text, how="template")
    why = "a template: one licence may be chosen"
    return Recognition("not_understood", None, text, why, "", tuple(ways.values()))


def _unclear(text: str, why: str) -> Recognition:
    return Recognition("not_understood", None, text, why, "")
