"""``noai`` and ``noimageai`` in ``X-Robots-Tag`` headers and ``<meta name="robots">``.

No standard: invented by DeviantArt (2022-11), read in the way Google documents its own directives (robots meta
tag specification): names and values are not case-sensitive, headers and tags may repeat, a header line may
address one agent for *all* directives after its name, and values such as ``unavailable_after`` hold colons and
commas. ``noindex`` and the like are no AI opt-out, except where an AI agent is named: that is barring it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from crawler.opt_outs.agents import PRODUCT, ai_tokens, is_ai_agent, token
from crawler.opt_outs.signal import MAX_RAW, Answer, Signal

HEADER: Final = "x-robots-tag"
META: Final = "meta-robots"

Element = TypeVar("Element")

_AI: Final = ("noai", "noimageai")
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_PLAIN = frozenset(
    {"all", "none", "index", "noindex", "follow", "nofollow", "archive", "noarchive", "nocache", "nosnippet"}
    | {"noimageindex", "indexifembedded", "notranslate", "noodp", "noydir", "nositelinkssearchbox"}
    | set(_AI)
)
#: Said to an AI agent by name, each of these keeps the content from it.
_BARS_AGENT = frozenset({"noai", "noimageai", "noindex", "nofollow", "none", "noimageindex"})
_AGENT = re.compile(r"\*|[A-Za-z_][\w.*-]*(?:/[\w.-]*)?", re.ASCII)
_EVERYBODY = ""


def directives(line: str) -> list[tuple[str, str]]:
    """One header line as (agent, directive) pairs in order, lower case; agent "" speaks to everybody.

    An agent holds until the next one of the same line: "otherbot: noai, noindex" says both to otherbot.
    """
    found: list[tuple[str, str]] = []
    agent = _EVERYBODY
    for part in line.split(","):
        word = part.strip()
        name, colon, rest = word.partition(":")
        if colon and not _is_directive(name) and _AGENT.fullmatch(name.strip()):
            agent = _EVERYBODY if name.strip() == "*" else token(name)
            word = rest.strip()
        directive = (
            word.partition(":")[0].strip().lower() if _is_directive(word.partition(":")[0]) else word.lower()
        )
        if directive:
            found.append((agent, directive))
    return found


def from_headers(headers: Iterable[tuple[str, str]], agent: str = PRODUCT) -> tuple[Signal, ...]:
    """What ``X-Robots-Tag`` headers say to everybody, to ``agent``, and to AI agents by name."""
    signals: list[Signal] = []
    for name, value in headers:
        if name.lower() == HEADER:
            signals += _signals(HEADER, directives(value), value, name, agent)
    return tuple(dict.fromkeys(signals))


def from_metas(
    metas: Iterable[tuple[str, str, Element]], locate: Callable[[Element], str], agent: str = PRODUCT
) -> tuple[Signal, ...]:
    """The same of a page's ``<meta name content>`` as (name in lower case, content, element).

    ``<meta name="robots">`` speaks to everybody, one named like an agent to that agent; ``http-equiv`` with the
    header's name is read as the header.
    """
    ours, signals = token(agent), list[Signal]()
    for name, value, element in metas:
        if name in ("robots", HEADER) or name == ours or name in ai_tokens():
            to = _EVERYBODY if name in ("robots", HEADER) else name
            said = directives(value) if name == HEADER else [(to, word) for _, word in directives(value)]
            signals += _signals(META, said, value, locate(element), agent)
    return tuple(dict.fromkeys(signals))


def _is_directive(word: str) -> bool:
    word = word.strip().lower()
    return word in _PLAIN or word in _VALUED


def _signals(
    carrier: str, said: Iterable[tuple[str, str]], raw: str, locator: str, agent: str
) -> Iterator[Signal]:
    raw = raw[:MAX_RAW]
    for to, word in said:
        if to in (_EVERYBODY, token(agent)):
            if word in _AI:
                yield Signal(carrier, word, Answer.DISALLOW, f"{carrier}={word}", raw, locator)
            else:
                for sloppy in _run_together(word):
                    value = f"{carrier}-lenient={sloppy}"
                    yield Signal(carrier, sloppy, Answer.DISALLOW, value, raw, locator, lenient=True)
        elif word in _BARS_AGENT and is_ai_agent(to):
            value = f"{carrier}-agents=disallow"
            yield Signal(carrier, word, Answer.DISALLOW, value, raw, locator, agent=to)


def _run_together(word: str) -> Iterator[str]:
    """``noai; noimageai`` and ``noindex noai``: directives parted by something other than a comma."""
    parts = re.split(r"[;\s|]+", word)
    if len(parts) > 1 and all(part in _PLAIN for part in parts if part):
        yield from dict.fromkeys(part for part in parts if part in _AI)
