"""RDFa 1.1: the statements a page makes, by the processing rules of RDFa Core 1.1 §7.5.

One pass over the tree, with the host rules of HTML+RDFa 1.1 (§3.1) and XHTML+RDFa 1.0 and 1.1. Left out, since
no statement on rights needs it: languages, datatypes, XML literals and lists (a property with ``inlist`` makes
no statement here). Never raises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from crawler.reading.pages.html import Element, Page
from crawler.reading.pages.rdfa_terms import Names
from crawler.reading.pages.vocabulary import LICENSES, TYPE

#: Statements kept of one page; the largest real pages make some thousands.
_MOST = 20_000
# libxml2 takes the text together; in Python, a megabyte inside a thousand properties would take seconds.
_BEGINNING = etree.XPath("substring(string(.), 1, 2000)")
#: Prefixes declared at all places together: each place knows those of all places around it.
_MOST_PREFIXES = 200_000
_SPEAKING = frozenset(
    {"about", "resource", "href", "src", "typeof", "property", "rel", "rev", "vocab", "prefix"}
)


class Statement(NamedTuple):
    """Subject and predicate are absolute addresses (subjects also ``_:…``); ``value`` is an address unless
    ``literal``. ``element`` made the statement.
    """

    subject: str
    predicate: str
    value: str
    literal: bool
    element: Element


@dataclass(slots=True)
class _Place:
    """The evaluation context of §7.2. ``waiting``: incomplete triples, (predicate, forwards, element)."""

    names: Names
    subject: str
    object: str
    waiting: list[tuple[str, bool, Element]] = field(default_factory=list)


def statements(page: Page) -> list[Statement]:
    """All statements of a page, in document order; walked once a page."""
    if page.root is None:
        return []
    kept = page.kept.get("rdfa")
    if kept is None:
        walk = _Walk(page.root, page.base or page.url)
        kept = page.kept["rdfa"] = walk.made
        if walk.cut:
            page.leave("the end of the RDFa")
    found: list[Statement] = kept
    return found


def license_statements(page: Page) -> list[tuple[str, str]]:
    """``(subject, license)`` of every license statement: xhv, cc, dcterms and schema.org; without repeats."""
    pairs = ((s.subject, s.value) for s in statements(page) if s.predicate in LICENSES)
    return list(dict.fromkeys(pairs))


class _Walk:
    """One walk over one tree."""

    def __init__(self, root: Element, base: str) -> None:
        self.made: list[Statement] = []
        self._blank = self._declared = 0
        names = Names.of(base, root)
        stack = [(root, _Place(names, names.base, names.base))]
        while stack and not self.cut:
            element, place = stack.pop()
            inner = self._element(element, place)
            if place.names.old and _is_markup(element, inner.names):
                continue
            stack.extend((child, inner) for child in reversed(element) if isinstance(child.tag, str))

    @property
    def cut(self) -> bool:
        """Whether the walk ended before the page did."""
        return len(self.made) >= _MOST or self._declared > _MOST_PREFIXES

    def _new(self) -> str:
        self._blank += 1
        return f"_:b{self._blank}"

    def _say(
        self, subject: str, predicate: str, value: str, element: Element, *, literal: bool = False
    ) -> None:
        self.made.append(Statement(subject, predicate, value, literal, element))

    def _element(self, element: Element, place: _Place) -> _Place:
        attributes = element.attrib
        if not attributes or not any(key in _SPEAKING or key[:3] == "xml" for key in map(str, attributes)):
            # nothing here speaks (step 5.2 with "skip element"); head and body, too, inherit their parent
            return place
        names = place.names
        if "vocab" in attributes or "prefix" in attributes or any(str(k)[:3] == "xml" for k in attributes):
            names = names.inside(element)
            self._declared += len(names.prefixes)
        rel, rev = _links(element, names)
        linking = rel is not None or rev is not None
        choose = self._linking if linking else self._plain
        subject, resource, typed, skip = choose(element, names, place)
        if typed is not None:
            for kind in names.predicates(element.get("typeof")):
                self._say(typed, TYPE, kind, element)
        waiting: list[tuple[str, bool, Element]] = []
        if linking:
            forward = [] if element.get("inlist") is not None else names.predicates(rel, link=True)
            backward = names.predicates(rev, link=True)
            if resource is None:
                # as the editors' own processors do, also where no word of rel is a predicate
                resource = self._new()
                waiting = [(p, True, element) for p in forward] + [(p, False, element) for p in backward]
            else:
                for predicate in forward:
                    self._say(subject, predicate, resource, element)
                for predicate in backward:
                    self._say(resource, predicate, subject, element)
        self._properties(element, names, subject, typed, linking=linking)
        if skip:
            return (
                place if names is place.names else _Place(names, place.subject, place.object, place.waiting)
            )
        for predicate, forwards, maker in place.waiting:
            ends = (place.subject, subject) if forwards else (subject, place.subject)
            self._say(ends[0], predicate, ends[1], maker)
        return _Place(names, subject, resource or subject, waiting)

    def _plain(
        self, element: Element, names: Names, place: _Place
    ) -> tuple[str, str | None, str | None, bool]:
        """Step 5, no ``rel`` and no ``rev``: ``(subject, object resource, typed resource, skip)``."""
        get = element.get
        about = names.resource(get("about"))
        typeof = get("typeof") is not None
        home = place.object if element.tag in ("head", "body") else None
        if (
            not names.old
            and get("property") is not None
            and get("content") is None
            and get("datatype") is None
        ):
            subject = about or _root(element, names) or place.object
            if not typeof:
                return subject, None, None, False
            typed = about or _root(element, names) or home
            typed = typed or _first(names, element, "resource", "href", "src") or self._new()
            return subject, typed, typed, False
        order = ("src", "resource", "href") if names.old else ("resource", "href", "src")
        found = about or _first(names, element, *order) or _root(element, names) or home
        if found is None and typeof:
            found = self._new()
        skip = found is None and get("property") is None
        subject = found or place.object
        return subject, None, subject if typeof else None, skip

    def _linking(
        self, element: Element, names: Names, place: _Place
    ) -> tuple[str, str | None, str | None, bool]:
        """Step 6, with ``rel`` or ``rev``: the same."""
        get = element.get
        typeof = get("typeof") is not None
        about = names.resource(get("about"))
        if names.old:
            found = about or names.iri(get("src")) or _root(element, names)
            if found is None and typeof and element.tag not in ("head", "body"):
                found = self._new()
            resource = _first(names, element, "resource", "href")
            return found or place.object, resource, found if typeof else None, False
        subject = about or _root(element, names) or place.object
        resource = _first(names, element, "resource", "href", "src")
        if typeof and about is not None:
            return subject, resource, about, False
        if typeof and resource is None:
            resource = self._new()
        return subject, resource, resource if typeof else None, False

    def _properties(
        self, element: Element, names: Names, subject: str, typed: str | None, *, linking: bool
    ) -> None:
        """Step 11."""
        get = element.get
        if get("property") is None or get("inlist") is not None:
            return
        predicates = names.predicates(get("property"))
        if not predicates:
            return
        content = get("content")
        address: str | None = None
        if content is None and get("datatype") is None and not linking and not names.old:
            address = _first(names, element, "resource", "href", "src")
            if address is None and typed is not None and get("about") is None:
                address = typed
        if address is None and content is None:
            content = get("datetime")
            if content is None:
                content = _text(element)
        for predicate in predicates:
            self._say(subject, predicate, address or content or "", element, literal=address is None)


def _text(element: Element) -> str:
    """The text of an element; of one that is as long as a page, the beginning."""
    return str(_BEGINNING(element))


def _links(element: Element, names: Names) -> tuple[str | None, str | None]:
    """``rel`` and ``rev``. Beside ``property``, HTML's own link words are no statements (HTML+RDFa §3.1)."""
    rel, rev = element.get("rel"), element.get("rev")
    if element.get("property") is None or names.xhtml:
        return rel, rev
    kept = [" ".join(w for w in (value or "").split() if ":" in w) or None for value in (rel, rev)]
    return kept[0], kept[1]


def _is_markup(element: Element, names: Names) -> bool:
    """RDFa 1.0 §5.5, step 9: an element that is a property's value with its tags says nothing by what is inside."""
    if len(element) == 0 or element.get("property") is None or element.get("content") is not None:
        return False
    datatype = element.get("datatype")
    plain = datatype is not None and not datatype.strip().endswith(":XMLLiteral")
    return not plain and bool(names.predicates(element.get("property")))


def _root(element: Element, names: Names) -> str | None:
    """The root speaks of the page."""
    return names.base if element.getparent() is None else None


def _first(names: Names, element: Element, *attributes: str) -> str | None:
    for attribute in attributes:
        text = element.get(attribute)
        if text is not None:
            found = names.resource(text) if attribute == "resource" else names.iri(text)
            if found is not None:
                return found
    return None
