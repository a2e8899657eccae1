"""The nouns that travel between rooms, in the order data takes.

    ImageRef → SourceRef → Target → Permission → Capture → Look(Claim…) → Findings → (Snapshot, in the
    evidence file)

All are frozen. Times are ``datetime`` in UTC. Nothing here does I/O.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class Use(enum.StrEnum):
    """What somebody wants to do with an image (DESIGN §6)."""

    COMMERCIAL_TRAINING = "commercial-training"
    INTERNAL_RESEARCH = "internal-research"
    ACADEMIC_RESEARCH = "academic-research"
    EVALUATION = "evaluation"
    REDISTRIBUTION = "redistribution"
    PUBLISH_EXAMPLES = "publish-examples"


class Status(enum.StrEnum):
    """What one refresh established about one image's source (DESIGN §4)."""

    AVAILABLE = "available"
    GONE = "gone"
    PRIVATE = "private"
    NOT_PUBLIC = "not_public"
    WITHHELD = "withheld"
    MOVED = "moved"
    REPLACED = "replaced"
    PLACEHOLDER = "placeholder"
    REFUSED = "refused"
    DISALLOWED = "disallowed"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"

    @property
    def conclusive(self) -> bool:
        """The first eight say something about the image; the rest say nothing."""
        return self in CONCLUSIVE

    @property
    def lost(self) -> bool:
        """Whether the photo is no longer publicly there."""
        return self in LOST


LOST = frozenset({Status.GONE, Status.NOT_PUBLIC, Status.PRIVATE, Status.PLACEHOLDER, Status.WITHHELD})
CONCLUSIVE = LOST | {Status.AVAILABLE, Status.MOVED, Status.REPLACED}


class Reason(enum.StrEnum):
    """Why a status is what it is. A closed list: a reader or the gate picks one."""

    SEEN = "seen"  # the source shows the photo
    REMOVED = "removed"  # 410, deletion log, "no longer exists"
    NOT_FOUND = "not_found"  # 404, missing, Flickr code 1
    ACCOUNT_GONE = "account_gone"
    MARKED_PRIVATE = "marked_private"
    LEGAL = "legal"  # 451
    REDIRECTED = "redirected"
    SOFT_404 = "soft_404"
    OTHER_PICTURE = "other_picture"
    FORBIDDEN = "forbidden"  # 401, 403
    RATE_LIMITED = "rate_limited"  # 429 and its disguises
    LOGIN_WALL = "login_wall"
    BOT_WALL = "bot_wall"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    TERMS = "terms"
    NO_KEY = "no_key"
    BAD_KEY = "bad_key"
    OPT_OUT = "opt_out"
    GUARD = "guard"
    REDIRECT_REFUSED = "redirect_refused"
    SUSPECT_OUTAGE = "suspect_outage"
    SOURCE_RESTING = "source_resting"
    SUPPRESSED = "suppressed"  # forgotten on request; not looked at again
    DNS = "dns"
    TLS = "tls"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    CUT_BODY = "cut_body"
    TOO_LARGE = "too_large"
    SERVER_ERROR = "server_error"
    SERVICE_TROUBLE = "service_trouble"  # an API's own "try later"
    OUR_MISTAKE = "our_mistake"  # the API says our request was wrong
    NOT_UNDERSTOOD = "not_understood"
    UNKNOWN_LICENSE_ID = "unknown_license_id"
    CHALLENGE = "challenge"
    NOT_A_PHOTO = "not_a_photo"
    NO_SOURCE_PAGE = "no_source_page"


class Scope(enum.StrEnum):
    """What a statement is about: the very image, the page it stands on, or the whole site."""

    IMAGE = "image"
    PAGE = "page"
    SITE = "site"


class Basis(enum.StrEnum):
    """How a statement came to us."""

    STATED = "stated"
    KEYWORD = "keyword"
    HISTORY = "history"
    DECLARED = "declared"
    TERMS = "terms"  # the site's own terms say it of every photo uploaded on that day


class Field(enum.StrEnum):
    """What a claim is about. A closed list; a reader may use no other."""

    LICENSE = "license"
    LICENSE_CHOICE = "license_choice"  # value: ids the user may choose among, sorted, joined by " OR "
    LICENSE_HISTORY = "license_history"  # value: JSON {"date","old","new"}
    LICENSE_OFFER = "license_offer"  # address where a license, or more than the stated one allows, can be had
    AUTHOR = "author"  # display name
    AUTHOR_ID = "author_id"  # the platform's own, stable
    AUTHOR_URL = "author_url"
    TITLE = "title"
    CREDIT = "credit"
    COPYRIGHT_NOTICE = "copyright_notice"
    DESCRIPTION = "description"
    TAGS = "tags"
    TAKEN = "taken"
    UPLOADED = "uploaded"
    UPDATED = "updated"
    PAGE_URL = "page_url"
    MODEL_RELEASE = "model_release"
    PROPERTY_RELEASE = "property_release"
    MINORS = "minors"
    PEOPLE = "people"
    RESTRICTION = "restriction"
    AI_GENERATED = "ai_generated"
    OPT_OUT = "opt_out"
    OPT_OUT_CARRIERS = "opt_out_carriers"  # value: carriers that were read, sorted, joined by " "
    WITHDRAWAL = "withdrawal"  # a tag such as no_cv, relicensing by a dataset's own rules
    DELETION_REQUEST = "deletion_request"
    LICENSE_REVIEW = "license_review"
    SAFETY = "safety"
    MEDIA = "media"
    CONTENT_HASH = "content_hash"


