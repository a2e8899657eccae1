"""The words of a card: what each id of our closed vocabularies means to somebody who never read our code."""

from __future__ import annotations

from crawler.model import Reason, Status, Use
from dataset_cards.changes.kinds import ChangeKind

#: Use → (label, what it covers); DESIGN §6.
USES: dict[str, tuple[str, str]] = {
    Use.COMMERCIAL_TRAINING: ("Commercial training", "a model that ships"),
    Use.INTERNAL_RESEARCH: ("Internal research", "inside a for-profit, nothing ships"),
    Use.ACADEMIC_RESEARCH: ("Academic research", "university or non-profit"),
    Use.EVALUATION: ("Evaluation", "testing only"),
    Use.REDISTRIBUTION: ("Redistribution", "giving copies away"),
    Use.PUBLISH_EXAMPLES: ("Publishing examples", "showing single images"),
}

VERDICTS = ("eligible", "conditional", "review", "unknown", "ineligible")
ACTIONS = ("keep", "review", "drop")

#: In the order cards show them. An unknown layer of somebody's own ruleset follows under its own name.
LAYERS: dict[str, str] = {
    "overall": "overall",
    "license": "licence",
    "dataset-terms": "dataset terms",
    "site-terms": "site and API terms",
    "opt-outs": "opt-outs",
    "people": "people",
    "minors": "minors",
    "freshness": "freshness",
}

STATUSES: dict[str, str] = {
    Status.AVAILABLE: "available",
    Status.GONE: "gone",
    Status.PRIVATE: "private",
    Status.NOT_PUBLIC: "not public (deleted or private)",
    Status.WITHHELD: "withheld for legal reasons",
    Status.MOVED: "moved",
    Status.REPLACED: "another picture stands there",
    Status.PLACEHOLDER: "placeholder",
    Status.REFUSED: "refused",
    Status.DISALLOWED: "we may not look",
    Status.UNREACHABLE: "not reached",
    Status.UNREADABLE: "not understood",
    Status.UNSUPPORTED: "no source page",
}

REASONS: dict[str, str] = {
    Reason.SEEN: "the source shows the photo",
    Reason.REMOVED: "the source says it was removed",
    Reason.NOT_FOUND: "the source no longer finds it",
    Reason.ACCOUNT_GONE: "the owner's account is gone",
    Reason.MARKED_PRIVATE: "the source marks it private",
    Reason.LEGAL: "answered with HTTP 451",
    Reason.REDIRECTED: "the source sends elsewhere",
    Reason.SOFT_404: "a page that only says “not found”",
    Reason.OTHER_PICTURE: "the picture behind the address changed",
    Reason.FORBIDDEN: "the source forbids access",
    Reason.RATE_LIMITED: "the source asked us to slow down",
    Reason.LOGIN_WALL: "only after logging in",
    Reason.BOT_WALL: "the source turns programs away",
    Reason.ROBOTS: "robots.txt forbids it",
    Reason.ROBOTS_UNREACHABLE: "robots.txt could not be read",
    Reason.TERMS: "the source's terms forbid it or were not accepted",
    Reason.NO_KEY: "the source's API needs a key, none was given",
    Reason.BAD_KEY: "the API did not accept the key",
    Reason.OPT_OUT: "an opt-out forbids it",
    Reason.GUARD: "the address in the list is not safe to visit",
    Reason.REDIRECT_REFUSED: "a redirect we may not follow",
    Reason.SUSPECT_OUTAGE: "too many losses at once, looks like an outage",
    Reason.SOURCE_RESTING: "the source rests for this refresh",
    Reason.SUPPRESSED: "forgotten on request, not looked at again",
    Reason.DNS: "the host name does not resolve",
    Reason.TLS: "no trustworthy encrypted connection",
    Reason.TIMEOUT: "no answer in time",
    Reason.CONNECTION: "the connection failed",
    Reason.CUT_BODY: "the answer broke off",
    Reason.TOO_LARGE: "the answer was too large",
    Reason.SERVER_ERROR: "the server failed",
    Reason.SERVICE_TROUBLE: "the API said “try later”",
    Reason.OUR_MISTAKE: "the API says our request was wrong",
    Reason.NOT_UNDERSTOOD: "no reader understood the page",
    Reason.UNKNOWN_LICENSE_ID: "a licence id this version does not know",
    Reason.CHALLENGE: "a bot challenge instead of the page",
    Reason.NOT_A_PHOTO: "the page shows no photo",
    Reason.NO_SOURCE_PAGE: "the list names no address that leads to a source",
}

#: Why no licence is known; the words of ``Findings.license_state``.
LICENSE_STATES: dict[str, str] = {
    "not_stated": "not stated",
    "not_understood": "stated, but not understood",
    "conflict": "statements contradict each other",
    "not_observed": "not seen by us",
}

CHANGES: dict[str, str] = {
    ChangeKind.LICENSE_CHANGED: "the source states another licence, or none any more",
    ChangeKind.AUTHOR_CHANGED: "the source names another author",
    ChangeKind.MODEL_RELEASE_CHANGED: "the statement about a model release changed",
    ChangeKind.OPT_OUT_CHANGED: "an opt-out signal appeared or went",
    ChangeKind.WITHDRAWAL_SIGNAL: "a withdrawal signal appeared or went",
    ChangeKind.SOURCE_SUSPECTED: "no longer public (one look, suspected)",
    ChangeKind.SOURCE_LOST: "no longer public (confirmed)",
    ChangeKind.REAPPEARED: "publicly there again",
    ChangeKind.MOVED: "moved to another address",
    ChangeKind.REPLACED: "another picture under the same address",
    ChangeKind.DOCUMENT_CHANGED: "a text many images hang on has a new version",
}

#: How a fact came to us (DESIGN §6), the part of "minor:keyword" after the colon.
BASES: dict[str, str] = {
    "stated": "stated by the source",
    "terms": "said by the site's terms of all photos of that upload day",
    "seen-earlier": "stated when we looked earlier",
    "keyword": "a keyword, not a statement",
    "history": "the source's own history",
    "declared": "declared by the list",
    "label": "a third party's label",
    "held": "held by the user",
    "profile": "the publisher's profile",
}

#: ``Case.differs`` → what it means.
DIFFERS: dict[str, str] = {
    "same": "the same licence",
    "changed_after": "changed by the uploader after the dataset was collected",
    "already_different": "already different when the dataset was collected",
    "undated": "different, and no history says since when",
}


def use_label(use: str) -> str:
    """The use in words, or its id if it is none of ours."""
    return USES[use][0] if use in USES else use


def layer_label(layer: str) -> str:
    """The layer in words; ``site-terms`` and ``site_terms`` are one."""
    return LAYERS.get(layer.replace("_", "-"), spelled(layer))


def spelled(word: str) -> str:
    """An id as words: ``not_public`` → "not public"."""
    return word.replace("_", " ").replace("-", " ")


def number(count: int) -> str:
    """``12345`` → "12,345", whatever the locale."""
    return f"{count:,}"


def share(part: int, whole: int) -> str:
    """A percentage that never rounds something to nothing or nearly all to all."""
    if whole == 0:
        return "–"
    percent = 100 * part / whole
    if part and percent < 0.1:
        return "<0.1%"
    if part < whole and percent > 99.9:
        return ">99.9%"
    return f"{percent:.1f}%" if 0 < part < whole else f"{percent:.0f}%"
