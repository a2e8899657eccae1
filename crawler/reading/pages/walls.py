"""Pages that stand where a photo's page should be: login walls, bot checks, and "not found" said with HTTP
200.

A false "gone" is worse than a missed one, so each test needs the whole of a short page's evidence: words in
the title or the main heading, never in running text, and no photo beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|sign_in|signup|users/sign_in|accounts/login|auth|sso|session/new|wp-login\.php|uas/login)(?:[/.?]|$)",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"^(?:login|signin|accounts?|auth|sso|identity)\.", re.IGNORECASE)

# Marks that bot checks put into their own pages, in lower case; none of them is a word people write.
_CHALLENGE = (
    b"cf-browser-verification",
    b"cf_chl_opt",
    b"/cdn-cgi/challenge-platform/h/",
    b"_incapsula_resource",
    b"px-captcha",
    b"captcha-delivery.com",
    b"awswafcookiedomainlist",
    b'id="challenge-form"',
    b"<title>just a moment...",
    b"<title>attention required! | cloudflare",
    b"<title>access denied |",
    b"<title>pardon our interruption",
    b"<title>robot check",
    b"ddos-guard",
    b"checking your browser before accessing",
)

# Titles of "not found" pages, whole or one part of them: "404 Not Found", "Example | Page not found", "Seite
# nicht gefunden".
_THING = r"(?:page|photo|image|picture|file|item|content|post|album|document|url)"
_OTHER_LANGUAGES = (
    r"seite nicht gefunden|seite existiert nicht|page (?:non trouvée|introuvable)|página no encontrada|"
    r"pagina non trovata|página não encontrada|страница не найдена|nie znaleziono strony|"
    r"ページが見つかりません|找不到页面"
)
_NOT_FOUND = re.compile(
    r"(?:^|[|:–—·»-]\s*)\W*(?:"
    r"(?:error |http |oops[!,.]? )*404(?:[\s:–—|-]*(?:error|(?:(?:page|file|photo|image) )?not found))?|"
    rf"(?:sorry,? )?(?:this |the |that )?{_THING}"
    r"(?: you (?:requested|want|are looking for)| you(?:'|’)re looking for)? "
    r"(?:not found|"
    r"(?:is|was|could|can|has) ?(?:n(?:'|’)t|not|no longer) ?(?:be |been )?(?:found|available|exist)|"
    r"(?:is )?(?:unavailable|no longer available)|(?:was|has been) (?:deleted|removed)|no longer exists|"
    r"(?:doesn(?:'|’)t|does not) exist)|"
    rf"we (?:can(?:'|’)t|cannot|couldn(?:'|’)t|could not) find (?:this|that|the) {_THING}|"
    rf"not found|nothing found|{_OTHER_LANGUAGES}"
    r")\W*(?:$|[|:–—·«-])",
    re.IGNORECASE,
)
_LOGIN_TITLE = re.compile(
    r"^\W*(?:log ?in|sign ?in|please (?:log|sign) ?in|log ?in (?:to|or)\b.*|sign ?in (?:to|or)\b.*|"
    r"login required|anmelden|connexion|iniciar sesión|login)\W*(?:$|[|:–—·«-])",
    re.IGNORECASE,
)
_HUMAN = re.compile(
    r"^\W*(?:are you (?:a )?(?:human|robot)|(?:please )?(?:verify|confirm|prove) (?:that )?you(?:(?:'|’)re| are) "
    r"(?:a human|human|not a robot)|verifying (?:that )?you are (?:a )?human|human verification|bot verification|"
    r"security check|captcha|checking your browser|access to this page has been denied|client challenge|"
    r"sicherheitsüberprüfung|vérification de sécurité)\W*(?:$|[|:–—·«-])",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\bthis (?:photo|image|picture|page|album|content|account|post) is (?:set to )?private\b|"
    r"^\W*private (?:photo|page|content)\W*$",
    re.IGNORECASE,
)
_REFRESH = re.compile(
    r"\s*([0-9]{1,4})(?:\.[0-9]*)?(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?[\"']?([^\"'\s;,][^\"']*)", re.IGNORECASE
)


def is_login_address(url: str) -> bool:
    """Whether a redirect to this address is a login wall."""
    parts = urlsplit(url)
    return _LOGIN_PATH.search(parts.path) is not None or (
        parts.hostname is not None and _LOGIN_HOST.search(parts.hostname) is not None
    )


def is_challenge(body: bytes, headers: Sequence[tuple[str, str]] = ()) -> bool:
    """Whether this answer is a bot check instead of a page (Cloudflare, Imperva, PerimeterX, DataDome, AWS
    WAF).
    """
    for name, value in headers:
        lower = name.lower()
        if (lower == "cf-mitigated" and "challenge" in value.lower()) or lower == "x-amzn-waf-action":
            return True
    # bot checks are small; a big page that merely loads a captcha for its comment form is a page
    if len(body) >= 60_000:
        return False
    small = body.lower()
    return any(mark in small for mark in _CHALLENGE)


def says_not_found(headline: str) -> bool:
    """Whether a title or main heading says that there is nothing here."""
    text = " ".join(headline.split())
    return bool(text) and len(text) <= 140 and _NOT_FOUND.search(text) is not None


def says_login(headline: str) -> bool:
    """Whether a title or main heading is that of a login page."""
    return _LOGIN_TITLE.search(" ".join(headline.split())) is not None


def says_prove_yourself(headline: str) -> bool:
    """Whether a title or main heading asks the visitor to prove to be a person."""
    return _HUMAN.search(" ".join(headline.split())[:200]) is not None


def refreshed_to(content: str) -> str:
    """Where ``<meta http-equiv=refresh>`` sends a visitor within five seconds; "" where it doesn't (HTML standard
    §4.2.5.3).
    """
    found = _REFRESH.match(content[:2_000])
    return found[2].strip() if found is not None and int(found[1]) <= 5 else ""


def says_private(headline: str) -> bool:
    """Whether a title or main heading says that the photo exists and is private."""
    return _PRIVATE.search(" ".join(headline.split())) is not None
