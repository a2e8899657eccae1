"""Which texts a refresh keeps, and what an answer to asking for one comes to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.fetching.documents import MOST, SOURCE, TERMS, Text, texts
from crawler.fetching.documents_desk import read_document
from crawler.licenses import registry
from crawler.model import Capture, Reason, Status, Target, Terms

BODY = (
    b"<!DOCTYPE html><title>License</title><h1>License</h1><p>"
    + b"Everybody may use these photos for free. " * 4
)


def terms(*urls: str) -> Terms:
    return Terms("https://site.example/terms", "2026-11-24", "", "", texts=urls)


def test_sources_come_first_and_nothing_twice() -> None:
    found = texts(
        [terms("https://unsplash.com/license", "https://unsplash.com/terms")], ["LicenseRef-unsplash"]
    )
    assert found == [
        Text("license", "https://unsplash.com/license"),
        Text("terms", "https://unsplash.com/terms"),
    ]


def test_creative_commons_licenses_bring_deed_and_full_text() -> None:
    found = texts([], ["CC-BY-2.0", "CC-PDM-1.0", "no such id", "LicenseRef-all-rights-reserved"])
    assert found == [
        Text("license", "https://creativecommons.org/licenses/by/2.0/"),
        Text("legalcode", "https://creativecommons.org/licenses/by/2.0/legalcode"),
        Text("license", "https://creativecommons.org/publicdomain/mark/1.0/"),
    ]


def test_the_number_is_bounded_and_the_most_used_come_first() -> None:
    ids = [entry.id for entry in registry.all_licenses()]
    found = texts([terms("https://site.example/license")], ids)
    assert len(found) == MOST
    assert found[0].url == "https://site.example/license"
    assert texts([], reversed(ids))[0] != texts([], ids)[0]


def capture(
    status: int = 200, body: bytes = BODY, *, fault: str | None = None, via: tuple[str, ...] = ()
) -> Capture:
    url = "https://site.example/license"
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Capture(
        Target(SOURCE, url, "site.example"), url, status, headers, body, datetime.now(UTC), fault, via
    )


def test_a_document_is_read() -> None:
    status, reason, text = read_document(capture())
    assert (status, reason) == (Status.AVAILABLE, Reason.SEEN)
    assert text.startswith("License\nEverybody may use these photos for free.")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (capture(403), Status.REFUSED),
        (capture(404), Status.GONE),
        (capture(500), Status.UNREACHABLE),
        (capture(0, b"", fault="timeout"), Status.UNREACHABLE),
        (capture(301, b""), Status.UNREADABLE),
        (capture(body=b"<title>Just a moment...</title><p>Checking" + b"." * 200), Status.REFUSED),
        (capture(body=b"<!DOCTYPE html><h1>Page not found</h1><p>" + b"Look elsewhere. " * 9), Status.PLACEHOLDER),
        (capture(body=b"<!DOCTYPE html><h1>Log in</h1><p>" + b"Members only, please. " * 9), Status.REFUSED),
        (capture(body=b"<!DOCTYPE html><div id=root></div><script src=app.js></script>"), Status.UNREADABLE),
        (capture(via=("https://site.example/license-old/", "https://site.example/login?next=/")), Status.AVAILABLE),
    ],
)  # fmt: skip
def test_what_is_no_document_says_nothing(answer: Capture, status: Status) -> None:
    found, _, text = read_document(answer)
    assert found is status
    assert bool(text) is (status is Status.AVAILABLE)


def test_documents_need_nobodys_terms() -> None:
    assert TERMS.api_host is None
    assert not TERMS.needs_acceptance
