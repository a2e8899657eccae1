"""Who a statement speaks to: everybody, us by our product token, or an AI agent by name."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

#: The product token sites can name us by; ``crawler.politeness.identity.PRODUCT`` is the same word.
PRODUCT: Final = "deedwatch"


@cache
def ai_agents() -> dict[str, str]:
    """Product tokens of AI agents as written → operator ("" if not known), everyday words left out."""
    table = tomllib.loads(files("crawler.opt_outs").joinpath("data/ai_agents.toml").read_text("utf-8"))
    everyday = set(table["everyday"])
    return {name: operator for name, operator in table["agents"].items() if name not in everyday}


@cache
def ai_tokens() -> frozenset[str]:
    """The same names as ``token`` compares them."""
    return frozenset(map(token, ai_agents()))


def token(name: str) -> str:
    """The whole product token, version dropped: "Code" must never match "CodeBot"."""
    return name.partition("/")[0].strip().casefold()


def is_ai_agent(name: str) -> bool:
    """Whether this names an agent of the list."""
    return token(name) in ai_tokens()