#: Fields whose value, raw text and quote are personal content: kept in erasable tables only. Names lie apart
#: from other texts, and the owner's id apart from both, because they are forgotten on different occasions
#: (DESIGN §3).
CREDIT_FIELDS = frozenset({Field.AUTHOR, Field.AUTHOR_URL, Field.CREDIT, Field.COPYRIGHT_NOTICE})
OWNER_FIELDS = frozenset({Field.AUTHOR_ID})
PERSONAL_FIELDS = CREDIT_FIELDS | OWNER_FIELDS | {Field.TITLE, Field.DESCRIPTION, Field.TAGS, Field.PAGE_URL}


@dataclass(frozen=True, slots=True)
class Declared:
    """What a manifest row says of its image, raw. Weaker than anything we saw ourselves."""

    license: str | None = None
    license_url: str | None = None
    author: str | None = None
    author_url: str | None = None
    title: str | None = None
    uploaded: str | None = None
    collected: str | None = None
    content_hash: str | None = None  # "md5:…", "md5-base64:…", "sha256:…"


@dataclass(frozen=True, slots=True)
class ImageRef:
    """One manifest row.

    ``key`` is the manifest's own, verbatim ("00012" stays); ``ordinal`` counts duplicates of one
    key from 0. ``row`` says where it stood ("record 12", "line 40") for error messages.
    """

    key: str
    page_url: str | None = None
    image_url: str | None = None
    declared: Declared = Declared()
    ordinal: int = 0
    row: str = ""
    native: tuple[str, str] | None = None  # (source, id) where the list gives an id and no URL


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A manifest row, or one field of it, that could not be used; reading goes on."""

    file: str
    row: str
    field: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}, {self.row}, {self.field}: {self.problem}"


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where an image comes from.

    ``native_id`` is the source's own id (Flickr photo id, Commons file title with spaces, page URL for
    ``any_page``); ``group`` is the politeness group ``any_page`` targets wait in (registrable
    domain) or the API host; ``url`` a canonical page URL or ``None``. ``source`` "none" means that
    no source page can be derived.
    """

    source: str
    native_id: str
    group: str
    url: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One photo to be looked at in this refresh, with what is known before the look.

    Several manifest rows may show the same photo: it is wanted once. ``declared_licenses`` are canonical
    ids of what those rows declare; ``last_license`` and ``last_look`` come from the last conclusive
    snapshot. ``image_url`` is the picture file the manifest names, the first where several rows differ.
    """

    ref: SourceRef
    declared_licenses: tuple[str, ...] = ()
    last_license: str | None = None
    last_look: datetime | None = None
    last_owner: str | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """How the user's API key travels. Never stored, logged or hashed.

    ``setting`` is the environment variable; exactly one of ``query`` and ``header`` names the place;
    ``template`` wraps the key in a header ("Client-ID {}").
    """

    setting: str
    query: str | None = None
    header: str | None = None
    template: str = "{}"


@dataclass(frozen=True, slots=True)
class Target:
    """One GET a spider wants made; it may serve one photo or many.

    ``url`` carries no secret. ``context`` travels unchanged to ``read`` (JSON values only).
    ``basis`` "api" means: allowed by the source's documented API terms, instead of robots.txt.
    ``depth`` counts follow-ups, at most ``MAX_DEPTH``. ``kind`` says what is asked for: "page" (a page or an
    API's answer), "picture" (the leading bytes of a picture file, for the rights metadata in them) or
    "document" (a text many images hang on; it serves no photo).
    """

    source: str
    url: str
    group: str
    serves: tuple[str, ...] = ()
    basis: str = "robots"  # "robots" | "api"
    key: Key | None = None
    accept: str = "*/*"
    depth: int = 0
    context: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "page"


MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Permission:
    """The gate's decision about one target, with its basis.

    ``basis``: "robots" | "api_terms" | "opt_out" | "guard" | "no_key" | "terms" | "suppressed" | "rest".
    ``document`` is the hash of the document version it rests on (the robots.txt body), ``rule`` the line or
    clause that decided ("line 12: Disallow: /", "no rule matches").
    """

    allowed: bool
    basis: str
    reason: Reason | None = None
    rule: str = ""
    document: str | None = None
    agent_group: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as it was.

    ``url`` is the address that answered (after redirects we followed hop by hop); ``body`` is after
    transfer and content decoding; ``headers`` as received, in order. When nothing came back, ``fault``
    is one of dns, tls, timeout, reset, cut_body, too_large, private-address, and ``status`` is 0.
    """

    target: Target
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    fault: str | None = None
    redirected_from: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of this name, whatever its case."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement found in one body.

    ``value`` is canonical (a licence id, an ISO date, a word of a closed vocabulary) or ``None`` when the raw
    text was not understood. ``raw`` is what stood there; ``locator`` says where (XPath, JSON pointer,
    header name); ``quote`` is the raw text in its surroundings.
    """

    field: Field
    value: str | None
    raw: str
    scope: Scope
    locator: str
    quote: str = ""
    basis: Basis = Basis.STATED


@dataclass(frozen=True, slots=True)
class Look:
    """What one answer says of one photo.

    ``status`` is ``None`` when this answer says nothing about the photo's status (a licence history, say).
    ``unread`` lists fields of the answer that no reader understood.
    """

    native_id: str
    status: Status | None
    reason: Reason | None
    claims: tuple[Claim, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a spider's ``read`` makes of a capture.

    ``looks``: one per photo the answer speaks of. ``follow``: further targets needed before the photo's
    snapshot can be written. ``retry``: the answer is transient (the gate backs off and asks again).
    ``halt``: the source must rest for this refresh (bad key, quota), with the reason; the photos it serves
    get it.
    """

    looks: tuple[Look, ...] = ()
    follow: tuple[Target, ...] = ()
    retry: Reason | None = None
    halt: Reason | None = None


@dataclass(frozen=True, slots=True)
class LicenseFinding:
    """One licence statement as judges see it. ``id`` is ``None`` when it was not understood."""

    id: str | None
    scope: Scope
    basis: Basis


@dataclass(frozen=True, slots=True)
class Findings:
    """The judgeable part of a snapshot: no names, no times, no locators. Stored once by content.

    ``license`` is the one that counts, by the ranking of ``crawler.reading.findings``; ``license_state``
    says why it may be ``None``: known · not_stated · not_understood · conflict · not_observed.
    ``opt_outs`` are "signal=value" words with scope ("site:robots-ai=disallow");
    ``opt_out_carriers`` the carriers that were read. The other tuples hold words of closed vocabularies,
    sorted, each with its basis after a colon where it matters ("minor:keyword").
    """

    status: Status
    reason: Reason
    license: str | None = None
    license_state: str = "not_observed"
    licenses: tuple[LicenseFinding, ...] = ()
    licenses_before: tuple[str, ...] = ()  # earlier licences by the source's own history
    opt_outs: tuple[str, ...] = ()
    opt_out_carriers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    minors: tuple[str, ...] = ()
    model_release: tuple[str, ...] = ()
    property_release: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    ai_generated: tuple[str, ...] = ()
    withdrawal: tuple[str, ...] = ()
    deletion_request: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``requests`` in any ``seconds`` (API keys)."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What a source allows a client like us, by ``address`` as we knew it on ``checked``: read there, or told of it.

    ``allows`` and ``keep`` are sentences of ours. ``needs_acceptance`` keeps the source off until
    ``--accept-terms``; ``api_host`` names the host whose documented API is permission by itself;
    ``forget_when_lost``: free text of a photo that is confirmed to be no longer public is not kept.
    ``texts``: addresses of the license and terms pages this source's photos hang on; they are kept as documents.
    """

    address: str
    checked: str
    allows: str
    keep: str
    api_host: str | None = None
    quota: Quota | None = None
    key: Key | None = None
    needs_acceptance: bool = False
    forget_when_lost: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """One snapshot as comparison needs it.

    ``snapshot`` and ``refresh`` are row ids; ``at`` is seconds since the epoch, UTC; ``author`` a keyed
    pseudonym of the stated author or ``None`` if none was stated; ``reader`` names the readers' versions.
    ``counts`` is False for losses of a source whose breaker tripped and was not accepted.
    """

    snapshot: int
    refresh: int
    at: float
    findings: Findings
    author: str | None
    reader: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ImageState:
    """Where one image stands after all looks so far (a row of the derived table ``image_state``).

    ``last``: the latest sighting. ``conclusive``: the latest conclusive one that counts. ``standing``:
    the latest in which the photo was publicly there. ``loss``: "" | "suspected" | "confirmed", first
    sighted at ``loss_at`` (seconds, UTC) in refresh ``loss_refresh``.
    """

    last: Sighting
    conclusive: Sighting | None = None
    standing: Sighting | None = None
    loss: str = ""
    loss_at: float | None = None
    loss_refresh: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What judges are asked about: one distinct combination of facts, shared by many images.

    ``findings``: the latest conclusive look that counts, else the latest look, else ``None`` (never
    looked). ``standing``: the latest look that saw the photo publicly there, if any. ``declared``: canonical
    id of the licence the manifest states, ``declared_state`` known · not_understood · not_stated. ``stale``:
    the latest conclusive look is older than the freshness limit at the as-of time. ``licenses_ever``: all
    licence ids ever seen for the image by us or in the source's own history, sorted. ``differs``: "" · same ·
    changed_after · already_different · undated.
    """

    source: str
    findings: Findings | None
    standing: Findings | None
    loss: str
    declared: str | None
    declared_state: str
    stale: bool
    licenses_ever: tuple[str, ...] = ()
    differs: str = ""
