"""RSL 1.0 license files (rslstandard.org/rsl, RSL-SPEC-1.0 of 2025-11-06): which uses a license permits.

``<rsl>`` holds ``<content url>`` elements, whose pattern is read as in robots.txt (RFC 9309: the longest match
decides), each with one or several alternative ``<license>``s: ``<permits>`` and ``<prohibits>`` of type usage, user
or geo, and payments. RSS feeds carry the same elements. The namespace is required; a file without any is read,
and marked lenient. Files come from strangers: no entities, no DTD, no network, a limit on size, libxml2's on depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree

from crawler.opt_outs.rsl_links import ROBOTS as CARRIER
from crawler.opt_outs.signal import MAX_RAW, Answer, Signal, malformed
from crawler.opt_outs.url_patterns import covers, normalized, path_of

NAMESPACE: Final = "https://rslstandard.org/rsl"
MAX_BYTES: Final = 1024 * 1024

#: Payments that ask nothing. "attribution" asks for credit: a condition a person must see.
_FREE = frozenset({"free", ""})
_MOST_CONTENTS = 20_000
_MOST_SIGNALS = 64


@dataclass(frozen=True, slots=True)
class Terms:
    """One ``<license>``: tokens by type ("usage", "user", "geo"), lower case; payment types in order."""

    permits: dict[str, tuple[str, ...]]
    prohibits: dict[str, tuple[str, ...]]
    payments: tuple[str, ...]

    @property
    def conditional(self) -> bool:
        """Whether what is permitted is permitted to some, in some places, or against something only."""
        limited = any(self.permits.get(kind) or self.prohibits.get(kind) for kind in ("user", "geo"))
        return limited or any(payment not in _FREE for payment in self.payments)


@dataclass(frozen=True, slots=True)
class Content:
    """One ``<content>``: its pattern as written, its license server, its alternative licenses, its 1-based line."""

    url: str
    server: str
    licenses: tuple[Terms, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A license file. ``error`` is one sentence where it could not be read, with no contents then."""

    contents: tuple[Content, ...] = ()
    error: str = ""
    lenient: bool = False

    def permits(self, url: str) -> frozenset[str]:
        """Usage tokens that some license for ``url`` permits, those its prohibitions take back included."""
        return frozenset(_usages(self.of(url), "permits"))

    def prohibits(self, url: str) -> frozenset[str]:
        """Usage tokens that some license for ``url`` prohibits."""
        return frozenset(_usages(self.of(url), "prohibits"))

    def of(self, url: str) -> tuple[Content, ...]:
        """The contents with the longest pattern that covers ``url``."""
        matching = [
            (len(pattern), c) for c in self.contents if (pattern := _covering(c.url, url)) is not None
        ]
        longest = max((length for length, _ in matching), default=0)
        return tuple(content for length, content in matching if length == longest)


