"""The one gate: guard → terms → robots, in this order, for every request, robots.txt and redirect hops
included.

Pacing comes after it, because only a request that may be made waits for its turn. The gate fetches nothing:
when it needs a robots.txt it says which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.errors import GuardRefused
from crawler.model import Permission, Reason, Target, Terms
from crawler.politeness import guard
from crawler.politeness.robots import RobotsFile
from crawler.politeness.terms import permission_for

ROBOTS_ITSELF = Permission(
    allowed=True, basis="robots", rule="robots.txt itself may always be read (RFC 9309 §2.2.2)"
)


@dataclass(frozen=True, slots=True)
class NeedsRobots:
    """The decision rests on this origin's robots.txt ("https://example.org:8080")."""

    origin: str


class Gate:
    """Decides with the terms of each source, the user's keys (setting → key) and the sources whose terms were
    accepted.
    """

    def __init__(
        self, terms: Mapping[str, Terms], keys: Mapping[str, str], accepted: Collection[str]
    ) -> None:
        self._terms = terms
        self._keys = keys
        self._accepted = accepted

    def ask(self, target: Target, robots: RobotsFile | None = None) -> Permission | NeedsRobots:
        """The decision about one request; pass the origin's robots.txt when it was asked for."""
        refused = guarded(target.url)
        if refused is not None:
            return refused
        have_key = target.key is None or bool(self._keys.get(target.key.setting))
        by_terms = permission_for(
            target,
            self._terms[target.source],
            have_key=have_key,
            accepted=target.source in self._accepted,
        )
        if by_terms is not None:
            return by_terms
        if robots is None:
            return NeedsRobots(origin_of(target.url))
        verdict = robots.permits(target.url)
        return Permission(
            allowed=verdict.allowed,
            basis="robots",
            reason=verdict.reason,
            rule=verdict.rule,
            document=robots.sha256,
            agent_group=verdict.agent_group,
        )


def guarded(url: str) -> Permission | None:
    """The guard's refusal as a decision; ``None`` when the address may be visited."""
    try:
        guard.check_url(url)
    except GuardRefused as refused:
        return Permission(
            allowed=False, basis="guard", reason=Reason.GUARD, rule=str(refused.args[0]).partition(": ")[2]
        )
    return None


def origin_of(url: str) -> str:
    """Scheme, host and port in lower case: what a robots.txt speaks for (RFC 9309 §2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"
