"""One image as ``explain`` shows it: verdicts, the facts behind them, claims, texts and looks. Only data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """One claim: ``quote`` is ``raw`` in its surroundings, ``value`` ``None`` if not understood.

    ``number``: by which verdicts point at it, counted through all looks.
    """

    field: str
    value: str | None
    raw: str
    scope: str
    locator: str
    quote: str = ""
    basis: str = "stated"
    number: int = 0


@dataclass(frozen=True, slots=True)
class ShownLook:
    """One answer of the source: ISO time, URL, HTTP status (0: none came), SHA-256 of body, permission.

    ``judged``: the verdicts rest on what it says; a later look took the place of the others.
    """

    time: str
    url: str
    status_code: int
    body_sha256: str | None
    permission: str
    claims: tuple[ShownClaim, ...] = ()
    judged: bool = True


@dataclass(frozen=True, slots=True)
class ShownGround:
    """One fact that a layer's rules asked for: its value, how it is known and, if it is not, why.

    ``fields``: those of the claims it is read from; ``claims``: the numbers of those there are.
    """

    fact: str
    value: str
    basis: str = ""
    why: str = ""
    fields: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownLayer:
    """One layer's verdict: rule id, reason (a sentence), citation.

    ``conditions``: duties and assumptions as sentences; ``rests``: the facts its rules asked for.
    """

    layer: str
    verdict: str
    rule: str
    reason: str
    citation: str = ""
    conditions: tuple[str, ...] = ()
    rests: tuple[ShownGround, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """The overall verdict for one use, with the list it puts the image in and its layers."""

    use: str
    verdict: str
    action: str
    layers: tuple[ShownLayer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change of this image, both sides in words."""

    time: str
    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A license or terms page behind the licence that the look at ``look`` (ISO time) found.

    ``state``: what came of asking for it last, "read" or why it could not be. ``version`` is the one in force at that
    look, 0 where no text of it was ever read; ``versions`` all that are held, ``sha256`` of the readable text, ISO
    times of when that text was first and last seen. ``held``: same-refresh (read in the look's own refresh) · before
    · after (first read after it). ``changed``: (number, ISO time) of later versions that read otherwise. ``command``
    shows the difference, or the text where there is none.
    """

    kind: str
    url: str
    state: str
    look: str
    version: int = 0
    versions: int = 0
    sha256: str = ""
    first_seen: str = ""
    last_seen: str = ""
    held: str = ""
    changed: tuple[tuple[int, str], ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known of one image under one ruleset.

    ``declared``: (name, value) pairs of the manifest row, raw. ``verdicts``: one per use asked for.
    ``looks``: oldest first. ``texts``: what the licence hangs on. ``entry`` is the chain entry that holds the
    latest look, ``head`` the last one: (chain, number, hash).
    """

    key: str
    dataset: str
    ruleset: str
    as_of: str
    source: str
    status: str
    reason: str
    head: tuple[str, int, str]
    ordinal: int = 0
    row: str = ""
    native_id: str = ""
    declared: tuple[tuple[str, str], ...] = ()
    verdicts: tuple[ShownVerdict, ...] = ()
    looks: tuple[ShownLook, ...] = ()
    texts: tuple[ShownText, ...] = ()
    changes: tuple[ShownChange, ...] = ()
    entry: tuple[str, int, str] | None = None
    rehearsal: bool = False