def read_document(body: bytes) -> Document:
    """Parse a license file; what is no well-formed RSL gives a document with ``error``. Never raises."""
    if len(body) > MAX_BYTES:
        return Document(error=f"The RSL file is larger than {MAX_BYTES} bytes.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        return Document(error=f"The RSL file is not well-formed XML: {error}.")
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        return Document(error="The RSL file declares entities, which no license file needs.")
    for namespace in (f"{{{NAMESPACE}}}", ""):
        contents = [*root.iter(f"{namespace}content")][:_MOST_CONTENTS]
        if root.tag == f"{namespace}rsl" or (contents and namespace):
            return Document(tuple(_content(c, namespace) for c in contents), lenient=not namespace)
    return Document(error="The file is XML without RSL in it.")


def signals(body: bytes, url: str, locator: str) -> tuple[Signal, ...]:
    """What the license file at ``locator`` says of ``url``: one signal a usage, ``rsl=unknown`` where it is silent.

    A usage that one license prohibits and none permits is disallowed, one that is permitted without conditions
    allowed; alternatives, payments, users, places and a license server make it constrained.
    """
    document = read_document(body)
    if document.error:
        return (malformed(CARRIER, document.error, locator),)
    contents = document.of(url)
    found = tuple(_signals(contents, locator, lenient=document.lenient))[:_MOST_SIGNALS]
    if document.lenient:
        found = (malformed(CARRIER, "An <rsl> without its namespace.", locator), *found)
    if found:
        return found
    line = contents[0].line if contents else None
    return (Signal(CARRIER, "", Answer.UNKNOWN, f"{CARRIER}=unknown", "", locator, line),)


def _signals(contents: tuple[Content, ...], locator: str, *, lenient: bool) -> Iterator[Signal]:
    name = f"{CARRIER}-lenient" if lenient else CARRIER
    for usage in sorted(frozenset(_usages(contents, "permits")) | frozenset(_usages(contents, "prohibits"))):
        answer = _answer(contents, usage)
        line, raw = contents[0].line, _summary(contents)
        yield Signal(
            CARRIER, usage, answer, f"{name}.{usage}={answer}", raw, f"{locator} line {line}", line,
            terms=contents[0].server, path=contents[0].url, lenient=lenient,
        )  # fmt: skip


def _answer(contents: tuple[Content, ...], usage: str) -> Answer:
    words: set[Answer] = set()
    for content in contents:
        for terms in content.licenses:
            if usage in terms.prohibits.get("usage", ()):
                words.add(Answer.DISALLOW)  # within one license the prohibition takes the permission back
            elif usage in terms.permits.get("usage", ()):
                words.add(Answer.CONSTRAINED if terms.conditional or content.server else Answer.ALLOW)
    return next(iter(words)) if len(words) == 1 else Answer.CONSTRAINED


def _usages(contents: Iterable[Content], what: str) -> Iterator[str]:
    for content in contents:
        for terms in content.licenses:
            yield from (terms.permits if what == "permits" else terms.prohibits).get("usage", ())


def _summary(contents: Iterable[Content]) -> str:
    """The terms in one line: the elements stand far apart in the file."""
    parts = []
    for content in contents:
        for terms in content.licenses:
            said = [("permits", terms.permits), ("prohibits", terms.prohibits)]
            parts += [f"{word} {kind}: {' '.join(v)}" for word, by in said for kind, v in by.items() if v]
            parts += [f"payment: {payment or 'free'}" for payment in terms.payments]
    return "; ".join(parts)[:MAX_RAW]


def _content(element: etree._Element, namespace: str) -> Content:
    licenses = tuple(_terms(license_, namespace) for license_ in element.iter(f"{namespace}license"))
    line = element.sourceline if isinstance(element.sourceline, int) else 0
    return Content((element.get("url") or "").strip(), (element.get("server") or "").strip(), licenses, line)


def _terms(element: etree._Element, namespace: str) -> Terms:
    said: dict[str, dict[str, tuple[str, ...]]] = {"permits": {}, "prohibits": {}}
    for word, by in said.items():
        for rule in element.iter(f"{namespace}{word}"):
            kind = (rule.get("type") or "usage").strip().lower()[:16]
            tokens = [t[:64] for t in re.split(r"[,\s]+", "".join(map(str, rule.itertext())).lower()) if t]
            by[kind] = tuple(dict.fromkeys((*by.get(kind, ()), *tokens)))
    payments = [(p.get("type") or "").strip().lower()[:32] for p in element.iter(f"{namespace}payment")]
    return Terms(said["permits"], said["prohibits"], tuple(payments))


def _covering(pattern: str, url: str) -> str | None:
    """The normalized path pattern of a ``url`` attribute, if it covers ``url``; a full URL must be of its host."""
    try:
        if re.match(r"https?://", pattern, re.IGNORECASE):
            if urlsplit(pattern).netloc.lower() != urlsplit(url).netloc.lower():
                return None
            pattern = path_of(pattern)
    except ValueError:  # "http://[", say
        return None
    return normalized(pattern) if pattern.startswith(("/", "*")) and covers(pattern, path_of(url)) else None
