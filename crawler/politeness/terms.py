"""Documented API terms as the other kind of permission, and as the other kind of refusal (DESIGN §7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.model import Permission, Quota, Reason, Target, Terms


def permission_for(target: Target, terms: Terms, *, have_key: bool, accepted: bool) -> Permission | None:
    """What the source's terms say of one request; ``None`` leaves the decision to robots.txt.

    Denied: terms that condition this use and were not accepted on the record; a key the target travels
    with that the user has not set. Allowed, with address, date and quota as the rule: a target whose basis is
    "api" *and* whose host is the documented API host. A spider that marks another host's page "api" gains
    nothing by it: robots.txt decides there.
    """
    if target.key is not None and not have_key:
        rule = f"{target.key.setting} is not set; {target.source} answers only with a key of your own"
        return Permission(allowed=False, basis="no_key", reason=Reason.NO_KEY, rule=rule)
    if terms.needs_acceptance and not accepted:
        rule = f"{terms.allows} (terms at {terms.address}, as known to us on {terms.checked}, not accepted)"
        return Permission(allowed=False, basis="terms", reason=Reason.TERMS, rule=rule)
    if target.basis != "api" or not _is_api_host(target.url, terms.api_host):
        return None
    rule = f"terms at {terms.address}, as known to us on {terms.checked}; {quota_words(terms.quota)}"
    return Permission(allowed=True, basis="api_terms", rule=rule)


def quota_words(quota: Quota | None) -> str:
    """``at most 3600 requests in 3600 s``, or that none is stated."""
    if quota is None:
        return "no quota stated"
    return f"at most {quota.requests} requests in {quota.seconds:g} s"


def _is_api_host(url: str, api_host: str | None) -> bool:
    parts = urlsplit(url)
    return (
        api_host is not None and parts.scheme in ("http", "https") and parts.hostname == api_host.casefold()
    )
